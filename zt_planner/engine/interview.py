"""What a company answers: which fields an answer sets, which answer a scenario holds, and which matter most.

Laws: who does not know changes nothing; what an edit sets is read back as the same answer; an answer that is taken back
leaves the defaults; a decision about the plan that no answer names stays as it is; no draw is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from math import ceil
from typing import Any, TypeAlias

from pydantic import ValidationError

from zt_planner.domain.data.interview import PROPOSED, CompanyQuestion, Interview, OfferedAnswer
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.rules import ProposedTask
from zt_planner.domain.scenario.fields import ORDER, OWN_TASKS, RUNNING, TASK_EDITS, path_parts
from zt_planner.domain.scenario.scenario import Running, Scenario
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.same_team import same_team_scenario
from zt_planner.errors import ScenarioError

DECISIONS, TEAM = "choices.", "timeline."
"""How the paths of what is decided in the meeting begin, and of what decides which team a plan has."""
DEFAULTS = Scenario()

GivenAnswer: TypeAlias = str | int | None
"""The id of an answer, or a number; None where nobody knows."""
OwnTaskFactory: TypeAlias = Callable[[ProposedTask], Any]
"""Returns a proposed task as an own one."""


def value_at(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return what a scenario has at a path that an answer can set; of an own task only that it is there."""
    if path.startswith(OWN_TASKS):
        return PROPOSED if path.removeprefix(OWN_TASKS) in scenario.tasks.own else None
    if path.startswith(TASK_EDITS):
        *_, task, figure = path_parts(path)
        return getattr(scenario.tasks.given_for(task), figure)
    return reduce(getattr, path_parts(path), scenario)


def questions_for(interview: Interview, model: PhaseModel) -> Interview:
    """Return the questions about a phase model, without those about tasks that it does not have."""
    return tuple(question for question in interview if all(_is_there(path, model) for path in question.paths))


def _is_there(path: str, model: PhaseModel) -> bool:
    return not path.startswith(TASK_EDITS) or path_parts(path)[-2] in model.by_id


def known_answer(question: CompanyQuestion, scenario: Scenario) -> GivenAnswer:
    """Return the answer that a scenario holds; None where its fields have the defaults, or what no answer sets."""
    if question.field:
        number: int | None = value_at(scenario, question.field)
        return None if number == value_at(DEFAULTS, question.field) else number
    held = next((answer for answer in question.answers if is_held(question, answer, scenario)), None)
    return None if held is None or is_held(question, held, DEFAULTS) else held.id


def known_answers(interview: Interview, scenario: Scenario) -> dict[str, GivenAnswer]:
    """Return the answers that a scenario holds, by question."""
    return {question.id: known_answer(question, scenario) for question in interview}


def is_held(question: CompanyQuestion, answer: OfferedAnswer, scenario: Scenario) -> bool:
    """Tell whether a scenario's fields are those that an answer sets."""
    values = _values(question, answer, None, scenario.company.running)
    return all(value == value_at(scenario, path) for path, value in values.items())


def edit_of(
    interview: Interview,
    given: Mapping[str, GivenAnswer],
    scenario: Scenario,
    model: PhaseModel,
    own_task: OwnTaskFactory,
) -> dict[str, Any]:
    """Return the fields to set, by path, so that a scenario holds these answers; what it has already is left out."""
    changed: dict[str, Any] = {}
    for question in interview:
        answer, before = given.get(question.id), known_answer(question, scenario)
        if answer == before:
            continue
        if question.field:
            changed[question.field] = value_at(DEFAULTS, question.field) if answer is None else answer
            continue
        running = changed.get(RUNNING, scenario.company.running)
        changed |= _values(question, question.answer(answer), question.answer(before), running)
    kept = {path: value for path, value in changed.items() if value != value_at(scenario, path)}
    proposals = {OWN_TASKS + proposal.id: proposal for proposal in model.rules.proposals}
    return {
        path: own_task(proposals[path]) if path in proposals and value == PROPOSED else value
        for path, value in kept.items()
    }


