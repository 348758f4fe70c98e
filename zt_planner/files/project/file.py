"""The whole project file: its properties, own fields, calendars, tasks, resources and assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, indent, tostring

from zt_planner import __version__
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.files.project.days_xml import PLAN_CALENDAR, calendars_xml
from zt_planner.files.project.marks import FACTS_FIELD, ID_FIELD
from zt_planner.files.project.rows import baseline_rows, project_rows
from zt_planner.files.project.task_xml import FIXED_DURATION, PRORATED, tasks_xml
from zt_planner.files.project.team_xml import assignments_xml, resources_xml
from zt_planner.files.project.xml_text import EVENING, IN_DAYS, MORNING, NAMESPACE, element, end_of, workday_start
from zt_planner.topics.stamp import document_title, stamp_of

if TYPE_CHECKING:
    from zt_planner.topics.view import View

SAVE_VERSION = 12
"""Project 2007, the first that knows named days off; every later one opens it."""
MOST_SUBJECT, MOST_TITLE = 512, 255
SYMBOL, BEFORE, AFTER_A_SPACE = "€", 0, 3
WORK_IN_DAYS, MONDAY = 3, 1
OWN_FIELDS = ((ID_FIELD, "Text1", "ZT Planner"), (FACTS_FIELD, "Text2", "ZT Planner, as exported"))


def project_bytes(handout: View) -> bytes:
    """Return a plan as a file of Project's XML."""
    rows = project_rows(handout)
    baseline = baseline_rows(rows, handout)
    root = element("Project", *_properties(handout))
    root.set("xmlns", NAMESPACE)
    root.extend(
        (
            element("ExtendedAttributes", *(_own_field(*found) for found in OWN_FIELDS)),
            calendars_xml(handout),
            tasks_xml(rows, baseline),
            resources_xml(rows, handout),
            assignments_xml(rows, baseline),
        )
    )
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _properties(handout: View) -> tuple[tuple[str, str | int | bool | None], ...]:
    plan = handout.plan
    start = plan.scenario.timeline.start or plan.today
    finish = max((task.finish for task in plan.tasks), default=start)
    return (
        ("SaveVersion", SAVE_VERSION),
        ("Name", "zt-plan-project.xml"),
        ("Title", document_title(handout)[:MOST_TITLE]),
        ("Subject", " ".join(stamp_of(handout))[:MOST_SUBJECT]),
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
        ("CurrencySymbolPosition", BEFORE if handout.language.has_currency_first else AFTER_A_SPACE),
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


def _own_field(key: str, name: str, alias: str) -> Element:
    return element("ExtendedAttribute", ("FieldID", key), ("FieldName", name), ("Alias", alias))
