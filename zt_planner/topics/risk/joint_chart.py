"""Date and budget of every draw in one picture: the line of those that hold together, the plan, and what is asked.

A part of the draws stands for all of them, as ten thousand points would be
slow; the line and every chance count all. Points are drawn without WebGL: the
Content-Security-Policy lets no page write scripts.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
from plotly import graph_objects

from zt_planner.domain.money import from_cents
from zt_planner.engine.simulation.result import ENOUGH
from zt_planner.topics.axes import long_ticks, midnight, round_steps, time_axis
from zt_planner.topics.palette import EDGE_COLOUR, GRID_COLOUR, LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.risk.uncertainty import SHOWN, months_between, plan_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.topics.risk.uncertainty import Target

MOST_POINTS = 2000
MIRRORED = 2
"""A draw is followed by its mirror image: both are shown, or neither."""
HEIGHT, EDGE, ABOVE = 460, 8, 24
LEGEND_BELOW = -0.17
ROOM_AROUND = Decimal("0.04")
POINT_OPACITY = 0.45
PLOTLY_DAY = {"dd": "%d", "d": "%-d", "MMM": "%b", "MM": "%m", "yyyy": "%Y"}
"""What plotly writes for Babel's letters."""
MOST_STEPS = 5


def joint_chart(
    figures: Headlines, simulation: SimulationResult, target: Target, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return the picture; what is asked for is marked where it is not the plan's own."""
    days = span_of_days(simulation, (figures.finish_date, target.by))
    months = months_between(*days)
    at, names = long_ticks(months, language)
    lowest, highest = span_of_money(simulation, (figures.introduction_budget, target.budget))
    return graph_objects.Figure(
        data=[
            draws_trace(simulation, language, palette.blue),
            contour_trace(simulation, language, palette.amber),
            mark(
                figures.finish_date,
                figures.introduction_budget,
                language.say("The plan"),
                "diamond",
                palette.violet,
                language,
            ),
            *asked_marks(target, figures, language),
        ],
        layout={
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": ABOVE, "b": EDGE},
            "legend": {"orientation": "h", "y": LEGEND_BELOW, "yanchor": "top", "x": 0},
            "separators": language.separators,
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": {**time_axis(months, at, names), "showgrid": False},
            "yaxis": money_axis(lowest, highest, language),
            "shapes": asked_lines(target),
        },
    )


def span_of_days(simulation: SimulationResult, also: Iterable[date | None]) -> tuple[date, date]:
    """Return the first and the last day of the picture."""
    days = [simulation.finish_at(0), simulation.finish_at(SHOWN), *(day for day in also if day is not None)]
    return min(days), max(days) + timedelta(days=1)


def span_of_money(simulation: SimulationResult, also: Iterable[Decimal | None]) -> tuple[Decimal, Decimal]:
    """Return the least and the largest budget of the picture, with some room around them."""
    budgets = [
        simulation.introduction_at(0),
        simulation.introduction_at(SHOWN),
        *(each for each in also if each is not None),
    ]
    room = (max(budgets) - min(budgets)) * ROOM_AROUND or Decimal(1)
    return min(budgets) - room, max(budgets) + room


def money_axis(lowest: Decimal, highest: Decimal, language: Language) -> dict[str, Any]:
    """Return the axis of budgets, named at round amounts."""
    ticks = round_amounts(lowest, highest)
    return {
        "range": [float(lowest), float(highest)],
        "tickvals": [float(each) for each in ticks],
        "ticktext": [language.money(each) for each in ticks],
        "gridcolor": GRID_COLOUR,
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }


def round_amounts(lowest: Decimal, highest: Decimal, most: int = MOST_STEPS) -> Sequence[Decimal]:
    """Return the round amounts of a span, at least two, and at most one more than so many, in equal steps."""
    step = next(step for step in round_steps() if floor(highest / step) - ceil(lowest / step) <= most)
    return [step * index for index in range(ceil(lowest / step), floor(highest / step) + 1)]


def money_in_hover(axis: str, language: Language) -> str:
    """Return how plotly writes an amount of an axis."""
    return language.money(0).replace("0", f"%{{{axis}:,.0f}}")


def day_in_hover(axis: str, language: Language) -> str:
    """Return how plotly writes a day of an axis."""
    pattern = re.sub(r"\w+", lambda letters: PLOTLY_DAY[letters[0]], language.day_pattern)
    return f"%{{{axis}|{pattern}}}"


def hover(language: Language) -> str:
    """Return what a point says of itself."""
    return f"{day_in_hover('x', language)}, {money_in_hover('y', language)}"


def sample_of(simulation: SimulationResult) -> tuple[list[str], list[float]]:
    """Return finish and budget of some draws, spread evenly over all that have a finish, mirror images with them."""
    every = -(-simulation.draws // MOST_POINTS) * MIRRORED
    is_shown = (np.arange(simulation.draws) % every < MIRRORED) & (simulation.finish < simulation.axis.last)
    drawn = np.flatnonzero(is_shown)
    finishes, inverse = np.unique(simulation.finish[drawn], return_inverse=True)
    days = [simulation.axis.day(int(index)).isoformat() for index in finishes]
    return [days[each] for each in inverse], [float(from_cents(int(cents))) for cents in simulation.introduction[drawn]]


def draws_trace(simulation: SimulationResult, language: Language, colour: str) -> graph_objects.Scatter:
    """Return the draws as points; a press on one takes its date and its budget."""
    days, budgets = sample_of(simulation)
    shown = {"marker": {"opacity": POINT_OPACITY}}
    return graph_objects.Scatter(
        x=days,
        y=budgets,
        mode="markers",
        marker={"color": colour, "size": 5, "opacity": POINT_OPACITY},
        selected=shown,
        unselected=shown,
        hovertemplate=f"{hover(language)}<extra></extra>",
        name=language.say("{n} of {all} draws", n=language.number(len(days)), all=language.number(simulation.draws)),
    )


def contour_trace(simulation: SimulationResult, language: Language, colour: str) -> graph_objects.Scatter:
    """Return the line of the dates and budgets that hold together with 70 %."""
    found = simulation.contour(ENOUGH)
    return graph_objects.Scatter(
        x=[midnight(day) for day, _ in found],
        y=[float(budget) for _, budget in found],
        mode="lines",
        line={"color": colour, "width": 3, "shape": "hv"},
        hovertemplate=f"{hover(language)}<extra></extra>",
        name=language.say("Both met, {share} sure", share=language.write(chance_text(ENOUGH))),
    )


def mark(day: date, budget: Decimal, name: str, symbol: str, colour: str, language: Language) -> graph_objects.Scatter:
    """Return one point with a name."""
    return graph_objects.Scatter(
        x=[midnight(day)],
        y=[float(budget)],
        mode="markers",
        marker={"color": colour, "size": 14, "symbol": symbol, "line": {"color": EDGE_COLOUR, "width": 1}},
        hovertemplate=f"{language.labelled(name, hover(language))}<extra></extra>",
        name=name,
    )


def asked_marks(target: Target, figures: Headlines, language: Language) -> list[graph_objects.Scatter]:
    """Return the point that is asked about, unless it is the plan's own or no point."""
    day, budget = target
    if day is None or budget is None or target == plan_target(figures):
        return []
    return [mark(day, budget, language.say("Your question"), "x", LINE_COLOUR, language)]


def asked_lines(target: Target) -> list[Mapping[str, Any]]:
    """Return the lines of the date and the budget that are asked about: what lies left of one and below the other."""
    line = {"color": LINE_COLOUR, "width": 1.5, "dash": "dot"}
    found: list[Mapping[str, Any]] = []
    if target.by is not None:
        at = midnight(target.by)
        found.append({"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    if target.budget is not None:
        at_budget = float(target.budget)
        found.append(
            {"type": "line", "y0": at_budget, "y1": at_budget, "xref": "paper", "x0": 0, "x1": 1, "line": line}
        )
    return found
