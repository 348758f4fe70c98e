"""Why is a task so much work, when does it run, and how far can it move?

Days are no money: they are explained also where labour is not shown. Laws: the
rows of a task's effort add up to it exactly, and so do the days that it can move;
beside what was set stands what the model says.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Driver
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES
from zt_planner.engine.plan import calendar_of_plan
from zt_planner.engine.scheduling.edited_model import figure_in_model
from zt_planner.engine.scheduling.effort import done_share
from zt_planner.engine.scheduling.slack import latest_finish_before
from zt_planner.errors import msgid
from zt_planner.language import Listed, Number, Plural, Share, ShortDay, Span, Text, Trimmed, Words, Writable
from zt_planner.topics.figure_names import SLACK, TASK
from zt_planner.topics.roadmap.marks import own_figures, task_marks
from zt_planner.topics.task_words import figure_text, task_name, task_names
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.domain.progress import Progress
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.scheduling.calendar import WorkCalendar
    from zt_planner.language import Language
    from zt_planner.topics.view import View

DRIVERS = {
    Driver.EMPLOYEES: msgid("People"),
    Driver.DEVICES: msgid("Devices"),
    Driver.SERVERS: msgid("Servers"),
    Driver.ADMINS: msgid("Administrators"),
    Driver.SITES: msgid("Sites"),
    Driver.APPS: msgid("Business applications"),
    Driver.MACHINES: msgid("Networked machines"),
    Driver.SITES_TO_REPLACE: msgid("Sites whose hardware is replaced"),
}


def planned_task(task_id: str, plan: Plan) -> ScheduledTask | None:
    """Return a task of the plan; None for one that is not in it."""
    return next((task for task in plan.tasks if task.task.id == task_id), None)


def task_titles(view: View) -> dict[str, Words]:
    """Return the tasks' ids with their names, in the order of the roadmap's table."""
    tasks = sorted(view.plan.tasks, key=lambda task: (task.task.step, task.start))
    return {task.task.id: task_name(task.task) for task in tasks}


def explain_task(task_id: str, view: View) -> Trace | None:
    """Return why a task is so much work, lasts so long and starts when it does; None for one that is not planned."""
    task = planned_task(task_id, view.plan)
    if task is None:
        return None
    days = task.work.days
    is_own = task.task.is_own or "effort_days" in own_figures(task_id, view.plan)
    notes = task_notes, own_notes, move_notes
    rule = (
        Text("The effort that was set for this plan (rule M9b).")
        if is_own
        else Text("A task's effort has a fixed part and a part that grows with the company (rules M5 and M6).")
    )
    return Trace(
        name=f"{TASK}:{task_id}",
        title=task_name(task.task),
        value=days,
        shown=Plural("{n} day", "{n} days", Number(days, 2)),
        rule=rule,
        rows=tuple(effort_rows(task, view, is_own=is_own)),
        unit=units.PERSON_DAYS,
        notes=tuple(note for write in notes for note in write(task, view)),
    )


def effort_rows(task: ScheduledTask, view: View, *, is_own: bool) -> Iterator[TraceRow]:
    """Yield a task's base and what grows with each driver; of an own effort that it was set."""
    size, base = view.case.size, task.task.base_days
    drivers = size.drivers
    if is_own and base:
        yield TraceRow(Text("As entered"), amount=Fraction(base), badges=task_marks(task, view.plan))
    elif base:
        times = Plural("{n} day × {factor}", "{n} days × {factor}", Trimmed(base), factor=Number(size.factor, 2))
        is_grown = size.factor != 1
        yield TraceRow(
            Text("Fixed, by the size of the company") if is_grown else Text("Whatever the size"),
            times=times if is_grown else "",
            amount=Fraction(base) * Fraction(size.factor),
        )
    for driver, days in zip(task.task.drivers, task.task.days_per_unit, strict=True):
        yield TraceRow(
            item=Text(DRIVERS[driver]),
            times=Plural(
                "{n} day × {count}",
                "{n} days × {count}",
                Trimmed(days, 4),
                count=drivers[driver],
            ),
            amount=Fraction(days) * drivers[driver],
        )
    done = done_share(task.task.id, view.plan.scenario)
    if done:
        whole = size.effort_days(task.task)
        times = Plural("{share} of {n} day", "{share} of {n} days", Number(whole, 2), share=Share(done))
        yield TraceRow(Text("Done before the plan begins (rule M35)"), times=times, amount=-done * whole)


