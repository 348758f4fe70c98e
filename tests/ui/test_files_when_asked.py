"""A download gives the plan as it stands once it is asked for, with the rights that its reader has by then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.downloads import caught
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import SeatEnded

RATE = "1333"
PAGES = {
    "plan": ("menu:file", "menu:download"),
    "how_sure": ("fold:ranges",),
    "prices": ("fold:price_files",),
    "record": (),
    "share": ("fold:formats",),
}


def offered(screen: Screen, page: str) -> dict[str, Callable[[], bytes]]:
    """Return what gives the files that a page offers, by their labels."""
    with caught() as found:
        screen.go(page, *PAGES[page])
    assert found
    return found


@pytest.mark.extended
def test_who_has_lost_the_seat_gets_no_file(meeting: Meeting) -> None:
    editor = meeting.editor.run().move("company.employees:slider", 130)
    files = [write for page in PAGES for write in offered(editor, page).values()]
    bootstrap.workspace().people.renew_link(meeting.owner.state, Role.EDITOR)
    for write in files:
        with pytest.raises(SeatEnded):
            write()


@pytest.mark.extended
@pytest.mark.parametrize(("page", "hidden"), [("plan", RATE), ("prices", "labour"), ("record", RATE)])
def test_rates_that_were_hidden_since_are_in_no_file(page: str, hidden: str, meeting: Meeting) -> None:
    bootstrap.workspace().change(meeting.owner.state, {"labour.external_day_rate": RATE})
    files = offered(meeting.viewer, page)
    assert any(hidden in text_of(write) for write in files.values())
    meeting.set_rules(Rules(hides_rates=True))
    assert not [label for label, write in files.items() if hidden in text_of(write)]


def text_of(write: Callable[[], bytes]) -> str:
    """Return a file as text, numbers without separators."""
    return write().decode("utf-8", "replace").replace(",", "").replace(".", "")
