"""What a newer edition of the model moves in a plan that was made with an older one, by cause.

The plan is made three times: with the older prices and model, with the newer prices, with both. Law: the
effects of the causes, in whole euros as they are shown, add up to the difference of the last and the first plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.engine.compare.bars import BridgeStep, figures_of, in_order
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Headlines
    from zt_planner.domain.scenario.scenario import Scenario


class Edition(NamedTuple):
    """An edition of the data: prices, and the phase model with its rules."""

    book: PriceBook
    model: PhaseModel


class Cause(StrEnum):
    """What an edition changes."""

    PRICES = "prices"
    MODEL = "model"


class EditionChange(NamedTuple):
    """The figures of a plan by the older and by the newer edition, and what each cause moves."""

    before: Headlines
    after: Headlines
    steps: tuple[BridgeStep[Cause], ...]


def edition_change(
    scenario: Scenario, older: Edition, newer: Edition, *, today: date, shows_labour: bool = True
) -> EditionChange | None:
    """Return what a newer edition moves.

    None where it moves nothing, one of the plans has no schedule, or an edition does not know an id that the
    scenario names (`ScenarioError`).
    """
    figures = []
    for book, model in (older, Edition(newer.book, older.model), newer):
        try:
            plan = build_plan(scenario, book, model, today=today, shows_labour=shows_labour)
        except ScenarioError:
            return None
        if plan.headlines is None:
            return None
        figures.append(plan.headlines)
    steps = in_order(tuple(Cause), *map(figures_of, figures))
    return EditionChange(figures[0], figures[-1], steps) if any(step.effect or step.days for step in steps) else None