def task_notes(task: ScheduledTask, view: View) -> Iterator[Words]:
    """Say how a task's work is shared, how long it takes, and what it waits for."""
    plan = view.plan
    yield Plural(
        "Your own team does {n} day of this, the consultant {external}.",
        "Your own team does {n} days of this, the consultant {external}.",
        Number(task.work.whole.internal, 2),
        external=Number(task.work.whole.external, 2),
    )
    if task.progress is not None and (task.progress.is_left_known or task.has_begun):
        yield recorded_note(task, task.progress)
    elif plan.capacity is not None:
        yield Plural(
            "It takes {n} working day: at least {least}, and as many as the teams need when they give it {share} of "
            "their days a week, {internal} and {external} (rule M7).",
            "It takes {n} working days: at least {least}, and as many as the teams need when they give it {share} of "
            "their days a week, {internal} and {external} (rule M7).",
            task.length_days,
            least=task.work.least_days,
            share=Share(task.task.team_share),
            internal=Trimmed(plan.capacity.internal),
            external=Trimmed(plan.capacity.external),
        )
    if task.task.pace and task.task.drivers:
        yield Text(
            "No more than {pace} on a working day ({what}; rule M7).",
            pace=Number(task.task.pace),
            what=Text(DRIVERS[task.task.drivers[0]]),
        )
    names = {other.task.id: task_name(other.task) for other in plan.tasks}
    before = [names[task_id] for task_id in dict.fromkeys((*task.after, *task.links))]
    span = Span(task.start, task.finish)
    if before:
        yield Text("It runs {span}, after {what} (rules M8 and M9).", span=span, what=Listed(before))
    else:
        yield Text("It runs {span} and depends on no other task.", span=span)


def recorded_note(task: ScheduledTask, progress: Progress) -> Words:
    """Say how long a task takes by what is recorded of it."""
    if task.known_start is None:
        return Text("It was finished on {day}; when it began is not recorded (rule M26).", day=task.finish)
    if task.state is TaskState.DONE:
        return Plural(
            "It took {n} working day; {planned} were planned (rule M26).",
            "It took {n} working days; {planned} were planned (rule M26).",
            task.length_days,
            planned=progress.planned_days,
        )
    return Plural(
        "It takes {n} working day: {passed} had passed on the status date, {left} are left (rule M26).",
        "It takes {n} working days: {passed} had passed on the status date, {left} are left (rule M26).",
        task.length_days,
        passed=task.passed_days,
        left=task.left_days,
    )


def own_notes(task: ScheduledTask, view: View) -> Iterator[Words]:
    """Say what was set for a task, and what the model says instead."""
    plan = view.plan
    if task.earliest_start is not None:
        yield Text("It starts on {day} at the earliest, as entered.", day=task.earliest_start)
    if task.levelled_start is not None:
        yield Text("Reordering the tasks moved its start to {day}.", day=task.levelled_start)
    model = view.case.base_model.by_id.get(task.task.id)
    if model is None:
        return
    given = plan.scenario.tasks.given_for(task.task.id).model_dump(mode="json")
    names = task_names(view.case.model)
    for figure in own_figures(task.task.id, plan):
        instead = figure_in_model(figure, model, view.case.size)
        if instead is not None:
            own, of_model = (figure_text(figure, value, names) for value in (given[figure], instead))
            yield OwnFigureText(Text(EDIT_FIGURES[figure].mark), own, of_model)


