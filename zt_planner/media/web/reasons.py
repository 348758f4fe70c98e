"""Why at all, and what law and insurer ask, as parts of the page for a browser and sheets of the workbook.

Decides only what stands where: sentences and tables are those of the dashboard, so that all media say the same.
"""

from __future__ import annotations

from zt_planner.media.web.parts import Part, TitledTable, said
from zt_planner.topics.nis2 import regulation
from zt_planner.topics.nis2.dues import due_table
from zt_planner.topics.nis2.insurer import insurer_sentence, insurer_source, insurer_table
from zt_planner.topics.published import claims_table, losses_table
from zt_planner.topics.risk.standstill import standstill_sentences
from zt_planner.topics.subsidies.subsidies import (
    approval_sentence,
    subsidy_sentence,
    subsidy_table,
    waiting_sentence,
)
from zt_planner.topics.view import View


def context_of(handout: View) -> View:
    """Return what the analyses ask about."""
    return View(handout.plan, handout.language)


def standstill(handout: View) -> Part:
    """Return days at a standstill, what a week of delay leaves open, and what others have published."""
    context, say = context_of(handout), handout.language.say
    published = (
        TitledTable(say("What others report about losses"), losses_table(context), is_long=True),
        TitledTable(say("The article and the sources"), claims_table(context), is_long=True),
    )
    tables = tuple(titled for titled in published if titled.table.rows)
    return Part("why", say("If we do nothing"), standstill_sentences(context), tables=tables)


def law(handout: View) -> Part:
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


def insurer(handout: View) -> Part | None:
    """Return what the insurer asks; None where no question is known."""
    context, say = context_of(handout), handout.language.say
    sentence, title = insurer_sentence(context), say("What the insurer asks")
    if not sentence:
        return None
    asked = TitledTable(say("Questions of the insurer"), insurer_table(context))
    return Part("insurer", title, (sentence, insurer_source(context)), tables=(asked,))


def support(handout: View) -> Part | None:
    """Return which money from the state could fit; None where the plan has no region."""
    context, title = context_of(handout), handout.language.say("Public funding")
    sentence, schemes = subsidy_sentence(context), subsidy_table(context)
    if not sentence:
        return None
    listed = TitledTable(handout.language.say("Schemes, sizes and conditions"), schemes, is_long=True)
    sentences = said(sentence, approval_sentence(context), waiting_sentence(context))
    return Part("support", title, sentences, tables=(listed,) if schemes.rows else ())
