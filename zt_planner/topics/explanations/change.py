"""Why did a figure change? The lines in which two plans differ, gathered by what is bought.

Laws: the rows add up to the difference of the two figures, to the cent; what
costs the same in both plans is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.domain.categories import CATEGORY_ORDER
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CostLine
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.language import Listed, Money, Text, Words
from zt_planner.topics.badges import line_badges
from zt_planner.topics.budget.amount_traces import NO_UNITS, LineGroup, bought, lower_bound_notes, times_of
from zt_planner.topics.figure import title_of
from zt_planner.topics.figure_names import RISE
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.labels import item_of, label
from zt_planner.topics.prices.rise import RiseCost, rise_named
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.trace import Trace, TraceRow
from zt_planner.topics.view import View

RAISED = (FigureName.FIRST_YEAR_BUDGET, FigureName.HORIZON_TOTAL, FigureName.RUN_RATE_MONTHLY)
"""The figures of which is said what a rise of the list prices costs."""
NOTHING = "\N{EN DASH}"


def rows_between(before: Sequence[CostLine], after: Sequence[CostLine], plan: Plan) -> tuple[TraceRow, ...]:
    """Return what costs more or less in the lines after than in those before, in the order of the budget's columns."""
    old, new = _by_purchase(before), _by_purchase(after)
    purchases = sorted(dict.fromkeys((*old, *new)), key=lambda each: CATEGORY_ORDER[each.category])
    rows = (_row(old.get(each, []), new.get(each, []), plan) for each in purchases)
    return tuple(row for row in rows if row.amount)


def _by_purchase(lines: Iterable[CostLine]) -> dict[LineGroup, list[CostLine]]:
    """Group lines by what is bought, whatever a unit costs."""
    groups: dict[LineGroup, list[CostLine]] = {}
    for line in lines:
        groups.setdefault(bought(line)._replace(amount=None), []).append(line)
    return groups


def _row(old: Sequence[CostLine], new: Sequence[CostLine], plan: Plan) -> TraceRow:
    first = (new or old)[0]
    return TraceRow(
        item=item_of(first, plan.case.book),
        category=label(first.category),
        times=_both(*(times_of(lines) if lines else "" for lines in (old, new))),
        unit_price=_both(_unit_prices(old), _unit_prices(new)),
        amount=sum_of(new) - sum_of(old),
        badges=line_badges(new or old, plan),
    )


def _both(before: Words, after: Words) -> Words:
    """Say what something was and is; once where that is the same."""
    return before if before == after else Listed((before or NOTHING, after or NOTHING), " → ")


def _unit_prices(lines: Iterable[CostLine]) -> Words:
    """Return what a unit costs, every price once."""
    prices = (line.unit_price.amount for line in lines if line.unit_price is not None and line.unit not in NO_UNITS)
    return Listed((Money(price, 2) for price in dict.fromkeys(prices)), ";")


def rise_titles(view: View) -> dict[str, Words]:
    """Return the figures that a rise of the list prices changes; none without a rise."""
    if not view.plan.scenario.prices.rise:
        return {}
    return {name.value: _title(name, view.plan) for name in RAISED}


def rise_table(cost: RiseCost, view: View) -> Table:
    """Return what the rise of the list prices costs, figure by figure."""
    plan = view.plan
    amounts = zip(RAISED, (cost.first_year, cost.horizon, cost.monthly), strict=True)
    columns: tuple[Column[tuple[FigureName, Decimal]], ...] = (
        Column(Text("What the rise costs"), words=lambda row: title_of(by_name()[row[0]], plan)),
        Column(
            Text("Difference"),
            units.MONEY,
            lambda row: row[1],
            lambda row: Money(row[1], is_signed=True),
            asks=lambda row: f"{RISE}:{row[0]}",
        ),
    )
    return table_of(columns, amounts)


def _title(name: FigureName, plan: Plan) -> Words:
    return Text("{figure}: the difference", figure=title_of(by_name()[name], plan))


def explain_rise(name: str, view: View) -> Trace | None:
    """Return what the rise of the list prices does to a figure; None without a rise, and for any other figure."""
    plan, language, figures = view.plan, view.language, view.plan.headlines
    without = build_plan(view.case.changed(plan.scenario.changed("prices.rise", Decimal(0))))
    if isinstance(without, StoppedPlan) or name not in rise_titles(view):
        return None
    figure = FigureName(name)
    before, after = (figure_lines(figure, each) for each in (without, plan))
    value = getattr(figures, figure) - getattr(without.headlines, figure)
    rows = rows_between(before, after, plan)
    return Trace(
        name=f"{RISE}:{name}",
        title=_title(figure, plan),
        value=value,
        shown=Money(value, 2),
        rule=Text(
            "{rise}: the figure of this plan less that of the same plan without the rise. A price that is bought for "
            "a year rises when it is renewed (rule M2); with other prices, another mix can be the cheapest (rule M12).",
            rise=language.write(rise_named(plan.scenario.prices)),
        ),
        rows=rows,
        notes=(*lower_bound_notes((*before, *after)), *(() if rows else (Text("No line differs."),))),
    )
