"""Import of a project file: days and work that were entered in another program, and nothing else (ADR 0069).

A file that was exported here says of each line which task it is and how it was handed out. It is held against that
and not against the plan that is open: what has changed there since stays. Laws: a file that nobody edited gives no
edit, whatever plan is open; no record is made that a scenario would refuse; a file that is no project, is damaged,
refers to anything outside itself, or is larger, deeper or fuller than a plan could be is refused with a reason; a
value that cannot be read is as good as none.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES
from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.domain.money import rounded
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK, WORKING_DAYS_A_WEEK
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import OWN_TASKS, STATUS_DATE, TASK_EDITS, TASK_RECORDS
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY
from zt_planner.domain.units import PERCENT
from zt_planner.engine.plan import AnyPlan
from zt_planner.entries import entry_at
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.rows import ImportResult, number_in
from zt_planner.files.imports.tasks import EFFORT_PLACES, of_all, take_effort
from zt_planner.files.project.marks import (
    DONE,
    DONE_FIELD,
    FACTS_FIELD,
    ID_FIELD,
    PLAN,
    STEERING,
    TASK,
    Facts,
    LineProgress,
    facts_from,
    plan_facts_from,
    progress_of,
    share_done,
)
from zt_planner.files.project.xml_text import IN_DAYS, SECONDS_A_DAY
from zt_planner.gaps import shortened

MOST_ELEMENTS, MOST_PARTS, DEEPEST = 250_000, 20_000, 24
"""Elements of a file, elements of one of its tasks, and how deep they may lie."""
MOST_TASKS_IN_A_FILE = 3_000
ROOT = "Project"
NAMESPACES = ("http://schemas.microsoft.com/project", "http://schemas.microsoft.com/project/2007", "")
DAMAGED = (ParseError, ValueError, LookupError)
"""What the standard library raises for files that are no XML, or are written in a way that it does not know."""
LONG_TAG = re.compile(b"<[^<>]{65536}")
"""More attributes than any element of a project has."""
DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?", re.ASCII)
WHOLE = re.compile("-?[0-9]{1,15}")
YES = frozenset({"1", "true"})
MINUTES_A_DAY, MOST_MINUTES_A_DAY, SECONDS_A_CALENDAR_DAY = 480, 1_440, 86_400
ELAPSED = frozenset({4, 6, 8, 10, 12, 36, 38, 40, 42, 44})
"""Formats of durations in which nights and weekends count."""
LEAST_SECONDS, ROUNDED = 60, 1
"""Less work, and fewer per cent, than programs round by."""

AGAIN = msgid("Save the project as XML from your planning program, and choose that file")
ENTER_DAYS = msgid("Enter its actual days, and choose the file again")
IN_THE_PLAN = msgid("Change it in the plan")
WRITE_A_SHARE = msgid("Write a number from 0 to 100")


@dataclass(frozen=True, slots=True)
class FileTask:
    """A line of the file, unchanged; works and lengths in seconds, None where the file says nothing."""

    number: int
    name: str
    start: date | None
    length: int | None
    length_format: int
    work: int | None
    percent_complete: int
    actual_start: date | None
    actual_finish: date | None
    remaining: int | None
    actual_work: int | None
    is_summary: bool
    mark: str
    facts: str
    done: str

    @property
    def place(self) -> str:
        """Where it stands, for a message: its number in the file and its name."""
        return f"{self.number} {shortened(self.name)}".strip()


@dataclass(slots=True)
class ProjectFile:
    """What was read: the lines in order, the length of a working day, the status date."""

    tasks: list[FileTask] = field(default_factory=list)
    minutes_a_day: int = MINUTES_A_DAY
    status_date: date | None = None

    @property
    def seconds_a_day(self) -> int:
        """A person-day."""
        return self.minutes_a_day * 60


def project_incoming(project: ProjectFile, file: str, plan: AnyPlan) -> Incoming:
    """Return what a project file says for the plan that is open."""
    result, name = ImportResult(), shortened(file)
    tasks = {task.task.id: task for task in plan.tasks}
    reading, moved = _Reading(project, plan, result), 0
    for line in project.tasks:
        if line.mark.startswith(DONE):
            reading.compare_done(line, line.mark.removeprefix(DONE))
        if not line.mark.startswith(TASK):
            continue
        task = tasks.pop(line.mark.removeprefix(TASK), None)
        if task is None:
            problem = msgid("it is not a task of this plan, or it appears twice")
            result.leave(line.place, problem, msgid("Record its days in the plan"))
        else:
            moved += reading.compare(line, task)
    whole = next((line for line in project.tasks if line.mark.startswith(PLAN) and line.mark != STEERING), None)
    handed_out, at = plan_facts_from("" if whole is None else whole.facts, plan)
    added = [line for line in project.tasks if not line.mark and not line.is_summary and (line.work or line.length)]
    for count, problem, remedy in (
        (len(added), msgid("new tasks: {count}"), msgid("Add them to the plan as own tasks")),
        (len(tasks) if handed_out else 0, msgid("missing tasks: {count}"), msgid("Take them out of scope in the plan")),
        (
            moved,
            msgid("moved tasks: {count}"),
            msgid("The plan schedules its tasks itself; set dates on the “Roadmap” page"),
        ),
    ):
        if count:
            result.notice(name, problem, remedy, count=count)
    reading.take_status_date(at)
    return result.incoming(FileKind.PROJECT)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file beside the plan that is open, and what comes of it."""

    project: ProjectFile
    plan: AnyPlan
    result: ImportResult

    def compare(self, line: FileTask, task: ScheduledTask) -> bool:
        """Say what was recorded of a task; tell whether it was moved, of which nothing is taken."""
        exported = facts_from(line.facts) or Facts(
            task.start,
            task.length_days,
            round(task.work.days * SECONDS_A_DAY),
            progress_of(task, self.plan),
        )
        self.compare_done(line, task.task.id)
        self._compare_progress(line, task.task.id, exported)
        self._compare_work(line, task, exported)
        return line.actual_start is None and line.start not in {None, exported.start}

    def compare_done(self, line: FileTask, key: str) -> None:
        """Take another share that was done before the plan begins; nothing of a line that has lost its notes."""
        exported = facts_from(line.facts)
        if exported is None:
            return
        number = number_in(line.done.removesuffix("%").strip() or "0")
        share = None if number is None else share_done(str(number / PERCENT))
        tasks = self.plan.scenario.tasks
        if share is None:
            self._leave(line, msgid("'{value}' is not a percentage"), WRITE_A_SHARE, value=shortened(line.done))
        elif key not in self.plan.case.model.by_id:
            self._leave(line, msgid("it is not a task of this plan, or it appears twice"), IN_THE_PLAN)
        elif share not in {exported.done, tasks.given_for(key).done}:
            self.result.edit(f"{OWN_TASKS if key in tasks.own else TASK_EDITS}{key}.done", share)

    def _compare_progress(self, line: FileTask, key: str, exported: Facts) -> None:
        """Take actual days and days left; a percentage alone is no record."""
        before = exported.progress or LineProgress(0, exported.length_days)
        if line.actual_start is None and line.actual_finish is None and line.percent_complete:
            self._leave(line, msgid("it has a percentage, but no actual start; only recorded days count"))
            return
        days = {"started": line.actual_start, "finished": line.actual_finish}
        then = {"started": before.started, "finished": before.finished}
        if before.finished is not None and before.started is None and line.actual_start == exported.start:
            days["started"] = None  # a program that saves a finished task gives it the planned start
        changed = {name: day for name, day in days.items() if day != then[name]}
        left = self._left(line, before) if line.actual_start is not None and line.actual_finish is None else None
        spent, counted = line.actual_work, before.work
        if spent is not None and counted is not None and abs(spent - counted) >= LEAST_SECONDS:
            problem = msgid("its actual work was changed, which programs calculate from percentages")
            self._leave(line, problem, msgid("Record the days that were spent in the plan"))
        kept = self.plan.scenario.status.record_of(key)
        if self._is_recordable({"started": kept.started, "finished": kept.finished} | changed, line):
            record = {name: None if day is None else day.isoformat() for name, day in changed.items()}
            now = kept.model_dump(mode="json")
            new = record | ({} if left is None else {"remaining_days": left})
            self.result.edits |= {
                f"{TASK_RECORDS}{key}.{name}": value for name, value in new.items() if value != now.get(name)
            }

    def _left(self, line: FileTask, before: LineProgress) -> int | None:
        """Return the working days that are left; None where they were not changed, or cannot be taken."""
        left = None if line.remaining is None else self._days_of(line.remaining, line)
        if left is None or left == before.remaining_days:
            if abs(line.percent_complete - before.percent) > ROUNDED:
                self._leave(line, msgid("its percentage was changed, but not the days that are left"))
            return None
        if not left:
            self._leave(line, msgid("nothing of it is left, but it has no actual finish"))
        elif left > entry_at(f"{TASK_RECORDS}any.remaining_days").most:
            self._leave(line, msgid("it is longer than a plan allows"))
        else:
            return left
        return None

    def _days_of(self, length: int, line: FileTask) -> int:
        """Return a length in working days, a part of a day as a whole one."""
        if line.length_format in ELAPSED:
            return math.ceil(Fraction(length, SECONDS_A_CALENDAR_DAY) * WORKING_DAYS_A_WEEK / CALENDAR_DAYS_A_WEEK)
        return math.ceil(Fraction(length, self.project.seconds_a_day))

    def _is_recordable(self, days: Mapping[str, date | None], line: FileTask) -> bool:
        """Tell whether a scenario takes actual days; say why not."""
        if any(day is not None and not FIRST_DAY <= day <= LAST_DAY for day in (line.actual_start, line.actual_finish)):
            self._leave(line, msgid("an actual day is outside the dates that a plan can cover"))
            return False
        first, last = days["started"], days["finished"]
        if first is not None and last is not None and last < first:
            self._leave(line, msgid("its actual finish lies before its actual start"))
            return False
        return True

    def _compare_work(self, line: FileTask, task: ScheduledTask, exported: Facts) -> None:
        """Take another work of a task as its effort."""
        if line.work is None or abs(line.work - exported.work) < LEAST_SECONDS:
            return
        effort = rounded(Fraction(line.work, self.project.seconds_a_day), EFFORT_PLACES)
        bounds = entry_at(f"{TASK_EDITS}any.effort_days")
        if not 0 < effort <= bounds.most:
            problem = msgid("its work must be above 0 and at most {most} days")
            self._leave(line, problem, IN_THE_PLAN, most=bounds.most)
            return
        effort = max(effort, Decimal(bounds.least))
        if self.plan.scenario.tasks.given_for(task.task.id).effort_days != of_all(effort, task, self.plan):
            take_effort(task, effort, self.plan, self.result)

    def take_status_date(self, exported: date | None) -> None:
        """Take the status date where it was changed.

        Some programs write the day on which they save: where the plan was handed out without one, it counts only
        beside records.
        """
        at, edits = self.project.status_date, self.result.edits
        has_records = any(path.startswith(TASK_RECORDS) for path in edits)
        if at is None or at in {exported, self.plan.scenario.status.at} or not (exported or has_records):
            return
        if FIRST_DAY <= at <= LAST_DAY:
            edits[STATUS_DATE] = at.isoformat()

    def _leave(self, line: FileTask, problem: str, remedy: str = ENTER_DAYS, **values: object) -> None:
        self.result.leave(line.place, problem, remedy, **values)


