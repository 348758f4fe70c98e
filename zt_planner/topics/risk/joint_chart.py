"""Date and budget of every draw in one picture: those that hold together, the plan, the promise, and what is asked.

A part of the draws stands for all of them, as ten thousand points would be
slow; the line and every chance count all. Points are drawn without WebGL: the
Content-Security-Policy lets no page write scripts.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from zt_planner.domain.money import from_cents
from zt_planner.engine.simulation.result import ENOUGH
from zt_planner.language import Labelled, Listed, Text, Words
from zt_planner.topics.axes import (
    HoveredAmount,
    HoveredDay,
    hover,
    long_ticks,
    midnight,
    money_ticks,
    months_between,
    round_amounts,
    time_axis,
)
from zt_planner.topics.palette import EDGE_COLOUR, GRID_COLOUR, LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.risk.confidence import chance_text, plan_target
from zt_planner.topics.risk.uncertainty import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.topics.block import Drawing
    from zt_planner.topics.risk.confidence import Target

MOST_POINTS = 2000
MIRRORED = 2
"""A draw is followed by its mirror image: both are shown, or neither."""
HEIGHT, EDGE, ABOVE = 460, 8, 24
LEGEND_BELOW = -0.17
ROOM_AROUND = Decimal("0.04")
POINT_OPACITY = 0.45
DAY_AND_BUDGET = Listed((HoveredDay(), HoveredAmount()), ", ")
"""What a point says of itself."""


def joint_chart(
    figures: Headlines, simulation: SimulationResult, target: Target, promised: Target, palette: Palette = LIGHT
) -> Drawing:
    """Return the picture; what is promised and what is asked for are marked where they are not the plan's own."""
    days = span_of_days(simulation, (figures.finish_date, target.by, promised.by))
    months = months_between(*days)
    lowest, highest = span_of_money(simulation, (figures.introduction_budget, target.budget, promised.budget))
    own = plan_target(figures)
    return {
        "data": [
            draws_trace(simulation, palette.blue),
            contour_trace(simulation, palette.amber),
            mark(figures.finish_date, figures.introduction_budget, Text("The plan"), "diamond", palette.violet),
            *marks(promised, own, Text("Promised"), "square", palette.rust),
            *marks(target, own, Text("Your question"), "x", LINE_COLOUR),
        ],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": ABOVE, "b": EDGE},
            "legend": {"orientation": "h", "y": LEGEND_BELOW, "yanchor": "top", "x": 0},
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": time_axis(months, long_ticks(months)),
            "yaxis": {
                "range": [float(lowest), float(highest)],
                **money_ticks(round_amounts(lowest, highest)),
                "gridcolor": GRID_COLOUR,
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
            },
            "shapes": [*lines_of(promised, palette.rust, "dash"), *lines_of(target, LINE_COLOUR, "dot")],
        },
    }


def span_of_days(simulation: SimulationResult, also: Iterable[date | None]) -> tuple[date, date]:
    """Return the first and the last day of the picture."""
    days = [simulation.finish_at(0), simulation.finish_at(SHOWN), *(day for day in also if day is not None)]
    return min(days), max(days) + timedelta(days=1)


def span_of_money(simulation: SimulationResult, also: Iterable[Decimal | None]) -> tuple[Decimal, Decimal]:
    """Return the least and the largest budget of the picture, with some room around them."""
    budgets = [
        simulation.introduction_at(0),
        simulation.introduction_at(SHOWN),
        *(budget for budget in also if budget is not None),
    ]
    room = (max(budgets) - min(budgets)) * ROOM_AROUND or Decimal(1)
    return min(budgets) - room, max(budgets) + room


def sample_of(simulation: SimulationResult) -> tuple[list[str], list[float]]:
    """Return finish and budget of some draws, spread evenly over all that have a finish, mirror images with them."""
    every = -(-simulation.draws // MOST_POINTS) * MIRRORED
    is_shown = (np.arange(simulation.draws) % every < MIRRORED) & (simulation.finish < simulation.axis.last)
    shown = np.flatnonzero(is_shown)
    finishes, inverse = np.unique(simulation.finish[shown], return_inverse=True)
    days = [simulation.axis.day(int(index)).isoformat() for index in finishes]
    budgets = [float(from_cents(int(cents))) for cents in simulation.introduction[shown]]
    return [days[index] for index in inverse], budgets


def draws_trace(simulation: SimulationResult, colour: str) -> dict[str, Any]:
    """Return the draws as points; a press on one takes its date and its budget."""
    days, budgets = sample_of(simulation)
    shown = {"marker": {"opacity": POINT_OPACITY}}
    return {
        "type": "scatter",
        "x": days,
        "y": budgets,
        "mode": "markers",
        "marker": {"color": colour, "size": 5, "opacity": POINT_OPACITY},
        "selected": shown,
        "unselected": shown,
        "name": Text("{n} of {all} draws", n=len(days), all=simulation.draws),
        **hover(DAY_AND_BUDGET),
    }


def contour_trace(simulation: SimulationResult, colour: str) -> dict[str, Any]:
    """Return the line of the dates and budgets that hold together with 70 %."""
    contour = simulation.contour(ENOUGH)
    return {
        "type": "scatter",
        "x": [midnight(day) for day, _ in contour],
        "y": [float(budget) for _, budget in contour],
        "mode": "lines",
        "line": {"color": colour, "width": 3, "shape": "hv"},
        "name": Text("Both met, {share} sure", share=chance_text(ENOUGH)),
        **hover(DAY_AND_BUDGET),
    }


def mark(day: date, budget: Decimal, name: Words, symbol: str, colour: str) -> dict[str, Any]:
    """Return one point with a name."""
    return {
        "type": "scatter",
        "x": [midnight(day)],
        "y": [float(budget)],
        "mode": "markers",
        "marker": {"color": colour, "size": 14, "symbol": symbol, "line": {"color": EDGE_COLOUR, "width": 1}},
        "name": name,
        **hover(Labelled(name, DAY_AND_BUDGET)),
    }


def marks(target: Target, own: Target, name: Words, symbol: str, colour: str) -> list[dict[str, Any]]:
    """Return the point of a date and a budget, unless it is the plan's own or no point."""
    day, budget = target
    return [] if day is None or budget is None or target == own else [mark(day, budget, name, symbol, colour)]


def lines_of(target: Target, colour: str, dash: str) -> list[dict[str, Any]]:
    """Return the lines of a date and a budget: what lies left of one and below the other."""
    line = {"color": colour, "width": 1.5, "dash": dash}
    lines: list[dict[str, Any]] = []
    if target.by is not None:
        at = midnight(target.by)
        lines.append({"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    if target.budget is not None:
        at_budget = float(target.budget)
        lines.append(
            {"type": "line", "y0": at_budget, "y1": at_budget, "xref": "paper", "x0": 0, "x1": 1, "line": line}
        )
    return lines
