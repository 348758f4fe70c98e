"""What was changed of a plan's task in a project file that was once exported: one rule a figure.

A line is held against its mark, which says how it was handed out, and not
against the plan that is open: what has changed there since stays. Laws: a line
that nobody edited gives no edit, whatever plan is open; every figure that
differs is an edit, follows from others, or is left out with a reason.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY, as_number
from zt_planner.engine.scheduling.calendar import BeyondLimitError
from zt_planner.errors import msgid
from zt_planner.export.project.marks import Facts, facts_from, name_hash
from zt_planner.export.project.progress import progress_of
from zt_planner.export.project.rows import Constraint, start_by_links
from zt_planner.export.project.xml_text import SECONDS_A_DAY
from zt_planner.gaps import Count
from zt_planner.importing.project.changed_line import LEAST_SECONDS, ChangedLine
from zt_planner.importing.project.progress import compare_progress
from zt_planner.importing.project.roadmap import (
    LONGEST_LENGTH,
    MOST_EFFORT,
    SHARE_PLACES,
    external_work,
    finishes_of,
    person_days,
    plain_name,
    step_of,
)
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.words.tasks import task_name

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.engine.scheduling.calendar import WorkCalendar
    from zt_planner.importing.project.records import FileTask

LEAST_SHARE = Decimal("0.005")


def exported_facts(line: FileTask, task: ScheduledTask, plan: Plan) -> Facts:
    """Return how a line was handed out: what its mark says; without one, what the plan that is open says."""
    marked = facts_from(line.facts)
    if marked is not None:
        return marked
    return Facts(
        step=task.task.step,
        start=task.start,
        length_days=task.length_days,
        internal=round(task.internal_days * SECONDS_A_DAY),
        external=round(task.external_days * SECONDS_A_DAY),
        wait_weeks=task.task.wait_weeks,
        constraint=line.constraint,
        cost=line.fixed_cost or 0,
        after="",
        name="",
        progress=progress_of(task, plan),
    )


def written_task_names(task: ScheduledTask) -> set[str]:
    """Return what tells a task's names in every language, as they are written into a file."""
    return {name_hash(task_name(task.task, Language(code))) for code in LanguageCode}


def compare_line(change: ChangedLine, calendar: WorkCalendar) -> None:
    """Say everything about a line but what it waits for and how long."""
    _compare_scope(change)
    if change.line.actual_start is None and change.line.actual_finish is None:
        _compare_start(change, calendar)
        _compare_length(change)
    compare_progress(change)
    _compare_work(change)
    _compare_name(change)
    _compare_step(change)
    _compare_cost(change)


def _compare_scope(change: ChangedLine) -> None:
    if not change.line.is_active:
        change.put("in_scope", value=False)


def _compare_start(change: ChangedLine, calendar: WorkCalendar) -> None:
    start, exported = change.line.start, change.exported
    if start is not None and start != exported.start:
        if _follows(change, start, calendar):
            change.moved.append(change.line)
        elif start != change.task.start or change.task.fixed_start is not None:
            _fix(change, start)
    elif change.line.constraint != exported.constraint or _has_other_date(change.line, exported):
        _compare_constraint(change)


def _has_other_date(line: FileTask, exported: Facts) -> bool:
    """Tell whether a start is held back by another date than that on which it was handed out."""
    return line.constraint == Constraint.NO_EARLIER_THAN and line.constraint_date not in {None, exported.start}


def day_from(day: date, calendar: WorkCalendar) -> date | None:
    """Return the first working day from a day on; None past the end of the calendar."""
    try:
        return calendar.day(calendar.index_from(day))
    except BeyondLimitError:
        return None


def _follows(change: ChangedLine, start: date, calendar: WorkCalendar) -> bool:
    """Tell whether a start is what the links of the file give: then the plan finds its own."""
    line, at = change.line, change.outline.project.status_date
    if at is not None and start == day_from(at, calendar):
        return True
    was_set = line.constraint == Constraint.NO_EARLIER_THAN and line.constraint_date == start
    if was_set or line.constraint not in {Constraint.AS_SOON_AS_POSSIBLE, Constraint.NO_EARLIER_THAN}:
        return False
    finishes = finishes_of(change.before, change.outline)
    latest = start_by_links(finishes, calendar)
    if latest is None or not finishes:
        return latest == start
    try:
        earliest = max(calendar.day(calendar.index_from(finish)) for finish, _ in finishes)
    except BeyondLimitError:
        return False
    has_waits = any(weeks for _, weeks in finishes)
    return start == latest or (not has_waits and earliest <= start <= latest)


