"""The plan's working days as Project's calendar: hours, weekends, and the days off with their names.

Laws: a day is worked in the calendar if and only if it is in the plan, from its
start to the end of the year after its finish; no two exceptions hold the same day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.files.project.days_off import named_days_off, worked_weekends
from zt_planner.files.project.team_xml import TEAMS, calendar_uid, team_name
from zt_planner.files.project.xml_text import AFTERNOON, EVENING, MORNING, NOON, element

if TYPE_CHECKING:
    from datetime import date
    from xml.etree.ElementTree import Element

    from zt_planner.domain.plan import Team
    from zt_planner.topics.view import View

PLAN_CALENDAR = 1
WEEKDAYS = range(1, 8)
WEEKEND = (1, 7)
"""Sunday and Saturday, as the format counts the days of a week."""
EXCEPTION_DAY, DAILY = 0, 1


def calendars_xml(handout: View) -> Element:
    """Return the plan's calendar, and one of each team that is the same."""
    exceptions = [*((first, last, name, False) for first, last, name in named_days_off(handout))]
    exceptions += [(day, day, handout.language.say("Worked"), True) for day in worked_weekends(handout)]
    base = element(
        "Calendar",
        ("UID", PLAN_CALENDAR),
        ("Name", handout.language.say("Working days")),
        ("IsBaseCalendar", True),
        ("BaseCalendarUID", -1),
        element("WeekDays", *map(_week_day, WEEKDAYS), *(_old_exception(*found) for found in exceptions)),
        *([element("Exceptions", *(_exception(*found) for found in exceptions))] if exceptions else ()),
    )
    return element("Calendars", base, *(_team_calendar(team, handout) for team in TEAMS))


def _team_calendar(team: Team, handout: View) -> Element:
    return element(
        "Calendar",
        ("UID", calendar_uid(team)),
        ("Name", team_name(team, handout)),
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
