"""How much rests on them? The share of all the plan's money on unverified, old or own prices, a what-if, assumed days.

Laws: the shares are those of the findings; credits count by their size;
internal work is effort and no part of the money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.engine.costing.trust import Mark, marks_of_line, share_of, shares_of, total_size
from zt_planner.errors import msgid
from zt_planner.language import Money, Text, Words
from zt_planner.topics.budget.amount_traces import gathered, row_of
from zt_planner.topics.figure_names import MONEY_SHARE
from zt_planner.topics.labels import share_text
from zt_planner.topics.table import Column, table_of
from zt_planner.topics.trace import Divisor, Trace

if TYPE_CHECKING:
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import View

TITLES = {
    Mark.UNVERIFIED: msgid("Money on unverified prices"),
    Mark.ASSUMED_DAYS: msgid("Money on days without a quote"),
    Mark.STALE: msgid("Money on prices over a year old"),
    Mark.OWN: msgid("Money on own prices"),
    Mark.WHAT_IF: msgid("Money on a what-if"),
}

PRICES_RULE = msgid(
    "The cost of the lines with such prices in all months of the plan, divided by the cost of all "
    "lines. A credit counts by its size; internal work does not count, because it is effort (rules "
    "M2 and M18)."
)
DAYS_RULE = msgid(
    "The cost of the consultant's days of tasks for which nobody has set an effort or a range of it, and of "
    "coordination as long as its days a month are the usual ones, divided by the cost of all lines in all months of "
    "the plan (rules M16 and M18)."
)


def _cash(plan: Plan) -> list[CostLine]:
    return [line for line in plan.cost_lines if line.is_cash and line.amount]


def _marked(mark: Mark, plan: Plan) -> list[CostLine]:
    return [line for line in _cash(plan) if mark in marks_of_line(line, plan.scenario, plan.priced_on)]


def share_titles(view: View) -> dict[str, Words]:
    """Return the marks on which some money rests."""
    plan = view.plan
    marks = {mark for line in _cash(plan) for mark in marks_of_line(line, plan.scenario, plan.priced_on)}
    return {mark.value: Text(TITLES[mark]) for mark in Mark if mark in marks}


def share_table(view: View) -> Table:
    """Return how much of the plan's money rests on each of them, as far as any does."""
    plan = view.plan
    shares = shares_of(_cash(plan), plan.scenario, plan.priced_on)
    columns: tuple[Column[Mark], ...] = (
        Column(Text("What the money depends on"), value=lambda mark: Text(TITLES[mark])),
        Column(
            Text("Percentage"),
            units.SHARE,
            words=lambda mark: share_text(shares[mark]),
            asks=lambda mark: f"{MONEY_SHARE}:{mark}",
        ),
    )
    return table_of(columns, shares)


def explain_resting(name: str, view: View) -> Trace | None:
    """Return how much of the plan's money rests on what has a mark; None where none does."""
    if name not in share_titles(view):
        return None
    mark, plan = Mark(name), view.plan
    lines, whole = _marked(mark, plan), total_size(_cash(plan))
    share = share_of(total_size(lines), whole)
    return Trace(
        name=f"{MONEY_SHARE}:{name}",
        title=Text(TITLES[mark]),
        value=share,
        shown=share_text(share),
        rule=Text(DAYS_RULE if mark is Mark.ASSUMED_DAYS else PRICES_RULE),
        rows=tuple(row_of(group, total_size(group), plan) for group in gathered(lines)),
        divisors=(Divisor(Text("all costs of the plan, credits counted as positive"), whole, Money(whole, 2)),),
    )
