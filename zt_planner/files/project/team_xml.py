"""The two teams as Project's resources, and how much of each task's work each of them does.

Neither has a rate: internal work is effort and no cash, and what the consultant
costs stands with the tasks, to the cent (ADR 0037). Laws: a team's assignments
add up to its work; a team has as many units as its capacity and the
coordination take, so that the plan does not look overloaded.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import exact_decimal
from zt_planner.domain.plan import Team
from zt_planner.files.project.marks import STEERING
from zt_planner.files.project.task_xml import work_told
from zt_planner.files.project.xml_text import SECONDS_A_DAY, duration_of, element, end_of, workday_start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from zt_planner.files.project.rows import Baseline, ProjectRow
    from zt_planner.topics.view import View

WORK_RESOURCE, PER_HOUR = 1, 2
WORKING_DAYS = 5
UNIT_STEP = Decimal("0.01")
UNIT_DIGITS = Decimal("0.000001")


class TeamUid(IntEnum):
    """The numbers of the teams in the file."""

    INTERNAL = 1
    EXTERNAL = 2


TEAMS = {Team.INTERNAL: TeamUid.INTERNAL, Team.EXTERNAL: TeamUid.EXTERNAL}


def team_name(team: Team, handout: View) -> str:
    """Return what a team is called."""
    say = handout.language.say
    return say("Internal team") if team is Team.INTERNAL else say("Consultant")


def calendar_uid(team: Team) -> int:
    """Return the number of a team's calendar; the plan's own is 1."""
    return TEAMS[team] + 1


def seconds_of(row: ProjectRow, team: Team) -> int:
    """Return a team's work in a line."""
    return row.internal if team is Team.INTERNAL else row.external


def units_of(row: ProjectRow, team: Team) -> Decimal:
    """Return the part of the day that a team works on a line, evenly."""
    share = Fraction(seconds_of(row, team), max(row.length_days, 1) * SECONDS_A_DAY)
    return exact_decimal(share).quantize(UNIT_DIGITS)


def resources_xml(rows: Sequence[ProjectRow], handout: View) -> Element:
    """Return both teams."""
    return element("Resources", *(_resource(team, rows, handout) for team in TEAMS))


def _resource(team: Team, rows: Sequence[ProjectRow], handout: View) -> Element:
    work = duration_of(sum(seconds_of(row, team) for row in rows if not row.is_summary))
    return element(
        "Resource",
        ("UID", int(TEAMS[team])),
        ("ID", int(TEAMS[team])),
        ("Name", team_name(team, handout)),
        ("Type", WORK_RESOURCE),
        ("IsNull", False),
        ("MaxUnits", _most_units(team, rows, handout)),
        ("CanLevel", False),
        ("Work", work),
        ("RemainingWork", work if handout.reference is None else None),
        ("StandardRate", 0),
        ("StandardRateFormat", PER_HOUR),
        ("Cost", 0),
        ("CalendarUID", calendar_uid(team)),
        ("Notes", _note(team, handout)),
        ("IsGeneric", True),
    )


def _most_units(team: Team, rows: Sequence[ProjectRow], handout: View) -> Decimal:
    """Return a team's capacity in people, with what coordination takes on top, in whole hundredths."""
    capacity = handout.plan.capacity
    days = Decimal(0) if capacity is None else (capacity.internal if team is Team.INTERNAL else capacity.external)
    coordination = sum((units_of(row, team) for row in rows if row.mark == STEERING), Decimal(0))
    return (exact_decimal(Fraction(days) / WORKING_DAYS) + coordination).quantize(UNIT_STEP, ROUND_CEILING)


def _note(team: Team, handout: View) -> str:
    say = handout.language.say
    if team is Team.INTERNAL:
        return say("Internal work is effort, not cash: it has no rate here.")
    return say("The consultant's cost is a fixed cost of the tasks, so there is no rate here.")


def assignments_xml(rows: Sequence[ProjectRow], baseline: Baseline) -> Element:
    """Return who works on what."""
    found = ((row, team) for row in rows if not row.is_summary for team in TEAMS if seconds_of(row, team))
    return element("Assignments", *(_assignment(row, team, baseline.get(row.key)) for row, team in found))


def _assignment(row: ProjectRow, team: Team, before: ProjectRow | None) -> Element:
    work, progress = duration_of(seconds_of(row, team)), row.progress
    has_begun = progress is not None and progress.started is not None
    is_done = progress is not None and progress.finished is not None
    spent = None if progress is None else progress.internal if team is Team.INTERNAL else progress.external
    actual, remaining = work_told(seconds_of(row, team), spent, has_begun=has_begun, is_done=is_done)
    return element(
        "Assignment",
        ("UID", row.uid * 10 + TEAMS[team]),
        ("TaskUID", row.uid),
        ("ResourceUID", int(TEAMS[team])),
        ("PercentWorkComplete", None if has_begun else 0),
        ("ActualFinish", end_of(row.finish) if is_done else None),
        ("ActualStart", workday_start(row.start) if has_begun else None),
        ("ActualWork", actual),
        ("Cost", 0),
        ("Finish", end_of(row.finish)),
        ("RegularWork", work),
        ("RemainingCost", 0),
        ("RemainingWork", remaining),
        ("Start", workday_start(row.start)),
        ("Units", units_of(row, team)),
        ("Work", work),
        ("WorkContour", 0),
        *(() if before is None else (_baseline(before, team),)),
    )


def _baseline(row: ProjectRow, team: Team) -> Element:
    return element(
        "Baseline",
        ("Number", 0),
        ("Start", workday_start(row.start)),
        ("Finish", end_of(row.finish)),
        ("Work", duration_of(seconds_of(row, team))),
        ("Cost", 0),
    )
