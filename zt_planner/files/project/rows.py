"""The lines of a project file: the project, the steps, their tasks, MFA for all, and the steering of the whole.

Decides what each line costs, takes and waits for. Cash stands with the task
with which it begins, for the whole horizon; what belongs to no task
(coordination, contingency) with the steering. Laws: the costs of the lines that
are no summaries add up to the plan's cash; a step spans its tasks; a task's
number stays the same from one export to the next.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import TypeAlias

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import CostLine, ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.engine.figures import mfa_tasks
from zt_planner.engine.plan import AnyPlan, calendar_of_plan
from zt_planner.engine.scheduling.calendar import BeyondLimitError, WorkCalendar
from zt_planner.files.project.marks import (
    DONE,
    MFA_MILESTONE,
    PLAN,
    STEERING,
    STEP,
    TASK,
    Facts,
    LineProgress,
    plan_facts,
    progress_of,
    progress_of_all,
)
from zt_planner.files.project.xml_text import SECONDS_A_DAY
from zt_planner.topics.labels import label
from zt_planner.topics.sentence import LOWER_BOUNDS, headline_sentence
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.task_words import task_name, wait_text
from zt_planner.topics.view import AnyView, StoppedView, View

PROJECT_UID, MFA_UID, STEERING_UID, STEP_UIDS, OWN_UIDS, MOST_OWN_UIDS = 0, 8_998, 8_999, 9_000, 10_000, 900_000
"""Numbers of lines: tasks of the model count from 1, own ones have one made of their id."""


class Constraint(IntEnum):
    """What holds the start of a task in Project, beside its links."""

    AS_SOON_AS_POSSIBLE = 0
    MUST_START_ON = 2
    NO_EARLIER_THAN = 4


@dataclass(frozen=True, slots=True)
class PredecessorLink:
    """A task that comes before, by its line's number, and how many weeks of calendar time lie between."""

    uid: int
    wait_weeks: int


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of the file. Work in seconds; a summary's figures are those of the lines below it.

    `progress` is None without a status date, and of what belongs to no task. `done` is the share of a task that was
    done before the plan begins.
    """

    uid: int
    level: int
    name: str
    start: date
    finish: date
    length_days: int
    internal: int
    external: int
    cost: Decimal
    mark: str
    facts: str = ""
    is_summary: bool = False
    is_milestone: bool = False
    is_critical: bool = False
    constraint: Constraint = Constraint.AS_SOON_AS_POSSIBLE
    links: tuple[PredecessorLink, ...] = ()
    notes: tuple[str, ...] = field(default=())
    progress: LineProgress | None = None
    done: Decimal = ZERO

    @property
    def key(self) -> str:
        """What tells it from others, the same in another state of the plan."""
        return self.mark if self.level else PLAN


Baseline: TypeAlias = "Mapping[str, ProjectRow]"
"""Lines of the plan that another one is measured against, by their keys."""


def baseline_rows(rows: Sequence[ProjectRow], view: AnyView) -> Baseline:
    """Return the lines that those of a plan are measured against: the same, where it has no reference."""
    reference = view.reference_view if isinstance(view, View) else None
    return {row.key: row for row in (rows if reference is None else project_rows(reference))}


def project_rows(view: AnyView) -> tuple[ProjectRow, ...]:
    """Return the lines in order, the project's own first."""
    plan = view.plan
    start = plan.case.start
    calendar = calendar_of_plan(plan)
    below = tuple(_lines_below(view, calendar))
    first = min((row.start for row in below), default=start)
    notes = tuple(map(view.language.write, stamp_of(view)))
    if isinstance(view, StoppedView):
        notes = (view.language.write(headline_sentence(view)), *notes)
    elif not view.plan.is_complete:
        notes = (*notes, missing_prices_note(view))
    mark = f"{PLAN}{plan.scenario.version}"
    name, marks = view.language.write(document_title(view)), (mark, plan_facts(plan))
    return (_summary(PROJECT_UID, 0, name, marks, below, calendar, first, notes), *below)


