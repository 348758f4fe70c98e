"""What was planned, invoiced and is forecast, as tables."""

from __future__ import annotations

from decimal import Decimal

from tests.approval import Says
from tests.words import plain, told
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.engine.under_way.earned_value import MoneyRow
from zt_planner.topics.progress.money import money_by_category, money_by_month

JANUARY, FEBRUARY = Month(2027, 1), Month(2027, 2)


def row(planned: str | None, actual: str | None, *, month: Month = JANUARY, is_closed: bool = True) -> MoneyRow:
    """Return a row of licences."""
    amounts = [None if amount is None else Decimal(amount) for amount in (planned, actual)]
    forecast = amounts[1 if is_closed else 0] or Decimal(0)
    return MoneyRow(month, CostCategory.LICENCE, amounts[0], amounts[1], forecast, is_closed)


def test_both_tables_come_to_the_same_total_and_what_has_no_price_has_no_amount(says: Says) -> None:
    hardware = MoneyRow(FEBRUARY, CostCategory.HARDWARE, None, None, Decimal(0), is_closed=False)
    money = (row("500", "700"), hardware)
    by_month, by_category = told((money_by_month(money), money_by_category(money)))
    says([cells[0] for cells in by_category.rows])
    assert [cells[-1] for cells in by_month.rows] == ["closed", "", ""]
    shown = [tuple(plain(cell) for cell in cells) for cells in by_month.rows]
    assert shown[1] == ("February 2027", "not known", "", "not known", "")
    says(shown[2][:4])
    assert by_category.rows[-1] == by_month.rows[-1][:4]