def _values(
    question: CompanyQuestion,
    answer: OfferedAnswer | None,
    before: OfferedAnswer | None,
    running: tuple[Running, ...],
) -> dict[str, Any]:
    """Return the values of a question's fields with an answer in place of another; what neither decides is left out.

    Several questions set what runs already: each adds and removes services of its own.
    """
    given = {} if answer is None else answer.values
    taken_back = {} if before is None else before.values
    values = {
        path: given.get(path, value_at(DEFAULTS, path))
        for path in question.paths
        if path in given or path in taken_back or not path.startswith(DECISIONS)
    }
    if RUNNING in values:
        own = {service for offered in question.answers for service in offered.values.get(RUNNING, ())}
        values[RUNNING] = tuple(
            service for service in Running if service in (values[RUNNING] if service in own else running)
        )
    return values


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """The plan with an answer, as planned: the introduction's budget, None where a price is missing, and its finish."""

    answer: GivenAnswer
    budget: Decimal | None
    finish: date


@dataclass(frozen=True, slots=True)
class AnswerRange:
    """A question, the answer that the plan holds, and what each answer would make of the plan, all else as it is."""

    question: CompanyQuestion
    answer: GivenAnswer
    effects: tuple[AnswerEffect, ...]

    @property
    def sets_team(self) -> bool:
        """Tell whether its answers decide which team the plan has."""
        return any(path.startswith(TEAM) for path in self.question.paths)

    @property
    def budget_spread(self) -> Decimal:
        """By how much the introduction's budget differs at most; 0 where a price is missing.

        A slower team saves nothing: what licences cost after their first year is not in that budget.
        """
        amounts = [effect.budget for effect in self.effects if effect.budget is not None]
        if self.sets_team or len(amounts) < len(self.effects):
            return Decimal(0)
        return max(amounts) - min(amounts)

    @property
    def finish_spread_days(self) -> int:
        """By how many days the finish differs at most."""
        days = [effect.finish for effect in self.effects]
        return (max(days) - min(days)).days


def ranges(plan: Plan, interview: Interview, own_task: OwnTaskFactory) -> Iterator[AnswerRange]:
    """Yield the range of each question, with the team of the plan where it does not ask for that."""
    for question in questions_for(interview, plan.case.base_model):
        answer = known_answer(question, plan.scenario)
        tried = {value: _with_answer(plan, question, value, own_task) for value in _tried(question, plan)}
        effects = (_effect_of(value, other) for value, other in tried.items() if isinstance(other, Plan))
        yield AnswerRange(question, answer, (_effect_of(answer, plan), *effects))


def _tried(question: CompanyQuestion, plan: Plan) -> tuple[GivenAnswer, ...]:
    """Return what else could be answered: each answer, or as few and as many as a company of this size may have."""
    if not question.field:
        return tuple(answer.id for answer in question.answers)
    people = plan.scenario.company.employees
    return tuple(dict.fromkeys(ceil(share * people / 100) for share in (question.low, question.high)))


def _with_answer(
    plan: Plan, question: CompanyQuestion, answer: GivenAnswer, own_task: OwnTaskFactory
) -> AnyPlan | None:
    """Return a plan with another answer; the plan where it changes nothing, None where the scenario is refused."""
    before = known_answer(question, plan.scenario)
    values = edit_of((question,), {question.id: answer}, plan.scenario, plan.case.base_model, own_task)
    if answer == before or not values:
        return plan
    with suppress(ValidationError, ScenarioError):
        scenario = plan.scenario.with_fields(values)
        sets_team = any(path.startswith(TEAM) for path in values)
        return build_plan(plan.case.changed(scenario if sets_team else _with_team(plan, scenario)))
    return None


def _with_team(plan: Plan, scenario: Scenario) -> Scenario:
    """Return a scenario with a plan's team, and with its order where no task is new.

    New ones would come last in it, and hold up what waits for them: what a works council agrees on comes first.
    """
    with_order = same_team_scenario(plan, scenario)
    placed = {task.task.id for task in plan.tasks}
    adds = any(work.task.id not in placed for work in plan.case.changed(with_order).task_works)
    return with_order.with_fields({ORDER: ()}) if adds else with_order


def _effect_of(answer: GivenAnswer, plan: Plan) -> AnswerEffect:
    budget = plan.headlines.introduction_budget if plan.is_complete else None
    return AnswerEffect(answer, budget, plan.headlines.finish_date)
