"""What many draws say beside the usual ten thousand: how much of a percentile is chance.

Law: both columns are about the same plan, from the same seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.engine.simulation.result import PERCENTILES, SURE
from zt_planner.reports.analyses.confidence import chance_text, day_text
from zt_planner.reports.analyses.uncertainty import chance_of, plan_target
from zt_planner.reports.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language


@dataclass(frozen=True, slots=True)
class Percentile:
    """What holds with one certainty."""

    introduction: Decimal
    horizon: Decimal
    finish: date


@dataclass(frozen=True, slots=True)
class DrawsSummary:
    """What so many draws say: what holds with which certainty, and the chance that the plan's own both hold.

    `limit` is the last day of the calendar: a finish after it is none.
    """

    draws: int
    limit: date
    at: Mapping[float, Percentile]
    both: float


def held_of(simulation: SimulationResult, figures: Headlines) -> DrawsSummary:
    """Return what a simulation says."""
    at = {
        share: Percentile(simulation.introduction_at(share), simulation.horizon_at(share), simulation.finish_at(share))
        for share in PERCENTILES
    }
    return DrawsSummary(simulation.draws, simulation.limit, at, chance_of(plan_target(figures), simulation))


def more_text(few: DrawsSummary, many: DrawsSummary, language: Language) -> str:
    """Say how far the percentile that the page names is off, and what that means."""
    one, other = few.at[SURE], many.at[SURE]
    if max(one.finish, other.finish) > few.limit:
        return language.say(
            "With {many} draws, the {sure} budget is {budget}: {amount} away from that of {few} draws. Differences "
            "that small are chance.",
            many=language.number(many.draws),
            few=language.number(few.draws),
            sure=chance_text(SURE, language),
            budget=language.money(other.introduction),
            amount=language.money(abs(one.introduction - other.introduction)),
        )
    return language.say(
        "With {many} draws, the {sure} budget is {budget} and the {sure} date {finish}: {amount} and "
        "{days} away from those of {few} draws. Differences that small are chance.",
        many=language.number(many.draws),
        few=language.number(few.draws),
        sure=chance_text(SURE, language),
        budget=language.money(other.introduction),
        finish=language.day(other.finish),
        amount=language.money(abs(one.introduction - other.introduction)),
        days=language.plural("{n} day", "{n} days", abs((one.finish - other.finish).days)),
    )


def more_table(few: DrawsSummary, many: DrawsSummary, language: Language) -> Table:
    """Return the percentiles of few and of many draws side by side."""
    say = language.say
    titles = (say("Budget to get there"), say("In total"), say("Finish"))
    counts = [language.number(each.draws) for each in (few, many)]
    of_draws = (say("{title}, {draws} draws", title=title, draws=draws) for title in titles for draws in counts)
    columns = (say("How sure"), *of_draws)
    rows = tuple(
        (
            chance_text(share, language),
            *(language.money(each.at[share].introduction) for each in (few, many)),
            *(language.money(each.at[share].horizon) for each in (few, many)),
            *(day_text(each.at[share].finish, each.limit, language) for each in (few, many)),
        )
        for share in PERCENTILES
    )
    return Table(columns, rows, numbers=tuple(range(1, len(columns))))


def both_text(few: DrawsSummary, many: DrawsSummary, language: Language) -> str:
    """Say the chance of the plan's own date and budget, by both."""
    return language.say(
        "The plan's date and budget are both met in {one} of {few} draws and in {other} of {many}.",
        one=chance_text(few.both, language),
        other=chance_text(many.both, language),
        few=language.number(few.draws),
        many=language.number(many.draws),
    )


def drawing_text(done: int, all_draws: int, language: Language) -> str:
    """Say how far the drawing is."""
    return language.say("{n} of {all} draws", n=language.number(done), all=language.number(all_draws))
