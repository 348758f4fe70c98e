"""What a consultant and a company agree on, task by task: what is delivered, how it is accepted, who does what.

Decides which tasks a statement covers, and how it is put; the texts are those of deliverables.csv. Laws: days, dates
and, before the work begins, the consultant's amount are the plan's own; what is finished is not agreed on again; a
task that nobody has described says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from zt_planner.domain import units
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.rules import Deliverable
from zt_planner.domain.plan import CostLine, ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.work import Parties, WorkScope
from zt_planner.engine.plan import Plan
from zt_planner.engine.stages import stages_of
from zt_planner.errors import msgid
from zt_planner.language import Labelled, LongDay, Plural, Text, Words, quantity, sentences, series
from zt_planner.topics.block import Block, Group, Sentence, TableBlock
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import View

PARTIES = {
    Parties.BOTH: msgid("Consultant and own team"),
    Parties.CONSULTANT: msgid("The consultant alone"),
}


@dataclass(frozen=True, slots=True)
class _WorkRow:
    """A task in the table of a statement, or their sum; days are person-days."""

    name: Words
    start: date | None
    finish: date | None
    consultant: Fraction
    team: Fraction


DETAILS: dict[str, tuple[str, bool]] = {
    "delivered": (msgid("Delivered"), False),
    "accepted": (msgid("Accepted when"), False),
    "consultant": (msgid("Consultant"), False),
    "team": (msgid("Own team"), True),
    "assumed": (msgid("Assumed"), False),
    "excluded": (msgid("Not included"), False),
}
"""What each text of a deliverable is called, and whether it is about the own team alone."""
TO_BE_AGREED = Text("What is delivered, and how it is accepted, is still to be agreed.")
TERMS = Text(
    "“Signed” means signed by the client, unless others are named. “Listed” means on the list that the client signed "
    "for the task, or in the inventory. A signed exception names its reason."
)


def part_name(part: Step | int, plan: Plan) -> Words:
    """Return what a part of a plan is called: a step, or a stage with its gate."""
    if isinstance(part, Step):
        return label(part)
    return Text("Stage {number}, until {day}", number=str(part), day=stages_of(plan)[part - 1].gate)


def parts_of(plan: Plan) -> tuple[Step | int, ...]:
    """Return the parts that a statement may be about: the steps that have open tasks, and the stages."""
    steps = {task.task.step for task in plan.tasks if task.state is not TaskState.DONE}
    return *sorted(steps), *range(1, len(stages_of(plan)) + 1)


def work_group(view: View, scope: WorkScope) -> Group:
    """Return the statement of work; it names neither the plan's budget nor a chance, for it is an offer to others."""
    plan = view.plan
    tasks = tuple(_covered(plan, scope))
    is_both = scope.parties is Parties.BOTH
    blocks: list[Block] = [Sentence(_scope_sentence(plan, scope, tasks))]
    if tasks:
        blocks.append(Sentence(TERMS))
        blocks = [*blocks, _table(tasks, is_both=is_both), *_closing(plan, tasks, is_both=is_both)]
    steps = (
        Group(f"work-{step}", label(step), tuple(_task_group(view, task, is_both=is_both) for task in of_step))
        for step, of_step in groupby(tasks, lambda task: task.task.step)
    )
    return Group("statement_of_work", Text("Statement of work"), (*blocks, *steps))


def _covered(plan: Plan, scope: WorkScope) -> Iterator[ScheduledTask]:
    """Yield the open tasks of a scope by step and start; those without a consultant's work only where both work."""
    stages = stages_of(plan)
    numbers = {
        task.task.id: number
        for number, stage in reversed([*enumerate(stages, 1)])
        for task in plan.tasks
        if task.finish <= stage.gate
    }
    for task in sorted(plan.tasks, key=lambda task: (task.task.step, task.start, task.finish)):
        is_covered = scope.covers(task.task.step, numbers.get(task.task.id))
        is_worked_on = scope.parties is Parties.BOTH or task.work.whole.external > 0
        if is_covered and is_worked_on and task.state is not TaskState.DONE:
            yield task


