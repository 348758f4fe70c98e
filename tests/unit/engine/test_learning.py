"""What finished plans teach, against a truth that is known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import exp, log, sqrt
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests import builders
from tests.builders import scenario
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import ConfidenceLevel, Scenario
from zt_planner.engine.learning import (
    DRAWN_TO_ONE,
    LEAST_FOR_A_RANGE,
    FinishedPlan,
    LearnedTask,
    finished_plan,
    is_finished,
    kept_promises,
    learned,
    with_learned,
)
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.files.catalogue import catalogue_bytes
from zt_planner.files.imports.catalogue import catalogue_in

TODAY, START = date(2026, 11, 6), "2027-01-04"
LATER = date(2029, 1, 1)


def planned(given: Scenario) -> Plan:
    return builders.plan(given, price_book(), phase_model())


def finished(factors: Mapping[str, float], people: int = 120, **records: object) -> Plan:
    """Return a plan of which every task took its estimate times a factor, and was done on its day."""
    return planned(scenario(**records_of(factors, people, **records)))


def records_of(factors: Mapping[str, float], people: int = 120, **records: object) -> dict[str, Any]:
    """Return the fields of such a plan."""
    before = planned(scenario(company__employees=people, timeline__start=START))
    tasks = {
        task.task.id: {
            "started": task.start.isoformat(),
            "finished": task.finish.isoformat(),
            "spent_internal": spent(task.work.whole.internal, factors.get(task.task.id, 1.0)),
            "spent_external": spent(task.work.whole.external, factors.get(task.task.id, 1.0)),
        }
        for task in before.tasks
    }
    status = {"status__at": LATER.isoformat(), "status__tasks": {**tasks, **records}}
    return {"company__employees": people, "timeline__start": START, **status}


def spent(days: Fraction, factor: float) -> float:
    return round(float(days) * factor, 2)


def seen(plan: Plan) -> FinishedPlan:
    assert is_finished(plan)
    return finished_plan(plan, plan.headlines.finish_date, phase_model())


def of_task(plans: list[FinishedPlan], task_id: str) -> tuple[int, float, float, float | None, float | None]:
    (found,) = [each for each in learned(plans, phase_model()) if each.task.id == task_id]
    return found.n, found.median, found.factor, found.low, found.high


def test_one_plan_is_drawn_towards_its_estimate_and_gives_no_range() -> None:
    n, middle, factor, low, high = of_task([seen(finished({"sso": 2.0}))], "sso")
    assert (n, round(middle, 2)) == (1, 2.0)
    assert factor == pytest.approx(1 + (middle - 1) / (1 + DRAWN_TO_ONE))
    assert (low, high) == (None, None)
    (found,) = [each for each in learned([seen(finished({"sso": 2.0}))], phase_model()) if each.task.id == "sso"]
    assert (found.row.low, found.row.high) == (found.task.low, found.task.high)


def test_the_estimate_is_the_model_s_for_the_company_of_each_plan() -> None:
    for people in (60, 120, 300):
        assert of_task([seen(finished({"mfa_rollout": 1.5}, people))], "mfa_rollout")[1] == pytest.approx(1.5, abs=0.01)


def test_what_is_open_or_was_not_recorded_teaches_nothing() -> None:
    assert not is_finished(planned(scenario(status__at="2027-03-01")))
    assert not is_finished(planned(scenario()))
    without_days = {"started": "2027-01-04", "finished": "2027-02-01", "spent_internal": 2}
    plan = seen(finished({}, sso=without_days))
    assert "sso" not in plan.ratios
    begun_before = scenario(**{**records_of({}), "tasks__edits": {"sso": {"done": 0.5}}})
    assert "sso" not in seen(planned(begun_before)).ratios
    assert "mfa_rollout" in plan.ratios


@pytest.mark.parametrize("n", [LEAST_FOR_A_RANGE, 40])
def test_a_known_truth_comes_back_within_its_own_error(n: int) -> None:
    draw, truth, spread = random.Random(7), 1.6, 0.35  # noqa: S311 - a test, which is the same each time
    ratios = [truth * exp(draw.gauss(0, spread)) for _ in range(n)]
    plans = [FinishedPlan({"sso": Fraction(ratio)}, LATER, LATER, ConfidenceLevel.SURE) for ratio in ratios]
    _, middle, factor, low, high = of_task(plans, "sso")
    error = 1.2533 * spread / sqrt(n)  # of a median, in logarithms
    assert abs(log(middle / truth)) < 3 * error
    assert factor == pytest.approx(1 + (median(ratios) - 1) * n / (n + DRAWN_TO_ONE))
    assert low is not None
    assert high is not None
    assert low < 1 < high
    if n == 40:
        assert low == pytest.approx(exp(-1.2816 * spread), rel=0.25)
        assert high == pytest.approx(exp(1.2816 * spread), rel=0.25)


def test_what_was_learned_is_a_row_of_a_catalogue_that_plans_so() -> None:
    plans = [seen(finished({"sso": 1.5 + step / 10})) for step in range(6)]
    found = [each for each in learned(plans, phase_model()) if each.task.id == "sso"]
    catalogue = with_learned(None, found, "Learned", TODAY)
    (row,) = catalogue.tasks
    shipped = phase_model().by_id["sso"]
    assert row.base_days == pytest.approx(shipped.base_days * Decimal(repr(found[0].factor)), abs=Decimal("0.000001"))
    assert row.low <= 1 <= row.high
    again = with_learned(
        catalogue, [each for each in learned(plans, phase_model()) if each.task.id == "directory"], "", LATER
    )
    assert {task.id for task in again.tasks} == {"sso", "directory"}
    assert again.use.name == "Learned"


@pytest.mark.parametrize(("ratio", "factor"), [(4000, 10), (Fraction(1, 4000), 0.1)])
def test_a_slip_of_the_keys_gives_a_catalogue_that_can_be_read(ratio: Fraction, factor: float, tmp_path: Path) -> None:
    plans = [FinishedPlan({"mfa_rollout": Fraction(ratio)}, LATER, LATER, ConfidenceLevel.SURE)] * 40
    (found,) = learned(plans, phase_model())
    assert found.factor == factor
    (file := tmp_path / "learned.zttemplate").write_bytes(catalogue_bytes(with_learned(None, [found], "Slip", TODAY)))
    assert catalogue_in(file, price_book(), phase_model()).tasks == (found.row,)


def test_the_largest_effort_of_a_catalogue_grows_no_further() -> None:
    task = phase_model().by_id["sso"].model_copy(update={"base_days": Decimal(9_000)})
    assert LearnedTask(task, 5, 2.0, 2.0, None, None).row.base_days == 10_000


@pytest.mark.extended
def test_of_two_hundred_plans_as_the_draws_say_four_in_five_keep_what_is_80_percent_sure() -> None:
    before = planned(scenario(timeline__start=START))
    drawn = simulate(before)
    promised = drawn.finish_at(0.8)
    draw = random.Random(11)  # noqa: S311 - as above
    days = [drawn.axis.day(int(index)) for index in draw.sample(list(drawn.finish), 200)]
    plans = [FinishedPlan({}, day, promised, ConfidenceLevel.SURE) for day in days]
    ((level, kept, n),) = kept_promises(plans)
    assert (level, n) == (ConfidenceLevel.SURE, 200)
    error = sqrt(0.8 * 0.2 * n)
    assert abs(kept - 0.8 * n) < 3 * error
