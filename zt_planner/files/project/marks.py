"""What a line of a project file is in the plan, how far it was, and how it was handed out.

The file carries the mark and the facts of a line in text fields. A file that comes back is held against that, not
against the plan that is open by then: only what was changed in the file is a change. Laws: a mark reads back
as it was written; a file that nobody edited says what its marks say; what is recorded of a task stands with it, and
nothing of a task that has not begun; a summary spans what has begun below it, and is finished when all of it is (M26).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.values import ISO_DATE
from zt_planner.engine.plan import AnyPlan
from zt_planner.files.project.xml_text import SECONDS_A_DAY

WHOLE = 100


@dataclass(frozen=True, slots=True)
class LineProgress:
    """Of a line's days so many have passed; actual days, None where there are none; spent work in seconds."""

    passed_days: int
    length_days: int
    started: date | None = None
    finished: date | None = None
    internal: int | None = None
    external: int | None = None

    @property
    def has_begun(self) -> bool:
        """Tell whether something of it is done, even where nobody recorded when it began."""
        return self.started is not None or self.finished is not None or self.passed_days > 0

    @property
    def percent(self) -> int:
        """The share of the days that have passed, rounded down: all of them only where all have."""
        return WHOLE * self.passed_days // self.length_days if self.length_days else WHOLE * bool(self.finished)

    @property
    def remaining_days(self) -> int:
        """The days that are left."""
        return self.length_days - self.passed_days

    @property
    def work(self) -> int | None:
        """The spent work of both teams; None where nobody counts."""
        counted = [spent for spent in (self.internal, self.external) if spent is not None]
        return sum(counted) if counted else None


def progress_of(task: ScheduledTask, plan: AnyPlan) -> LineProgress | None:
    """Return how far a task is; None without a status date."""
    if task.progress is None:
        return None
    length, passed, is_done = task.length_days, task.passed_days, task.state is TaskState.DONE
    if not task.has_begun:
        return LineProgress(0, length)
    record = plan.scenario.status.tasks[task.task.id]
    return LineProgress(
        length if is_done else passed,
        length,
        task.known_start,
        task.finish if is_done else None,
        _seconds(record.spent_internal),
        _seconds(record.spent_external),
    )


def _seconds(days: Decimal | None) -> int | None:
    return None if days is None else round(days * SECONDS_A_DAY)


def progress_of_all(lines: Sequence[LineProgress]) -> LineProgress | None:
    """Return how far several lines are together; None where there is none."""
    if not lines:
        return None
    starts = [line.started for line in lines if line.started is not None]
    ends = [line.finished for line in lines if line.finished is not None]
    return LineProgress(
        sum(line.passed_days for line in lines),
        sum(line.length_days for line in lines),
        min(starts, default=None),
        max(ends) if len(ends) == len(lines) else None,
    )


# Marks

ID_FIELD, FACTS_FIELD, DONE_FIELD = "188743731", "188743734", "188743737"
"""Project's own numbers of the task fields Text1, Text2 and Text3."""
TASK, STEP, PLAN, DONE = "task:", "step:", "plan:", "done:"
"""How the mark of a line begins; an id follows."""
STEERING, MFA_MILESTONE = "plan:steering", "milestone:mfa"
HASH_LENGTH = 8
PARTS, PROGRESS_PARTS = 3, 5
NUMBER = re.compile("-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line was handed out with; work of both teams in seconds; without a status date there is no `progress`.

    `done` is the share that was done before the plan begins.
    """

    start: date
    length_days: int
    work: int
    progress: LineProgress | None = None
    done: Decimal = Decimal(0)

    @property
    def text(self) -> str:
        """The facts as a mark."""
        values: tuple[object, ...] = (self.start, self.length_days, self.work)
        if self.done:
            values = (f"{DONE}{self.done:f}", *values)
        if self.progress is not None:
            progress = self.progress
            values += (progress.passed_days, progress.started, progress.finished, progress.internal, progress.external)
        return "|".join("" if value is None else str(value) for value in values)


def facts_from(text: str) -> Facts | None:
    """Read a mark; None when it is none."""
    parts = text.strip().split("|")
    done = share_done(parts.pop(0).removeprefix(DONE)) if parts[0].startswith(DONE) else Decimal(0)
    if done is None or len(parts) not in {PARTS, PARTS + PROGRESS_PARTS}:
        return None
    (start, length, work), progress = parts[:PARTS], parts[PARTS:]
    try:
        days = _number_from(length)
        before = _progress_from(days, *progress) if progress else None
        return Facts(_day_from(start), days, _number_from(work), before, done)
    except ValueError:
        return None


def share_done(text: str) -> Decimal | None:
    """Read a share from 0 to 1; None when it is none."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        return None
    return share if 0 <= share <= 1 else None


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
    if not ISO_DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def plan_facts(plan: AnyPlan) -> str:
    """Return how a plan was handed out: its tasks, as a hash, and its status date."""
    at = plan.scenario.status.at
    return f"{_tasks_hash(plan)}|{'' if at is None else at.isoformat()}"


def plan_facts_from(text: str, plan: AnyPlan) -> tuple[bool, date | None]:
    """Tell whether a file was handed out with the tasks that a plan has, and return its status date."""
    tasks, _, at = text.partition("|")
    try:
        return tasks == _tasks_hash(plan), _day_from(at)
    except ValueError:
        return tasks == _tasks_hash(plan), None


def _tasks_hash(plan: AnyPlan) -> str:
    ids = "\0".join(sorted(task.task.id for task in plan.tasks))
    return hashlib.sha256(ids.encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]
