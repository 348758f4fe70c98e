"""Within my limits, on the page What if: limits as they are, the search beside the page, and what it proposes."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import monotonic

import pytest

from tests.approval import Says
from tests.launched import finish
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.levelling import conflict, proposal
from zt_planner.engine.levelling.proposal import LevellingStage
from zt_planner.engine.rcpsp.budget import Aim, SolverProgress
from zt_planner.errors import QueueFull
from zt_planner.ui.components import job_panel
from zt_planner.workspace.jobs import levelling
from zt_planner.workspace.jobs.levelling import LevellingProgress
from zt_planner.workspace.runners.job_runner import Jobs

KEPT = {"kickoff", "inventory", "works_council", "licence_order", "admin_mfa", "directory"}
FEW_TASKS = json.dumps(
    {
        "timeline": {"start": "2027-01-04", "mode": "capacity"},
        "tasks": {"edits": {task: {"in_scope": False} for task in bootstrap.phase_model().by_id if task not in KEPT}},
    }
).encode()
"""Six tasks, whose quick order takes three days too many: they are levelled in a moment."""


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Return what would run beside the pages: a test runs it when it likes."""
    waiting: list[Callable[[], None]] = []

    def at_once(_seconds: float, then: Callable[[], None]) -> Callable[[], None]:
        then()
        return lambda: None

    monkeypatch.setattr(Jobs, "launch", staticmethod(waiting.append))
    monkeypatch.setattr(Jobs, "call_later", staticmethod(at_once))
    return waiting


def words(screen: Screen) -> str:
    """Return the running text of a page."""
    app = screen.app
    found = [said(element.value) for element in (*app.markdown, *app.subheader, *app.caption, *app.warning, *app.error)]
    return plain("\n".join(found))


@pytest.mark.extended
def test_a_proposal_is_found_beside_the_page_applied_in_one_step_and_undone_in_one(
    screen: Screen, line: list[Callable[[], None]]
) -> None:
    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level")
    assert screen.app.button(key="level:cancel").label == "Cancel"
    before = screen.scenario
    finish(line)
    screen.run()
    assert screen.has("level:apply")
    drawn = screen.picture("proposal")["rows"]
    assert all(row["ghosts"] and row["tasks"] and not row["is_open"] for row in drawn)
    screen.press("level:apply")
    assert screen.scenario.levelling.starts
    assert all(task.start == task.levelled_start for task in screen.plan.tasks)
    assert screen.has("unlevel")
    screen.press("step:undo")
    assert screen.scenario == before


@pytest.mark.extended
def test_a_proposal_says_first_what_it_costs_in_protection_and_applied_it_keeps_the_finish_that_is_set(
    screen: Screen, line: list[Callable[[], None]]
) -> None:
    given = json.loads(FEW_TASKS)
    given["timeline"] |= {"mode": "deadline", "target_months": 3}
    screen.load(json.dumps(given).encode()).go("what_if", "fold:limits").press("level")
    finish(line)
    assert "No protection comes later." in [said(heading.value) for heading in screen.run().app.subheader]
    assert "“Finish in months” stays at 3" in words(screen)
    screen.press("level:apply")
    assert screen.scenario.timeline.mode is Mode.DEADLINE
    assert screen.plan.is_levelled
    assert screen.has("unlevel")
    screen.move("timeline.target_months:slider", 7)
    assert not screen.plan.is_levelled
    screen.press("step:undo")
    assert screen.plan.is_levelled


@pytest.mark.extended
def test_levelled_dates_are_dropped_again(screen: Screen, line: list[Callable[[], None]]) -> None:
    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level")
    finish(line)
    screen.run().press("level:apply").press("unlevel")
    assert screen.scenario.levelling.starts == ()
    assert screen.scenario.timeline.mode is Mode.CAPACITY


@pytest.mark.extended
def test_a_search_is_cancelled_and_a_proposal_discarded(screen: Screen, line: list[Callable[[], None]]) -> None:
    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level").press("level:cancel")
    assert not screen.has("level:apply")
    screen.press("level")
    finish(line)
    assert screen.run().has("level:apply")
    assert not screen.press("level:discard").has("level:apply")


@pytest.mark.extended
def test_a_proposal_is_not_shown_beside_another_plan(screen: Screen, line: list[Callable[[], None]]) -> None:
    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level")
    finish(line)
    assert screen.run().has("level:apply")
    assert not screen.move("company.employees:slider", 130).has("level:apply")


@pytest.mark.extended
def test_limits_in_conflict_say_what_would_help(
    screen: Screen, line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflict, "SECONDS_A_TRY", 0.2)
    screen.load(FEW_TASKS).go("what_if", "fold:limits").move("copy:finance.monthly_cap", "500").press("level")
    assert screen.scenario.finance.monthly_cap == 500
    finish(line)
    assert "These limits cannot be kept together." in words(screen.run())
    assert "a month would be enough." in words(screen)


