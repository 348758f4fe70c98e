"""The plan as a calendar: an all-day event for each task, milestone and decision, by the icalendar library.

Days have no time zone, and an event ends on the day after its last, as
calendars want it. Events keep their ids, so that a later export of the plan
updates them (ADR 0036). Laws: equal plans give equal bytes, whatever the
clock says; reading the file again gives the days of the plan.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vText

from zt_planner.domain.variants import PLAN
from zt_planner.domain.versions import version_of
from zt_planner.engine.decisions import decisions_of
from zt_planner.topics.decisions.dates import decision_words
from zt_planner.topics.labels import label
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.roadmap.milestones import START, milestones
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.task_words import slack_text, task_name, wait_text, work_text
from zt_planner.topics.view import StoppedView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.topics.roadmap.milestones import Milestone
    from zt_planner.topics.view import AnyView

DAY = timedelta(days=1)
FIRST_MOMENT, SECONDS_A_MINUTE = datetime(2020, 1, 1, tzinfo=UTC), 60
"""The earliest day of which a plan can be made: revisions of events count the days from it."""
PRODUCT = "-//ZT Planner//ZT Planner//EN"


def calendar_bytes(view: AnyView) -> bytes:
    """Return the calendar of a plan as a file."""
    calendar, title = Calendar(), view.language.write(document_title(view))
    stamp = "\n".join(view.language.written(stamp_of(view)))
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name, value in (("name", title), ("x-wr-calname", title), ("description", stamp), ("x-wr-caldesc", stamp)):
        calendar.add(name, vText(value))
    for event in (*_task_events(view), *_milestone_events(view), *_decision_events(view)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def plan_key(view: AnyView) -> str:
    """Return what tells the events of two companies, or of a plan and a variant, apart: a short hash of the name."""
    name = unicodedata.normalize("NFKC", view.plan.scenario.company.name).casefold()
    kept = "".join(char for char in name if char.isalnum()) or name.strip()
    return version_of(f"{kept}{'' if view.letter == PLAN else view.letter}")


def _task_events(view: AnyView) -> Sequence[Event]:
    names = {task.task.id: view.language.write(task_name(task.task)) for task in view.plan.tasks}
    return [
        _event(
            view,
            key=f"task-{task.task.id}",
            title=names[task.task.id],
            days=(task.start, task.finish),
            lines=_task_lines(task, names, view),
            category=view.language.write(label(task.task.step)),
        )
        for task in view.plan.tasks
    ]


def _task_lines(task: ScheduledTask, names: dict[str, str], view: AnyView) -> list[str]:
    """Return what an event says of its task: effort, what it waits for, what waits after it, its slack."""
    language = view.language
    before = [names[task_id] for task_id in task.after if task_id in names]
    after = [language.say("Waits for: {tasks}", tasks=language.listed(before))] if before else []
    return [
        language.write(work_text(task)),
        *after,
        *tuple(map(language.write, wait_text(task))),
        language.write(slack_text(task)),
    ]


def _milestone_events(view: AnyView) -> Sequence[Event]:
    found = milestones(view.plan)
    return [
        _event(
            view,
            key=f"milestone-{milestone.key}",
            title=view.language.write(milestone.title),
            days=(milestone.day, milestone.day),
            lines=_milestone_lines(milestone, view),
            category=view.language.say("Milestone"),
        )
        for milestone in found
    ]


def _milestone_lines(milestone: Milestone, view: AnyView) -> list[str]:
    """Return what an event says of its milestone; the first says what the whole plan comes to."""
    whole = view.language.written([plan_sentence(view), *stamp_of(view)]) if milestone.key == START else []
    detail = view.language.write(milestone.detail)
    return [detail, *whole] if detail else whole


def _decision_events(view: AnyView) -> Iterator[Event]:
    """Yield an event for each decision; those at gates are told apart by the steps that end there."""
    if isinstance(view, StoppedView):
        return
    language = view.language
    for decision in decisions_of(view.plan):
        lines = [language.say("Who decides: {who}", who=language.write(label(decision.who)))]
        if decision.is_overdue:
            lines.append(language.say("overdue"))
        yield _event(
            view,
            key="-".join(("decision", decision.row.id, *decision.steps)),
            title=language.say("Decision: {decision}", decision=language.write(decision_words(decision))),
            days=(decision.day, decision.day),
            lines=lines,
            category=language.say("Decision"),
        )


def _event(
    view: AnyView, *, key: str, title: str, days: tuple[date, date], lines: Sequence[str], category: str
) -> Event:
    """Return an event from its first to its last day, both included; nobody is busy because of it."""
    made = view.written_at or datetime.combine(view.plan.today, time(), UTC)
    event = Event()
    event.add("uid", f"{plan_key(view)}-{key}@zt-planner")
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", int((made - FIRST_MOMENT).total_seconds()) // SECONDS_A_MINUTE)
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + DAY)
    event.add("summary", title)
    event.add("categories", [category])
    event.add("transp", "TRANSPARENT")
    if lines:
        event.add("description", "\n".join(line[:1].upper() + line[1:] for line in lines))
    return event
