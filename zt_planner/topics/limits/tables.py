"""Levelling as tables, how far a search is, and what the page Limits answers: teams, and limits that are broken.

Law: nothing that its reader may not see decides a word of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from zt_planner.domain import units
from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.levelling.proposal import LevellingStage
from zt_planner.engine.plan import Plan
from zt_planner.engine.rcpsp.budget import SolverProgress
from zt_planner.language import Listed, Money, Number, Plural, Span, Text, Trimmed, Words, sentences
from zt_planner.topics.findings.findings import shortened_list
from zt_planner.topics.inputs.fields import SPANS_SHOWN
from zt_planner.topics.inputs.regions import Region
from zt_planner.topics.limits.levelling import Effect, LevellingReport, MoveRow, signed_days
from zt_planner.topics.roadmap.answer import margin_words
from zt_planner.topics.table import Column, Table, table_of


def effects_table(report: LevellingReport) -> Table:
    """Return figures before and after, with what changes."""
    columns: tuple[Column[Effect], ...] = (
        Column(Text("Figure"), value=lambda effect: effect.label),
        Column(Text("Now"), value=lambda effect: effect.before),
        Column(Text("Levelled"), value=lambda effect: effect.after),
        Column(Text("Change"), value=lambda effect: effect.change),
    )
    return table_of(columns, report.effects)


def moves_table(report: LevellingReport) -> Table:
    """Return the tasks that move."""
    columns: tuple[Column[MoveRow], ...] = (
        Column(Text("Task"), value=lambda move: move.task),
        Column(Text("Step"), value=lambda move: move.step),
        Column(Text("Start now"), value=lambda move: move.before),
        Column(Text("Levelled"), value=lambda move: move.after),
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


def limits_answer(plan: Plan) -> Words:
    """Say which teams the tasks need, and which limit is broken, or that none is."""
    figures = plan.headlines
    own, external = plan.capacity.internal, plan.capacity.external
    of_own = Plural("{n} day of your team", "{n} days of your team", Trimmed(own))
    of_other = Plural("{n} day of the consultant", "{n} days of the consultant", Trimmed(external))
    if own and external:
        needs = Text("The tasks need up to {own} and {external} a week.", own=of_own, external=of_other)
    else:
        needs = Text("The tasks need up to {days} a week.", days=of_own if own else of_other)
    broken = list(broken_limits(plan, figures))
    if not broken and plan.shows_labour:
        broken = [Text("No limit is broken.")]
    elif not broken:
        broken = [Text("No limit on time is broken; the monthly cap is hidden from you.")]
    return sentences(needs, *broken)


def broken_limits(plan: Plan, figures: Headlines) -> Iterator[Words]:
    """Yield a sentence for each limit that a plan breaks."""
    found = {finding.code: finding.facts for finding in plan.findings}
    if Code.TIMELINE_DEADLINE_IMPOSSIBLE in found:
        yield Text("The plan ends {margin}.", margin=margin_words(plan, figures))
    if Code.TIMELINE_FINISH_BY_MISSED in found and plan.scenario.levelling.finish_by is not None:
        yield Text(
            "It must be done by {day}, and is done on {finish}.",
            day=plan.scenario.levelling.finish_by,
            finish=figures.finish_date,
        )
    cap, above = plan.scenario.finance.monthly_cap, found.get(Code.FINANCE_CAP_EXCEEDED, {}).get("months")
    if cap is not None and isinstance(above, tuple):
        months = shortened_list([month for month in plan.months if month in above])
        yield Text("More than {cap} is paid in {months}.", cap=Money(cap), months=months)