def _lines_below(view: AnyView, calendar: WorkCalendar) -> Iterator[ProjectRow]:
    """Yield each step with its tasks by their start, then the day of MFA for all, and the steering."""
    plan, language = view.plan, view.language
    uids, lines = uids_of(view), lines_by_task(plan)
    for step in Step:
        tasks = sorted((task for task in plan.tasks if task.task.step is step), key=lambda task: task.start)
        rows = [_task_row(task, view, uids, lines.get(task.task.id, ()), calendar) for task in tasks]
        if rows:
            name = language.write(label(step))
            marks = (f"{STEP}{step}", "")
            yield _summary(STEP_UIDS + int(step), 1, name, marks, rows, calendar, rows[0].start, ())
            yield from rows
    if isinstance(view, View):
        yield from _done_before(view, uids)
        yield from _mfa_milestone(view, uids)
        yield from _coordination(view, lines.get("", ()), calendar)


def _summary(  # noqa: PLR0913, PLR0917 - the parts of a line
    uid: int,
    level: int,
    name: str,
    marks: tuple[str, str],
    below: Sequence[ProjectRow],
    calendar: WorkCalendar,
    first: date,
    notes: Sequence[str],
) -> ProjectRow:
    """Return a line that stands for those below it."""
    leaves = [row for row in below if not row.is_summary]
    last = max((row.finish for row in leaves), default=first)
    return ProjectRow(
        uid=uid,
        level=level,
        name=name,
        start=first,
        finish=last,
        length_days=calendar.count(first, last) if leaves else 0,
        internal=sum(row.internal for row in leaves),
        external=sum(row.external for row in leaves),
        cost=sum((row.cost for row in leaves), ZERO),
        mark=marks[0],
        facts=marks[1],
        is_summary=True,
        is_critical=any(row.is_critical for row in leaves),
        notes=tuple(notes),
        progress=progress_of_all([row.progress for row in leaves if row.progress is not None and not row.is_milestone]),
    )


def _task_row(
    task: ScheduledTask, view: AnyView, uids: Mapping[str, int], lines: Sequence[CostLine], calendar: WorkCalendar
) -> ProjectRow:
    by_id = {other.task.id: other for other in view.plan.tasks}
    internal, external = (round(days * SECONDS_A_DAY) for days in task.work.whole)
    progress, done = progress_of(task, view.plan), view.plan.scenario.tasks.given_for(task.task.id).done
    return ProjectRow(
        uid=uids[task.task.id],
        level=2,
        name=view.language.write(task_name(task.task)),
        start=task.start,
        finish=task.finish,
        length_days=task.length_days,
        internal=internal,
        external=external,
        cost=total_of(lines),
        mark=f"{TASK}{task.task.id}",
        facts=Facts(task.start, task.length_days, internal + external, progress, done).text,
        is_critical=task.is_critical,
        constraint=constraint_of(task, [by_id[key] for key in task.after], calendar),
        links=tuple(PredecessorLink(uids[key], by_id[key].task.wait_weeks) for key in task.after),
        notes=(*tuple(map(view.language.write, wait_text(task))), *cost_notes(lines, view)),
        progress=progress,
        done=done,
    )


def constraint_of(task: ScheduledTask, before: Sequence[ScheduledTask], calendar: WorkCalendar) -> Constraint:
    """Return what holds a task's start: its fixed date; the teams or another date; or its links alone."""
    if task.keeps_date:
        return Constraint.MUST_START_ON
    is_held = start_by_links([(other.finish, other.task.wait_weeks) for other in before], calendar) != task.start
    return Constraint.NO_EARLIER_THAN if is_held else Constraint.AS_SOON_AS_POSSIBLE


def start_by_links(before: Sequence[tuple[date, int]], calendar: WorkCalendar) -> date | None:
    """Return the first day that finishes and the waits after them allow; None past the end of the calendar."""
    try:
        first = calendar.index_from(calendar.start)
        after = (calendar.index_after_wait(calendar.index_from(finish), weeks) for finish, weeks in before)
        return calendar.day(max((first, *after)))
    except BeyondLimitError:
        return None


def _done_before(view: View, uids: Mapping[str, int]) -> Iterator[ProjectRow]:
    """Yield a line without work or cost, on the plan's first day, for each task that was done before it begins."""
    first = view.figures.start_date
    for task in view.case.done:
        name = view.language.write(task_name(task))
        yield ProjectRow(
            uid=uids[task.id],
            level=1,
            name=view.language.say("Done before: {task}", task=name),
            start=first,
            finish=first,
            length_days=0,
            internal=0,
            external=0,
            cost=ZERO,
            mark=f"{DONE}{task.id}",
            facts=Facts(first, 0, 0, done=Decimal(1)).text,
            is_milestone=True,
            progress=LineProgress(0, 0, first, first),
            done=Decimal(1),
        )


