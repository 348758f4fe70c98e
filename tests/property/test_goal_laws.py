"""Whatever is asked backwards: a set that is returned meets the goals, none of its changes is needless.

On small models every combination of decisions is tried here too, with nothing but `build_plan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import TODAY, book, day_rate, model, point, quiet, task
from tests.property.shared import shared
from tests.property.strategies import hundredths, phase_models, scenarios
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.goals.answer import Answer, are_apart, ask
from zt_planner.engine.goals.changes import (
    Change,
    ChangeSet,
    Nature,
    Topic,
    applied,
    choices_of,
    cuts_of,
    left_out_between,
    lost_between,
    nature_of,
    services_of,
)
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import Trials
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.promise import promised_finish, promised_first_year
from zt_planner.engine.same_team import same_team_values
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.files.scenario_json import with_values

BOOK = book(day_rate("external-day", "1000"), day_rate("internal-day", "500"))
MOST_DECISIONS = 3


def planned(scenario: Scenario, phase_model: PhaseModel) -> Plan:
    return builders.plan(scenario, BOOK, phase_model)


@st.composite
def models(draw: st.DrawFn) -> PhaseModel:
    """Draw a model of a few tasks in different steps, some of which a choice makes needless."""
    tasks = [task("start", days=1, external_share="0.5")]
    for number in range(draw(st.integers(2, 4))):
        tasks.append(
            task(
                f"t{number}",
                step=draw(st.sampled_from("2345")),
                days=draw(hundredths("1", "8")),
                after=[draw(st.sampled_from([earlier.id for earlier in tasks]))],
                external_share=draw(st.sampled_from(("0", "0.5", "1"))),
                wait_weeks=draw(st.sampled_from((0, 0, 2))),
                falls_away_when=draw(st.sampled_from((None, None, "no_monitoring", "keep_vpn", "full_reuse"))),
            )
        )
    ids = [each.id for each in tasks]
    points = [
        point(number, *draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))) for number in ("1.1", "1.2")
    ]
    return model(*tasks, points=tuple(points))


small_scenarios = st.builds(
    lambda mode, days, months, reuse, provider: quiet(
        timeline__mode=mode,
        timeline__internal_days_per_week=days,
        timeline__external_days_per_week=days,
        timeline__target_months=months,
        timeline__max_internal_days_per_week=2,
        timeline__max_external_days_per_week=2,
        choices__hardware_reuse=reuse,
        choices__remote_access=provider,
        timeline__confidence="planned",
    ),
    st.sampled_from(("capacity", "deadline")),
    st.sampled_from((0.5, 1, 1.5)),
    st.integers(3, 9),
    st.sampled_from((0, 1)),
    st.sampled_from(("app_proxy", "ztna")),
)


@st.composite
def goals_near(draw: st.DrawFn, plan: Plan) -> Goals:  # noqa: PLR0206 - a strategy, not a property
    """Draw goals that are not far from what a plan comes to."""
    earlier = timedelta(days=draw(st.integers(-7, 60)))
    by = max(plan.headlines.finish_date - earlier, plan.headlines.start_date)
    amount = max(
        Decimal(1), (plan.headlines.first_year_budget * draw(hundredths("0.5", "1.1"))).quantize(Decimal("0.01"))
    )
    kind = draw(st.integers(0, 2))
    return Goals(None if kind == 1 else by, None if kind == 2 else amount)


@dataclass(frozen=True)
class Question:
    """What is asked of a plan, with the answer, which several laws are about."""

    phase_model: PhaseModel
    scenario: Scenario
    goals: Goals

    @cached_property
    def now(self) -> Plan:
        """The current plan."""
        return planned(self.scenario, self.phase_model)

    @cached_property
    def answer(self) -> Answer:
        """The answer, found once."""
        return self.asked()

    def asked(self) -> Answer:
        """Ask, every time anew."""
        return ask(builders.case(self.scenario, BOOK, self.phase_model), self.goals)

    def plan_with(self, *changes: Change) -> Plan:
        """Return the plan if only this is changed: with the teams and the order of now, unless they are."""
        topics, kept = {change.topic for change in changes}, dict(same_team_values(self.now))
        if not changes or Topic.TEAMS in topics:
            return planned(applied(self.scenario, changes), self.phase_model)
        if Topic.ORDER in topics:
            kept["levelling.order"] = ()
        return planned(applied(self.scenario, changes).with_fields(kept), self.phase_model)


@st.composite
def _questions(draw: st.DrawFn) -> Question:
    phase_model, scenario = draw(models()), draw(small_scenarios)
    return Question(phase_model, scenario, draw(goals_near(planned(scenario, phase_model))))


questions = shared(_questions())


def ends_in_sight(plan: Plan, now: AnyPlan, goals: Goals) -> bool:
    """Tell whether a plan ends within its horizon, by the day asked for, or no later than now."""
    latest = [plan.horizon[-1].last_day, goals.finish_by or date.min]
    if isinstance(now, Plan):
        latest.append(now.headlines.finish_date)
    return plan.headlines.finish_date <= max(latest)


def meets(goals: Goals, plan: AnyPlan) -> bool:
    return goals.met_by(promised_finish(plan), promised_first_year(plan))


def check_set(change_set: ChangeSet, question: Question) -> None:
    """Check a set with nothing but a plan of what a person would set."""
    now, plan = question.now, planned(with_values(question.scenario, change_set.values), question.phase_model)
    assert meets(change_set.goals, plan)
    assert ends_in_sight(plan, now, change_set.goals)
    assert plan.headlines == change_set.plan.headlines
    assert promised_finish(plan) == change_set.finish
    assert promised_first_year(plan) == change_set.first_year
    assert change_set.left_out == tuple(
        t.task.id for t in now.tasks if t.task.id not in {k.task.id for k in plan.tasks}
    )
    assert change_set.lost == lost_between(now, plan)
    for change in change_set.changes:
        less = question.plan_with(*(other for other in change_set.changes if other is not change))
        assert not (meets(change_set.goals, less) and ends_in_sight(less, now, change_set.goals))


def check_answer(question: Question) -> None:
    """Check everything that an answer promises."""
    answer, goals = question.answer, question.goals
    assert answer.is_true_already == meets(goals, question.now)
    assert not (answer.is_true_already and (answer.sets or answer.nearest))
    assert len(answer.sets) <= 3
    assert len({change_set.nature for change_set in answer.sets}) == len(answer.sets)
    for result in answer.sets:
        assert result.goals == goals
    for result in answer.nearest:
        assert result.goals != goals
        assert answer.sets == () or not result.nature.leaves_out
    for result in (*answer.sets, *answer.nearest):
        check_set(result, question)
    costs = [change_set.plan.headlines.horizon_total for change_set in answer.sets]
    assert costs == sorted(costs)


# Every combination of decisions, with nothing but plans


def decisions(scenario: Scenario, now: Plan) -> Iterator[tuple[Change, ...]]:
    """Yield every combination of up to three decisions, one a topic; cuts may be several."""
    every = (*choices_of(scenario), *services_of(scenario), *cuts_of(now.tasks))
    for picked in chain.from_iterable(combinations(every, count) for count in range(1, MOST_DECISIONS + 1)):
        topics = [change.topic for change in picked if not change.tasks]
        if len(set(topics)) == len(topics) and are_apart([change for change in picked if change.tasks]):
            yield picked


def is_better(one: ChangeSet, other: tuple[Change, ...], now: Plan, plan: Plan) -> bool:
    """Tell whether a set is as good as another one or better, as the model says."""

    def rank(changes: tuple[Change, ...], after: Plan) -> tuple[object, ...]:
        figures = after.headlines
        assert figures is not None
        out = len(left_out_between(now, after)) if any(change.nature.leaves_out for change in changes) else 0
        lost = sum(lost.steps for lost in lost_between(now, after))
        lost += sum(change.topic is Topic.ORDER for change in changes)
        return lost, out, figures.horizon_total, figures.first_year_budget, len(changes)

    return rank(one.changes, one.plan) <= rank(other, plan)


@given(questions)
def test_whatever_is_asked_the_answer_keeps_its_promises(question: Question) -> None:
    check_answer(question)
    assert question.asked() == question.answer


@given(questions)
@pytest.mark.extended
def test_no_decision_on_the_same_teams_is_overlooked(question: Question) -> None:
    if question.answer.is_true_already:
        return
    begun = replace(question, scenario=with_start(question.scenario, TODAY))
    results = {change_set.nature: change_set for change_set in question.answer.sets}
    met: dict[tuple[Change, ...], bool] = {(): False}
    for levers in decisions(begun.scenario, question.now):
        is_enough_with_less = any(met[tuple(lever for lever in levers if lever is not one)] for one in levers)
        if is_enough_with_less and len(levers) == MOST_DECISIONS:
            continue
        plan = begun.plan_with(*levers)
        met[levers] = meets(question.goals, plan)
        if met[levers] and not is_enough_with_less:
            assert results
            if nature_of(levers) is Nature.MIX:
                assert is_better(results[Nature.MIX], levers, question.now, plan)


@given(_questions().filter(lambda question: question.goals.finish_by is not None))
def test_the_smallest_team_that_meets_a_day_is_proposed(question: Question) -> None:
    if question.answer.is_true_already:
        return
    proposed = [change_set.values for change_set in question.answer.sets if change_set.nature is Nature.DAYS]
    case = builders.case(question.scenario, BOOK, question.phase_model)
    teams = Trials(case, lambda _progress: None).teams_for(())
    met = (dict(change.fields) for change in teams if meets(question.goals, question.plan_with(change)))
    assert proposed == [values for values in [next(met, None)] if values is not None]


@given(
    phase_model=phase_models(),
    scenario=scenarios(),
    by=st.dates(date(2027, 1, 1), date(2030, 12, 31)),
    amount=st.none() | hundredths("0.01", "200000"),
)
def test_no_scenario_makes_the_question_crash(
    phase_model: PhaseModel, scenario: Scenario, by: date, amount: Decimal | None
) -> None:
    given_start = scenario.model_copy(update={"timeline": scenario.timeline.model_copy(update={"start": TODAY})})
    goals = Goals(by, amount)
    answer = ask(builders.case(given_start, BOOK, phase_model), goals)
    assert answer.is_true_already == meets(goals, answer.now)
    for item in (*answer.sets, *answer.nearest):
        assert meets(item.goals, item.plan)
        assert ends_in_sight(item.plan, answer.now, goals)
        assert meets(replace(item.goals, first_year=None), item.plan)
