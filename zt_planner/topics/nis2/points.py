"""The 49 points of NIS2's implementing regulation: how many finished tasks support, over time and in the end (M19).

Laws: a chart's counts are those of its table, and its last ones those of the first screen; letters are never counted
alone, only their points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Measure
from zt_planner.domain.plan import CoverageState, PointCoverage
from zt_planner.engine.nis2.coverage import state_on
from zt_planner.engine.nis2.regulation import country_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.errors import msgid
from zt_planner.language import Listed, Number, Text, Words, sentences, series
from zt_planner.topics.axes import HoveredDay, day_lines, hover, long_ticks, midnight, shown_months, time_axis
from zt_planner.topics.block import Drawing
from zt_planner.topics.figure_names import POINT
from zt_planner.topics.labels import label
from zt_planner.topics.palette import GRID_COLOUR, LIGHT, Palette
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_names

OWN_READING = msgid(
    "Our own reading of the 49 points of the annex of Implementing Regulation (EU) 2024/2690. The annex directly binds "
    "some kinds of companies only, such as cloud, data centre and managed service providers; for all others it is a "
    "yardstick. This is no legal advice: have a lawyer check whether you meet the law."
)
"""What is to be known wherever points are counted."""
MOST_TICKS = 8
"""As many names of months as stand beside each other on a phone."""
HEIGHT, COUNT_STEP = 340, 10


@dataclass(frozen=True, slots=True)
class PointsOn:
    """How many points are supported and partly supported at the end of a day."""

    day: date
    supported: int
    partly: int


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """How many points a letter of Art. 21(2) has, and how many of them are supported and partly supported."""

    measure: Measure
    points: int
    supported: int
    partly: int

    @property
    def open(self) -> int:
        """How many no finished task serves."""
        return self.points - self.supported - self.partly


def counted_points(plan: Plan, state: CoverageState) -> int:
    """Count the points that are in a state once the plan is done."""
    return sum(covered.state is state for covered in plan.coverage)


def points_words(plan: Plan) -> Words:
    """Say how many of all points are supported in the end: "15 of 49 points"."""
    return Text("{count} of {of} points", count=counted_points(plan, CoverageState.SUPPORTED), of=len(plan.coverage))


def partly_words(plan: Plan) -> Words:
    """Say how many more points are partly supported in the end: "19 more in part"."""
    return Text("{partly} more in part", partly=counted_points(plan, CoverageState.PARTLY))


def counts_words(plan: Plan) -> Words:
    """Say how many of all points are supported in the end, and how many more partly."""
    return Listed((points_words(plan), partly_words(plan)), ", ")


def letter_counts(plan: AnyPlan) -> tuple[LetterCounts, ...]:
    """Return the counts of each letter."""
    states = {
        measure.letter: [covered.state for covered in plan.coverage if covered.letter == measure.letter]
        for measure in plan.case.base_model.measures
    }
    return tuple(
        LetterCounts(measure, len(of_it), of_it.count(CoverageState.SUPPORTED), of_it.count(CoverageState.PARTLY))
        for measure in plan.case.base_model.measures
        if (of_it := states[measure.letter])
    )


def open_sentence(plan: Plan) -> Words:
    """Say how many points of which letters no task of the plan addresses; empty where there are none."""
    parts = [
        Text(
            "{open} of {points} of ({letter}) {measure}",
            open=row.open,
            points=row.points,
            letter=row.measure.letter,
            measure=Text(row.measure.measure),
        )
        for row in letter_counts(plan)
        if row.open
    ]
    return Text("Points of Art. 21(2) that the plan does not address: {parts}.", parts=series(parts)) if parts else ""


def letter_table(plan: Plan) -> Table:
    """Return the letters with their points; a letter is never counted alone."""
    columns: tuple[Column[LetterCounts], ...] = (
        Column(
            Text("Art. 21(2)"),
            value=lambda row: sentences(f"({row.measure.letter})", Text(row.measure.measure)),
        ),
        Column(Text("Points"), units.COUNT, lambda row: row.points),
        Column(Text("Supported"), units.COUNT, lambda row: row.supported),
        Column(Text("Partly"), units.COUNT, lambda row: row.partly),
        Column(Text("Open"), units.COUNT, lambda row: row.open),
    )
    return table_of(columns, letter_counts(plan))


def points_over_time(plan: Plan) -> tuple[PointsOn, ...]:
    """Return the counts from the start on, on each day on which they change."""
    changes = {covered.partly_from for covered in plan.coverage} | {covered.reached_on for covered in plan.coverage}
    counts: list[PointsOn] = []
    for day in sorted({plan.headlines.start_date, *(change for change in changes if change is not None)}):
        states = [state_on(covered, day) for covered in plan.coverage]
        now = PointsOn(day, states.count(CoverageState.SUPPORTED), states.count(CoverageState.PARTLY))
        if not counts or (now.supported, now.partly) != (counts[-1].supported, counts[-1].partly):
            counts.append(now)
    return tuple(counts)


def points_chart(plan: Plan, palette: Palette = LIGHT) -> Drawing:
    """Return how many points are supported, and above them how many partly, over time."""
    months, all_of_them = shown_months(plan), len(plan.coverage)
    counts = [now for now in points_over_time(plan) if now.day <= months[-1].last_day]
    days = [midnight(now.day) for now in counts] + [midnight(months[-1].last_day)]

    def area(name: Words, numbers: Sequence[int], colour: str, pattern: str) -> dict[str, object]:
        return {
            "type": "scatter",
            "mode": "lines",
            "stackgroup": "points",
            "line": {"color": colour, "width": 2, "shape": "hv"},
            "fillcolor": colour,
            "fillpattern": {"shape": pattern, "solidity": 0.3},
            "x": days,
            "y": [*numbers, *numbers[-1:]],
            "name": name,
            **hover(
                Text("{state}: {count} of {of} points", state=name, count="%{y}", of=all_of_them), ", ", HoveredDay()
            ),
        }

    shapes, notes = day_lines(plan, months)
    ticks = [*range(0, all_of_them - COUNT_STEP // 2, COUNT_STEP), all_of_them]
    return {
        "data": [
            area(label(CoverageState.SUPPORTED), [now.supported for now in counts], palette.teal, ""),
            area(label(CoverageState.PARTLY), [now.partly for now in counts], palette.amber, "/"),
        ],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 60, "b": 8},
            "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0},
            "xaxis": time_axis(months, long_ticks(months, MOST_TICKS)),
            "yaxis": {
                "range": [0, all_of_them],
                "tickvals": ticks,
                "ticktext": [Number(tick) for tick in ticks],
                "gridcolor": GRID_COLOUR,
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
            },
            "shapes": shapes,
            "annotations": notes,
        },
    }


def points_alt(plan: Plan) -> Words:
    """Describe how many points are supported over time."""
    counts = points_over_time(plan)
    first, last = counts[0], counts[-1]
    return Text(
        "How many of the {all} points finished tasks support over time, and above them how many partly: on {start} "
        "{first} and {first_partly}, from {end} on {supported} and {partly}. The same numbers are in its table.",
        all=len(plan.coverage),
        start=first.day,
        first=first.supported,
        first_partly=first.partly,
        end=last.day,
        supported=last.supported,
        partly=last.partly,
    )


def points_over_time_table(plan: Plan) -> Table:
    """Return the counts by day."""
    columns: tuple[Column[PointsOn], ...] = (
        Column(Text("Since"), units.DAY, lambda now: now.day),
        Column(Text("Points supported"), units.COUNT, lambda now: now.supported),
        Column(Text("Points partly supported"), units.COUNT, lambda now: now.partly),
    )
    return table_of(columns, points_over_time(plan))


def point_columns(plan: Plan, country: str | None = None) -> tuple[Column[PointCoverage], ...]:
    """Return the points' columns. The state stands third: on a phone the rest is beyond the edge.

    National names are those of a country, by default of the plan's; without the column where none are known.
    """
    model = plan.case.base_model
    titles = {point.point: Text(point.title) for point in model.points}
    law = model.rules.law_of(country_of(plan.scenario) if country is None else country)
    reference = None if law is None else law.measure_reference
    names, working = task_names(plan.case.model), {task.id for task in plan.case.tasks}

    def tasks(covered: PointCoverage) -> Words:
        serving = series(names[key] for key in (*covered.main_tasks, *covered.partial_tasks) if key in working)
        missing = series(names.get(task_id, task_id) for task_id in covered.missing_tasks)
        return sentences(serving, Text("Not in the plan: {tasks}.", tasks=missing) if missing else "")

    return (
        Column(Text("Point"), value=lambda covered: covered.point, name="point", width=8),
        Column(Text("Title"), value=lambda covered: titles[covered.point], name="title", width=60),
        Column(
            Text("State at the end"),
            value=lambda covered: label(covered.state),
            asks=lambda covered: f"{POINT}:{covered.point}",
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
        Column(Text("Tasks that serve it"), value=tasks, name="tasks", width=60),
        Column(Text("Art. 21(2)"), value=lambda covered: f"({covered.letter})", name="letter", width=10),
        *([] if reference is None else [_national_column(reference, model.measures)]),
    )


def _national_column(reference: str, measures: Sequence[Measure]) -> Column[PointCoverage]:
    """Return what a country's own list calls the measure that a point belongs to."""
    numbers = {measure.letter: measure.bsig_30_2 for measure in measures}
    return Column(
        Text("National law"),
        value=lambda covered: Text(reference, number=numbers[covered.letter]),
        name="national",
        width=18,
    )


def point_table(plan: Plan, country: str | None = None) -> Table:
    """Return the points with their states and days, the tasks that serve them, and where the law has them."""
    return table_of(point_columns(plan, country), plan.coverage)


def points_answer(plan: Plan) -> Words:
    """Say how many points are supported in the end, how many more partly, and from when to when that grows."""
    days = [
        covered.reached_on
        for covered in plan.coverage
        if covered.state is CoverageState.SUPPORTED and covered.reached_on is not None
    ]
    counts = counts_words(plan)
    if not days:
        return Text("The finished plan supports {counts}.", counts=counts)
    if min(days) == max(days):
        return Text("The finished plan supports {counts}: all from {first}.", counts=counts, first=min(days))
    return Text(
        "The finished plan supports {counts}: the first point from {first}, the last from {last}.",
        counts=counts,
        first=min(days),
        last=max(days),
    )
