"""What the first screen says below its figures: what was planned, since when, in which month, how often."""

from __future__ import annotations

from fractions import Fraction

from zt_planner.domain.headlines import FigureName, Headlines
from zt_planner.domain.money import rounded
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.language import Labelled, Listed, Money, Number, Plural, ShortDay, Text, Trimmed, Words, series
from zt_planner.topics.labels import money_words, product_name
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.view import View


def budget_context(view: View) -> Words:
    """Say what the budget is as planned, or how sure it is where that is promised."""
    promise = view.promise
    if promise.why_planned_budget is not None:
        return as_planned(promise.budget_chance)
    return beside(Money(view.figures.introduction_budget), view)


def finish_context(view: View) -> Words:
    """Say when all is done as planned, or how sure that is where that is promised."""
    promise = view.promise
    if promise.why_planned_finish is not None:
        return as_planned(promise.finish_chance)
    return beside(ShortDay(view.figures.finish_date), view)


def mfa_day(view: View) -> Words:
    """Return the day from which everyone has MFA, as it is promised; where they had before, the word for it."""
    if view.plan.has_mfa_already:
        return Text("already")
    return ShortDay(view.promise.mfa) if view.promise.mfa else ""


def mfa_context(view: View) -> Words:
    """Say from when everyone has MFA as planned, and how long that is after the start where that is promised."""
    start, day = view.figures.start_date, view.figures.mfa_date
    if day is None or view.plan.has_mfa_already:
        return ""
    if view.promise.why_planned_finish is None:
        return beside(ShortDay(day), view)
    weeks = rounded(Fraction((day - start).days, CALENDAR_DAYS_A_WEEK), 0)
    return Plural("{n} week after the start", "{n} weeks after the start", int(weeks))


def own_days_context(view: View) -> Words:
    """Say how many days of the own people are planned, and how much of their week that is."""
    if view.promise.why_planned_finish is WhyOwnFigures.ASKED:
        return team_words(view.figures)
    week = Plural("up to {n} day a week", "up to {n} days a week", Trimmed(view.figures.internal_days_per_week))
    return series((beside(Number(rounded(view.figures.internal_days, 0)), view), week))


def beside(planned: Words, view: View) -> Words:
    """Return the plan's own figure beside the one that is promised."""
    if view.plan.scenario.status.is_under_way:
        return Text("as it stands {planned}", planned=planned)
    return Text("as planned {planned}", planned=planned)


def as_planned(chance: float | None) -> Words:
    """Return that a figure is promised as planned, and how likely it is kept."""
    return Text("as planned") if chance is None else Text("as planned, {chance} sure", chance=chance_text(chance))


def run_rate_context(view: View) -> Words:
    """Say how many days of the own team go with it, and which licences stay as they are; else since when it recurs."""
    mix, days = view.plan.mix, rounded(view.figures.operation_days_monthly, 1)
    kept = sorted({held.product for holding in mix.holdings for held in holding.kept}) if mix else []
    parts: list[Words] = []
    if days:
        parts.append(Plural("and {n} day of your team", "and {n} days of your team", Number(days, 1)))
    if kept:
        names = Listed(product_name(price_id, view.book) for price_id in kept)
        parts.append(Text("You already pay for {licences}.", licences=names))
    return Listed(parts, ". ") if parts else Text("once finished on {day}", day=view.figures.finish_date)


def peak_words(view: View) -> Words:
    """Write the dearest month with its amount."""
    peak = view.figures[FigureName.PEAK_AMOUNT]
    amount = money_words(peak, 2)
    return amount if peak.known is None else Labelled(view.figures.peak_month, amount)


def team_words(figures: Headlines) -> Words:
    """Say how much of the own people's week is asked for, at most and on average.

    The average is rounded from the figure with two decimals that every file shows: 2.25 there is 2.3 here.
    """
    return Plural(
        "up to {n} day a week, {average} on average",
        "up to {n} days a week, {average} on average",
        Trimmed(figures.internal_days_per_week),
        average=Number(rounded(figures.internal_days_per_week_average, 2), 1),
    )


def work_help(view: View) -> Words:
    """Say what the days are, and what they are worth where that is shown."""
    value = view.figures[FigureName.INTERNAL_VALUE].known
    if value is None:
        return Text("Person-days of your own people. Effort, not cash: not part of any budget figure.")
    return Text(
        "Person-days of your own people, worth {value}. Effort, not cash: not part of any budget figure.",
        value=Money(value),
    )
