"""What a line of a project file is in the plan, and how it was handed out; the file carries both in text fields.

A file that comes back is held against that, not against the plan that is open
by then: only what was changed in the file is a change. Laws: a mark reads back
as it was written; a file that nobody edited has facts equal to its marks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from zt_planner.export.project.xml_text import SECONDS_A_DAY, writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.plan import Plan, ScheduledTask

ID_FIELD, FACTS_FIELD = "188743731", "188743734"
"""Project's own numbers of the task fields Text1 and Text2."""
TASK, STEP, PLAN = "task:", "step:", "plan:"
"""How the mark of a line begins; an id follows."""
STEERING = "plan:steering"
VERSION = "1"
HASH_LENGTH = 8


def short_hash(parts: Iterable[str]) -> str:
    """Return a short hash of texts."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be changed of a task in a project file; work in seconds, `wait_weeks` that of what follows it.

    `after` and `name` are hashes where facts are read from a mark.
    """

    start: date
    length_days: int
    internal: int
    external: int
    wait_weeks: int
    after: str
    name: str

    @property
    def text(self) -> str:
        """The facts as a mark."""
        numbers = (self.length_days, self.internal, self.external, self.wait_weeks)
        return "|".join((VERSION, self.start.isoformat(), *map(str, numbers), self.after, self.name))


def facts_from(text: str) -> Facts | None:
    """Read a mark; None where it is none."""
    parts = text.strip().split("|")
    numbers = parts[2:6]
    if len(parts) != len(Facts.__slots__) + 1 or parts[0] != VERSION:
        return None
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        return None
    try:
        day = date.fromisoformat(parts[1])
    except ValueError:
        return None
    length, internal, external, wait = map(int, numbers)
    return Facts(day, length, internal, external, wait, parts[6], parts[7])


def after_hash(task_ids: Iterable[str]) -> str:
    """Return what tells one set of predecessors from another."""
    return short_hash(sorted(task_ids))


def name_hash(name: str) -> str:
    """Return what tells a name from another, as it is written into a file."""
    return short_hash((writable(name).strip(),))


def facts_of(task: ScheduledTask, name: str) -> Facts:
    """Return the facts of a task as they are handed out under a name."""
    return Facts(
        start=task.start,
        length_days=task.length_days,
        internal=round(task.internal_days * SECONDS_A_DAY),
        external=round(task.external_days * SECONDS_A_DAY),
        wait_weeks=task.task.wait_weeks,
        after=after_hash(task.after),
        name=name_hash(name),
    )


def tasks_mark(plan: Plan) -> str:
    """Return what tells whether a file was handed out with the same tasks that a plan has."""
    return short_hash(sorted(task.task.id for task in plan.tasks))


def without_name(facts: Facts) -> Facts:
    """Return facts that do not say what the task is called."""
    return replace(facts, name="")
