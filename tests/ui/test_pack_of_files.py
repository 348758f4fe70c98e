"""The pack of all files is handed out with the rights that its reader has once it is asked for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.ui.downloads import caught
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import SeatEnded
from zt_planner.workspace.job_runner import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.meeting import Meeting

RATE = "1333"


@pytest.fixture
def pack(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """Return what hands out the pack, as an editor's page offers it."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    bootstrap.workspace().change(meeting.owner.state, {"labour.external_day_rate": RATE})
    with caught() as found:
        meeting.editor.go("share")
    return found["Download all"]


def holds_rate(content: bytes) -> bool:
    """Tell whether the pack's scenario file names the day rate."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(RATE.encode() in archive.read(name) for name in archive.namelist() if name.endswith(".json"))


@pytest.mark.extended
def test_rates_that_were_hidden_since_are_not_in_the_pack(meeting: Meeting, pack: Callable[[], bytes]) -> None:
    assert holds_rate(pack())
    assert meeting.editor.state.me is not None
    bootstrap.workspace().people.set_role(meeting.owner.state, meeting.editor.state.me.id, Role.VIEWER)
    meeting.set_rules(Rules(hides_rates=True))
    assert not holds_rate(pack())


def test_who_has_lost_the_seat_gets_no_pack(meeting: Meeting, pack: Callable[[], bytes]) -> None:
    bootstrap.workspace().people.renew_link(meeting.owner.state, Role.EDITOR)
    with pytest.raises(SeatEnded):
        pack()
