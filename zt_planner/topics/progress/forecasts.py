"""The history of forecasts, in words, as a table and as lines: finish and budget on each status date that was saved.

Laws: what is told of the finish is told of the first and the last forecast; a forecast without an amount has none in
the table and in no sentence, and no point on a line; what was approved, as it was promised, is a level line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.money import rounded
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK, Month
from zt_planner.domain.scenario.approved import Approved, Forecast
from zt_planner.domain.scenario.status import Status
from zt_planner.language import Labelled, Listed, Money, Plural, ShortDay, Text, Words
from zt_planner.topics.axes import YearBelow, every_few, midnight, money_ticks, months_between, round_amounts
from zt_planner.topics.block import ChartBlock, Drawing, Group
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import LEAST_WEEKS
from zt_planner.topics.view import View


class Saved(NamedTuple):
    """A forecast with its status date."""

    day: date
    forecast: Forecast


def saved_forecasts(status: Status) -> tuple[Saved, ...]:
    """Return the forecasts that were saved, the earliest first."""
    return tuple(Saved(date.fromisoformat(day), found) for day, found in sorted(status.forecasts.items()))


def approved_text(approved: Approved | None) -> Words:
    """Say what is approved, or that nothing is."""
    if approved is None:
        return Text(
            "No plan is approved yet. From the approval on, dates and costs are measured against the approved plan, "
            "which nothing changes."
        )
    return Listed((approval_words(approved), "."), "")


def approval_words(approved: Approved) -> Words:
    """Return who has approved which figures, and when: those that were promised, where they are known."""
    budget, finish = approved.agreed_budget, approved.agreed_finish
    figures: Words = Text("done by {finish}", finish=finish)
    if budget is not None:
        figures = Text("{budget}, done by {finish}", budget=Money(budget), finish=finish)
    if not approved.by:
        return Text("Approved on {day}: {figures}", day=approved.on, figures=figures)
    return Text("Approved by {name}, {day}: {figures}", name=approved.by, day=approved.on, figures=figures)


def history_sentence(history: tuple[Saved, ...]) -> Words:
    """Say whether the finish is running away: how far it has moved from the first forecast to the last."""
    if not history:
        return Text("No forecast is saved yet. Save one with each status date to see whether the finish moves.")
    first, last = history[0], history[-1]
    finish, spent = last.forecast.finish, (last.day - first.day).days
    if not spent:
        return Text("One forecast so far, of {day}: done by {finish}.", day=last.day, finish=finish)
    moved = (last.forecast.finish - first.forecast.finish).days
    values = {"span": span_text(spent), "finish": finish}
    if not moved:
        return Text("In {span}, the finish has not moved: {finish}.", **values)
    values |= {"moved": span_text(abs(moved)), "first": first.forecast.finish}
    if moved < 0:
        return Text("In {span}, the finish has come {moved} closer: from {first} to {finish}.", **values)
    if moved >= spent:
        return Text(
            "In {span}, the finish has moved away by {moved}: from {first} to {finish}. It runs away as fast as time "
            "passes.",
            **values,
        )
    return Text("In {span}, the finish has moved away by {moved}: from {first} to {finish}.", **values)


def since_forecast(view: View) -> Words:
    """Say what has moved since the forecast that was saved last before the status date; nothing without one."""
    at, figures = view.plan.scenario.status.at, view.figures
    earlier = [saved for saved in saved_forecasts(view.plan.scenario.status) if at is not None and saved.day < at]
    if not earlier:
        return ""
    last = earlier[-1]
    finish = finish_effect_text((figures.finish_date - last.forecast.finish).days)
    values: dict[str, Words] = {"day": ShortDay(last.day), "finish": finish}
    if last.forecast.budget is None or not view.plan.shows_labour or not view.plan.is_complete:
        return Text("Since the forecast of {day}: finish {finish}.", **values)
    values["budget"] = effect_text(rounded(figures.introduction_budget - last.forecast.budget, 0))
    return Text("Since the forecast of {day}: finish {finish}, budget {budget}.", **values)


def span_text(days: int) -> Words:
    """Write how long something is: in weeks where it is whole weeks, otherwise in days."""
    weeks, rest = divmod(days, CALENDAR_DAYS_A_WEEK)
    if not rest and weeks >= LEAST_WEEKS:
        return Plural("{n} week", "{n} weeks", weeks)
    return Plural("{n} day", "{n} days", days)


def history_table(history: tuple[Saved, ...]) -> Table:
    """Return every forecast with what has moved since the one before; amounts where there are any."""
    before = dict(zip(history[1:], history, strict=False))

    def moved(row: Saved) -> Words:
        if row not in before:
            return ""
        return finish_effect_text((row.forecast.finish - before[row].forecast.finish).days)

    columns: list[Column[Saved]] = [
        Column(Text("Status date"), units.DAY, lambda row: row.day),
        Column(Text("Done by"), units.DAY, lambda row: row.forecast.finish),
        Column(Text("Since the one before"), words=moved),
        Column(Text("80% sure by"), units.DAY, lambda row: row.forecast.sure_by),
    ]
    if has_amounts(history):
        columns += [
            Column(Text("Budget to get there"), units.EUROS, lambda row: row.forecast.budget),
            Column(Text("80% sure with"), units.EUROS, lambda row: row.forecast.sure_budget),
        ]
    return table_of(columns, history)


def has_amounts(history: tuple[Saved, ...]) -> bool:
    """Tell whether some forecast has an amount."""
    return any(row.forecast.budget is not None for row in history)


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
    level = None if approved is None else approved.agreed_finish
    days = [day for day in (*plan, *sure, level) if day is not None]
    months = months_between(min(days), Month.of(max(days)).plus(1).first_day)
    named = [month.first_day for month in every_few(months, MOST_MONTHS)]
    axis = {
        "type": "date",
        "range": [months[0].first_day, months[-1].first_day],
        "tickvals": named,
        "ticktext": list(map(ShortDay, named)),
    }
    return _chart(history, _Lines(plan, sure, level, ShortDay, midnight, axis), palette)


def budget_history_chart(history: tuple[Saved, ...], approved: Approved | None, palette: Palette = LIGHT) -> Drawing:
    """Return what it was to cost to get there, by the day on which that was forecast, of forecasts with amounts."""
    plan, sure = [row.forecast.budget for row in history], [row.forecast.sure_budget for row in history]
    level = None if approved is None else approved.agreed_budget
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
        _line(Text("80% sure"), days, lines.sure, lines, {"color": palette.amber, "dash": "dot"}, "diamond"),
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
    name: Words, days: Sequence[date], values: Sequence[Any], lines: _Lines, line: dict[str, Any], mark: str = "circle"
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
        "marker": {"size": 7, "symbol": mark},
        "hovertext": [Labelled(ShortDay(day), Listed((name, lines.words(value)), " ")) for day, value in there],
        "hoverinfo": "text",
    }


def history_alt(history: tuple[Saved, ...]) -> Words:
    """Describe both charts."""
    first, last = history[0], history[-1]
    return Text(
        "Saved forecasts from {first} to {last}: done by {before} in the first, by {after} in the last. The same "
        "numbers are in its table.",
        first=first.day,
        last=last.day,
        before=first.forecast.finish,
        after=last.forecast.finish,
    )
