"""Why so many days a month after the finish? The activities of operation, as chosen and with every other choice (M23).

Days are no money: they are explained also where labour is not shown. Law: the rows add up to the days, exactly.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.operation import first_month
from zt_planner.errors import msgid
from zt_planner.language import Number, Text, Trimmed, Words, quantity
from zt_planner.topics.figure import traced
from zt_planner.topics.figure_names import OPERATION, choice_name
from zt_planner.topics.labels import label
from zt_planner.topics.operation.operation import days_with, has_operation, sum_of_days
from zt_planner.topics.roadmap.task_traces import DRIVERS
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.operation import Activity
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.view import View

CHOICE_RULE = msgid(
    "The days that your own team needs every month once the introduction is done, with this choice; everything else "
    "stays as it is (rule M23). This is effort, not cash."
)


def explain_operation(figure: KeyFigure, view: View) -> Trace:
    """Return why the own team needs so many days a month after the finish."""
    rows = activity_rows(figure.parts(view.plan), view, view.figures)
    return traced(figure, view.plan, rows, unit=units.DAYS_A_MONTH)


def activity_rows(activities: Iterable[Activity], view: View, figures: Headlines | None = None) -> Iterator[TraceRow]:
    """Yield the days of each activity, how they grow with the company, and of a plan's own ones since when."""
    drivers = view.case.size.drivers
    for row, days in activities:
        base = Trimmed(row.base_days_per_month, 4)
        first: Words = ""
        if figures is not None:
            month = first_month(view.case, row.from_finish_of, view.plan.tasks, figures.finish_date)
            first = Text("from {month} on", month=month)
        growing = row.driver and Text(
            "{base} + {each} × {count} ({driver})",
            base=base,
            each=Trimmed(row.days_per_unit, 4),
            count=Number(drivers[row.driver]),
            driver=Text(DRIVERS[row.driver]),
        )
        yield TraceRow(Text(row.activity), times=first, amount=days, how=growing or "")


def choice_title(monitoring: Monitoring, operator: Operator) -> Words:
    """Return what the days with a choice are called."""
    watched = label(monitoring)
    if operator is Operator.OWN:
        return Text("Operation, monitoring: {monitoring}", monitoring=watched)
    return Text("Operation with a partner, monitoring: {monitoring}", monitoring=watched)


def choice_titles(view: View) -> dict[str, Words]:
    """Return the choices of monitoring and operation with what the days with them are called, the plan's own first."""
    if not has_operation(view):
        return {}
    choices = view.plan.scenario.choices
    pairs = sorted(product(Operator, Monitoring), key=lambda pair: pair != (choices.operation, choices.monitoring))
    return {choice_name(monitoring, operator): choice_title(monitoring, operator) for operator, monitoring in pairs}


def explain_choice(name: str, view: View) -> Trace | None:
    """Return why the own team would need so many days a month with a choice; None for one that there is not."""
    title = choice_titles(view).get(name)
    if title is None:
        return None
    watched, _, operator = name.partition(":")
    activities = days_with(view, Monitoring(watched), Operator(operator or Operator.OWN))
    days = sum_of_days(activities)
    return Trace(
        name=f"{OPERATION}:{name}",
        title=title,
        value=days,
        shown=quantity(days, units.DAYS_A_MONTH),
        rule=Text(CHOICE_RULE),
        rows=tuple(activity_rows(activities, view)),
        unit=units.DAYS_A_MONTH,
    )
