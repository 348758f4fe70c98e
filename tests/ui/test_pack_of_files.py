"""The pack of all files is handed out with the rights that its reader has once it is asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pytest

from tests.ui.downloads import caught
from tests.ui.meeting import Meeting
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import FileNotMade, QueueFull, SeatEnded
from zt_planner.workspace import State
from zt_planner.workspace.runners.job_runner import Jobs

RATE = "1333"


@pytest.fixture
def pack(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """Return what hands out the pack, as an editor's page offers it."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    bootstrap.workspace().change(meeting.owner.state, {"labour.external_day_rate": RATE})
    with caught() as found:
        meeting.editor.go("share", "fold:formats")
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


def test_a_queue_that_is_full_is_said_in_its_words(pack: Callable[[], bytes]) -> None:
    bootstrap.workspace().jobs = Jobs(most_waiting=0)
    with pytest.raises(QueueFull, match="Too many calculations are waiting"):
        pack()


@pytest.mark.extended
def test_a_pack_whose_job_has_ended_says_that_there_is_no_file(
    pack: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda _: bootstrap.workspace().jobs.cancel_all()))
    with pytest.raises(FileNotMade, match="could not be created"):
        pack()


@pytest.mark.extended
def test_a_plan_with_a_variant_is_compared_in_its_pack(meeting: Meeting, pack: Callable[[], bytes]) -> None:
    bootstrap.workspace().edit(meeting.owner.state, partial(State.with_copy, source="", mark="m", name="Smaller"))
    with zipfile.ZipFile(io.BytesIO(pack())) as archive:
        assert [name for name in archive.namelist() if name.endswith("-comparison.csv")]
