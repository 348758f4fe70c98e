"""The money of the picture for paper: a stack a month, and the running total in a band of its own above.

Laws: the slices of a month add up to its cost lines, to the cent; credits lie
below zero; equal amounts are equally high.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import CASH_CATEGORIES, CostCategory
from zt_planner.engine.costing.budget import cash_of
from zt_planner.reports.charts.axes import ROOM_ABOVE, lowest, money_ticks
from zt_planner.reports.charts.palette import LIGHT
from zt_planner.reports.documents.picture_time import AxisPart, PaperAxis, Tick
from zt_planner.reports.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zt_planner.domain.month import Month
    from zt_planner.language import Language

MOST_TOTALS = 24
"""Above so many stacks their totals have no room."""
FREE = 0.1
"""What is left free at each side of a stack, as a part of its month."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One category's amount of a month, in EUR with two places, and where it lies."""

    category: str
    amount: str
    bottom: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A month's money; `total` is what stands above it."""

    month: str
    span: AxisPart
    slices: tuple[Slice, ...]
    top: float
    total: str


@dataclass(frozen=True, slots=True)
class ColouredCategory:
    """A category that some month has, and its colour."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class PictureMoney:
    """Stacks with their axis; the points of the running total, and what it comes to."""

    stacks: tuple[Stack, ...]
    categories: tuple[ColouredCategory, ...]
    amounts: tuple[Tick, ...]
    zero: float
    running: tuple[tuple[float, float], ...]
    running_total: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """The axis of amounts."""

    low: float
    high: float

    def at(self, amount: Decimal | float) -> float:
        return (float(amount) - self.low) / (self.high - self.low)


def money_of(sums: Mapping[Month, Mapping[CostCategory, Decimal]], axis: PaperAxis, language: Language) -> PictureMoney:
    """Return the money of some months."""
    highest = max((above_zero(month) for month in sums.values()), default=ZERO)
    reach = max(highest, Decimal(1))
    scale = _Scale(min(0.0, lowest(sums)), float(reach) * ROOM_ABOVE)
    values, texts = money_ticks(reach, language)
    shown = [category for category in CASH_CATEGORIES if any(month[category] for month in sums.values())]
    has_totals = len(sums) <= MOST_TOTALS
    totals = list(accumulate(cash_of(month) for month in sums.values()))
    return PictureMoney(
        stacks=tuple(stack_of(month, sums[month], axis, scale, language, has_total=has_totals) for month in sums),
        categories=tuple(ColouredCategory(label(category, language), LIGHT.categories[category]) for category in shown),
        amounts=tuple(Tick(scale.at(value), text) for value, text in zip(values, texts, strict=True) if shown),
        zero=scale.at(0),
        running=running_of(list(sums), totals, axis) if any(totals) else (),
        running_total=language.money(totals[-1]) if totals else "",
    )


def above_zero(sums: Mapping[CostCategory, Decimal]) -> Decimal:
    """Return how high a month's stack is, credits left out."""
    return sum((max(sums[category], ZERO) for category in CASH_CATEGORIES), ZERO)


def stack_of(
    month: Month,
    sums: Mapping[CostCategory, Decimal],
    axis: PaperAxis,
    scale: _Scale,
    language: Language,
    *,
    has_total: bool,
) -> Stack:
    """Return a month's stack: what is paid upwards from zero, credits downwards."""
    full = axis.span(month.first_day, month.last_day)
    up, down, slices = ZERO, ZERO, []
    for category in CASH_CATEGORIES:
        amount = sums[category]
        if not amount:
            continue
        base = up if amount > 0 else down
        bottom = min(base, base + amount)
        height = scale.at(bottom + abs(amount)) - scale.at(bottom)
        slices.append(Slice(category, f"{amount:.2f}", scale.at(bottom), height, LIGHT.categories[category]))
        up, down = (up + amount, down) if amount > 0 else (up, down + amount)
    total = language.thousands(cash_of(sums)) if has_total and cash_of(sums) else ""
    span = AxisPart(full.left + full.width * FREE, full.width * (1 - 2 * FREE))
    return Stack(str(month), span, tuple(slices), scale.at(up), total)


def running_of(months: Sequence[Month], totals: Sequence[Decimal], axis: PaperAxis) -> tuple[tuple[float, float], ...]:
    """Return the points of the running total, from the height of its lowest to that of its highest."""
    low, high = min(ZERO, *totals), max(ZERO, *totals)
    spans = (axis.span(month.first_day, month.last_day) for month in months)
    return tuple(
        (span.left + span.width / 2, float((value - low) / (high - low)))
        for span, value in zip(spans, totals, strict=True)
    )
