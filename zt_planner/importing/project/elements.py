"""Untrusted project files: read piece by piece, and only what a plan needs.

Decides nothing about what a line means. Laws: a file that is no project, is
damaged, refers to anything outside itself, or is larger, deeper or fuller than
a plan could be is refused with a reason; what is not needed is never kept; a
value that cannot be read is as good as none.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.gaps import shortened
from zt_planner.importing.project.records import (
    MINUTES_A_DAY,
    YES,
    FileTask,
    ProjectFile,
    Span,
    child_text,
    day_of,
    days_off_of,
    name_of,
    number_of,
    seconds_of,
    task_of,
    whole_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from xml.etree.ElementTree import Element

MOST_ELEMENTS, MOST_PARTS, DEEPEST = 250_000, 20_000, 24
"""Elements of a file, elements of one of its records, and how deep they may lie."""
MOST_TASKS_IN_A_FILE = 3_000
ROOT = "Project"
NAMESPACES = ("http://schemas.microsoft.com/project", "http://schemas.microsoft.com/project/2007", "")
RECORDS = {"Task": "Tasks", "Resource": "Resources", "Assignment": "Assignments", "Calendar": "Calendars"}
"""What is kept, by what it stands in."""
NOT_NEEDED = frozenset({"TimephasedData"})
DAMAGED = (ParseError, ValueError, LookupError)
"""What the standard library raises for files that are no XML, or are written in a way that it does not know."""
LONG_TAG = re.compile(b"<[^<>]{65536}")
"""More attributes than any element of a project has."""


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    tasks: list[FileTask] = field(default_factory=list)
    resources: dict[int, str] = field(default_factory=dict)
    work: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    days_off: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    minutes_a_day: int = MINUTES_A_DAY
    calendar: int | None = None
    status_date: date | None = None


def read_project(content: bytes, file: str) -> ProjectFile:
    """Return what is in a project file; raise FileProblem if it is refused."""
    place = Place(shortened(file))
    if len(content) > LARGEST_FILE_BYTES:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        remedy = msgid("Save it without timephased data, or split it")
        raise FileProblem(place, problem, remedy, bytes=len(content), most=LARGEST_FILE_BYTES)
    if LONG_TAG.search(content):
        raise FileProblem(place, msgid("it is not XML, or damaged"), _again())
    found = _Reading()
    try:
        for name, record in _records(content, place):
            _take(name, record, found, place)
    except DefusedXmlException:
        problem = msgid("it declares a document type or entities, which is not allowed for safety")
        raise FileProblem(place, problem, _again()) from None
    except DAMAGED:
        raise FileProblem(place, msgid("it is not XML, or damaged"), _again()) from None
    days_off = found.days_off.get(found.calendar or 0) or next(iter(found.days_off.values()), ())
    return ProjectFile(
        tuple(found.tasks), found.resources, found.work, days_off, found.minutes_a_day, found.status_date
    )


def _again() -> str:
    return msgid("Save the project as XML from your planning program, and choose that file")


def _records(content: bytes, place: Place) -> Iterator[tuple[str, Element]]:
    """Yield each record by its name, and each text of the project itself; everything else is let go at once."""
    path: list[Element] = []
    seen = kept_from = parts = 0
    for event, node in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            seen, parts = seen + 1, parts + 1
            path.append(node)
            _check(path, seen, parts if kept_from else 0, place)
            if not kept_from and _is_record(path):
                kept_from, parts = len(path), 0
            continue
        depth = len(path)
        name = name_of(node)
        if kept_from == depth or (depth == 2 and not kept_from):  # noqa: PLR2004 - below the root
            yield name, node
            kept_from = 0
        path.pop()
        if not kept_from and path:
            path[-1].clear()
        elif name in NOT_NEEDED:
            node.clear()


def _is_record(path: list[Element]) -> bool:
    """Tell whether an element is one of the project's records: `Project/Tasks/Task`."""
    return len(path) == 3 and RECORDS.get(name_of(path[2])) == name_of(path[1])  # noqa: PLR2004 - root, group, record


def _check(path: list[Element], seen: int, parts: int, place: Place) -> None:
    """Refuse what is no project, and what is fuller or deeper than a project could be."""
    if seen == 1 and not _is_project(path[0]):
        problem = msgid("it is XML, but no project of Microsoft Project: it begins with '{value}'")
        raise FileProblem(place, problem, _again(), value=shortened(name_of(path[0])))
    if seen > MOST_ELEMENTS or parts > MOST_PARTS or len(path) > DEEPEST:
        problem = msgid("it holds more than a plan could, or is nested too deeply")
        raise FileProblem(place, problem, msgid("Save it without timephased data, or split it"))


def _is_project(root: Element) -> bool:
    space, _, name = root.tag.rpartition("}")
    return name == ROOT and space.removeprefix("{") in NAMESPACES


def _take(name: str, node: Element, reading: _Reading, place: Place) -> None:
    """Keep what a record says."""
    if name == "Task":
        if child_text(node, "IsNull") in YES:
            return
        reading.tasks.append(task_of(node, len(reading.tasks)))
        if len(reading.tasks) > MOST_TASKS_IN_A_FILE:
            problem = msgid("it has more than {most} tasks")
            raise FileProblem(place, problem, msgid("Keep those that belong to the plan"), most=MOST_TASKS_IN_A_FILE)
    elif name in TAKERS:
        TAKERS[name](node, reading)


def _take_resource(node: Element, reading: _Reading) -> None:
    reading.resources[number_of(node, "UID")] = child_text(node, "Name")


def _take_assignment(node: Element, reading: _Reading) -> None:
    work = seconds_of(child_text(node, "Work"))
    if work:
        of_task, resource = reading.work[number_of(node, "TaskUID")], number_of(node, "ResourceUID")
        of_task[resource] = of_task.get(resource, 0) + work


def _take_calendar(node: Element, reading: _Reading) -> None:
    reading.days_off[number_of(node, "UID")] = tuple(days_off_of(node))


def _take_hours(node: Element, reading: _Reading) -> None:
    reading.minutes_a_day = whole_of(node.text or "") or MINUTES_A_DAY


def _take_calendar_uid(node: Element, reading: _Reading) -> None:
    reading.calendar = whole_of(node.text or "")


def _take_status_date(node: Element, reading: _Reading) -> None:
    reading.status_date = day_of(node.text or "")


TAKERS: Mapping[str, Callable[[Element, _Reading], None]] = {
    "Resource": _take_resource,
    "Assignment": _take_assignment,
    "Calendar": _take_calendar,
    "MinutesPerDay": _take_hours,
    "CalendarUID": _take_calendar_uid,
    "StatusDate": _take_status_date,
}
"""What is kept beside tasks."""
