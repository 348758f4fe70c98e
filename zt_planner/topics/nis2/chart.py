"""The chart of the ten NIS2 measures: from when finished tasks serve each partly or fully."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotly import graph_objects

from zt_planner.domain.plan import CoverageState, MeasureCoverage
from zt_planner.engine.plan import Plan
from zt_planner.topics.axes import (
    MARGINS,
    ROW_HEIGHT,
    day_lines,
    long_ticks,
    row_axis,
    shown_months,
    span_ms,
    time_axis,
)
from zt_planner.topics.labels import label, measure_name
from zt_planner.topics.palette import LIGHT, Palette

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.language import Language

MOST_TICKS = 8
"""As many names of months as stand beside each other on a phone."""


def nis2_chart(plan: Plan, language: Language, palette: Palette = LIGHT) -> graph_objects.Figure:
    """Return since when each measure is partly or fully supported."""
    months = shown_months(plan)
    end = months[-1].last_day
    figure = graph_objects.Figure()
    covered = plan.coverage
    for state, colour, pattern in (
        (CoverageState.PARTLY, palette.amber, "/"),
        (CoverageState.SUPPORTED, palette.teal, ""),
    ):
        drawn = [(index, *span) for index, item in enumerate(covered) if (span := spans(item, state, end)) is not None]
        figure.add_trace(
            graph_objects.Bar(
                orientation="h",
                base=[first for _, first, _ in drawn],
                x=[span_ms(first, last) for _, first, last in drawn],
                y=[index for index, _, _ in drawn],
                width=0.6,
                marker={"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
                hovertext=[
                    language.labelled(
                        f"{language.write(measure_name(covered[index].letter))}, {language.write(label(state))}",
                        language.short_day(first),
                    )
                    for index, first, _ in drawn
                ],
                hoverinfo="text",
                name=language.write(label(state)),
            )
        )
    shapes, notes = day_lines(plan, months, language)
    figure.update_layout(
        height=76 + ROW_HEIGHT * len(covered) + MARGINS,
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 60, "b": 8},
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
        xaxis=time_axis(months, *long_ticks(months, language, MOST_TICKS)),
        yaxis=row_axis([language.write(measure_name(item.letter)) for item in covered]),
        shapes=shapes,
        annotations=notes,
    )
    return figure


def spans(item: MeasureCoverage, state: CoverageState, end: date) -> tuple[date, date] | None:
    """Return from when to when a measure is in a state, None when it never is."""
    if state is CoverageState.SUPPORTED:
        is_seen = item.state is state and item.reached_on is not None and item.reached_on <= end
        return (item.reached_on, end) if is_seen and item.reached_on is not None else None
    if item.partly_from is None or item.partly_from > end:
        return None
    is_supported = item.state is CoverageState.SUPPORTED and item.reached_on is not None
    until = item.reached_on if is_supported and item.reached_on is not None else end
    return (item.partly_from, until) if until > item.partly_from else None
