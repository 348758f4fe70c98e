"""What law and insurer ask, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from zt_planner.domain.plan import CoverageState
from zt_planner.engine.insurance import insurer_answers
from zt_planner.engine.regulation import CONCERNED, applicability
from zt_planner.language import Number, ShortDay, Text, Words, sentences, series
from zt_planner.topics.block import (
    Answer,
    Badges,
    Block,
    ChartBlock,
    CheckItem,
    Checklist,
    Group,
    Role,
    Sentence,
    TableBlock,
    notes,
)
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.concerned import overdue_sentence
from zt_planner.topics.nis2.dues import due_table
from zt_planner.topics.nis2.insurer import (
    insurer_cautions,
    insurer_columns,
    insurer_sentence,
    insurer_source,
    insurer_table,
)
from zt_planner.topics.nis2.measures import nis2_alt, nis2_chart, nis2_table
from zt_planner.topics.nis2.regulation import (
    applies_sentence,
    duty_table,
    law_badges,
    law_in,
    law_notes,
    law_sentence,
)
from zt_planner.topics.table import chosen, table_of
from zt_planner.topics.view import AnyView, View

ON_PAPER = ("question", "answer", "yes_from", "by_task", "open")
"""The columns of the insurer's questions that have room on a sheet."""


def coverage_group(view: View) -> Group | None:
    """Return how far the finished work supports each measure, and since when; None where none is known."""
    coverage = view.plan.coverage
    if not coverage:
        return None
    names = {measure.letter: measure.measure for measure in view.case.model.measures}
    counts = {state: sum(item.state is state for item in coverage) for state in CoverageState}
    lead = Text(
        "Of the {of} measures of Art. 21(2), the finished work supports {count}, and {partly} more partly.",
        of=Number(len(coverage)),
        count=Number(counts[CoverageState.SUPPORTED]),
        partly=Number(counts[CoverageState.PARTLY]),
    )
    items = []
    for item in coverage:
        day, note = item.reached_on if item.state is CoverageState.SUPPORTED else item.partly_from, label(item.state)
        if day is not None:
            note = Text("{state} from {day} on", state=note, day=ShortDay(day))
        items.append(CheckItem(item.state, sentences(f"({item.letter})", Text(names[item.letter])), note))
    left = series(f"({item.letter})" for item in coverage if item.state is not CoverageState.SUPPORTED)
    blocks: tuple[Block, ...] = (
        Sentence(lead),
        Checklist(tuple(items)),
        *notes((Text("This plan alone is not enough for: {measures}.", measures=left) if left else "",), Role.TEXT),
        Sentence(no_proof(), Role.NOTE),
    )
    return Group("coverage", Text("What the plan covers of NIS2, and what it does not"), blocks)


def no_proof() -> Words:
    """Say what the measures are, and that they prove nothing."""
    return Text("Measures of Art. 21(2) that the finished work supports. This is not proof of compliance.")


def law_answers(view: View) -> Iterator[Answer]:
    """Yield that NIS2 probably applies; nothing where it probably does not, or the sector is not named."""
    law = law_in(view)
    if law is None:
        return
    if applicability(view.plan.scenario.company, law.country, view.case.base_model.rules) in CONCERNED:
        why = sentences(applies_sentence(law), overdue_sentence(view, law.shown.register_where))
        yield Answer(Text("Why"), Text("NIS2:"), why)


def insurer_reasons(view: View) -> Iterator[Answer]:
    """Yield how many of the insurer's questions the plan turns to yes."""
    sentence = insurer_sentence(view)
    if sentence:
        yield Answer(Text("Why"), Text("The insurer's questions:"), sentence)


def insurer_annex(view: View) -> Group | None:
    """Return what the insurer asks, in few columns; None where no question is known."""
    answers = insurer_answers(view.plan)
    if not answers:
        return None
    heading = Text("What the insurer asks")
    table = TableBlock(heading, table_of(chosen(insurer_columns(view), ON_PAPER), answers))
    note = Sentence(sentences(*insurer_cautions(view), insurer_source(view)), Role.NOTE)
    return Group("insurer", heading, (table, note))


def law_group(view: AnyView, country: str | None = None) -> Group:
    """Return what the law of a country asks for, by default of the plan's; nothing for a plan saved without any law."""
    return Group("law", Text("The law"), tuple(_law_blocks(view, country)))


def _law_blocks(view: AnyView, country: str | None) -> Iterator[Block]:
    law = law_in(view, country)
    if law is None:
        return
    yield Sentence(applies_sentence(law), Role.LEAD)
    yield Sentence(law_sentence(law))
    yield Badges(law_badges(law))
    dues, duties = due_table(law), duty_table(law)
    if dues.rows:
        yield TableBlock(Text("What is due when"), dues)
    yield from notes(law_notes(law))
    if duties.rows:
        title = Text("Duties of the directors")
        yield Group("duties", title, (TableBlock(title, duties),))


def measures_group(view: View, country: str | None = None) -> Group:
    """Return since when the finished work serves the ten measures, as a country calls them, by default the plan's."""
    caption = Text(
        "A measure counts as supported once all tasks that mainly serve it are finished. This is a planning aid: only "
        "your auditor can say whether you meet the law."
    )
    table = TableBlock(Text("NIS2 measures"), nis2_table(view.plan, country))
    blocks: tuple[Block, ...] = (
        ChartBlock("nis2", nis2_alt(view.plan), partial(nis2_chart, view.plan)),
        Sentence(caption, Role.NOTE),
        Group("measures", Text("The measures as a table"), (table,), is_folded=True),
    )
    return Group("nis2", Text("NIS2: what the plan supports"), blocks)


def insurer_group(view: View) -> Group | None:
    """Return what the insurer asks, and when the answer is yes; None where no question is known."""
    sentence = insurer_sentence(view)
    if not sentence:
        return None
    blocks: tuple[Block, ...] = (
        Sentence(sentence, Role.LEAD),
        *notes(insurer_cautions(view)),
        TableBlock(Text("Questions of the insurer"), insurer_table(view)),
        Sentence(insurer_source(view), Role.NOTE),
    )
    return Group("insurer", Text("What the insurer asks"), blocks)
