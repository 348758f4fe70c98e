"""Can a figure be relied on? How likely the plan's own is kept, what moves it most, and which quotes to get first."""

from __future__ import annotations

from collections.abc import Iterator

from zt_planner.domain import units
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.promise import PromisedFigure
from zt_planner.engine.simulation.drivers import by_days, by_money
from zt_planner.language import Money, Plural, ShortDay, Text, Words, quantity, series
from zt_planner.topics.figure import KeyFigure
from zt_planner.topics.figure_names import SURE_FAMILY
from zt_planner.topics.labels import product_name, with_aside
from zt_planner.topics.prices.blocks import doubtful_prices
from zt_planner.topics.risk.confidence import FINISH, INTRODUCTION, chance_text
from zt_planner.topics.risk.ranges import range_names
from zt_planner.topics.risk.traces import BOTH, INTERNAL_DAYS
from zt_planner.topics.risk.uncertainty import chances_alone
from zt_planner.topics.trace import Trace
from zt_planner.topics.view import View

MOST_NAMED = 3
MFA = "mfa_date"
MOVED_BY_MONEY = (INTRODUCTION, FigureName.HORIZON_TOTAL.value, FigureName.FIRST_YEAR_BUDGET.value, BOTH)
MOVED_BY_DAYS = (FINISH, BOTH)


def reliance(trace: Trace, figure: KeyFigure | None, view: View) -> tuple[Words, ...]:
    """Say whether a figure can be relied on: of one that is drawn all three, of an amount which quotes to get."""
    of = _drawn_in(trace, figure)
    return (*(_kept(of, view) if of else ()), *_moved(of, view), *_quotes(of, figure, view))


def _drawn_in(trace: Trace, figure: KeyFigure | None) -> str:
    """Return the figure of the plan whose draws are asked about; empty where it is not drawn."""
    if figure is not None:
        return figure.formula.of if isinstance(figure.formula, PromisedFigure) else ""
    head, _, rest = trace.name.partition(":")
    return rest.partition(":")[0] if head == SURE_FAMILY else ""


def _kept(of: str, view: View) -> Iterator[Words]:
    """Yield how likely the plan's own figure is kept; nothing where that is not told."""
    simulation, figures = view.simulation, view.figures
    is_told = of != INTRODUCTION or view.promise.budget_chance is not None
    if simulation is None or not is_told or view.promise.finish_chance is None:
        return
    planned: dict[str, Words] = {
        INTRODUCTION: Money(figures.introduction_budget),
        FINISH: ShortDay(figures.finish_date),
        MFA: ShortDay(figures.mfa_date) if figures.mfa_date is not None else "",
        INTERNAL_DAYS: quantity(figures.internal_days, units.PERSON_DAYS, is_brief=True),
    }
    if planned.get(of):
        chance = chance_text(chances_alone(figures, simulation)[of])
        yield Text("The chance of keeping what is planned, {planned}, is {chance}.", chance=chance, planned=planned[of])


def _moved(of: str, view: View) -> Iterator[Words]:
    """Yield what moves budget and finish most, where a figure depends on them."""
    if of not in {*MOVED_BY_MONEY, *MOVED_BY_DAYS} or view.simulation is None:
        return
    money, days = by_money(view.swings)[:MOST_NAMED], by_days(view.swings)[:MOST_NAMED]
    names = range_names((each.name for each in (*money, *days)), view)
    if of in MOVED_BY_MONEY and money:
        named = series(with_aside(names[swing.name], Money(swing.money)) for swing in money)
        yield Text("Largest effects on the budget, one at a time: {drivers}.", drivers=named)
    if of in MOVED_BY_DAYS and days:
        named = series(with_aside(names[swing.name], Plural("{n} day", "{n} days", swing.days)) for swing in days)
        yield Text("Largest effects on the finish, one at a time: {drivers}.", drivers=named)


def _quotes(of: str, figure: KeyFigure | None, view: View) -> Iterator[Words]:
    """Yield which prices of an amount somebody should offer first."""
    if of in {INTRODUCTION, BOTH}:
        lines = figure_lines(FigureName.INTRODUCTION_BUDGET, view.plan)
    else:
        lines = () if figure is None else figure.lines(view.plan)
    doubtful = doubtful_prices(lines, view.plan)[:MOST_NAMED]
    if doubtful:
        named = series(
            with_aside(product_name(price_id, view.book), Money(sum_of(of_it))) for price_id, of_it in doubtful
        )
        yield Text("Get quotes for these first: {prices}.", prices=named)
