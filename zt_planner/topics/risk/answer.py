"""What the page Uncertainty answers: how likely date and budget hold, and what 80 % confidence in each needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.simulation.result import SURE
from zt_planner.language import Money, Text, Words, sentences
from zt_planner.topics.risk.confidence import chance_text, no_date_sentence, told_reserve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import Reserve, SimulationResult


def risk_answer(plan: Plan, simulation: SimulationResult) -> Words:
    """Say how likely the plan's date and its budget hold together, and what 80 % takes of each alone."""
    figures = plan.headlines
    reserve = told_reserve(plan, simulation)
    budget = None if reserve is None else reserve.budget
    values: dict[str, Words] = {
        "chance": chance_text(simulation.chance(budget=budget, by=figures.finish_date)),
        "finish": figures.finish_date,
        "sure": chance_text(SURE),
        "sure_finish": simulation.finish_at(SURE),
    }
    if late := no_date_sentence(simulation):
        return sentences(without_sure_date(reserve, values), late)
    if reserve is not None:
        return Text(
            "{chance} chance of keeping both {budget} and {finish}. {sure} confidence in each alone: {sure_budget} and "
            "{sure_finish}.",
            budget=Money(reserve.budget),
            sure_budget=Money(reserve.sure),
            **values,
        )
    date_alone = Text("{chance} chance of being done by {finish}. {sure} confidence needs {sure_finish}.", **values)
    missing = "" if plan.is_complete else Text("Nothing can be said about the budget: prices are missing.")
    return sentences(date_alone, missing)


def without_sure_date(reserve: Reserve | None, values: Mapping[str, Words]) -> Words:
    """Say how likely date and budget hold, and what 80 % takes of the budget, where no day holds with 80 %."""
    if reserve is None:
        return Text("{chance} chance of being done by {finish}.", **values)
    return Text(
        "{chance} chance of keeping both {budget} and {finish}. {sure} confidence needs {sure_budget} for the budget "
        "alone.",
        budget=Money(reserve.budget),
        sure_budget=Money(reserve.sure),
        **values,
    )
