"""The minutes as a picture: from the first to the last first-year budget, a bar for each decision that moved it.

Beyond `MOST_BARS` the smallest effects are gathered into one; the table has all.
Law: the bars add up to the difference of the last and the first figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import total
from zt_planner.language import Listed, Money, Plural, Text, Words, sentences
from zt_planner.topics.block import ChartBlock, Drawing
from zt_planner.topics.record.minutes_words import MOST_CHANGES, what_of
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.topics.palette import Palette
    from zt_planner.topics.record.minutes import Item, Minutes
    from zt_planner.topics.record.minutes_words import MinutesWords

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class EffectBar:
    """One bar: an item's effect, or that of several small ones (`item` None)."""

    item: Item | None
    effect: Decimal
    count: int = 1


def bars_of(minutes: Minutes) -> tuple[EffectBar, ...]:
    """Return the bars between the first and the last figure: in order, the smallest gathered at the end."""
    moved = [EffectBar(item, item.effect) for item in minutes.way if item.effect]
    if len(moved) <= MOST_BARS:
        return tuple(moved)
    by_size = sorted(range(len(moved)), key=lambda index: -abs(moved[index].effect))
    kept = frozenset(by_size[: MOST_BARS - 1])
    small = [bar.effect for index, bar in enumerate(moved) if index not in kept]
    gathered = EffectBar(None, total(small), len(small))
    return (*(bar for index, bar in enumerate(moved) if index in kept), gathered)


def bar_name(bar: EffectBar, words: MinutesWords, most: int = 1) -> Words:
    """Say what a bar stands for."""
    if bar.item is None:
        return Plural("{n} smaller change", "{n} smaller changes", bar.count)
    what = what_of(bar.item.cause, words, most)
    return what if bar.item.cause is None else Listed((f"{bar.item.cause.position}.", what), " ")


def minutes_chart(minutes: Minutes, words: MinutesWords) -> ChartBlock | None:
    """Return the waterfall, the first figure on top, and its description; None where no figure is known."""
    if minutes.first is None or minutes.last is None:
        return None
    bars, first, last = bars_of(minutes), Money(minutes.first.budget), Money(minutes.last.budget)

    def draw(palette: Palette) -> Drawing:
        ends = Text("At the beginning {amount}", amount=first), Text("Now {amount}", amount=last)
        scale = ChangeScale(Text("Change since the beginning"), _signed, _signed)
        drawn = [WaterfallBar(bar_name(bar, words), bar.effect, bar_name(bar, words, MOST_CHANGES)) for bar in bars]
        return waterfall(ends, drawn, scale, palette)

    largest = max(bars, key=lambda bar: abs(bar.effect), default=None)
    alt = Text(
        "The first-year budget from {first} at the beginning to {last} now, a bar for each change that "
        "moved it: {largest}. The same effects are in the table below.",
        first=first,
        last=last,
        largest=Text("none did")
        if largest is None
        else Text("the largest is {name} with {effect}", name=bar_name(largest, words), effect=_signed(largest.effect)),
    )
    without_labour = "" if minutes.visibility.labour else Text("Without labour and contingency.")
    return ChartBlock("minutes", sentences(alt, without_labour), draw)


def _signed(amount: Decimal) -> Money:
    return Money(amount, is_signed=True)
