"""The picture of a plan under way: what is done, what is left, the status date, and what has slipped first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import MONDAY, RATES, case, jan, model, plan_for, quiet, task
from tests.papers import situation
from tests.pictures import tasks_in
from tests.words import ENGLISH, Told, plain, told
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.plan import Plan
from zt_planner.topics.axes import shown_months
from zt_planner.topics.picture.time_axis import AxisPart, TimeAxis
from zt_planner.topics.picture.whole import budget_of, picture_of, roadmap_of
from zt_planner.topics.task_words import days_text, later_text

MODEL = model(
    task("a", days=5, step="1"),
    task("b", days=5, step="1", after=("a",)),
    task("c", days=5, step="2"),
    task("d", days=1),
)


AT = jan(20)
RECORDS: dict[str, Any] = {
    "a": {"started": MONDAY, "finished": jan(15)},
    "b": {"started": jan(18)},
    "d": {"started": MONDAY, "finished": MONDAY},
}


def plans(at: date | None = AT, records: dict[str, Any] = RECORDS, **fields: Any) -> tuple[Plan, Plan]:  # noqa: ANN401 - any field
    """Return a plan under way, and the same of which nothing has begun."""
    asked = case(quiet(status__at=at, status__tasks=records, **fields), RATES, MODEL)
    return plan_for(asked), plan_for(asked.as_of(None))


def drawn(now: Plan, before: Plan | None) -> Told:
    return told(picture_of(now, opened=tuple(Step), before=before))


def days_of(span: AxisPart, plan: Plan) -> tuple[date, date]:
    """Return the first and the last day of a part of the axis."""
    axis = TimeAxis.of(shown_months(plan))
    days = (axis.end - axis.first).days
    first, last = (axis.first + timedelta(days=round(at * days)) for at in (span.left, span.left + span.width))
    return first, last - timedelta(days=1)


def test_the_rest_of_a_bar_begins_on_the_status_date_and_what_is_done_has_none() -> None:
    now, before = plans()
    rows = tasks_in(drawn(now, before))
    tasks = {each.task.id: each for each in now.tasks}
    assert rows["a"].left == ()
    assert [days_of(span, now) for span in rows["b"].left] == [(AT, tasks["b"].finish)]
    assert [days_of(span, now) for span in rows["c"].left] == [(tasks["c"].start, tasks["c"].finish)]
    assert days_of(rows["b"].bars[0].span, now) == (jan(18), tasks["b"].finish)


def test_without_a_status_date_nothing_is_left_and_nothing_is_said_of_it() -> None:
    now, before = plans(at=None)
    picture = drawn(now, before)
    assert not any(row.left or row.later for row in (*picture.rows, *tasks_in(picture).values()))
    assert {sign.form for sign in picture.signs}.isdisjoint({"done", "left"})
    assert [mark.dash for mark in picture.marks if "Status" in mark.text] == []


def test_its_own_finish_is_a_forecast_beside_the_promised_one() -> None:
    now, _ = plans()
    marks = told(picture_of(now, promised=now.headlines.finish_date + timedelta(days=7))).marks
    assert [mark.text for mark in marks if mark.text.startswith("done")] == [
        f"done as it stands {ENGLISH.day_in_year(now.headlines.finish_date)}"
    ]


def test_the_signs_say_what_is_done_and_what_is_left(says: Says) -> None:
    signs = {sign.form: sign.text for sign in drawn(*plans()).signs}
    says((signs["done"], signs["left"], signs["ghost"]))


def test_the_status_date_stands_in_roadmap_and_money_in_the_place_of_today() -> None:
    now, before = plans()
    (mark,) = (mark for mark in drawn(now, before).marks if mark.dash == "bold")
    assert mark.text == "Status: 20\N{NO-BREAK SPACE}Jan"
    assert mark.at == pytest.approx(TimeAxis.of(shown_months(now)).noon(AT))
    assert [mark.text for mark in told(budget_of(now)).marks] == ["Status: 20\N{NO-BREAK SPACE}Jan"]
    assert not any(
        mark.text.startswith("today") for mark in drawn(replace(now, case=replace(now.case, today=AT)), before).marks
    )
    assert not told(budget_of(before)).marks


def test_what_has_slipped_most_stands_first_and_says_by_how_much(says: Says) -> None:
    now, before = plans()
    picture = drawn(now, before)
    ends, planned = ({each.task.id: each.finish for each in plan.tasks} for plan in (now, before))
    late = {key: (ends[key] - planned[key]).days for key in ends}
    assert late["a"] > 0 > late["d"]
    assert [row.days_later for row in picture.rows] == sorted((row.days_later for row in picture.rows), reverse=True)
    for step in picture.rows:
        assert [row.days_later for row in step.tasks] == sorted((late[row.id] for row in step.tasks), reverse=True)
        for row in (step, *step.tasks):
            assert row.later == ENGLISH.write(days_text(row.days_later))
            assert row.later in row.text
    says([plain(row.later) for row in picture.rows][-1])
    assert told(roadmap_of(now, before=before)).rows[0].id == picture.rows[0].id


def test_before_the_work_begins_rows_stay_in_the_order_of_the_plan_whatever_was_approved() -> None:
    before = plan_for(case(quiet(), RATES, MODEL))
    now = plan_for(case(quiet(tasks__edits={"c": {"effort_days": 40}}), RATES, MODEL))
    approved = Status(approved=Approved(on=MONDAY, today=MONDAY, plan="", finish=before.headlines.finish_date))
    signed = now.scenario.model_copy(update={"status": approved})
    picture = drawn(replace(now, case=replace(now.case, scenario=signed)), before)
    late = [row.days_later for row in picture.rows]
    assert late != sorted(late, reverse=True)
    assert [row.id for row in picture.rows] == [step for step in Step if step in {row.id for row in picture.rows}]
    assert {sign.form: sign.text for sign in picture.signs}["ghost"] == "Planned when approved"


def test_its_description_says_how_much_is_done_and_what_has_slipped(says: Says) -> None:
    now, before = plans()
    for found in (drawn(now, before), told(roadmap_of(now, before=before))):
        alt = plain(found.alt)
        says(alt)
        for row in found.rows:
            assert plain(f"({row.later})") in alt
    assert "done." not in drawn(before, None).alt


def test_beside_another_plan_under_way_the_rows_keep_their_order() -> None:
    now, _ = plans()
    picture = drawn(now, now)
    assert [row.id for row in picture.rows] == sorted(row.id for row in picture.rows)
    assert {sign.form: sign.text for sign in picture.signs}["ghost"] == "Compared with"


def test_a_task_that_the_reference_does_not_have_is_not_late() -> None:
    now, before = plans()
    fewer = replace(before, tasks=tuple(each for each in before.tasks if each.task.id != "a"))
    row = tasks_in(drawn(now, fewer))["a"]
    assert (row.days_later, row.ghosts) == (0, ())


def test_an_approved_plan_is_called_so() -> None:
    now, before = plans()
    approved = Approved(on=MONDAY, today=MONDAY, plan="", finish=jan(20))
    status = now.scenario.status.model_copy(update={"approved": approved})
    signed = replace(now, case=replace(now.case, scenario=now.scenario.model_copy(update={"status": status})))
    picture = drawn(signed, before)
    assert {sign.form: sign.text for sign in picture.signs}["ghost"] == "Planned when approved"
    assert tasks_in(picture)["a"].ghosts[0].text.startswith("Planned when approved: 4")
    unbegun = replace(
        signed, case=signed.case.changed(signed.scenario.model_copy(update={"status": Status(approved=approved)}))
    )
    assert {sign.form: sign.text for sign in drawn(unbegun, before).signs}["ghost"] == "Planned when approved"
    fallen_back = replace(
        before,
        case=replace(
            before.case, scenario=signed.scenario.model_copy(update={"status": status.model_copy(update={"at": None})})
        ),
    )
    assert {sign.form: sign.text for sign in drawn(signed, fallen_back).signs}["ghost"] == "As planned"


def test_a_handout_is_measured_against_its_reference() -> None:
    given = situation("under way")
    assert given.reference is not None
    assert given.reference.scenario.status.at is None
    assert situation("default").reference is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ""),
        (1, "1 day later"),
        (-1, "1 day earlier"),
        (7, "7 days later"),
        (21, "3 weeks later"),
        (-14, "2 weeks earlier"),
        (-22, "22 days earlier"),
    ],
)
def test_a_slip_is_told_in_weeks_where_it_is_whole_weeks(days: int, words: str) -> None:
    assert plain(ENGLISH.write(later_text(days))) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, ""), (1, "1 day later"), (70, "70 days later"), (-14, "14 days earlier")]
)
def test_in_lists_every_slip_is_told_in_days(days: int, words: str) -> None:
    assert plain(ENGLISH.write(days_text(days))) == words
