"""How busy the teams are, one above the other, week by week: as a picture, in words, as a table, and why.

Laws: picture, words and table show the same weeks; a week that asks for half a day more than the team has, or for
more than that, is told by a mark, and not by its colour alone; the rows of a week add up to its person-days exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from zt_planner.domain import units
from zt_planner.domain.plan import Team
from zt_planner.engine.plan import Plan
from zt_planner.language import Labelled, Listed, Number, Plural, ShortDay, Span, Text, Trimmed, Words, sentences
from zt_planner.topics.axes import DAY_MS, middle_of_week, midnight, month_ticks, shown_months, time_axis
from zt_planner.topics.block import Block, ChartBlock, Drawing, Group, Role, Sentence, TableBlock
from zt_planner.topics.figure_names import LOAD
from zt_planner.topics.labels import label
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.roadmap.marks import effort_marks
from zt_planner.topics.roadmap.team_load import TEAMS, Week, mondays, week_text, weeks_of
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Trace, TraceRow
from zt_planner.topics.view import View

TeamWeeks: TypeAlias = Mapping[Team, Sequence[Week]]
BANDS = {Team.INTERNAL: ("y", (0.56, 1.0)), Team.EXTERNAL: ("y2", (0.0, 0.44))}
"""Each team's axis and its part of the height."""
HEIGHT = 420
BAR_DAYS = 5
WEEK = timedelta(weeks=1)
ROOM_ABOVE = 1.2
STEPS = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5), Fraction(10), Fraction(20))
MOST_TICKS = 5


def load_chart(plan: Plan, palette: Palette = LIGHT) -> Drawing:
    """Return the teams' weeks: work, coordination, and the line of what they have."""
    months = shown_months(plan)
    traces: list[Any] = []
    axes, titles = {}, []
    for team, weeks in team_weeks(plan).items():
        axis, band = BANDS[team]
        traces += team_traces(weeks, axis, palette, is_first=not traces)
        axes[axis.replace("y", "yaxis")] = load_axis(weeks, band)
        titles.append(band_title(band[1], team))
    return {
        "data": traces,
        "layout": {
            "height": HEIGHT,
            "barmode": "stack",
            "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
            "legend": {"orientation": "h", "y": -56 / HEIGHT, "yanchor": "top", "x": 0},
            "xaxis": {**time_axis(months, month_ticks(months)), "anchor": "y2"},
            "annotations": titles,
            **axes,
        },
    }


def band_title(top: float, team: Team) -> dict[str, Any]:
    """Return what stands above a team's part of the picture."""
    position = {"xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left", "yanchor": "bottom"}
    title = Text("{team}, days a week", team=Text(TEAMS[team]))
    return {
        **position,
        "yshift": 2,
        "showarrow": False,
        "text": Listed(("<b>", title, "</b>"), ""),
        "font": {"size": 12},
    }


def load_axis(weeks: Sequence[Week], band: tuple[float, float]) -> dict[str, Any]:
    """Return the axis of days of a team."""
    highest = max([Fraction(1), *(max(week.whole, week.capacity) for week in weeks)])
    step = next((step for step in STEPS if highest <= step * MOST_TICKS), STEPS[-1])
    ticks = [step * index for index in range(int(highest / step) + 1)]
    return {
        "domain": band,
        "range": [0, float(highest) * ROOM_ABOVE],
        "tickvals": list(map(float, ticks)),
        "ticktext": [Trimmed(tick, 1) for tick in ticks],
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }


def team_traces(weeks: Sequence[Week], axis: str, palette: Palette, *, is_first: bool) -> list[Any]:
    """Return a team's bars, hatched for coordination, the line of what it has, and marks on weeks far above it."""
    shared: dict[str, Any] = {"yaxis": axis, "showlegend": is_first}
    traces = [*work_bars(weeks, palette.blue, shared), capacity_line(weeks, shared)]
    above = [week for week in weeks if week.is_marked]
    return [*traces, above_marks(above, palette.red, shared)] if above else traces


