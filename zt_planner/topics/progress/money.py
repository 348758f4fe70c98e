"""The money of a plan that is under way in words: booked, planned, and what is left (M27).

Laws: amounts are those of `money_status`; where labour is not shown, they say that they hold none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.money import total
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.earned_value import external_days, money_status
from zt_planner.language import Money, Number, Plural, Text, Words
from zt_planner.topics.labels import bounded_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from zt_planner.domain.progress import ContingencyUse
    from zt_planner.engine.earned_value import ExternalDays, MoneyRow
    from zt_planner.engine.plan import Plan


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
