"""How sure the money is, as one bar: what is verified, own, old, assumed, and what no quote can verify.

Laws: the parts add up to the budget of the introduction, credits counted by their size; each line is in one part;
the shares add up as they are shown, those that are verified to what `verified_words` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CostCategory, FigureName
from zt_planner.engine.costing.budget import figure_lines
from zt_planner.engine.costing.trust import TO_QUOTE, Mark, marks_of_line, share_of, total_size
from zt_planner.errors import msgid
from zt_planner.reports.charts.palette import LINE_COLOUR
from zt_planner.reports.words.labels import share_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.plan import CostLine, Plan
    from zt_planner.language import Language
    from zt_planner.reports.charts.palette import Palette

SHOWN_PLACES = 3
"""To a tenth of a percent, as `share_text` writes it."""


class Trust(Enum):
    """How far money can be trusted, the surest first, each with its name."""

    VERIFIED = msgid("Verified")
    OWN = msgid("Own prices")
    STALE = msgid("Verified, over a year old")
    ASSUMED = msgid("Assumed")
    RESERVE = msgid("Contingency")


@dataclass(frozen=True, slots=True)
class TrustPart:
    """A part of the bar: how wide it is, as a percentage of all, and what stands beside its colour."""

    name: str
    shown: str
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
    return Trust.OWN if Mark.OWN in marks else Trust.VERIFIED


def trust_parts(plan: Plan, language: Language, palette: Palette) -> tuple[TrustPart, ...]:
    """Return the parts of the bar that are not empty; none where nothing has a price."""
    lines = [line for line in figure_lines(FigureName.INTRODUCTION_BUDGET, plan) if line.amount]
    colours = dict(zip(Trust, (palette.teal, palette.blue, palette.violet, palette.amber, LINE_COLOUR), strict=True))
    whole = total_size(lines)
    sizes = {kind: total_size(line for line in lines if trust_of(line, plan) is kind) for kind in Trust}
    shown = shown_shares(sizes, whole)
    return tuple(
        TrustPart(language.say(kind.value), share_text(shown[kind], language), float(100 * size / whole), colours[kind])
        for kind, size in sizes.items()
        if size
    )


def shown_shares(sizes: Mapping[Trust, Decimal], whole: Decimal) -> dict[Trust, Decimal]:
    """Return the parts' shares, each the step that the rounded running share takes; one too small for a step as it is.

    What is verified comes last of the sure parts, what is assumed last of all: large ones take what rounding leaves.
    """
    order = (Trust.STALE, Trust.OWN, Trust.VERIFIED, Trust.RESERVE, Trust.ASSUMED)
    running = [rounded(share_of(size, whole), SHOWN_PLACES) for size in accumulate(sizes[kind] for kind in order)]
    steps = (after - before for before, after in pairwise((Decimal(0), *running)))
    return {kind: step or share_of(sizes[kind], whole) for kind, step in zip(order, steps, strict=True)}
