"""The whole project file: its properties, own fields, calendars, tasks, resources and assignments.

With a status date a line says how far it is, and its baseline is the plan that this one is measured against; without
one the baseline is the plan itself. Neither team has a rate: internal work is effort and no cash, and what the
consultant costs stands with the tasks, to the cent (ADR 0037). Laws: amounts are whole cents, as the format counts
money in hundredths; actual days and work are those that are recorded; a team's assignments add up to its work; a team
has as many units as its capacity and the coordination take, so that the plan does not look overloaded; a day is worked
in the calendar if and only if it is in the plan, from the month of its start to the end of the year after its finish;
no two exceptions hold the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import IntEnum
from fractions import Fraction
from itertools import groupby
from xml.etree.ElementTree import Element, indent, tostring

from zt_planner import __version__
from zt_planner.domain.money import HOME_CURRENCY, exact_decimal
from zt_planner.domain.month import WORKING_DAYS_A_WEEK, Month
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.task_edits import DONE
from zt_planner.engine.plan import worked_days
from zt_planner.engine.scheduling.calendar import LAST_DAY, SATURDAY, day_off
from zt_planner.files.project.marks import DONE_FIELD, FACTS_FIELD, ID_FIELD, STEERING, WHOLE
from zt_planner.files.project.rows import Baseline, Constraint, PredecessorLink, ProjectRow, baseline_rows, project_rows
from zt_planner.files.project.xml_text import (
    AFTERNOON,
    ELAPSED_WEEKS,
    EVENING,
    FINISH_TO_START,
    IN_DAYS,
    MORNING,
    NAMESPACE,
    NOON,
    SECONDS_A_DAY,
    TENTHS_A_WEEK,
    XmlValue,
    days_from,
    duration_of,
    element,
    end_of,
    workday_start,
)
from zt_planner.language import Language
from zt_planner.topics.roadmap.days_off import name_of_day_off
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.view import AnyView

SAVE_VERSION = 12
"""Project 2007, the first that knows named days off; every later one opens it."""
MOST_SUBJECT, MOST_TITLE = 512, 255
SYMBOL, BEFORE, AFTER_A_SPACE = "€", 0, 3
WORK_IN_DAYS, MONDAY = 3, 1
OWN_FIELDS = (
    (ID_FIELD, "Text1", "ZT Planner"),
    (FACTS_FIELD, "Text2", "ZT Planner, as exported"),
    (DONE_FIELD, "Text3", DONE.grid_title),
)
FIXED_DURATION, PRORATED, PRIORITY = 1, 2, 500
MOST_NOTES = 4000
NOTHING = duration_of(0)
WORK_RESOURCE, PER_HOUR = 1, 2
UNIT_STEP = Decimal("0.01")
UNIT_DIGITS = Decimal("0.000001")
PLAN_CALENDAR = 1
WEEKDAYS = range(1, 8)
WEEKEND = (1, 7)
"""Sunday and Saturday, as the format counts the days of a week."""
EXCEPTION_DAY, DAILY = 0, 1


def project_bytes(view: AnyView) -> bytes:
    """Return a plan as a file of Project's XML."""
    rows = project_rows(view)
    baseline = baseline_rows(rows, view)
    root = element("Project", *_properties(view))
    root.set("xmlns", NAMESPACE)
    root.extend(
        (
            element(
                "ExtendedAttributes",
                *(_own_field(*own_field, view.language) for own_field in OWN_FIELDS),
            ),
            calendars_xml(view),
            tasks_xml(rows, baseline),
            resources_xml(rows, view),
            assignments_xml(rows, baseline),
        )
    )
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _properties(view: AnyView) -> tuple[tuple[str, str | int | bool | None], ...]:
    plan = view.plan
    start = plan.case.start
    finish = max((task.finish for task in plan.tasks), default=start)
    return (
        ("SaveVersion", SAVE_VERSION),
        ("Name", "zt-plan-project.xml"),
        ("Title", view.language.write(document_title(view))[:MOST_TITLE]),
        ("Subject", " ".join(view.language.written(stamp_of(view)))[:MOST_SUBJECT]),
        ("Company", plan.scenario.company.name or None),
        ("Author", f"ZT Planner {__version__}"),
        ("CreationDate", workday_start(plan.today)),
        ("LastSaved", workday_start(plan.today)),
        ("ScheduleFromStart", True),
        ("StartDate", workday_start(start)),
        ("FinishDate", end_of(finish)),
        ("CurrencyDigits", 2),
        ("CurrencySymbol", SYMBOL),
        ("CurrencyCode", HOME_CURRENCY),
        ("CurrencySymbolPosition", BEFORE if view.language.has_currency_first else AFTER_A_SPACE),
        ("CalendarUID", PLAN_CALENDAR),
        ("DefaultStartTime", MORNING),
        ("DefaultFinishTime", EVENING),
        ("MinutesPerDay", 480),
        ("MinutesPerWeek", 2400),
        ("DaysPerMonth", 20),
        ("DefaultTaskType", FIXED_DURATION),
        ("DefaultFixedCostAccrual", PRORATED),
        ("DurationFormat", IN_DAYS),
        ("WorkFormat", WORK_IN_DAYS),
        ("HonorConstraints", True),
        ("NewTasksEffortDriven", False),
        ("NewTasksEstimated", False),
        ("WeekStartDay", MONDAY),
        ("StatusDate", None if plan.scenario.status.at is None else end_of(plan.scenario.status.at)),
    )


