"""How busy the teams are as a picture, in words and as a table: one team above the other, week by week.

Laws: picture, words and table show the same weeks; a week that asks for half a day more than the team has, or for
more than that, is told by a mark, and not by its colour alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.domain.plan import Team
from zt_planner.topics.axes import DAY_MS, midnight, month_ticks, shown_months, time_axis
from zt_planner.topics.figure_names import LOAD
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.roadmap.team_load import TEAMS, week_text, weeks_of
from zt_planner.topics.table import CellFormat, Column, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.roadmap.team_load import Week
    from zt_planner.topics.table import Table

BANDS = {Team.INTERNAL: ("y", (0.56, 1.0)), Team.EXTERNAL: ("y2", (0.0, 0.44))}
"""Each team's axis and its part of the height."""
HEIGHT = 420
BAR_DAYS = 5
MIDDLE_OF_WEEK, WEEK = timedelta(days=2, hours=12), timedelta(weeks=1)
ROOM_ABOVE = 1.2
STEPS = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5), Fraction(10), Fraction(20))
MOST_TICKS = 5


def load_chart(plan: Plan, language: Language, palette: Palette = LIGHT) -> graph_objects.Figure:
    """Return the teams' weeks: work, coordination, and the line of what they have."""
    months = shown_months(plan)
    at, names = month_ticks(months, language)
    traces: list[Any] = []
    axes, notes = {}, []
    for team, (axis, band) in BANDS.items():
        weeks = weeks_of(plan, team)
        traces += team_traces(weeks, axis, language, palette, is_first=not traces)
        axes[axis.replace("y", "yaxis")] = load_axis(weeks, band, language)
        notes.append(band_title(band[1], language.say("{team}, days a week", team=language.say(TEAMS[team]))))
    return graph_objects.Figure(
        data=traces,
        layout={
            "height": HEIGHT,
            "barmode": "stack",
            "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
            "legend": {"orientation": "h", "y": -56 / HEIGHT, "yanchor": "top", "x": 0},
            "xaxis": {**time_axis(months, at, names), "anchor": "y2"},
            "annotations": notes,
            **axes,
        },
    )


def band_title(top: float, text: str) -> dict[str, Any]:
    """Return what stands above a team's part of the picture."""
    position = {"xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left", "yanchor": "bottom"}
    return {**position, "yshift": 2, "showarrow": False, "text": f"<b>{text}</b>", "font": {"size": 12}}


def load_axis(weeks: Sequence[Week], band: tuple[float, float], language: Language) -> dict[str, Any]:
    """Return the axis of days of a team."""
    highest = max([Fraction(1), *(max(week.whole, week.capacity) for week in weeks)])
    step = next((step for step in STEPS if highest <= step * MOST_TICKS), STEPS[-1])
    ticks = [step * index for index in range(int(highest / step) + 1)]
    return {
        "domain": band,
        "range": [0, float(highest) * ROOM_ABOVE],
        "tickvals": list(map(float, ticks)),
        "ticktext": [language.trimmed(tick, 1) for tick in ticks],
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }


def team_traces(weeks: Sequence[Week], axis: str, language: Language, palette: Palette, *, is_first: bool) -> list[Any]:
    """Return a team's bars, hatched for coordination, the line of what it has, and marks on weeks far above it."""
    shared: dict[str, Any] = {"yaxis": axis, "showlegend": is_first}
    found = [*work_bars(weeks, language, palette.blue, shared), capacity_line(weeks, language, shared)]
    above = [week for week in weeks if week.is_marked]
    return [*found, above_marks(above, language, palette.red, shared)] if above else found


def middle_of(week: Week) -> datetime:
    """Return where the bar of a week stands."""
    return midnight(week.monday) + MIDDLE_OF_WEEK


def work_bars(weeks: Sequence[Week], language: Language, colour: str, shared: Mapping[str, Any]) -> list[Any]:
    """Return the bars of tasks, and on top of them, hatched, those of coordination."""
    bars: dict[str, Any] = {
        "x": [middle_of(week) for week in weeks],
        "width": BAR_DAYS * DAY_MS,
        "hovertext": [language.write(week_text(week)) for week in weeks],
        "hoverinfo": "text",
        **shared,
    }
    hatched = {"shape": "/", "fgcolor": LINE_COLOUR, "size": 5, "solidity": 0.35}
    tasks = graph_objects.Bar(
        y=[float(week.tasks) for week in weeks],
        marker={"color": colour},
        name=language.say("Tasks"),
        legendgroup="work",
        **bars,
    )
    coordination = graph_objects.Bar(
        y=[float(week.coordination) for week in weeks],
        marker={"color": "rgba(0,0,0,0)", "pattern": hatched},
        name=language.say("Coordination"),
        legendgroup="coordination",
        **bars,
    )
    return [tasks, coordination]


