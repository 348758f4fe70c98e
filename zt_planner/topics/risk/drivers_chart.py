"""Pictures of what the spread comes from: bars to both sides of the plan."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from zt_planner.language import Labelled, Listed, Money, Number, Span, Text, Words
from zt_planner.topics.axes import Escaped, TwoLines, round_steps, row_axis
from zt_planner.topics.block import ChartBlock
from zt_planner.topics.palette import GRID_COLOUR, LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.risk.drivers import days_text, money_text, tornado_alt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.simulation.drivers import Drivers
    from zt_planner.topics.block import Drawing
    from zt_planner.topics.risk.drivers import Moved

MOST_TICKS = 4
ROW_HEIGHT, MARGINS, EDGE, THICKNESS = 34, 90, 8, 0.62
ROOM = 0.06
THOUSAND = 1000


def money_swings(moved: Moved, drivers: Drivers, figures: Headlines) -> ChartBlock:
    """Return how far each quantity alone moves the budget, with its description."""
    alt = tornado_alt(money_text(moved, drivers), moved)
    return ChartBlock("money_swings", alt, partial(money_tornado, moved, figures.introduction_budget))


def day_swings(moved: Moved, drivers: Drivers, figures: Headlines) -> ChartBlock:
    """Return how far each quantity alone moves the finish, with its description."""
    alt = tornado_alt(days_text(moved, drivers), moved)
    return ChartBlock("day_swings", alt, partial(days_tornado, moved, figures.finish_date))


def money_tornado(moved: Moved, plan: Decimal, palette: Palette = LIGHT) -> Drawing:
    """Return bars from the budget of the plan to those with each quantity low and high."""
    ends = [(swing.low_budget - plan, swing.high_budget - plan) for swing in moved.swings]
    values = [Listed((Money(swing.low_budget), Money(swing.high_budget)), " – ") for swing in moved.swings]
    return _tornado(moved, ends, values, Text("Change in EUR"), palette)


def days_tornado(moved: Moved, plan: date, palette: Palette = LIGHT) -> Drawing:
    """Return bars from the finish of the plan to those with each quantity low and high."""
    ends = [
        (Decimal((swing.low_finish - plan).days), Decimal((swing.high_finish - plan).days)) for swing in moved.swings
    ]
    values = [Span(swing.low_finish, swing.high_finish) for swing in moved.swings]
    return _tornado(moved, ends, values, Text("Calendar days"), palette)


def short_change(change: Decimal) -> Words:
    """Write a round change with its sign, thousands short."""
    is_short = change and not change % THOUSAND
    text = Text("{thousands}k", thousands=Number(change / THOUSAND)) if is_short else Number(change)
    return Listed(("+", text), "") if change > 0 else text


def _tornado(
    moved: Moved, ends: Sequence[tuple[Decimal, Decimal]], values: Sequence[Words], title: Words, palette: Palette
) -> Drawing:
    """Return bars to both sides of the plan, the longest on top."""
    every = [Decimal(0), Decimal(1), *(end for pair in ends for end in pair)]
    low, high = min(every), max(every)
    room = float(high - low) * ROOM
    step = next(step for step in round_steps() if high - low <= step * MOST_TICKS)
    ticks = [step * index for index in range(-int(-low // step), int(high // step) + 1)]
    sides = (Text("low (P10)"), 0, palette.teal, ""), (Text("high (P90)"), 1, palette.rust, "/")
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [float(pair[side]) for pair in ends],
                "y": list(range(len(ends))),
                "width": THICKNESS,
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.2}},
                "hovertext": [
                    Labelled(Escaped(quantity), value) for quantity, value in zip(moved.names, values, strict=True)
                ],
                "hoverinfo": "text",
                "name": name,
            }
            for name, side, colour, pattern in sides
        ],
        "layout": {
            "height": ROW_HEIGHT * max(len(ends), 2) + MARGINS,
            "barmode": "overlay",
            "margin": {"l": EDGE, "r": EDGE, "t": EDGE, "b": EDGE},
            "legend": {"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
            "xaxis": {
                "title": {"text": title},
                "tickvals": [float(tick) for tick in ticks],
                "ticktext": [short_change(tick) for tick in ticks],
                "tickangle": 0,
                "range": [float(low) - room, float(high) + room],
                "gridcolor": GRID_COLOUR,
                "zeroline": True,
                "zerolinecolor": LINE_COLOUR,
                "fixedrange": True,
                "side": "top",
            },
            "yaxis": row_axis([TwoLines(name) for name in moved.names]),
        },
    }
