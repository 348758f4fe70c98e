"""All headline figures as rows of label and value: what the command line prints.

Laws: a figure shows the same cents as `Headlines`; internal work stands apart
from the money; an unpriced plan says so in its first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.language import Language

CENTS = 2


class Row(NamedTuple):
    """One figure: what it is and what it comes to."""

    label: str
    value: str


def overview_of(plan: Plan, language: Language) -> tuple[Row, ...]:
    """Return the figures in the order of the conversation; nothing for a plan without a schedule."""
    figures = plan.headlines
    if figures is None:
        return ()
    return (
        *_money_rows(plan, figures, language),
        *_time_rows(plan, figures, language),
        *_work_rows(plan, figures, language),
    )


def _money_rows(plan: Plan, figures: Headlines, language: Language) -> Iterator[Row]:
    say = language.say
    if not plan.shows_labour:
        yield Row(say("Amounts"), say("without labour"))
    if not plan.is_complete:
        yield Row(say("Totals"), say("incomplete: prices are missing"))
    months = len(plan.horizon)
    peak = f"{language.month(figures.peak_month)}: {language.money(figures.peak_amount, CENTS)}"
    yield Row(say("First-year budget"), language.money(figures.first_year_budget, CENTS))
    yield Row(say("of it once"), language.money(figures.one_off_first_year, CENTS))
    yield Row(say("of it recurring"), language.money(figures.recurring_first_year, CENTS))
    yield Row(say("One-off cost of the whole plan"), language.money(figures.one_off_total, CENTS))
    yield Row(say("After that, a month"), language.money(figures.run_rate_monthly, CENTS))
    yield Row(
        language.plural("Cost over {n} month", "Cost over {n} months", months),
        language.money(figures.horizon_total, CENTS),
    )
    yield Row(say("Per person and month"), language.money(figures.per_employee_month, CENTS))
    yield Row(say("Highest month"), peak)


def _time_rows(plan: Plan, figures: Headlines, language: Language) -> Iterator[Row]:
    say = language.say
    yield Row(say("Start"), language.day(figures.start_date))
    yield Row(say("Finish"), language.day(figures.finish_date))
    if plan.deadline is not None:
        yield Row(say("To be finished before"), language.day(plan.deadline))
    yield Row(say("Duration"), say("{months} months", months=language.number(figures.duration_months, 1)))


def _work_rows(plan: Plan, figures: Headlines, language: Language) -> Iterator[Row]:
    say = language.say
    yield Row(say("Internal work"), say("{days} days", days=language.number(figures.internal_days, 2)))
    if plan.shows_labour:
        yield Row(say("Value of the internal work"), language.money(figures.internal_value, CENTS))
    yield Row(say("External work"), say("{days} days", days=language.number(figures.external_days, 2)))
    yield Row(
        say("Internal team"),
        say(
            "up to {peak} days a week, {average} on average",
            peak=language.trimmed(figures.internal_days_per_week),
            average=language.number(figures.internal_days_per_week_average, 1),
        ),
    )
    external = language.trimmed(figures.external_days_per_week)
    yield Row(say("External team"), say("up to {peak} days a week", peak=external))
