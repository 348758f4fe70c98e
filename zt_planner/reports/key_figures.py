"""The five figures under the headline: value, context and what changed against the baseline.

Laws: a figure shows the same cents as `Headlines`; a change is the difference
of the two figures as they are shown, so that a plan has none against itself; a
company that already owns its licences reads that it does, not a zero; what is
without labour says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CoverageState, FigureName, Headlines, Plan
from zt_planner.engine.budget import FIRST_YEAR_MONTHS
from zt_planner.reports.badges import figure_badges
from zt_planner.reports.beside import WITH_VAT, beside_of
from zt_planner.reports.words import product_name

if TYPE_CHECKING:
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.language import Language
    from zt_planner.reports.badges import Badge


INTERNAL_DAYS, NIS2 = "internal_days", "nis2"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The headline figures of a frozen plan, to compare with; days are whole, as they are shown."""

    first_year_budget: Decimal
    run_rate_monthly: Decimal
    peak_amount: Decimal
    internal_days: Decimal
    measures: int


@dataclass(frozen=True, slots=True)
class Change:
    """What changed against the baseline: in words with a sign, whether it rose, whether that is better."""

    text: str
    is_rise: bool
    is_better: bool


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure as it is shown. `change` is None where nothing changed; `why` names its explanation.

    `beside` holds the same amount with VAT and in another currency, where that is asked for.
    `badges` say how much of an amount rests on doubtful, own or what-if prices.
    """

    key: str
    label: str
    value: str
    change: Change | None
    context: str
    help: str
    why: str
    beside: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()


def supported(plan: Plan) -> int:
    """Count the NIS2 measures that the finished plan supports."""
    return sum(measure.state is CoverageState.SUPPORTED for measure in plan.coverage)


def baseline_of(plan: Plan) -> Baseline | None:
    """Return a plan's figures to compare with later; None for a plan without a schedule."""
    figures = plan.headlines
    if figures is None:
        return None
    return Baseline(
        figures.first_year_budget,
        figures.run_rate_monthly,
        figures.peak_amount,
        rounded(figures.internal_days, 0),
        supported(plan),
    )


def money_change(now: Decimal, before: Decimal | None, language: Language) -> Change | None:
    """Say how an amount changed; nothing where both are shown alike. Less is better."""
    change = Decimal(0) if before is None else rounded(now, 0) - rounded(before, 0)
    return Change(language.signed_money(change), is_rise=change > 0, is_better=change < 0) if change else None


def signed(change: int, text: str) -> str:
    """Put the sign of a change before its text."""
    return ("+" if change > 0 else "-") + text


def owned_licences(plan: Plan, book: PriceBook, language: Language) -> str:
    """Say which licences stay as they are, where any do."""
    kept = sorted({holding.kept for holding in plan.mix.holdings if holding.kept}) if plan.mix else []
    names = [product_name(price_id, book, language) for price_id in kept]
    return language.say("You already pay for {licences}.", licences=language.listed(names)) if names else ""


def budget_figure(plan: Plan, figures: Headlines, baseline: Baseline | None, language: Language) -> KeyFigure:
    """Return the first year's budget, beside it the whole one-off cost where the work takes longer."""
    before = None if baseline is None else baseline.first_year_budget
    if len(plan.months) > FIRST_YEAR_MONTHS and figures.finish_date > plan.horizon[FIRST_YEAR_MONTHS - 1].last_day:
        context = language.say("{amount} once, for the whole plan", amount=language.money(figures.one_off_total))
    else:
        context = language.say("of which {amount} is one-off", amount=language.money(figures.one_off_first_year))
    context = context if plan.shows_labour else language.say("without labour; {context}", context=context)
    return KeyFigure(
        key="first_year_budget",
        label=language.say("First-year budget"),
        value=language.money(figures.first_year_budget),
        change=money_change(figures.first_year_budget, before, language),
        context=context,
        help=language.say("Money that leaves the company in the twelve months from the start on, net of VAT."),
        why=FigureName.FIRST_YEAR_BUDGET,
        badges=figure_badges(FigureName.FIRST_YEAR_BUDGET, plan, language),
    )


def run_rate_figure(
    plan: Plan, figures: Headlines, baseline: Baseline | None, book: PriceBook, language: Language
) -> KeyFigure:
    """Return what recurs every month once the work is finished."""
    before = None if baseline is None else baseline.run_rate_monthly
    finish = language.day(figures.finish_date)
    context = owned_licences(plan, book, language) or language.say("once finished on {day}", day=finish)
    return KeyFigure(
        key="run_rate_monthly",
        label=language.say("After that, a month"),
        value=language.money(figures.run_rate_monthly),
        change=money_change(figures.run_rate_monthly, before, language),
        context=context,
        help=language.say("Licences, monitoring and subscriptions that go on every month."),
        why=FigureName.RUN_RATE_MONTHLY,
        badges=figure_badges(FigureName.RUN_RATE_MONTHLY, plan, language),
    )


