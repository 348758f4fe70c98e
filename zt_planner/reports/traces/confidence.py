"""Why with so many percent? How percentiles and chances are drawn, and what moves them most.

Laws: a percentile is the plan's figure and what it takes beyond it; a chance is
a count of draws over all draws.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.plan import FigureName
from zt_planner.engine.simulation.drivers import by_days, by_money
from zt_planner.engine.simulation.result import PERCENTILES, rank
from zt_planner.errors import msgid
from zt_planner.reports.analyses.confidence import chance_text
from zt_planner.reports.analyses.ranges import range_names
from zt_planner.reports.analyses.uncertainty import chance_of, plan_goals
from zt_planner.reports.trace import Counted, Divisor, Trace, TraceRow
from zt_planner.reports.traces.dates import FINISH

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

SURE, BOTH = "sure", "both"
"""The family of these figures, and its one chance."""
MOST_NAMED = 3
TITLES = {
    FigureName.FIRST_YEAR_BUDGET.value: msgid("First-year budget at {share} confidence"),
    FigureName.HORIZON_TOTAL.value: msgid("Total over the horizon at {share} confidence"),
    FINISH: msgid("Finish at {share} confidence"),
}
CHANCE = msgid("The plan's date and budget are both met")


class AskedPercentile(NamedTuple):
    """A percentile that is asked about: of which figure, and which share of the draws."""

    figure: str
    share: float


def sure_name(figure: str, share: float) -> str:
    """Return the name of a percentile."""
    return f"{SURE}:{figure}:{share * 100:.0f}"


def sure_titles(context: TraceContext) -> dict[str, str]:
    """Return the percentiles and the chance by their names; none for a plan that has stopped."""
    if context.plan.headlines is None:
        return {}
    titles = {
        f"{figure}:{share * 100:.0f}": context.language.say(title, share=chance_text(share, context.language))
        for figure, title in TITLES.items()
        for share in PERCENTILES
    }
    return {BOTH: context.language.say(CHANCE), **titles}


def explain_sure(rest: str, context: TraceContext) -> Trace | None:
    """Return how a percentile or the chance came about; None for any other name."""
    figures, simulation = context.plan.headlines, context.simulation
    if figures is None or simulation is None or rest not in sure_titles(context):
        return None
    if rest == BOTH:
        return _chance(context, figures, simulation)
    figure, _, number = rest.partition(":")
    return _percentile(AskedPercentile(figure, int(number) / 100), context, figures, simulation)


def _chance(context: TraceContext, figures: Headlines, simulation: SimulationResult) -> Trace:
    """Return the draws in which the plan's date and budget both hold, over all."""
    language, share = context.language, chance_of(plan_goals(figures), simulation)
    count = round(share * simulation.draws)
    row = TraceRow(
        item=language.say("Draws that meet both"),
        times=language.say(
            "done by {finish} and at most {budget}",
            finish=language.day(figures.finish_date),
            budget=language.money(figures.first_year_budget, 2),
        ),
        amount=count,
    )
    return Trace(
        name=f"{SURE}:{BOTH}",
        title=language.say(CHANCE),
        value=Fraction(count, simulation.draws),
        shown=chance_text(share, language),
        rule=f"{_drawn(context, simulation)} {_together(language)}",
        rows=(row,),
        counted=Counted.PIECES,
        divisors=(Divisor(language.say("all draws"), simulation.draws),),
        notes=_notes(context),
    )


def _percentile(
    asked: AskedPercentile, context: TraceContext, figures: Headlines, simulation: SimulationResult
) -> Trace:
    """Return a percentile as the plan's figure and what it takes beyond it."""
    language, share = context.language, chance_text(asked.share, context.language)
    plan, beyond = language.say("The plan"), language.say("beyond the plan, for {share}", share=share)
    value: Decimal | date
    if asked.figure == FINISH:
        value, origin = simulation.finish_at(asked.share), figures.finish_date
        shown, counted = language.day(value), Counted.CALENDAR_DAYS
        rows = (TraceRow(plan, day=origin, times=language.day(origin)), TraceRow(beyond, amount=(value - origin).days))
    else:
        value, estimate = _amounts(asked, figures, simulation)
        shown, counted, origin = language.money(value, 2), Counted.MONEY, None
        rows = (TraceRow(plan, amount=estimate), TraceRow(beyond, amount=value - estimate))
    return Trace(
        name=sure_name(*asked),
        title=language.say(TITLES[asked.figure], share=share),
        value=value,
        shown=shown,
        rule=f"{_drawn(context, simulation)} {_ranked(asked, simulation, language)} {_together(language)}",
        rows=rows,
        counted=counted,
        origin=origin,
        notes=_notes(context),
    )


def _amounts(asked: AskedPercentile, figures: Headlines, simulation: SimulationResult) -> tuple[Decimal, Decimal]:
    """Return a percentile of an amount, and the plan's."""
    if asked.figure == FigureName.FIRST_YEAR_BUDGET:
        return simulation.first_year_at(asked.share), figures.first_year_budget
    return simulation.horizon_at(asked.share), figures.horizon_total


def _drawn(context: TraceContext, simulation: SimulationResult) -> str:
    """Say how the draws are made."""
    given = context.plan.scenario.uncertainty
    return context.language.say(
        "The plan is simulated {n} times (seed {seed}, correlation {correlation}): efforts, waits and prices from "
        "their ranges, the tasks in the order of the plan (rule M22).",
        n=context.language.number(simulation.draws),
        seed=str(given.seed),
        correlation=context.language.trimmed(given.correlation),
    )


def _ranked(asked: AskedPercentile, simulation: SimulationResult, language: Language) -> str:
    return language.say(
        "This is the smallest value that is enough in {share} of the draws: number {rank} of {all} in order.",
        share=chance_text(asked.share, language),
        rank=language.number(rank(asked.share, simulation.draws) + 1),
        all=language.number(simulation.draws),
    )


def _together(language: Language) -> str:
    return language.say("Percentiles of date and budget are not met together: do not add them up.")


def _notes(context: TraceContext) -> tuple[str, ...]:
    """Name what moves budget and finish most."""
    language, swings = context.language, context.swings
    dearest, longest = by_money(swings)[:MOST_NAMED], by_days(swings)[:MOST_NAMED]
    names = range_names((each.name for each in (*dearest, *longest)), context)
    costs = [f"{names[each.name]} ({language.money(each.money)})" for each in dearest]
    days = [f"{names[each.name]} ({language.plural('{n} day', '{n} days', each.days)})" for each in longest]
    texts = (
        language.say("These move the budget most, each alone from P10 to P90: {drivers}.", drivers="; ".join(costs)),
        language.say("These move the finish most, each alone from P10 to P90: {drivers}.", drivers="; ".join(days)),
    )
    return tuple(text for text, named in zip(texts, (costs, days), strict=True) if named)
