"""Why this cell? Months, categories and running totals of the budget table, as used up or as paid.

A cell is named as it stands in the table: `month:2027-03`, `month:2027-03:licence`,
`until:2027-03` (the running total), `category:licence` (the sum below); with
`paid_` before it, by the month in which the money leaves. Law: a cell is the
one that `tables.budget_table` shows, to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from zt_planner.domain.money import total
from zt_planner.domain.plan import CASH_CATEGORIES, LABOUR_CATEGORIES, CostCategory
from zt_planner.engine.costing.budget import accrual, cash_of, payment, sums_by_month
from zt_planner.reports.figure import without_labour
from zt_planner.reports.trace import Trace
from zt_planner.reports.traces.amounts import gathered_rows, lower_bound_notes
from zt_planner.reports.words.labels import label
from zt_planner.reports.words.sentence import labour_note

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import CostLine, Plan
    from zt_planner.language import Language

PAID = "paid_"
MONTH_OF = {False: accrual, True: payment}


class CellSpan(StrEnum):
    """Which months a cell adds up: one, all up to one, or all of the plan."""

    MONTH = "month"
    UNTIL = "until"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """A cell of the budget table; without a category all cash, without a month all months."""

    span: CellSpan
    month: Month | None = None
    category: CostCategory | None = None
    is_paid: bool = False

    def __str__(self) -> str:
        """Read as its name."""
        parts = [self.span.value, self.month, self.category]
        return (PAID if self.is_paid else "") + ":".join(str(part) for part in parts if part is not None)

    @classmethod
    def named(cls, name: str, plan: Plan) -> Self | None:
        """Return the cell of a name; None when the plan's table has none."""
        is_paid = name.startswith(PAID)
        head, *parts = name.removeprefix(PAID).split(":")
        months = {str(month): month for month in plan.months}
        categories = {str(category): category for category in categories_of(plan)}
        if plan.headlines is None or head not in set(CellSpan) or not parts:
            return None
        if head == CellSpan.CATEGORY:
            known = len(parts) == 1 and parts[0] in categories
            return cls(CellSpan.CATEGORY, None, categories[parts[0]], is_paid) if known else None
        month, *rest = parts
        if month not in months or rest not in ([], *([category] for category in categories)):
            return None
        return cls(CellSpan(head), months[month], categories[rest[0]] if rest else None, is_paid)

    def months_in(self, plan: Plan) -> tuple[Month, ...]:
        """Return the months that it adds up."""
        if self.month is None:
            return plan.months
        return (self.month,) if self.span is CellSpan.MONTH else tuple(m for m in plan.months if m <= self.month)

    @property
    def month_of(self) -> Callable[[CostLine], Month]:
        """The month in which a line counts."""
        return MONTH_OF[self.is_paid]

    def holds(self, line: CostLine, months: Container[Month]) -> bool:
        """Tell whether a line is part of it."""
        is_counted = line.is_cash if self.category is None else line.category is self.category
        return is_counted and self.month_of(line) in months


def categories_of(plan: Plan) -> tuple[CostCategory, ...]:
    """Return the columns that can be asked about: those of labour only where it is shown."""
    return tuple(c for c in CASH_CATEGORIES if plan.shows_labour or c not in LABOUR_CATEGORIES)


def budget_cells(plan: Plan, *, is_paid: bool = False) -> Iterator[BudgetCell]:
    """Yield the cells of the budget table with their running totals and sums."""
    if plan.headlines is None:
        return
    categories = categories_of(plan)
    for month in plan.months:
        yield from (BudgetCell(CellSpan.MONTH, month, category, is_paid) for category in (*categories, None))
        yield BudgetCell(CellSpan.UNTIL, month, None, is_paid)
    yield from (BudgetCell(CellSpan.CATEGORY, None, category, is_paid) for category in categories)


def cell_title(cell: BudgetCell, plan: Plan, language: Language) -> str:
    """Return what a cell is called."""
    say = language.say
    what = say("Total") if cell.category is None else label(cell.category, language)
    if cell.month is None:
        when = say("all months")
    elif cell.span is CellSpan.MONTH:
        when = language.month(cell.month)
    else:
        when = say("until {month}", month=language.month(cell.month))
    title = f"{what}, {when}"
    if cell.is_paid:
        title = say("{figure}, as paid", figure=title)
    return title if cell.category is not None else without_labour(title, plan, language)


def cell_rule(cell: BudgetCell, plan: Plan, language: Language) -> str:
    """Return a cell's rule in words."""
    say = language.say
    if cell.is_paid:
        text = say("Everything paid in these months: a prepaid year counts in its first month.")
    else:
        text = say("Everything used in these months: a prepaid year is spread over its months.")
    end = say("Internal work is not included: it is effort, not cash (rules M17b and M18).")
    parts = [text, end] if cell.category is None else [text, say("One category only (rule M17b).")]
    return " ".join(parts if plan.shows_labour or cell.category is not None else [*parts, labour_note(language)])


def explain_cell(cell: BudgetCell, plan: Plan, language: Language) -> Trace:
    """Return why a cell of the budget table is what it is."""
    months, all_lines = cell.months_in(plan), (*plan.cost_lines, *plan.prepaid_tail)
    sums = sums_by_month(all_lines, months, cell.month_of).values()
    value = total(cash_of(month) if cell.category is None else month[cell.category] for month in sums)
    counted = frozenset(months)
    lines = [line for line in all_lines if cell.holds(line, counted)]
    return Trace(
        name=str(cell),
        title=cell_title(cell, plan, language),
        value=value,
        shown=language.money(value, 2),
        rule=cell_rule(cell, plan, language),
        rows=gathered_rows(lines, plan, language),
        notes=lower_bound_notes(lines, language),
    )
