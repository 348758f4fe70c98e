"""How sure a plan is, in words and as tables: percentiles, and the chance of meeting both a date and a budget.

Laws: a chance is always that of both together, unless it says which one alone;
percentiles are never added. What is said in other places too stands in `topics.risk.confidence`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from zt_planner.domain import units
from zt_planner.domain.money import to_cents, up_to_thousands
from zt_planner.engine.simulation.result import ENOUGH, PERCENTILES, SURE
from zt_planner.language import Share, Text, Words, sentences
from zt_planner.topics.axes import months_between
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import sure_name
from zt_planner.topics.labels import bounded_money, is_unknown
from zt_planner.topics.risk.confidence import (
    FINISH,
    INTRODUCTION,
    DrawnFigure,
    Target,
    chance_sentence,
    chance_text,
    day_text,
    drawn_figures,
    needed_sentence,
    no_date_sentence,
    percentile_row,
    plan_target,
)
from zt_planner.topics.table import Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.costs import Cents
    from zt_planner.engine.simulation.result import SimulationResult

SHOWN = 0.995
"""The share of the draws that a picture reaches to, of dates and of budgets: the rest lies far out."""
STEPS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
MOST_DAYS = 12
CENT = 0.005
"""The plan's own days are rounded to hundredths, those of the draws are not."""


def percentiles_table(plan: Plan, figures: Headlines, simulation: SimulationResult) -> Table:
    """Return what holds with 10, 50, 80 and 90 %, beside the plan's own and how likely that is, each figure alone.

    Last stands the cash of the first year: what a year may cost, but no budget, as lateness makes it cheaper.
    """
    title, cash = without_labour(Text("Cash of the first year"), plan), figures.first_year_budget

    def written(amount: Decimal) -> Words:
        return bounded_money(amount, is_whole=plan.is_complete)

    first_year = DrawnFigure("first_year_budget", title, written, "", "", cash, simulation.first_year_at)
    is_known = not is_unknown(cash, is_whole=plan.is_complete)
    found = (*drawn_figures(plan, figures, simulation), *((first_year,) if is_known else ()))
    columns = (Text("How sure"), *(each.title for each in found))
    sures = (Text("The plan"), *(Share(Decimal(str(share))) for share in PERCENTILES))
    (_, *rows) = zip(*(percentile_row(each) for each in found), strict=True)
    chances = chances_alone(figures, simulation)
    alone = (chance_text(chances[each.name]) for each in found)
    shown = (
        *((sure, *row) for sure, row in zip(sures, rows, strict=True)),
        (Text("chance of keeping the plan's own figure"), *alone),
    )
    asks = (
        ("", *(each.name for each in found)),
        *(("", *(sure_name(each.name, share) for each in found)) for share in PERCENTILES),
        ("",) * len(columns),
    )
    return Table(columns, shown, numbers=tuple(range(1, len(columns))), asks=asks)


def chances_alone(figures: Headlines, simulation: SimulationResult) -> dict[str, float]:
    """Return how likely each figure of the plan is, by its name."""

    def within(cents: Cents, amount: Decimal) -> float:
        return float(np.count_nonzero(cents <= to_cents(amount))) / simulation.draws

    found = {
        FINISH: simulation.chance(by=figures.finish_date),
        INTRODUCTION: within(simulation.introduction, figures.introduction_budget),
        "horizon_total": within(simulation.horizon, figures.horizon_total),
        "first_year_budget": within(simulation.first_year, figures.first_year_budget),
        "internal_days": float(np.count_nonzero(simulation.internal_days <= float(figures.internal_days) + CENT))
        / simulation.draws,
    }
    if figures.mfa_date is not None and simulation.mfa is not None:
        done = simulation.mfa < simulation.axis.index_after(figures.mfa_date)
        found["mfa_date"] = float(np.count_nonzero(done)) / simulation.draws
    return found


# Date and budget together


