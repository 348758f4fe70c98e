"""What was done before the plan begins, and what it saves: in a line, and as the bridge from the plan without it (M35).

Laws: what is said is the difference of two plans, in cash the budget of the introduction, and the own team's days apart
from it; where a plan has no schedule or lacks a price, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from zt_planner.engine.compare.comparison import Comparison
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Capitalised, Money, Plural, Text, Trimmed, Words
from zt_planner.topics.block import Block, ChartBlock, Group, Sentence, TableBlock
from zt_planner.topics.compare.sentences import bridge_lines
from zt_planner.topics.compare.side_by_side import bars_by_size, bridge_alt, bridge_chart, bridge_table


def done_line(plan: Plan, without: AnyPlan) -> Words:
    """Say what it saves that some work is done; how much more it costs where it brings licences forward."""
    if not (isinstance(without, Plan) and plan.is_complete and without.is_complete):
        return ""
    days = without.headlines.internal_days - plan.headlines.internal_days
    if not plan.shows_labour:
        return Plural(
            "Work already done saves {n} person-day of your team.",
            "Work already done saves {n} person-days of your team.",
            Trimmed(days, 1),
        )
    saved = without.headlines.introduction_budget - plan.headlines.introduction_budget
    if saved < 0:
        return Plural(
            "Work already done saves {n} person-day of your team; licences are paid from the start, {amount} more.",
            "Work already done saves {n} person-days of your team; licences are paid from the start, {amount} more.",
            Trimmed(days, 1),
            amount=Money(-saved),
        )
    return Plural(
        "Work already done saves {amount} and {n} person-day of your team.",
        "Work already done saves {amount} and {n} person-days of your team.",
        Trimmed(days, 1),
        amount=Money(saved),
    )


def done_group(comparison: Comparison) -> Group:
    """Return the bridge from the plan without what is done to the plan, of the budget and of the finish."""
    title = Text("What is done already")
    return Group("done_before", title, tuple(_blocks(comparison, title)))


def _blocks(comparison: Comparison, title: Words) -> Iterator[Block]:
    first, (other,) = comparison.first, comparison.others
    for bridge in other.bridges:
        yield from (Sentence(Capitalised(line)) for line in bridge_lines(bridge, first, other))
    bridge = other.bridges[0]
    if bars_by_size(bridge):
        draw = partial(bridge_chart, bridge, first, other)
        yield ChartBlock("done_before", bridge_alt(bridge, first, other), draw)
    yield TableBlock(title, bridge_table(other))
