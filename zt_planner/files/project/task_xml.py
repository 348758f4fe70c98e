"""The lines of a plan as Project's tasks, in the order of elements that the format asks for.

With a status date a line says how far it is, and its baseline is the plan that
this one is measured against; without one the baseline is the plan itself. Laws:
amounts are whole cents, as the format counts money in hundredths; actual days
and work are those that are recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.files.project.costs import cents
from zt_planner.files.project.marks import FACTS_FIELD, ID_FIELD
from zt_planner.files.project.progress import WHOLE
from zt_planner.files.project.rows import Constraint
from zt_planner.files.project.xml_text import (
    ELAPSED_WEEKS,
    FINISH_TO_START,
    IN_DAYS,
    SECONDS_A_DAY,
    TENTHS_A_WEEK,
    duration_of,
    element,
    end_of,
    workday_start,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from zt_planner.files.project.rows import Baseline, PredecessorLink, ProjectRow
    from zt_planner.files.project.xml_text import XmlValue

FIXED_DURATION, PRORATED, PRIORITY = 1, 2, 500
MOST_NOTES = 4000
NOTHING = duration_of(0)


def tasks_xml(rows: Sequence[ProjectRow], baseline: Baseline) -> Element:
    """Return all lines."""
    numbers = _outline(rows)
    return element("Tasks", *(_task(index, row, numbers[index], baseline) for index, row in enumerate(rows)))


def _outline(rows: Sequence[ProjectRow]) -> list[str]:
    """Return each line's number in the outline: `2.3` is the third line of the second step."""
    counts = [0, 0]
    numbers = []
    for row in rows:
        if row.level:
            counts[row.level - 1] += 1
            counts[row.level :] = [0] * (len(counts) - row.level)
        numbers.append(".".join(map(str, counts[: row.level])) or "0")
    return numbers


def _task(index: int, row: ProjectRow, outline: str, baseline: Baseline) -> Element:
    work, length = duration_of(row.internal + row.external), duration_of(row.length_days * SECONDS_A_DAY)
    is_held = row.constraint is not Constraint.AS_SOON_AS_POSSIBLE
    fixed = None if row.is_summary else cents(row.cost)
    return element(
        "Task",
        ("UID", row.uid),
        ("ID", index),
        ("Name", row.name),
        ("Type", FIXED_DURATION),
        ("IsNull", False),
        ("WBS", outline),
        ("OutlineNumber", outline),
        ("OutlineLevel", row.level),
        ("Priority", PRIORITY),
        ("Start", _start_of(row)),
        ("Finish", end_of(row.finish)),
        ("Duration", length),
        ("DurationFormat", IN_DAYS),
        ("Work", work),
        ("EffortDriven", False),
        ("Estimated", False),
        ("Milestone", row.is_milestone),
        ("Summary", row.is_summary),
        ("Critical", row.is_critical),
        ("FixedCost", fixed),
        ("FixedCostAccrual", PRORATED),
        ("PercentComplete", 0 if row.progress is None else row.progress.percent),
        ("Cost", cents(row.cost)),
        *_progress(row),
        ("ConstraintType", int(row.constraint)),
        ("CalendarUID", -1),
        ("ConstraintDate", workday_start(row.start) if is_held else None),
        ("Notes", "\n".join(row.notes)[:MOST_NOTES] or None),
        *map(_link, row.links),
        *_fields(row),
        *([_baseline(before)] if (before := baseline.get(row.key)) is not None else ()),
    )


def _progress(row: ProjectRow) -> tuple[tuple[str, XmlValue], ...]:
    """Return actual days and work as far as they are recorded, and what is left."""
    progress, work, cost = row.progress, row.internal + row.external, cents(row.cost)
    passed, left, is_done, spent = 0, row.length_days, False, None
    if progress is not None:
        spent, is_done = progress.work, progress.finished is not None
        passed = row.length_days * progress.percent // WHOLE if row.is_summary else progress.passed_days
        left = row.length_days - passed
    has_begun = progress is not None and progress.started is not None
    actual, remaining = work_told(work, spent, has_begun=has_begun, is_done=is_done)
    return (
        ("ActualStart", _start_of(row) if has_begun else None),
        ("ActualFinish", end_of(row.finish) if is_done else None),
        ("ActualDuration", duration_of(passed * SECONDS_A_DAY)),
        ("ActualCost", 0),
        ("ActualWork", actual),
        ("RemainingDuration", duration_of(left * SECONDS_A_DAY)),
        ("RemainingCost", cost),
        ("RemainingWork", remaining),
    )


def work_told(work: int, spent: int | None, *, has_begun: bool, is_done: bool) -> tuple[str | None, str | None]:
    """Return actual and remaining work; None for what nobody has counted."""
    if not has_begun:
        return NOTHING, duration_of(work)
    if spent is None:
        return None, None
    return duration_of(spent), NOTHING if is_done else duration_of(max(work - spent, 0))


def _start_of(row: ProjectRow) -> str:
    """Return when a line starts: a milestone at the end of its day, when what leads there is done."""
    return end_of(row.start) if row.is_milestone else workday_start(row.start)


def _link(link: PredecessorLink) -> Element:
    """Return a predecessor: what follows starts when it is finished and its wait, in calendar time, is over."""
    return element(
        "PredecessorLink",
        ("PredecessorUID", link.uid),
        ("Type", FINISH_TO_START),
        ("CrossProject", False),
        ("LinkLag", link.wait_weeks * TENTHS_A_WEEK),
        ("LagFormat", ELAPSED_WEEKS if link.wait_weeks else IN_DAYS),
    )


def _fields(row: ProjectRow) -> list[Element]:
    """Return the own fields: what the line is, and how it was handed out."""
    values = ((ID_FIELD, row.mark), (FACTS_FIELD, row.facts))
    return [element("ExtendedAttribute", ("FieldID", key), ("Value", value)) for key, value in values if value]


def _baseline(row: ProjectRow) -> Element:
    return element(
        "Baseline",
        ("Number", 0),
        ("Interim", False),
        ("Start", _start_of(row)),
        ("Finish", end_of(row.finish)),
        ("Duration", duration_of(row.length_days * SECONDS_A_DAY)),
        ("DurationFormat", IN_DAYS),
        ("EstimatedDuration", False),
        ("Work", duration_of(row.internal + row.external)),
        ("Cost", cents(row.cost)),
        ("FixedCost", None if row.is_summary else cents(row.cost)),
    )
