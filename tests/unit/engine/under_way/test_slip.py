"""By how much a finish has moved: time passed, and it takes longer; three tasks of five days from 4 January 2027."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import CHAIN, MONDAY, RATES, case, jan, quiet, scenario
from tests.papers import handout
from zt_planner.engine.case import Case
from zt_planner.engine.under_way.slip import Slip, postponed, slip_between


def on(at: date | None, records: dict[str, Any] | None = None, **fields: Any) -> Case:  # noqa: ANN401 - any field
    return case(quiet(status__at=at, status__tasks=records or {}, **fields), RATES, CHAIN)


def test_a_status_date_that_moves_alone_is_time_passed() -> None:
    assert slip_between(on(None), on(jan(18))) == Slip(14, 0)
    assert slip_between(on(jan(11)), on(jan(18))) == Slip(7, 0)
    record = {"a": {"started": MONDAY, "finished": jan(8)}}
    assert slip_between(on(jan(11), record), on(jan(18), record)) == Slip(7, 0)


def test_a_task_that_took_longer_is_no_time_passed() -> None:
    later = on(jan(18), {"a": {"started": MONDAY, "finished": jan(15)}})
    assert slip_between(on(None), later) == Slip(0, 7)
    assert slip_between(later.as_of(None), later) == Slip(0, 7)


def test_both_add_up_to_what_the_finish_has_moved() -> None:
    # a took until 15 January, a week more; then nothing was begun for another week.
    slip = slip_between(on(None), on(jan(25), {"a": {"started": MONDAY, "finished": jan(15)}}))
    assert slip == Slip(7, 7)
    assert slip.total == 14


def test_what_goes_as_planned_and_an_equal_forecast_have_no_slip() -> None:
    record = {"a": {"started": MONDAY, "finished": jan(8)}, "b": {"started": jan(11)}}
    assert slip_between(on(None), on(jan(13), record)) == Slip(0, 0)
    assert slip_between(on(jan(13), record), on(jan(13), record)) == Slip(0, 0)


def test_without_a_schedule_there_is_no_slip() -> None:
    none = on(jan(13), tasks__edits={key: {"in_scope": False} for key in "abc"})
    assert slip_between(none, on(None)) is None
    assert slip_between(on(None), on(date(2060, 1, 1))) is None


def test_what_a_later_plan_pays_later_is_postponed_and_not_saved() -> None:
    plan = handout().plan.headlines
    later = handout(scenario(timeline__target_months=20)).plan.headlines
    assert later.run_rate_monthly >= plan.run_rate_monthly
    assert postponed(later, plan) == plan.recurring_first_year - later.recurring_first_year > 0
    assert postponed(plan, later) == postponed(plan, plan) == 0


def test_what_a_later_plan_gives_up_is_not_postponed() -> None:
    plan = handout().plan.headlines
    without = handout(scenario(timeline__target_months=20, choices__monitoring="none")).plan.headlines
    assert without.finish_date > plan.finish_date
    assert without.recurring_first_year < plan.recurring_first_year
    assert postponed(without, plan) == 0
