"""The statement of work: every open task once, its days, dates and money those of the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.papers import situation
from zt_planner.bootstrap import phase_model
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.work import Parties, WorkScope
from zt_planner.language import LanguageCode, language_for
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.decisions.blocks import own_requests
from zt_planner.topics.statement_of_work import TO_BE_AGREED, part_name, parts_of, work_group
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import View, no_draws

ENGLISH = language_for(LanguageCode.ENGLISH)
WHOLE = WorkScope()


def tasks_in(view: View, scope: WorkScope) -> list[str]:
    """Return the names of the tasks that have a section."""
    steps = [block for block in work_group(view, scope).blocks if isinstance(block, Group)]
    return [view.language.write(task.heading) for step in steps for task in step.blocks if isinstance(task, Group)]


def said(view: View, scope: WorkScope) -> str:
    """Return all sentences, those of tasks included."""
    found: list[str] = []
    waiting = [*work_group(view, scope).blocks]
    while waiting:
        block = waiting.pop(0)
        if isinstance(block, Group):
            waiting = [*block.blocks, *waiting]
        elif isinstance(block, Sentence):
            found.append(view.language.write(block.text))
    return "\n".join(found)


def table(view: View, scope: WorkScope) -> list[tuple[str, ...]]:
    """Return the rows of the table, the sum last."""
    (block,) = [block for block in work_group(view, scope).blocks if isinstance(block, TableBlock)]
    return [tuple(map(view.language.write, row)) for row in block.table.rows]


def test_the_whole_plan_has_each_task_once_and_the_plan_s_days_and_money() -> None:
    view = situation("default")
    plan = view.plan
    assert Counter(tasks_in(view, WHOLE)) == Counter(ENGLISH.write(task_name(task.task)) for task in plan.tasks)
    consultant, team = (
        sum((days[index] for days in (task.work.whole for task in plan.tasks)), Fraction(0)) for index in (1, 0)
    )
    total = table(view, WHOLE)[-1]
    assert [Decimal(cell) for cell in total[-2:]] == [round(Decimal(float(days)), 2) for days in (consultant, team)]
    fees = [line for line in plan.cost_lines if line.category is CostCategory.CONSULTANT]
    of_tasks = sum((line.amount or Decimal(0) for line in fees if line.task_id), Decimal(0))
    of_none = sum((line.amount or Decimal(0) for line in fees if not line.task_id), Decimal(0))
    assert f"come to {ENGLISH.money(of_tasks, 2)} without VAT" in said(view, WHOLE)
    assert f"not part of it: {ENGLISH.money(of_none, 2)}." in said(view, WHOLE)


def test_stages_and_steps_share_out_the_tasks() -> None:
    view = situation("default")
    parts = parts_of(view.plan)
    stages, steps = ([part for part in parts if isinstance(part, Step) is is_step] for is_step in (False, True))
    for kind in (stages, steps):
        of_parts = [name for part in kind for name in tasks_in(view, WorkScope((part,)))]
        assert Counter(of_parts) == Counter(tasks_in(view, WHOLE))
    first = WorkScope((Step.IDENTITIES, stages[0]))
    assert set(tasks_in(view, first)) == {
        *tasks_in(view, WorkScope(first.parts[:1])),
        *tasks_in(view, WorkScope(first.parts[1:])),
    }
    assert ENGLISH.write(part_name(stages[0], view.plan)) in said(view, first)


def test_the_consultant_alone_has_no_task_and_no_sentence_of_the_own_team() -> None:
    view, alone = situation("default"), WorkScope((), Parties.CONSULTANT)
    assert all(Decimal(row[-1]) > 0 for row in table(view, alone))
    assert "Own team:" in said(view, WHOLE)
    assert "Own team:" not in said(view, alone)
    assert "The dates hold if the own team does its part as planned" in said(view, alone)


def test_an_offer_names_no_chance_and_says_which_days_of_the_own_team_it_counts() -> None:
    view, alone = situation("default"), WorkScope((), Parties.CONSULTANT)
    for scope in (WHOLE, WorkScope((1,)), alone):
        assert not [line for line in said(view, scope).splitlines() if " sure" in line or "chance" in line.lower()]
    assert "The own team's days are as planned, without coordination." in said(view, WHOLE)
    assert "on the tasks of the whole plan, without coordination." in said(view, alone)
    (work,) = [answer for answer in own_requests(view) if "(" in ENGLISH.write(answer.why)]
    assert ENGLISH.write(work.why).startswith("with 80% confidence, coordination included (")
    (planned,) = [answer for answer in own_requests(replace(view, draws=no_draws)) if "(" in ENGLISH.write(answer.why)]
    assert ENGLISH.write(planned.why).startswith("with coordination (")


def test_what_is_finished_is_not_agreed_on_again() -> None:
    view = situation("under way")
    finished = {ENGLISH.write(task_name(task.task)) for task in view.plan.tasks if task.state == "done"}
    assert finished
    assert not finished & set(tasks_in(view, WHOLE))
    assert "What was finished by" in said(view, WHOLE)
    assert "without VAT" not in said(view, WHOLE), "what was invoiced is no price of days"


def test_an_own_task_says_that_it_is_still_to_be_agreed() -> None:
    view = situation("many own tasks")
    assert ENGLISH.write(TO_BE_AGREED) in said(view, WHOLE)
    assert ENGLISH.write(TO_BE_AGREED) not in said(situation("default"), WHOLE)


def test_parts_that_a_plan_no_longer_has_cover_no_task() -> None:
    assert "It covers no task" in said(situation("default"), WorkScope((99,)))


def test_every_task_of_the_model_is_described_with_who_works_on_it() -> None:
    model = phase_model()
    described = {row.task: row for row in model.rules.deliverables}
    assert list(described) == [task.id for task in model.tasks]
    for task in model.tasks:
        assert bool(described[task.id].consultant) == (task.external_share > 0), task.id


@pytest.mark.parametrize("code", LanguageCode)
def test_it_is_written_in_every_language(code: LanguageCode) -> None:
    text = said(situation("default", code), WHOLE)
    assert (code is LanguageCode.ENGLISH) == ("Delivered:" in text)
