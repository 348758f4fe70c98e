"""The pack of all files is handed out with the rights that its reader has once it is asked for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import SeatEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.meeting import Meeting

RATE = "1333"


@pytest.fixture
def pack(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """Return what hands out the pack, as an editor's page offers it."""
    found: dict[str, Callable[[], bytes]] = {}

    def draw(label: str, data: Callable[[], bytes], *_: object, **__: Any) -> None:  # noqa: ANN401 - Streamlit's own
        found[label] = data

    bootstrap.workspace().change(meeting.owner.state, {"labour.external_day_rate": RATE})
    with monkeypatch.context() as patch:
        patch.setattr(st, "download_button", draw)
        meeting.editor.go("share")
    assert callable(found["Download all"])
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