def needed_text(target: Target, simulation: SimulationResult) -> Words:
    """Say which budget it takes for 70 % by a day; where no budget is enough, from which day on one is."""
    if target.by is None:
        return ""
    needed = needed_sentence(simulation, target.by)
    if simulation.budget_for(ENOUGH, target.by) is not None:
        return needed
    first = no_date_sentence(simulation, ENOUGH) or Text(
        "The earliest day with a {together} chance is {first}.",
        together=chance_text(ENOUGH),
        first=simulation.finish_at(ENOUGH),
    )
    return sentences(needed, first)


def trade_text(simulation: SimulationResult) -> Words:
    """Say what the line and the percentiles are not: a free choice, or figures that hold together."""
    no_choice = Text(
        "The line shows how this plan may turn out. It is not a choice: a later date needs another plan, "
        "with other costs."
    )
    finish = simulation.finish_at(SURE)
    if finish > simulation.limit:
        return no_choice
    budget = up_to_thousands(simulation.introduction_at(SURE))  # as it is promised
    both = Text(
        "Only {both} of the draws meet both the {sure} budget and the {sure} date: {sure} is not the chance of both.",
        sure=chance_text(SURE),
        both=chance_text(simulation.chance(budget=budget, by=finish)),
    )
    return sentences(no_choice, both)


def contour_table(simulation: SimulationResult) -> Table:
    """Return the budget that it takes for 70 % together, by the ends of months."""
    columns: tuple[Column[tuple[date, Decimal]], ...] = (
        Column(Text("Done by"), units.DAY, lambda row: row[0]),
        Column(
            Text("Budget for a {together} chance of both", together=chance_text(ENOUGH)),
            units.EUROS,
            lambda row: row[1],
        ),
        Column(
            Text("Chance of the date alone"),
            units.SHARE,
            words=lambda row: chance_text(simulation.chance(by=row[0])),
        ),
    )
    needed = ((day, simulation.budget_for(ENOUGH, day)) for day in contour_days(simulation))
    return table_of(columns, [(day, budget) for day, budget in needed if budget is not None])


def contour_days(simulation: SimulationResult) -> Sequence[date]:
    """Return the first day on which 70 % are done, and after it the ends of months, thinned out if there are many."""
    first = simulation.finish_at(ENOUGH)
    days = [first, *(month.last_day for month in months_between(first, simulation.finish_at(SHOWN)))]
    return days[:: -(-len(days) // MOST_DAYS)]


def joint_alt(target: Target, figures: Headlines, simulation: SimulationResult, promised: Target) -> Words:
    """Describe the picture of dates and budgets."""
    return sentences(
        Text(
            "Draws of the plan as points: the finish from left to right, the budget of the introduction upwards. A "
            "line joins the dates and budgets with a {together} chance of meeting both.",
            together=chance_text(ENOUGH),
        ),
        chance_sentence(plan_target(figures), simulation),
        "" if promised == Target() else chance_sentence(promised, simulation),
        "" if target == plan_target(figures) else chance_sentence(target, simulation),
        Text("The line is in its table."),
    )


# Each alone


def knows_budget(plan: Plan, figures: Headlines) -> bool:
    """Tell whether anything of the introduction has a price."""
    return not is_unknown(figures.introduction_budget, is_whole=plan.is_complete)


def spread_table(plan: Plan, figures: Headlines, simulation: SimulationResult) -> Table:
    """Return budget and finish by how sure they are, in small steps; no budget where nothing of it has a price."""
    budget = Column(Text("Budget to get there"), units.EUROS, simulation.introduction_at)
    columns: tuple[Column[float], ...] = (
        Column(Text("How sure"), units.SHARE, words=chance_text),
        *((budget,) if knows_budget(plan, figures) else ()),
        Column(
            Text("Finish"),
            units.DAY,
            words=lambda share: day_text(simulation.finish_at(share), simulation.limit),
        ),
    )
    return table_of(columns, STEPS)
