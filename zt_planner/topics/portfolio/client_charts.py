"""Somebody's clients as charts: money by quarter, the team by week, decisions, and promises.

Laws: what a chart shows is in its table, too; a week in which more is needed than the team has, what is overdue and
what is late are told by a mark, and not by its colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.language import (
    Labelled,
    Listed,
    Plural,
    ShortDay,
    Text,
    Trimmed,
    Words,
)
from zt_planner.topics.axes import (
    ROW_HEIGHT,
    Escaped,
    TwoLines,
    long_ticks,
    middle_of_week,
    midnight,
    money_steps,
    money_ticks,
    months_between,
    round_amounts,
    row_axis,
    time_axis,
)
from zt_planner.topics.block import Drawing
from zt_planner.topics.palette import EDGE_COLOUR, LINE_COLOUR, Palette
from zt_planner.topics.portfolio.client_list import (
    NamedClient,
    TeamNeed,
    paid_by_all,
    paid_in,
    paid_words,
    promised_finish,
    team_weeks,
    week_spans,
)
from zt_planner.topics.portfolio.clients import (
    DAYS_AHEAD,
    AwaitedDecision,
    Clients,
    quarters_from,
)

BAR_HEIGHT, TOP = 240, 40
WIDTH_OF_BARS = 0.7
ROOM_BESIDE = timedelta(days=4)
"""Left of the first mark."""
MOST_AMOUNTS = 5


class ClientDecision(NamedTuple):
    """A decision and whose it is."""

    client: NamedClient
    decision: AwaitedDecision


def days_moved(client: NamedClient) -> int | None:
    approved, now = client.figures.approved_finish, client.figures.promised_finish
    return None if approved is None or now is None else (now - approved).days


# Money


def money_chart(named: Sequence[NamedClient], day: date, palette: Palette) -> Drawing:
    """Return a bar for each quarter, a part of it for each client."""
    quarters = quarters_from(day)
    sums = [paid_by_all(named, quarter) for quarter in quarters]
    return {
        "data": [
            {
                "type": "bar",
                "x": list(range(len(quarters))),
                "y": [float(paid_in(each.figures, quarter)) for quarter in quarters],
                "width": WIDTH_OF_BARS,
                "marker": {"color": palette.of_costs[1], "line": {"color": EDGE_COLOUR, "width": 1}},
                "hovertext": [Escaped(Labelled(each.name, paid_words([each], [quarter]))) for quarter in quarters],
                "hoverinfo": "text",
                "showlegend": False,
            }
            for each in named
        ],
        "layout": {
            "height": BAR_HEIGHT,
            "barmode": "stack",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {
                "tickvals": list(range(len(quarters))),
                "ticktext": [Listed((Text("Q{n}", n=each.number), str(each.year)), "<br>") for each in quarters],
                "fixedrange": True,
                "showgrid": False,
                "tickangle": 0,
            },
            "yaxis": {**money_ticks(money_steps(max([Decimal(1000), *sums]))), **_flat()},
        },
    }


def _flat() -> dict[str, Any]:
    return {"fixedrange": True, "automargin": True, "rangemode": "tozero", "zeroline": False}


# The team


def team_chart(named: Sequence[NamedClient], day: date, need: TeamNeed, palette: Palette) -> Drawing:
    """Return the days of all clients by week above, and the clients that need them below, darker where more."""
    weeks = team_weeks(Clients(day, tuple(each.row for each in named)), need.team)
    needing = [each for each in named if any(monday in weeks for monday in each.figures.weeks.get(need.team, {}))]
    mondays, height = list(weeks), ROW_HEIGHT * max(1, len(needing))
    split = height / (height + BAR_HEIGHT)
    above = [monday for monday, days in weeks.items() if need.capacity is not None and days > need.capacity]
    months = months_between(day, mondays[-1])
    highest = max([Decimal(5), *weeks.values(), need.capacity or ZERO])
    return {
        "data": [
            _team_bars(weeks, palette),
            _need_map(needing, mondays, need.team, palette),
            *_capacity_traces(above, weeks, need, palette),
        ],
        "layout": {
            "height": BAR_HEIGHT + height + TOP,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "showlegend": need.capacity is not None,
            "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
            "xaxis": {**time_axis(months, long_ticks(months)), "anchor": "y2"},
            "yaxis": {"domain": [split + (1 - split) * 0.08, 1], **_day_ticks(highest), **_flat()},
            "yaxis2": {
                "domain": [0, split],
                **row_axis([TwoLines(each.name) for each in needing]),
            },
        },
    }


def _day_ticks(highest: Decimal) -> dict[str, Any]:
    ticks = round_amounts(ZERO, highest, MOST_AMOUNTS)
    return {"tickvals": list(map(float, ticks)), "ticktext": [Trimmed(tick, 1) for tick in ticks]}


def _team_bars(weeks: dict[date, Decimal], palette: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(map(middle_of_week, weeks)),
        "y": list(map(float, weeks.values())),
        "marker": {"color": palette.blue},
        "hovertext": [week_days(monday, days) for monday, days in weeks.items()],
        "hoverinfo": "text",
        "showlegend": False,
    }


def week_days(monday: date, days: Decimal) -> Words:
    shown = Plural("{n} day", "{n} days", Trimmed(days, 1))
    return Labelled(Listed((week_spans([monday]), ShortDay(monday)), ", "), shown)


def _need_map(needing: Sequence[NamedClient], mondays: Sequence[date], team: Team, palette: Palette) -> dict[str, Any]:
    """Return a cell for each client and week, darker where more days are needed; none where nobody is."""
    needs = [each.figures.weeks.get(team, {}) for each in needing]
    clear = "rgba(124,135,151,0.08)"
    return {
        "type": "heatmap",
        "x": list(map(middle_of_week, mondays)),
        "y": list(range(len(needing))),
        "z": [[float(each.get(monday, ZERO)) for monday in mondays] for each in needs],
        "text": [
            [Escaped(Labelled(client.name, week_days(monday, each.get(monday, ZERO)))) for monday in mondays]
            for client, each in zip(needing, needs, strict=True)
        ],
        "hoverinfo": "text",
        "xgap": 2,
        "ygap": 4,
        "colorscale": [[0, clear], [1, palette.blue]],
        "zmin": 0,
        "showscale": False,
        "yaxis": "y2",
    }


def _capacity_traces(
    above: Sequence[date], weeks: dict[date, Decimal], need: TeamNeed, palette: Palette
) -> Iterator[dict[str, Any]]:
    """Yield the line of what the team has, and a mark on each week that needs more."""
    if need.capacity is None:
        return
    mondays = list(weeks)
    yield {
        "type": "scatter",
        "x": [midnight(mondays[0]), midnight(mondays[-1]) + timedelta(weeks=1)],
        "y": [float(need.capacity)] * 2,
        "mode": "lines",
        "line": {"color": LINE_COLOUR, "width": 2},
        "hoverinfo": "skip",
        "name": Text("The team's days"),
    }
    if above:
        yield {
            "type": "scatter",
            "x": list(map(middle_of_week, above)),
            "y": [float(weeks[monday]) for monday in above],
            "mode": "markers",
            "marker": {"symbol": "triangle-up", "size": 9, "color": palette.red},
            "hoverinfo": "skip",
            "name": Text("More than it has"),
        }


# Decisions


def decision_chart(awaited: Sequence[ClientDecision], day: date, palette: Palette) -> Drawing:
    """Return a mark for each decision in the row of its client; those overdue stand on the day itself."""
    names = list(dict.fromkeys(each.client.name for each in awaited))
    months = months_between(day, day + timedelta(days=DAYS_AHEAD))
    kinds = (
        (False, Text("to be decided"), {"symbol": "circle", "size": 11, "color": palette.blue}),
        (True, Text("overdue"), {"symbol": "triangle-up", "size": 12, "color": palette.red}),
    )
    return {
        "data": [
            {
                "type": "scatter",
                "x": [midnight(max(each.decision.day, day)) for each in of_kind],
                "y": [names.index(each.client.name) for each in of_kind],
                "mode": "markers",
                "marker": {**marker, "line": {"color": EDGE_COLOUR, "width": 1}},
                "hovertext": [Escaped(_decision_hover(each)) for each in of_kind],
                "hoverinfo": "text",
                "name": name,
                "showlegend": True,
            }
            for is_overdue, name, marker in kinds
            if (of_kind := [each for each in awaited if each.decision.is_overdue == is_overdue])
        ],
        "layout": _rows_layout([TwoLines(name) for name in names], months, [day]),
    }


def _decision_hover(awaited: ClientDecision) -> Words:
    day, title = ShortDay(awaited.decision.day), Text(awaited.decision.title)
    return Labelled(awaited.client.name, Listed((day, title), ", "))


def _rows_layout(labels: Sequence[Words], months: Sequence[Month], days: Sequence[date]) -> dict[str, Any]:
    """Return the layout of a chart with a row for each client, vertical lines on some days."""
    line = {"color": LINE_COLOUR, "width": 1.5}
    ends = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "line": line}
    return {
        "height": ROW_HEIGHT * len(labels) + 2 * TOP + 16,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        "xaxis": {
            **time_axis(months, long_ticks(months)),
            "range": [months[0].first_day - ROOM_BESIDE, months[-1].last_day + ROOM_BESIDE],
        },
        "yaxis": row_axis(labels),
        "shapes": [{**ends, "x0": midnight(day), "x1": midnight(day)} for day in days],
    }


# Promises


def promise_chart(named: Sequence[NamedClient], palette: Palette) -> Drawing:
    """Return the approved finish and the one that is promised now in the row of each client, joined by a line."""
    now = [each.figures.promised_finish or each.figures.start for each in named]
    approved = [(row, each.figures.approved_finish) for row, each in enumerate(named)]
    known = [(row, day) for row, day in approved if day is not None]
    days = [*now, *(day for _, day in known)]
    months = months_between(min(days), max(days))
    late = [(days_moved(each) or 0) > 0 for each in named]
    kinds = (
        (False, Text("promised now"), {"symbol": "circle", "color": palette.teal}),
        (True, Text("promised now, later than approved"), {"symbol": "triangle-right", "color": palette.red}),
    )
    return {
        "data": [
            *_joining_lines(known, now),
            {
                "type": "scatter",
                "x": [midnight(day) for _, day in known],
                "y": [row for row, _ in known],
                "mode": "markers",
                "marker": {"symbol": "circle-open", "size": 13, "color": LINE_COLOUR, "line": {"width": 2}},
                "hovertext": [Labelled(Text("approved"), ShortDay(day)) for _, day in known],
                "hoverinfo": "text",
                "name": Text("approved"),
                "showlegend": bool(known),
            },
            *(
                {
                    "type": "scatter",
                    "x": [midnight(day) for day, is_late in zip(now, late, strict=True) if is_late == kind],
                    "y": [row for row, is_late in enumerate(late) if is_late == kind],
                    "mode": "markers",
                    "marker": {**marker, "size": 11},
                    "hovertext": [
                        Escaped(Labelled(each.name, promised_finish(each)))
                        for each, is_late in zip(named, late, strict=True)
                        if is_late == kind
                    ],
                    "hoverinfo": "text",
                    "name": name,
                    "showlegend": True,
                }
                for kind, name, marker in kinds
                if kind in late
            ),
        ],
        "layout": _rows_layout([TwoLines(each.name) for each in named], months, []),
    }


def _joining_lines(approved: Sequence[tuple[int, date]], now: Sequence[date]) -> Iterator[dict[str, Any]]:
    for row, day in approved:
        yield {
            "type": "scatter",
            "x": [midnight(day), midnight(now[row])],
            "y": [row, row],
            "mode": "lines",
            "line": {"color": LINE_COLOUR, "width": 2},
            "hoverinfo": "skip",
            "showlegend": False,
        }
