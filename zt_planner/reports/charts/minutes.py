"""The minutes as a picture: from the first to the last first-year budget, a bar for each decision that moved it.

The axis counts the change since the beginning, so that it begins at 0 and a
bar is as long as its effect, however large the budget is. Beyond `MOST_BARS`
the smallest effects are gathered into one; the table has all. Law: the bars
add up to the difference of the last and the first figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.domain.money import total
from zt_planner.reports.analyses.minutes_words import MOST_CHANGES, what_of
from zt_planner.reports.charts.axes import change_ticks, row_axis
from zt_planner.reports.charts.palette import GRID_COLOUR, LIGHT, LINE_COLOUR, Palette
from zt_planner.reports.words.session import ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.language import Language
    from zt_planner.reports.analyses.minutes import Item, Minutes
    from zt_planner.reports.analyses.minutes_words import MinutesWords

MOST_BARS = 12
ROW_HEIGHT, MARGINS = 38, 84
LABEL_WIDTH, LABEL_LINES = 24, 2
ROOM, LITTLE = Decimal("0.7"), Decimal("0.1")
"""How far the axis goes beyond the bars, as a part of their span: amounts fit beside them on a telephone too."""


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
    what = what_of(bar.item.cause, words, most)
    return what if bar.item.cause is None else f"{bar.item.cause.position}. {what}"


def as_chart_text(text: str) -> str:
    """Return a text so that the chart shows it as it stands: plotly reads some HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def row_label(text: str) -> str:
    """Return a row's name in two short lines; what does not fit is in the bar's hint and in the table."""
    lines = wrap(text, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")
    return ended("<br>".join(as_chart_text(line) for line in lines))


def changes_axis(effects: Sequence[Decimal], language: Language) -> dict[str, Any]:
    """Return the axis of changes since the beginning, which is its 0, with room for the amounts beside the bars."""
    levels = list(accumulate(effects, initial=Decimal(0)))
    low, high = min(levels), max(levels)
    span = max(high - low, Decimal(1))
    before = ROOM if min(effects, default=Decimal(0)) < 0 else LITTLE
    ticks, texts = change_ticks(low, high, language)
    return {
        "title": {"text": language.say("Change since the beginning")},
        "range": [float(low - span * before), float(high + span * ROOM)],
        "tickvals": ticks,
        "ticktext": texts,
        "gridcolor": GRID_COLOUR,
        "zeroline": True,
        "zerolinecolor": LINE_COLOUR,
        "fixedrange": True,
    }


def minutes_chart(minutes: Minutes, words: MinutesWords, palette: Palette = LIGHT) -> graph_objects.Figure:
    """Return the waterfall, the first figure on top; an empty chart where no figure is known."""
    if minutes.first is None or minutes.last is None:
        return graph_objects.Figure()
    language, bars = words.language, bars_of(minutes)
    effects = [bar.effect for bar in bars]
    ends = (
        language.say("At the beginning {amount}", amount=language.money(minutes.first.budget)),
        language.say("Now {amount}", amount=language.money(minutes.last.budget)),
    )
    change = minutes.last.budget - minutes.first.budget
    signed = [language.signed_money(effect) for effect in effects]
    hints = [
        f"{as_chart_text(bar_name(bar, words, MOST_CHANGES))}: {amount}"
        for bar, amount in zip(bars, signed, strict=True)
    ]
    names = [ends[0], *(bar_name(bar, words) for bar in bars), ends[1]]
    trace = graph_objects.Waterfall(
        orientation="h",
        measure=["absolute", *("relative" for _ in bars), "total"],
        y=list(range(len(names))),
        x=[0.0, *map(float, effects), float(change)],
        text=["", *signed, language.signed_money(change)],
        textposition="outside",
        cliponaxis=False,
        hovertext=[ends[0], *hints, ends[1]],
        hoverinfo="text",
        increasing={"marker": {"color": palette.rust}},
        decreasing={"marker": {"color": palette.teal}},
        totals={"marker": {"color": palette.blue}},
        connector={"line": {"color": LINE_COLOUR, "width": 1, "dash": "dot"}},
        width=0.6,
    )
    return graph_objects.Figure(
        data=[trace],
        layout={
            "height": ROW_HEIGHT * len(names) + MARGINS,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "showlegend": False,
            "xaxis": changes_axis(effects, language),
            "yaxis": row_axis([row_label(name) for name in names]),
        },
    )


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
