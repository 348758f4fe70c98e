"""How sure the money is, as one bar: what is checked, own, old, assumed, and what no quote can verify.

Laws: the parts add up to the budget of the introduction, credits counted by their size; each line is in one part; the
shares that are shown add up to 100.0 %, those of `SURE_PARTS` to the share that sentences call verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import largest_remainder, rounded, to_cents, total
from zt_planner.engine.costing.trust import TO_QUOTE, Mark, marks_of_line, share_of, total_size
from zt_planner.engine.figures import figure_lines
from zt_planner.errors import msgid
from zt_planner.language import Text, Words
from zt_planner.topics.labels import SMALLEST_SHARE, share_text
from zt_planner.topics.palette import LINE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.palette import Palette


class Trust(Enum):
    """How far money can be trusted, the surest first, each with its name."""

    CHECKED = msgid("Listed prices, checked within a year")
    OWN = msgid("Own prices")
    STALE = msgid("Listed prices, checked over a year ago")
    ASSUMED = msgid("Assumed")
    RESERVE = msgid("Contingency")


SURE_PARTS = (Trust.CHECKED, Trust.OWN, Trust.STALE)
"""What sentences call verified, all together."""


@dataclass(frozen=True, slots=True)
class TrustPart:
    """A part of the bar: how wide it is, as a percentage of all, and what stands beside its colour."""

    name: Words
    shown: Words
    width: float
    colour: str


def trust_of(line: CostLine, plan: Plan) -> Trust:
    """Return how far the money of a line can be trusted."""
    if line.category is CostCategory.CONTINGENCY:
        return Trust.RESERVE
    marks = set(marks_of_line(line, plan.scenario, plan.priced_on))
    if not TO_QUOTE.isdisjoint(marks):
        return Trust.ASSUMED
    if Mark.STALE in marks:
        return Trust.STALE
    return Trust.OWN if Mark.OWN in marks else Trust.CHECKED


def trust_parts(plan: Plan, palette: Palette) -> tuple[TrustPart, ...]:
    """Return the parts of the bar that are not empty; none where nothing has a price."""
    lines = [line for line in figure_lines(FigureName.INTRODUCTION_BUDGET, plan) if line.amount]
    colours = dict(zip(Trust, (palette.teal, palette.blue, palette.violet, palette.amber, LINE_COLOUR), strict=True))
    of_kind: dict[Trust, list[CostLine]] = {kind: [] for kind in Trust}
    for line in lines:
        of_kind[trust_of(line, plan)].append(line)
    sizes = {kind: total_size(of_it) for kind, of_it in of_kind.items() if of_it}
    whole, shares = total_size(lines), shown_shares(sizes)
    return tuple(
        TrustPart(
            Text(kind.value),
            share_text(shares[kind] or SMALLEST_SHARE / 2),
            float(100 * size / whole),
            colours[kind],
        )
        for kind, size in sizes.items()
    )


def shown_shares(sizes: Mapping[Trust, Decimal]) -> dict[Trust, Decimal]:
    """Return the share of each part in whole thousandths, as they are shown."""
    sure = {kind: size for kind, size in sizes.items() if kind in SURE_PARTS}
    other = {kind: size for kind, size in sizes.items() if kind not in SURE_PARTS}
    verified = rounded(share_of(total(sure.values()), total(sizes.values())), 3)
    return apportioned(verified, sure) | apportioned(1 - verified, other)


def apportioned(share: Decimal, sizes: Mapping[Trust, Decimal]) -> dict[Trust, Decimal]:
    """Split a share into whole thousandths by size; those left over go to the largest remainders."""
    if not sizes:
        return {}
    thousandths = int(share / SMALLEST_SHARE)
    shares = largest_remainder(
        [thousandths * to_cents(size) for size in sizes.values()], to_cents(total(sizes.values()))
    )
    return {kind: part * SMALLEST_SHARE for kind, part in zip(sizes, shares, strict=True)}
