"""What the first screen says below its figures: of what an amount is a part, since when, in which month, how often."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.figures import FIRST_YEAR_MONTHS
from zt_planner.errors import msgid
from zt_planner.language import Plural, Words
from zt_planner.topics.labels import money_words, product_name

if TYPE_CHECKING:
    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.figure import FigureContext


DAYS_A_WEEK = 7


def counted_measures(plan: Plan, state: CoverageState) -> int:
    """Count the NIS2 measures that the finished plan serves so far."""
    return sum(measure.state is state for measure in plan.coverage)


def budget_context(context: FigureContext) -> str:
    """Say how much of the first year is paid once; the whole one-off cost where the work takes longer.

    Nothing where that is not known.
    """
    plan, figures, language = context.plan, context.figures, context.language
    if len(plan.months) > FIRST_YEAR_MONTHS and figures.finish_date > plan.horizon[FIRST_YEAR_MONTHS - 1].last_day:
        amount, text = figures[FigureName.ONE_OFF_TOTAL], msgid("{amount} once, for the whole plan")
    else:
        amount, text = figures[FigureName.ONE_OFF_FIRST_YEAR], msgid("of which {amount} is one-off")
    if amount.known is None:
        return ""
    return _without_labour(language.say(text, amount=language.write(money_words(amount))), context)


def _without_labour(text: str, context: FigureContext) -> str:
    return text if context.plan.shows_labour else context.language.say("without labour; {context}", context=text)


def run_rate_context(context: FigureContext) -> str:
    """Say how many days of the own team go with it, and which licences stay as they are; else since when it recurs."""
    plan, language = context.plan, context.language
    days = rounded(context.figures.operation_days_monthly, 1)
    kept = sorted({holding.kept for holding in plan.mix.holdings if holding.kept}) if plan.mix else []
    said = []
    if days:
        shown = language.number(days, 1)
        said.append(language.plural("and {n} day of your team", "and {n} days of your team", shown))
    if kept:
        names = [language.write(product_name(price_id, context.book)) for price_id in kept]
        said.append(language.say("You already pay for {licences}.", licences=language.listed(names)))
    return ". ".join(said) or language.say("once finished on {day}", day=language.day(context.figures.finish_date))


def finish_value(context: FigureContext) -> str:
    """Write the day on which all is done, short enough for a card."""
    return context.language.short_day(context.figures.finish_date)


def finish_context(context: FigureContext) -> str:
    """Say how long the work takes."""
    months = context.figures.duration_months
    return context.language.plural(
        "{n} month from the start", "{n} months from the start", context.language.trimmed(months)
    )


def mfa_value(context: FigureContext) -> str:
    """Write the day on which everyone has MFA, short enough for a card."""
    day = context.figures.mfa_date
    return "" if day is None else context.language.short_day(day)


def mfa_context(context: FigureContext) -> str:
    """Say how long after the start everyone has MFA, in whole weeks."""
    figures = context.figures
    days = 0 if figures.mfa_date is None else (figures.mfa_date - figures.start_date).days
    weeks = rounded(Fraction(days, DAYS_A_WEEK), 0)
    return context.language.plural("{n} week after the start", "{n} weeks after the start", int(weeks))


def peak_text(context: FigureContext) -> str:
    """Write the dearest month with its amount."""
    language, figures = context.language, context.figures
    peak = figures[FigureName.PEAK_AMOUNT]
    amount = language.write(money_words(peak, 2))
    return amount if peak.known is None else language.labelled(language.month(figures.peak_month), amount)


def horizon_words(plan: Plan) -> Words:
    """Say over how many months the horizon's cost is."""
    return Plural("Cost over {n} month", "Cost over {n} months", len(plan.horizon))


def horizon_title(context: FigureContext) -> str:
    return context.language.write(horizon_words(context.plan))


def team_text(figures: Headlines, language: Language) -> str:
    """Say how much of the own people's week is asked for, at most and on average.

    The average is rounded from the figure with two decimals that every file shows: 2.25 there is 2.3 here.
    """
    return language.plural(
        "up to {n} day a week, {average} on average",
        "up to {n} days a week, {average} on average",
        language.trimmed(figures.internal_days_per_week),
        average=language.number(rounded(figures.internal_days_per_week_average, 2), 1),
    )


def own_team(context: FigureContext) -> str:
    """Say how much of the own people's week is asked for."""
    return team_text(context.figures, context.language)


def external_team(context: FigureContext) -> str:
    """Say how much of the consultant's week is asked for at most."""
    days = context.language.trimmed(context.figures.external_days_per_week)
    return context.language.plural("up to {n} day a week", "up to {n} days a week", days)


def work_help(context: FigureContext) -> str:
    """Say what the days are, and what they are worth where that is shown."""
    language, value = context.language, context.figures[FigureName.INTERNAL_VALUE].known
    if value is None:
        return language.say("Person-days of your own people. Effort, not cash: not part of any budget figure.")
    return language.say(
        "Person-days of your own people, worth {value}. Effort, not cash: not part of any budget figure.",
        value=language.money(value),
    )


def measures_value(context: FigureContext) -> str:
    """Say how many of all measures are supported."""
    count = counted_measures(context.plan, CoverageState.SUPPORTED)
    return context.language.say("{count} of {of}", count=count, of=len(context.plan.coverage))


def measures_context(context: FigureContext) -> str:
    """Say how many more measures are partly supported."""
    partly = counted_measures(context.plan, CoverageState.PARTLY)
    return context.language.say("supported at the end, {partly} more partly", partly=partly)
