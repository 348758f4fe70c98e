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

from zt_planner.files.project.progress import LineProgress

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan

ID_FIELD, FACTS_FIELD = "188743731", "188743734"
"""Project's own numbers of the task fields Text1 and Text2."""
TASK, STEP, PLAN = "task:", "step:", "plan:"
"""How the mark of a line begins; an id follows."""
STEERING, MFA_MILESTONE = "plan:steering", "milestone:mfa"
HASH_LENGTH = 8
PARTS, PROGRESS_PARTS = 3, 5
DAY, NUMBER = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line was handed out with; work of both teams in seconds; without a status date there is no `progress`."""

    start: date
    length_days: int
    work: int
    progress: LineProgress | None = None

    @property
    def text(self) -> str:
        """The facts as a mark."""
        values: tuple[object, ...] = (self.start, self.length_days, self.work)
        if self.progress is not None:
            progress = self.progress
            values += (progress.passed_days, progress.started, progress.finished, progress.internal, progress.external)
        return "|".join("" if value is None else str(value) for value in values)


def facts_from(text: str) -> Facts | None:
    """Read a mark; None when it is none."""
    parts = text.strip().split("|")
    if len(parts) not in {PARTS, PARTS + PROGRESS_PARTS}:
        return None
    (start, length, work), progress = parts[:PARTS], parts[PARTS:]
    try:
        days = _number_from(length)
        return Facts(_day_from(start), days, _number_from(work), _progress_from(days, *progress) if progress else None)
    except ValueError:
        return None


def _progress_from(length: int, passed: str, started: str, finished: str, internal: str, external: str) -> LineProgress:
    """Read how far a task was; raise ValueError where it says no such thing."""
    first, last = (_day_from(text) if text else None for text in (started, finished))
    inside, outside = (_number_from(text) if text else None for text in (internal, external))
    return LineProgress(_number_from(passed), length, first, last, inside, outside)


def _number_from(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError
    return int(text)


def _day_from(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def plan_facts(plan: Plan) -> str:
    """Return how a plan was handed out: its tasks, as a hash, and its status date."""
    at = plan.scenario.status.at
    return f"{_tasks_hash(plan)}|{'' if at is None else at.isoformat()}"


def plan_facts_from(text: str, plan: Plan) -> tuple[bool, date | None]:
    """Tell whether a file was handed out with the tasks that a plan has, and return its status date."""
    tasks, _, at = text.partition("|")
    try:
        return tasks == _tasks_hash(plan), _day_from(at)
    except ValueError:
        return tasks == _tasks_hash(plan), None


def _tasks_hash(plan: Plan) -> str:
    ids = "\0".join(sorted(task.task.id for task in plan.tasks))
    return hashlib.sha256(ids.encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]
