"""The laws of answers about a company: what is answered is what the scenario holds, in whatever order and place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import small_scenario
from zt_planner.bootstrap import interview, phase_model
from zt_planner.domain.data.interview import CompanyQuestion
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.interview import GivenAnswer, edit_of, is_held, known_answer, value_at
from zt_planner.files.scenario_json import with_values

MOST = 3
roomy_scenario = small_scenario.filter(lambda scenario: scenario.company.employees > MOST)
"""A company with as many people as an answer may count."""
OWN_TASK = {"step": "3", "name": "A task", "effort_days": 8}


def answers_to(question: CompanyQuestion) -> st.SearchStrategy[GivenAnswer]:
    """Draw an answer to a question, or none."""
    if question.field:
        return st.none() | st.integers(1, MOST)
    return st.none() | st.sampled_from([answer.id for answer in question.answers])


answers = st.fixed_dictionaries({question.id: answers_to(question) for question in interview()})


def answered(scenario: Scenario, given_answers: dict[str, GivenAnswer]) -> Scenario:
    """Return a scenario with answers; with those that it holds where none is given."""
    return with_values(scenario, edit_of(interview(), given_answers, scenario, phase_model(), lambda _: OWN_TASK))


@given(roomy_scenario, answers)
def test_a_scenario_holds_what_was_answered(scenario: Scenario, given_answers: dict[str, GivenAnswer]) -> None:
    after = answered(scenario, given_answers)
    for question in interview():
        answer = given_answers[question.id]
        offered = question.answer(answer)
        if question.field and answer is not None:
            assert value_at(after, question.field) == answer
        elif offered is not None:
            assert is_held(question, offered, after), (question.id, answer)
        else:
            assert known_answer(question, after) is None


@given(roomy_scenario, answers, answers)
def test_a_company_that_answers_twice_has_its_last_answers(
    scenario: Scenario, first: dict[str, GivenAnswer], last: dict[str, GivenAnswer]
) -> None:
    every: dict[str, GivenAnswer] = {question: answer for question, answer in last.items() if answer is not None}
    assert answered(answered(scenario, first), first | every).company == answered(scenario, first | every).company


@given(answers)
def test_taken_back_it_is_the_default(given_answers: dict[str, GivenAnswer]) -> None:
    assert answered(answered(Scenario(), given_answers), {}) == Scenario()
