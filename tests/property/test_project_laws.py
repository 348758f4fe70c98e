"""Laws of calendar and project files: they hold the plan, whatever the scenario, and come back as what was changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.builders import TODAY
from tests.handouts import AWKWARD, UNDER_WAY, handout
from tests.project_edits import Edited, applied
from tests.property.any_plan import planned, small_scenario
from tests.property.test_status_laws import recorded_scenario
from tests.words import GERMAN
from zt_planner.domain.money import ZERO
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.files.calendar import calendar_bytes
from zt_planner.files.project.rows import project_rows
from zt_planner.topics.view import View, no_draws

PLANNED = [task.task.id for task in handout(AWKWARD).plan.tasks]


def handed_out(scenario: Scenario) -> View:
    """Return the plan of a scenario as it is handed out."""
    return View(planned(scenario), GERMAN, no_draws)


@given(small_scenario)
def test_a_project_file_says_nothing_new_and_a_calendar_has_the_days(scenario: Scenario) -> None:
    handed = handed_out(scenario)
    check_project(handed)
    events: list[Any] = list(Calendar.from_ical(calendar_bytes(handed)).walk("VEVENT"))
    assert len({str(event["uid"]) for event in events}) == len(events)
    days = [(event.decoded("dtstart"), event.decoded("dtend") - timedelta(days=1)) for event in events]
    assert {(task.start, task.finish) for task in handed.plan.tasks} <= set(days)


@given(recorded_scenario)
def test_a_project_file_of_a_plan_under_way_says_nothing_new(scenario: Scenario) -> None:
    check_project(handed_out(scenario))


def check_project(handed: View) -> None:
    """Hold a project file against the plan, and read it again."""
    plan = handed.plan
    leaves = [row for row in project_rows(handed) if not row.is_summary]
    cash = sum((line.amount for line in plan.cost_lines if line.is_cash and line.amount is not None), ZERO)
    assert sum((row.cost for row in leaves), Decimal(0)) == cash
    assert len({row.uid for row in leaves}) == len(leaves) >= len(plan.tasks)
    said = Edited(handed).read_into(handed)
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


def some_change(edited: Edited, kind: str, task: str, number: int) -> None:
    """Change one thing of a file as somebody could; what is gone already stays gone."""
    day = TODAY + timedelta(days=number)
    changes = {
        "move": lambda: edited.move(task, day.isoformat(), day.isoformat(), constraint=number % 8),
        "work": lambda: edited.change(task, Work=f"PT{number}H0M0S"),
        "length": lambda: edited.change(task, Duration=f"PT{number}H0M0S"),
        "name": lambda: edited.change(task, Name=f"{number}"),
        "remove": lambda: edited.remove(task),
        "level": lambda: edited.change(task, OutlineLevel=number % 4),
        "progress": lambda: edited.change(task, PercentComplete=number % 101),
        "started": lambda: edited.change(task, ActualStart=f"{day}T08:00:00"),
        "finished": lambda: edited.change(task, ActualFinish=f"{day}T17:00:00"),
        "left": lambda: edited.change(task, RemainingDuration=f"PT{number}H0M0S"),
    }
    try:
        changes[kind]()
    except StopIteration:
        return


KINDS = (
    *("move", "work", "length", "name", "remove", "level"),
    *("progress", "started", "finished", "left"),
)
CHANGES = st.tuples(st.sampled_from(KINDS), st.sampled_from(PLANNED), st.integers(0, 1500))


@given(st.lists(CHANGES, min_size=1, max_size=12), st.sampled_from([{}, AWKWARD, UNDER_WAY]))
def test_whatever_is_changed_in_a_project_file_is_a_scenario_or_a_reason(
    changes: list[tuple[str, str, int]], opened: dict[str, Any]
) -> None:
    edited, there = Edited(handout(AWKWARD)), handout(opened)
    for change in changes:
        some_change(edited, *change)
    applied(edited.read_into(there), there)
