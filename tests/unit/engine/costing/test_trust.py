"""What is to be said of a price or of days of work, and how much of an amount rests on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import TODAY, line, price
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine, UnitPrice
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.trust import (
    Mark,
    MoneyOrigin,
    marks_of,
    marks_of_line,
    marks_of_row,
    share_of,
    shares_of,
    sizes_by_origin,
    total_size,
)

MARCH = Month(2027, 3)


def unit(*, is_own: bool = False, rise: Fraction = Fraction(1), **fields: Any) -> UnitPrice:  # noqa: ANN401 - any field of a price
    """Return a unit price of 10.00 with its row."""
    return UnitPrice(
        Decimal("10.00"), "suite", price("suite", **fields), MARCH, is_own=is_own, is_override=is_own, rise_factor=rise
    )


@pytest.mark.parametrize(
    ("source_date", "marks"),
    [("2025-11-05", (Mark.STALE,)), ("2025-11-06", ()), (None, (Mark.ASSUMED,)), ("2026-11-06", ())],
)
def test_a_source_more_than_twelve_months_old_is_stale_and_one_without_a_date_is_assumed(
    source_date: str | None, marks: tuple[Mark, ...]
) -> None:
    assert marks_of(unit(source_date=source_date), TODAY) == marks


def test_a_price_can_be_assumed_stale_and_a_what_if() -> None:
    doubtful = unit(source_date="2020-01-01", confidence="assumption", rise=Fraction(11, 10))
    assert marks_of(doubtful, TODAY) == (Mark.ASSUMED, Mark.STALE, Mark.WHAT_IF)
    assert doubtful.row is not None
    assert marks_of_row(doubtful.row, TODAY) == (Mark.ASSUMED, Mark.STALE)
    assert marks_of_row(doubtful.row, date(2020, 6, 1)) == (Mark.ASSUMED,)


def test_an_own_row_is_judged_by_its_own_source() -> None:
    row = OwnRow.model_validate(price("suite", source_date="2020-01-01", confidence="assumption").model_dump())
    own = UnitPrice(Decimal("10.00"), "suite", row, MARCH, is_own=True)
    assert marks_of(own, TODAY) == (Mark.ASSUMED, Mark.STALE, Mark.OWN)


def test_an_override_is_neither_stale_nor_assumed() -> None:
    assert marks_of(unit(is_own=True, source_date="2020-01-01", confidence="assumption"), TODAY) == (Mark.OWN,)


def test_nothing_is_said_of_what_has_no_price_or_no_row() -> None:
    assert marks_of(None, TODAY) == ()
    assert marks_of(UnitPrice(Decimal(1), "contingency", None, MARCH), TODAY) == ()


def test_a_share_counts_credits_by_their_size_and_leaves_out_what_is_missing() -> None:
    credit = line("2027-03", "-10.00", unit_price=unit(confidence="assumption"))
    lines = (credit, line("2027-03", "30.00", unit_price=unit(is_own=True)), line("2027-03", None))
    assert total_size(lines) == Decimal("40.00")
    assert shares_of(lines, Scenario(), TODAY) == {Mark.ASSUMED: Decimal("0.2500"), Mark.OWN: Decimal("0.7500")}
    assert share_of(Decimal(0), total_size([])) == 0


def test_a_kept_licence_of_zero_rests_on_nothing() -> None:
    assert shares_of((line("2027-03", "0.00", unit_price=unit(confidence="assumption")),), Scenario(), TODAY) == {}


def consultant(task_id: str) -> CostLine:
    """Return a line of a consultant's work at an assumed rate."""
    rate = unit(confidence="assumption")
    return line("2027-03", "10.00", category=CostCategory.CONSULTANT, task_id=task_id, unit_price=rate)


OWN_TASK = {"name": "Ours", "step": "1", "effort_days": 5}


@pytest.mark.parametrize(
    ("task_id", "path", "value", "is_assumed"),
    [
        ("sso", "company.employees", 120, True),
        ("sso", "tasks.edits", {"sso": {"effort_days": 4}}, False),
        ("sso", "tasks.edits", {"sso": {"min_length_days": 4}}, True),
        ("sso", "tasks.edits", {"mdm": {"effort_days": 4}}, True),
        ("sso", "uncertainty.effort_ranges", {"sso": (1, 1)}, False),
        ("sso", "uncertainty.wait_ranges", {"sso": (1, 1)}, True),
        ("sso", "labour.external_day_rate", 900, True),
        ("own-1", "tasks.own", {"own-1": OWN_TASK}, False),
        ("", "labour.coordination_share", {"internal": 0.1}, True),
        ("", "labour.coordination_share", {"external": 0.1}, False),
    ],
)
def test_days_that_nobody_has_offered_are_assumed(task_id: str, path: str, value: object, *, is_assumed: bool) -> None:
    marks = marks_of_line(consultant(task_id), Scenario().changed(path, value), TODAY)
    assert marks == ((Mark.ASSUMED, Mark.ASSUMED_DAYS) if is_assumed else (Mark.ASSUMED,))


def test_days_of_the_own_team_are_offered_by_nobody_and_not_assumed() -> None:
    own = line("2027-03", "10.00", category=CostCategory.INTERNAL, task_id="sso")
    assert marks_of_line(own, Scenario(), TODAY) == ()


def test_a_share_on_assumed_days_stands_beside_that_on_assumed_prices() -> None:
    lines = (consultant("sso"), line("2027-03", "30.00", unit_price=unit()))
    assert shares_of(lines, Scenario(), TODAY) == {
        Mark.ASSUMED: Decimal("0.2500"),
        Mark.ASSUMED_DAYS: Decimal("0.2500"),
    }


def test_each_line_is_from_one_place() -> None:
    listed = line("2027-03", "30.00", unit_price=unit(confidence="article"))
    lines = (
        line("2027-03", "60.00", unit_price=unit()),
        listed,
        line("2027-03", "10.00", unit_price=unit(confidence="secondary")),
        line("2027-03", "5.00", unit_price=unit(confidence="derived")),
        line("2027-03", "20.00", unit_price=unit(confidence="unverified")),
        line("2027-03", "1.00", unit_price=unit(source_date=None)),
        line("2027-03", "-4.00", unit_price=unit(is_own=True)),
        line("2027-03", "2.00"),
        consultant("sso"),
        line("2027-03", "40.00", category=CostCategory.CONTINGENCY),
        line("2027-03", None),
    )
    assert sizes_by_origin(lines, Scenario(), TODAY) == {
        MoneyOrigin.VENDOR: Decimal(60),
        MoneyOrigin.OWN: Decimal(6),
        MoneyOrigin.THIRD_PARTY: Decimal(40),
        MoneyOrigin.DERIVED: Decimal(5),
        MoneyOrigin.ASSUMED: Decimal(21),
        MoneyOrigin.ASSUMED_DAYS: Decimal(10),
        MoneyOrigin.CONTINGENCY: Decimal(40),
    }
    offered = Scenario().changed("tasks.edits", {"sso": {"effort_days": 4}})
    sure = replace(consultant("sso"), unit_price=unit(confidence="secondary"))
    assert sizes_by_origin((sure,), offered, TODAY) == {MoneyOrigin.THIRD_PARTY: Decimal(10)}
    assert sizes_by_origin((), Scenario(), TODAY) == {}