def _mfa_milestone(view: View, uids: Mapping[str, int]) -> Iterator[ProjectRow]:
    """Yield a line without work or cost for the day on which everyone has MFA; it follows the tasks that lead there."""
    figures, before = view.plan.headlines, mfa_tasks(view.plan.tasks)
    if figures.mfa_date is not None:
        is_reached = all(task.state is TaskState.DONE for task in before)
        yield ProjectRow(
            uid=MFA_UID,
            level=1,
            name=view.language.say("Everyone has MFA"),
            start=figures.mfa_date,
            finish=figures.mfa_date,
            length_days=0,
            internal=0,
            external=0,
            cost=ZERO,
            mark=MFA_MILESTONE,
            is_milestone=True,
            links=tuple(PredecessorLink(uids[task.task.id], 0) for task in before),
            progress=LineProgress(0, 0, figures.mfa_date, figures.mfa_date) if is_reached else None,
        )


def _coordination(view: View, lines: Sequence[CostLine], calendar: WorkCalendar) -> Iterator[ProjectRow]:
    """Yield a line for what belongs to no task: coordination of both teams, and contingency."""
    figures, plan = view.plan.headlines, view.plan
    internal = figures.internal_days - sum(task.work.whole.internal for task in plan.tasks)
    external = figures.external_days - sum(task.work.whole.external for task in plan.tasks)
    if not (lines or internal or external):
        return
    first = calendar.day(calendar.index_from(figures.start_date))
    yield ProjectRow(
        uid=STEERING_UID,
        level=1,
        name=view.language.say("Coordination and contingency"),
        start=first,
        finish=figures.finish_date,
        length_days=calendar.count(first, figures.finish_date),
        internal=round(internal * SECONDS_A_DAY),
        external=round(external * SECONDS_A_DAY),
        cost=total_of(lines),
        mark=STEERING,
        notes=tuple(cost_notes(lines, view)),
    )


def uids_of(view: AnyView) -> Mapping[str, int]:
    """Return each task's number: its place in the model, or one made of its id, the next free one where it is taken."""
    uids = {task.id: index for index, task in enumerate(view.case.base_model.tasks, start=1)}
    taken: set[int] = set()
    known = (*(task.task.id for task in view.plan.tasks), *(task.id for task in view.case.done))
    for key in sorted(set(known) - uids.keys()):
        number = zlib.crc32(key.encode()) % MOST_OWN_UIDS
        while number in taken:
            number = (number + 1) % MOST_OWN_UIDS
        taken.add(number)
        uids[key] = OWN_UIDS + number
    return uids


# Costs


def lines_by_task(plan: AnyPlan) -> Mapping[str, Sequence[CostLine]]:
    """Return the lines of cash by task; those of no task of the plan under an empty id."""
    known = {task.task.id for task in plan.tasks}
    by_task: dict[str, list[CostLine]] = defaultdict(list)
    for line in plan.cost_lines:
        if line.is_cash:
            by_task[line.task_id if line.task_id in known else ""].append(line)
    return by_task


def total_of(lines: Sequence[CostLine]) -> Decimal:
    """Return the sum of the known amounts."""
    return sum((line.amount for line in lines if line.amount is not None), ZERO)


def cost_notes(lines: Sequence[CostLine], view: AnyView) -> Iterator[str]:
    """Yield what a cost is made of, and whether something in it has no price."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[view.language.write(label(line.category))] += line.amount or ZERO
    if sums:
        months = len(view.plan.months)
        yield view.language.plural("Cost within {n} month, net:", "Cost within {n} months, net:", months)
    for name, amount in sums.items():
        yield view.language.labelled(name, view.language.money(amount, 2))
    if any(line.amount is None for line in lines):
        yield missing_prices_note(view)


def missing_prices_note(view: AnyView) -> str:
    """Say that prices are missing."""
    return view.language.write(LOWER_BOUNDS)
