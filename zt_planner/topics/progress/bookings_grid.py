"""What was invoiced, month by month and by category, as a grid to edit, and which months are closed (M27).

A cell is all that is booked of its category in its month. What is typed is
booked without a task beside what is booked for tasks, so that both add up to
it. Laws: every month from the start to the status date, and every other one
with a booking, has a row; an empty cell has no booking, not one of 0.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from zt_planner.domain.categories import BOOKABLE_CATEGORIES, LABOUR_CATEGORIES
from zt_planner.domain.money import LARGEST_AMOUNT, total
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.fields import CLOSED
from zt_planner.domain.units import FLAG, MONEY
from zt_planner.entries import Entry, TypedNumber
from zt_planner.errors import CellProblem, msgid
from zt_planner.topics.grid import Grid, GridColumn, GridRow, cell_place
from zt_planner.topics.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from zt_planner.domain.categories import CostCategory
    from zt_planner.domain.scenario.status import Status
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.view import View

Cells: TypeAlias = "dict[tuple[Month, CostCategory], dict[Booked, Decimal]]"
"""What is booked by month and category, for each task and for none."""
IS_CLOSED = "closed"
AMOUNT = Entry(MONEY, -LARGEST_AMOUNT, LARGEST_AMOUNT)
CLOSED_COLUMN = GridColumn(msgid("Closed"), FLAG, 135)
"""Its bookings take the place of what was planned."""
MONTH_WIDTH, WIDTH, WIDE = 130, 118, 195
"""Pixels; a long name has more room."""
LONG_NAME = 15


def booking_grid(view: View, status_now: Callable[[], Status]) -> Grid:
    """Return the bookings of a plan to edit; `status_now` is what is booked and closed when a cell is set."""
    plan = view.plan
    categories = [kind for kind in BOOKABLE_CATEGORIES if plan.shows_labour or kind not in LABOUR_CATEGORIES]
    columns = {
        str(category): GridColumn(LABELS[category], AMOUNT, WIDE if len(LABELS[category]) > LONG_NAME else WIDTH)
        for category in categories
    }
    cells = _cells_of(plan.scenario.status.bookings)
    return Grid(
        msgid("What was invoiced, to be changed"),
        msgid("Month"),
        {IS_CLOSED: CLOSED_COLUMN, **columns},
        view.language.written(tuple(_row(month, categories, cells, view) for month in booking_months(plan))),
        view.language,
        partial(_fields, status_now=status_now),
        partial(_conflicts, at=plan.scenario.status.at),
        MONTH_WIDTH,
    )


def booking_months(plan: Plan) -> list[Month]:
    """Return the months that have a row: from the start to the status date, and those with a booking or closed."""
    status, first = plan.scenario.status, plan.months[0]
    last = first.plus(-1) if status.at is None else Month.of(status.at)
    known = {*map(Month.from_text, status.closed), *(Booked.of(key).month for key in status.bookings)}
    return sorted({*months_from(first, max(first.until(last) + 1, 0)), *known})


def _cells_of(bookings: Mapping[str, Decimal]) -> Cells:
    """Return what is booked by month and category."""
    found: Cells = {}
    for key, amount in bookings.items():
        booked = Booked.of(key)
        found.setdefault((booked.month, booked.category), {})[booked] = amount
    return found


def _row(month: Month, categories: Collection[CostCategory], cells: Cells, view: View) -> GridRow:
    booked = {category: cells.get((month, category), {}).values() for category in categories}
    sums: dict[str, Any] = {
        str(category): TypedNumber(total(amounts), AMOUNT) if amounts else "" for category, amounts in booked.items()
    }
    is_closed = str(month) in view.plan.scenario.status.closed
    return GridRow(str(month), view.language.month(month), {IS_CLOSED: is_closed, **sums})


def _fields(
    row: str,
    figures: Mapping[str, Any],
    status_now: Callable[[], Status],
) -> dict[str, Any]:
    """Return the fields that book typed sums, and close a month or open it again."""
    found: dict[str, Any] = {}
    month, status = Month.from_text(row), status_now()
    cells = _cells_of(status.bookings)
    for category in BOOKABLE_CATEGORIES:
        if category not in figures:
            continue
        usual, typed = Booked(month, category), figures[category]
        of_cell = cells.get((month, category), {})
        if typed is None:
            found |= {each.path: None for each in of_cell}
        else:
            for_tasks = total(amount for each, amount in of_cell.items() if each.task)
            rest = Decimal(typed) - for_tasks
            found[usual.path] = f"{rest:.2f}" if rest else None
    if IS_CLOSED in figures:
        closed = {*status.closed} - {row} | ({row} if figures[IS_CLOSED] else set())
        found[CLOSED] = sorted(closed)
    return found


def _conflicts(row: GridRow, figures: Mapping[str, Any], at: date | None) -> Iterator[CellProblem]:
    """Yield that a month would be closed before it is over."""
    if figures.get(IS_CLOSED) and (at is None or Month.from_text(row.id).last_day > at):
        problem = msgid("the month is not over on the status date")
        remedy = msgid("Close it later, or move the status date")
        yield CellProblem(cell_place(row, CLOSED_COLUMN), problem, remedy)
