"""The roadmap as a chart: a row a step, or a task where a step is opened.

Colours carry no meaning alone: waits are hatched, the critical path has a line
of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.domain.data.phase_model import Step
from zt_planner.reports.charts.axes import (
    MONTHS_BELOW,
    day_lines,
    drawn,
    month_ticks,
    shown_months,
    span_ms,
    time_axis,
)
from zt_planner.reports.charts.days_off import days_off
from zt_planner.reports.charts.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.reports.charts.roadmap_marks import arrow_traces, day_off_traces, fixed_date_traces
from zt_planner.reports.words.labels import label
from zt_planner.reports.words.task_marks import is_marked, task_marks
from zt_planner.reports.words.tasks import slack_text, task_name, work_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language

DAY = timedelta(days=1)
LONGEST_REST = 4
"""Days between the last day of one span of work and the first of the next: a weekend and a day off."""
ROW_HEIGHT, MARGINS = 33, 96
LABEL_WIDTH, LABEL_LINES = 36, 2
MOST_MEASURED, LABELS_PIXELS = 100, 230
"""Rows whose names a browser measures, to give them the room that they need; more of them get so many pixels."""


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """One row of the roadmap: a step or a task, with the tasks drawn in it."""

    label: str
    step: Step
    tasks: tuple[ScheduledTask, ...]


def two_lines(text: str) -> str:
    """Return a long name in two lines; what does not fit is in the bar's hint and in the table."""
    return "<br>".join(map(drawn, wrap(text, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")))


def chart_rows(plan: Plan, opened: Collection[Step], language: Language) -> tuple[RoadmapRow, ...]:
    """Return the rows of the roadmap; a step that is opened shows each task in a row of its own."""
    rows: list[RoadmapRow] = []
    for step in Step:
        tasks = tuple(sorted((task for task in plan.tasks if task.task.step is step), key=lambda task: task.start))
        if step in opened:
            rows += [RoadmapRow(two_lines(row_name(task, plan, language)), step, (task,)) for task in tasks]
        elif tasks:
            rows.append(RoadmapRow(label(step, language), step, tasks))
    return tuple(rows)


def row_name(task: ScheduledTask, plan: Plan, language: Language) -> str:
    """Return a task's name, marked where something about it is own."""
    name = task_name(task.task, language)
    return language.say("{task} (own)", task=name) if is_marked(task, plan) else name


def task_hover(task: ScheduledTask, plan: Plan, language: Language) -> str:
    """Return what a bar says when it is pointed at."""
    span = f"{language.short_day(task.start)} - {language.short_day(task.finish)}"
    own = [badge.text for badge in task_marks(task, plan, language)]
    return "<br>".join(
        (
            f"<b>{drawn(task_name(task.task, language))}</b>",
            span,
            work_text(task, language),
            slack_text(task, language),
            *own,
        )
    )


@dataclass(frozen=True, slots=True)
class RoadmapBar:
    """One bar of the roadmap: its row, its days, both included, and what it says when it is pointed at."""

    row: int
    first: date
    last: date
    hover: str = ""


def merged_spans(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans of days, both included, in order; those that overlap, or lie a weekend apart, as one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and (first - found[-1][1]).days <= LONGEST_REST:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def work_of(index: int, row: RoadmapRow, plan: Plan, language: Language) -> list[RoadmapBar]:
    """Return a row's work: a task's bar, of a step that is not opened its spans of work."""
    if len(row.tasks) == 1:
        (task,) = row.tasks
        return [RoadmapBar(index, task.start, task.finish, task_hover(task, plan, language))]
    tasks = language.plural("{n} task", "{n} tasks", len(row.tasks))
    return [
        RoadmapBar(
            index,
            first,
            last,
            f"<b>{row.label}</b><br>{language.short_day(first)} - {language.short_day(last)}<br>{tasks}",
        )
        for first, last in merged_spans((task.start, task.finish) for task in row.tasks)
    ]


def waits_of(index: int, row: RoadmapRow, language: Language) -> list[RoadmapBar]:
    """Return what a row waits for; of a step that is not opened only where nobody works."""
    waits = [(task, task.finish + DAY, task.wait_until) for task in row.tasks if task.wait_until is not None]
    if len(row.tasks) == 1:
        return [RoadmapBar(index, first, last, wait_hover(task, last, language)) for task, first, last in waits]
    work = merged_spans((task.start, task.finish) for task in row.tasks)
    return [
        RoadmapBar(index, start, end, language.say("Waiting until {day}", day=language.short_day(end)))
        for first, last in merged_spans((first, last) for _, first, last in waits)
        for start, end in gaps_between(work, first, last)
    ]


def wait_hover(task: ScheduledTask, until: date, language: Language) -> str:
    """Return what the wait after a task says when it is pointed at."""
    name = drawn(task_name(task.task, language))
    return language.say("Waiting after {task} until {day}", task=name, day=language.short_day(until))


def gaps_between(spans: Iterable[tuple[date, date]], first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the parts of a span of days that other spans, in order, leave free."""
    for start, end in spans:
        if first < start and first <= last:
            yield first, min(start - DAY, last)
        first = max(first, end + DAY)
    if first <= last:
        yield first, last


def bar_trace(shown: Sequence[RoadmapBar], **more: object) -> graph_objects.Bar:
    """Return bars as a trace."""
    return graph_objects.Bar(
        orientation="h",
        base=[bar.first for bar in shown],
        x=[span_ms(bar.first, bar.last) for bar in shown],
        y=[bar.row for bar in shown],
        **more,
    )


def roadmap_traces(
    rows: Sequence[RoadmapRow], plan: Plan, language: Language, palette: Palette
) -> list[graph_objects.Bar]:
    """Return the roadmap's bars: work by step, waits hatched, the critical path as a line below."""
    work = [bar for index, row in enumerate(rows) for bar in work_of(index, row, plan, language)]
    waits = [bar for index, row in enumerate(rows) for bar in waits_of(index, row, language)]
    critical = [
        RoadmapBar(index, first, last)
        for index, row in enumerate(rows)
        for first, last in merged_spans((task.start, task.finish) for task in row.tasks if task.is_critical)
    ]
    pattern = {"shape": "/", "fgcolor": LINE_COLOUR, "size": 6, "solidity": 0.25}
    traces = [
        bar_trace(
            work,
            width=0.62,
            marker={"color": [palette.steps[rows[bar.row].step] for bar in work], "opacity": 0.88},
            hovertext=[bar.hover for bar in work],
            hoverinfo="text",
            showlegend=False,
        )
    ]
    if waits:
        waiting = language.say("Waiting")
        hover = {"hovertext": [bar.hover for bar in waits], "hoverinfo": "text"}
        marker = {"color": "rgba(0,0,0,0)", "pattern": pattern}
        traces.append(bar_trace(waits, width=0.3, marker=marker, name=waiting, legendgroup="roadmap", **hover))
    line = {"width": 0.1, "offset": 0.33, "marker": {"color": palette.red}, "hoverinfo": "skip"}
    return [*traces, bar_trace(critical, name=language.say("Critical path"), legendgroup="roadmap", **line)]


def row_axis(labels: Sequence[str]) -> dict[str, Any]:
    """Return the axis that names the rows of a chart, the first on top."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickangle": 0,  # otherwise a browser compares every label with every other one
    }


def many_labels(rows: Sequence[RoadmapRow], first: date) -> graph_objects.Scatter:
    """Return the names of very many rows as one trace: a browser would measure each of them on an axis for seconds."""
    return graph_objects.Scatter(
        x=[first] * len(rows),
        y=list(range(len(rows))),
        mode="text",
        text=[row.label for row in rows],
        textposition="middle left",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def roadmap_chart(
    plan: Plan, language: Language, opened: Collection[Step], palette: Palette = LIGHT, *, has_arrows: bool = False
) -> graph_objects.Figure:
    """Return the roadmap alone, its days off shaded; with arrows from each task to those that wait for it."""
    rows, months = chart_rows(plan, opened, language), shown_months(plan)
    bars = [(index, task) for index, row in enumerate(rows) for task in row.tasks]
    shapes, notes = day_lines(plan, months, language)
    at, names = month_ticks(months, language)
    height = ROW_HEIGHT * max(len(rows), 1) + MARGINS
    is_long = len(rows) > MOST_MEASURED
    return graph_objects.Figure(
        data=[
            *day_off_traces(days_off(plan, language), len(rows), language),
            *roadmap_traces(rows, plan, language, palette),
            *(arrow_traces(bars, language) if has_arrows else ()),
            *fixed_date_traces(bars, language, palette.amber),
            *([many_labels(rows, months[0].first_day)] if is_long else ()),
        ],
        layout={
            "height": height,
            "barmode": "relative",
            "uniformtext": {"mode": "hide", "minsize": 9},
            "margin": {"l": LABELS_PIXELS if is_long else 8, "r": 8, "t": 44, "b": 8},
            "legend": {"orientation": "h", "y": -MONTHS_BELOW / height, "yanchor": "top", "x": 0},
            "xaxis": time_axis(months, at, names),
            "yaxis": row_axis([row.label for row in rows]) | ({"showticklabels": False} if is_long else {}),
            "shapes": shapes,
            "annotations": notes,
        },
    )