def read_project(content: bytes, file: str) -> ProjectFile:
    """Return what is in a project file; raise FileProblem if it is refused."""
    place = Place(shortened(file))
    if len(content) > LARGEST_FILE_BYTES:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        remedy = msgid("Save it without timephased data, or split it")
        raise FileProblem(place, problem, remedy, bytes=len(content), most=LARGEST_FILE_BYTES)
    if LONG_TAG.search(content):
        raise FileProblem(place, msgid("it is not XML, or damaged"), AGAIN)
    project = ProjectFile()
    try:
        for node in _records(content, place):
            _take(node, project, place)
    except DefusedXmlException:
        problem = msgid("it declares a document type or entities, which is not allowed for safety")
        raise FileProblem(place, problem, AGAIN) from None
    except DAMAGED:
        raise FileProblem(place, msgid("it is not XML, or damaged"), AGAIN) from None
    if not any(line.mark for line in project.tasks):
        problem = msgid("it was not exported from ZT Planner")
        remedy = msgid("Choose a project file that was exported here; enter the tasks of other plans as own tasks")
        raise FileProblem(place, problem, remedy)
    return project


def _records(content: bytes, place: Place) -> Iterator[Element]:
    """Yield each task, and each text of the project itself; everything else is let go at once."""
    path: list[Element] = []
    seen = kept_from = parts = 0
    for event, node in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            seen, parts = seen + 1, parts + 1
            path.append(node)
            _check(path, seen, parts if kept_from else 0, place)
            if not kept_from and [_name_of(parent) for parent in path[1:]] == ["Tasks", "Task"]:
                kept_from, parts = len(path), 0
            continue
        depth = len(path)
        if kept_from == depth or (depth == 2 and not kept_from):  # noqa: PLR2004 - below the root
            yield node
            kept_from = 0
        path.pop()
        if not kept_from and path:
            path[-1].clear()
        elif _name_of(node) == "TimephasedData":
            node.clear()


