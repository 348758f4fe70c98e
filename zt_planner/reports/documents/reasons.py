"""Why at all, and what law and insurer ask, as parts of the page for a browser and sheets of the workbook.

Decides only what stands where: sentences and tables are those of the dashboard, so that all media say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.reports.analyses.reasons import loss_tables as tables
from zt_planner.reports.analyses.reasons import regulation
from zt_planner.reports.analyses.reasons.dues import due_table
from zt_planner.reports.analyses.reasons.insurer import insurer_sentence, insurer_source, insurer_table
from zt_planner.reports.analyses.reasons.losses import nothing_known, outlook_in, sentences
from zt_planner.reports.analyses.reasons.subsidies import (
    approval_sentence,
    subsidy_sentence,
    subsidy_table,
    waiting_sentence,
)
from zt_planner.reports.documents.web_parts import Part, TitledTable, said
from zt_planner.reports.trace import TraceContext

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout


def context_of(handout: Handout) -> TraceContext:
    """Return what the analyses ask about."""
    return TraceContext(handout.plan, handout.case, handout.language)


def losses(handout: Handout) -> Part:
    """Return what doing nothing may cost by every view, with every source; why not where that is not known."""
    context, language, say = context_of(handout), handout.language, handout.language.say
    outlook, heading = outlook_in(context), say("If we do nothing")
    if outlook is None:
        return Part("why", heading, (nothing_known(context),))
    curves = tables.curve_table(tables.view_curves(outlook, language), language)
    return Part(
        "why",
        heading,
        sentences(outlook, language),
        tables=(
            TitledTable(say("Losses without the plan"), tables.views_table(outlook, language)),
            TitledTable(say("Chance of a loss above an amount within three years, without the plan"), curves),
            TitledTable(
                say("What each control changes, and the evidence"),
                tables.controls_table(outlook, language),
                is_long=True,
            ),
            TitledTable(say("Sources of the views"), tables.sources_table(outlook, language), is_long=True),
            TitledTable(say("The article and the sources"), tables.claims_table(context), is_long=True),
        ),
    )


def law(handout: Handout) -> Part:
    """Return what the law of the plan's country asks for; empty for a plan that was saved without any law."""
    context, say = context_of(handout), handout.language.say
    found, heading = regulation.law_in(context), say("The law")
    if found is None:
        return Part("law", heading)
    badges = (badge.text for badge in regulation.law_badges(found))
    due, duties = due_table(found), regulation.duty_table(found)
    known = (
        TitledTable(say("What is due when"), due),
        TitledTable(say("Duties of the directors"), duties),
    )
    return Part(
        "law",
        heading,
        said(regulation.applies_sentence(found), regulation.law_sentence(found), *badges, *regulation.law_notes(found)),
        tables=tuple(titled for titled in known if titled.table.rows),
    )


def insurer(handout: Handout) -> Part | None:
    """Return what the insurer asks; None where no question is known."""
    context, say = context_of(handout), handout.language.say
    sentence, title = insurer_sentence(context), say("What the insurer asks")
    if not sentence:
        return None
    asked = TitledTable(say("Questions of the insurer"), insurer_table(context))
    return Part("insurer", title, (sentence, insurer_source(context)), tables=(asked,))


def support(handout: Handout) -> Part | None:
    """Return which money from the state could fit; None where the plan has no region."""
    context, title = context_of(handout), handout.language.say("Public funding")
    sentence, schemes = subsidy_sentence(context), subsidy_table(context)
    if not sentence:
        return None
    listed = TitledTable(handout.language.say("Schemes, sizes and conditions"), schemes, is_long=True)
    sentences = said(sentence, approval_sentence(context), waiting_sentence(context))
    return Part("support", title, sentences, tables=(listed,) if schemes.rows else ())
