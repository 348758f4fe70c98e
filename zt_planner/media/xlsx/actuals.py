"""The sheets Actuals and Bookings: what is recorded of tasks and what was booked, beside what was planned.

Both come back: recorded days, bookings and closed months are edits of the plan's status.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.categories import BOOKABLE_CATEGORIES
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName, cell_reference
from zt_planner.topics.labels import label
from zt_planner.topics.progress.booking_sheet import (
    BOOKING_COLUMNS,
    NEW_BOOKINGS,
    booking_columns,
    booking_rows,
)
from zt_planner.topics.roadmap.tables import ON_ACTUALS, task_columns, tasks_in_order
from zt_planner.topics.table import chosen

if TYPE_CHECKING:
    from zt_planner.media.xlsx.sheets import PlanBook

PLACE = {name: index for index, name in enumerate(ON_ACTUALS)}
BOOKING_PLACE = {name: index for index, name in enumerate(BOOKING_COLUMNS)}


def write_actuals(book: PlanBook) -> None:
    """Write the sheet of the tasks; how much later each is finished is a formula."""
    plan, language = book.view.plan, book.language
    all_columns = task_columns(plan, book.view.reference)
    columns = [replace(column, is_entry=column.name in RECORD_FIGURES) for column in chosen(all_columns, ON_ACTUALS)]
    at = plan.scenario.status.at
    title = language.say("Actuals") if at is None else language.say("Actuals on {day}", day=language.day(at))
    paper = book.begin(SheetName.ACTUALS, title, columns)
    book.explain(
        SheetName.ACTUALS,
        language.say("Enter what happened in yellow cells; the status date is on the sheet Assumptions."),
    )
    tasks = tasks_in_order(plan)
    for row, task in enumerate(tasks, start=FIRST_ROW + 1):
        book.write_row(paper, row, columns, task)
        later = columns[PLACE["later_days"]].cell(task)
        if later is not None:
            now, then = (cell_reference(row, PLACE[name]) for name in ("finish", "planned_finish"))
            paper.write_formula(row, PLACE["later_days"], f"={now}-{then}", book.format(units.COUNT), later)
    paper.freeze_panes(FIRST_ROW + 1, 1)
    book.finish(SheetName.ACTUALS, FIRST_ROW + max(len(tasks), 1), len(columns) - 1)


def write_bookings(book: PlanBook) -> None:
    """Write the sheet of the money, with empty rows for more."""
    plan, language = book.view.plan, book.language
    columns = booking_columns(plan)
    paper = book.begin(SheetName.BOOKINGS, language.say("Bookings by month, net"), columns)
    book.explain(
        SheetName.BOOKINGS,
        language.say("Enter what was invoiced or bought, credits below 0; a closed month counts as booked."),
    )
    rows = list(booking_rows(plan))
    for index, row in enumerate(rows, start=FIRST_ROW + 1):
        book.write_row(paper, index, columns, row)
    first, last = FIRST_ROW + 1, FIRST_ROW + len(rows) + NEW_BOOKINGS
    for index in range(first + len(rows), last + 1):
        for name in (column.name for column in columns if column.is_entry):
            book.write(paper, index, BOOKING_PLACE[name], None, columns[BOOKING_PLACE[name]])
    names = [language.write(label(category)) for category in BOOKABLE_CATEGORIES]
    for name, source in (("category", names), ("closed", [language.say("yes"), language.say("no")])):
        place = BOOKING_PLACE[name]
        paper.data_validation(first, place, last, place, {"validate": "list", "source": source})
    book.finish(SheetName.BOOKINGS, last, len(columns) - 1)
