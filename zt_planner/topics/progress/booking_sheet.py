"""What was planned, booked and is forecast, by month and category; what bookings of a file change.

Laws: what was booked is what the scenario holds; what a category of a month was
planned for stands once, in the row without a task.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple

from zt_planner.domain import units
from zt_planner.domain.categories import BOOKABLE_CATEGORIES, CATEGORY_ORDER, CostCategory
from zt_planner.domain.money import total
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.under_way.earned_value import money_rows
from zt_planner.language import LongMonth, Money, Text, Words
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.figures import TasksInList
from zt_planner.topics.roadmap.tables import names_in_lists
from zt_planner.topics.table import Column, Table

BOOKING_COLUMNS = ("month", "category", "task", "planned", "booked", "closed", "forecast")
BOOKING_ENTRIES = frozenset({"month", "category", "task", "booked", "closed"})
NEW_BOOKINGS = 30
"""Empty rows below the bookings."""


class BookingRow(NamedTuple):
    """What was planned, booked and is forecast of a category in a month; of a task only what was booked."""

    month: Month
    booked: Booked | None = None
    planned: Decimal | None = None
    amount: Decimal | None = None
    forecast: Decimal | None = None
    is_closed: bool = False


def has_actuals(scenario: Scenario) -> bool:
    """Tell whether there is a status date, or anything recorded, booked or closed."""
    status = scenario.status
    return bool(status.at or status.tasks or status.bookings or status.closed)


class Cell(NamedTuple):
    """What a category of a month was planned for, and what counts now; None without a price."""

    planned: Decimal | None
    forecast: Decimal | None


UNPLANNED = Cell(None, None)


def booking_rows(plan: Plan) -> Iterator[BookingRow]:
    """Yield what was planned, booked and is forecast up to the status date, by month, category and task."""
    status = plan.scenario.status
    cells = dict(_cells(plan))
    rows = {Booked.of(key) for key in status.bookings} | {Booked(month, category) for month, category in cells}
    for each in sorted(rows, key=lambda each: (each.month, CATEGORY_ORDER[each.category], each.task)):
        cell = UNPLANNED if each.task else cells.get((each.month, each.category), UNPLANNED)
        amount, is_closed = status.bookings.get(each.key), str(each.month) in status.closed
        yield BookingRow(each.month, each, cell.planned, amount, cell.forecast, is_closed)
    for month in map(Month.from_text, status.closed):
        if month not in {each.month for each in rows}:
            yield BookingRow(month, is_closed=True)


def _cells(plan: Plan) -> Iterator[tuple[tuple[Month, CostCategory], Cell]]:
    """Yield what is paid in the months up to the status date, and where something was booked, by category."""
    at = plan.scenario.status.at
    last = None if at is None else Month.of(at)
    for row in money_rows(plan):
        if row.category in BOOKABLE_CATEGORIES and (row.actual is not None or (last and row.month <= last)):
            is_known = row.is_closed or row.planned is not None
            yield (row.month, row.category), Cell(row.planned, row.forecast if is_known else None)


def booking_columns(plan: Plan) -> tuple[Column[BookingRow], ...]:
    """Return the columns of the bookings; new rows may be added below."""
    money, names = units.MONEY, cache(partial(names_in_lists, plan))
    return (
        Column(Text("Month"), units.MONTH, lambda row: row.month, name="month", width=12, is_entry=True),
        Column(
            Text("Category"),
            units.CHOICE,
            lambda row: row.booked and row.booked.category,
            name="category",
            width=20,
            is_entry=True,
        ),
        Column(
            Text("Task"),
            value=lambda row: row.booked and TasksInList((row.booked.task,), names),
            name="task",
            width=36,
            is_entry=True,
        ),
        Column(Text("Planned, EUR"), money, lambda row: row.planned, name="planned", width=15),
        Column(Text("Booked, EUR"), money, lambda row: row.amount, name="booked", width=15, is_entry=True),
        Column(Text("Month closed"), units.FLAG, lambda row: row.is_closed, name="closed", width=14, is_entry=True),
        Column(Text("Forecast, EUR"), money, lambda row: row.forecast, name="forecast", width=15),
    )


def booking_changes_table(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], tasks: Mapping[str, Words]
) -> Table:
    """Return what was booked before and is booked after, where that differs; the totals are of everything.

    `tasks` are the names of the tasks by id.
    """

    def told(amount: Decimal | None) -> Words:
        return Text("nothing") if amount is None else Money(amount, 2)

    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    rows = [
        (
            LongMonth(booked.month),
            label(booked.category),
            tasks.get(booked.task, booked.task),
            *(told(sums.get(booked.key)) for sums in (before, after)),
        )
        for booked in sorted(map(Booked.of, changed))
    ]
    sums = tuple(Money(total(bookings.values()), 2) for bookings in (before, after))
    columns = (Text("Month"), Text("Category"), Text("Task"), Text("Booked before"), Text("Afterwards"))
    return Table(columns, (*rows, (Text("Everything booked"), "", "", *sums)), numbers=(3, 4))