@dataclass(frozen=True, slots=True)
class OwnFigureText(Writable):
    """What was set for a task beside what the model says; once where the reader sees the same."""

    figure: Words
    own: Words
    of_model: Words

    def written(self, language: Language) -> str:
        """Write both."""
        own, of_model = language.write(self.own), language.write(self.of_model)
        if own == of_model:
            return language.write(Text("{figure}: {own}, as in the model.", figure=self.figure, own=own))
        text = Text("{figure}: {own}; the model says {model}.", figure=self.figure, own=own, model=of_model)
        return language.write(text)


def move_notes(task: ScheduledTask, view: View) -> Iterator[Words]:
    """Say how far a task can move."""
    plan = view.plan
    if task.state is TaskState.DONE:
        yield Text("It is done and cannot move.")
    elif task.keeps_date and task.fixed_start is not None:
        yield Text("It starts on its fixed date, {day}, and cannot move.", day=task.fixed_start)
    elif task.is_critical and any(other.keeps_date for other in plan.tasks):
        yield Text("It is critical: when it moves, the finish or a fixed date moves.")
    elif task.is_critical:
        yield Text("It is critical: when it moves, the finish moves.")
    else:
        yield Plural(
            "It can move by {n} working day without moving the finish.",
            "It can move by {n} working days without moving the finish.",
            task.slack_days,
        )


def slack_titles(view: View) -> dict[str, Words]:
    """Return the tasks' ids with what their slack is called."""
    return {task_id: Text("Slack: {task}", task=name) for task_id, name in task_titles(view).items()}


def explain_slack(task_id: str, view: View) -> Trace | None:
    """Return why a task can move so far; None for one that is not planned."""
    task = planned_task(task_id, view.plan)
    if task is None:
        return None
    return Trace(
        name=f"{SLACK}:{task_id}",
        title=Text("Slack: {task}", task=task_name(task.task)),
        value=task.slack_days,
        shown=Plural("{n} working day", "{n} working days", task.slack_days),
        rule=Text(
            "How many working days a task can move without moving the finish or a fixed date. Everything "
            "that depends on it moves too: the tasks that wait for it, and the tasks that a team could not "
            "do earlier because of it (rules M9 and M9b). A task without slack is critical."
        ),
        rows=tuple(slack_rows(task, view.plan)),
        unit=units.WORKING_DAYS,
        notes=tuple(move_notes(task, view)),
    )


def slack_rows(task: ScheduledTask, plan: Plan) -> Iterator[TraceRow]:
    """Yield the days until the task that ends the slack starts, and those by which it can move itself."""
    if task.keeps_date or task.state is TaskState.DONE:
        return
    calendar = calendar_of_plan(plan)
    finish, last = (calendar.index_from(day) for day in (task.finish, plan.headlines.finish_date))
    limits = {
        follower.task.id: latest_finish(task, follower, follower.slack_days, calendar)
        for follower in plan.tasks
        if task.task.id in (*follower.after, *follower.links) and not follower.has_begun
    }
    nearest = min(limits, key=lambda task_id: limits[task_id], default=None)
    follower = None if nearest is None else planned_task(nearest, plan)
    if follower is None or limits[follower.task.id] > last:
        text = Text("Until the finish on {day}", day=ShortDay(plan.headlines.finish_date))
        yield TraceRow(text, amount=last - finish)
        return
    free = latest_finish(task, follower, 0, calendar) - finish
    name, day = task_name(follower.task), ShortDay(follower.start)
    yield TraceRow(Text("Until {task} starts on {day}", task=name, day=day), amount=free)
    yield TraceRow(Text("How far {task} can move", task=name), amount=task.slack_days - free)


def latest_finish(task: ScheduledTask, follower: ScheduledTask, moved: int, calendar: WorkCalendar) -> int:
    """Return the index on which a task may finish at the latest, so that one that follows starts so much later."""
    wait = task.task.wait_weeks if task.task.id in follower.after else 0
    return latest_finish_before(calendar.index_from(follower.start) + moved, wait, calendar)
