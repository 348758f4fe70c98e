"""Levelling as tables, the limits in a sentence, and how far a search is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.levelling.proposal import Stage
from zt_planner.reports.fields import SPANS_SHOWN
from zt_planner.reports.regions import region_name
from zt_planner.reports.tables import Table

if TYPE_CHECKING:
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.exact.patience import Progress
    from zt_planner.language import Language
    from zt_planner.reports.levelling import LevellingReport


def effects_table(report: LevellingReport, language: Language) -> Table:
    """Return figures before and after, with what changes."""
    say = language.say
    columns = (say("Figure"), say("Now"), say("Levelled"), say("Change"))
    rows = tuple((it.label, it.before, it.after, it.change) for it in report.effects)
    return Table(columns, rows)


def moves_table(report: LevellingReport, language: Language) -> Table:
    """Return the tasks that move."""
    say = language.say
    columns = (say("Task"), say("Step"), say("Start now"), say("Levelled"), say("Working days"), say("Why not earlier"))
    rows = tuple((row.task, row.step, row.before, row.after, row.days, row.why) for row in report.moves)
    return Table(columns, rows, numbers=(4,))


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
    spans = [f"{language.short_day(first)} - {language.short_day(last)}" for first, last in timeline.closures]
    if len(spans) > SPANS_SHOWN:
        parts.append(language.plural("{n} span of your own", "{n} spans of your own", len(spans)))
    else:
        parts += spans
    where = say("Set days off in the sidebar, under Calendar and teams.")
    if not parts:
        return say("Days off: weekends only.") + " " + where
    return say("Days off: weekends, {spans}.", spans=language.listed(parts)) + " " + where


def progress_text(stage: Stage, progress: Progress | None, language: Language) -> str:
    """Say how far a search is."""
    say = language.say
    if stage is Stage.CONFLICT:
        return say("These limits are not kept together. Looking for what would help…")
    if progress is None:
        return say("Looking for the best order…")
    if progress.finish is None:
        return language.plural(
            "No order keeps these limits yet; none takes less than {n} working day.",
            "No order keeps these limits yet; none takes less than {n} working days.",
            progress.bound,
        )
    return language.plural(
        "{n} working day so far; no order takes less than {bound}.",
        "{n} working days so far; no order takes less than {bound}.",
        progress.finish,
        bound=language.number(progress.bound),
    )
