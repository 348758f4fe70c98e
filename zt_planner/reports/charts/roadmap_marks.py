"""What the roadmap shows beside its bars: days off as shaded days, dependencies as arrows, fixed dates as marks.

Laws: each arrow leads from the end of a task to the start of one that waits
for it, and there is one for each predecessor that is shown; every shaded day
is named when it is pointed at.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.reports.charts.axes import drawn, span_ms
from zt_planner.reports.charts.palette import EDGE_COLOUR, LINE_COLOUR, SHADE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.charts.days_off import DaysOff

HALF_BAR = 0.31
"""From the middle of a row to the edge of its bar."""
INTO_A_BAR = timedelta(hours=12)
DAY = timedelta(days=1)


def day_off_traces(spans: Sequence[DaysOff], rows: int, language: Language) -> list[graph_objects.Bar]:
    """Return days off as bars from top to bottom, behind everything else."""
    if not spans:
        return []
    return [
        graph_objects.Bar(
            orientation="h",
            base=[span.first for span in spans],
            x=[span_ms(span.first, span.last) for span in spans],
            y=[(rows - 1) / 2] * len(spans),
            width=rows,
            marker={"color": SHADE_COLOUR, "line": {"width": 0}},
            hovertext=[drawn(span.title(language)) for span in spans],
            hoverinfo="text",
            name=language.say("Days off"),
            legendgroup="roadmap",
        )
    ]


def arrow_traces(bars: Sequence[tuple[int, ScheduledTask]], language: Language) -> list[graph_objects.Scatter]:
    """Return a line from the end of each task to the start of those that wait for it, with a head."""
    placed = {task.task.id: (index, task) for index, task in bars}
    lines: tuple[list[Any], list[Any]] = ([], [])
    heads: tuple[list[Any], list[Any], list[str]] = ([], [], [])
    for index, task in bars:
        for before in task.after:
            if before not in placed:
                continue
            above, earlier = placed[before]
            down = index > above
            end = midnight(task.start) + INTO_A_BAR
            edge = index - HALF_BAR if down else index + HALF_BAR
            lines[0].extend((midnight(earlier.finish) + DAY, end, end, None))
            lines[1].extend((above, above, edge, None))
            heads[0].append(end)
            heads[1].append(edge)
            heads[2].append("triangle-down" if down else "triangle-up")
    if not heads[0]:
        return []
    shared = {"hoverinfo": "skip", "name": language.say("Dependencies"), "legendgroup": "dependencies"}
    line = {"color": LINE_COLOUR, "width": 1.2}
    return [
        graph_objects.Scatter(x=lines[0], y=lines[1], mode="lines", line=line, **shared),
        graph_objects.Scatter(
            x=heads[0],
            y=heads[1],
            mode="markers",
            marker={"symbol": heads[2], "size": 7, "color": LINE_COLOUR},
            showlegend=False,
            **shared,
        ),
    ]


def fixed_date_traces(
    bars: Sequence[tuple[int, ScheduledTask]], language: Language, colour: str
) -> list[graph_objects.Scatter]:
    """Return a mark on each fixed date, whether it is kept or not."""
    fixed = [(index, task.fixed_start) for index, task in bars if task.fixed_start is not None]
    if not fixed:
        return []
    return [
        graph_objects.Scatter(
            x=[midnight(day) for _, day in fixed],
            y=[index for index, _ in fixed],
            mode="markers",
            marker={"symbol": "diamond", "size": 10, "color": colour, "line": {"color": EDGE_COLOUR, "width": 1}},
            hovertext=[language.say("fixed on {day}", day=language.short_day(day)) for _, day in fixed],
            hoverinfo="text",
            name=language.say("Fixed start"),
            legendgroup="roadmap",
        )
    ]


def midnight(day: date) -> datetime:
    """Return the beginning of a day, as plotly wants it."""
    return datetime.combine(day, time())
