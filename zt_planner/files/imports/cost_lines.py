"""Import of cost lines: own prices and own work, and what follows from other figures.

Unit prices that were changed are own prices; days of work that were changed in
the lines of a task are its work. What a licence is bought for follows from the
people, and so on: such cells are left out, with what to change instead.
Law: lines as they were exported give no edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.fields import OWN_PRICES
from zt_planner.domain.units import MONEY, PERSON_DAYS
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import Place, msgid
from zt_planner.files.imports.bookings import month_of
from zt_planner.files.imports.rows import FOLLOWS, ImportResult, Returned, cannot_be_read, number_in
from zt_planner.files.imports.tasks import take_effort
from zt_planner.gaps import shortened
from zt_planner.topics.budget.lines import is_task_work

CENTS = MONEY.places.files
CHANGE_THE_COMPANY = msgid("Change people, devices, servers or sites; the lines follow")
CHANGE_A_FACTOR = msgid("Change the quantity or the unit price")
CHANGE_A_BOOKING = msgid("Change what was booked in its month")
RATE_FIELDS = {"internal-day": "labour.internal_day_cost", "external-day": "labour.external_day_rate"}


def line_edits(
    rows: Sequence[Returned], lines: Sequence[CostLine], plan: AnyPlan, places: int, result: ImportResult
) -> None:
    """Compare rows with the lines that were exported, in their order, quantities written with so many places."""
    if len(rows) != len(lines):
        problem = msgid("cost lines in the file: {there}, in the plan: {here}")
        remedy = msgid("Only change lines, do not add or remove any; export the plan again")
        result.leave(Place(rows[0].place.file) if rows else "", problem, remedy, there=len(rows), here=len(lines))
        return
    prices: dict[str, set[Decimal]] = defaultdict(set)
    kept: set[str] = set()
    days: dict[str, Decimal] = defaultdict(Decimal)
    for row, line in zip(rows, lines, strict=True):
        if not is_of(row, line):
            problem, remedy = (
                msgid("the plan has another line here"),
                msgid("Leave the lines in their order"),
            )
            result.leave(row.place, problem, remedy)
            continue
        price = changed_number(row, "unit_price", written_price(line), CENTS, result)
        if price is None:
            kept.add(line.price_id)
        else:
            prices[line.price_id].add(price)
        quantity = changed_number(row, "quantity", rounded(line.quantity, places), places, result)
        if quantity is not None:
            take_quantity(row, line, quantity - rounded(line.quantity, places), days, result)
        if price is None and quantity is None and changed_number(row, "amount", line.amount, CENTS, result):
            remedy = CHANGE_A_BOOKING if line.is_actual else CHANGE_A_FACTOR
            result.leave(row.at("amount"), FOLLOWS, remedy, value=shortened(row.text("amount")))
    take_prices(rows, prices, kept, plan, result)
    take_days(days, plan, result)


def is_of(row: Returned, line: CostLine) -> bool:
    """Tell whether a row is that of a line; its month may lie after the last that anybody may type."""
    return str(line.month) in {row.text("month"), month_of(row)} and row.text("price_id") == line.price_id


def written_price(line: CostLine) -> Decimal | None:
    """Return a line's unit price as it was written; contingency's is computed."""
    is_computed = line.unit_price is None or line.category is CostCategory.CONTINGENCY
    return None if is_computed or line.unit_price is None else MONEY.exact(line.unit_price.amount)


def changed_number(
    row: Returned, column: str, value: Decimal | None, places: int, result: ImportResult
) -> Decimal | None:
    """Return a cell's number where it is another one than was exported."""
    text = row.text(column)
    if not text or value is None:
        return None
    number = number_in(text)
    if number is None:
        cannot_be_read(row, column, result)
        return None
    return None if rounded(number, places) == value else number


def take_quantity(row: Returned, line: CostLine, more: Decimal, days: dict[str, Decimal], result: ImportResult) -> None:
    """Count a change of days to the task of its line; leave any other quantity out."""
    if is_task_work(line):
        days[line.task_id] += more
    elif line.category is CostCategory.CONTINGENCY:
        result.edits["finance.contingency"] = number_in(row.text("quantity"))
    else:
        remedy = CHANGE_A_BOOKING if line.is_actual else CHANGE_THE_COMPANY
        result.leave(row.at("quantity"), FOLLOWS, remedy, value=shortened(row.text("quantity")))


def take_prices(
    rows: Sequence[Returned], prices: Mapping[str, set[Decimal]], kept: set[str], plan: AnyPlan, result: ImportResult
) -> None:
    """Make own prices of those that all changed lines of a product agree on; they hold in its other lines, too."""
    for price_id, amounts in prices.items():
        place = next(row.at("unit_price") for row in rows if row.text("price_id") == price_id)
        if len(amounts) > 1:
            problem = msgid("the lines of '{value}' have different unit prices")
            remedy = msgid("Write the same price into those that you change, or change it on the “Prices” page")
            result.leave(place, problem, remedy, value=price_id)
            continue
        own = f"{OWN_PRICES}{price_id}"
        path = own if price_id in plan.scenario.prices.overrides else RATE_FIELDS.get(price_id, own)
        result.edit(path, next(iter(amounts)), place)
        if price_id in kept:
            problem = msgid("the unit price of '{value}' was changed in some lines only")
            result.notice(place, problem, msgid("It then applies to all its lines"), value=price_id)


def take_days(days: Mapping[str, Decimal], plan: AnyPlan, result: ImportResult) -> None:
    """Make own work of tasks of the days that their lines have more or less."""
    tasks = {task.task.id: task for task in plan.tasks}
    for task_id, more in days.items():
        task = tasks[task_id]
        before = PERSON_DAYS.exact(task.work.days)
        take_effort(task, before + PERSON_DAYS.exact(more), plan, result)
