"""What a line of a project file is in the plan, and how it was handed out; the file carries both in text fields.

A file that comes back is held against that, not against the plan that is open
by then: only what was changed in the file is a change. Laws: a mark reads back
as it was written; a file that nobody edited says what its marks say.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zt_planner.export.project.progress import LineProgress
from zt_planner.export.project.xml_text import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.plan import Plan

ID_FIELD, FACTS_FIELD = "188743731", "188743734"
"""Project's own numbers of the task fields Text1 and Text2."""
TASK, STEP, PLAN = "task:", "step:", "plan:"
"""How the mark of a line begins; an id follows."""
STEERING, MFA_MILESTONE = "plan:steering", "milestone:mfa"
VERSION, WITH_PROGRESS = "1", "2"
"""The second one says how far a task was, too."""
HASH_LENGTH = 8
PARTS, PROGRESS_PARTS = 11, 5
DAY, NUMBER = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("-?[0-9]{1,15}")


def short_hash(parts: Iterable[str]) -> str:
    """Return a short hash of texts."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be changed of a line in a project file; work in seconds, cost in cents.

    `wait_weeks` is the wait of what follows the task, `constraint` what holds its start beside its links, as the
    format counts them. `after` and `name` are hashes; without a status date there is no `progress`.
    """

    step: str
    start: date
    length_days: int
    internal: int
    external: int
    wait_weeks: int
    constraint: int
    cost: int
    after: str
    name: str
    progress: LineProgress | None = None

    @property
    def work(self) -> int:
        """The work of both teams."""
        return self.internal + self.external

    @property
    def text(self) -> str:
        """The facts as a mark."""
        numbers = (self.length_days, self.internal, self.external, self.wait_weeks, self.constraint, self.cost)
        told = () if self.progress is None else _progress_parts(self.progress)
        version = WITH_PROGRESS if told else VERSION
        return "|".join((version, self.step, self.start.isoformat(), *map(str, numbers), self.after, self.name, *told))


def facts_from(text: str) -> Facts | None:
    """Read a mark; None when it is none."""
    parts = text.strip().split("|")
    told = PROGRESS_PARTS if parts[0] == WITH_PROGRESS else 0
    if len(parts) != PARTS + told or parts[0] not in {VERSION, WITH_PROGRESS}:
        return None
    if not all(NUMBER.fullmatch(number) for number in parts[3:9]):
        return None
    length, internal, external, wait, constraint, cost = map(int, parts[3:9])
    try:
        progress = _progress_from(length, *parts[PARTS:]) if told else None
        day = _day_from(parts[2])
    except ValueError:
        return None
    return Facts(parts[1], day, length, internal, external, wait, constraint, cost, parts[9], parts[10], progress)


def _progress_parts(progress: LineProgress) -> tuple[str, ...]:
    values = (progress.passed_days, progress.started, progress.finished, progress.internal, progress.external)
    return tuple("" if value is None else str(value) for value in values)


def _progress_from(length: int, passed: str, started: str, finished: str, internal: str, external: str) -> LineProgress:
    """Read how far a task was; raise ValueError where it says no such thing."""
    first, last = (_day_from(text) if text else None for text in (started, finished))
    if not all(NUMBER.fullmatch(text) for text in (passed, internal or "0", external or "0")):
        raise ValueError
    return LineProgress(
        int(passed), length, first, last, *(int(text) if text else None for text in (internal, external))
    )


def _day_from(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def plan_facts(plan: Plan, days_off: Iterable[tuple[date, date]]) -> str:
    """Return how a plan was handed out: its tasks and days off, as hashes, and its status date."""
    at = plan.scenario.status.at
    return "|".join((tasks_hash(plan), days_hash(days_off), *(() if at is None else (at.isoformat(),))))


def plan_facts_from(text: str) -> tuple[str, str, date | None]:
    """Read how a plan was handed out; nothing of what is not there."""
    tasks, days, at, *_ = (*text.split("|"), "", "", "")
    try:
        return tasks, days, _day_from(at)
    except ValueError:
        return tasks, days, None


def after_hash(task_ids: Iterable[str]) -> str:
    """Return what tells one set of predecessors from another."""
    return short_hash(sorted(set(task_ids)))


def name_hash(name: str) -> str:
    """Return what tells a name from another, as it is written into a file."""
    return short_hash((writable(name).strip(),))


def tasks_hash(plan: Plan) -> str:
    """Return what tells whether a file was handed out with the same tasks that a plan has."""
    return short_hash(sorted(task.task.id for task in plan.tasks))


def days_hash(spans: Iterable[tuple[date, date]]) -> str:
    """Return what tells one set of days off from another."""
    return short_hash(f"{first} {last}" for first, last in sorted(spans))
