"""The money of a plan that is under way, in words and tables: planned, invoiced, forecast, and what is left (M27).

Laws: amounts are those of `money_status`; tables by month and by kind of cost come to the same totals, and what has no
price has no amount, never 0; the contingency, a reserve, is no invoice; where labour is not shown, that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from zt_planner.domain import units
from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.progress import ContingencyUse
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.engine.costing.actuals import bookings_of, closed_months
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.engine.under_way.earned_value import ExternalDays, MoneyRow, external_days, money_status
from zt_planner.language import Listed, LongMonth, Money, Number, Plural, Text, Words
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.labels import bounded_money, label
from zt_planner.topics.progress.status import own_budget_words
from zt_planner.topics.sentence import amount_without_labour
from zt_planner.topics.table import Column, Table, table_of

ONE_DAY = timedelta(days=1)


def money_lines(plan: Plan) -> Iterator[Words]:
    """Yield what closed months cost, what is left of the contingency, and the days.

    Nothing about money where nothing is booked and no month is closed.
    """
    rows, days = money_status(plan), external_days(plan)
    if rows:
        yield from _booked_lines(plan, rows)
    if plan.contingency is not None:
        yield contingency_text(plan.contingency)
    if days is not None:
        yield external_text(days)


def closable_months(plan: Plan) -> tuple[Month, ...]:
    """Return the months of a plan that are over on its status date and have bookings, but are not closed."""
    status = plan.scenario.status
    booked = {Booked.of(key).month for key in status.bookings}
    is_over = {month for month in plan.months if status.at is not None and month.last_day <= status.at}
    return tuple(sorted(month for month in booked & is_over if str(month) not in status.closed))


def closing_text(months: Iterable[Month], closed: Plan) -> Words:
    """Ask whether to close months, and say what the forecast becomes then."""
    return Text(
        "Close {months}? The forecast becomes {budget}, done by {finish}.",
        months=Listed(map(LongMonth, months)),
        budget=own_budget_words(closed),
        finish=closed.headlines.finish_date,
    )


def due_by_now(lines: Iterable[CostLine], plan: Plan) -> list[CostLine]:
    """Return the lines that were to be paid in the months that are over on a plan's status date."""
    at = plan.scenario.status.at
    return [] if at is None else [line for line in lines if line.paid_in < Month.of(at + ONE_DAY)]


def due_text(plan: Plan, reference: Plan) -> Words:
    """Say what of the introduction was due in the months that are over, as planned, and what was spent in them."""
    at = plan.scenario.status.at
    due = due_by_now(figure_lines(FigureName.INTRODUCTION_BUDGET, reference), plan)
    if at is None or not due:
        return ""
    last = Month.of(at + ONE_DAY).plus(-1)
    booked = [amount for booking, amount in bookings_of(plan.scenario) if booking.cell[0] <= last]
    planned = amount_without_labour(sum_text(due), plan)
    if not booked:
        return Text("Planned by the end of {month}: {due}. Nothing is booked yet.", month=last, due=planned)
    return Text(
        "Planned by the end of {month}: {due}. Spent: {spent}.",
        month=last,
        due=planned,
        spent=Money(total(booked)),
    )


def _booked_lines(plan: Plan, rows: Sequence[MoneyRow]) -> Iterator[Words]:
    closed = [row for row in rows if row.is_closed and row.category is not CostCategory.CONTINGENCY]
    months = len(closed_months(plan.scenario).intersection(plan.months))
    if months:
        yield Plural(
            "{n} closed month: {booked} booked, {planned} planned for what has happened in it.",
            "{n} closed months: {booked} booked, {planned} planned for what has happened in them.",
            months,
            booked=_amount([row.forecast for row in closed]),
            planned=_amount([row.planned for row in closed]),
        )
    early = [row.actual for row in rows if row.actual is not None and not row.is_closed]
    if early:
        yield Text(
            "Booked in months that are open or outside the plan, and not counted: {amount}.",
            amount=_amount(early),
        )
    if not plan.shows_labour:
        yield Text("These amounts are without labour and contingency.")


def contingency_text(contingency: ContingencyUse) -> Words:
    """Say how much of the contingency is left, or by how much it is exceeded."""
    if contingency.left < 0:
        return Text(
            "Contingency: {total}, exceeded by {more}; the closed months cost {overruns} more than planned.",
            total=Money(contingency.total),
            more=Money(-contingency.left),
            overruns=Money(contingency.overruns),
        )
    return Text(
        "Contingency: {left} of {total} left; the closed months cost {overruns} more than planned.",
        left=Money(contingency.left),
        total=Money(contingency.total),
        overruns=Money(contingency.overruns),
    )


def external_text(days: ExternalDays) -> Words:
    """Say what the consultant's days have brought, and how many all work takes at that rate."""
    if days.cpi is None or days.eac is None:
        return Text(
            "Consultant, in days: {spent} spent on work planned with {earned}.",
            spent=Number(days.spent, 1),
            earned=Number(days.earned, 1),
        )
    return Text(
        "Consultant, in days: {spent} spent on work planned with {earned} (CPI {cpi}). At that rate, all work takes "
        "{eac} instead of {planned}.",
        spent=Number(days.spent, 1),
        earned=Number(days.earned, 1),
        cpi=Number(days.cpi, 2),
        eac=Number(days.eac, 1),
        planned=Number(days.planned, 1),
    )


def _amount(amounts: Sequence[Decimal | None]) -> Words:
    """Write a sum, as a lower bound where some amount is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return bounded_money(total(known), is_whole=len(known) == len(amounts))


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
        return bounded_money(row.planned, is_whole=row.has_every_price)

    def forecast(row: MoneySums) -> Words:
        return bounded_money(row.forecast, is_whole=row.is_whole_forecast)

    columns: tuple[Column[MoneySums], ...] = (
        Column(title, words=lambda row: row.name),
        Column(Text("Planned"), units.EUROS, words=planned),
        Column(Text("Actual"), units.EUROS, lambda row: row.actual),
        Column(Text("Forecast"), units.EUROS, words=forecast),
        *others,
    )
    return table_of(columns, (*rows, sums_of(Text("Total"), money)))
