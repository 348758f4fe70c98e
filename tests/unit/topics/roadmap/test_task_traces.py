"""Why a task is so much work, when it runs and how far it can move, with what was set beside what the model says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import book, case, model, plan_for, quiet, task
from tests.words import ENGLISH, GERMAN, Told, plain, told
from zt_planner.domain.data.phase_model import PhaseModel, Step
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.picture.whole import roadmap_of
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.topics.roadmap.task_traces import explain_slack, explain_task
from zt_planner.topics.view import View

THREE = model(
    task("a", name="Order", days=2, wait_weeks=1, drivers=["apps"], days_per_unit=["0.5"]),
    task("b", name="Install", after=("a",)),
    task("long", name="Long", days=20, external_share=1),
)
AUDIT: dict[str, Any] = {"step": "5", "name": "<b>Audit</b>", "effort_days": 4}


def asked(phase_model: PhaseModel, **fields: Any) -> View:  # noqa: ANN401 - any field
    """Return a plan to ask about, in English, with one business application."""
    given = quiet(**{"company__apps": 1, **fields})
    plan = plan_for(case(given, book(), phase_model))
    return View(plan, ENGLISH)


def edits(**figures: dict[str, Any]) -> dict[str, Any]:
    """Return own figures of tasks as fields."""
    return {"tasks__edits": figures}


def said(found: Told) -> str:
    """Return everything that a trace says."""
    assert found is not None
    assert found.result == found.value
    return plain(" ".join((found.rule, *found.notes)))


def rows(found: Told) -> list[tuple[str, Any]]:
    """Return the rows of a trace with what they count."""
    assert found is not None
    return [(plain(row.item), row.amount) for row in found.rows]


def test_an_own_effort_stands_beside_what_the_model_says(says: Says) -> None:
    trace_context = asked(THREE, **edits(a={"effort_days": 8, "min_length_days": 9, "wait_weeks": 0, "after": []}))
    found = told(explain_task("a", trace_context))
    assert rows(found) == [("As entered", 8)]
    text = said(found)
    says(text)
    assert found is not None
    assert [badge.text for badge in found.rows[0].badges][:1] == ["own effort"]


def test_what_was_done_before_is_taken_off_the_effort() -> None:
    found = told(explain_task("a", asked(THREE, **edits(a={"effort_days": 8, "done": 0.25}))))
    assert rows(found) == [("As entered", 8), ("Done before the plan begins (rule M35)", -2)]
    assert found is not None
    assert found.value == sum(row.amount or 0 for row in found.rows) == 6
    assert "done before" in [badge.text for badge in found.rows[0].badges]


def test_the_effort_of_the_model_is_explained_as_before(says: Says) -> None:
    found = told(explain_task("a", asked(THREE)))
    says(rows(found))
    assert "the model says" not in said(found)


def test_an_own_task_is_explained_and_marked_where_its_days_are_counted(says: Says) -> None:
    trace_context = asked(THREE, tasks__own={"audit": {**AUDIT, "earliest_start": "2027-02-01"}})
    found = told(explain_task("audit", trace_context))
    assert found is not None
    assert found.title == "<b>Audit</b>"
    says(said(found))
    days = told(trace_of("internal_days", trace_context))
    assert days is not None
    assert {row.item: [badge.text for badge in row.badges] for row in days.rows if row.badges} == {
        "<b>Audit</b>": ["own task"]
    }


def test_slack_ends_where_the_next_task_starts_or_can_move_to(says: Says) -> None:
    # a ends on 6 January, its wait on the 13th; b could start on the 14th and has slack until 29 January.
    trace_context = asked(THREE)
    by_id = {found.task.id: found for found in trace_context.plan.tasks}
    found = told(explain_slack("a", trace_context))
    says(rows(found))
    assert by_id["a"].slack_days == by_id["b"].slack_days == 11
    says(rows(told(explain_slack("b", trace_context))))
    says(said(found))
    says(said(told(explain_slack("long", trace_context))))


def test_slack_ends_at_a_fixed_date(says: Says) -> None:
    trace_context = asked(THREE, **edits(b={"fixed_start": "2027-01-20"}))
    says(rows(told(explain_slack("a", trace_context))))
    found = told(explain_slack("b", trace_context))
    assert rows(found) == []
    says(said(found))
    says(said(told(explain_slack("long", trace_context))))


def test_a_task_that_is_not_planned_has_no_explanation() -> None:
    assert told(explain_task("none", asked(THREE))) is None
    assert told(explain_slack("none", asked(THREE))) is None


@pytest.mark.parametrize("figure", ["earliest_start", "fixed_start"])
def test_the_chain_to_the_finish_names_a_date_that_was_set(figure: str, says: Says) -> None:
    late = asked(THREE, **edits(b={figure: "2027-03-01"}))
    first = asked(model(task("a", name="Order")), **edits(a={figure: "2027-02-01"}))
    chain = told(trace_of("finish_date", late))
    assert chain is not None
    how = plain(" ".join(row.how for row in chain.rows))
    assert chain.result == chain.value
    says(how)
    chain = told(trace_of("finish_date", first))
    assert chain is not None
    assert chain.result == chain.value
    says(rows(chain)[0])


def test_the_chain_to_the_finish_names_a_levelled_date_as_one(says: Says) -> None:
    chain = told(trace_of("finish_date", asked(THREE, levelling__starts=(("b", date(2027, 3, 1)),))))
    assert chain is not None
    how = plain(" ".join(row.how for row in chain.rows))
    says(how)


def test_the_table_marks_what_is_own(says: Says) -> None:
    trace_context = asked(
        THREE,
        **edits(a={"effort_days": 8}, long={"wait_weeks": 2, "in_scope": True}),
        tasks__own={"audit": {**AUDIT, "fixed_start": "2027-03-01"}},
    )
    table = told(task_table(trace_context.plan))
    marks = {
        row[table.badge_column]: [plain(badge.text) for badge in badges]
        for row, badges in zip(table.rows, table.badges, strict=True)
    }
    says(marks)


def test_the_picture_marks_what_is_own() -> None:
    trace_context = asked(THREE, **edits(a={"effort_days": 8}), tasks__own={"audit": AUDIT})
    rows = told(roadmap_of(trace_context.plan, opened=tuple(Step)), GERMAN).rows
    tasks = {task.name: task for row in rows for task in row.tasks}
    assert set(tasks) == {"Order (eigene Angaben)", "Install", "Long", "<b>Audit</b> (eigene Angaben)"}
    (bar,) = tasks["<b>Audit</b> (eigene Angaben)"].bars
    assert "eigene Aufgabe" in bar.text


def test_a_task_that_is_recorded_says_how_long_it_took_or_what_is_left(says: Says) -> None:
    tasks = {"a": {"started": "2027-01-04", "finished": "2027-01-09"}, "long": {"started": "2027-01-11"}}
    under_way = asked(THREE, status__at="2027-01-18", status__tasks=tasks)
    done, running = told(explain_task("a", under_way)), told(explain_task("long", under_way))
    says(said(done))
    says(said(running))
    says(said(told(explain_task("b", under_way))))
    slack = told(explain_slack("a", under_way))
    assert slack is not None
    assert (slack.value, slack.rows) == (0, ())


def test_the_way_to_the_finish_says_what_the_status_holds_back(says: Says) -> None:
    tasks = {"a": {"started": "2027-01-05", "finished": "2027-01-06"}, "long": {"finished": "2027-01-06"}}
    found = told(trace_of("finish_date", asked(THREE, status__at="2027-01-25", status__tasks=tasks)))
    assert found is not None
    shown = [(plain(row.item), plain(row.how), row.amount) for row in found.rows]
    says(shown)
    early = told(trace_of("finish_date", asked(model(task("a")), status__at="2027-01-25")))
    assert early is not None
    says(plain(early.rows[0].item))
