"""Lines of a project file that the plan does not have: each becomes an own task.

Decides step, effort, dates and who works; what it waits for is decided beside
it, as that may be a task of the plan. Laws: every line is an own task or left
out with a reason; no task is added that a scenario would refuse for its name,
effort, length or date.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY, NAME_LENGTH, as_number
from zt_planner.errors import msgid
from zt_planner.export.project.marks import STEP
from zt_planner.export.project.rows import Constraint, start_by_links
from zt_planner.export.project.team_xml import TeamUid
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from zt_planner.engine.scheduling.calendar import WorkCalendar
    from zt_planner.importing.project.outline import Before, Outline
    from zt_planner.importing.project.records import FileTask
    from zt_planner.importing.result import ImportResult

OUTSIDE = ("consult", "berat", "extern", "dienstleist", "contractor", "freelanc", "prestatai", "proveedor")
"""Parts of the names of those who are not one's own people."""
LEAST_EFFORT, MOST_EFFORT, LONGEST_LENGTH = Decimal("0.01"), Decimal(10_000), 5_000
PLACES, SHARE_PLACES = Decimal("0.0001"), Decimal("0.0001")
FINISHED = 100


def person_days(seconds: int, outline: Outline) -> Decimal:
    """Return work as person-days."""
    exact = Decimal(seconds) / outline.project.seconds_a_day
    return exact.quantize(PLACES, ROUND_HALF_UP)


def plain_name(task: FileTask, result: ImportResult) -> str:
    """Return a line's name as a scenario takes it, and say where it was cut; empty where it says nothing."""
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in task.name)
    name = re.sub(r"\s{2,}", " ", visible).strip()
    if len(name) > NAME_LENGTH:
        problem = msgid("its name has {length} characters, more than the {most} a plan can hold")
        result.notice(task.place, problem, msgid("It is cut"), length=len(name), most=NAME_LENGTH)
    return name[:NAME_LENGTH].strip()


def is_outside(resource: int, outline: Outline, *, is_own: bool) -> bool:
    """Tell whether somebody is not one of one's own people: in a file of ours by number, otherwise by name."""
    if is_own and resource in set(TeamUid):
        return resource == TeamUid.EXTERNAL
    name = outline.project.resources.get(resource, "").casefold()
    return any(part in name for part in OUTSIDE)


def external_work(task: FileTask, outline: Outline, *, is_own: bool) -> int:
    """Return the work of others in a line, in seconds."""
    work = outline.project.work.get(task.uid, {})
    return sum(found for resource, found in work.items() if is_outside(resource, outline, is_own=is_own))


def step_of(task: FileTask, outline: Outline) -> Step:
    """Return the step that a line stands under, by its mark or its name; otherwise preparation."""
    for group in outline.above[task.uid]:
        key = group.mark.removeprefix(STEP) if group.mark.startswith(STEP) else _steps().get(group.name.casefold(), "")
        if key in set(Step):
            return Step(key)
    return Step.PREPARATION


@lru_cache
def _steps() -> Mapping[str, str]:
    """Return the steps by their names in every language, with and without their number."""
    names = {label(step, Language(code)).casefold(): str(step) for step in Step for code in LanguageCode}
    return names | {name.lstrip("0123456789. "): step for name, step in names.items()}


def own_task_from_line(
    task: FileTask, outline: Outline, result: ImportResult, *, is_own: bool
) -> dict[str, Any] | None:
    """Return a line as an own task, without its dates and what it waits for; None where it is left out."""
    name, length = plain_name(task, result), outline.length_of(task)
    work = outline.work_of(task)
    effort = person_days(work, outline) if work else Decimal(length)
    reason = _reason(task, name, effort, length, outline, is_own=is_own)
    if reason is not None:
        result.leave(task.place, *reason)
        return None
    found: dict[str, Any] = {
        "step": str(step_of(task, outline)),
        "name": name,
        "effort_days": as_number(max(effort, LEAST_EFFORT)),
        "min_length_days": max(length, 1),
    }
    outside = external_work(task, outline, is_own=is_own)
    if outside and work:
        found["external_share"] = as_number(min(Decimal(1), (Decimal(outside) / work).quantize(SHARE_PLACES)))
    return found


def _reason(
    task: FileTask, name: str, effort: Decimal, length: int, outline: Outline, *, is_own: bool
) -> tuple[str, str] | None:
    """Return why a line cannot be an own task, and what to do."""
    if not name:
        return msgid("it has no name"), msgid("Give it a name, and choose the file again")
    if task.percent_complete >= FINISHED and not (is_own and task.actual_finish is not None):
        return msgid("it is finished already"), msgid("A plan holds only work that is still to be done")
    if not task.is_active:
        return msgid("it is inactive"), msgid("Make it active, and choose the file again")
    if outline.is_milestone(task):
        return (
            msgid("it is a milestone: nobody works on it"),
            msgid("Its successors wait for its predecessors; give it work to make it a task"),
        )
    if effort > MOST_EFFORT or length > LONGEST_LENGTH:
        return msgid("it has more work or is longer than a plan allows"), msgid("Split it")
    return None


def start_fields(
    task: FileTask, before: Before, outline: Outline, calendar: WorkCalendar, result: ImportResult
) -> dict[str, str]:
    """Return the fixed or earliest start of a new task; nothing where its date follows from what it waits for."""
    start = task.start
    if start is None:
        return {}
    if not FIRST_DAY <= start <= LAST_DAY:
        problem = msgid("its start is outside the dates that a plan can cover")
        result.leave(task.place, problem, msgid("Set its date on the Roadmap page"))
        return {}
    if task.constraint == Constraint.MUST_START_ON or task.is_manual:
        return {"fixed_start": start.isoformat()}
    if start < calendar.start:
        problem = msgid("its start lies before the plan's")
        result.leave(
            task.place, problem, msgid("It starts as soon as the plan allows; start the plan earlier if needed")
        )
        return {}
    follows = start_by_links(finishes_of(before, outline), calendar)
    return {} if follows is not None and start <= follows else {"earliest_start": start.isoformat()}


def finishes_of(before: Before, outline: Outline) -> list[tuple[date, int]]:
    """Return the finishes of what a task waits for as the file has them, each with whole weeks of waiting after it."""
    found = []
    for uid, link in before.links.items():
        finish, weeks = outline.by_uid[uid].finish, outline.weeks_of(link)
        if finish is not None:
            found.append((finish, 0 if weeks is None else max(0, _up(weeks))))
    return found


def _up(weeks: Fraction) -> int:
    return int(-(-weeks // 1))
