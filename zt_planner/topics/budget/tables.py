"""The budget by month as columns, for the page, `budget_by_month.csv` and the sheet; what the page Budget answers.

Laws: the rows are months, their cells the sums of their cost lines; the columns
before the total add up to it, the cost lines' cents included; what lines have no
price for has no amount, never 0; a plan that does not show labour has no column for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.engine.costing.budget import accrual, cash_of, payment, sum_of, sums_by_month
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.errors import msgid
from zt_planner.language import LongMonth, Money, Plural, Text, Words
from zt_planner.topics.figure_names import BudgetCell, CellSpan, summed_categories
from zt_planner.topics.labels import NO_PRICE, label, own_statement
from zt_planner.topics.sentence import amount_without_labour
from zt_planner.topics.table import Column, Table, chosen, table_of

SUMS = {True: ("total", "cumulative"), False: ("total_without_labour", "cumulative_without_labour")}
"""What the sums are called, by whether labour is shown."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month's sums by category and what is used up by its end; the row of sums has no end, and its last month.

    `running` is None where nothing of it has a price.
    """

    month: Month | None
    sums: Mapping[CostCategory, Decimal]
    running: Decimal | None
    unpriced: frozenset[CostCategory] = frozenset()
    """Categories that have lines, and none of them a price."""
    last: Month | None = None

    def amount(self, category: CostCategory) -> Decimal | None:
        """What a category comes to; None where nothing of it has a price."""
        return None if category in self.unpriced else self.sums[category]

    @property
    def total(self) -> Decimal | None:
        """The cash of the month; None where nothing of it has a price."""
        cash = cash_of(self.sums)
        return cash if cash or self.is_whole else None

    @property
    def is_whole(self) -> bool:
        """No kind of cash is without any price."""
        return self.unpriced.isdisjoint(CASH_CATEGORIES)


def effort_categories(plan: AnyPlan) -> tuple[CostCategory, ...]:
    """Return the categories that stand after the sums, as no sum holds them: internal work is no cash (M18)."""
    return tuple(category for category in CostCategory if category not in CASH_CATEGORIES and plan.shows_labour)


def month_rows(
    lines: Sequence[CostLine], months: Sequence[Month], month_of: Callable[[CostLine], Month] = accrual
) -> list[MonthRow]:
    """Return the rows of months."""
    priced = {(month_of(line), line.category) for line in lines if line.amount is not None}
    unpriced = {(month_of(line), line.category) for line in lines} - priced
    rows, running, is_whole = list[MonthRow](), ZERO, True
    for month, sums in sums_by_month(lines, months, month_of).items():
        row = MonthRow(month, sums, None, frozenset(each for of, each in unpriced if of == month))
        running, is_whole = running + cash_of(sums), is_whole and row.is_whole
        rows.append(replace(row, running=running if running or is_whole else None))
    return rows


def sum_row(rows: Sequence[MonthRow]) -> MonthRow:
    """Return the row that adds them up."""
    sums = {category: sum((row.sums[category] for row in rows), ZERO) for category in CostCategory}
    unpriced = frozenset(each for row in rows for each in row.unpriced if not sums[each])
    return MonthRow(None, sums, None, unpriced, rows[-1].month if rows else None)


def budget_cell(
    row: MonthRow, plan: AnyPlan, category: CostCategory | None = None, *, is_paid: bool = False
) -> BudgetCell:
    """Return the cell of a row in a category or in all; the row of sums is all months, or all until its last one."""
    if row.month is not None:
        return BudgetCell(CellSpan.MONTH, row.month, category, is_paid)
    if category is not None and row.last == plan.months[-1]:
        return BudgetCell(CellSpan.CATEGORY, None, category, is_paid)
    return BudgetCell(CellSpan.UNTIL, row.last, category, is_paid)


def budget_columns(plan: AnyPlan, *, is_paid: bool = False) -> tuple[Column[MonthRow], ...]:
    """Return a column a category, and the sums after those that they add up."""
    (total, running) = SUMS[plan.shows_labour]

    def written(amount: Decimal | None) -> Words:
        return NO_PRICE if amount is None else Money(amount)

    def column(category: CostCategory) -> Column[MonthRow]:
        return Column(
            label(category),
            units.MONEY,
            lambda row: row.amount(category),
            lambda row: written(row.amount(category)),
            asks=lambda row: str(budget_cell(row, plan, category, is_paid=is_paid)),
            name=str(category),
            width=17,
        )

    return (
        Column(
            Text("Month"),
            units.MONTH,
            lambda row: row.month,
            lambda row: Text("Total") if row.month is None else LongMonth(row.month),
            name="month",
            width=12,
        ),
        *map(column, summed_categories(plan)),
        Column(
            Text("Total") if plan.shows_labour else Text("Total without labour"),
            units.MONEY,
            lambda row: row.total,
            lambda row: written(row.total),
            asks=lambda row: str(budget_cell(row, plan, is_paid=is_paid)),
            name=total,
            width=17,
        ),
        Column(
            Text("Running total"),
            units.MONEY,
            lambda row: row.running,
            lambda row: "" if row.month is None else written(row.running),
            asks=lambda row: str(BudgetCell(CellSpan.UNTIL, row.month, None, is_paid)),
            name=running,
            width=17,
        ),
        *map(column, effort_categories(plan)),
    )


def budget_table(
    plan: Plan,
    months: Sequence[Month],
    month_of: Callable[[CostLine], Month] = accrual,
) -> Table:
    """Return the budget month by month, a column for each category with an amount, the running total at the end."""
    rows = month_rows((*plan.cost_lines, *plan.prepaid_tail), months, month_of)
    categories = [str(each) for each in CASH_CATEGORIES if any(row.sums[each] for row in rows)]
    every = budget_columns(plan, is_paid=month_of is payment)
    columns = chosen(every, ("month", *categories, *SUMS[plan.shows_labour]))
    return table_of(columns, (*rows, sum_row(rows)))


def budget_answer(plan: Plan) -> Words:
    """Say what the introduction costs as planned, what is largest in it, and what comes afterwards."""
    figures = plan.headlines
    largest = largest_part(figure_lines(FigureName.INTRODUCTION_BUDGET, plan))
    horizon = Plural("{n} month", "{n} months", len(plan.horizon))
    if largest is None:
        return Text("Nothing in the introduction has a price.")
    category, amount = largest
    values: dict[str, Words] = {
        "budget": amount_without_labour(Money(figures.introduction_budget), plan),
        "category": label(category),
        "amount": Money(amount),
        "month": Money(figures.run_rate_monthly),
        "total": Money(figures.horizon_total),
        "horizon": horizon,
    }
    if not plan.is_complete:
        text = msgid(
            "at least {budget} for the introduction (largest item: {category}, {amount}), then at least {month} a "
            "month. At least {total} over {horizon}: prices are missing."
        )
    elif len(plan.months) > len(plan.horizon):
        text = msgid(
            "{budget} for the introduction (largest item: {category}, {amount}); {total} over {horizon}, by the end "
            "of which the work is not yet done. After the finish {month} a month."
        )
    else:
        text = msgid(
            "{budget} for the introduction (largest item: {category}, {amount}); after the finish {month} a month. "
            "In total {total} over {horizon}."
        )
    return own_statement(Text(text, **values), plan)


def largest_part(lines: Sequence[CostLine]) -> tuple[CostCategory, Decimal] | None:
    """Return the kind of cost that is the largest, and what it comes to; None where nothing has a price."""
    sums = {category: sum_of(line for line in lines if line.category is category) for category in CASH_CATEGORIES}
    found = max(sums, key=lambda category: sums[category])
    return (found, sums[found]) if sums[found] > 0 else None
