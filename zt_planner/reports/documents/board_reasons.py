"""Why at all, what, and who runs it: what the paper for the board says beside what it asks for.

Laws: a figure of a loss stands with its source, whom it is about, when it was read and how sure it is; nobody is told
that a law applies; nothing is said where nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import AddedTask
from zt_planner.engine.insurance import insurer_answers
from zt_planner.engine.regulation import CONCERNED, applicability
from zt_planner.reports.analyses.operation import after_finish
from zt_planner.reports.analyses.reasons.concerned import overdue_sentence
from zt_planner.reports.analyses.reasons.insurer import (
    insurer_cautions,
    insurer_columns,
    insurer_sentence,
    insurer_source,
)
from zt_planner.reports.analyses.reasons.loss_tables import source_text
from zt_planner.reports.analyses.reasons.losses import (
    break_even_sentence,
    euros,
    lead_sentence,
    outlook_in,
    published_views,
    views_text,
)
from zt_planner.reports.analyses.reasons.regulation import applies_sentence, law_in
from zt_planner.reports.documents.board_decision import Point
from zt_planner.reports.documents.board_figures import TableWithWords
from zt_planner.reports.tables.table import chosen, table_of
from zt_planner.reports.trace import TraceContext
from zt_planner.reports.words.labels import label, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.losses import LossOutlook
    from zt_planner.language import Language
    from zt_planner.reports.documents.handout import Handout

ON_PAPER = ("question", "answer", "yes_from", "by_task", "open")


def reasons_of(handout: Handout) -> tuple[Point, ...]:
    """Return why and what; nothing for a plan that has stopped."""
    if handout.plan.headlines is None:
        return ()
    context = TraceContext(handout.plan, handout.case, handout.language)
    return (*_losses(context), *_law(context), *_insurer(context), _work(context))


def _losses(context: TraceContext) -> Iterator[Point]:
    """Yield what doing nothing may cost by every view, what the one that is used says, and when the plan pays."""
    language, outlook = context.language, outlook_in(context)
    if outlook is None:
        return
    say, chosen, views = language.say, outlook.chosen, published_views(outlook)
    what, why = say("Expected losses:"), lead_sentence(outlook, language)
    if views:
        yearly = sorted(view.yearly() for view in views)
        low, high = (euros(amount, language) for amount in (yearly[0], yearly[-1]))
        what = say("{amount} of expected losses", amount=span_text(low, None if low == high else high, language))
        by_views = views_text(outlook, language)
        by_view = say(
            "a year without the plan. {views}: they count different things and different companies.",
            views=f"{by_views[0].upper()}{by_views[1:]}",
        )
        why = f"{by_view} {why}"
    yield Point(say("Why"), what, why, language.series(_sources_named(outlook, language)))
    if chosen is not None and chosen.yearly():
        yield Point(say("Why"), say("When the plan pays for itself:"), break_even_sentence(outlook, language))


def _sources_named(outlook: LossOutlook, language: Language) -> Iterator[str]:
    """Yield the source of each view and whom it is about, last when they were read and how sure they are."""
    rows = [view.sources[0].source for view in outlook.views.values()]
    found = [row for row in rows if row is not None]
    for row in found:
        yield language.labelled(
            label(row.view, language), f"{source_text(row, language)}, {language.say(row.population)}"
        )
    days = dict.fromkeys(language.short_day(row.read_on) for row in found)
    yield from (language.say("read on {day}", day=day) for day in days)
    yield from dict.fromkeys(label(row.confidence, language) for row in found)


def _law(context: TraceContext) -> Iterator[Point]:
    """Yield that NIS2 probably applies; nothing where it probably does not, or the sector is not named."""
    found = law_in(context)
    if found is None:
        return
    rules = context.case.base_model.rules
    if applicability(context.plan.scenario.company, found.country, rules) in CONCERNED:
        why = " ".join(filter(None, (applies_sentence(found), overdue_sentence(context, found.shown.register_where))))
        yield Point(context.language.say("Why"), context.language.say("NIS2:"), why)


def _insurer(context: TraceContext) -> Iterator[Point]:
    """Yield how many of the insurer's questions the plan turns to yes."""
    sentence, say = insurer_sentence(context), context.language.say
    if sentence:
        yield Point(say("Why"), say("The insurer's questions:"), sentence)


def _work(context: TraceContext) -> Point:
    """Return what is done: how many tasks, for how many people, in which steps."""
    language, plan = context.language, context.plan
    steps = dict.fromkeys(task.task.step for task in sorted(plan.tasks, key=lambda task: task.task.step))
    what = language.say(
        "{tasks} for {people}:",
        tasks=language.plural("{n} task", "{n} tasks", len(plan.tasks)),
        people=language.plural("{n} person", "{n} people", plan.scenario.company.employees),
    )
    named = language.listed([label(step, language) for step in steps])
    outside = sum(isinstance(task.task, AddedTask) and task.task.is_outside for task in plan.tasks)
    marked = language.plural("{n} task is outside the five steps", "{n} tasks are outside the five steps", outside)
    return Point(language.say("What"), what, language.series((named, marked)) if outside else named)


def after_in(handout: Handout) -> TableWithWords | None:
    """Return who does what after the finish, as chosen and with one other choice; None for a plan that has stopped."""
    found = after_finish(TraceContext(handout.plan, handout.case, handout.language))
    return None if found is None else TableWithWords(found.heading, found.words[0], found.neighbours)


def insurer_in(handout: Handout) -> TableWithWords | None:
    """Return what the insurer asks, for the annex; None where no question is known, and for a plan that has stopped."""
    plan, language = handout.plan, handout.language
    context = TraceContext(plan, handout.case, language)
    answers = insurer_answers(plan, handout.case)
    if plan.headlines is None or not answers:
        return None
    table = table_of(chosen(insurer_columns(context), ON_PAPER), answers, language)
    words = " ".join((*insurer_cautions(context), insurer_source(context)))
    return TableWithWords(language.say("What the insurer asks"), words, table)
