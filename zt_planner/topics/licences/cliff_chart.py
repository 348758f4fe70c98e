"""The chart of the licence cliff radar: a line for each provider, its jumps, and the company."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.language import Labelled, Listed, Number, Plural, Text, Words, series
from zt_planner.topics.axes import HoveredAmount, hover, money_steps, money_ticks
from zt_planner.topics.block import Block, ChartBlock, Drawing, Group, Sentence, TableBlock, notes
from zt_planner.topics.labels import label
from zt_planner.topics.licences.cliffs import jump_table, jumps_in, own_cost_table, radar_alt, radar_notes, why
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.licensing.cliffs import Curve
    from zt_planner.topics.licences.cliffs import Radar

DASHES = {IdentityProvider.ENTRA: "solid", IdentityProvider.GOOGLE: "dash", IdentityProvider.OKTA: "dot"}
SIDES = {
    IdentityProvider.ENTRA: "bottom right",
    IdentityProvider.GOOGLE: "top left",
    IdentityProvider.OKTA: "top left",
}
"""Where a jump's number stands, so that two lines that are close together do not write over each other."""

HEIGHT, EDGE, LINE_HEIGHT = 430, 8, 15
BESIDE, AMOUNTS = 5, 65
"""Pixels: between a line and its name, and what the amounts beside the picture take at least."""
ROOM_ABOVE = 1.08
MOST_TICKS = 10


def cliff_blocks(radar: Radar, people: int, span: tuple[int, int], book: PriceBook) -> tuple[Block, ...]:
    """Return the curves within a span of people, what is to know about them, and their jumps as tables."""
    jumps = jump_table(radar, span, book)
    tables: tuple[Block, ...] = (
        TableBlock(Text("Licence cost of each provider"), own_cost_table(radar, people)),
        TableBlock(Text("Jumps in licence cost"), jumps)
        if jumps.rows
        else Sentence(Text("There is no jump between these numbers of people.")),
    )
    return (
        ChartBlock("radar", radar_alt(radar, people, span, book), partial(radar_chart, radar, people, span, book)),
        *notes(radar_notes(radar, people, span)),
        Group("jumps", Text("The jumps as a table"), tables, is_folded=True),
    )


def radar_chart(radar: Radar, people: int, span: tuple[int, int], book: PriceBook, palette: Palette = LIGHT) -> Drawing:
    """Return the curves within a span of people, the company's number marked."""
    shown = range(max(span[0], radar.first), span[1] + 1)
    highest = max((cost for curve in radar.curves for at in shown if (cost := curve.cost_at(at))), default=Decimal(1))
    here = max((cost for curve in radar.curves if (cost := curve.cost_at(people))), default=Decimal(0))
    is_shown = people in shown
    names = jump_names(radar, span, book)
    above = EDGE + LINE_HEIGHT * len(names)
    return {
        "data": [
            trace
            for curve in radar.curves
            for trace in traces(curve, shown, people, book, colour_of(curve.provider, palette))
        ],
        "layout": {
            "height": HEIGHT + above,
            "margin": {"l": EDGE, "r": EDGE, "t": above, "b": EDGE},
            "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0},
            "xaxis": {
                "title": {"text": Text("People")},
                "range": [span[0], span[1]],
                "nticks": MOST_TICKS,
                "tickformat": ",d",
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": {
                **money_ticks(money_steps(highest)),
                "range": [0, float(highest) * ROOM_ABOVE],
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
            },
            "shapes": [company_line(people, here)] if is_shown else [],
            "annotations": [above_all(names), *([company_name(people, span)] if is_shown else [])],
        },
    }


def colour_of(provider: IdentityProvider, palette: Palette) -> str:
    """Return a provider's colour."""
    return {
        IdentityProvider.ENTRA: palette.blue,
        IdentityProvider.GOOGLE: palette.amber,
        IdentityProvider.OKTA: palette.teal,
    }[provider]


def traces(curve: Curve, shown: range, people: int, book: PriceBook, colour: str) -> list[dict[str, Any]]:
    """Return a provider's line, its jumps, and its mark at the company's number of people."""
    name = label(curve.provider)
    costs = {at: curve.cost_at(at) for at in shown}
    hovered = hover(Labelled(Listed((name, "%{x:,d}"), ", "), HoveredAmount()))
    line = {
        "type": "scatter",
        "x": list(shown),
        "y": [None if cost is None else float(cost) for cost in costs.values()],
        "mode": "lines",
        "line": {"color": colour, "width": 2, "dash": DASHES[curve.provider]},
        "name": name,
        **hovered,
    }
    rules: dict[int, list[Words]] = {}
    for jump in jumps_in(curve, (shown.start, shown.stop - 1)):
        rules.setdefault(jump.people, []).append(why(jump, book))
    marks = [(at, cost, rules[at]) for at in rules if (cost := costs[at]) is not None]
    jumps = {
        "type": "scatter",
        "x": [at for at, _, _ in marks],
        "y": [float(cost) for _, cost, _ in marks],
        "mode": "markers+text",
        "marker": {"color": colour, "size": 11, "symbol": "diamond"},
        "text": [Number(at) for at, _, _ in marks],
        "textposition": SIDES[curve.provider],
        "hovertext": [Labelled(Listed((name, Number(at)), ", "), series(texts)) for at, _, texts in marks],
        "hoverinfo": "text",
        "showlegend": False,
    }
    cost = costs.get(people)
    here = {
        "type": "scatter",
        "x": [] if cost is None else [people],
        "y": [] if cost is None else [float(cost)],
        "mode": "markers",
        "marker": {"color": colour, "size": 10},
        "showlegend": False,
        **hovered,
    }
    return [line, jumps, here]


def company_line(people: int, cost: Decimal) -> dict[str, Any]:
    """Return the vertical line at the company's number of people, up to the most expensive provider."""
    return {
        "type": "line",
        "layer": "below",
        "x0": people,
        "x1": people,
        "y0": 0,
        "y1": float(cost),
        "line": {"color": LINE_COLOUR, "width": 1.5, "dash": "dash"},
    }


def company_name(people: int, span: tuple[int, int]) -> dict[str, Any]:
    """Return what stands beside that line, at its foot: below the curves there is room."""
    is_early = people < sum(span) / 2
    return {
        "x": people,
        "xshift": BESIDE if is_early else -BESIDE,
        "y": 0,
        "yshift": 9,
        "text": Plural("{n} person today", "{n} people today", people),
        "showarrow": False,
        "xanchor": "left" if is_early else "right",
        "font": {"size": 12},
    }


def jump_names(radar: Radar, span: tuple[int, int], book: PriceBook) -> list[Words]:
    """Return the rule of each jump, the smallest number of people first."""
    jumps = sorted(
        ((jump, curve) for curve in radar.curves for jump in jumps_in(curve, span)), key=lambda pair: pair[0].people
    )
    return [
        Text(
            "{people} {provider}: {why}",
            people=jump.people,
            provider=label(curve.provider),
            why=why(jump, book, is_short=True),
        )
        for jump, curve in jumps
    ]


def above_all(lines: Sequence[Words]) -> dict[str, Any]:
    """Return lines of text above the picture, where no curve reaches them however narrow it is."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -AMOUNTS,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "align": "left",
        "text": Listed(lines, "<br>"),
        "showarrow": False,
        "font": {"size": 11},
    }
