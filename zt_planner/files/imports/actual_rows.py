"""Import of the sheets Actuals and Bookings: records of tasks, bookings, and closed months.

Laws: rows as they were exported give no edit; a cell that cannot be read changes
nothing of what it is about; rows of one month, category and task add up; a row
that is gone takes its booking with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import WrongCell
from zt_planner.domain.bookings import Booked
from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.scenario.fields import BOOKINGS
from zt_planner.errors import msgid
from zt_planner.files.imports.booking_rows import category_in, month_in
from zt_planner.files.imports.rows import FOLLOWS, Returned, cannot_be_read, day_in, number_in
from zt_planner.files.imports.task_rows import LANGUAGES, compare_record, yes_no_words
from zt_planner.gaps import shortened
from zt_planner.topics.inputs.field_names import CLOSED
from zt_planner.topics.roadmap.tables import names_in_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from zt_planner.engine.plan import Plan
    from zt_planner.errors import Place
    from zt_planner.files.imports.result import ImportResult

CENTS = 2
FORECAST = ("start", "finish")
RECORD_IT = msgid("Record actual days, or change the plan on the sheet Roadmap")


def record_edits(rows: Sequence[Returned], plan: Plan, result: ImportResult) -> None:
    """Compare rows with what is recorded of the tasks of a plan."""
    tasks = {task.task.id: task for task in plan.tasks}
    for row in rows:
        key = row.text("task_id")
        if key not in tasks:
            problem, remedy = msgid("there is no task '{value}'"), msgid("Add it on the sheet Roadmap first")
            result.leave(row.at("task_id"), problem, remedy, value=shortened(key or row.text("task")))
            continue
        record = plan.scenario.status.record_of(key)
        compare_record(row, tasks[key], record, result)
        for name in FORECAST:
            if row.text(name) and day_in(row.text(name)) != getattr(tasks[key], name):
                result.leave(row.at(name), FOLLOWS, RECORD_IT, value=shortened(row.text(name)))


def booked_edits(rows: Sequence[Returned], plan: Plan, result: ImportResult) -> None:
    """Compare rows with the bookings and the closed months of a plan."""
    before, named = plan.scenario.status.bookings, _names(plan)
    read = [(row, _booked(row, named, result)) for row in rows]
    sums: dict[str, Decimal] = {}
    places: dict[str, Place] = {}
    unread = set[str]()
    for row, key in read:
        amount = number_in(row.text("booked") or "0")
        if key and amount is None:
            cannot_be_read(row, "booked", result)
            unread.add(key)
        elif key and amount is not None:
            sums[key] = sums.get(key, ZERO) + rounded(amount, CENTS)
            places.setdefault(key, row.at("booked"))
    gone = set() if any(key is None for _, key in read) else before.keys() - sums.keys()
    for key in sorted({*sums, *gone} - unread):
        now = sums.get(key, ZERO)
        if now != before.get(key, ZERO):
            result.edit(f"{BOOKINGS}{key}", f"{now:.2f}" if now else None, places.get(key, rows[0].place))
    _compare_closed(rows, plan, result)


def _names(plan: Plan) -> Mapping[str, str]:
    """Return the ids of tasks by what they may be called, and those that bookings have already."""
    named = {name.casefold(): key for each in LANGUAGES for key, name in names_in_lists(plan, each).items()}
    ids = (*(task.task.id for task in plan.tasks), *(Booked.of(key).task for key in plan.scenario.status.bookings))
    return named | {key.casefold(): key for key in ids}


def _booked(row: Returned, named: Mapping[str, str], result: ImportResult) -> str | None:
    """Return the key of what a row books; nothing where it only closes a month, None where it cannot be read."""
    if not any(row.text(column) for column in ("category", "task", "booked")):
        return ""
    column = "month"
    try:
        month = month_in(row.text(column))
        column = "category"
        category = category_in(row.text(column))
    except WrongCell as wrong:
        result.leave(row.at(column), wrong.problem, wrong.remedy, **wrong.values)
        return None
    task = row.text("task")
    if task and task.casefold() not in named:
        problem, remedy = msgid("there is no task '{value}'"), msgid("Write its name as the other sheets have it")
        result.leave(row.at("task"), problem, remedy, value=shortened(task))
        return None
    return Booked(month, category, named[task.casefold()] if task else "").key


def _compare_closed(rows: Sequence[Returned], plan: Plan, result: ImportResult) -> None:
    """Close and open the months of which a row says so."""
    before = frozenset(plan.scenario.status.closed)
    changed: dict[str, bool] = {}
    for row in rows:
        text, month = row.text("closed").casefold(), month_of(row)
        is_yes = text in yes_no_words(is_true=True)
        if text and not is_yes and text not in yes_no_words(is_true=False):
            cannot_be_read(row, "closed", result)
        elif text and month and is_yes is not (month in before):
            changed[month] = is_yes
            result.places.setdefault(CLOSED, row.at("closed"))
    if changed:
        result.edits[CLOSED] = sorted(month for month in before.union(changed) if changed.get(month, True))


def month_of(row: Returned) -> str:
    """Return a row's month like 2027-01; nothing where it cannot be read."""
    try:
        return str(month_in(row.text("month")))
    except WrongCell:
        return ""