def _fix(change: ChangedLine, start: date) -> None:
    """Give the task a fixed start, and no other date beside it."""
    if not FIRST_DAY <= start <= LAST_DAY:
        change.leave(msgid("its start is outside the dates that a plan can cover"))
        return
    if change.task.earliest_start is not None:
        change.put("earliest_start", None)
    change.put("fixed_start", start.isoformat())


def _compare_constraint(change: ChangedLine) -> None:
    """Say what holds a start that stayed where it was."""
    line, start = change.line, change.line.start
    if line.constraint == Constraint.MUST_START_ON and start is not None:
        _fix(change, start)
    elif line.constraint == Constraint.AS_SOON_AS_POSSIBLE:
        change.put("fixed_start", None)
        change.put("earliest_start", None)
    elif line.constraint == Constraint.NO_EARLIER_THAN and line.constraint_date is not None:
        change.put("fixed_start", None)
        change.put("earliest_start", line.constraint_date.isoformat())
    else:
        change.leave(
            msgid("plans do not support constraints of this kind"), msgid("Give the task a fixed or an earliest start")
        )


def _compare_length(change: ChangedLine) -> None:
    days = change.outline.length_of(change.line)
    if change.line.length is None or days == change.exported.length_days:
        return
    least = change.task.task.min_length_days
    if days > LONGEST_LENGTH or not days or (days < change.exported.length_days and days >= least):
        problem = msgid("it cannot take {length}: its length follows from its effort and the teams")
        length = Count("{n} working day", "{n} working days", days)
        change.leave(problem, msgid("Change its effort, or the teams"), length=length)
    elif days != least:
        change.put("min_length_days", days)


def _compare_work(change: ChangedLine) -> None:
    """Say what became of the effort, and who does it."""
    work, outside = _work_of(change)
    exported = change.exported
    is_other = abs(work - exported.work) >= LEAST_SECONDS
    if is_other and not (0 < work <= MOST_EFFORT * change.outline.project.seconds_a_day):
        change.leave(msgid("a task of a plan has work"), msgid("Take it out of scope, or give it work"))
        return
    if is_other:
        change.put("effort_days", as_number(max(person_days(work, change.outline), Decimal("0.01"))))
    share, before = _share(outside, work), _share(exported.external, exported.work)
    if abs(share - before) < LEAST_SHARE or not change.outline.project.work.get(change.line.uid):
        return
    if change.is_own:
        change.put("external_share", as_number(share.quantize(SHARE_PLACES)))
    else:
        change.leave(msgid("the team that does the work was changed; a task of the model keeps its consultant's share"))


def _work_of(change: ChangedLine) -> tuple[int, int]:
    """Return the work of a line and that of others in it: what it says itself, where that was changed."""
    people = change.outline.project.work.get(change.line.uid, {})
    total = sum(people.values())
    outside = external_work(change.line, change.outline, is_own=True)
    stated = change.line.work
    if stated is None or (people and abs(stated - change.exported.work) < LEAST_SECONDS):
        stated = total if people else change.exported.work if stated is None else stated
    if people and total and stated != total:
        outside = round(outside * stated / total)
    return stated, outside


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(0)


def _compare_name(change: ChangedLine) -> None:
    written = name_hash(change.line.name)
    if written == change.exported.name or written in written_task_names(change.task):
        return
    if not change.is_own:
        problem = msgid("it was renamed; a task of the model keeps its name")
        change.leave(problem, msgid("Take it out of scope, and add an own task with that name"))
        return
    name = plain_name(change.line, change.result)
    if name:
        change.put("name", name)
    else:
        change.leave(msgid("it has no name"), msgid("Give it a name, and choose the file again"))


def _compare_step(change: ChangedLine) -> None:
    step = step_of(change.line, change.outline)
    if step == change.exported.step:
        return
    if change.is_own:
        change.put("step", str(Step(step)))
    else:
        change.leave(msgid("it is under another step; a task of the model keeps its own"))


def _compare_cost(change: ChangedLine) -> None:
    """Say where a line's cost was changed, which a plan does not set."""
    cost = change.line.fixed_cost
    if cost is not None and cost != change.exported.cost:
        problem = msgid("its fixed cost was changed; a plan's costs follow from prices and quantities")
        change.leave(problem, msgid("Change the price on the Prices page"))