def work_bars(weeks: Sequence[Week], colour: str, shared: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the bars of tasks, and on top of them, hatched, those of coordination."""
    bars: dict[str, Any] = {
        "type": "bar",
        "x": [middle_of_week(week.monday) for week in weeks],
        "width": BAR_DAYS * DAY_MS,
        "hovertext": [week_text(week) for week in weeks],
        "hoverinfo": "text",
        **shared,
    }
    hatched = {"shape": "/", "fgcolor": LINE_COLOUR, "size": 5, "solidity": 0.35}
    tasks = {
        "y": [float(week.tasks) for week in weeks],
        "marker": {"color": colour},
        "name": Text("Tasks"),
        "legendgroup": "work",
        **bars,
    }
    coordination = {
        "y": [float(week.coordination) for week in weeks],
        "marker": {"color": "rgba(0,0,0,0)", "pattern": hatched},
        "name": Text("Coordination"),
        "legendgroup": "coordination",
        **bars,
    }
    return [tasks, coordination]


def capacity_line(weeks: Sequence[Week], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return the line of what a team has for tasks, to the end of the last week."""
    mondays = [midnight(week.monday) for week in weeks]
    return {
        "type": "scatter",
        "x": [*mondays, *(monday + WEEK for monday in mondays[-1:])],
        "y": [float(week.capacity) for week in (*weeks, *weeks[-1:])],
        "mode": "lines",
        "line": {"color": LINE_COLOUR, "width": 2, "shape": "hv"},
        "hoverinfo": "skip",
        "name": Text("The team's days for tasks"),
        "legendgroup": "capacity",
        **shared,
    }


def above_marks(weeks: Sequence[Week], colour: str, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mark on each week in which a team is asked for half a day more than it has, or for more than that."""
    return {
        "type": "scatter",
        "x": [middle_of_week(week.monday) for week in weeks],
        "y": [float(week.whole) for week in weeks],
        "mode": "markers",
        "marker": {"symbol": "triangle-up", "size": 9, "color": colour},
        "hoverinfo": "skip",
        "name": Text("Half a day or more above that"),
        "legendgroup": "above",
        **shared,
    }


def load_blocks(plan: Plan) -> tuple[Block, ...]:
    """Return how busy the teams are: in words, as a picture, and week by week."""
    weeks = team_weeks(plan)
    table = TableBlock(Text("How busy the teams are"), load_table(weeks))
    return (
        Sentence(load_text(weeks), Role.NOTE),
        ChartBlock("load", load_alt(weeks), partial(load_chart, plan)),
        Group("load", Text("The weeks as a table"), (table,), is_folded=True),
    )


def team_weeks(plan: Plan) -> TeamWeeks:
    """Return the weeks of each team."""
    return {team: weeks_of(plan, team) for team in Team}


def load_text(weeks: TeamWeeks) -> Words:
    """Say how busy each team is at most, and in how many weeks it is asked for more than it has."""
    return sentences(*(_team_text(team, its) for team, its in weeks.items()))


def _team_text(team: Team, weeks: Sequence[Week]) -> Words:
    if not weeks:
        return ""
    fullest = max(weeks, key=lambda week: week.whole)
    above = [week for week in weeks if week.excess]
    text = Plural(
        "{team}: at most {n} day, in the week of {day}.",
        "{team}: at most {n} days, in the week of {day}.",
        Number(fullest.whole, 2),
        team=Text(TEAMS[team]),
        day=ShortDay(fullest.monday),
    )
    if not above:
        return sentences(text, Text("Never more than it has."))
    most = max(above, key=lambda week: week.excess)
    more = Plural(
        "Coordination comes on top of the days for tasks: in {n} week, both together take {days} days more than the "
        "team has.",
        "Coordination comes on top of the days for tasks: in {n} weeks, both together take up to {days} days more "
        "than the team has.",
        len(above),
        days=Number(most.excess, 2),
    )
    return sentences(text, more)


def load_alt(weeks: TeamWeeks) -> Words:
    """Describe the picture."""
    return Text(
        "Days of work by week, tasks and coordination stacked. The line shows what each team has for "
        "tasks. {text} The same numbers are in its table.",
        text=load_text(weeks),
    )


def load_table(weeks: TeamWeeks) -> Table:
    """Return the weeks of both teams side by side."""
    columns: tuple[Column[Mapping[Team, Week]], ...] = (
        Column(Text("Week of"), units.DAY, lambda weeks: weeks[Team.INTERNAL].monday),
        Column(Text("Working days"), units.COUNT, lambda weeks: weeks[Team.INTERNAL].worked),
        *(column for team in Team for column in _team_columns(team)),
    )
    rows = zip(*weeks.values(), strict=True)
    return table_of(columns, (dict(zip(weeks, row, strict=True)) for row in rows))


def _team_columns(team: Team) -> tuple[Column[Mapping[Team, Week]], ...]:
    """Return a team's days of tasks, of coordination, those that it has and those above them."""

    def column(part: Words, days: Callable[[Week], Fraction | None]) -> Column[Mapping[Team, Week]]:
        return Column(Labelled(Text(TEAMS[team]), part), units.PERSON_DAYS, lambda weeks: days(weeks[team]))

    tasks = column(Text("tasks"), lambda week: week.tasks)
    return (
        replace(tasks, asks=lambda weeks: f"{LOAD}:{team}:{weeks[team].monday}"),
        column(Text("coordination"), lambda week: week.coordination),
        column(Text("has"), lambda week: week.capacity),
        column(Text("above"), lambda week: week.excess or None),
    )


def load_titles(view: View) -> dict[str, Words]:
    """Return every week of both teams, as in `internal:2027-05-03`, with what it is called."""
    return {f"{team}:{monday}": title(team, monday) for team in Team for monday in mondays(view.plan)}


def title(team: Team, monday: date) -> Words:
    """Return what a week of a team is called."""
    return Text("{team}, week of {day}", team=Text(TEAMS[team]), day=ShortDay(monday))


def explain_load(name: str, view: View) -> Trace | None:
    """Return why a team is so busy in a week; None for a week that the plan does not have."""
    word, _, monday = name.partition(":")
    team = next((known for known in Team if known == word), None)
    weeks = () if team is None else weeks_of(view.plan, team)
    week = next((found for found in weeks if str(found.monday) == monday), None)
    if team is None or week is None:
        return None
    return Trace(
        name=f"{LOAD}:{name}",
        title=title(team, week.monday),
        value=week.whole,
        shown=Plural("{n} day", "{n} days", Number(week.whole, 2)),
        rule=Text(
            "Each task uses the team evenly over its working days (rule M7); coordination comes on top (rule "
            "M16). The team has its days a week; in a week with days off, a fifth of them for each working "
            "day."
        ),
        rows=tuple(load_rows(week, view.plan)),
        unit=units.PERSON_DAYS,
        notes=(week_text(week),),
    )


def load_rows(week: Week, plan: Plan) -> Iterator[TraceRow]:
    """Yield the days of each task in a week, and those of coordination."""
    for task in plan.tasks:
        days = week.task_days.get(task.task.id)
        if days is not None:
            yield TraceRow(
                item=task_name(task.task),
                category=label(task.task.step),
                times=Span(task.start, task.finish),
                amount=days,
                badges=effort_marks(task, plan),
            )
    if week.coordination:
        yield TraceRow(Text("Coordination"), amount=week.coordination)
