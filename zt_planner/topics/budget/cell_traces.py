"""Why this cell? Months, categories and running totals of the budget table, as used up or as paid.

Law: a cell is the
one that `tables.budget_table` shows, to the cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import total
from zt_planner.engine.costing.budget import cash_of, sums_by_month
from zt_planner.topics.budget.amount_traces import gathered_rows, lower_bound_notes
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import CellSpan
from zt_planner.topics.labels import bounded_money, label
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Trace

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.figure_names import BudgetCell


def cell_title(cell: BudgetCell, plan: Plan, language: Language) -> str:
    """Return what a cell is called."""
    say = language.say
    what = say("Total") if cell.category is None else language.write(label(cell.category))
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
    return " ".join(
        parts if plan.shows_labour or cell.category is not None else [*parts, language.write(labour_note())]
    )


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
        shown=language.write(bounded_money(value, 2, is_whole=all(line.amount is not None for line in lines))),
        rule=cell_rule(cell, plan, language),
        rows=gathered_rows(lines, plan, language),
        notes=lower_bound_notes(lines, language),
    )
