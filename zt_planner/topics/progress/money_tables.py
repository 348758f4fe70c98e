"""Money of a plan that is under way as tables: what was planned, what was invoiced, and what is forecast (M27).

As it is paid, by month and by kind of cost. Laws: both tables come to the same totals; what has no price has no
amount, never 0; the contingency, a reserve, is no invoice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.categories import CATEGORY_ORDER
from zt_planner.domain.money import total
from zt_planner.language import LongMonth, Text, Words
from zt_planner.topics.labels import bounded_money, label
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zt_planner.engine.earned_value import MoneyRow
    from zt_planner.topics.table import Table


class MoneySums(NamedTuple):
    """A row: sums of what has a price, and whether that is all of it; `actual` is None where nothing was invoiced."""

    name: Words
    planned: Decimal
    actual: Decimal | None
    forecast: Decimal
    has_every_price: bool
    is_whole_forecast: bool
    is_closed: bool = False


def sums_of(name: Words, rows: Sequence[MoneyRow], *, is_closed: bool = False) -> MoneySums:
    """Add up rows."""
    booked = [row.actual for row in rows if row.actual is not None]
    return MoneySums(
        name,
        total(row.planned for row in rows if row.planned is not None),
        total(booked) if booked else None,
        total(row.forecast for row in rows),
        all(row.planned is not None for row in rows),
        all(row.planned is not None or row.is_closed for row in rows),
        is_closed,
    )


def money_by_month(money: Sequence[MoneyRow]) -> Table:
    """Return what was planned, invoiced and is forecast month by month; closed months say so."""
    rows: list[MoneySums] = []
    for month in sorted({row.month for row in money}):
        of_month = [row for row in money if row.month == month]
        rows.append(sums_of(LongMonth(month), of_month, is_closed=of_month[0].is_closed))
    state: Column[MoneySums] = Column(Text("State"), words=lambda row: Text("closed") if row.is_closed else "")
    return _table(Text("Month"), rows, money, state)


def money_by_category(money: Sequence[MoneyRow]) -> Table:
    """Return what was planned, invoiced and is forecast of each kind of cost."""
    rows = [
        sums_of(label(category), [row for row in money if row.category == category])
        for category in sorted({row.category for row in money}, key=CATEGORY_ORDER.__getitem__)
    ]
    return _table(Text("Kind of cost"), rows, money)


def _table(title: Words, rows: Sequence[MoneySums], money: Sequence[MoneyRow], *others: Column[MoneySums]) -> Table:
    def planned(row: MoneySums) -> Words:
        return bounded_money(row.planned, 2, is_whole=row.has_every_price)

    def forecast(row: MoneySums) -> Words:
        return bounded_money(row.forecast, 2, is_whole=row.is_whole_forecast)

    columns: tuple[Column[MoneySums], ...] = (
        Column(title, words=lambda row: row.name),
        Column(Text("Planned"), units.MONEY, words=planned),
        Column(Text("Actual"), units.MONEY, lambda row: row.actual),
        Column(Text("Forecast"), units.MONEY, words=forecast),
        *others,
    )
    return table_of(columns, (*rows, sums_of(Text("Total"), money)))
