"""How sure a plan is, in words and as tables: percentiles, and the chance of meeting both a date and a budget.

Laws: a chance is always that of both together, unless it says which one alone;
percentiles are never added. What is said in other places too stands in `reports.analyses.confidence`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.engine.goals import Goals
from zt_planner.engine.simulation.result import ENOUGH, PERCENTILES, SURE
from zt_planner.reports.analyses.confidence import chance_text, needed_sentence, percentile_table
from zt_planner.reports.tables.table import CellFormat, Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

SHOWN = 0.995
"""The share of the draws that a picture reaches to, of dates and of budgets: the rest lies far out."""
STEPS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
MOST_DAYS = 12


def plan_goals(figures: Headlines) -> Goals:
    """Return the plan's own date and budget."""
    return Goals(figures.finish_date, figures.first_year_budget)


def chance_of(goals: Goals, simulation: SimulationResult) -> float:
    """Return the chance that a date and a budget both hold."""
    return simulation.chance(budget=goals.first_year, by=goals.finish_by)


def percentiles_text(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> str:
    """Say what the plan promises, how likely that is, and what would hold with 80 %."""
    return language.say(
        "The plan says {budget} in the first year and done by {finish}: {chance} chance of meeting both. "
        "With {sure} confidence a budget of {sure_budget} is enough, and with {sure} confidence the plan "
        "is done by {sure_finish}.",
        budget=language.money(figures.first_year_budget),
        finish=language.day(figures.finish_date),
        chance=chance_text(chance_of(plan_goals(figures), simulation), language),
        sure_budget=language.money(simulation.first_year_at(SURE)),
        sure=chance_text(SURE, language),
        sure_finish=language.day(simulation.finish_at(SURE)),
    ) + (f" {_incomplete(language)}" if not plan.is_complete else "")


def _incomplete(language: Language) -> str:
    return language.say("A price is missing, so every amount is a lower bound.")


def percentiles_table(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> Table:
    """Return what holds with 10, 50, 80 and 90 %, beside the plan's own and how likely that is, each figure alone."""
    horizon = float(np.count_nonzero(simulation.horizon <= to_cents(figures.horizon_total))) / simulation.draws
    alone = (simulation.chance(by=figures.finish_date), simulation.chance(budget=figures.first_year_budget), horizon)
    (_, *figures_shown), *rows = zip(*percentile_table(plan, simulation, language), strict=True)
    columns = (language.say("How sure"), *figures_shown)
    chances = (
        language.say("chance of keeping the plan's own figure"),
        *(chance_text(each, language) for each in alone),
    )
    return Table(columns, (*rows, chances), numbers=tuple(range(1, len(columns))))


# Date and budget together


def holds_text(goals: Goals, simulation: SimulationResult, language: Language) -> str:
    """Say how likely it is that a date and a budget hold, together and each alone; one of them may be missing."""
    budget = "" if goals.first_year is None else language.money(goals.first_year)
    finish = "" if goals.finish_by is None else language.day(goals.finish_by)
    chance = chance_text(chance_of(goals, simulation), language)
    if not finish:
        return language.say(
            "At most {budget} in the first year, with no deadline: {chance} chance.",
            budget=budget,
            chance=chance,
        )
    if not budget:
        return language.say("Done by {finish}, at any cost: {chance} chance.", finish=finish, chance=chance)
    return language.say(
        "At most {budget} in the first year and done by {finish}: {chance} chance of meeting both. The "
        "budget alone has {of_budget}, the date alone {of_date}.",
        budget=budget,
        finish=finish,
        chance=chance,
        of_budget=chance_text(simulation.chance(budget=goals.first_year), language),
        of_date=chance_text(simulation.chance(by=goals.finish_by), language),
    )


def needed_text(goals: Goals, simulation: SimulationResult, language: Language) -> str:
    """Say which budget it takes for 70 % by a day; where no budget is enough, from which day on one is."""
    if goals.finish_by is None:
        return ""
    needed = needed_sentence(simulation, goals.finish_by, language)
    if simulation.budget_for(ENOUGH, goals.finish_by) is not None:
        return needed
    first = language.say(
        "The earliest day with a {together} chance is {first}.",
        together=chance_text(ENOUGH, language),
        first=language.day(simulation.finish_at(ENOUGH)),
    )
    return f"{needed} {first}"


def trade_text(simulation: SimulationResult, language: Language) -> str:
    """Say what the line and the percentiles are not: a free choice, or figures that hold together."""
    both = simulation.chance(budget=simulation.first_year_at(SURE), by=simulation.finish_at(SURE))
    return language.say(
        "The line shows how this plan may turn out. It is not a choice: a later date needs another plan, "
        "with other costs. Only {both} of the draws meet both the {sure} budget and the {sure} date, so "
        "do not add them up.",
        sure=chance_text(SURE, language),
        both=chance_text(both, language),
    )


def contour_table(simulation: SimulationResult, language: Language) -> Table:
    """Return the budget that it takes for 70 % together, by the ends of months."""
    say = language.say
    columns: tuple[Column[tuple[date, Decimal]], ...] = (
        Column(say("Done by"), CellFormat.DATE, lambda row: row[0]),
        Column(
            say("Budget for a {together} chance of both", together=chance_text(ENOUGH, language)),
            CellFormat.EUROS,
            lambda row: row[1],
        ),
        Column(
            say("Chance of the date alone"),
            CellFormat.SHARE,
            words=lambda row: chance_text(simulation.chance(by=row[0]), language),
        ),
    )
    needed = ((day, simulation.budget_for(ENOUGH, day)) for day in contour_days(simulation))
    return table_of(columns, [(day, budget) for day, budget in needed if budget is not None], language)


def contour_days(simulation: SimulationResult) -> Sequence[date]:
    """Return the first day on which 70 % are done, and after it the ends of months, thinned out if there are many."""
    first = simulation.finish_at(ENOUGH)
    days = [first, *(month.last_day for month in months_between(first, simulation.finish_at(SHOWN)))]
    return days[:: -(-len(days) // MOST_DAYS)]


def months_between(first: date, last: date) -> tuple[Month, ...]:
    """Return the months from one day's to another's."""
    start = Month.of(first)
    return months_from(start, start.until(Month.of(last)) + 1)


def joint_alt(goals: Goals, figures: Headlines, simulation: SimulationResult, language: Language) -> str:
    """Describe the picture of dates and budgets."""
    parts = (
        language.say(
            "Draws of the plan as points: the finish from left to right, the first-year budget upwards. A "
            "line joins the dates and budgets with a {together} chance of meeting both.",
            together=chance_text(ENOUGH, language),
        ),
        holds_text(plan_goals(figures), simulation, language),
        "" if goals == plan_goals(figures) else holds_text(goals, simulation, language),
        language.say("The line is in the table below."),
    )
    return " ".join(filter(None, parts))


# Each alone


def spread_table(simulation: SimulationResult, language: Language) -> Table:
    """Return first-year budget and finish by how sure they are, in small steps."""
    say = language.say
    columns: tuple[Column[float], ...] = (
        Column(say("How sure"), CellFormat.SHARE, words=lambda share: chance_text(share, language)),
        Column(say("First-year budget"), CellFormat.EUROS, simulation.first_year_at),
        Column(say("Finish"), CellFormat.DATE, simulation.finish_at),
    )
    return table_of(columns, STEPS, language)


def spread_texts(figures: Headlines, simulation: SimulationResult, language: Language) -> Iterator[str]:
    """Yield a sentence about the budget and one about the finish: where eight of ten draws lie, and the plan."""
    least, most = PERCENTILES[0], PERCENTILES[-1]
    yield language.say(
        "In eight of ten draws the first year costs between {low} and {high}, in half of them at most "
        "{half}. The plan's budget, {plan}, is enough in {chance}.",
        low=language.money(simulation.first_year_at(least)),
        high=language.money(simulation.first_year_at(most)),
        half=language.money(simulation.first_year_at(0.5)),
        plan=language.money(figures.first_year_budget),
        chance=chance_text(simulation.chance(budget=figures.first_year_budget), language),
    )
    yield language.say(
        "In eight of ten draws the plan is done between {low} and {high}, in half of them by {half}. The "
        "plan's date, {plan}, is met in {chance}.",
        low=language.day(simulation.finish_at(least)),
        high=language.day(simulation.finish_at(most)),
        half=language.day(simulation.finish_at(0.5)),
        plan=language.day(figures.finish_date),
        chance=chance_text(simulation.chance(by=figures.finish_date), language),
    )


def spread_alt(title: str, text: str, language: Language) -> str:
    """Describe the picture of one figure's spread."""
    return language.say(
        "{title}: one bar for each range of values, as high as the number of draws in it. Lines mark 10, "
        "50, 80 and 90 % and the plan. {text} The same numbers are in the table below.",
        title=title,
        text=text,
    )


def left_out_text(simulation: SimulationResult, language: Language) -> str:
    """Say that the pictures end before the last draws do."""
    left = simulation.draws - round(simulation.draws * SHOWN)
    return language.say(
        "The pictures leave out the last {n} of {draws} draws, in which almost everything takes much longer at once.",
        n=language.number(left),
        draws=language.number(simulation.draws),
    )
