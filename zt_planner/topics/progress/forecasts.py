"""The history of forecasts: what the plan came to on each status date that was saved, and whether its finish runs away.

Laws: what is told of the finish is told of the first and the last forecast; a forecast without an amount has none in
the table and in no sentence.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.table import CellFormat, Column, Table, table_of
from zt_planner.topics.task_words import LEAST_WEEKS, WEEK

if TYPE_CHECKING:
    from zt_planner.domain.scenario.approved import Approved, Forecast
    from zt_planner.domain.scenario.status import Status
    from zt_planner.language import Language


class Saved(NamedTuple):
    """A forecast with its status date."""

    day: date
    forecast: Forecast


def saved_forecasts(status: Status) -> tuple[Saved, ...]:
    """Return the forecasts that were saved, the earliest first."""
    return tuple(Saved(date.fromisoformat(day), found) for day, found in sorted(status.forecasts.items()))


def approved_text(approved: Approved | None, language: Language) -> str:
    """Say which plan is approved, since when, and what it comes to."""
    if approved is None:
        return language.say(
            "No plan is approved yet. From the approval on, dates and costs are measured against the approved plan, "
            "which nothing changes."
        )
    values = {
        "name": approved.name,
        "day": language.day(approved.on),
        "finish": language.day(approved.finish),
    }
    if approved.budget is None:
        return language.say("“{name}”, approved on {day}: done by {finish}.", **values)
    budget = language.money(approved.budget)
    return language.say(
        "“{name}”, approved on {day}: done by {finish}, {budget} to introduce everything.", **values, budget=budget
    )


def history_sentence(history: tuple[Saved, ...], language: Language) -> str:
    """Say whether the finish is running away: how far it has moved from the first forecast to the last."""
    if not history:
        return language.say("No forecast is saved yet. Save one with each status date to see whether the finish moves.")
    first, last = history[0], history[-1]
    finish, spent = language.day(last.forecast.finish), (last.day - first.day).days
    if not spent:
        return language.say(
            "One forecast so far, of {day}: done by {finish}.", day=language.day(last.day), finish=finish
        )
    moved = (last.forecast.finish - first.forecast.finish).days
    values = {"span": span_text(spent, language), "finish": finish}
    if not moved:
        return language.say("In {span}, the finish has not moved: {finish}.", **values)
    values |= {"moved": span_text(abs(moved), language), "first": language.day(first.forecast.finish)}
    if moved < 0:
        return language.say("In {span}, the finish has come {moved} closer: from {first} to {finish}.", **values)
    if moved >= spent:
        return language.say(
            "In {span}, the finish has moved away by {moved}: from {first} to {finish}. It runs away as fast as time "
            "passes.",
            **values,
        )
    return language.say("In {span}, the finish has moved away by {moved}: from {first} to {finish}.", **values)


def span_text(days: int, language: Language) -> str:
    """Write how long something is: in weeks where it is whole weeks, otherwise in days."""
    weeks, rest = divmod(days, WEEK)
    if not rest and weeks >= LEAST_WEEKS:
        return language.plural("{n} week", "{n} weeks", weeks)
    return language.plural("{n} day", "{n} days", days)


def history_table(history: tuple[Saved, ...], language: Language) -> Table:
    """Return every forecast with what has moved since the one before; amounts where there are any."""
    say, before = language.say, dict(zip(history[1:], history, strict=False))

    def moved(row: Saved) -> str:
        if row not in before:
            return ""
        return language.write(finish_effect_text((row.forecast.finish - before[row].forecast.finish).days))

    columns: list[Column[Saved]] = [
        Column(say("Status date"), CellFormat.DATE, lambda row: row.day),
        Column(say("Done by"), CellFormat.DATE, lambda row: row.forecast.finish),
        Column(say("Since the one before"), words=moved),
        Column(say("80% sure by"), CellFormat.DATE, lambda row: row.forecast.sure_by),
    ]
    if has_amounts(history):
        columns += [
            Column(say("Budget to get there"), CellFormat.EUROS, lambda row: row.forecast.budget),
            Column(say("80% sure with"), CellFormat.EUROS, lambda row: row.forecast.sure_budget),
        ]
    return table_of(columns, history)


def has_amounts(history: tuple[Saved, ...]) -> bool:
    """Tell whether some forecast has an amount."""
    return any(row.forecast.budget is not None for row in history)
