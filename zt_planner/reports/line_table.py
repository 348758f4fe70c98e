"""The cost lines as a table: what every total is a sum of.

Laws: the amounts of the rows are the lines' own, to the cent, and the last row is
the sum of what leaves the company; a line without a price has no amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.plan import SHARE
from zt_planner.domain.price_book import Unit
from zt_planner.engine.budget import sum_of
from zt_planner.reports.badges import line_badges
from zt_planner.reports.tables import Table
from zt_planner.reports.task_words import task_name
from zt_planner.reports.words import label, product_name, unit_label

if TYPE_CHECKING:
    from zt_planner.domain.plan import CostLine, Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.language import Language

CENTS, PLACES = 2, 2


def line_table(plan: Plan, book: PriceBook, language: Language) -> Table:
    """Return the plan's cost lines, month by month, with their sum."""
    say = language.say
    tasks = {task.task.id: task_name(task.task, language) for task in plan.tasks}
    rows = [_row(line, tasks.get(line.task_id, ""), book, language) for line in plan.cost_lines]
    total = language.money(sum_of(line for line in plan.cost_lines if line.is_cash), CENTS)
    rows.append((say("Sum without internal work"), "", "", "", "", "", "", total))
    columns = (
        say("Month"),
        say("Item"),
        say("Task"),
        say("Category"),
        say("Quantity"),
        say("Per"),
        say("Unit price"),
        say("Amount"),
    )
    marks = (*(line_badges([line], plan, language) for line in plan.cost_lines), ())
    return Table(columns, tuple(rows), marks, 1, numbers=(4, 6, 7))


def _row(line: CostLine, task: str, book: PriceBook, language: Language) -> tuple[str, ...]:
    price = line.unit_price
    return (
        language.month(line.month),
        language.say(line.item) if line.item else product_name(line.price_id, book, language),
        task,
        label(line.category, language),
        _quantity(line, language),
        unit_label(line.unit, language) if isinstance(line.unit, Unit) else "",
        "" if price is None else language.money(price.amount, CENTS),
        language.say("no price") if line.amount is None else language.money(line.amount, CENTS),
    )


def _quantity(line: CostLine, language: Language) -> str:
    """Write how many or how much; a share in per cent."""
    return language.percent(line.quantity) if line.unit == SHARE else language.trimmed(line.quantity, PLACES)
