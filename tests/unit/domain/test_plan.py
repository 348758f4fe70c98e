"""What a plan says about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import book, line, model, placed, plan, quiet, task
from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.plan import Mix
from zt_planner.domain.progress import Progress
from zt_planner.engine.plan import Plan

EMPTY = Mix((), Decimal(0), {}, {})


@pytest.fixture
def small_plan() -> Plan:
    """Return a plan of one task; nothing is priced, so it is incomplete."""
    return plan(quiet(), book(), model(task("only")))


def test_internal_work_is_effort_and_everything_else_is_cash() -> None:
    assert CostCategory.INTERNAL not in CASH_CATEGORIES
    assert len(CASH_CATEGORIES) == len(CostCategory) - 1
    assert line("2027-01", "1.00").is_cash
    assert not line("2027-01", "1.00", category=CostCategory.INTERNAL).is_cash


def test_a_task_without_slack_is_critical() -> None:
    assert placed("a", date(2027, 1, 4)).is_critical
    assert not replace(placed("a", date(2027, 1, 4)), slack_days=1).is_critical


def test_a_task_that_is_done_has_a_first_day_only_where_somebody_recorded_it() -> None:
    task = placed("a", date(2027, 1, 4))
    assert task.known_start == task.start
    recorded = Progress(date(2027, 4, 1), 1, is_left_known=True)
    assert replace(task, progress=recorded).known_start == task.start
    assert replace(task, progress=replace(recorded, is_start_known=False)).known_start is None


def test_the_largest_product_is_the_one_with_most_seats_and_of_equal_ones_the_first() -> None:
    assert EMPTY.largest_product is None
    assert replace(EMPTY, seats={"a": 5, "b": 9, "c": 9}).largest_product == "b"


def test_a_plan_is_complete_only_with_every_price(small_plan: Plan) -> None:
    assert not small_plan.is_complete
    priced = replace(small_plan, cost_lines=(line("2027-01", "1.00"),))
    assert priced.is_complete
    assert not replace(priced, cost_lines=(*priced.cost_lines, line("2027-01", None))).is_complete


def test_a_blocking_finding_blocks_the_plan(small_plan: Plan) -> None:
    warning = Finding(Code.PRICE_STALE, Severity.WARNING)
    assert not replace(small_plan, findings=(warning,)).is_blocked
    assert replace(small_plan, findings=(warning, Finding(Code.LICENCE_NO_MIX, Severity.BLOCKING))).is_blocked


def test_a_plan_says_what_was_found(small_plan: Plan) -> None:
    found = replace(small_plan, findings=(Finding(Code.PRICE_STALE, Severity.WARNING),))
    assert found.has_finding(Code.PRICE_STALE)
    assert not found.has_finding(Code.LICENCE_NO_MIX)
