"""Another order of the tasks as tables, how far its search is, and when nobody works."""

from __future__ import annotations

from zt_planner.domain import units
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.levelling.proposal import LevellingStage, Move, Proposal
from zt_planner.engine.rcpsp.budget import SolverProgress
from zt_planner.language import Listed, Number, Plural, Span, Text, Words, sentences
from zt_planner.topics.effects import signed
from zt_planner.topics.inputs.fields import SPANS_SHOWN
from zt_planner.topics.inputs.regions import Region
from zt_planner.topics.limits.levelling import Effect, marked_effects, why_of
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_name


def effects_table(proposal: Proposal) -> Table:
    """Return figures before and after, with what changes."""
    columns: tuple[Column[Effect], ...] = (
        Column(Text("Figure"), value=lambda effect: effect.label),
        Column(Text("Now"), value=lambda effect: effect.before),
        Column(Text("New order"), value=lambda effect: effect.after),
        Column(Text("Change"), value=lambda effect: effect.change),
    )
    return table_of(columns, marked_effects(proposal))


def moves_table(proposal: Proposal) -> Table:
    """Return the tasks that move, in the order of their new days."""
    tasks = {task.task.id: task.task for task in proposal.plan.tasks}
    names = {key: task_name(task) for key, task in tasks.items()}
    columns: tuple[Column[Move], ...] = (
        Column(Text("Task"), value=lambda move: names[move.task_id]),
        Column(Text("Step"), units.CHOICE, lambda move: tasks[move.task_id].step),
        Column(Text("Start now"), units.DAY, lambda move: move.current),
        Column(Text("New order"), units.DAY, lambda move: move.levelled),
        Column(Text("Working days"), units.NUMBER, words=lambda move: signed(move.days, Number(abs(move.days)))),
        Column(Text("Why not earlier"), value=lambda move: why_of(move, names)),
    )
    return table_of(columns, proposal.moves)


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