def capacity_line(weeks: Sequence[Week], language: Language, shared: Mapping[str, Any]) -> graph_objects.Scatter:
    """Return the line of what a team has for tasks, to the end of the last week."""
    mondays = [midnight(week.monday) for week in weeks]
    return graph_objects.Scatter(
        x=[*mondays, *(monday + WEEK for monday in mondays[-1:])],
        y=[float(week.capacity) for week in (*weeks, *weeks[-1:])],
        mode="lines",
        line={"color": LINE_COLOUR, "width": 2, "shape": "hv"},
        hoverinfo="skip",
        name=language.say("The team's days for tasks"),
        legendgroup="capacity",
        **shared,
    )


def above_marks(
    weeks: Sequence[Week], language: Language, colour: str, shared: Mapping[str, Any]
) -> graph_objects.Scatter:
    """Return a mark on each week in which a team is asked for half a day more than it has, or for more than that."""
    return graph_objects.Scatter(
        x=[middle_of(week) for week in weeks],
        y=[float(week.whole) for week in weeks],
        mode="markers",
        marker={"symbol": "triangle-up", "size": 9, "color": colour},
        hoverinfo="skip",
        name=language.say("Half a day or more above that"),
        legendgroup="above",
        **shared,
    )


def load_text(plan: Plan, language: Language) -> str:
    """Say how busy each team is at most, and in how many weeks it is asked for more than it has."""
    return " ".join(_team_text(team, weeks_of(plan, team), language) for team in Team)


def _team_text(team: Team, weeks: Sequence[Week], language: Language) -> str:
    if not weeks:
        return ""
    fullest = max(weeks, key=lambda week: week.whole)
    above = [week for week in weeks if week.excess]
    name = language.say(TEAMS[team])
    text = language.plural(
        "{team}: at most {n} day, in the week of {day}.",
        "{team}: at most {n} days, in the week of {day}.",
        language.number(fullest.whole, 2),
        team=name,
        day=language.short_day(fullest.monday),
    )
    if not above:
        never = language.say("Never more than it has.")
        return f"{text} {never}"
    most = max(above, key=lambda week: week.excess)
    more = language.plural(
        "Coordination comes on top of the days for tasks: in {n} week, both together take {days} days more than the "
        "team has.",
        "Coordination comes on top of the days for tasks: in {n} weeks, both together take up to {days} days more "
        "than the team has.",
        len(above),
        days=language.number(most.excess, 2),
    )
    return f"{text} {more}"


def load_alt(plan: Plan, language: Language) -> str:
    """Describe the picture."""
    return language.say(
        "Days of work by week, tasks and coordination stacked. The line shows what each team has for "
        "tasks. {text} The same numbers are in the table below.",
        text=load_text(plan, language),
    )


def load_table(plan: Plan, language: Language) -> Table:
    """Return the weeks of both teams side by side."""
    say = language.say
    columns: tuple[Column[Mapping[Team, Week]], ...] = (
        Column(say("Week of"), CellFormat.DATE, lambda weeks: weeks[Team.INTERNAL].monday),
        Column(say("Working days"), CellFormat.WHOLE, lambda weeks: weeks[Team.INTERNAL].worked),
        *(column for team in Team for column in _team_columns(team, language)),
    )
    rows = zip(*(weeks_of(plan, team) for team in Team), strict=True)
    return table_of(columns, (dict(zip(Team, weeks, strict=True)) for weeks in rows))


def _team_columns(team: Team, language: Language) -> tuple[Column[Mapping[Team, Week]], ...]:
    """Return a team's days of tasks, of coordination, those that it has and those above them."""
    say = language.say

    def column(part: str, days: Callable[[Week], Fraction | None]) -> Column[Mapping[Team, Week]]:
        return Column(language.labelled(say(TEAMS[team]), part), CellFormat.DAYS, lambda weeks: days(weeks[team]))

    tasks = column(say("tasks"), lambda week: week.tasks)
    return (
        replace(tasks, asks=lambda weeks: f"{LOAD}:{team}:{weeks[team].monday}"),
        column(say("coordination"), lambda week: week.coordination),
        column(say("has"), lambda week: week.capacity),
        column(say("above"), lambda week: week.excess or None),
    )
