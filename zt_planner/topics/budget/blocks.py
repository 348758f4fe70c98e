"""What the money is for, and the lines of which every total is a sum."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CostLine
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import share_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.language import Text, Words
from zt_planner.topics.block import Group, Role, Sentence, TableBlock
from zt_planner.topics.budget.lines import line_table, sum_text
from zt_planner.topics.labels import horizon_words, is_unknown, label, share_text
from zt_planner.topics.table import Table
from zt_planner.topics.view import View


def purpose_group(view: View) -> Group | None:
    """Return what the money is for, and what the amounts leave out; None when nothing of it is known."""
    plan = view.plan
    if is_unknown(plan.headlines.horizon_total, is_whole=plan.is_complete):
        return None
    heading = Text("What the money is for")
    note = Text(
        "Amounts and percentages are rounded one by one, so they may not add up exactly. Internal work is effort "
        "and not part of any amount."
    )
    table = TableBlock(heading, purpose_table(plan), has_sum=True)
    return Group("purpose", heading, (table, Sentence(note, Role.NOTE)))


def purpose_table(plan: Plan) -> Table:
    """Return the money by category: in the first year, its share, over the horizon."""
    first, whole = figure_lines(FigureName.FIRST_YEAR_BUDGET, plan), figure_lines(FigureName.HORIZON_TOTAL, plan)
    year = sum_of(first)
    columns = (
        Text("Category"),
        Text("First year"),
        Text("Percentage"),
        horizon_words(plan),
    )
    named = [(label(category), {category}) for category in CASH_CATEGORIES if _of(whole, {category})]
    rows = []
    for name, categories in (*named, (Text("Total"), set(CASH_CATEGORIES))):
        in_year, in_all = _of(first, categories), _of(whole, categories)
        rows.append((name, sum_text(in_year), _share(in_year, year), sum_text(in_all)))
    return Table(columns, tuple(rows), numbers=(1, 2, 3))


def _of(lines: Sequence[CostLine], categories: Collection[CostCategory]) -> Sequence[CostLine]:
    return [line for line in lines if line.category in categories]


def _share(lines: Sequence[CostLine], year: Decimal) -> Words:
    """Return which part of the first year something is; nothing where it is a credit, or the year has no price."""
    part = sum_of(lines)
    return share_text(share_of(part, year)) if part >= 0 and year > 0 else ""


def lines_group(plan: Plan) -> Group:
    """Return the cost lines."""
    table = TableBlock(Text("All cost lines"), line_table(plan), name="every_line")
    return Group("lines", Text("Cost lines"), (Sentence(Text("Every total is a sum of these lines.")), table))
