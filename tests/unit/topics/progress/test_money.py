"""The money of a plan that is under way in words: what was booked, what is left, what the days have brought."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import MONDAY, book, plan, plan_for, quiet
from tests.golden.test_actuals import BOOK, CHAIN, COMPANY, on_31_december, on_31_march
from tests.words import ENGLISH, plain
from zt_planner.domain.progress import ContingencyUse
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.topics.progress.money import contingency_text, money_lines

DAYS = (
    "Consultant, in days: 44.0 spent on work planned with 35.2 (CPI 0.80). At that rate, all work takes 75.0 instead "
    "of 60.0."
)


def lines(made: Plan) -> list[str]:
    """Return the lines with plain spaces."""
    return [plain(each) for each in map(ENGLISH.write, money_lines(made))]


def test_what_was_booked_what_is_forecast_what_is_left_and_what_the_days_have_brought() -> None:
    assert lines(on_31_march()) == [
        "3 closed months: EUR 41,080 booked, EUR 38,940 planned for what has happened in them.",
        "Booked in months that are open or outside the plan, and not counted: EUR 1,000.",
        "Contingency: EUR 4,090 of EUR 6,230 left; the closed months cost EUR 2,140 more than planned.",
        DAYS,
    ]


def test_at_the_end_nothing_is_ahead(says: Says) -> None:
    says(lines(on_31_december())[:1])


def test_who_sees_no_labour_is_told_so_and_sees_days() -> None:
    shown = on_31_march()
    found = lines(plan_for(case_of(shown.scenario, BOOK, CHAIN, today=shown.today, shows_labour=False)))
    assert found == [
        "3 closed months: EUR 4,080 booked, EUR 3,740 planned for what has happened in them.",
        "These amounts are without labour and contingency.",
        DAYS,
    ]


@pytest.mark.parametrize("spent", [0, 3])
def test_days_without_a_ratio_are_told_without_one(spent: int) -> None:
    status = {"status__at": MONDAY, "status__tasks": {"docs": {"spent_external": spent}}}
    made = plan(quiet(**COMPANY, **status), BOOK, CHAIN)
    assert lines(made) == [f"Consultant, in days: {spent}.0 spent on work planned with 0.0."]


def test_what_was_planned_without_a_price_is_at_least_so_much(says: Says) -> None:
    shown = on_31_march()
    without = book(*(row for row in BOOK.prices if row.id != "awareness-user"))
    found = lines(plan(shown.scenario, without, CHAIN))
    says(found[0])
    assert Decimal(41_080) - Decimal(270) - Decimal(38_640) == Decimal(2170)
    says(found[2])


def test_nothing_is_said_where_nothing_is_booked() -> None:
    assert lines(plan(quiet(**COMPANY), BOOK, CHAIN)) == []


def test_a_contingency_that_is_exceeded_is_told_by_how_much(says: Says) -> None:
    used_up = ContingencyUse(Decimal(6230), Decimal(7000))
    says(plain(ENGLISH.write(contingency_text(used_up))))
