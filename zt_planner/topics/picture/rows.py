"""The roadmap of the picture: a row a step, and below a step that is opened a row for each of its tasks.

Decides which spans of work, waits and marks a row holds, and what each says.
Colours carry no meaning alone: waits are hatched, what is critical is outlined,
and so is, lighter, what is left of a plan that is under way. Laws: a task's bar
covers its days; a step's bars cover those of its tasks, and two of them lie
further apart than a weekend; of a plan under way, what has slipped most stands first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.progress import TaskState
from zt_planner.language import DayInYear, Labelled, Listed, Plural, ShortDay, Span, Text, Words
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.marks import is_marked, task_marks
from zt_planner.topics.task_words import (
    before_name,
    days_later,
    days_text,
    is_reference,
    slack_text,
    task_name,
    work_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.topics.picture.time_axis import AxisPart, Canvas

DAY = timedelta(days=1)
LONGEST_REST = 4
"""Days between the last day of one span of work and the first of the next: a weekend and a day off."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days on the axis, and what it says when it is pointed at."""

    span: AxisPart
    text: Words


@dataclass(frozen=True, slots=True)
class FixedStart:
    """A day that was set for a task, kept or not."""

    at: float
    text: Words


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One row: a step, or a task; `id` tells rows apart, `end` is where the last of its spans ends.

    `ghosts` are the same row's spans in the plan before; `tasks` stand below a step while it `is_open`. A row with a
    `letter` is a thin one of one plan, below those of other plans with the same name. With a status date, `left` are
    the parts of the bars that are not done, and `later` says by how much the row has slipped.
    """

    id: str
    name: Words
    dates: Words
    text: Words
    colour: str
    bars: tuple[Bar, ...]
    waits: tuple[Bar, ...]
    critical: tuple[AxisPart, ...]
    fixed: tuple[FixedStart, ...]
    ghosts: tuple[Bar, ...]
    end: float
    tasks: tuple[PictureRow, ...] = ()
    is_open: bool = False
    letter: str = ""
    left: tuple[AxisPart, ...] = ()
    later: Words = ""
    days_later: int = 0


def rows_of(canvas: Canvas, opened: Collection[Step]) -> Iterator[PictureRow]:
    """Yield a row for each step that has tasks."""
    yield from _slipped_first((_step_row(*each, canvas, opened) for each in tasks_by_step(canvas.plan)), canvas.plan)


def _slipped_first(rows: Iterable[PictureRow], plan: Plan) -> tuple[PictureRow, ...]:
    """Put what has slipped most first; before the work has begun nothing has, and rows stay in the plan's order."""
    is_under_way = plan.scenario.status.is_under_way
    return tuple(sorted(rows, key=lambda row: -row.days_later if is_under_way else 0))


def _step_row(step: Step, tasks: Sequence[ScheduledTask], canvas: Canvas, opened: Collection[Step]) -> PictureRow:
    name, count = label(step), Plural("{n} task", "{n} tasks", len(tasks))
    earlier = [] if canvas.before is None else [t for t in canvas.before.tasks if t.task.step is step]
    work = merged_spans((task.start, task.finish) for task in tasks)
    return _row(
        canvas,
        (str(step), name, step),
        tasks,
        [(first, last, _lines(name, Span(first, last), count)) for first, last in work],
        list(_waits_between(tasks, work)),
        earlier,
        _slipped_first((task_row(task, canvas) for task in tasks), canvas.plan) if step in opened else (),
    )


def task_row(task: ScheduledTask, canvas: Canvas) -> PictureRow:
    """Return the row of a task."""
    until = task.wait_until
    earlier = [] if canvas.before is None else [t for t in canvas.before.tasks if t.task.id == task.task.id]
    wait = [] if until is None else [(task.finish + DAY, until, wait_text(task, until))]
    named = (task.task.id, row_name(task, canvas.plan), task.task.step)
    work = [(task.start, task.finish, task_text(task, canvas.plan))]
    return _row(canvas, named, [task], work, wait, earlier)