def _own_field(key: str, name: str, alias: str, language: Language) -> Element:
    return element("ExtendedAttribute", ("FieldID", key), ("FieldName", name), ("Alias", language.say(alias)))


# Tasks


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
    has_begun = progress is not None and progress.has_begun
    actual, remaining = work_told(work, spent, has_begun=has_begun, is_done=is_done)
    return (
        ("ActualStart", None if progress is None or progress.started is None else _start_of(row)),
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
    done = f"{(row.done * WHOLE).normalize():f}" if row.done else ""
    values = ((ID_FIELD, row.mark), (FACTS_FIELD, row.facts), (DONE_FIELD, done))
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


def cents(amount: Decimal) -> int:
    """Return an amount as the format writes it, in hundredths."""
    return int(amount * 100)


# Teams


class TeamUid(IntEnum):
    """The numbers of the teams in the file."""

    INTERNAL = 1
    EXTERNAL = 2


TEAMS = {Team.INTERNAL: TeamUid.INTERNAL, Team.EXTERNAL: TeamUid.EXTERNAL}


def team_name(team: Team, view: AnyView) -> str:
    """Return what a team is called."""
    say = view.language.say
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


def resources_xml(rows: Sequence[ProjectRow], view: AnyView) -> Element:
    """Return both teams."""
    return element("Resources", *(_resource(team, rows, view) for team in TEAMS))


def _resource(team: Team, rows: Sequence[ProjectRow], view: AnyView) -> Element:
    work = duration_of(sum(seconds_of(row, team) for row in rows if not row.is_summary))
    return element(
        "Resource",
        ("UID", int(TEAMS[team])),
        ("ID", int(TEAMS[team])),
        ("Name", team_name(team, view)),
        ("Type", WORK_RESOURCE),
        ("IsNull", False),
        ("MaxUnits", _most_units(team, rows, view)),
        ("CanLevel", False),
        ("Work", work),
        ("RemainingWork", None if view.plan.scenario.status.is_under_way else work),
        ("StandardRate", 0),
        ("StandardRateFormat", PER_HOUR),
        ("Cost", 0),
        ("CalendarUID", calendar_uid(team)),
        ("Notes", _note(team, view)),
        ("IsGeneric", True),
    )


def _most_units(team: Team, rows: Sequence[ProjectRow], view: AnyView) -> Decimal:
    """Return a team's capacity in people, with what coordination takes on top, in whole hundredths."""
    capacity = view.plan.capacity
    days = Decimal(0) if capacity is None else (capacity.internal if team is Team.INTERNAL else capacity.external)
    coordination = sum((units_of(row, team) for row in rows if row.mark == STEERING), Decimal(0))
    return (exact_decimal(Fraction(days) / WORKING_DAYS_A_WEEK) + coordination).quantize(UNIT_STEP, ROUND_CEILING)


def _note(team: Team, view: AnyView) -> str:
    say = view.language.say
    if team is Team.INTERNAL:
        return say("Internal work is effort, not cash: it has no rate here.")
    return say("The consultant's cost is a fixed cost of the tasks, so there is no rate here.")


def assignments_xml(rows: Sequence[ProjectRow], baseline: Baseline) -> Element:
    """Return who works on what."""
    assigned = ((row, team) for row in rows if not row.is_summary for team in TEAMS if seconds_of(row, team))
    return element("Assignments", *(_assignment(row, team, baseline.get(row.key)) for row, team in assigned))


def _assignment(row: ProjectRow, team: Team, before: ProjectRow | None) -> Element:
    work, progress = duration_of(seconds_of(row, team)), row.progress
    has_begun = progress is not None and progress.has_begun
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
        ("ActualStart", None if progress is None or progress.started is None else workday_start(row.start)),
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
        *(() if before is None else (_assigned_before(before, team),)),
    )


