"""What a cyber insurer asks, and from when on a plan lets the company answer yes (M30)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import book, left_out, model, plan, proposal, question, quiet, task
from zt_planner.domain.data.rules import InsurerQuestion, Rules
from zt_planner.engine.nis2.insurance import AnswerState, InsurerAnswer, insurer_answers

TASKS = (
    task("first"),
    task("second", after=("first",)),
    task("hardware", after=("first",), falls_away_when="full_reuse"),
    task("gateway", after=("second",), falls_away_when="keep_vpn"),
)


def answered(asked: InsurerQuestion, changes: dict[str, Any] | None = None, **fields: Any) -> InsurerAnswer:  # noqa: ANN401
    given = quiet(**fields)
    for path, value in (changes or {}).items():
        given = given.changed(path, value)
    phase_model = model(*TASKS, rules=Rules((), (asked,), (proposal("backup"),)))
    (result,) = insurer_answers(plan(given, book(), phase_model))
    return result


def test_all_tasks_must_be_finished_or_the_first_of_any() -> None:
    all_of_them = answered(question("q", "first", "second"))
    any_of_them = answered(question("q", "first", "second", needs_all=False))
    assert (all_of_them.state, all_of_them.by_task) == (AnswerState.YES, "second")
    assert (any_of_them.state, any_of_them.by_task) == (AnswerState.YES, "first")
    assert all_of_them.since is not None
    assert any_of_them.since is not None
    assert any_of_them.since < all_of_them.since


def test_a_task_that_is_not_needed_is_not_waited_for() -> None:
    assert answered(question("q", "first", "hardware")).by_task == "first"


def test_of_two_alternatives_the_one_that_is_done_counts_though_there_is_nothing_to_do_for_the_other() -> None:
    result = answered(question("q", "hardware|second"))
    assert (result.state, result.by_task) == (AnswerState.YES, "second")
    assert answered(question("q", "hardware|gateway"), choices__remote_access="vpn").missing == ()


@pytest.mark.parametrize(
    ("fields", "missing"),
    [({"choices__remote_access": "vpn"}, "gateway"), ({"changes": left_out(("second",))}, "second")],
)
def test_a_task_that_was_chosen_away_keeps_the_question_open(fields: dict[str, Any], missing: str) -> None:
    result = answered(question("q", "first", missing), **fields)
    assert (result.state, result.since, result.missing) == (AnswerState.OPEN, None, (missing,))
    assert answered(question("q", "first", missing, needs_all=False), **fields).state is AnswerState.YES
    assert answered(question("q", missing, needs_all=False), **fields).missing == (missing,)


def test_tasks_that_the_model_does_not_have_answer_nothing() -> None:
    assert answered(question("q", "unknown")) == InsurerAnswer(question("q", "unknown"), AnswerState.OPEN)


@pytest.mark.parametrize(
    ("monitoring", "state"),
    [("siem", AnswerState.CHOICE), ("none", AnswerState.CHOICE), ("mdr", AnswerState.YES)],
)
def test_a_question_that_asks_for_a_choice_is_open_without_it(monitoring: str, state: AnswerState) -> None:
    asked = question("q", "first", monitoring=("mdr", "siem_and_mdr"))
    assert answered(asked, choices__monitoring=monitoring).state is state


def test_what_needs_a_task_outside_the_five_steps_is_partly_answered_until_that_is_in_the_plan() -> None:
    asked = question("q", "first", own_task="backup")
    without = answered(asked)
    assert (without.state, without.since) == (AnswerState.OUTSIDE, None)
    own = {"step": "3", "name": "Backup", "effort_days": 2, "after": ["second"]}
    with_it = answered(asked, tasks__own={"backup": own})
    assert (with_it.state, with_it.by_task) == (AnswerState.YES, "backup")
    assert with_it.partly_from == without.partly_from
    early = answered(question("q", "second", own_task="backup"), tasks__own={"backup": {**own, "after": []}})
    assert early.by_task == "second"


def test_where_something_stays_open_whatever_the_plan_does_the_answer_is_no_yes() -> None:
    result = answered(question("q", "first", open="a list"))
    assert (result.state, result.since, result.by_task) == (AnswerState.PARTLY, None, "first")
    assert result.partly_from is not None
    watched = question("q", "first", open="not at night", monitoring=("mdr",))
    assert answered(watched, choices__monitoring="mdr").state is AnswerState.YES


def test_an_own_task_that_is_out_of_scope_does_not_count() -> None:
    own = {"step": "3", "name": "Backup", "effort_days": 2, "in_scope": False}
    assert answered(question("q", "first", own_task="backup"), tasks__own={"backup": own}).state is AnswerState.OUTSIDE
