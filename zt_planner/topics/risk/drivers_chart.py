"""Pictures of what the spread comes from: bars to both sides of the plan, and how often tasks are critical."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from plotly import graph_objects

from zt_planner.topics.axes import drawn, round_steps, row_axis, two_lines
from zt_planner.topics.palette import GRID_COLOUR, LIGHT, LINE_COLOUR, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.headlines import Headlines
    from zt_planner.language import Language
    from zt_planner.topics.risk.drivers import Moved

MOST_TICKS = 4
ROW_HEIGHT, MARGINS, EDGE, THICKNESS = 34, 90, 8, 0.62
ROOM = 0.06
THOUSAND = 1000


def money_tornado(
    moved: Moved, figures: Headlines, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return how far each quantity alone moves the budget."""
    plan = figures.introduction_budget
    ends = [(swing.low_budget - plan, swing.high_budget - plan) for swing in moved.swings]
    hints = [
        language.labelled(
            drawn(language.write(name)), f"{language.money(swing.low_budget)} – {language.money(swing.high_budget)}"
        )
        for name, swing in zip(moved.names, moved.swings, strict=True)
    ]
    return _tornado(moved, ends, hints, language.say("Change in EUR"), language, palette)


def days_tornado(
    moved: Moved, figures: Headlines, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return how far each quantity alone moves the finish."""
    plan = figures.finish_date
    ends = [
        (Decimal((swing.low_finish - plan).days), Decimal((swing.high_finish - plan).days)) for swing in moved.swings
    ]
    hints = [
        language.labelled(drawn(language.write(name)), language.span(swing.low_finish, swing.high_finish))
        for name, swing in zip(moved.names, moved.swings, strict=True)
    ]
    return _tornado(moved, ends, hints, language.say("Calendar days"), language, palette)


def short_change(change: Decimal, language: Language) -> str:
    """Write a round change with its sign, thousands short."""
    is_short = change and not change % THOUSAND
    short = language.number(change / THOUSAND) if is_short else language.number(change)
    text = language.say("{thousands}k", thousands=short) if is_short else short
    return f"+{text}" if change > 0 else text


def _tornado(
    moved: Moved,
    ends: Sequence[tuple[Decimal, Decimal]],
    hints: Sequence[str],
    title: str,
    language: Language,
    palette: Palette,
) -> graph_objects.Figure:
    """Return bars to both sides of the plan, the longest on top."""
    every = [Decimal(0), Decimal(1), *(each for pair in ends for each in pair)]
    low, high = min(every), max(every)
    room = float(high - low) * ROOM
    step = next(each for each in round_steps() if high - low <= each * MOST_TICKS)
    ticks = [step * index for index in range(-int(-low // step), int(high // step) + 1)]
    sides = (language.say("low (P10)"), 0, palette.teal, ""), (language.say("high (P90)"), 1, palette.rust, "/")
    return graph_objects.Figure(
        data=[
            graph_objects.Bar(
                orientation="h",
                x=[float(pair[side]) for pair in ends],
                y=list(range(len(ends))),
                width=THICKNESS,
                marker={"color": colour, "pattern": {"shape": pattern, "solidity": 0.2}},
                hovertext=list(hints),
                hoverinfo="text",
                name=name,
            )
            for name, side, colour, pattern in sides
        ],
        layout={
            "height": ROW_HEIGHT * max(len(ends), 2) + MARGINS,
            "barmode": "overlay",
            "margin": {"l": EDGE, "r": EDGE, "t": EDGE, "b": EDGE},
            "legend": {"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
            "xaxis": {
                "title": {"text": title},
                "tickvals": [float(tick) for tick in ticks],
                "ticktext": [short_change(tick, language) for tick in ticks],
                "tickangle": 0,
                "range": [float(low) - room, float(high) + room],
                "gridcolor": GRID_COLOUR,
                "zeroline": True,
                "zerolinecolor": LINE_COLOUR,
                "fixedrange": True,
                "side": "top",
            },
            "yaxis": row_axis([two_lines(language.write(name)) for name in moved.names]),
        },
    )
