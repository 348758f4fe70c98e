"""The history of forecasts: what the plan came to on each status date that was saved, and whether its finish runs away.

Laws: what is told of the finish is told of the first and the last forecast; a forecast without an amount has none in
the table and in no sentence.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.language import Money, Plural, Text, Words
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import LEAST_WEEKS, WEEK

if TYPE_CHECKING:
    from zt_planner.domain.scenario.approved import Approved, Forecast
    from zt_planner.domain.scenario.status import Status


class Saved(NamedTuple):
    """A forecast with its status date."""

    day: date
    forecast: Forecast


def saved_forecasts(status: Status) -> tuple[Saved, ...]:
    """Return the forecasts that were saved, the earliest first."""
    return tuple(Saved(date.fromisoformat(day), found) for day, found in sorted(status.forecasts.items()))


def approved_text(approved: Approved | None) -> Words:
    """Say which plan is approved, since when, and what it comes to."""
    if approved is None:
        return Text(
            "No plan is approved yet. From the approval on, dates and costs are measured against the approved plan, "
            "which nothing changes."
        )
    values: dict[str, Words] = {"name": approved.name, "day": approved.on, "finish": approved.finish}
    if approved.budget is None:
        return Text("“{name}”, approved on {day}: done by {finish}.", **values)
    values["budget"] = Money(approved.budget)
    return Text("“{name}”, approved on {day}: done by {finish}, {budget} to introduce everything.", **values)


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


def span_text(days: int) -> Words:
    """Write how long something is: in weeks where it is whole weeks, otherwise in days."""
    weeks, rest = divmod(days, WEEK)
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
