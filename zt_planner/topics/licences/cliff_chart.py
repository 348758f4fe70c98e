"""The chart of the licence cliff radar: a line for each provider, its jumps, and the company."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.topics.axes import money_ticks
from zt_planner.topics.labels import label
from zt_planner.topics.licences.cliffs import jumps_in, why
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.licensing.cliffs import Curve
    from zt_planner.language import Language
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


def radar_chart(
    radar: Radar,
    people: int,
    span: tuple[int, int],
    book: PriceBook,
    language: Language,
    palette: Palette = LIGHT,
) -> graph_objects.Figure:
    """Return the curves within a span of people, the company's number marked."""
    shown = range(max(span[0], radar.first), span[1] + 1)
    highest = max((cost for curve in radar.curves for at in shown if (cost := curve.cost_at(at))), default=Decimal(1))
    ticks, texts = money_ticks(highest, language)
    here = max((cost for curve in radar.curves if (cost := curve.cost_at(people))), default=Decimal(0))
    is_shown = people in shown
    names = jump_names(radar, span, book, language)
    above = EDGE + LINE_HEIGHT * len(names)
    return graph_objects.Figure(
        data=[
            trace
            for curve in radar.curves
            for trace in traces(curve, shown, people, book, language, colour_of(curve.provider, palette))
        ],
        layout={
            "height": HEIGHT + above,
            "margin": {"l": EDGE, "r": EDGE, "t": above, "b": EDGE},
            "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0},
            "separators": language.separators,
            "xaxis": {
                "title": {"text": language.say("People")},
                "range": [span[0], span[1]],
                "nticks": MOST_TICKS,
                "tickformat": ",d",
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
            },
            "yaxis": {
                "tickvals": ticks,
                "ticktext": texts,
                "range": [0, float(highest) * ROOM_ABOVE],
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
            },
            "shapes": [company_line(people, here)] if is_shown else [],
            "annotations": [above_all(names), *([company_name(people, span, language)] if is_shown else [])],
        },
    )


def colour_of(provider: IdentityProvider, palette: Palette) -> str:
    """Return a provider's colour."""
    return {
        IdentityProvider.ENTRA: palette.blue,
        IdentityProvider.GOOGLE: palette.amber,
        IdentityProvider.OKTA: palette.teal,
    }[provider]


def traces(
    curve: Curve, shown: range, people: int, book: PriceBook, language: Language, colour: str
) -> list[graph_objects.Scatter]:
    """Return a provider's line, its jumps, and its mark at the company's number of people."""
    name = language.write(label(curve.provider))
    costs = {at: curve.cost_at(at) for at in shown}
    amount = language.money(0).replace("0", "%{y:,.0f}")
    line = graph_objects.Scatter(
        x=list(shown),
        y=[None if cost is None else float(cost) for cost in costs.values()],
        mode="lines",
        line={"color": colour, "width": 2, "dash": DASHES[curve.provider]},
        hovertemplate=f"{language.labelled(f'{name}, %{{x:,d}}', amount)}<extra></extra>",
        name=name,
    )
    labels: dict[int, list[str]] = {}
    for jump in jumps_in(curve, (shown.start, shown.stop - 1)):
        labels.setdefault(jump.people, []).append(language.write(why(jump, book)))
    marks = [(at, labels[at]) for at in labels if costs[at] is not None]
    jumps = graph_objects.Scatter(
        x=[at for at, _ in marks],
        y=[_height(costs[at]) for at, _ in marks],
        mode="markers+text",
        marker={"color": colour, "size": 11, "symbol": "diamond"},
        text=[language.number(at) for at, _ in marks],
        textposition=SIDES[curve.provider],
        hovertext=[language.labelled(f"{name}, {language.number(at)}", language.series(texts)) for at, texts in marks],
        hoverinfo="text",
        showlegend=False,
    )
    cost = costs.get(people)
    here = graph_objects.Scatter(
        x=[] if cost is None else [people],
        y=[] if cost is None else [float(cost)],
        mode="markers",
        marker={"color": colour, "size": 10},
        hovertemplate=f"{language.labelled(f'{name}, %{{x:,d}}', amount)}<extra></extra>",
        showlegend=False,
    )
    return [line, jumps, here]


def _height(cost: Decimal | None) -> float:
    return 0.0 if cost is None else float(cost)


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


def company_name(people: int, span: tuple[int, int], language: Language) -> dict[str, Any]:
    """Return what stands beside that line, at its foot: below the curves there is room."""
    is_early = people < sum(span) / 2
    return {
        "x": people,
        "xshift": BESIDE if is_early else -BESIDE,
        "y": 0,
        "yshift": 9,
        "text": language.plural("{n} person today", "{n} people today", people),
        "showarrow": False,
        "xanchor": "left" if is_early else "right",
        "font": {"size": 12},
    }


def jump_names(radar: Radar, span: tuple[int, int], book: PriceBook, language: Language) -> list[str]:
    """Return the rule of each jump, the smallest number of people first."""
    jumps = sorted(
        ((jump, curve) for curve in radar.curves for jump in jumps_in(curve, span)), key=lambda pair: pair[0].people
    )
    return [
        language.say(
            "{people} {provider}: {why}",
            people=language.number(jump.people),
            provider=language.write(label(curve.provider)),
            why=language.write(why(jump, book, is_short=True)),
        )
        for jump, curve in jumps
    ]


def above_all(lines: Sequence[str]) -> dict[str, Any]:
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
        "text": "<br>".join(lines),
        "showarrow": False,
        "font": {"size": 11},
    }
