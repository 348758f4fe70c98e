"""Where the money is from, as one bar and in one line: vendors, third parties, own prices, what is derived or assumed.

Laws: the parts add up to the budget of the introduction, credits counted by their size; each line is in one part; the
shares that are shown add up to 100.0 %, and those of the line are those of the bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import largest_remainder, to_cents, total
from zt_planner.engine.costing.trust import MoneyOrigin, sizes_by_origin
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Listed, Text, Words
from zt_planner.topics.labels import SMALLEST_SHARE, share_text
from zt_planner.topics.palette import LINE_COLOUR, Palette

NAMES = {
    MoneyOrigin.VENDOR: msgid("From the vendor"),
    MoneyOrigin.OWN: msgid("Own prices"),
    MoneyOrigin.THIRD_PARTY: msgid("From a third party"),
    MoneyOrigin.DERIVED: msgid("Derived"),
    MoneyOrigin.ASSUMED: msgid("Assumed prices"),
    MoneyOrigin.ASSUMED_DAYS: msgid("Assumed days"),
    MoneyOrigin.CONTINGENCY: msgid("Contingency"),
}
SHARES_OF_MONEY = {
    MoneyOrigin.VENDOR: msgid("{share} from the vendor"),
    MoneyOrigin.OWN: msgid("{share} own prices"),
    MoneyOrigin.THIRD_PARTY: msgid("{share} from a third party"),
    MoneyOrigin.DERIVED: msgid("{share} derived"),
    MoneyOrigin.ASSUMED: msgid("{share} assumed"),
    MoneyOrigin.ASSUMED_DAYS: msgid("{share} assumed days"),
    MoneyOrigin.CONTINGENCY: msgid("{share} contingency"),
}


@dataclass(frozen=True, slots=True)
class OriginPart:
    """A part of the bar: how wide it is, as a percentage of all, and what stands beside its colour."""

    name: Words
    shown: Words
    width: float
    colour: str


def origin_sizes(plan: Plan) -> Mapping[MoneyOrigin, Decimal]:
    """Return how much of the budget of the introduction is from where; nothing where nothing of it has a price."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    return sizes_by_origin(lines, plan.scenario, plan.priced_on)


def origin_shares(plan: Plan) -> Mapping[MoneyOrigin, Decimal]:
    """Return the share of each part in whole thousandths; those left over go to the largest remainders."""
    sizes = origin_sizes(plan)
    if not sizes:
        return {}
    thousandths = int(1 / SMALLEST_SHARE)
    shares = largest_remainder(
        [thousandths * to_cents(size) for size in sizes.values()], to_cents(total(sizes.values()))
    )
    return {origin: part * SMALLEST_SHARE for origin, part in zip(sizes, shares, strict=True)}


def origin_parts(plan: Plan, palette: Palette) -> tuple[OriginPart, ...]:
    """Return the parts of the bar that are not empty; none where nothing has a price."""
    sizes, shares = origin_sizes(plan), origin_shares(plan)
    colours = {
        MoneyOrigin.VENDOR: palette.teal,
        MoneyOrigin.OWN: palette.blue,
        MoneyOrigin.THIRD_PARTY: palette.violet,
        MoneyOrigin.DERIVED: palette.rust,
        MoneyOrigin.ASSUMED: palette.amber,
        MoneyOrigin.ASSUMED_DAYS: palette.categories[CostCategory.CONSULTANT],
        MoneyOrigin.CONTINGENCY: LINE_COLOUR,
    }
    whole = total(sizes.values())
    return tuple(
        OriginPart(
            Text(NAMES[origin]),
            share_text(shares[origin] or SMALLEST_SHARE / 2),
            float(100 * size / whole),
            colours[origin],
        )
        for origin, size in sizes.items()
    )


def origin_words(plan: Plan) -> Words:
    """Say how much of the budget of the introduction is from where; nothing where nothing of it has a price."""
    shares = origin_shares(plan)
    if not shares:
        return ""
    parts = [Text(SHARES_OF_MONEY[origin], share=share_text(share)) for origin, share in shares.items()]
    return Labelled(Text("Money"), Listed(parts, ", "))
