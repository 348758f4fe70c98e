"""Doing nothing beside the plan, drawn: the chance of a loss above an amount, and the expected loss month by month."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from plotly import graph_objects

from zt_planner.reports.analyses.reasons.loss_tables import AMOUNTS
from zt_planner.reports.analyses.reasons.losses import euros, loss_chance
from zt_planner.reports.charts.axes import DAY_MS, midnight, money_ticks, month_ticks, time_axis
from zt_planner.reports.charts.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.reports.charts.uncertainty.spread import share_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.language import Language
    from zt_planner.reports.analyses.reasons.loss_tables import Curve, MonthRow

HEIGHT, EDGE, POINTS = 320, 8, 46
BAR, MIDDLE = 0.9, 14
ROOM = 0.12
"""Beside the first and the last amount, so that their names are not cut."""
Line: TypeAlias = "tuple[str, str]"
"""The colour of a line and its dashes."""
LEGEND = {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}
"""Above: names of amounts that a telephone sets slanted take the room below."""


def plan_lines(palette: Palette) -> tuple[Line, ...]:
    """Return how the lines without the plan, from its start and once it is done are drawn."""
    return (LINE_COLOUR, "dash"), (palette.violet, "dot"), (palette.blue, "solid")


def view_lines(palette: Palette) -> tuple[Line, ...]:
    """Return how the lines of the views are drawn, told apart without colours too."""
    return (palette.blue, "solid"), (palette.teal, "dash"), (palette.amber, "dot"), (palette.violet, "dashdot")


def curve_chart(curves: Sequence[Curve], drawn: Sequence[Line], language: Language) -> graph_objects.Figure:
    """Return the chance of a loss above an amount within three years, a line a curve."""
    ratio = math.pow(AMOUNTS[-1] / AMOUNTS[0], 1 / (POINTS - 1))
    amounts = [AMOUNTS[0] * math.pow(ratio, step) for step in range(POINTS)]
    lines = []
    for curve, (colour, dash) in zip(curves, drawn, strict=False):
        chances = [curve.chance(amount) for amount in amounts]
        lines.append(
            graph_objects.Scatter(
                x=amounts,
                y=chances,
                mode="lines",
                line={"color": colour, "width": 2, "dash": dash},
                name=curve.title,
                hovertext=[
                    language.labelled(f"{curve.title}, {euros(amount, language)}", loss_chance(chance, language))
                    for amount, chance in zip(amounts, chances, strict=True)
                ],
                hoverinfo="text",
            )
        )
    ticks = share_ticks(max(max(line.y) for line in lines))
    axis = {
        "type": "log",
        "range": [math.log10(AMOUNTS[0]) - ROOM, math.log10(AMOUNTS[-1]) + ROOM],
        "tickvals": list(AMOUNTS[::2]),
        "ticktext": [language.money(amount) for amount in AMOUNTS[::2]],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    return _figure(lines, axis, ticks, [loss_chance(tick, language) for tick in ticks], language)


def months_chart(rows: Sequence[MonthRow], language: Language, palette: Palette = LIGHT) -> graph_objects.Figure:
    """Return the expected loss of each month with the plan as bars, and without it as a line, on the roadmap's axis."""
    months = [row.month for row in rows]
    at = [midnight(month.first_day.replace(day=MIDDLE)) for month in months]
    with_plan, without = language.say("With the plan"), language.say("Without the plan")
    bars = graph_objects.Bar(
        x=at,
        y=[row.during for row in rows],
        width=[month.last_day.day * DAY_MS * BAR for month in months],
        marker={"color": palette.blue},
        name=with_plan,
        hovertext=[language.labelled(language.month(row.month), euros(row.during, language)) for row in rows],
        hoverinfo="text",
    )
    line = graph_objects.Scatter(
        x=at,
        y=[row.before for row in rows],
        mode="lines",
        line={"color": LINE_COLOUR, "width": 2, "dash": "dash"},
        name=without,
        hovertext=[language.labelled(without, euros(row.before, language)) for row in rows],
        hoverinfo="text",
    )
    ticks, texts = money_ticks(Decimal(str(max(row.before for row in rows))), language)
    return _figure([bars, line], time_axis(months, *month_ticks(months, language)), ticks, texts, language)


def _figure(
    traces: list[Any], axis: dict[str, Any], ticks: list[float], texts: list[str], language: Language
) -> graph_objects.Figure:
    return graph_objects.Figure(
        data=traces,
        layout={
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": EDGE, "b": EDGE},
            "legend": LEGEND,
            "separators": language.separators,
            "xaxis": axis,
            "yaxis": {
                "tickvals": ticks,
                "ticktext": texts,
                "fixedrange": True,
                "rangemode": "tozero",
                "automargin": True,
                "zeroline": False,
            },
        },
    )
