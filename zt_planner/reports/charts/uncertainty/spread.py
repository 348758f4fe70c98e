"""How budget and finish are spread over the draws, each alone: bars, the percentiles, and the plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING, Any

import numpy as np
from plotly import graph_objects

from zt_planner.domain.money import to_cents
from zt_planner.engine.simulation.result import PERCENTILES
from zt_planner.reports.analyses.confidence import chance_text
from zt_planner.reports.analyses.uncertainty import months_between
from zt_planner.reports.charts.axes import DAY_MS, long_ticks, midnight, round_steps, time_axis
from zt_planner.reports.charts.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.reports.charts.uncertainty.joint import round_amounts, span_of_days, span_of_money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

HEIGHT, EDGE, ABOVE = 300, 8, 52
MOST_BARS, MOST_STEPS = 40, 4
BAR = 0.9
SHARE_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25)


def budget_spread_chart(
    figures: Headlines, simulation: SimulationResult, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return how many draws cost how much."""
    lowest, highest = span_of_money(simulation, (figures.introduction_budget,))
    step = next(step for step in round_steps() if highest - lowest <= step * MOST_BARS)
    edges = np.arange(floor(lowest / step), floor(highest / step) + 2) * int(to_cents(step))
    counts, _ = np.histogram(simulation.introduction, edges)
    ticks = round_amounts(lowest, highest, MOST_STEPS)
    bars = graph_objects.Bar(
        x=[(float(edge) / 100 + float(step) / 2) for edge in edges[:-1]],
        y=shares(counts, simulation),
        width=float(step) * BAR,
        marker={"color": palette.blue},
        hovertext=[
            language.labelled(" – ".join(language.money(Decimal(int(end)) / 100) for end in (low, high)), share)
            for low, high, share in zip(edges[:-1], edges[1:], share_texts(counts, simulation, language), strict=True)
        ],
        hoverinfo="text",
    )
    axis = {
        "range": [float(lowest), float(highest)],
        "tickvals": [float(each) for each in ticks],
        "ticktext": [language.money(each) for each in ticks],
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
    }
    marks = [(float(simulation.introduction_at(share)), share) for share in PERCENTILES]
    return _figure(bars, axis, marks, float(figures.introduction_budget), language, palette.violet)


def finish_chart(
    figures: Headlines, simulation: SimulationResult, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return how many draws are done in which month."""
    months = months_between(*span_of_days(simulation, (figures.finish_date,)))
    edges = [simulation.axis.index_from(month.first_day) for month in months]
    edges.append(simulation.axis.index_after(months[-1].last_day))
    counts = np.diff(np.searchsorted(np.sort(simulation.finish), edges))
    at, names = long_ticks(months, language)
    bars = graph_objects.Bar(
        x=[midnight(month.first_day) + (midnight(month.last_day) - midnight(month.first_day)) / 2 for month in months],
        y=shares(counts, simulation),
        width=[((month.last_day - month.first_day).days + 1) * DAY_MS * BAR for month in months],
        marker={"color": palette.blue},
        hovertext=[
            language.labelled(language.month(month), share)
            for month, share in zip(months, share_texts(counts, simulation, language), strict=True)
        ],
        hoverinfo="text",
    )
    days = ((simulation.finish_at(share), share) for share in PERCENTILES)
    marks = [(noon(day), share) for day, share in days if day <= simulation.limit]
    return _figure(bars, time_axis(months, at, names), marks, noon(figures.finish_date), language, palette.violet)


def noon(day: date) -> datetime:
    """Return the middle of a day, as plotly wants it."""
    return midnight(day) + timedelta(hours=12)


def shares(counts: Iterable[int], simulation: SimulationResult) -> list[float]:
    """Return counts of draws as shares of all."""
    return [float(count) / simulation.draws for count in counts]


def share_texts(counts: Iterable[int], simulation: SimulationResult, language: Language) -> list[str]:
    """Write counts of draws as shares of all."""
    return [chance_text(share, language) for share in shares(counts, simulation)]


def share_ticks(most: float) -> list[float]:
    """Return shares from 0 to the largest, a few of them, in equal steps."""
    step = next((step for step in SHARE_STEPS if most <= step * MOST_STEPS), SHARE_STEPS[-1])
    return [round(step * index, 2) for index in range(floor(most / step) + 1)]


def _figure(
    bars: Any,  # noqa: ANN401 - amounts or days
    axis: dict[str, Any],
    marks: Any,  # noqa: ANN401 - as above
    plan: Any,  # noqa: ANN401 - as above
    language: Language,
    colour: str,
) -> graph_objects.Figure:
    """Return bars with the percentiles and the plan marked above them."""
    ticks = share_ticks(max(bars.y, default=0.0))
    lines = [line_at(at, LINE_COLOUR, "dot") for at, _ in marks] + [line_at(plan, colour, "solid")]
    names = [name_at(at, chance_text(share, language), index % 2) for index, (at, share) in enumerate(marks)]
    return graph_objects.Figure(
        data=[bars],
        layout={
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": ABOVE, "b": EDGE},
            "showlegend": False,
            "separators": language.separators,
            "xaxis": axis,
            "yaxis": {
                "tickvals": ticks,
                "ticktext": [language.percent(Decimal(str(tick))) for tick in ticks],
                "fixedrange": True,
                "rangemode": "tozero",
                "automargin": True,
                "zeroline": False,
            },
            "shapes": lines,
            "annotations": [*names, name_at(plan, f"<b>{language.say('The plan')}</b>", 2)],
        },
    )


def line_at(at: Any, colour: str, dash: str) -> dict[str, Any]:  # noqa: ANN401 - an amount or a day
    """Return a vertical line through the bars."""
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def name_at(at: Any, text: str, level: int) -> dict[str, Any]:  # noqa: ANN401 - an amount or a day
    """Return the name above a line; those of different levels do not cover each other."""
    position = {"x": at, "yref": "paper", "y": 1, "yshift": 1 + 16 * level, "xanchor": "center", "yanchor": "bottom"}
    return {**position, "text": text, "showarrow": False, "font": {"size": 12}}
