"""What a person does is based on the revision that their page has drawn, whatever others have done since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.colleagues import PEOPLE, UNDO, changes
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.ui.state.tab import RUNS_KNOWN, TAB
from zt_planner.workspace.sharing import record


@pytest.fixture(autouse=True)
def _no_two_changes_are_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell changes that crossed by what was seen only, never by the time between them."""
    monkeypatch.setattr(record, "CROSSED", timedelta(seconds=-1))


def seen_by_last(screen: Screen) -> int:
    """Return the revision that whoever made the last change had seen."""
    return bootstrap.workspace().events(screen.state)[-1].based_on


@pytest.mark.extended
def test_a_value_set_without_having_seen_the_other_one_is_said_to_be(meeting: Meeting) -> None:
    mine, theirs = meeting.owner, meeting.editor.run()
    drawn = theirs.state.number
    mine.go("budget").move(PEOPLE, 140)
    theirs.move(PEOPLE, 150)
    assert seen_by_last(theirs) == drawn < theirs.state.number - 1
    assert any("Emil set People to 150; yours was 140." in text for text in texts(mine.run()))


@pytest.mark.extended
def test_a_value_set_after_having_seen_the_other_one_is_no_news(meeting: Meeting) -> None:
    mine, theirs = meeting.owner, meeting.editor.run()
    mine.go("budget").move(PEOPLE, 140)
    theirs.run().run().move(PEOPLE, 150)
    assert seen_by_last(theirs) == theirs.state.number - 1
    assert not any("yours was" in text for text in texts(mine.run()))


@pytest.mark.extended
def test_ones_own_changes_count_as_seen_before_they_are_drawn(meeting: Meeting) -> None:
    mine = meeting.editor.run()
    drawn = mine.state.number
    mine.set(PEOPLE, 150)
    mine.set("timeline.target_months:slider", 8)
    mine.run()
    assert mine.state.number == drawn + 2
    assert seen_by_last(mine) == drawn + 1


@pytest.mark.extended
def test_a_press_is_based_on_what_was_drawn(meeting: Meeting) -> None:
    mine = meeting.editor.run().move(PEOPLE, 150).run()
    drawn = mine.state.number
    changes(meeting.owner.state, timeline__target_months=8)
    mine.press(UNDO)
    assert mine.scenario.company.employees == 120
    assert seen_by_last(mine) == drawn


@pytest.mark.extended
def test_a_name_is_given_to_the_revision_that_was_drawn(meeting: Meeting) -> None:
    mine = meeting.editor.go("record").move(PEOPLE, 150).run()
    drawn = mine.state.number
    changes(meeting.owner.state, timeline__target_months=8)
    (name,) = (field for field in mine.app.text_input if (field.key or "").startswith("snapshot"))
    name.set_value("As agreed")
    mine.press("FormSubmitter:snapshot")
    session = mine.state.session
    assert session is not None
    assert [found.number for found in bootstrap.workspace().store.history.snapshots(session)] == [drawn]


def test_a_tab_remembers_a_bounded_number_of_runs(screen: Screen) -> None:
    screen.run()
    tab = screen.app.session_state[TAB]
    for run in range(2, 3 * RUNS_KNOWN):
        tab.run = run
        tab.mark_shown()
    assert max(tab.shown_by_run) == tab.run
    assert len(tab.shown_by_run) == RUNS_KNOWN