@pytest.mark.extended
def test_a_search_that_fails_says_so_and_changes_nothing(
    screen: Screen, line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise QueueFull

    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level")
    monkeypatch.setattr(proposal, "level", refuse)
    finish(line)
    assert screen.run().errors
    monkeypatch.setattr(proposal, "level", lambda *_, **__: 1 // 0)
    screen.press("level")
    with pytest.raises(ZeroDivisionError):
        finish(line)
    assert "The search failed." in words(screen.run())


@pytest.mark.extended
def test_how_far_a_search_is_stands_beside_its_button(
    screen: Screen, line: list[Callable[[], None]], says: Says
) -> None:
    screen.load(FEW_TASKS).go("what_if", "fold:limits").press("level")
    entry = bootstrap.workspace().jobs._latest.get((screen.state.origin, "levelling"))  # noqa: SLF001 - what a search says
    assert entry is not None
    entry.ticket.progress = LevellingProgress(LevellingStage.SCHEDULE, SolverProgress(Aim.FINISH, 154, 147, 5.0))
    (bar,) = screen.run().app.get("progress")
    says(said(bar.proto.text))
    assert bar.proto.value == 50
    assert line


@pytest.mark.extended
def test_with_a_finish_given_the_teams_are_those_of_the_plan(screen: Screen) -> None:
    screen.go("what_if", "fold:limits")
    names = ("Your team, days a week", "Consultant, days a week")
    fields = [field.value for field in screen.app.text_input if field.label in names and field.disabled]
    assert fields == ["3.5", "3"]
    assert "These teams are the smallest that finish in time." in words(screen)
    screen.move("timeline.target_months:slider", 6).move("company.employees:slider", 500)
    assert "No team finishes in time: these are the smallest with the earliest finish." in words(screen)


def test_viewers_see_limits_and_level_nothing(meeting: Meeting) -> None:
    viewer = meeting.viewer.go("what_if", "fold:limits")
    assert viewer.app.button(key="level").disabled


WORKING = "Looking for a better order of the tasks…"


@pytest.mark.extended
def test_the_first_screen_says_what_levelling_would_save_once_it_is_worked_out(
    screen: Screen, line: list[Callable[[], None]]
) -> None:
    screen.load(FEW_TASKS)
    assert WORKING in words(screen)
    finish(line)
    screen.run()
    assert WORKING not in words(screen)
    screen.follow("Finish 6 days earlier (as planned) with the same people: see what moves")
    assert screen.unfold("fold:moves").has("gain:apply")
    assert screen.picture("gain")["rows"]


@pytest.mark.extended
def test_nothing_is_said_of_a_search_for_the_gain_that_takes_long_and_its_answer_is_shown(
    screen: Screen, line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.load(FEW_TASKS)
    assert WORKING in words(screen)
    monkeypatch.setattr(job_panel, "monotonic", lambda: monotonic() + job_panel.SECONDS_SHOWN)
    assert WORKING not in words(screen.run())
    finish(line)
    screen.run().follow("Finish 6 days earlier (as planned) with the same people: see what moves")


def test_nothing_is_said_of_a_search_for_the_gain_that_failed(
    screen: Screen, line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.run()
    assert WORKING in words(screen)
    monkeypatch.setattr(levelling, "_levelled", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        finish(line)
    assert WORKING not in words(screen.run())
    assert not line


def test_nothing_is_said_of_a_gain_where_the_server_is_told_not_to_or_too_much_waits(
    screen: Screen, line: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise QueueFull

    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", refuse)
        screen.run()
        assert WORKING not in words(screen)
    monkeypatch.setenv("ZT_PLANNER_GAIN", "off")
    screen.run()
    assert WORKING not in words(screen)
    assert not line


@pytest.mark.extended
def test_viewers_and_levelled_plans_are_told_of_no_gain(meeting: Meeting, line: list[Callable[[], None]]) -> None:
    assert WORKING not in words(meeting.viewer.run())
    assert WORKING in words(meeting.editor.run())
    levelled = {"timeline.mode": "capacity", "levelling.starts": [["kickoff", "2027-01-04"]]}
    bootstrap.workspace().change(meeting.owner.state, levelled)
    assert WORKING not in words(meeting.editor.run())
    assert line


def test_all_pages_of_a_session_share_one_search_for_the_gain(meeting: Meeting, line: list[Callable[[], None]]) -> None:
    for person in (meeting.owner, meeting.editor):
        assert WORKING in words(person.go("plan"))
    assert len(line) == 1
