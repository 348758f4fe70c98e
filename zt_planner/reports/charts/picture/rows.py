"""The roadmap of the picture: a row a step, and below a step that is opened a row for each of its tasks.

Decides which spans of work, waits and marks a row holds, and what each says.
Colours carry no meaning alone: waits are hatched, what is critical is outlined.
Law: a task's bar covers its days; a step's bars cover those of its tasks, and
two of them lie further apart than a weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.reports.words.labels import label
from zt_planner.reports.words.task_marks import is_marked, task_marks
from zt_planner.reports.words.tasks import slack_text, task_name, work_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.charts.picture.time_axis import AxisPart, PlanContext

DAY = timedelta(days=1)
LONGEST_REST = 4
"""Days between the last day of one span of work and the first of the next: a weekend and a day off."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days on the axis, and what it says when it is pointed at."""

    span: AxisPart
    text: str


@dataclass(frozen=True, slots=True)
class FixedStart:
    """A day that was set for a task, kept or not."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a step, or a task; `id` tells rows apart, `end` is where the last of its spans ends.

    `ghosts` are the same row's spans in the plan before; `tasks` stand below a step while it `is_open`. A row with a
    `letter` is a thin one of one plan, below those of other plans with the same name.
    """

    id: str
    name: str
    dates: str
    text: str
    colour: str
    bars: tuple[Bar, ...]
    waits: tuple[Bar, ...]
    critical: tuple[AxisPart, ...]
    fixed: tuple[FixedStart, ...]
    ghosts: tuple[Bar, ...]
    end: float
    tasks: tuple[Row, ...] = ()
    is_open: bool = False
    letter: str = ""


def rows_of(context: PlanContext, opened: Collection[Step]) -> Iterator[Row]:
    """Yield a row for each step that has tasks."""
    for step, tasks in tasks_by_step(context.plan):
        name, count = label(step, context.language), context.language.plural("{n} task", "{n} tasks", len(tasks))
        earlier = [] if context.before is None else [t for t in context.before.tasks if t.task.step is step]
        below = tuple(task_row(task, context) for task in tasks) if step in opened else ()
        work = merged_spans((task.start, task.finish) for task in tasks)
        yield _row(
            context,
            (str(step), name, step),
            tasks,
            [(first, last, _lines(name, span_text(first, last, context.language), count)) for first, last in work],
            list(_waits_between(tasks, work, context.language)),
            earlier,
            below,
        )


def task_row(task: ScheduledTask, context: PlanContext) -> Row:
    """Return the row of a task."""
    language, until = context.language, task.wait_until
    earlier = [] if context.before is None else [t for t in context.before.tasks if t.task.id == task.task.id]
    wait = [] if until is None else [(task.finish + DAY, until, wait_text(task, until, language))]
    text = task_text(task, context.plan, language)
    named = (task.task.id, row_name(task, context.plan, language), task.task.step)
    return _row(context, named, [task], [(task.start, task.finish, text)], wait, earlier)


def _row(
    context: PlanContext,
    named: tuple[str, str, Step],
    tasks: Sequence[ScheduledTask],
    work: Sequence[tuple[date, date, str]],
    waits: Sequence[tuple[date, date, str]],
    earlier: Sequence[ScheduledTask],
    below: tuple[Row, ...] = (),
) -> Row:
    axis, language, (key, name, step) = context.axis, context.language, named
    before = language.say("Compared with")
    return Row(
        id=key,
        name=name,
        dates=dates_text(tasks, language),
        text=work[0][2] if len(work) == 1 else _lines(name, dates_text(tasks, language)),
        colour=context.palette.steps[step],
        bars=tuple(Bar(axis.span(first, last), text) for first, last, text in work),
        waits=tuple(Bar(axis.span(first, last), text) for first, last, text in waits if first < axis.end),
        critical=axis.spans(merged_spans((task.start, task.finish) for task in tasks if task.is_critical)),
        fixed=tuple(
            FixedStart(
                axis.at(task.fixed_start), language.say("fixed on {day}", day=language.short_day(task.fixed_start))
            )
            for task in tasks
            if task.fixed_start is not None
        ),
        ghosts=tuple(
            Bar(axis.span(first, last), f"{before}: {span_text(first, last, language)}")
            for first, last in merged_spans((task.start, task.finish) for task in earlier)
            if first < axis.end and last >= axis.first
        ),
        end=axis.at(max(last for _, last, _ in (*work, *waits)) + DAY),
        tasks=below,
        is_open=bool(below),
    )


def tasks_by_step(plan: Plan) -> Iterator[tuple[Step, Sequence[ScheduledTask]]]:
    """Yield each step that has tasks, with these by their start."""
    for step in Step:
        tasks = sorted((task for task in plan.tasks if task.task.step is step), key=lambda task: task.start)
        if tasks:
            yield step, tasks


def row_name(task: ScheduledTask, plan: Plan, language: Language) -> str:
    """Return a task's name, marked where something about it is own."""
    name = task_name(task.task, language)
    return language.say("{task} (own)", task=name) if is_marked(task, plan) else name


def task_text(task: ScheduledTask, plan: Plan, language: Language) -> str:
    """Return what a task's bar says: its days, its work, how far it can move, what is own about it."""
    return _lines(
        task_name(task.task, language),
        span_text(task.start, task.finish, language),
        work_text(task, language),
        slack_text(task, language),
        *(badge.text for badge in task_marks(task, plan, language)),
    )


def wait_text(task: ScheduledTask, until: date, language: Language) -> str:
    """Return what the wait after a task says."""
    name = task_name(task.task, language)
    return language.say("Waiting after {task} until {day}", task=name, day=language.short_day(until))


def span_text(first: date, last: date, language: Language) -> str:
    """Write a span of days with its years."""
    days = (language.short_day(first), language.short_day(last))
    return days[0] if first == last else " – ".join(days)


def dates_text(tasks: Sequence[ScheduledTask], language: Language) -> str:
    """Say from when to when some tasks last, as it stands beside bars: the axis names the years."""
    first, last = min(task.start for task in tasks), max(task.finish for task in tasks)
    days = (language.day_in_year(first), language.day_in_year(last))
    return days[0] if first == last else " – ".join(days)


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def merged_spans(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans of days, both included, in order; those that overlap, or lie a weekend apart, as one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and (first - found[-1][1]).days <= LONGEST_REST:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _waits_between(
    tasks: Sequence[ScheduledTask], work: Sequence[tuple[date, date]], language: Language
) -> Iterator[tuple[date, date, str]]:
    """Yield what a step waits for, where nobody works."""
    for first, last in merged_spans((t.finish + DAY, t.wait_until) for t in tasks if t.wait_until is not None):
        for start, end in gaps_between(work, first, last):
            yield start, end, language.say("Waiting until {day}", day=language.short_day(end))


def gaps_between(spans: Iterable[tuple[date, date]], first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the parts of a span of days that other spans, in order, leave free."""
    for start, end in spans:
        if first < start and first <= last:
            yield first, min(start - DAY, last)
        first = max(first, end + DAY)
    if first <= last:
        yield first, last
