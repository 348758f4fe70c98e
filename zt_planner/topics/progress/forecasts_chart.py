"""The forecasts that were saved as lines over their status dates: the finish and its 80 %, the budget and its 80 %.

Law: what was approved is a level line; a forecast that lacks a value has no point.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_planner.domain.month import Month, months_from
from zt_planner.language import Labelled, Listed, Money, ShortDay, Text, Words
from zt_planner.topics.axes import TICK_STEPS, YearBelow, midnight, money_ticks, round_amounts
from zt_planner.topics.block import ChartBlock, Group
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.progress.forecasts import has_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zt_planner.domain.scenario.approved import Approved
    from zt_planner.topics.block import Drawing
    from zt_planner.topics.progress.forecasts import Saved

HEIGHT, EDGE, ABOVE = 250, 8, 34
MOST_DAYS, MOST_MONTHS, MOST_AMOUNTS = 4, 5, 4
AROUND = timedelta(days=7)
"""What is left free around the first and the last point."""
ROOM = Decimal("0.08")


class _Lines(NamedTuple):
    """A value and the one that is 80 % sure, by forecast, with the approved one; how one is written and placed."""

    plan: Sequence[Any]
    sure: Sequence[Any]
    approved: Any
    words: Callable[[Any], Words]
    place: Callable[[Any], Any]
    axis: dict[str, Any]


def forecast_groups(history: tuple[Saved, ...], approved: Approved | None) -> tuple[Group, ...]:
    """Return the finish and, where amounts are known, the budget over the status dates."""
    charts = {"finish": (Text("Done by"), finish_history_chart)}
    if has_amounts(history):
        charts["budget"] = (Text("Budget to get there"), budget_history_chart)
    return tuple(
        Group(
            name,
            title,
            (
                ChartBlock(
                    f"forecasts:{name}", Listed((title, history_alt(history)), ". "), partial(chart, history, approved)
                ),
            ),
        )
        for name, (title, chart) in charts.items()
    )


def finish_history_chart(history: tuple[Saved, ...], approved: Approved | None, palette: Palette = LIGHT) -> Drawing:
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
        "ticktext": [ShortDay(month.first_day) for month in months[::every]],
    }
    return _chart(history, _Lines(plan, sure, level, ShortDay, midnight, axis), palette)


def budget_history_chart(history: tuple[Saved, ...], approved: Approved | None, palette: Palette = LIGHT) -> Drawing:
    """Return what it was to cost to get there, by the day on which that was forecast, of forecasts with amounts."""
    plan, sure = [row.forecast.budget for row in history], [row.forecast.sure_budget for row in history]
    level = None if approved is None else approved.budget
    amounts = [amount for amount in (*plan, *sure, level) if amount is not None]
    room = max((max(amounts) - min(amounts)) * ROOM, Decimal(1000))
    lowest, highest = min(amounts) - room, max(amounts) + room
    axis = {
        "range": [float(lowest), float(highest)],
        **money_ticks(round_amounts(lowest, highest, MOST_AMOUNTS)),
    }
    return _chart(history, _Lines(plan, sure, level, Money, float, axis), palette)


def _chart(history: tuple[Saved, ...], lines: _Lines, palette: Palette) -> Drawing:
    """Return both lines over the status dates, and what was approved as a level."""
    days = [row.day for row in history]
    ends = midnight(days[0] - AROUND), midnight(days[-1] + AROUND)
    shown = spaced(days)
    traces = [
        _line(Text("forecast"), days, lines.plan, lines, {"color": palette.blue}),
        _line(Text("80% sure"), days, lines.sure, lines, {"color": palette.violet, "dash": "dot"}),
    ]
    if lines.approved is not None:
        at = lines.place(lines.approved)
        level = {
            "type": "scatter",
            "x": ends,
            "y": [at, at],
            "name": Text("approved: {value}", value=lines.words(lines.approved)),
            "mode": "lines",
            "line": {"color": LINE_COLOUR, "dash": "dash"},
            "hoverinfo": "skip",
        }
        traces.append(level)
    return {
        "data": traces,
        "layout": {
            "height": HEIGHT,
            "margin": {"l": EDGE, "r": EDGE, "t": ABOVE, "b": EDGE},
            "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
            "showlegend": True,
            "xaxis": {
                "type": "date",
                "range": ends,
                "tickvals": [midnight(day) for day in shown],
                "ticktext": [YearBelow(day) for day in shown],
                "tickangle": 0,
                "showgrid": False,
                "fixedrange": True,
                "automargin": True,
            },
            "yaxis": {**lines.axis, "fixedrange": True, "zeroline": False, "automargin": True},
        },
    }


def spaced(days: Sequence[date]) -> list[date]:
    """Return the days that are named on the axis: the first, and each that is far enough from the one before."""
    named = [days[0]]
    for day in days[1:]:
        if (day - named[-1]) * MOST_DAYS >= days[-1] - days[0]:
            named.append(day)
    return named


def _line(
    name: Words, days: Sequence[date], values: Sequence[Any], lines: _Lines, line: dict[str, Any]
) -> dict[str, Any]:
    """Return a line through the values that there are."""
    there = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    return {
        "type": "scatter",
        "x": [midnight(day) for day, _ in there],
        "y": [lines.place(value) for _, value in there],
        "name": name,
        "mode": "lines+markers",
        "line": line,
        "marker": {"size": 7},
        "hovertext": [Labelled(ShortDay(day), Listed((name, lines.words(value)), " ")) for day, value in there],
        "hoverinfo": "text",
    }


def history_alt(history: tuple[Saved, ...]) -> Words:
    """Describe both charts."""
    first, last = history[0], history[-1]
    return Text(
        "Saved forecasts from {first} to {last}: done by {before} in the first, by {after} in the last. The same "
        "numbers are in the table below.",
        first=first.day,
        last=last.day,
        before=first.forecast.finish,
        after=last.forecast.finish,
    )
