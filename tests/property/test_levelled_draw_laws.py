"""A levelled plan and its draws, day by day: a task waits for all that it has to, and for nothing else (M9, M22)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from tests.builders import book, case
from tests.property.checker import DAY, Checker, is_worked
from tests.property.shared import shared
from tests.property.strategies import phase_models
from tests.property.test_schedule_laws import edited, small_scenarios
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.order import Order, axis_for

PLANNED, DRAWN, LONGER = range(3)
"""The draws that are made of a plan: as estimated, anyhow, and with all that is drawn as long or longer."""


@st.composite
def levelled_checkers(draw: st.DrawFn) -> Checker:
    """Draw a plan whose tasks levelled dates hold back, some of them by weeks."""
    phase_model = draw(phase_models())
    scenario = draw(edited(small_scenarios(), phase_model)).changed("timeline.mode", Mode.CAPACITY)
    quick = build_plan(case(scenario, book(), phase_model))
    assume(quick.tasks)
    delays = st.sampled_from((0, 0, 1, 2, 5, 20))
    starts = tuple((task.task.id, task.start + timedelta(days=draw(delays))) for task in quick.tasks)
    levelled = build_plan(case(scenario.changed("levelling.starts", starts), book(), phase_model))
    if isinstance(levelled, StoppedPlan):
        reject()
    assert levelled.is_levelled
    return Checker.of(levelled)


levelled_plans = shared(levelled_checkers())


class Draws:
    """Draws of a plan by dates: three factors on each effort, three whole ones on each wait."""

    def __init__(self, checker: Checker, efforts: Mapping[str, list[float]], waits: Mapping[str, list[int]]) -> None:
        self.checker, self.waits, self.links = checker, waits, checker.links
        order = Order(checker.plan, axis_for(checker.plan))
        ids = [task.task.id for task in order.tasks]
        factors = [np.array(efforts[name], np.float32) for name in ids]
        wait_factors = {number: np.array(waits[ids[number]], np.float32) for number in order.waiting}
        result = order.dates(factors, wait_factors)
        assume(int(result.end.max()) < order.axis.last)
        self.starts = {name: [order.axis.day(start) for start in result.starts[n]] for n, name in enumerate(ids)}
        self.finishes = {name: [order.axis.day(item - 1) for item in result.ends[n]] for n, name in enumerate(ids)}

    def free_from(self, task: ScheduledTask, number: int) -> date:
        """Return the first day on which a task may start in a draw, by all that it waits for and its own dates."""
        days = [self.checker.given_start, task.earliest_start, task.fixed_start, task.levelled_start]
        for name, waits in self.links[task.task.id]:
            weeks = self.checker.by_id[name].task.wait_weeks * self.waits[name][number] if waits else 0
            days.append(self.finishes[name][number] + timedelta(weeks=weeks) + DAY)
        day = max(day for day in days if day is not None)
        while not is_worked(day, self.checker.plan.scenario.timeline):
            day += DAY
        return day


@st.composite
def levelled_draws(draw: st.DrawFn) -> Draws:
    checker = draw(levelled_plans)
    factors, more = st.sampled_from((0.3, 0.7, 1.0, 1.5, 3.0)), st.sampled_from((1.0, 1.2, 2.0))
    efforts, waits = {}, {}
    for name in checker.by_id:
        factor, wait = draw(factors), draw(st.integers(0, 2))
        efforts[name] = [1.0, factor, factor * draw(more)]
        waits[name] = [1, wait, wait + draw(st.integers(0, 1))]
    return Draws(checker, efforts, waits)


@given(levelled_plans)
def test_no_levelled_plan_breaks_a_rule_or_leaves_a_task_waiting_for_nothing(checker: Checker) -> None:
    assert list(checker.faults()) == []
    for task in checker.plan.tasks:
        assert task.levelled_start is not None
        assert task.start >= task.levelled_start
        free = max(checker.earliest(task), checker.own_day(task))
        is_on_its_day = not any(task.levelled_start <= day < task.start for day in checker.days[free:])
        assert is_on_its_day or checker.is_held_by(task)


@given(levelled_plans)
def test_slack_in_a_levelled_plan_is_what_a_task_can_move_without_moving_the_finish_or_a_fixed_date(
    checker: Checker,
) -> None:
    assert list(checker.slack_faults()) == []


@given(levelled_plans)
def test_a_task_is_linked_to_what_a_team_had_to_finish_first_and_to_nothing_else(checker: Checker) -> None:
    links = checker.links
    for task in checker.plan.tasks:
        assert {*task.links, *task.gates} == {name for name, waits in links[task.task.id] if not waits}


draws_of_plans = shared(levelled_draws())


@given(draws_of_plans)
def test_in_a_draw_a_task_starts_as_soon_as_all_that_it_waits_for_is_finished_and_no_earlier(draws: Draws) -> None:
    for number in (PLANNED, DRAWN, LONGER):
        for task in draws.checker.plan.tasks:
            assert draws.starts[task.task.id][number] == draws.free_from(task, number)


@given(draws_of_plans)
def test_a_draw_without_any_deviation_has_the_dates_of_the_levelled_plan(draws: Draws) -> None:
    for task in draws.checker.plan.tasks:
        name = task.task.id
        assert (draws.starts[name][PLANNED], draws.finishes[name][PLANNED]) == (task.start, task.finish)


@given(draws_of_plans)
def test_what_takes_longer_never_finishes_anything_earlier(draws: Draws) -> None:
    for name, starts in draws.starts.items():
        assert starts[DRAWN] <= starts[LONGER]
        assert draws.finishes[name][DRAWN] <= draws.finishes[name][LONGER]
