"""A presenter shows, the others accept or not."""

from __future__ import annotations

import pytest

from tests.ui.meeting import Meeting, texts
from zt_planner.domain.session import PresentedPage
from zt_planner.ui.state.tab import TAB


@pytest.mark.extended
def test_a_presenter_moves_nobody_who_has_not_accepted(meeting: Meeting) -> None:
    owner, editor, viewer = meeting
    owner.go("plan").move("present", value=True).go("budget")
    viewer.run()
    assert any("Anna shows: Budget" in text for text in texts(viewer))
    assert len(viewer.figures) == 6
    assert [link.proto.page for link in viewer.app.get("page_link") if link.proto.label == "Go there"] == ["budget"]
    assert not any("Anna shows" in text for text in texts(owner.run()))
    assert not editor.has("present")
    assert not viewer.has("present")


@pytest.mark.extended
def test_what_is_explained_is_marked_for_the_others(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    owner.go("plan").move("present", value=True).press("why:promised_finish")
    viewer.run()
    assert any("Anna shows: Plan, Promised finish" in text for text in texts(viewer))
    assert [card["name"] for card in viewer.cards if card["pointer"] == "Anna points here"] == ["promised_finish"]
    assert owner.state.seat is not None
    assert owner.state.seat.view == PresentedPage("plan", "promised_finish")
    owner.go("nis2", "fold:points").press("why:nis2:3.2")
    tables = viewer.go("nis2", "fold:points").component("table")
    cells = [cell for table in tables for row in table["rows"] for cell in row if not isinstance(cell, str)]
    assert [cell["name"] for cell in cells if cell["pointer"] == "Anna points here"] == ["nis2:3.2"]


@pytest.mark.extended
def test_whoever_follows_goes_along_until_they_stop(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    owner.go("plan").move("present", value=True).go("budget")
    viewer.run().press("follow:begin")
    assert "Cost over the horizon" in viewer.figures
    viewer.go("roadmap")
    viewer.run()
    assert not viewer.figures
    owner.go("plan")
    viewer.run()
    assert "NIS2 supported" in viewer.figures
    viewer.go("plan").press("follow:stop")
    owner.go("budget")
    viewer.run()
    assert "NIS2 supported" in viewer.figures


@pytest.mark.extended
def test_following_ends_with_the_presentation(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    owner.go("plan").move("present", value=True)
    viewer.run().press("follow:begin")
    owner.move("present", value=False)
    viewer.run()
    assert not any("shows" in text for text in texts(viewer))
    assert viewer.app.session_state[TAB].followed is None
