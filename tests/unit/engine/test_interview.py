"""What a company answers: the fields that an answer sets, the answer that a scenario holds, and which matters most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.approval import KNOWN_DATA
from tests.builders import plan_for, scenario
from zt_planner.catalog.shipped.interview import load_interview
from zt_planner.domain.data.interview import CompanyQuestion, Interview
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.rules import ProposedTask
from zt_planner.domain.finding import Code, Severity
from zt_planner.domain.scenario.scenario import Monitoring, Operator, RemoteAccess, Running, Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.interview import (
    DEFAULTS,
    AnswerRange,
    GivenAnswer,
    edit_of,
    known_answer,
    known_answers,
    questions_for,
    ranges,
    value_at,
)
from zt_planner.engine.plan import Plan

TODAY = date(2026, 11, 30)
STARTED = scenario(timeline__start=date(2027, 1, 4))


@pytest.fixture(scope="module")
def interview(phase_model: PhaseModel) -> Interview:
    """Return the questions of November 2026."""
    return load_interview(KNOWN_DATA, phase_model)


@pytest.fixture(scope="module")
def default(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the plan of the default company, from 4 January 2027."""
    return plan_for(case_of(STARTED, price_book, phase_model, today=TODAY))


@pytest.fixture(scope="module")
def found(default: Plan, interview: Interview) -> dict[str, AnswerRange]:
    """Return what each question could make of it."""
    return {one.question.id: one for one in ranges(default, interview, added)}


def added(task: ProposedTask) -> dict[str, Any]:
    kept = ("step", "name", "effort_days", "external_share", "min_length_days", "after")
    return {name: getattr(task, name) for name in kept}


def edited(
    interview: Interview, model: PhaseModel, given: Mapping[str, GivenAnswer], before: Scenario = DEFAULTS
) -> Scenario:
    """Return a scenario with answers."""
    return before.with_fields(edit_of(interview, given, before, model, added))


def answers_of(question: CompanyQuestion) -> tuple[GivenAnswer, ...]:
    """Return answers that are not what a plan assumes."""
    if question.field:
        return (int(question.high),)
    return tuple(answer.id for answer in question.answers if answer.values)


def test_who_knows_nothing_changes_nothing(interview: Interview, phase_model: PhaseModel) -> None:
    assert edit_of(interview, {}, DEFAULTS, phase_model, added) == {}
    assert edit_of(interview, dict.fromkeys(q.id for q in interview), DEFAULTS, phase_model, added) == {}
    assert [known_answer(question, DEFAULTS) for question in interview] == [None] * len(interview)


def test_every_answer_is_read_back_and_taken_back(interview: Interview, phase_model: PhaseModel) -> None:
    for question in interview:
        for answer in answers_of(question):
            if question.answer(answer) is not None and answer in {"new", "own"}:
                continue  # sets what is so anyway
            answered = edited(interview, phase_model, {question.id: answer})
            others = known_answers(interview, answered)
            assert others == {other.id: answer if other is question else None for other in interview}
            assert edit_of(interview, others, answered, phase_model, added) == {}
            assert edited(interview, phase_model, {}, answered) == DEFAULTS


def test_an_answer_takes_the_place_of_another_one(interview: Interview, phase_model: PhaseModel) -> None:
    first = edited(interview, phase_model, {"watching": "both", "remote": "each_application"})
    assert first.choices.monitoring is Monitoring.SIEM_AND_MDR
    assert first.company.running == (Running.SIEM, Running.MDR, Running.ZTNA)
    second = edited(interview, phase_model, {"watching": "own_people", "remote": "confirmed"}, first)
    assert second == edited(interview, phase_model, {"watching": "own_people", "remote": "confirmed"})
    assert (second.choices.monitoring, second.choices.remote_access) == (Monitoring.SIEM, RemoteAccess.APP_PROXY)
    assert second.company.running == (Running.SIEM,)


def test_what_runs_is_kept_for_other_questions(interview: Interview, phase_model: PhaseModel) -> None:
    given: dict[str, GivenAnswer] = {"training": "yes", "operator": "today", "watching": "service"}
    answered = edited(interview, phase_model, given)
    assert answered.company.running == (Running.MDR, Running.TRAINING, Running.MANAGED_SERVICE)
    assert answered.choices.operation is Operator.PARTNER
    without = edited(interview, phase_model, given | {"training": "no"}, answered)
    assert without.company.running == (Running.MDR, Running.MANAGED_SERVICE)


def test_what_was_decided_stays_where_the_answer_does_not_name_it(
    interview: Interview, phase_model: PhaseModel
) -> None:
    decided = DEFAULTS.with_fields({"choices.monitoring": Monitoring.MDR})
    assert edited(interview, phase_model, {"watching": "nobody"}, decided) == decided


def test_no_is_an_answer_where_something_was_set_by_hand(interview: Interview, phase_model: PhaseModel) -> None:
    by_hand = DEFAULTS.with_fields({"tasks.edits.mfa_rollout.done": Decimal("0.4")})
    mfa = next(question for question in interview if question.id == "mfa")
    assert known_answer(mfa, by_hand) is None
    assert edited(interview, phase_model, {}, by_hand) == by_hand
    assert edited(interview, phase_model, {"mfa": "no"}, by_hand) == DEFAULTS