def peak_figure(plan: Plan, figures: Headlines, baseline: Baseline | None, language: Language) -> KeyFigure:
    """Return the dearest month within the horizon."""
    before, month = None if baseline is None else baseline.peak_amount, language.month(figures.peak_month)
    return KeyFigure(
        key="peak_amount",
        label=language.say("Highest month"),
        value=language.money(figures.peak_amount),
        change=money_change(figures.peak_amount, before, language),
        context=month if plan.shows_labour else language.say("without labour; {context}", context=month),
        help=language.say("The month in which most money is used up."),
        why=FigureName.PEAK_AMOUNT,
        badges=figure_badges(FigureName.PEAK_AMOUNT, plan, language),
    )


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


def work_figure(plan: Plan, figures: Headlines, baseline: Baseline | None, language: Language) -> KeyFigure:
    """Return the own people's days: the peak a week beside the average; what they are worth, where that is shown."""
    now = rounded(figures.internal_days, 0)
    change = 0 if baseline is None else int(now - rounded(baseline.internal_days, 0))
    text = signed(change, language.plural("{n} day", "{n} days", abs(change)))
    return KeyFigure(
        key=INTERNAL_DAYS,
        label=language.say("Internal work"),
        value=language.plural("{n} day", "{n} days", language.number(figures.internal_days)),
        change=Change(text, is_rise=change > 0, is_better=change < 0) if change else None,
        context=team_text(figures, language),
        help=work_help(plan, figures, language),
        why=INTERNAL_DAYS,
    )


def work_help(plan: Plan, figures: Headlines, language: Language) -> str:
    """Say what the days are, and what they are worth where that is shown."""
    if not plan.shows_labour:
        return language.say("Person-days of your own people. Effort, not cash: it is in no budget figure.")
    return language.say(
        "Person-days of your own people, worth {value}. Effort, not cash: it is in no budget figure.",
        value=language.money(figures.internal_value),
    )


def nis2_figure(plan: Plan, baseline: Baseline | None, language: Language) -> KeyFigure:
    """Return how many NIS2 measures the finished plan supports."""
    count, of = supported(plan), len(plan.coverage)
    change = count - baseline.measures if baseline else 0
    partly = sum(measure.state is CoverageState.PARTLY for measure in plan.coverage)
    text = signed(change, language.plural("{n} measure", "{n} measures", abs(change)))
    return KeyFigure(
        key=NIS2,
        label=language.say("NIS2 measures"),
        value=language.say("{count} of {of}", count=count, of=of),
        change=Change(text, is_rise=change > 0, is_better=change > 0) if change else None,
        context=language.say("supported at the end, {partly} more partly", partly=partly),
        help=language.say("Measures of Art. 21(2) that the finished work supports. This is no proof of conformity."),
        why=NIS2,
    )


def key_figures(plan: Plan, baseline: Baseline | None, book: PriceBook, language: Language) -> tuple[KeyFigure, ...]:
    """Return the five figures in the order of the screen; nothing for a plan without a schedule."""
    figures = plan.headlines
    if figures is None:
        return ()
    beside = beside_of(plan, book)
    return tuple(
        replace(figure, beside=beside.forms(getattr(figures, figure.key), language))
        if figure.key in WITH_VAT
        else figure
        for figure in (
            budget_figure(plan, figures, baseline, language),
            run_rate_figure(plan, figures, baseline, book, language),
            peak_figure(plan, figures, baseline, language),
            work_figure(plan, figures, baseline, language),
            nis2_figure(plan, baseline, language),
        )
    )


def baseline_note(name: str, plan: Plan, baseline: Baseline | None, book: PriceBook, language: Language) -> str:
    """Say what a figure was in the baseline, and what changed since; nothing where it is the same."""
    figures = key_figures(plan, baseline, book, language)
    changes = [figure.change for figure in figures if figure.why == name and figure.change is not None]
    if baseline is None or not changes:
        return ""
    before = {
        FigureName.FIRST_YEAR_BUDGET: language.money(baseline.first_year_budget),
        FigureName.RUN_RATE_MONTHLY: language.money(baseline.run_rate_monthly),
        FigureName.PEAK_AMOUNT: language.money(baseline.peak_amount),
        INTERNAL_DAYS: language.plural("{n} day", "{n} days", language.number(baseline.internal_days)),
        NIS2: language.number(baseline.measures),
    }[name]
    return language.say("In the baseline it was {before}: {change}.", before=before, change=changes[0].text)
