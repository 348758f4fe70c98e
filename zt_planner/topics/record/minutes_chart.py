"""The minutes as a picture: from the first to the last first-year budget, a bar for each decision that moved it.

Beyond `MOST_BARS` the smallest effects are gathered into one; the table has all.
Law: the bars add up to the difference of the last and the first figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotly import graph_objects

from zt_planner.domain.money import total
from zt_planner.topics.palette import LIGHT, Palette
from zt_planner.topics.record.minutes_words import MOST_CHANGES, what_of
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

if TYPE_CHECKING:
    from decimal import Decimal

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


def bar_name(bar: EffectBar, words: MinutesWords, most: int = 1) -> str:
    """Say what a bar stands for."""
    if bar.item is None:
        return words.language.plural("{n} smaller change", "{n} smaller changes", bar.count)
    what = words.language.write(what_of(bar.item.cause, words, most))
    return what if bar.item.cause is None else f"{bar.item.cause.position}. {what}"


def minutes_chart(minutes: Minutes, words: MinutesWords, palette: Palette = LIGHT) -> graph_objects.Figure:
    """Return the waterfall, the first figure on top; an empty chart where no figure is known."""
    if minutes.first is None or minutes.last is None:
        return graph_objects.Figure()
    language = words.language
    ends = (
        language.say("At the beginning {amount}", amount=language.money(minutes.first.budget)),
        language.say("Now {amount}", amount=language.money(minutes.last.budget)),
    )
    scale = ChangeScale(
        language.say("Change since the beginning"), language.signed_money, language.signed_money, language.labelled
    )
    bars = [
        WaterfallBar(bar_name(bar, words), bar.effect, bar_name(bar, words, MOST_CHANGES)) for bar in bars_of(minutes)
    ]
    return waterfall(ends, bars, scale, palette)


def minutes_alt(minutes: Minutes, words: MinutesWords) -> str:
    """Describe the waterfall in words."""
    language, bars = words.language, bars_of(minutes)
    if minutes.first is None or minutes.last is None:
        return language.say("There is no figure to show.")
    largest = max(bars, key=lambda bar: abs(bar.effect), default=None)
    text = language.say(
        "The first-year budget from {first} at the beginning to {last} now, a bar for each change that "
        "moved it: {largest}. The same effects are in the table below.",
        first=language.money(minutes.first.budget),
        last=language.money(minutes.last.budget),
        largest=language.say("none did")
        if largest is None
        else language.say(
            "the largest is {name} with {effect}",
            name=bar_name(largest, words),
            effect=language.signed_money(largest.effect),
        ),
    )
    return text if minutes.visibility.labour else f"{text} {language.say('Without labour and contingency.')}"