def _check(path: list[Element], seen: int, parts: int, place: Place) -> None:
    """Refuse what is no project, and what is fuller or deeper than a project could be."""
    space, _, name = path[0].tag.rpartition("}")
    if seen == 1 and not (name == ROOT and space.removeprefix("{") in NAMESPACES):
        problem = msgid("it is XML, but no project of Microsoft Project: it begins with '{value}'")
        raise FileProblem(place, problem, AGAIN, value=shortened(name))
    if seen > MOST_ELEMENTS or parts > MOST_PARTS or len(path) > DEEPEST:
        problem = msgid("it holds more than a plan could, or is nested too deeply")
        raise FileProblem(place, problem, msgid("Save it without timephased data, or split it"))


def _take(node: Element, project: ProjectFile, place: Place) -> None:
    """Keep what a record says."""
    name, text = _name_of(node), (node.text or "").strip()
    if name == "Task" and _text(node, "IsNull") not in YES:
        project.tasks.append(_task_of(node, len(project.tasks)))
        if len(project.tasks) > MOST_TASKS_IN_A_FILE:
            problem = msgid("it has more than {most} tasks")
            raise FileProblem(place, problem, msgid("Keep those that belong to the plan"), most=MOST_TASKS_IN_A_FILE)
    elif name == "MinutesPerDay":
        minutes = _whole(text) or 0
        project.minutes_a_day = minutes if 0 < minutes <= MOST_MINUTES_A_DAY else MINUTES_A_DAY
    elif name == "StatusDate":
        project.status_date = _day(text)


