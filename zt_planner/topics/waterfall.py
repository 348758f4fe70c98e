"""A waterfall: from one amount to another, a bar for each cause of the difference.

The axis counts the change from the first amount, so that it begins at 0 and a bar is as long as its effect, however
large the amounts are. Law: the bars add up to the difference of both ends.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_planner.domain.money import total
from zt_planner.language import Labelled, Words
from zt_planner.topics.axes import Escaped, TwoLines, change_ticks, row_axis
from zt_planner.topics.palette import GRID_COLOUR, LINE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zt_planner.topics.block import Drawing
    from zt_planner.topics.palette import Palette

ROW_HEIGHT, MARGINS = 38, 84
LABEL_WIDTH = 24
ROOM, LITTLE = Decimal("0.7"), Decimal("0.1")
"""How far the axis goes beyond the bars, as a part of their span: amounts fit beside them on a telephone too."""


class WaterfallBar(NamedTuple):
    """What a bar stands for, how much it adds, and what it says when it is pointed at."""

    name: Words
    effect: Decimal
    hint: Words = ""


class ChangeScale(NamedTuple):
    """What the axis counts, and how a change reads on it and beside its bar."""

    title: Words
    tick: Callable[[Decimal], Words]
    text: Callable[[Decimal], Words]


def waterfall(ends: tuple[Words, Words], bars: Sequence[WaterfallBar], scale: ChangeScale, palette: Palette) -> Drawing:
    """Return the picture, the first amount on top, the last one below; both ends say themselves what they are."""
    effects = [bar.effect for bar in bars]
    hints = [Labelled(Escaped(bar.hint or bar.name), scale.text(bar.effect)) for bar in bars]
    names = [ends[0], *(bar.name for bar in bars), ends[1]]
    change = total(effects)
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute", *("relative" for _ in bars), "total"],
        "y": list(range(len(names))),
        "x": [0.0, *map(float, effects), float(change)],
        "text": ["", *map(scale.text, effects), scale.text(change)],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": [Escaped(ends[0]), *hints, Escaped(ends[1])],
        "hoverinfo": "text",
        "increasing": {"marker": {"color": palette.rust}},
        "decreasing": {"marker": {"color": palette.teal}},
        "totals": {"marker": {"color": palette.blue}},
        "connector": {"line": {"color": LINE_COLOUR, "width": 1, "dash": "dot"}},
        "width": 0.6,
    }
    return {
        "data": [trace],
        "layout": {
            "height": ROW_HEIGHT * len(names) + MARGINS,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "showlegend": False,
            "xaxis": changes_axis(effects, scale),
            "yaxis": row_axis([TwoLines(name, LABEL_WIDTH) for name in names]),
        },
    }


def changes_axis(effects: Sequence[Decimal], scale: ChangeScale) -> dict[str, Any]:
    """Return the axis of changes from the first amount, which is its 0, with room for the amounts beside the bars."""
    levels = list(accumulate(effects, initial=Decimal(0)))
    low, high = min(levels), max(levels)
    span = max(high - low, Decimal(1))
    before = ROOM if min(effects, default=Decimal(0)) < 0 else LITTLE
    ticks = change_ticks(low, high)
    return {
        "title": {"text": scale.title},
        "range": [float(low - span * before), float(high + span * ROOM)],
        "tickvals": list(map(float, ticks)),
        "ticktext": list(map(scale.tick, ticks)),
        "gridcolor": GRID_COLOUR,
        "zeroline": True,
        "zerolinecolor": LINE_COLOUR,
        "fixedrange": True,
    }