def _row(
    canvas: Canvas,
    named: tuple[str, Words, Step],
    tasks: Sequence[ScheduledTask],
    work: Sequence[tuple[date, date, Words]],
    waits: Sequence[tuple[date, date, Words]],
    earlier: Sequence[ScheduledTask],
    below: tuple[PictureRow, ...] = (),
) -> PictureRow:
    axis, (key, name, step) = canvas.axis, named
    before = Text(before_name(canvas.before, canvas.plan))
    slip = days_later(tasks, earlier) if is_reference(canvas.before, canvas.plan) else 0
    later = days_text(slip)
    work = [(first, last, _lines(text, later)) for first, last, text in work]
    return PictureRow(
        id=key,
        name=name,
        dates=dates_text(tasks),
        text=work[0][2] if len(work) == 1 else _lines(name, dates_text(tasks), later),
        colour=canvas.palette.steps[step],
        bars=tuple(Bar(axis.span(first, last), text) for first, last, text in work),
        waits=tuple(Bar(axis.span(first, last), text) for first, last, text in waits if first < axis.end),
        critical=axis.spans(merged_spans((task.start, task.finish) for task in tasks if task.is_critical)),
        fixed=tuple(
            FixedStart(axis.at(task.fixed_start), Text("fixed on {day}", day=ShortDay(task.fixed_start)))
            for task in tasks
            if task.fixed_start is not None
        ),
        ghosts=tuple(
            Bar(axis.span(first, last), Labelled(before, Span(first, last)))
            for first, last in merged_spans((task.start, task.finish) for task in earlier)
            if first < axis.end and last >= axis.first
        ),
        end=axis.at(max(last for _, last, _ in (*work, *waits)) + DAY),
        tasks=below,
        is_open=bool(below),
        left=axis.spans(merged_spans(_left_of(tasks))),
        later=later,
        days_later=slip,
    )


def _left_of(tasks: Iterable[ScheduledTask]) -> Iterator[tuple[date, date]]:
    """Yield from when to when the rest of each task lasts that is not done; nothing without a status date."""
    for task in tasks:
        if task.progress is not None and task.state is not TaskState.DONE:
            yield max(task.start, task.progress.not_before), task.finish


def tasks_by_step(plan: AnyPlan) -> Iterator[tuple[Step, Sequence[ScheduledTask]]]:
    """Yield each step that has tasks, with these by their start."""
    for step in Step:
        tasks = sorted((task for task in plan.tasks if task.task.step is step), key=lambda task: task.start)
        if tasks:
            yield step, tasks


def row_name(task: ScheduledTask, plan: Plan) -> Words:
    """Return a task's name, marked where something about it is own."""
    name = task_name(task.task)
    return Text("{task} (own)", task=name) if is_marked(task, plan) else name


def task_text(task: ScheduledTask, plan: Plan) -> Words:
    """Return what a task's bar says: its days, its work, how far it can move, what is own about it."""
    return _lines(
        task_name(task.task),
        Span(task.start, task.finish),
        work_text(task),
        slack_text(task),
        *(badge.text for badge in task_marks(task, plan)),
    )


def wait_text(task: ScheduledTask, until: date) -> Words:
    """Return what the wait after a task says."""
    return Text("Waiting after {task} until {day}", task=task_name(task.task), day=ShortDay(until))


def dates_text(tasks: Sequence[ScheduledTask]) -> Words:
    """Say from when to when some tasks last, as it stands beside bars: the axis names the years."""
    first, last = min(task.start for task in tasks), max(task.finish for task in tasks)
    return DayInYear(first) if first == last else Listed((DayInYear(first), DayInYear(last)), " – ")


def _lines(*lines: Words) -> Listed:
    return Listed(lines, "\n")


def merged_spans(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans of days, both included, in order; those that overlap, or lie a weekend apart, as one."""
    merged: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if merged and (first - merged[-1][1]).days <= LONGEST_REST:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged


def _waits_between(
    tasks: Sequence[ScheduledTask], work: Sequence[tuple[date, date]]
) -> Iterator[tuple[date, date, Words]]:
    """Yield what a step waits for, where nobody works."""
    for first, last in merged_spans((t.finish + DAY, t.wait_until) for t in tasks if t.wait_until is not None):
        for start, end in gaps_between(work, first, last):
            yield start, end, Text("Waiting until {day}", day=ShortDay(end))


def gaps_between(spans: Iterable[tuple[date, date]], first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the parts of a span of days that other spans, in order, leave free."""
    for start, end in spans:
        if first < start and first <= last:
            yield first, min(start - DAY, last)
        first = max(first, end + DAY)
    if first <= last:
        yield first, last