def _task_of(node: Element, index: int) -> FileTask:
    """Return a line of the file; its place is its number where the file gives it none."""
    fields = {_text(part, "FieldID"): _text(part, "Value") for part in node if _name_of(part) == "ExtendedAttribute"}
    number = _whole(_text(node, "ID"))
    return FileTask(
        number=index if number is None else number,
        name=_text(node, "Name"),
        start=_day(_text(node, "Start")),
        length=_seconds(_text(node, "Duration")),
        length_format=_whole(_text(node, "DurationFormat")) or IN_DAYS,
        work=_seconds(_text(node, "Work")),
        percent_complete=_whole(_text(node, "PercentComplete")) or 0,
        actual_start=_day(_text(node, "ActualStart")),
        actual_finish=_day(_text(node, "ActualFinish")),
        remaining=_seconds(_text(node, "RemainingDuration")),
        actual_work=_seconds(_text(node, "ActualWork")),
        is_summary=_text(node, "Summary") in YES,
        mark=fields.get(ID_FIELD, ""),
        facts=fields.get(FACTS_FIELD, ""),
        done=fields.get(DONE_FIELD, "").strip(),
    )


def _name_of(node: Element) -> str:
    """Return an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def _text(node: Element, name: str) -> str:
    """Return the text of an element's first part of a name; empty where there is none."""
    return next(((part.text or "").strip() for part in node if _name_of(part) == name), "")


def _whole(text: str) -> int | None:
    return int(text) if WHOLE.fullmatch(text) else None


def _day(text: str) -> date | None:
    """Return the day of a moment."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _seconds(text: str) -> int | None:
    """Return the seconds of `PT28H30M0S`."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
