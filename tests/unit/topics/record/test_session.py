"""The words of a session: a person's text in a direction of its own turns nothing around it."""

from __future__ import annotations

import pytest

from zt_planner.topics.direction import isolated


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna", "Anna"),
        ("محمد", "\u2068محمد\u2069"),
        ("\u202eabc", "abc"),
        ("\u2069אבג", "\u2068אבג\u2069"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ],
)
def test_a_direction_of_its_own_ends_with_its_text(text: str, shown: str) -> None:
    assert isolated(text) == shown
