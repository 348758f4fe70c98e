"""What is doubtful about bookings and closed months (M27)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import MONDAY, book, day_rate, model, plan, quiet, task
from zt_planner.domain.categories import BOOKABLE_CATEGORIES
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month

RATES = book(day_rate("internal-day", 100), day_rate("external-day", 1000))
WORK = model(task("a", days=20, external_share=1), task("gone", days=0), size_exponent="0")
DONE = {"a": {"started": MONDAY, "finished": date(2027, 1, 29)}}
ACTUAL = {
    Code.STATUS_CLOSED_AHEAD,
    Code.STATUS_OUTSIDE_PLAN,
    Code.STATUS_BOOKED_NOT_IN_PLAN,
    Code.STATUS_NOTHING_BOOKED,
    Code.STATUS_BOOKED_MUCH,
    Code.STATUS_CREDITS_EXCEED,
    Code.STATUS_CONTINGENCY_USED_UP,
}


def facts_by_code(
    bookings: dict[str, str], closed: tuple[str, ...] = ("2027-01",), at: date | None = date(2027, 1, 31)
) -> dict[Code, dict[str, Any]]:
    """Return the facts of the findings about bookings, contingency 10 % of EUR 20,000."""
    status = {"status__at": at, "status__closed": closed, "status__bookings": bookings, "status__tasks": DONE}
    steady = {"labour__coordination_share": {"internal": 0, "external": 0}}
    made = plan(quiet(**status, **steady, finance__contingency=Decimal("0.1")), RATES, WORK)
    return {finding.code: dict(finding.facts) for finding in made.findings if finding.code in ACTUAL}


def test_bookings_that_are_in_order_find_nothing() -> None:
    assert facts_by_code({"2027-01/consultant/a": "20000"}) == {}
    assert facts_by_code({"2027-01/consultant/": "22000"}) == {}
    assert facts_by_code({"2027-02/consultant/a": "1"}, ()) == {}


def test_a_month_that_is_not_over_or_has_no_status_date_is_not_closed() -> None:
    late = date(2027, 2, 27)
    assert facts_by_code({}, ("2027-02", "2027-03"), late) == {
        Code.STATUS_CLOSED_AHEAD: {"months": (Month(2027, 2), Month(2027, 3)), "day": late}
    }
    assert facts_by_code({}, at=None) == {Code.STATUS_CLOSED_AHEAD: {"months": (Month(2027, 1),), "day": None}}


def test_months_outside_the_plan_are_named_and_do_not_count() -> None:
    outside = (Month(2026, 12), Month(2040, 1))
    assert facts_by_code({"2026-12/consultant/": "9"}, ("2026-12", "2040-01")) == {
        Code.STATUS_OUTSIDE_PLAN: {"months": outside}
    }


def test_tasks_that_are_not_in_the_plan_are_named() -> None:
    bookings = {"2027-01/consultant/gone": "9000", "2027-01/consultant/no_such_task": "9000"}
    assert facts_by_code(bookings) == {Code.STATUS_BOOKED_NOT_IN_PLAN: {"tasks": ("gone", "no_such_task")}}


@pytest.mark.parametrize("category", BOOKABLE_CATEGORIES)
def test_far_more_than_planned_and_more_credited_than_booked_are_said(category: str) -> None:
    much = facts_by_code({f"2027-02/{category}/": "40000.01"}, ())
    assert much == ({} if category == "licence" else {Code.STATUS_BOOKED_MUCH: {"categories": (category,)}})
    credited = facts_by_code({f"2027-02/{category}/": "-1", f"2027-03/{category}/": "0.99"}, ())
    assert credited == {Code.STATUS_CREDITS_EXCEED: {"categories": (category,)}}


def test_contingency_that_is_used_up_is_said() -> None:
    assert facts_by_code({"2027-01/consultant/a": "22000.01"}) == {
        Code.STATUS_CONTINGENCY_USED_UP: {"total": Decimal("2000.00"), "overruns": Decimal("2000.01")}
    }


def test_what_was_planned_for_closed_months_and_is_not_booked_is_said() -> None:
    nothing = {Code.STATUS_NOTHING_BOOKED: {"categories": ("consultant",), "planned": Decimal("20000.00")}}
    assert facts_by_code({}) == nothing
    assert facts_by_code({"2027-02/consultant/a": "20000"}) == nothing
