"""What the server loads before the first visitor comes, and how seldom it looks through all objects from then on."""

from __future__ import annotations

import gc

from zt_planner import server


def test_garbage_is_seldom_looked_for_among_the_objects_of_all_pages() -> None:
    before = gc.get_threshold()
    try:
        server.warm_up()
        assert gc.get_threshold() == (*before[:2], server.WHOLE_SEARCHES_SELDOM)
    finally:
        gc.set_threshold(*before)