def _scope_sentence(plan: Plan, scope: WorkScope, tasks: Sequence[ScheduledTask]) -> Words:
    if not tasks:
        return Text("It covers no task: what it is about is finished, or not in the plan.")
    count = Plural("{n} task", "{n} tasks", len(tasks))
    text = Text("It covers the whole plan: {count}.", count=count)
    if scope.parts:
        parts = series(part_name(part, plan) for part in parts_of(plan) if part in scope.parts)
        text = Text("It covers {count} of this plan: {parts}.", count=count, parts=parts)
    at = plan.scenario.status.at
    if at is None:
        return text
    return sentences(text, Text("What was finished by {day} is not part of it.", day=LongDay(at)))


def _table(tasks: Iterable[ScheduledTask], *, is_both: bool) -> TableBlock:
    rows = [
        _WorkRow(task_name(task.task), task.start, task.finish, task.work.whole.external, task.work.whole.internal)
        for task in tasks
    ]
    total = _WorkRow(
        Text("Total"), None, None, _days(rows, lambda row: row.consultant), _days(rows, lambda row: row.team)
    )
    columns: tuple[Column[_WorkRow], ...] = (
        Column(Text("Task"), words=lambda row: row.name),
        Column(Text("Start"), units.DAY, lambda row: row.start),
        Column(Text("Finish"), units.DAY, lambda row: row.finish),
        Column(Text("Consultant, days"), units.PERSON_DAYS, lambda row: row.consultant),
        Column(Text("Own team, days"), units.PERSON_DAYS, lambda row: row.team),
    )
    return TableBlock(Text("Work"), table_of(columns if is_both else columns[:-1], (*rows, total)), has_sum=True)


def _days(rows: Iterable[_WorkRow], of: Callable[[_WorkRow], Fraction]) -> Fraction:
    return sum(map(of, rows), Fraction(0))


def _closing(plan: Plan, tasks: Sequence[ScheduledTask], *, is_both: bool) -> Iterator[Sentence]:
    """Yield what the consultant's days come to, where day rates may be seen, and what else the dates rest on."""
    ids = {task.task.id for task in tasks}
    of_tasks, of_none = _fees(plan, ids), _fees(plan, {""})
    if plan.scenario.status.is_under_way:
        yield Sentence(Text("Tasks that have begun stand with all of their days."))
    elif plan.shows_labour and any(line.amount for line in of_tasks):
        text = Text("The consultant's days come to {amount} without VAT.", amount=sum_text(of_tasks, 2))
        besides = Text("Coordinating the whole plan is not part of it: {amount}.", amount=sum_text(of_none, 2))
        yield Sentence(sentences(text, besides if of_none else ""))
    if is_both:
        yield Sentence(Text("The own team's days are as planned, without coordination."))
    else:
        own = sum((task.work.whole.internal for task in plan.tasks if task.state is not TaskState.DONE), Fraction(0))
        days = quantity(own, units.PERSON_DAYS, is_brief=True)
        yield Sentence(
            Text(
                "The dates hold if the own team does its part as planned: {days} on the tasks of the whole plan, "
                "without coordination.",
                days=days,
            )
        )


def _fees(plan: Plan, task_ids: Collection[str]) -> list[CostLine]:
    """Return what the consultant is paid for some tasks, or for what belongs to none."""
    consultant = (line for line in plan.cost_lines if line.category is CostCategory.CONSULTANT)
    return [line for line in consultant if line.task_id in task_ids]


def _task_group(view: View, task: ScheduledTask, *, is_both: bool) -> Group:
    described = _deliverable_of(view.plan, task.task.id)
    blocks = (Sentence(TO_BE_AGREED),) if described is None else tuple(_details(described, is_both=is_both))
    return Group(f"work-{task.task.id}", task_name(task.task), blocks)


def _deliverable_of(plan: Plan, task_id: str) -> Deliverable | None:
    """Return what a task delivers: by the plan's catalogue, otherwise as the program has it."""
    used = plan.scenario.display.catalogue
    of_catalogue = () if used is None else used.deliverables
    described = next((row for row in of_catalogue if row.task == task_id), None)
    return described or plan.case.base_model.rules.deliverable_of(task_id)


def _details(described: Deliverable, *, is_both: bool) -> Iterator[Sentence]:
    for name, (title, is_of_team) in DETAILS.items():
        text = getattr(described, name)
        if text and (is_both or not is_of_team):
            yield Sentence(Labelled(Text(title), Text(text)))