def _assigned_before(row: ProjectRow, team: Team) -> Element:
    return element(
        "Baseline",
        ("Number", 0),
        ("Start", workday_start(row.start)),
        ("Finish", end_of(row.finish)),
        ("Work", duration_of(seconds_of(row, team))),
        ("Cost", 0),
    )


# Calendars


def calendars_xml(view: AnyView) -> Element:
    """Return the plan's calendar, and one of each team that is the same."""
    exceptions = [(first, last, name, False) for first, last, name in _days_off(view)]
    exceptions += [(day, day, view.language.say("Worked"), True) for day in worked_weekends(view)]
    base = element(
        "Calendar",
        ("UID", PLAN_CALENDAR),
        ("Name", view.language.say("Working days")),
        ("IsBaseCalendar", True),
        ("BaseCalendarUID", -1),
        element("WeekDays", *map(_week_day, WEEKDAYS), *(_old_exception(*exception) for exception in exceptions)),
        *([element("Exceptions", *(_exception(*exception) for exception in exceptions))] if exceptions else ()),
    )
    return element("Calendars", base, *(_team_calendar(team, view) for team in TEAMS))


def _team_calendar(team: Team, view: AnyView) -> Element:
    return element(
        "Calendar",
        ("UID", calendar_uid(team)),
        ("Name", team_name(team, view)),
        ("IsBaseCalendar", False),
        ("BaseCalendarUID", PLAN_CALENDAR),
    )


def _week_day(number: int) -> Element:
    is_worked = number not in WEEKEND
    return element("WeekDay", ("DayType", number), ("DayWorking", is_worked), *_hours(is_worked=is_worked))


def _hours(*, is_worked: bool) -> tuple[Element, ...]:
    """Return the hours of a day that is worked."""
    hours = ((MORNING, NOON), (AFTERNOON, EVENING))
    times = (element("WorkingTime", ("FromTime", first), ("ToTime", last)) for first, last in hours)
    return (element("WorkingTimes", *times),) if is_worked else ()


def _period(first: date, last: date) -> Element:
    return element(
        "TimePeriod", ("FromDate", f"{first.isoformat()}T00:00:00"), ("ToDate", f"{last.isoformat()}T23:59:00")
    )


def _old_exception(first: date, last: date, _: str, is_worked: bool) -> Element:  # noqa: FBT001 - a part of a row
    """Return days off in the form of older programs."""
    hours = _hours(is_worked=is_worked)
    return element("WeekDay", ("DayType", EXCEPTION_DAY), ("DayWorking", is_worked), _period(first, last), *hours)


def _exception(first: date, last: date, name: str, is_worked: bool) -> Element:  # noqa: FBT001 - as above
    return element(
        "Exception",
        ("EnteredByOccurrences", False),
        _period(first, last),
        ("Occurrences", (last - first).days + 1),
        ("Name", name),
        ("Type", DAILY),
        ("DayWorking", is_worked),
        *_hours(is_worked=is_worked),
    )


def worked_weekends(view: AnyView) -> list[date]:
    """Return the days of weekends on which a task was started or finished."""
    return sorted(day for day in worked_days(view.plan) if day.weekday() >= SATURDAY)


def _days_off(view: AnyView) -> Iterator[tuple[date, date, str]]:
    """Yield the days off, those that follow one another under one name together; weekends within are part of them."""
    for name, days in groupby(_named_days(view), key=lambda named: named[1]):
        free = [day for day, _ in days]
        last = max((day for day in free if day.weekday() < SATURDAY), default=None)
        if name is not None and last is not None:
            yield free[0], last, name


def _named_days(view: AnyView) -> Iterator[tuple[date, str | None]]:
    """Yield each day with the name of what keeps it free; a weekend has the name of the Friday before."""
    timeline, before, worked = view.plan.scenario.timeline, None, worked_days(view.plan)
    for day in days_from(*_shown(view)):
        if day.weekday() < SATURDAY:
            off = day_off(day, timeline.region, year_end_freeze=timeline.year_end_freeze, closures=timeline.closures)
            before = None if off is None else view.language.write(name_of_day_off(day, off, timeline.region))
        yield day, None if day in worked else before


def _shown(view: AnyView) -> tuple[date, date]:
    """Return the first and the last day that the calendar knows days off for."""
    start = view.plan.case.start
    last = max((task.finish for task in view.plan.tasks), default=start)
    return Month.of(start).first_day, min(date(last.year + 1, 12, 31), LAST_DAY)
