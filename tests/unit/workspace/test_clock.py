"""The server's clock is set, by an hour or by a year, while people plan: that ends and revives nobody and nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest

from tests.unit.conftest import Room
from zt_planner.domain.session import PresentedPage, Role
from zt_planner.resources import root
from zt_planner.workspace.keys import new_key

JUMPS = {
    "an hour ahead": timedelta(hours=1),
    "an hour back": timedelta(hours=-1),
    "a year ahead": timedelta(days=400),
    "a year back": timedelta(days=-400),
}
READ = re.compile(r"datetime\.now\(|time\.time\(|Date\.now\(")
"""What reads a clock that can be set."""
ONLY_NOTED = {
    "bootstrap.py": "the day as of which plans are made",
    "cli/exporting.py": "when a file was written",
    "server/background.py": "retention, which waits for a second look a day later (ADR 0043)",
    "server/live/hub.py": "presence: said to others, and compared only at the first look",
    "ui/components/together/history.py": "which changes of others are recent enough to be pointed out",
    "ui/components/web/live.js": "from one loading of a page to the next; a time that lies ahead does not count",
    "workspace/catalogues.py": "when a catalogue was kept",
    "workspace/plans.py": "when a file was written",
    "workspace/proposals.py": "when something was proposed, and when it was decided",
    "workspace/sharing/accounts.py": "when somebody archived a session",
    "workspace/sharing/people.py": "when somebody joined, made a link or gave a name",
    "workspace/workspace.py": "when a change was saved",
}
"""Who may read it, and what for: durations are measured by a steady one."""


@pytest.fixture(params=JUMPS)
def set_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], datetime]:
    applied = timedelta(0)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            """Return the time of a clock that was perhaps set."""
            return super().now(tz) + applied

    def jump() -> datetime:
        nonlocal applied
        applied = JUMPS[request.param]
        return Clock.now(UTC)

    for module in ("workspace.workspace", "workspace.sharing.people"):
        monkeypatch.setattr(f"zt_planner.{module}.datetime", Clock)
    return jump


def test_everybody_plans_on_with_their_seats_and_links(room: Room, set_clock: Callable[[], datetime]) -> None:
    workspace, store = room.workspace, room.workspace.store
    gone = workspace.change(workspace.open(new_key()), {"company.employees": 77})
    workspace.people.delete(gone)
    guest = workspace.change(room.joined(), {"company.sites": 3})
    token = workspace.people.renew_link(room.owner, Role.VIEWER)
    workspace.people.present(room.owner, PresentedPage("budget"))
    now = set_clock()
    assert store.sessions.delete_expired(now) == 0
    owner = workspace.change(room.now(room.owner), {"company.employees": 190})
    guest = workspace.undo(room.now(guest))
    assert (guest.trouble, guest.scenario.company.sites, guest.scenario.company.employees) == (None, None, 190)
    late = workspace.people.join(token)
    assert late is not None
    assert [event.number for event in workspace.events(guest)] == [1, 2, 3, 4]
    assert [person.role for person in workspace.people.everyone(owner)] == [Role.OWNER, Role.EDITOR, Role.VIEWER]
    assert room.now(owner).seat is not None
    assert owner.me is not None
    assert late[1].presenter == owner.me.id
    assert room.now(gone).is_example


def test_only_what_is_noted_is_read_from_a_clock_that_can_be_set() -> None:
    source = root() / "zt_planner"
    files = (*source.rglob("*.py"), *source.rglob("*.js"))
    assert {str(file.relative_to(source)) for file in files if READ.search(file.read_text("utf-8"))} == set(ONLY_NOTED)
