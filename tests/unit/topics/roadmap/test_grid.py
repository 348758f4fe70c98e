"""The table of tasks: what it shows in the reader's form, and what typed cells set or why they are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import book, case, model, plan_for, quiet, task
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_edits import own_id_for
from zt_planner.errors import ScenarioError
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Language
from zt_planner.topics.grid import CellValue, Grid, error_lines
from zt_planner.topics.roadmap.grid import COLUMNS, own_task_field, reset, task_grid
from zt_planner.topics.view import View

MODEL = model(
    task("late", name="Late", step="5", after=("first",)),
    task("first", name="First", days="1.256", wait_weeks=3, min_length_days=0),
    task("council", name="Council", falls_away_when="no_works_council"),
    task("idle", name="Idle", days=0),
)
AUDIT: dict[str, Any] = {"step": "0", "name": "Audit", "effort_days": 4.5, "after": ["first"]}


def asked(language: Language = ENGLISH, **fields: Any) -> View:  # noqa: ANN401 - any field
    """Return a plan to ask about."""
    given = quiet(company__works_council=False, **fields)
    plan = plan_for(case(given, book(), MODEL))
    return View(plan, language)


def sets(typed: dict[str, CellValue], trace_context: View, task_id: str = "first") -> Any:  # noqa: ANN401 - fields, or lines
    """Return the fields that typed cells of a task set, or what is said where they are refused."""
    (found,) = task_grid(trace_context).edits({(task_id, column): cell for column, cell in typed.items()})
    assert found.addresses == tuple((task_id, column) for column in typed)
    return told(error_lines(found.problems, {}), trace_context.language) if found.problems else found.fields


def cells(grid: Grid, task_id: str) -> dict[str, Any]:
    """Return the cells of a task that are edited."""
    return {column: value for (row, column), value in grid.cells.items() if row == task_id}


def test_every_task_has_a_row_in_an_order_that_no_edit_changes() -> None:
    trace_context = asked(tasks__own={"audit": AUDIT}, tasks__edits={"first": {"earliest_start": "2027-03-01"}})
    grid = task_grid(trace_context)
    assert [row.id for row in grid.rows] == ["first", "council", "idle", "audit", "late"]
    assert all(row.cells.keys() == COLUMNS.keys() for row in grid.rows)
    assert grid.names == {"first": "First", "council": "Council", "idle": "Idle", "audit": "Audit", "late": "Late"}


def test_cells_are_in_the_reader_s_form(says: Says) -> None:
    edits = {"first": {"fixed_start": "2027-03-01"}}
    shown = [cells(task_grid(asked(language, tasks__edits=edits)), "first") for language in (ENGLISH, GERMAN)]
    assert [found["effort_days"] for found in shown] == ["1.26", "1,26"]
    assert (
        shown[0].items()
        >= {
            "in_scope": True,
            "effort_days": "1.26",
            "earliest_start": "",
            "fixed_start": "01/03/2027",
            "wait_weeks": "3",
            "min_length_days": "1",
            "after": (),
        }.items()
    )
    grid = task_grid(asked(tasks__edits=edits))
    assert cells(grid, "late")["after"] == ("First",)
    assert cells(grid, "council")["in_scope"] is False
    facts = {row.id: row.cells for row in grid.rows}
    says(facts["first"]["own"])
    assert (facts["first"]["slack"], facts["council"]["slack"], facts["council"]["step"]) == (
        "critical",
        "",
        "Preparation",
    )


def test_a_task_that_is_done_stays_in_the_table_as_in_the_plan() -> None:
    grid = task_grid(asked(tasks__edits={"first": {"done": 1}}, tasks__own={"audit": {**AUDIT, "done": 0.5}}))
    rows = {row.id: row.cells for row in grid.rows}
    assert [rows["first"][name] for name in ("in_scope", "is_done", "done", "start")] == [True, True, "100", ""]
    assert rows["first"]["own"] == "done before"
    assert [rows["audit"][name] for name in ("in_scope", "is_done", "done")] == [True, False, "50"]
    assert [rows["late"][name] for name in ("in_scope", "is_done", "done", "own")] == [True, False, "", ""]


def test_what_is_done_of_an_own_task_is_set_with_all_of_it() -> None:
    given = asked(tasks__own={"audit": AUDIT})
    assert sets({"is_done": True}, given, "audit")["tasks.own.audit"]["done"] == 1
    given = asked(tasks__own={"audit": {**AUDIT, "done": 1}})
    assert "done" not in sets({"done": ""}, given, "audit")["tasks.own.audit"]


def test_two_tasks_of_one_name_are_told_apart() -> None:
    grid = task_grid(asked(tasks__own={"audit": {**AUDIT, "name": "First"}}))
    assert (grid.names["first"], grid.names["audit"]) == ("First (first)", "First (audit)")
    assert len(set(grid.names.values())) == len(grid.rows)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"effort_days": "8.5"}, {"effort_days": 8.5}),
        ({"effort_days": " "}, {"effort_days": None}),
        ({"effort_days": "1.26"}, {"effort_days": None}),
        ({"wait_weeks": "0"}, {"wait_weeks": 0}),
        ({"wait_weeks": "3"}, {"wait_weeks": None}),
        ({"min_length_days": "1"}, {"min_length_days": None}),
        ({"after": ("Late", "Council")}, {"after": ["late", "council"]}),
        ({"after": ()}, {"after": None}),
        ({"earliest_start": date(2027, 3, 1)}, {"earliest_start": date(2027, 3, 1)}),
        ({"fixed_start": None}, {"fixed_start": None}),
        ({"done": "40"}, {"done": Decimal("0.4")}),
        ({"done": ""}, {"done": None}),
        ({"is_done": True}, {"done": 1}),
        ({"is_done": False}, {"done": None}),
        ({"is_done": True, "done": "80 %"}, {"done": Decimal("0.8")}),
        ({"in_scope": False}, {"in_scope": False}),
        ({"in_scope": True}, {"in_scope": None}),
    ],
)
def test_a_typed_cell_sets_its_figure_or_the_model_s_again(typed: dict[str, CellValue], fields: dict[str, Any]) -> None:
    assert sets(typed, asked()) == {f"tasks.edits.first.{name}": value for name, value in fields.items()}


def test_a_task_that_a_choice_makes_needless_can_be_wanted() -> None:
    assert sets({"in_scope": True}, asked(), "council") == {"tasks.edits.council.in_scope": True}
    assert sets({"in_scope": False}, asked(), "council") == {"tasks.edits.council.in_scope": False}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"effort_days": "viel"},
            "First, column Effort, days: 'viel' cannot be read as a number. Write it as in 1,150.50.",
        ),
        (
            {"effort_days": "0"},
            "First, column Effort, days: 0 is not between 0.01 and 10,000. Write a number from 0.01",
        ),
        (
            {"effort_days": "1.200"},
            "First, column Effort, days: '1.200' can be read in two ways. Did you mean 1,200 or 1.2?",
        ),
        ({"done": "101"}, "First, column Done before, %: 101 is not between 0 and 100."),
        ({"done": "ja"}, "First, column Done before, %: 'ja' cannot be read as a number."),
        ({"wait_weeks": "1.5"}, "First, column Wait, weeks: '1.5' is not a whole number."),
        ({"min_length_days": "0"}, "First, column Minimum length, days: 0 is not between 1 and 5,000."),
        (
            {"earliest_start": date(2027, 3, 1), "fixed_start": date(2027, 4, 1)},
            "First, column Fixed start: there is an earliest start too (1 Mar 2027). Remove one of the two",
        ),
    ],
)
def test_a_wrong_cell_is_refused_by_task_and_column(typed: dict[str, CellValue], said: str) -> None:
    (line,) = sets(typed, asked())
    assert plain(line).startswith(said)


def test_two_dates_are_refused_whichever_was_there_first(says: Says) -> None:
    trace_context = asked(tasks__edits={"first": {"fixed_start": "2027-03-01"}})
    (line,) = sets({"earliest_start": date(2027, 2, 1)}, trace_context)
    says(line)
    moved = sets({"earliest_start": date(2027, 2, 1), "fixed_start": None}, trace_context)
    assert moved == {"tasks.edits.first.earliest_start": date(2027, 2, 1), "tasks.edits.first.fixed_start": None}


def test_a_german_reads_and_writes_german_numbers(says: Says) -> None:
    assert sets({"effort_days": "8,5"}, asked(GERMAN)) == {"tasks.edits.first.effort_days": 8.5}
    (line,) = sets({"effort_days": "8.5"}, asked(GERMAN))
    says(line)
    (line,) = sets({"effort_days": "1,200"}, asked(GERMAN))
    says(line)


def test_an_own_task_is_one_field(says: Says) -> None:
    trace_context = asked(tasks__own={"audit": {**AUDIT, "wait_weeks": 2}})
    assert sets({"effort_days": "6", "wait_weeks": ""}, trace_context, "audit") == {
        "tasks.own.audit": {"step": "0", "name": "Audit", "effort_days": 6, "after": ["first"]}
    }
    assert sets({"in_scope": False}, trace_context, "audit")["tasks.own.audit"]["in_scope"] is False
    (line,) = sets({"effort_days": ""}, trace_context, "audit")
    says(line)


def test_numbers_that_say_the_same_are_the_same_however_they_are_written() -> None:
    grid = task_grid(asked())
    assert grid.is_same("effort_days", "8.50", "8.5")
    assert grid.is_same("after", ("a",), ("a",))
    assert not grid.is_same("effort_days", "8.50", "8")
    assert not grid.is_same("effort_days", "x", "y")
    assert not grid.is_same("in_scope", "1", "01")


def test_a_refusal_of_the_plan_is_said_by_the_task_s_name(says: Says) -> None:
    names = task_grid(asked()).names
    circle = with_values(quiet(), {"tasks.edits.first.after": ["late"], "company.employees": 1})
    with pytest.raises(ScenarioError) as caught:
        case(circle, book(), MODEL)
    (line,) = told(error_lines([caught.value, caught.value], names))
    says(line)
    with pytest.raises(ScenarioError) as caught:
        with_values(Scenario(), {"company.employees": 0})
    says(told(error_lines([caught.value], names))[0])


@pytest.mark.parametrize(
    ("name", "taken", "task_id"),
    [
        ("Data protection: Training!", (), "data-protection-training"),
        ("Prüfung", ("prufung",), "prufung-2"),
        ("Prüfung", ("prufung", "prufung-2"), "prufung-3"),
        ("测试", (), "task"),
        ("x" * 80, (), "x" * 30),
        ("--a--", (), "a"),
    ],
)
def test_a_new_task_gets_an_id_made_of_its_name(name: str, taken: tuple[str, ...], task_id: str) -> None:
    assert own_id_for(name, taken) == task_id


def test_an_own_task_is_added_and_changed_whole() -> None:
    trace_context = asked(tasks__own={"audit": {**AUDIT, "fixed_start": "2027-05-03"}})
    assert own_task_field({"name": "Audit", "step": "1", "effort_days": 2}, None, trace_context) == {
        "tasks.own.audit-2": {"name": "Audit", "step": "1", "effort_days": 2}
    }
    assert own_task_field({"name": "New name", "after": []}, "audit", trace_context) == {
        "tasks.own.audit": {**AUDIT, "name": "New name", "after": [], "fixed_start": "2027-05-03"}
    }


def test_a_task_that_is_taken_out_passes_on_what_it_waited_for() -> None:
    trace_context = asked(
        tasks__own={"audit": AUDIT, "report": {**AUDIT, "name": "Report", "after": ["audit", "council"]}},
        tasks__edits={"late": {"after": ["audit"]}, "idle": {"after": ["audit", "council"]}},
    )
    scenario = trace_context.plan.scenario
    fields = reset("audit", trace_context.case)
    assert fields == {
        "tasks.edits.late.after": None,
        "tasks.edits.idle.after": ["council", "first"],
        "tasks.own.report": {**AUDIT, "name": "Report", "after": ["council", "first"]},
        "tasks.own.audit": None,
    }
    after = with_values(scenario, fields)
    case(after, book(), MODEL)
    assert list(after.tasks.own) == ["report"]


def test_a_task_of_the_model_takes_the_model_s_figures_again() -> None:
    edited = asked(tasks__edits={"late": {"after": [], "effort_days": 3}}).case
    assert with_values(edited.scenario, reset("late", edited)).tasks.is_empty
