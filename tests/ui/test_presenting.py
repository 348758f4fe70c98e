"""A presenter shows, the others go along until they stop."""

from __future__ import annotations

import pytest

from tests.ui.colleagues import changes
from tests.ui.meeting import Meeting, me, texts
from tests.ui.screen import Screen, tab_of
from zt_planner import bootstrap
from zt_planner.domain.session import PresentedPage, Role

PEOPLE = "company.employees:slider"
ENDED = ":material/co_present: The presentation has ended."


def presenting(meeting: Meeting) -> Meeting:
    """Have the owner present the page Plan."""
    meeting.owner.go("plan").move("present", value=True)
    return meeting


@pytest.mark.extended
def test_everybody_goes_along_until_they_stop_by_one_press(meeting: Meeting) -> None:
    owner, editor, viewer = presenting(meeting)
    owner.go("budget")
    viewer.run()
    assert "Cost of all months" in viewer.figures
    viewer.go("roadmap")
    viewer.run()
    assert not viewer.figures, "a follower may look at other pages meanwhile"
    owner.go("plan")
    viewer.run()
    assert "Your own team" in viewer.figures
    viewer.go("plan").press("follow:stop")
    owner.go("budget")
    viewer.run()
    assert "Your own team" in viewer.figures
    assert any("Anna shows: Budget" in text for text in texts(viewer))
    assert [link.proto.page for link in viewer.app.get("page_link") if link.proto.label == "Go there"] == ["budget"]
    viewer.press("follow:begin")
    assert "Cost of all months" in viewer.figures
    assert not any("Anna shows" in text for text in texts(owner.run()))
    assert not editor.has("present")
    assert not viewer.has("present")


@pytest.mark.extended
def test_what_is_explained_is_marked_for_the_others(meeting: Meeting) -> None:
    owner, _, viewer = presenting(meeting)
    owner.press("why:promised_finish")
    viewer.run()
    assert any("Anna shows: Plan, Promised finish" in text for text in texts(viewer))
    assert [card["name"] for card in viewer.cards if card["pointer"] == "Anna points here"] == ["promised_finish"]
    assert owner.state.seat is not None
    assert owner.state.seat.view == PresentedPage("plan", "promised_finish")
    owner.app.query_params["table"] = viewer.app.query_params["table"] = "points"
    owner.go("nis2").press("why:nis2:3.2")
    tables = viewer.run().component("table")
    cells = [cell for table in tables for row in table["rows"] for cell in row if not isinstance(cell, str)]
    assert [cell["name"] for cell in cells if cell["pointer"] == "Anna points here"] == ["nis2:3.2"]


def test_what_ends_is_said_in_one_line_and_the_next_presentation_is_followed_again(meeting: Meeting) -> None:
    owner, _, viewer = presenting(meeting)
    viewer.run().press("follow:stop")
    owner.move("present", value=False)
    assert ENDED not in texts(viewer.run()), "who has stopped misses nothing"
    owner.move("present", value=True)
    assert ENDED not in texts(viewer.run())
    assert viewer.has("follow:stop")
    owner.move("present", value=False)
    assert texts(viewer.run()).count(ENDED) == 1
    assert ENDED not in texts(viewer.go("roadmap"))
    assert tab_of(viewer).followed is None


@pytest.mark.parametrize("how", ["removed", "no owner any more", "the link was renewed"])
def test_a_presentation_ends_with_its_presenter(meeting: Meeting, how: str) -> None:
    owner, editor, viewer = meeting
    people = bootstrap.workspace().people
    presenter = me(editor.run())
    if how == "the link was renewed":
        assert people.renew_link(owner.state, Role.EDITOR)
        joined = people.join(people.renew_link(owner.state, Role.EDITOR), "Otto")
        assert joined is not None
        presenter = joined[1].participant.id
    people.set_role(owner.state, presenter, Role.OWNER)
    store, session = bootstrap.workspace().store, owner.state.session
    assert session is not None
    assert store.sessions.present(session, PresentedPage("plan"), by=presenter)
    assert viewer.run().has("follow:stop")
    if how == "removed":
        people.remove(owner.state, presenter)
    elif how == "the link was renewed":
        people.renew_link(owner.state, Role.EDITOR)
    else:
        people.set_role(owner.state, presenter, Role.EDITOR)
    assert ENDED in texts(viewer.run())
    assert not viewer.has("follow:stop")
    assert owner.run().state.seat is not None
    assert owner.state.seat.presenter is None  # type: ignore[union-attr]
    people.set_role(owner.state, me(viewer), Role.OWNER)
    assert not viewer.run().has("follow:stop"), "nobody goes on to present by becoming an owner again"


def test_what_is_presented_is_shown_without_sidebar_tools_and_conflicts(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    owner.go("plan").move(PEOPLE, 130)
    changes(editor.run().state, company__employees=140)
    assert any(key.startswith("mine:") for key in keys(owner.run()))
    presenting(meeting)
    assert not any(key.startswith(("mine:", "step:", "menu:")) for key in keys(owner))
    assert not owner.app.sidebar.slider
    assert owner.has("present")
    owner.move("present", value=False)
    assert any(key.startswith("mine:") for key in keys(owner))
    assert owner.app.sidebar.slider


def test_a_screen_that_follows_shows_no_conflict_either(meeting: Meeting) -> None:
    _, editor, _ = presenting(meeting)
    editor.run().move(PEOPLE, 130)
    changes(meeting.owner.state, company__employees=140)
    assert not any(key.startswith("mine:") for key in keys(editor.run()))
    assert any(key.startswith("mine:") for key in keys(editor.press("follow:stop")))


def test_another_tab_of_the_presenter_moves_nobody_while_it_stays_as_it_is(meeting: Meeting) -> None:
    owner, _, viewer = presenting(meeting)
    other = Screen()
    other.cookies = owner.cookies
    other.run()
    owner.go("budget")
    other.run()
    assert "Cost of all months" in viewer.run().figures


def keys(screen: Screen) -> list[str]:
    """Return the keys of all buttons and menus."""
    return [button.key or "" for button in screen.app.button]
