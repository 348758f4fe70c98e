"""Prices with their sources, and those that somebody should offer first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CostLine
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import Mark, marks_of_line, rests_on_assumed_days
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, sentences
from zt_planner.topics.badges import badges, figure_badges, marks_in
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.labels import product_name
from zt_planner.topics.prices.tables import price_table, rate_table
from zt_planner.topics.table import Table
from zt_planner.topics.view import AnyView, View

MOST_PRICES = 4
DOUBTFUL = (Mark.ASSUMED, Mark.ASSUMED_DAYS, Mark.STALE)


def doubtful_prices(lines: Iterable[CostLine], plan: Plan) -> list[tuple[str, list[CostLine]]]:
    """Return what is paid at guessed or old prices or for assumed days, by price, the largest amount first."""
    by_price: defaultdict[str, list[CostLine]] = defaultdict(list)
    for line in lines:
        if set(marks_of_line(line, plan.scenario, plan.priced_on)) & set(DOUBTFUL):
            by_price[line.price_id].append(line)
    return sorted(by_price.items(), key=lambda pair: -sum_of(pair[1]))


def doubtful_group(view: View) -> Group | None:
    """Return what the introduction pays at guessed or old prices or for assumed days, the largest amount first."""
    plan, lines = view.plan, figure_lines(FigureName.INTRODUCTION_BUDGET, view.plan)
    ranked = doubtful_prices(lines, plan)
    if not ranked:
        return None
    rows = tuple(_row(price_id, of_it, view) for price_id, of_it in ranked[:MOST_PRICES])
    shares = Listed(badge.text for badge in figure_badges(lines, plan) if badge.mark in DOUBTFUL)
    lead = Text("What the budget of the introduction depends on: {shares}.", shares=shares)
    left = len(ranked) - len(rows)
    more = Plural("The same applies to {n} more price.", "The same applies to {n} more prices.", left) if left else ""
    heading = Text("Get quotes for these first")
    table = Table((Text("Price"), Text("Why"), Text("Amount at stake")), rows, numbers=(2,))
    return Group("doubtful", heading, (Sentence(sentences(lead, more)), TableBlock(heading, table)))


def _row(price_id: str, lines: Sequence[CostLine], view: View) -> tuple[Words, ...]:
    """Return what is bought, why that is in doubt, and the amount."""
    marks = [mark for mark in DOUBTFUL if mark in marks_in(lines, view.plan)]
    days = sum(line.quantity for line in lines if rests_on_assumed_days(line, view.plan.scenario))
    why = [badge.text for badge in badges([mark for mark in marks if mark is not Mark.ASSUMED_DAYS])]
    if days:
        why.append(Plural("{n} assumed day", "{n} assumed days", Number(days)))
    return product_name(price_id, view.book), Listed(why, ", "), Money(sum_of(lines))


def prices_group(view: AnyView) -> Group:
    """Return the prices with their sources, of a plan that did not stop the doubtful ones first."""
    doubtful = doubtful_group(view) if isinstance(view, View) else None
    tables = (
        TableBlock(Text("Prices"), price_table(view.plan), name="every_price"),
        TableBlock(Text("Exchange rates"), rate_table(view.book), name="rates"),
    )
    return Group("prices", Text("Prices and sources"), (*(doubtful.blocks if doubtful else ()), *tables))
