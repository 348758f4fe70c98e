"""Bookings of closed months in place of planned lines, and what they say about money and days (M27)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import MONDAY, NO_STEERING, book, case, day_rate, line, model, plan, plan_for, quiet, scenario, task
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.month import Month
from zt_planner.domain.progress import ContingencyUse
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.actuals import closed_months, overruns, replaced, with_actuals
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.engine.under_way.approved import approved
from zt_planner.engine.under_way.earned_value import ExternalDays, external_days, money_status

MONTHS = tuple(Month(2027, number) for number in range(1, 13))
RATES = book(day_rate("internal-day", 100), day_rate("external-day", 1000))
TWO = model(task("a", days=20, external_share=1), task("b", days=20, external_share=1, after=("a",)), size_exponent="0")


def with_money(bookings: dict[str, str], *closed: str, at: date | None = date(2027, 3, 31)) -> Any:  # noqa: ANN401 - a scenario
    """Return a scenario with bookings, closed months and a status date."""
    return scenario(status__at=at, status__bookings=bookings, status__closed=closed or ("2027-01",))


def figures(*lines: Any, bookings: dict[str, str]) -> list[tuple[str, str, str, Kind, Decimal | None]]:  # noqa: ANN401 - lines
    """Return month, payment, task, kind and amount of lines with the bookings of January in their place."""
    result = with_actuals(with_money(bookings), lines, MONTHS)
    return [(str(item.month), str(item.paid_in), item.task_id, item.kind, item.amount) for item in result]


def test_a_month_is_closed_once_it_is_over_on_the_status_date() -> None:
    closed = "2027-01", "2027-02"
    assert closed_months(with_money({}, *closed, at=date(2027, 2, 28))) == {Month(2027, 1), Month(2027, 2)}
    assert closed_months(with_money({}, *closed, at=date(2027, 2, 27))) == {Month(2027, 1)}
    assert closed_months(with_money({}, *closed, at=None)) == frozenset()


def test_without_a_closed_month_of_the_plan_the_lines_are_those_that_were_given() -> None:
    lines = (line("2027-01", "100.00"), line("2027-02", "100.00"))
    bookings = {"2026-12/hardware/install": "5"}
    assert with_actuals(with_money(bookings, "2026-12"), lines, MONTHS) is lines
    assert replaced(with_money(bookings, "2026-12"), lines, MONTHS) == ()


def test_an_invoice_for_a_prepaid_year_takes_the_place_of_all_its_months() -> None:
    january, lasting = Month(2027, 1), {"category": CostCategory.LICENCE, "kind": Kind.RECURRING, "task_id": "a"}
    lines = [line(f"2027-{month:02d}", "10.00", paid_in=january, **lasting) for month in (1, 2, 3)]
    assert figures(*lines, bookings={"2027-01/licence/a": "40.01"}) == [
        ("2027-01", "2027-01", "a", Kind.RECURRING, Decimal("13.34")),
        ("2027-02", "2027-01", "a", Kind.RECURRING, Decimal("13.34")),
        ("2027-03", "2027-01", "a", Kind.RECURRING, Decimal("13.33")),
    ]


def test_a_category_of_a_closed_month_without_a_booking_costs_nothing_and_own_work_stays() -> None:
    lines = line("2027-01", "10.00"), line("2027-01", "50.00", category=CostCategory.INTERNAL)
    assert figures(*lines, bookings={}) == [("2027-01", "2027-01", "install", Kind.ONE_OFF, Decimal("50.00"))]


def test_a_booking_without_a_task_is_shared_by_the_tasks_that_have_none() -> None:
    lines = [line("2027-01", amount, task_id=item) for item, amount in (("a", "10.00"), ("b", "20.00"), ("c", "70.00"))]
    bookings = {"2027-01/hardware/": "45.00", "2027-01/hardware/c": "80.00", "2027-02/hardware/b": "7.00"}
    assert sorted(figures(*lines, bookings=bookings)) == [
        ("2027-01", "2027-01", "a", Kind.ONE_OFF, Decimal("15.00")),
        ("2027-01", "2027-01", "b", Kind.ONE_OFF, Decimal("30.00")),
        ("2027-01", "2027-01", "c", Kind.ONE_OFF, Decimal("80.00")),
    ]


def test_a_booking_for_a_task_without_planned_lines_is_used_up_as_its_category() -> None:
    january, lasting = Month(2027, 1), {"category": CostCategory.LICENCE, "kind": Kind.RECURRING}
    lines = [line(f"2027-0{month}", "10.00", paid_in=january, **lasting) for month in (1, 2)]
    assert figures(*lines, bookings={"2027-01/licence/other": "30.00"}) == [
        ("2027-01", "2027-01", "other", Kind.RECURRING, Decimal("15.00")),
        ("2027-02", "2027-01", "other", Kind.RECURRING, Decimal("15.00")),
    ]


@pytest.mark.parametrize(("category", "kind"), [("licence", Kind.RECURRING), ("hardware", Kind.ONE_OFF)])
def test_what_nobody_planned_is_used_up_in_its_month(category: str, kind: Kind) -> None:
    unpriced = line("2027-01", None, category=CostCategory(category))
    expected = [("2027-01", "2027-01", "", kind, Decimal("30.00"))]
    assert figures(bookings={f"2027-01/{category}/": "30.00"}) == expected
    assert figures(unpriced, bookings={f"2027-01/{category}/": "30.00"}) == expected


def test_with_credits_among_the_planned_lines_what_is_booked_as_planned_stays_as_planned() -> None:
    lines = line("2027-01", "100.00"), line("2027-01", "-60.00", kind=Kind.RECURRING)
    kinds = {figure[3]: figure[4] for figure in figures(*lines, bookings={"2027-01/hardware/": "40.00"})}
    assert kinds == {Kind.ONE_OFF: Decimal("100.00"), Kind.RECURRING: Decimal("-60.00")}
    dearer = {figure[3]: figure[4] for figure in figures(*lines, bookings={"2027-01/hardware/": "56.00"})}
    assert dearer == {Kind.ONE_OFF: Decimal("110.00"), Kind.RECURRING: Decimal("-54.00")}


def test_what_was_planned_without_a_price_is_no_overrun() -> None:
    planned = line("2027-01", "100.00"), line("2027-01", None, category=CostCategory.TRAINING)
    bookings = {"2027-01/hardware/": "130.00", "2027-01/training/": "500.00"}
    assert overruns(planned, with_actuals(with_money(bookings), planned, MONTHS)) == Decimal("30.00")
    assert overruns(planned, with_actuals(with_money({}), planned, MONTHS)) == Decimal(0)


def made(bookings: dict[str, str], **fields: Any) -> Any:  # noqa: ANN401 - a plan
    """Return the plan of two tasks of the consultant as of 31 January, that month closed."""
    status = {"status__at": date(2027, 1, 31), "status__closed": ("2027-01",), "status__bookings": bookings}
    return plan(quiet(**{**NO_STEERING, **status, "finance__contingency": Decimal("0.1"), **fields}), RATES, TWO)


def test_more_than_the_contingency_may_be_used() -> None:
    done = {"a": {"started": MONDAY, "finished": date(2027, 1, 29)}}
    result = made({"2027-01/consultant/a": "25000"}, status__tasks=done)
    assert result.contingency == ContingencyUse(Decimal(4000), Decimal(5000))
    assert result.contingency.left == Decimal(-1000)


def test_where_labour_is_hidden_there_is_no_contingency_and_days_remain() -> None:
    done = {"a": {"started": MONDAY, "finished": date(2027, 1, 29), "spent_external": Decimal(25)}}
    shown = made({"2027-01/consultant/a": "25000", "2027-01/hardware/": "70"}, status__tasks=done)
    hidden = plan_for(case_of(shown.scenario, RATES, TWO, today=shown.today, shows_labour=False))
    assert hidden.contingency is None
    assert [item.headlines and item.headlines.external_days for item in (hidden, shown)] == [40, 40]
    assert {row.category for row in money_status(hidden)} == {CostCategory.HARDWARE, CostCategory.LICENCE}
    days = external_days(hidden)
    assert days == external_days(shown)
    assert days is not None
    assert (days.cpi, days.eac) == (Fraction(20, 25), Fraction(50))


def test_days_that_nobody_spent_or_earned_have_no_ratio() -> None:
    assert external_days(made({})) is None
    assert external_days(made({}, status__at=None, status__tasks={"b": {"spent_external": Decimal(3)}})) is None
    ahead = external_days(made({}, status__tasks={"b": {"spent_external": Decimal(3)}}))
    assert ahead == ExternalDays(Fraction(40), Fraction(0), Fraction(3), Fraction(0), None)
    free = external_days(
        made({}, status__tasks={"a": {"started": MONDAY, "remaining_days": 5, "spent_external": Decimal(0)}})
    )
    assert free == ExternalDays(Fraction(40), Fraction(16), Fraction(0), None, Fraction(0))


def test_what_has_no_price_is_unknown_in_the_rows() -> None:
    result = money_status(plan(quiet(status__bookings={"2027-02/hardware/": "5"}), book(), TWO))
    (row, *_) = [row for row in result if row.category is CostCategory.CONSULTANT]
    assert (row.planned, row.actual, row.forecast, row.is_closed) == (None, None, Decimal(0), False)


def test_the_contingency_is_that_of_the_plan_that_was_approved() -> None:
    agreed = case(quiet(**NO_STEERING, finance__contingency=Decimal("0.2")), RATES, TWO)
    record = approved(agreed, "Board", date(2027, 1, 4))
    assert record is not None
    later = made({"2027-01/consultant/a": "21000"}, status__approved=record)
    assert later.contingency is not None
    assert later.contingency.total == Decimal(8000)
    assert made({}).contingency == ContingencyUse(Decimal(4000), Decimal(0))


def test_nothing_that_is_still_to_be_done_is_planned_into_a_month_that_is_closed() -> None:
    done = {"a": {"started": MONDAY, "finished": date(2027, 3, 30)}}
    on = {"status__at": date(2027, 3, 31), "status__tasks": done, "status__closed": ()}
    still_open = made({}, **on)
    assert [(task.start, task.finish) for task in still_open.tasks][1] == (date(2027, 3, 31), date(2027, 4, 27))
    closed = made({"2027-03/consultant/a": "20000"}, **{**on, "status__closed": ("2027-03",)})
    assert [(task.start, task.finish) for task in closed.tasks][1] == (date(2027, 4, 1), date(2027, 4, 28))
    assert sum(item.amount for item in closed.cost_lines if item.task_id == "b" and item.amount) == Decimal(20000)


def test_what_goes_on_every_month_is_told_of_the_first_month_after_the_finish_that_is_open(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    def under_way(*closed: str) -> Plan:
        ahead = plan(scenario(), price_book, phase_model)
        done = {task.task.id: {"started": task.start, "finished": task.finish} for task in ahead.tasks}
        given = scenario(status__at=date(2027, 12, 31), status__tasks=done, status__closed=closed)
        return plan(given, price_book, phase_model)

    result, expected = under_way("2027-10", "2027-11"), under_way()
    assert result.headlines.run_rate_monthly == expected.headlines.run_rate_monthly > 0
    lines = figure_lines(FigureName.RUN_RATE_MONTHLY, result)
    assert {line.month for line in lines} == {Month(2027, 12)}
    assert sum_of(lines) == result.headlines.run_rate_monthly
