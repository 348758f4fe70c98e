"""The sheet Cost lines: what every total of the workbook is a sum of.

An amount is quantity times unit price, or what was booked, rounded to the cent, plus an adjustment
where the engine splits leftover cents or knows the quantity more exactly. Contingency
stands at the end: its unit price is the one-off cash of its month, summed over the
lines above it. Law: the adjustment is what makes the formula give the engine's cents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName, cell_reference, column_reference
from zt_planner.topics.budget.lines import ON_SHEET, is_task_work, line_columns, priced_lines
from zt_planner.topics.labels import label
from zt_planner.topics.table import chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.media.xlsx.sheets import LibrarySheet, PlanBook
    from zt_planner.topics.budget.lines import PricedLine
    from zt_planner.topics.table import Column

PLACE = {name: index for index, name in enumerate(ON_SHEET)}


@dataclass(frozen=True, slots=True)
class CostLineCells:
    """Where the lines stand, for formulas of other sheets; the words for kinds and cash as they are written there."""

    first_row: int
    last_row: int
    cash: str
    effort: str

    @staticmethod
    def range(name: str) -> str:
        """Return the name of a column's cells."""
        return f"lines_{name}"


def ordered_lines(plan: AnyPlan) -> tuple[CostLine, ...]:
    """Return the lines, those of the run rate included that lie past the plan, contingency at the end."""
    last = plan.months[-1]
    later = tuple(line for line in plan.run_rate_lines if line.month > last)
    return tuple(sorted((*plan.cost_lines, *later), key=lambda line: line.category is CostCategory.CONTINGENCY))


def write_lines(book: PlanBook) -> CostLineCells:
    """Write the sheet; return where its lines stand."""
    plan, language = book.view.plan, book.language
    columns = chosen(line_columns(book.view.book), ON_SHEET)
    lines = priced_lines(ordered_lines(plan), plan)
    paper = book.begin(
        SheetName.LINES, language.say("Cost lines: every total of this workbook is a sum of these"), columns
    )
    book.explain(
        SheetName.LINES,
        language.say(
            "Amount = quantity x unit price + adjustment (cents left over when an amount is split between months). "
            "You may change yellow cells and import them on the “Share” page: a unit price then applies to all lines "
            "of its product."
        ),
    )
    first, last = FIRST_ROW + 1, FIRST_ROW + max(len(lines), 1)
    base_last = FIRST_ROW + sum(row.line.category is not CostCategory.CONTINGENCY for row in lines)
    for index, name in enumerate(ON_SHEET):
        book.name_cells(CostLineCells.range(name), SheetName.LINES, column_reference(first, last, index))
    for row, line in enumerate(lines, start=first):
        write_line(book, paper, row, line, columns, cells_base(first, base_last))
    paper.autofilter(FIRST_ROW, 0, last, len(columns) - 1)
    paper.freeze_panes(FIRST_ROW + 1, PLACE["task"])
    book.finish(SheetName.LINES, last, len(columns) - 1)
    return CostLineCells(first, last, language.say("yes"), language.say("no"))


def cells_base(first: int, last: int) -> dict[str, str]:
    """Return the cells that contingency is a share of: all lines above it."""
    return {
        name: column_reference(first, max(first, last), PLACE[name]) for name in ("month", "kind", "cash", "amount")
    }


def write_line(
    book: PlanBook,
    paper: LibrarySheet,
    row: int,
    priced: PricedLine,
    columns: Sequence[Column[PricedLine]],
    base: dict[str, str],
) -> None:
    """Write one line."""
    line = priced.line
    changing = [replace(each, is_entry=each.is_entry and is_importable(each.name, line)) for each in columns]
    book.write_row(paper, row, changing, priced)
    if line.is_actual:
        return
    if line.category is CostCategory.CONTINGENCY:
        write_contingency(book, paper, row, line, base)
    quantity, price, extra = (cell_reference(row, PLACE[name]) for name in ("quantity", "unit_price", "adjustment"))
    formula = f'=IF(ISNUMBER({price}),ROUND({quantity}*{price},2)+{extra},"")'
    amount = "" if line.amount is None else float(line.amount)
    paper.write_formula(row, PLACE["amount"], formula, book.format(units.MONEY, bold=True), amount)


def is_importable(name: str, line: CostLine) -> bool:
    """Tell whether a cell of a line can come back: days of a task's work, and every unit price that is no sum."""
    if name == "quantity":
        return is_task_work(line)
    return line.unit_price is not None and line.category is not CostCategory.CONTINGENCY


def write_contingency(book: PlanBook, paper: LibrarySheet, row: int, line: CostLine, base: dict[str, str]) -> None:
    """Write the share as the one among the assumptions, and the base as the one-off cash of the month."""
    language = book.language
    price = 0.0 if line.unit_price is None else float(line.unit_price.amount)
    once = language.write(label(Kind.ONE_OFF))
    month = cell_reference(row, PLACE["month"])
    yes = language.say("yes")
    formula = f'=SUMIFS({base["amount"]},{base["month"]},{month},{base["kind"]},"{once}",{base["cash"]},"{yes}")'
    paper.write_formula(row, PLACE["unit_price"], formula, book.format(units.MONEY), price)
    paper.write_formula(row, PLACE["quantity"], "=contingency_share", book.format(units.SHARE), float(line.quantity))
