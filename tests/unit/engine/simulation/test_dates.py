"""How sure a team keeps a day, before there is a plan: by the draws that the plan will have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests import builders
from tests.builders import plan_for
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case_schedule import planned_schedule
from zt_planner.engine.simulation.dates import DateDraws
from zt_planner.engine.simulation.result import simulate


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"timeline.steps": "in_turn", "uncertainty.reaction": 0, "uncertainty.seed": 3},
        {"tasks.edits.sso.done": 1, "tasks.edits.enrolment.done": 0.5},
        {"tasks.edits.sso.fixed_start": "2027-06-07", "uncertainty.effort_ranges": {"sso": (0.5, 9)}},
    ],
)
def test_the_finishes_are_those_of_the_plans_draws(
    values: dict[str, Any], price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = Scenario()
    for path, value in values.items():
        given = given.changed(path, value)
    case = builders.case(given, price_book, phase_model)
    schedule = planned_schedule(case)
    assert schedule is not None
    draws = DateDraws(case, schedule.network, schedule.calendar, schedule.first, 0.8)
    finishes = draws.finishes(schedule.teams, schedule.placement, 1000)
    assert np.array_equal(finishes, simulate(plan_for(case)).finish[:1000])
