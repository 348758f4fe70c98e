"""The ten NIS2 measures: from when finished tasks serve each partly or fully, as a chart, a table and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Measure
from zt_planner.domain.plan import CoverageState, PointCoverage
from zt_planner.engine.plan import Plan
from zt_planner.engine.regulation import country_of
from zt_planner.language import Labelled, Listed, Number, Plural, ShortDay, Text, Words, series
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
from zt_planner.topics.block import Drawing
from zt_planner.topics.figure_names import MEASURE
from zt_planner.topics.labels import label, measure_name
from zt_planner.topics.palette import LIGHT, Palette
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_name

MOST_TICKS = 8
"""As many names of months as stand beside each other on a phone."""


def nis2_chart(plan: Plan, palette: Palette = LIGHT) -> Drawing:
    """Return since when each measure is partly or fully supported."""
    months = shown_months(plan)
    end = months[-1].last_day
    covered = plan.coverage
    traces = []
    for state, colour, pattern in (
        (CoverageState.PARTLY, palette.amber, "/"),
        (CoverageState.SUPPORTED, palette.teal, ""),
    ):
        bars = [(index, *span) for index, item in enumerate(covered) if (span := spans(item, state, end)) is not None]
        trace = {
            "type": "bar",
            "orientation": "h",
            "base": [first for _, first, _ in bars],
            "x": [span_ms(first, last) for _, first, last in bars],
            "y": [index for index, _, _ in bars],
            "width": 0.6,
            "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
            "hovertext": [
                Labelled(Listed((measure_name(covered[index].letter), label(state)), ", "), ShortDay(first))
                for index, first, _ in bars
            ],
            "hoverinfo": "text",
            "name": label(state),
        }
        traces.append(trace)
    shapes, notes = day_lines(plan, months)
    return {
        "data": traces,
        "layout": {
            "height": 76 + ROW_HEIGHT * len(covered) + MARGINS,
            "barmode": "overlay",
            "margin": {"l": 8, "r": 8, "t": 60, "b": 8},
            "legend": {"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
            "xaxis": time_axis(months, long_ticks(months, MOST_TICKS)),
            "yaxis": row_axis([measure_name(item.letter) for item in covered]),
            "shapes": shapes,
            "annotations": notes,
        },
    }


def nis2_alt(plan: Plan) -> Words:
    """Describe since when measures are served."""
    names = {
        state: [measure_name(item.letter) for item in plan.coverage if item.state is state]
        for state in (CoverageState.SUPPORTED, CoverageState.PARTLY)
    }
    return Text(
        "For each of the ten measures, the day from which finished tasks support it partly or fully. At "
        "the end, {supported} of {all} are supported: {names}. Partly: {partly}. The dates are in the table below.",
        supported=len(names[CoverageState.SUPPORTED]),
        all=len(plan.coverage),
        names=Listed(names[CoverageState.SUPPORTED]) or Text("none"),
        partly=Listed(names[CoverageState.PARTLY]) or Text("none"),
    )


def spans(item: PointCoverage, state: CoverageState, end: date) -> tuple[date, date] | None:
    """Return from when to when a measure is in a state, None when it never is."""
    if state is CoverageState.SUPPORTED:
        is_seen = item.state is state and item.reached_on is not None and item.reached_on <= end
        return (item.reached_on, end) if is_seen and item.reached_on is not None else None
    if item.partly_from is None or item.partly_from > end:
        return None
    is_supported = item.state is CoverageState.SUPPORTED and item.reached_on is not None
    until = item.reached_on if is_supported and item.reached_on is not None else end
    return (item.partly_from, until) if until > item.partly_from else None


def nis2_columns(plan: Plan, country: str | None = None) -> tuple[Column[PointCoverage], ...]:
    """Return the measures' columns. The state stands third: on a phone the rest is beyond the edge.

    National names are those of a country, by default of the plan's; without the column where none are known.
    """
    measures = {measure.letter: measure for measure in plan.case.model.measures}
    law = plan.case.model.rules.law_of(country_of(plan.scenario) if country is None else country)
    reference = None if law is None else law.measure_reference
    names = {task.task.id: task_name(task.task) for task in plan.tasks}

    def tasks(covered: PointCoverage) -> Words:
        return series(names[task_id] for task_id in (*covered.main_tasks, *covered.partial_tasks))

    return (
        Column(Text("Art. 21(2)"), value=lambda covered: f"({covered.letter})", name="letter", width=10),
        Column(Text("Measure"), value=lambda covered: Text(measures[covered.letter].measure), name="measure", width=60),
        Column(
            Text("State at the end"),
            value=lambda covered: label(covered.state),
            asks=lambda covered: f"{MEASURE}:{covered.letter}",
            name="state",
            width=18,
        ),
        Column(Text("Partly from"), units.DAY, lambda covered: covered.partly_from, name="partly_from"),
        Column(
            Text("Supported from"),
            units.DAY,
            lambda covered: covered.reached_on if covered.state is CoverageState.SUPPORTED else None,
            name="supported_from",
        ),
        *([] if reference is None else [national_column(reference, measures)]),
        Column(
            Text("Annex of (EU) 2024/2690"),
            value=lambda covered: measures[covered.letter].cir_2024_2690,
            name="annex",
            width=18,
        ),
        Column(Text("Tasks that serve it"), value=tasks, name="tasks", width=60),
    )


def national_column(reference: str, measures: Mapping[str, Measure]) -> Column[PointCoverage]:
    """Return what a country's own list of measures calls each of them."""
    return Column(
        Text("National law"),
        value=lambda covered: Text(reference, number=measures[covered.letter].bsig_30_2),
        name="national",
        width=18,
    )


def nis2_table(plan: Plan, country: str | None = None) -> Table:
    """Return the ten measures with their state, its date, what a country calls them and the tasks that serve them."""
    return table_of(nis2_columns(plan, country), plan.coverage)


def nis2_answer(plan: Plan) -> Words:
    """Say how many measures are supported and from when, how many only partly, and how many not at all."""
    states = [covered.state for covered in plan.coverage]
    days = sorted(
        covered.reached_on
        for covered in plan.coverage
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None
    )
    supported, all_of_them = len(days), Number(len(states))
    if not days:
        parts = [Text("None of {all} measures is supported at the end", all=all_of_them)]
    elif days[0] == days[-1]:
        parts = [
            Plural(
                "{n} of {all} measures is supported, from {first}",
                "{n} of {all} measures are supported, from {first}",
                supported,
                all=all_of_them,
                first=days[0],
            )
        ]
    else:
        parts = [
            Text(
                "{n} of {all} measures are supported, the first from {first}, the last from {last}",
                n=Number(supported),
                all=all_of_them,
                first=days[0],
                last=days[-1],
            )
        ]
    partly, unserved = states.count(CoverageState.PARTLY), states.count(CoverageState.OPEN)
    if partly:
        parts.append(Text("{n} only partly", n=Number(partly)))
    if unserved:
        parts.append(Text("{n} not at all", n=Number(unserved)))
    return Listed((series(parts), "."), "")