def test_of_an_own_task_only_that_it_is_there_counts(interview: Interview, phase_model: PhaseModel) -> None:
    backup = next(question for question in interview if question.id == "backup")
    answered = edited(interview, phase_model, {"backup": "no"})
    own = answered.tasks.own["backup-survives"].model_copy(update={"effort_days": Decimal(20)})
    larger = answered.model_copy(update={"tasks": answered.tasks.model_copy(update={"own": {"backup-survives": own}})})
    assert known_answer(backup, larger) == "no"
    assert value_at(larger, "tasks.own.backup-survives") == value_at(answered, "tasks.own.backup-survives")


def test_questions_about_tasks_that_a_model_lacks_are_not_asked(interview: Interview, phase_model: PhaseModel) -> None:
    assert questions_for(interview, phase_model) == interview
    lacking = tuple(task for task in phase_model.tasks if task.id != "incident_process")
    model = type(phase_model)(lacking, phase_model.measures)
    assert {"incident"} == {q.id for q in interview} - {q.id for q in questions_for(interview, model)}


def test_each_question_moves_the_plan(found: dict[str, AnswerRange], interview: Interview) -> None:
    assert len(interview) == len(found) == 20
    assert [one for one, question in found.items() if not (question.budget_spread or question.finish_spread_days)] == []


def test_a_range_begins_with_the_plan_and_has_each_answer(found: dict[str, AnswerRange], default: Plan) -> None:
    network = found["network_age"]
    assert [effect.answer for effect in network.effects] == [None, "new", "mixed", "old"]
    assert network.effects[0].budget == network.effects[1].budget == default.headlines.introduction_budget
    assert network.effects[0].finish == default.headlines.finish_date
    assert network.budget_spread == max(o.budget or 0 for o in network.effects) - default.headlines.introduction_budget


def test_a_slower_team_is_later_and_saves_nothing(found: dict[str, AnswerRange], default: Plan) -> None:
    team = found["team_time"]
    assert team.sets_team
    assert team.budget_spread == 0
    assert team.finish_spread_days > 366
    assert team.effects[1].finish == default.headlines.finish_date


def test_as_many_as_a_company_of_this_size_may_have_are_tried(found: dict[str, AnswerRange]) -> None:
    assert [effect.answer for effect in found["frontline"].effects] == [None, 0, 60]
    assert [effect.answer for effect in found["sites"].effects] == [None, 1, 5]


def test_a_number_that_fits_no_other_field_is_not_tried(
    price_book: PriceBook, phase_model: PhaseModel, interview: Interview
) -> None:
    many = STARTED.with_fields({"company.admins": 100})
    made = plan_for(case_of(many, price_book, phase_model, today=TODAY))
    (frontline,) = ranges(made, tuple(q for q in interview if q.id == "frontline"), added)
    assert [effect.answer for effect in frontline.effects] == [None, 0]


def test_where_a_price_is_missing_only_the_finish_is_compared(
    price_book: PriceBook, phase_model: PhaseModel, interview: Interview
) -> None:
    rows = tuple(row for row in price_book.prices if row.id != "cloud-siem")
    book = type(price_book)(rows, price_book.rates)
    made = plan_for(case_of(STARTED, book, phase_model, today=TODAY))
    assert not made.is_complete
    (mfa,) = ranges(made, tuple(q for q in interview if q.id == "mfa"), added)
    assert mfa.budget_spread == 0
    assert mfa.effects[0].budget is None
    assert mfa.finish_spread_days


def test_a_task_that_an_answer_brings_back_holds_nothing_up(
    price_book: PriceBook, phase_model: PhaseModel, interview: Interview, found: dict[str, AnswerRange]
) -> None:
    agreed = edited(interview, phase_model, {"works_council": "agreed"}, STARTED)
    made = plan_for(case_of(agreed, price_book, phase_model, today=TODAY))
    (council,) = ranges(made, tuple(q for q in interview if q.id == "works_council"), added)
    assert council.answer == "agreed"
    assert council.budget_spread < 2 * found["works_council"].budget_spread  # its days, not four months of licences


def test_no_answer_contradicts_itself(price_book: PriceBook, phase_model: PhaseModel, interview: Interview) -> None:
    for question in interview:
        for answer in answers_of(question):
            given = edited(interview, phase_model, {question.id: answer}, STARTED)
            made = plan_for(case_of(given, price_book, phase_model, today=TODAY))
            codes = {finding.code for finding in made.findings}
            assert not codes & {Code.TASKS_DONE_WITHOUT_TASK, Code.RUNNING_NOT_CHOSEN}, (question.id, answer)
            assert Severity.BLOCKING not in {finding.severity for finding in made.findings}


def test_a_proposed_task_that_an_answer_added_is_tried_without(
    price_book: PriceBook, phase_model: PhaseModel, interview: Interview, found: dict[str, AnswerRange]
) -> None:
    without_backup = edited(interview, phase_model, {"backup": "no"}, STARTED)
    made = plan_for(case_of(without_backup, price_book, phase_model, today=TODAY))
    (backup,) = ranges(made, tuple(q for q in interview if q.id == "backup"), added)
    assert [effect.answer for effect in backup.effects] == ["no", "yes", "no"]
    assert backup.budget_spread == found["backup"].budget_spread
