"""Why with so many percent? How percentiles and chances are drawn.

Laws: a percentile is the plan's figure and what it takes beyond it; a chance is
a count of draws over all draws.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.figures import contingency_in
from zt_planner.engine.simulation.draws import rank
from zt_planner.engine.simulation.result import PERCENTILES, SIMULATED_FIGURES, SimulationResult
from zt_planner.language import Money, Number, Text, Trimmed, Words, quantity, sentences
from zt_planner.topics.figure import title_of
from zt_planner.topics.figure_names import SURE_FAMILY, sure_name
from zt_planner.topics.labels import is_unknown
from zt_planner.topics.risk.confidence import (
    BOTH_MET,
    beyond_sentence,
    chance_of,
    chance_text,
    day_text,
    plan_target,
    sure_title,
)
from zt_planner.topics.roadmap.date_traces import FINISH
from zt_planner.topics.trace import Divisor, Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.domain.headlines import Headlines
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.view import View

BOTH = "both"
"""The family of these figures, and its one chance."""
TITLES = {
    FigureName.INTRODUCTION_BUDGET.value: Text("Budget to get there"),
    FigureName.HORIZON_TOTAL.value: Text("Cost of all months"),
    FigureName.FIRST_YEAR_BUDGET.value: Text("Cash of the first year"),
    "mfa_date": Text("Everyone has MFA"),
    FINISH: Text("Finish"),
}
AMOUNTS = tuple(name for name in TITLES if name not in {"mfa_date", FINISH})
AT: Mapping[str, Callable[[SimulationResult, float], Any]] = {
    **SIMULATED_FIGURES,
    FigureName.FIRST_YEAR_BUDGET.value: SimulationResult.first_year_at,
    "internal_days": SimulationResult.internal_days_at,
}
"""What each of them is at a share of the draws; the first year is cash of one year, and no budget."""
INTERNAL_DAYS = "internal_days"
PLAN_ROW = Text("The plan")
NOT_TOGETHER = Text("Percentiles of date and budget are not met together: do not add them up.")


class AskedPercentile(NamedTuple):
    """A percentile that is asked about: of which figure, and which share of the draws."""

    figure: str
    share: float


def sure_titles(view: View) -> dict[str, Words]:
    """Return the percentiles and the chance by their names."""
    figures = view.plan.headlines
    is_whole = view.plan.is_complete
    values = {figure: getattr(figures, figure) for figure in TITLES}
    open_ones = {name for name in AMOUNTS if is_unknown(values[name], is_whole=is_whole)}
    known = {name for name, value in values.items() if value is not None} - open_ones
    titles = {
        f"{figure}:{share * 100:.0f}": sure_title(title, share)
        for figure, title in TITLES.items()
        if figure in known
        for share in PERCENTILES
    }
    both = {BOTH: BOTH_MET} if FigureName.INTRODUCTION_BUDGET in known else {}
    return {**both, **titles}


def explain_sure(rest: str, view: View) -> Trace | None:
    """Return how a percentile or the chance came about; None for any other name."""
    figures, simulation = view.plan.headlines, view.simulation
    if simulation is None or rest not in sure_titles(view):
        return None
    if rest == BOTH:
        return _chance(view, figures, simulation)
    figure, _, number = rest.partition(":")
    asked = AskedPercentile(figure, int(number) / 100)
    return _percentile(asked, sure_title(TITLES[figure], asked.share), view, simulation)


def _chance(view: View, figures: Headlines, simulation: SimulationResult) -> Trace:
    """Return the draws in which the plan's date and budget both hold, over all."""
    share = chance_of(plan_target(figures), simulation)
    count = round(share * simulation.draws)
    row = TraceRow(
        item=Text("Draws that meet both"),
        times=Text(
            "done by {finish} and at most {budget}",
            finish=figures.finish_date,
            budget=Money(figures.introduction_budget, 2),
        ),
        amount=count,
    )
    return Trace(
        name=f"{SURE_FAMILY}:{BOTH}",
        title=BOTH_MET,
        value=Fraction(count, simulation.draws),
        shown=chance_text(share),
        rule=sentences(_drawn(view, simulation), NOT_TOGETHER),
        rows=(row,),
        unit=units.COUNT,
        divisors=(Divisor(Text("all draws"), simulation.draws),),
    )


def _percentile(asked: AskedPercentile, title: Words, view: View, simulation: SimulationResult) -> Trace:
    """Return a percentile as the plan's figure and what it takes beyond it."""
    share = chance_text(asked.share)
    shown: Words
    value, estimate = AT[asked.figure](simulation, asked.share), getattr(view.plan.headlines, asked.figure)
    plan, beyond = PLAN_ROW, Text("beyond the plan, for {share}", share=share)
    rows: tuple[TraceRow, ...]
    if asked.figure == INTERNAL_DAYS:
        shown, unit, origin = quantity(value, units.PERSON_DAYS), units.PERSON_DAYS, None
        rows = TraceRow(plan, amount=estimate), TraceRow(beyond, amount=Fraction(value) - estimate)
    elif isinstance(value, Decimal):
        shown, unit, origin = Money(value, 2), units.MONEY, None
        reserve = contingency_in(FigureName(asked.figure), view.plan)
        carried = TraceRow(Text("less its contingency, which no draw includes"), amount=-reserve)
        rows = (
            TraceRow(plan, amount=estimate),
            *((carried,) if reserve else ()),
            TraceRow(beyond, amount=value - (estimate - reserve)),
        )
    elif value > simulation.limit:
        shown, unit, origin = day_text(value, simulation.limit), units.CALENDAR_DAYS, None
        rows = (TraceRow(plan, day=estimate, times=estimate), TraceRow(beyond, times=shown))
        value = None
    else:
        shown, unit, origin = value, units.CALENDAR_DAYS, estimate
        days = (value - estimate).days
        rows = (TraceRow(plan, day=estimate, times=estimate), TraceRow(beyond, amount=days))
    return Trace(
        name=sure_name(*asked),
        title=title,
        value=value,
        shown=shown,
        rule=sentences(_drawn(view, simulation), _ranked(asked, simulation), NOT_TOGETHER),
        rows=rows,
        unit=unit,
        origin=origin,
        notes=(beyond_sentence(simulation),) if simulation.beyond_limit else (),
    )


def explain_promised(figure: KeyFigure, of: str, view: View) -> Trace | None:
    """Return why what is promised in the place of a figure is so; None where that is the plan's own."""
    plan, simulation, share = view.plan, view.simulation, view.promise.confidence.share
    if share is None or simulation is None or figure.known(plan, view.promise) == plan.headlines[of].value:
        return None
    return replace(_percentile(AskedPercentile(of, share), title_of(figure, plan), view, simulation), name=figure.name)


def _drawn(view: View, simulation: SimulationResult) -> Words:
    """Say how the draws are made."""
    given = view.plan.scenario.uncertainty
    return Text(
        "The plan is simulated {n} times (seed {seed}, correlation {correlation}): efforts and waits from their "
        "ranges, the tasks in the order of the plan (rule M22).",
        n=Number(simulation.draws),
        seed=str(given.seed),
        correlation=Trimmed(given.correlation),
    )


def _ranked(asked: AskedPercentile, simulation: SimulationResult) -> Words:
    return Text(
        "This is the smallest value that is enough in {share} of the draws: number {rank} of {all} in order.",
        share=chance_text(asked.share),
        rank=Number(rank(asked.share, simulation.draws) + 1),
        all=Number(simulation.draws),
    )
