"""The records of a project file as values: tasks with their links, days off.

Laws: a value that is missing or cannot be read is as good as none; no text is
longer than it is in the file; numbers have a bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.export.project.marks import FACTS_FIELD, ID_FIELD
from zt_planner.export.project.xml_text import FINISH_TO_START, IN_DAYS
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?", re.ASCII)
WHOLE = re.compile("-?[0-9]{1,15}")
YES, NO = frozenset({"1", "true"}), frozenset({"0", "false"})
MINUTES_A_DAY = 480
DEEPEST_LEVEL = 30
"""Lines that lie deeper count as if they lay there."""
NO_LINE = -1
"""The number of a line that is in another file."""

Span: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class FileLink:
    """A predecessor: its number, its kind (1 is finish to start), and the lag in tenths of a minute in its form."""

    uid: int
    kind: int
    lag: int
    lag_format: int


@dataclass(frozen=True, slots=True)
class FileTask:
    """A line of the file, unchanged; works and lengths in seconds, None when the file says nothing."""

    number: int
    uid: int
    name: str
    level: int
    start: date | None
    finish: date | None
    length: int | None
    length_format: int
    work: int | None
    constraint: int
    constraint_date: date | None
    fixed_cost: int | None
    percent_complete: int
    actual_start: date | None
    actual_finish: date | None
    remaining: int | None
    actual_work: int | None
    is_summary: bool
    is_milestone: bool
    is_active: bool
    is_manual: bool
    links: tuple[FileLink, ...]
    mark: str
    facts: str

    @property
    def place(self) -> str:
        """Where it stands, for a message: its number in the file and its name."""
        return f"{self.number} {shortened(self.name)}".strip()


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """What was read: lines in order, resources by number, the work of each resource by line, days off, status date."""

    tasks: tuple[FileTask, ...]
    resources: Mapping[int, str]
    work: Mapping[int, Mapping[int, int]]
    days_off: tuple[Span, ...]
    minutes_a_day: int = MINUTES_A_DAY
    status_date: date | None = None

    @property
    def seconds_a_day(self) -> int:
        """A person-day."""
        return self.minutes_a_day * 60


def name_of(node: Element) -> str:
    """Return an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def task_of(node: Element, index: int) -> FileTask:
    """Return a line of the file; `place` is its number where the file gives it none."""
    fields = {child_text(part, "FieldID"): child_text(part, "Value") for part in children_of(node, "ExtendedAttribute")}
    return FileTask(
        number=number_of(node, "ID", index),
        uid=number_of(node, "UID"),
        name=child_text(node, "Name"),
        level=min(number_of(node, "OutlineLevel", 1), DEEPEST_LEVEL),
        start=day_of(child_text(node, "Start")),
        finish=day_of(child_text(node, "Finish")),
        length=seconds_of(child_text(node, "Duration")),
        length_format=number_of(node, "DurationFormat", IN_DAYS),
        work=seconds_of(child_text(node, "Work")),
        constraint=number_of(node, "ConstraintType"),
        constraint_date=day_of(child_text(node, "ConstraintDate")),
        fixed_cost=whole_of(child_text(node, "FixedCost").partition(".")[0]),
        percent_complete=number_of(node, "PercentComplete"),
        actual_start=day_of(child_text(node, "ActualStart")),
        actual_finish=day_of(child_text(node, "ActualFinish")),
        remaining=seconds_of(child_text(node, "RemainingDuration")),
        actual_work=seconds_of(child_text(node, "ActualWork")),
        is_summary=child_text(node, "Summary") in YES,
        is_milestone=child_text(node, "Milestone") in YES,
        is_active=child_text(node, "Active") not in NO,
        is_manual=child_text(node, "Manual") in YES,
        links=tuple(_link(part) for part in children_of(node, "PredecessorLink")),
        mark=fields.get(ID_FIELD, ""),
        facts=fields.get(FACTS_FIELD, ""),
    )


def _link(node: Element) -> FileLink:
    is_foreign = child_text(node, "CrossProject") in YES
    return FileLink(
        uid=NO_LINE if is_foreign else number_of(node, "PredecessorUID", NO_LINE),
        kind=number_of(node, "Type", FINISH_TO_START),
        lag=number_of(node, "LinkLag"),
        lag_format=number_of(node, "LagFormat", IN_DAYS),
    )


def days_off_of(node: Element) -> Iterator[Span]:
    """Yield the days off of a calendar, first and last."""
    for group in children_of(node, "Exceptions"):
        for found in children_of(group, "Exception"):
            for period in children_of(found, "TimePeriod"):
                first, last = day_of(child_text(period, "FromDate")), day_of(child_text(period, "ToDate"))
                if first is not None and last is not None and child_text(found, "DayWorking") not in YES:
                    yield first, last


def children_of(node: Element, name: str) -> Iterator[Element]:
    """Return what an element holds under a name."""
    return (part for part in node if name_of(part) == name)


def child_text(node: Element, name: str) -> str:
    """Return the text of an element's first part of a name; empty where there is none."""
    return next(((part.text or "").strip() for part in children_of(node, name)), "")


def number_of(node: Element, name: str, otherwise: int = 0) -> int:
    """Return a whole number."""
    found = whole_of(child_text(node, name))
    return otherwise if found is None else found


def whole_of(text: str) -> int | None:
    """Return a text as a whole number, None when it is none."""
    return int(text) if WHOLE.fullmatch(text.strip()) else None


def day_of(text: str) -> date | None:
    """Return the day of a moment, None when it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def seconds_of(text: str) -> int | None:
    """Return the seconds of `PT28H30M0S`."""
    found = DURATION.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
