"""The forecasts that were saved as lines over their status dates: the finish and its 80 %, the budget and its 80 %.

Law: what was approved is a level line; a forecast that lacks a value has no point.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from plotly import graph_objects

from zt_planner.domain.month import Month, months_from
from zt_planner.topics.axes import TICK_STEPS, midnight
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.progress.forecasts import has_amounts
from zt_planner.topics.risk.joint_chart import round_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zt_planner.domain.scenario.approved import Approved
    from zt_planner.language import Language
    from zt_planner.topics.progress.forecasts import Saved

HEIGHT, EDGE, ABOVE = 250, 8, 34
MOST_DAYS, MOST_MONTHS, MOST_AMOUNTS = 4, 5, 4
AROUND = timedelta(days=7)
"""What is left free around the first and the last point."""
ROOM = Decimal("0.08")


class _Lines(NamedTuple):
    """A value and the one that is 80 % sure, by forecast, with the approved one; how one is written and drawn."""

    plan: Sequence[Any]
    sure: Sequence[Any]
    approved: Any
    written: Callable[[Any], str]
    drawn: Callable[[Any], Any]
    axis: dict[str, Any]


def finish_history_chart(
    history: tuple[Saved, ...], approved: Approved | None, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return by when all was to be done, by the day on which that was forecast."""
    plan, sure = [row.forecast.finish for row in history], [row.forecast.sure_by for row in history]
    level = None if approved is None else approved.finish
    days = [day for day in (*plan, *sure, level) if day is not None]
    first, last = Month.of(min(days)), Month.of(max(days))
    months = months_from(first, first.until(last) + 2)
    every = next((step for step in TICK_STEPS if len(months) / step <= MOST_MONTHS), TICK_STEPS[-1])
    axis = {
        "type": "date",
        "range": [first.first_day, months[-1].first_day],
        "tickvals": [month.first_day for month in months[::every]],
        "ticktext": [language.short_day(month.first_day) for month in months[::every]],
    }
    lines = _Lines(plan, sure, level, language.short_day, midnight, axis)
    return _chart(history, lines, language, palette)


def budget_history_chart(
    history: tuple[Saved, ...], approved: Approved | None, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure | None:
    """Return what it was to cost to get there, by the day on which that was forecast; None without amounts."""
    if not has_amounts(history):
        return None
    plan, sure = [row.forecast.budget for row in history], [row.forecast.sure_budget for row in history]
    level = None if approved is None else approved.budget
    amounts = [amount for amount in (*plan, *sure, level) if amount is not None]
    room = max((max(amounts) - min(amounts)) * ROOM, Decimal(1000))
    lowest, highest = min(amounts) - room, max(amounts) + room
    ticks = round_amounts(lowest, highest, MOST_AMOUNTS)
    axis = {
        "range": [float(lowest), float(highest)],
        "tickvals": [float(each) for each in ticks],
        "ticktext": [language.money(each) for each in ticks],
    }
    return _chart(history, _Lines(plan, sure, level, language.money, float, axis), language, palette)


def _chart(history: tuple[Saved, ...], lines: _Lines, language: Language, palette: Palette) -> graph_objects.Figure:
    """Return both lines over the status dates, and what was approved as a level."""
    say, days = language.say, [row.day for row in history]
    ends = midnight(days[0] - AROUND), midnight(days[-1] + AROUND)
    shown = spaced(days)
    drawn = [
        _line(say("forecast"), days, lines.plan, lines, language, {"color": palette.blue}),
        _line(say("80% sure"), days, lines.sure, lines, language, {"color": palette.violet, "dash": "dot"}),
    ]
    if lines.approved is not None:
        name, at = say("approved: {value}", value=lines.written(lines.approved)), lines.drawn(lines.approved)
        drawn.append(
            graph_objects.Scatter(
                x=ends,
                y=[at, at],
                name=name,
                mode="lines",
                line={"color": LINE_COLOUR, "dash": "dash"},
                hoverinfo="skip",
            )
        )
    return graph_objects.Figure(
        data=drawn,
        layout={
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": ABOVE, "b": EDGE},
            "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
            "showlegend": True,
            "separators": language.separators,
            "xaxis": {
                "type": "date",
                "range": ends,
                "tickvals": [midnight(day) for day in shown],
                "ticktext": ["<br>".join(language.short_day(day).rsplit("\N{NO-BREAK SPACE}", 1)) for day in shown],
                "tickangle": 0,
                "showgrid": False,
                "fixedrange": True,
                "automargin": True,
            },
            "yaxis": {**lines.axis, "fixedrange": True, "zeroline": False, "automargin": True},
        },
    )


def spaced(days: Sequence[date]) -> list[date]:
    """Return the days that are named on the axis: the first, and each that is far enough from the one before."""
    found = [days[0]]
    for day in days[1:]:
        if (day - found[-1]) * MOST_DAYS >= days[-1] - days[0]:
            found.append(day)
    return found


def _line(
    name: str, days: Sequence[date], values: Sequence[Any], lines: _Lines, language: Language, line: dict[str, Any]
) -> graph_objects.Scatter:
    """Return a line through the values that there are."""
    there = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    return graph_objects.Scatter(
        x=[midnight(day) for day, _ in there],
        y=[lines.drawn(value) for _, value in there],
        name=name,
        mode="lines+markers",
        line=line,
        marker={"size": 7},
        hovertext=[
            language.labelled(language.short_day(day), f"{name} {lines.written(value)}") for day, value in there
        ],
        hoverinfo="text",
    )


def history_alt(history: tuple[Saved, ...], language: Language) -> str:
    """Describe both charts."""
    first, last = history[0], history[-1]
    return language.say(
        "Saved forecasts from {first} to {last}: done by {before} in the first, by {after} in the last. The same "
        "numbers are in the table below.",
        first=language.day(first.day),
        last=language.day(last.day),
        before=language.day(first.forecast.finish),
        after=language.day(last.forecast.finish),
    )
