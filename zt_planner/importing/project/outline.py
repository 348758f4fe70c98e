"""Which lines of a project file are tasks, what stands above them, and what they wait for.

A link from or to a group of lines counts for the tasks in it; one to a
milestone for what the milestone waits for, as nobody works on it. Laws: no
task waits for itself; a file of any form is gone through once, however its
links run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.export.project.xml_text import FINISH_TO_START, TENTHS_A_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zt_planner.importing.project.records import FileLink, FileTask, ProjectFile

ELAPSED = frozenset({4, 6, 8, 10, 12, 36, 38, 40, 42, 44})
"""Formats of durations in which nights and weekends count."""
SHARES = frozenset({19, 20, 51, 52})
"""Formats of lags that are a share of the task before."""
WORKING_DAYS, DAYS_A_WEEK, HOURS_A_CALENDAR_DAY = 5, 7, 24
MOST_STEPS = 4_000
"""Links that are followed for one task, and tasks of groups that they lead to."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a task waits for, by number, each with the link that says so; `lost` are links that lead nowhere.

    `is_cut` where there are more than are followed.
    """

    links: Mapping[int, FileLink]
    lost: int = 0
    is_cut: bool = False


@dataclass(slots=True)
class Outline:
    """The lines of a file by number, with those above and below each; `twice` are those whose number is taken.

    `solid` are groups that are tasks of a plan all the same: a link to one is a link to that task.
    """

    project: ProjectFile
    by_uid: dict[int, FileTask] = field(default_factory=dict)
    above: dict[int, tuple[FileTask, ...]] = field(default_factory=dict)
    below: dict[int, list[FileTask]] = field(default_factory=dict)
    twice: list[FileTask] = field(default_factory=list)
    solid: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, project: ProjectFile) -> Outline:
        """Read the outline from the levels of the lines."""
        outline = cls(project)
        groups: list[FileTask] = []
        for task in project.tasks:
            if task.uid in outline.by_uid:
                outline.twice.append(task)
                continue
            groups = [group for group in groups if group.level < task.level]
            outline.by_uid[task.uid], outline.above[task.uid] = task, tuple(reversed(groups))
            outline.below[task.uid] = []
            for group in groups:
                outline.below[group.uid].append(task)
            groups.append(task)
        return outline

    def is_group(self, task: FileTask) -> bool:
        """Tell whether a line stands for others, or for the project."""
        return task.is_summary or task.level < 1 or bool(self.below[task.uid])

    def leaves(self) -> Iterator[FileTask]:
        """Yield the lines that are no groups, in order."""
        return (task for task in self.by_uid.values() if not self.is_group(task))

    def is_milestone(self, task: FileTask) -> bool:
        """Tell whether nothing is done in a line: it has neither work nor length."""
        return not self.work_of(task) and not task.length

    def work_of(self, task: FileTask) -> int:
        """Return a line's work in seconds: what it says, or what those who work on it say."""
        return task.work or sum(self.project.work.get(task.uid, {}).values())

    def length_of(self, task: FileTask) -> int:
        """Return a line's length in working days, a part of a day as a whole one."""
        return self._days_of(task.length or 0, task)

    def left_of(self, task: FileTask) -> int | None:
        """Return how many working days of a line are left; None where the file says nothing."""
        return None if task.remaining is None else self._days_of(task.remaining, task)

    def _days_of(self, length: int, task: FileTask) -> int:
        seconds = Fraction(length)
        if task.length_format in ELAPSED:
            calendar_days = seconds / (HOURS_A_CALENDAR_DAY * 3600)
            return math.ceil(calendar_days * WORKING_DAYS / DAYS_A_WEEK)
        return math.ceil(seconds / self.project.seconds_a_day)

    def weeks_of(self, link: FileLink) -> Fraction | None:
        """Return a lag in weeks; None when it has none that could be told."""
        if link.lag_format in SHARES and link.lag:
            return None
        if link.lag_format in ELAPSED:
            return Fraction(link.lag, TENTHS_A_WEEK)
        return Fraction(link.lag, WORKING_DAYS * self.project.minutes_a_day * 10)

    def before(self, task: FileTask) -> Before:
        """Return what a task waits for, groups and milestones resolved."""
        found: dict[int, FileLink] = {}
        pending, lost, steps = list(self._links(task)), 0, 0
        seen: set[int] = set()
        for link in pending:
            target = self.by_uid.get(link.uid)
            leaves = [] if target is None or link.uid in seen else self._leaves_of(target)
            lost, steps = lost + (target is None), steps + 1 + len(leaves)
            if steps > MOST_STEPS:
                return Before(found, lost, is_cut=True)
            seen.add(link.uid)
            for leaf in leaves:
                if self.is_passed_on(leaf):
                    pending += self._links(leaf)
                elif leaf.uid != task.uid:
                    found.setdefault(leaf.uid, link)
        return Before(found, lost)

    def is_task(self, line: FileTask) -> bool:
        """Tell whether somebody works on a line itself."""
        return line.uid in self.solid or not (self.is_group(line) or self.is_milestone(line))

    def is_passed_on(self, leaf: FileTask) -> bool:
        """Tell whether what waits for a line waits for what that line waits for."""
        return leaf.uid not in self.solid and self.is_milestone(leaf)

    def _links(self, task: FileTask) -> Sequence[FileLink]:
        """Return the links of a line and of the groups that it stands in."""
        return [link for line in (task, *self.above[task.uid]) for link in line.links]

    def _leaves_of(self, task: FileTask) -> Sequence[FileTask]:
        if task.uid in self.solid or not self.is_group(task):
            return [task]
        return [leaf for leaf in self.below[task.uid] if not self.is_group(leaf)]


def is_plain(link: FileLink) -> bool:
    """Tell whether a link is of the kind that a plan has: what follows starts when the task before is finished."""
    return link.kind == FINISH_TO_START
