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

from zt_planner.export.project.xml_text import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.plan import Plan

ID_FIELD, FACTS_FIELD = "188743731", "188743734"
"""Project's own numbers of the task fields Text1 and Text2."""
TASK, STEP, PLAN = "task:", "step:", "plan:"
"""How the mark of a line begins; an id follows."""
STEERING, MFA_MILESTONE = "plan:steering", "milestone:mfa"
VERSION = "1"
HASH_LENGTH = 8
PARTS = 11
DAY, NUMBER = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("-?[0-9]{1,15}")


def short_hash(parts: Iterable[str]) -> str:
    """Return a short hash of texts."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be changed of a line in a project file; work in seconds, cost in cents.

    `wait_weeks` is the wait of what follows the task, `constraint` what holds its start beside its links, as the
    format counts them. `after` and `name` are hashes.
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

    @property
    def work(self) -> int:
        """The work of both teams."""
        return self.internal + self.external

    @property
    def text(self) -> str:
        """The facts as a mark."""
        numbers = (self.length_days, self.internal, self.external, self.wait_weeks, self.constraint, self.cost)
        return "|".join((VERSION, self.step, self.start.isoformat(), *map(str, numbers), self.after, self.name))


def facts_from(text: str) -> Facts | None:
    """Read a mark; None when it is none."""
    parts = text.strip().split("|")
    if len(parts) != PARTS or parts[0] != VERSION or not DAY.fullmatch(parts[2]):
        return None
    if not all(NUMBER.fullmatch(number) for number in parts[3:9]):
        return None
    try:
        day = date.fromisoformat(parts[2])
    except ValueError:
        return None
    length, internal, external, wait, constraint, cost = map(int, parts[3:9])
    return Facts(parts[1], day, length, internal, external, wait, constraint, cost, *parts[9:])


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
