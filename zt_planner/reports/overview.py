"""All headline figures as rows of label and value: what the command line prints.

Laws: a figure shows the same cents as `Headlines`; internal work stands apart
from the money; an unpriced plan says so in its first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zt_planner.reports.beside import beside_of, in_one_line
from zt_planner.reports.key_figures import team_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.language import Language
    from zt_planner.reports.beside import Beside

CENTS = 2


class Row(NamedTuple):
    """One figure: what it is and what it comes to, with VAT and in another currency where that is asked for."""

    label: str
    value: str
    beside: str = ""


def overview_of(plan: Plan, book: PriceBook, language: Language) -> tuple[Row, ...]:
    """Return the figures in the order of the conversation; nothing for a plan without a schedule."""
    beside = beside_of(plan, book)
    figures = plan.headlines
    if figures is None:
        return ()
    return (
        *_money_rows(plan, figures, beside, language),
        *_time_rows(plan, figures, language),
        *_work_rows(plan, figures, beside, language),
    )


def _amount(
    label: str, amount: Decimal, beside: Beside, language: Language, *, month: str = "", carries_vat: bool = True
) -> Row:
    """Return the row of an amount, in a month that is named where it is that of one."""
    value = language.money(amount, CENTS)
    shown = in_one_line(beside.forms(amount, language, CENTS, carries_vat=carries_vat, is_short=True))
    return Row(label, f"{month}: {value}" if month else value, shown)


def _money_rows(plan: Plan, figures: Headlines, beside: Beside, language: Language) -> Iterator[Row]:
    say = language.say
    if not plan.shows_labour:
        yield Row(say("Amounts"), say("without labour"))
    if not plan.is_complete:
        yield Row(say("Totals"), say("incomplete: prices are missing"))
    months = len(plan.horizon)
    for label, amount in (
        (say("First-year budget"), figures.first_year_budget),
        (say("of it once"), figures.one_off_first_year),
        (say("of it recurring"), figures.recurring_first_year),
        (say("One-off cost of the whole plan"), figures.one_off_total),
        (say("After that, a month"), figures.run_rate_monthly),
        (language.plural("Cost over {n} month", "Cost over {n} months", months), figures.horizon_total),
        (say("Per person and month"), figures.per_employee_month),
    ):
        yield _amount(label, amount, beside, language)
    month = language.month(figures.peak_month)
    yield _amount(say("Highest month"), figures.peak_amount, beside, language, month=month)


def _time_rows(plan: Plan, figures: Headlines, language: Language) -> Iterator[Row]:
    say = language.say
    yield Row(say("Start"), language.day(figures.start_date))
    yield Row(say("Finish"), language.day(figures.finish_date))
    if plan.deadline is not None:
        yield Row(say("To be finished before"), language.day(plan.deadline))
    yield Row(say("Duration"), language.plural("{n} month", "{n} months", language.number(figures.duration_months, 1)))


def _work_rows(plan: Plan, figures: Headlines, beside: Beside, language: Language) -> Iterator[Row]:
    say = language.say
    yield Row(say("Internal work"), language.plural("{n} day", "{n} days", language.number(figures.internal_days, 2)))
    if plan.shows_labour:
        label = say("Value of the internal work")
        yield _amount(label, figures.internal_value, beside, language, carries_vat=False)
    yield Row(say("External work"), language.plural("{n} day", "{n} days", language.number(figures.external_days, 2)))
    yield Row(say("Internal team"), team_text(figures, language))
    external = language.trimmed(figures.external_days_per_week)
    yield Row(say("External team"), language.plural("up to {n} day a week", "up to {n} days a week", external))
