"""Levelling as tables, the limits in a sentence, and how far a search is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.levelling.proposal import LevellingStage
from zt_planner.topics.inputs.fields import SPANS_SHOWN
from zt_planner.topics.inputs.regions import region_name
from zt_planner.topics.limits.levelling import signed_days
from zt_planner.topics.table import CellFormat, Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.rcpsp.budget import SolverProgress
    from zt_planner.language import Language
    from zt_planner.topics.limits.levelling import Effect, LevellingReport, MoveRow
    from zt_planner.topics.table import Table


def effects_table(report: LevellingReport, language: Language) -> Table:
    """Return figures before and after, with what changes."""
    say = language.say
    columns: tuple[Column[Effect], ...] = (
        Column(say("Figure"), value=lambda effect: effect.label),
        Column(say("Now"), value=lambda effect: effect.before),
        Column(say("Levelled"), value=lambda effect: effect.after),
        Column(say("Change"), value=lambda effect: effect.change),
    )
    return table_of(columns, report.effects)


def moves_table(report: LevellingReport, language: Language) -> Table:
    """Return the tasks that move."""
    say = language.say
    columns: tuple[Column[MoveRow], ...] = (
        Column(say("Task"), value=lambda move: move.task),
        Column(say("Step"), value=lambda move: move.step),
        Column(say("Start now"), value=lambda move: move.before),
        Column(say("Levelled"), value=lambda move: move.after),
        Column(say("Working days"), CellFormat.NUMBER, words=lambda move: signed_days(move.days)),
        Column(say("Why not earlier"), value=lambda move: move.why),
    )
    return table_of(columns, report.moves)


def days_off_sentence(scenario: Scenario, language: Language) -> str:
    """Say when nobody works, and where that is set."""
    say, timeline = language.say, scenario.timeline
    parts = (
        []
        if timeline.region is None
        else [say("the public holidays of {region}", region=region_name(timeline.region, language))]
    )
    if timeline.year_end_freeze:
        parts.append(say("the turn of the year"))
    spans = [language.span(first, last) for first, last in timeline.closures]
    if len(spans) > SPANS_SHOWN:
        parts.append(language.plural("{n} period of your own", "{n} periods of your own", len(spans)))
    else:
        parts += spans
    where = say("Set days off in the sidebar, under Calendar and teams.")
    if not parts:
        return say("Days off: weekends only.") + " " + where
    return say("Days off: weekends, {spans}.", spans=language.listed(parts)) + " " + where


def levelling_progress_text(stage: LevellingStage, progress: SolverProgress | None, language: Language) -> str:
    """Say how far a search is."""
    say = language.say
    if stage is LevellingStage.CONFLICT:
        return say("These limits cannot be kept together. Looking for what would help…")
    if progress is None:
        return say("Looking for the best order…")
    if progress.finish is None:
        return language.plural(
            "No order within these limits found yet; none takes less than {n} working day.",
            "No order within these limits found yet; none takes less than {n} working days.",
            progress.bound,
        )
    return language.plural(
        "{n} working day so far; no order takes less than {bound}.",
        "{n} working days so far; no order takes less than {bound}.",
        progress.finish,
        bound=language.number(progress.bound),
    )
