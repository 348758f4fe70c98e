"""The money of a plan that is under way in words: booked, planned, and what is left (M27).

Laws: amounts are those of `money_status`; where labour is not shown, they say that they hold none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.money import total
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.earned_value import external_days, money_status
from zt_planner.topics.labels import bounded_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from zt_planner.domain.progress import ContingencyUse
    from zt_planner.engine.earned_value import ExternalDays, MoneyRow
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language


def money_lines(plan: Plan, language: Language) -> Iterator[str]:
    """Yield what closed months cost, what is left of the contingency, and the days.

    Nothing about money where nothing is booked and no month is closed.
    """
    rows, days = money_status(plan), external_days(plan)
    if rows:
        yield from _booked_lines(plan, rows, language)
    if plan.contingency is not None:
        yield contingency_text(plan.contingency, language)
    if days is not None:
        yield external_text(days, language)


def _booked_lines(plan: Plan, rows: Sequence[MoneyRow], language: Language) -> Iterator[str]:
    closed = [row for row in rows if row.is_closed and row.category is not CostCategory.CONTINGENCY]
    months = len(closed_months(plan.scenario).intersection(plan.months))
    if months:
        yield language.plural(
            "{n} closed month: {booked} booked, {planned} planned for what has happened in it.",
            "{n} closed months: {booked} booked, {planned} planned for what has happened in them.",
            months,
            booked=_amount([row.forecast for row in closed], language),
            planned=_amount([row.planned for row in closed], language),
        )
    early = [row.actual for row in rows if row.actual is not None and not row.is_closed]
    if early:
        yield language.say(
            "Booked in months that are open or outside the plan, and not counted: {amount}.",
            amount=_amount(early, language),
        )
    if not plan.shows_labour:
        yield language.say("These amounts are without labour and contingency.")


def contingency_text(contingency: ContingencyUse, language: Language) -> str:
    """Say how much of the contingency is left, or by how much it is exceeded."""
    if contingency.left < 0:
        return language.say(
            "Contingency: {total}, exceeded by {more}; the closed months cost {overruns} more than planned.",
            total=language.money(contingency.total),
            more=language.money(-contingency.left),
            overruns=language.money(contingency.overruns),
        )
    return language.say(
        "Contingency: {left} of {total} left; the closed months cost {overruns} more than planned.",
        left=language.money(contingency.left),
        total=language.money(contingency.total),
        overruns=language.money(contingency.overruns),
    )


def external_text(days: ExternalDays, language: Language) -> str:
    """Say what the consultant's days have brought, and how many all work takes at that rate."""
    say = language.say
    if days.cpi is None or days.eac is None:
        return say(
            "Consultant, in days: {spent} spent on work planned with {earned}.",
            spent=language.number(days.spent, 1),
            earned=language.number(days.earned, 1),
        )
    return say(
        "Consultant, in days: {spent} spent on work planned with {earned} (CPI {cpi}). At that rate, all work takes "
        "{eac} instead of {planned}.",
        spent=language.number(days.spent, 1),
        earned=language.number(days.earned, 1),
        cpi=language.number(days.cpi, 2),
        eac=language.number(days.eac, 1),
        planned=language.number(days.planned, 1),
    )


def _amount(amounts: Sequence[Decimal | None], language: Language) -> str:
    """Write a sum, as a lower bound where some amount is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return language.write(bounded_money(total(known), is_whole=len(known) == len(amounts)))
