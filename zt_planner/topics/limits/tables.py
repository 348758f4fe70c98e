"""Another order of the tasks as tables, how far its search is, and when nobody works."""

from __future__ import annotations

from zt_planner.domain import units
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.levelling.proposal import LevellingStage
from zt_planner.engine.rcpsp.budget import SolverProgress
from zt_planner.language import Listed, Number, Plural, Span, Text, Words, sentences
from zt_planner.topics.inputs.fields import SPANS_SHOWN
from zt_planner.topics.inputs.regions import Region
from zt_planner.topics.limits.levelling import Effect, LevellingReport, MoveRow, signed_days
from zt_planner.topics.table import Column, Table, table_of


def effects_table(report: LevellingReport) -> Table:
    """Return figures before and after, with what changes."""
    columns: tuple[Column[Effect], ...] = (
        Column(Text("Figure"), value=lambda effect: effect.label),
        Column(Text("Now"), value=lambda effect: effect.before),
        Column(Text("New order"), value=lambda effect: effect.after),
        Column(Text("Change"), value=lambda effect: effect.change),
    )
    return table_of(columns, report.effects)


def moves_table(report: LevellingReport) -> Table:
    """Return the tasks that move."""
    columns: tuple[Column[MoveRow], ...] = (
        Column(Text("Task"), value=lambda move: move.task),
        Column(Text("Step"), value=lambda move: move.step),
        Column(Text("Start now"), value=lambda move: move.before),
        Column(Text("New order"), value=lambda move: move.after),
        Column(Text("Working days"), units.NUMBER, words=lambda move: signed_days(move.days)),
        Column(Text("Why not earlier"), value=lambda move: move.why),
    )
    return table_of(columns, report.moves)


def days_off_sentence(scenario: Scenario) -> Words:
    """Say when nobody works, and where that is set."""
    timeline = scenario.timeline
    parts: list[Words] = []
    if timeline.region is not None:
        parts.append(Text("the public holidays of {region}", region=Region(timeline.region)))
    if timeline.year_end_freeze:
        parts.append(Text("the turn of the year"))
    spans = [Span(first, last) for first, last in timeline.closures]
    if len(spans) > SPANS_SHOWN:
        parts.append(Plural("{n} period of your own", "{n} periods of your own", len(spans)))
    else:
        parts += spans
    where = Text("Set days off in the sidebar, under Calendar and teams.")
    if not parts:
        return sentences(Text("Days off: weekends only."), where)
    return sentences(Text("Days off: weekends, {spans}.", spans=Listed(parts)), where)


def levelling_progress_text(stage: LevellingStage, progress: SolverProgress | None) -> Words:
    """Say how far a search is."""
    if stage is LevellingStage.CONFLICT:
        return Text("These limits cannot be kept together. Looking for what would help…")
    if progress is None:
        return Text("Looking for the best order…")
    if progress.finish is None:
        return Plural(
            "No order within these limits found yet; none takes less than {n} working day.",
            "No order within these limits found yet; none takes less than {n} working days.",
            progress.bound,
        )
    return Plural(
        "{n} working day so far; no order takes less than {bound}.",
        "{n} working days so far; no order takes less than {bound}.",
        progress.finish,
        bound=Number(progress.bound),
    )
