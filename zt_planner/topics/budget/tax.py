"""What the controller asks: which money is running cost, and which could be capitalised (M33). No tax advice.

Laws: each line of cash has one treatment, so that the three add up to the total of a month, to the cent; the own team's
work is effort and has none.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.categories import CostCategory, Treatment, treatment_of
from zt_planner.language import LongMonth, Text, Words
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.table import Table


class MonthOfLines(NamedTuple):
    """A month, or None for all of them, with its lines of cash."""

    month: Month | None
    lines: tuple[CostLine, ...]


def tax_table(plan: Plan) -> Table:
    """Return the cash of each month by its treatment and category; the last row is their sum.

    Where all of a treatment is of one category, it has no further column.
    """
    cash = tuple(line for line in plan.cost_lines if line.is_cash and line.month in set(plan.months))
    rows = [MonthOfLines(month, tuple(line for line in cash if line.month == month)) for month in plan.months]

    def column(name: Words, treatment: Treatment, categories: Collection[CostCategory]) -> Column[MonthOfLines]:
        def words(row: MonthOfLines) -> Words:
            lines = [line for line in row.lines if treatment_of(line.category, line.kind) is treatment]
            return sum_text([line for line in lines if line.category in categories])

        return Column(name, units.EUROS, words=words)

    def columns_of(treatment: Treatment) -> Iterator[Column[MonthOfLines]]:
        there = {line.category for line in cash if treatment_of(line.category, line.kind) is treatment}
        yield column(label(treatment), treatment, there)
        for category in CostCategory:
            if category in there and len(there) > 1:
                name = Text("of which {category}", category=label(category))
                yield column(name, treatment, {category})

    columns: tuple[Column[MonthOfLines], ...] = (
        Column(
            Text("Month"),
            words=lambda row: Text("Total") if row.month is None else LongMonth(row.month),
        ),
        *chain.from_iterable(map(columns_of, Treatment)),
        Column(Text("Total"), units.EUROS, words=lambda row: sum_text(row.lines)),
    )
    return table_of(columns, (*rows, MonthOfLines(None, cash)))
