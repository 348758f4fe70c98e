"""Badges: what a reader must know about the prices and the days behind a row or a figure, in a word each.

`engine.costing.trust` decides; here is only what it is called. Laws: a figure's badges
name the share of it that rests on them; nothing of labour is named where
it is not shown, as a plan without labour has no such lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.engine.costing.trust import Mark, marks_of_line, shares_of
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Text, Words
from zt_planner.topics.labels import product_name, share_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.domain.plan import CostLine, Holding
    from zt_planner.engine.plan import Plan

WORDS = {
    Mark.ASSUMED: msgid("assumed"),
    Mark.ASSUMED_DAYS: msgid("assumed days"),
    Mark.STALE: msgid("over a year old"),
    Mark.OWN: msgid("own price"),
    Mark.WHAT_IF: msgid("what-if"),
}
SHARES = {
    Mark.ASSUMED: msgid("{share} assumed"),
    Mark.ASSUMED_DAYS: msgid("{share} assumed days"),
    Mark.STALE: msgid("{share} over a year old"),
    Mark.OWN: msgid("{share} own prices"),
    Mark.WHAT_IF: msgid("{share} what-if"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A word about a price or about days of work, and what it says."""

    mark: Mark
    text: Words


def badges(marks: Iterable[Mark]) -> tuple[Badge, ...]:
    """Return the badges of a price."""
    return tuple(Badge(mark, Text(WORDS[mark])) for mark in marks)


def marks_in(lines: Iterable[CostLine], plan: Plan) -> tuple[Mark, ...]:
    """Return the marks of lines that have an amount, each once, in their order."""
    found = {mark for line in lines for mark in marks_of_line(line, plan.scenario, plan.priced_on)}
    return tuple(mark for mark in Mark if mark in found)


def line_badges(lines: Iterable[CostLine], plan: Plan) -> tuple[Badge, ...]:
    """Return the badges of cost lines that are shown as one row."""
    return badges(marks_in(lines, plan))


def figure_badges(lines: Sequence[CostLine], plan: Plan) -> tuple[Badge, ...]:
    """Return how much of a figure that is the sum of lines rests on which prices, and on days that are assumed.

    The largest share comes first: a card on a desk has room for one.
    """
    shares = shares_of(lines, plan.scenario, plan.priced_on)
    return tuple(
        Badge(mark, Text(SHARES[mark], share=share_text(shares[mark])))
        for mark in sorted(shares, key=lambda mark: -shares[mark])
    )


def holding_badges(holding: Holding, plan: Plan) -> tuple[Badge, ...]:
    """Return the badges of what a group of people gets, with the product's name where that is more than one."""
    found = []
    for price_id in holding.products:
        marks = marks_in((line for line in plan.cost_lines if line.price_id == price_id), plan)
        for badge in badges(marks):
            name = product_name(price_id, plan.case.book)
            text = Labelled(name, badge.text) if len(holding.products) > 1 else badge.text
            found.append(Badge(badge.mark, text))
    return tuple(found)
