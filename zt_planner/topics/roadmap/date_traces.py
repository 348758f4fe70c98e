"""Why this day? The chain of tasks and waits that ends with a day, and the dates that follow from the timeline.

Laws: the calendar days of a chain's rows add up to the time from the day before
the start to its last day; each link of the chain kept the next one from starting
earlier, through precedence, a wait or a team, unless a date that was set or the
status does; what has begun is the first of a chain.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.engine.figures import DAYS_A_MONTH, mfa_tasks
from zt_planner.language import Listed, Plural, ShortDay, Span, Text, Trimmed, Words
from zt_planner.topics.figure import traced
from zt_planner.topics.labels import label
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Divisor, Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.view import View

FINISH, MFA = "finish_date", "mfa_date"
DAY = timedelta(days=1)


def chain_of(tasks: Sequence[ScheduledTask], last: ScheduledTask) -> tuple[ScheduledTask, ...]:
    """Return the tasks that lead to the finish of one, each kept from starting earlier by the one before it."""
    by_id = {task.task.id: task for task in tasks}
    chain = [last]
    while before := [by_id[task_id] for task_id in (*chain[-1].after, *chain[-1].links)]:
        following = chain[-1]
        if following.has_begun:
            break
        chain.append(max(before, key=lambda task: ready_after(task, following)))
    return tuple(reversed(chain))


def ready_after(task: ScheduledTask, following: ScheduledTask) -> date:
    """Return the last day on which a task keeps another from starting: its finish, or the end of its wait."""
    waits = task.wait_until is not None and task.task.id in following.after
    return task.wait_until if waits and task.wait_until is not None else task.finish


def last_of(tasks: Iterable[ScheduledTask]) -> ScheduledTask:
    """Return the task that ends last."""
    return max(tasks, key=lambda task: task.finish)


def chain_rows(chain: Sequence[ScheduledTask], start: date) -> Iterator[TraceRow]:
    """Yield the calendar days from each task's start to the next one's, with what they hold."""
    if start < chain[0].start:
        own = chain[0].fixed_start or chain[0].earliest_start or chain[0].levelled_start
        status = status_day(chain[0])
        if status is not None and status > (own or start):
            text = Text("Until {day}, as the status says", day=ShortDay(status))
        elif own is None:
            text = Text("Days off before the first task")
        else:
            text = Text("Until {day}, the date that was set", day=ShortDay(own))
        yield TraceRow(text, amount=(chain[0].start - start).days)
    for task, following in pairwise((*chain, None)):
        if task is None:
            continue
        until = task.finish + DAY if following is None else following.start
        yield TraceRow(
            item=task_name(task.task),
            category=label(task.task.step),
            times=Span(task.start, task.finish),
            amount=(until - task.start).days,
            how=link_text(task, following),
        )


def status_day(task: ScheduledTask) -> date | None:
    """Return the day that the status gives a task: that on which it was started, or from which it can be."""
    if task.progress is None:
        return None
    return task.start if task.has_begun else task.progress.not_before


def own_date(task: ScheduledTask, ready: date) -> date | None:
    """Return the date that somebody or levelling has set for a task, where that keeps it from starting on a day."""
    dates = (task.fixed_start, task.earliest_start, task.levelled_start)
    return max((own for own in dates if own is not None and own > ready), default=None)


def link_text(task: ScheduledTask, following: ScheduledTask | None) -> Words:
    """Say how long a task is worked on, and what keeps the next one from starting at once."""
    text: Words = Plural("{n} working day", "{n} working days", task.length_days)
    if following is None:
        return text
    ready = ready_after(task, following)
    parts = [text]
    if ready > task.finish:
        parts.append(Text("then waiting until {day}", day=ShortDay(ready)))
    elif task.task.id not in following.after:
        parts.append(Text("until then the team is busy"))
    own = own_date(following, ready + DAY)
    status = status_day(following)
    if status is not None and status > (own or ready + DAY):
        parts.append(Text("then until {day}, as the status says", day=ShortDay(status)))
    elif own is not None:
        day = ShortDay(own)
        parts.append(
            Text("then until {day}, its date in the new order", day=day)
            if own == following.levelled_start
            else Text("then until {day}, the date that was set", day=day)
        )
    elif following.start > ready + DAY:
        parts.append(Text("then days off until {day}", day=ShortDay(following.start - DAY)))
    return Listed(parts, ", ")


def explain_finish(figure: KeyFigure, view: View) -> Trace:
    """Return why the work is finished on its last day: the chain that leads there."""
    return explain_end(figure, view, last_of(view.plan.tasks))


def explain_end(figure: KeyFigure, view: View, last: ScheduledTask, *notes: Words) -> Trace:
    """Return why a task ends on its day: the chain that leads there."""
    start = view.figures.start_date
    return traced(
        figure,
        view.plan,
        chain_rows(chain_of(view.plan.tasks, last), start),
        unit=units.CALENDAR_DAYS,
        origin=start - DAY,
        notes=(*notes, Text("Counted from {day}, both days included.", day=start)),
    )


def explain_mfa(figure: KeyFigure, view: View) -> Trace:
    """Return why everyone has MFA on a day: the chain that leads there, and what each of the two tasks waits for."""
    tasks = mfa_tasks(view.plan.tasks)
    return explain_end(figure, view, last_of(tasks), *(waiting_text(task, view.plan.tasks) for task in tasks))


def waiting_text(task: ScheduledTask, tasks: Iterable[ScheduledTask]) -> Words:
    """Say when a task runs, and what it waits for."""
    name, dates = task_name(task.task), Span(task.start, task.finish)
    before = [task_name(other.task) for other in tasks if other.task.id in task.after]
    if not before:
        return Text("{task}: {dates}; it waits for no task.", task=name, dates=dates)
    return Text("{task}: {dates}; it waits for {tasks}.", task=name, dates=dates, tasks=Listed(before))


def explain_duration(figure: KeyFigure, view: View) -> Trace:
    """Return why the work takes so many months."""
    tasks = view.plan.tasks
    return traced(
        figure,
        view.plan,
        chain_rows(chain_of(tasks, last_of(tasks)), view.figures.start_date),
        unit=units.CALENDAR_DAYS,
        divisors=(Divisor(Text("days of a month"), DAYS_A_MONTH, Trimmed(DAYS_A_MONTH, 4)),),
    )


def explain_deadline(figure: KeyFigure, view: View) -> Trace:
    """Return before which day the work shall be finished."""
    plan, start = view.plan, view.figures.start_date
    months = plan.scenario.timeline.target_months
    item = Plural("{n} month from the start", "{n} months from the start", months)
    return traced(
        figure,
        view.plan,
        (TraceRow(item, amount=((plan.deadline or start) - start).days),),
        unit=units.CALENDAR_DAYS,
        origin=start,
        notes=(Text("Counted from {day}.", day=start),),
    )
