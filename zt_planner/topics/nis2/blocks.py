"""What law and insurer ask, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from zt_planner.engine.nis2.insurance import insurer_answers
from zt_planner.engine.nis2.regulation import Applicability
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.block import (
    Answer,
    Badges,
    Block,
    ChartBlock,
    Group,
    Role,
    Sentence,
    TableBlock,
    notes,
)
from zt_planner.topics.nis2.concerned import overdue_sentence
from zt_planner.topics.nis2.dues import ceilings, due_table, fine_sentence, registration_due
from zt_planner.topics.nis2.insurer import (
    insurer_cautions,
    insurer_columns,
    insurer_sentence,
    insurer_source,
    insurer_sources,
    insurer_table,
)
from zt_planner.topics.nis2.points import (
    OWN_READING,
    letter_table,
    open_sentence,
    point_table,
    points_alt,
    points_answer,
    points_chart,
    points_over_time_table,
)
from zt_planner.topics.nis2.regulation import (
    applies_sentence,
    duty_table,
    law_badges,
    law_in,
    law_notes,
    law_sentence,
)
from zt_planner.topics.table import Table, chosen, table_of
from zt_planner.topics.view import AnyView, View

ON_PAPER = ("question", "answer", "yes_from", "by_task", "open")
"""The columns of the insurer's questions that have room on a sheet."""


def coverage_group(view: View) -> Group | None:
    """Return how many points the finished work supports, and where some stay open; None where none is known."""
    plan = view.plan
    if not plan.coverage:
        return None
    heading = Text("What the plan supports of NIS2, and what it does not")
    blocks: tuple[Block, ...] = (
        Sentence(points_answer(plan)),
        *notes((open_sentence(plan),), Role.TEXT),
        Sentence(Text(OWN_READING), Role.NOTE),
    )
    return Group("coverage", heading, blocks)


def law_answers(view: View) -> Iterator[Answer]:
    """Yield that NIS2 probably applies, since when, with which fine; nothing where it probably does not."""
    law = law_in(view)
    if law is not None and law.is_concerned:
        fine = fine_sentence(law, is_essential=law.judged is Applicability.ESSENTIAL)
        overdue = overdue_sentence(view, law.shown.register_where)
        why = sentences(applies_sentence(law), law_sentence(law), fine, overdue)
        yield Answer(Text("Why"), Text("NIS2:"), why)


def insurer_annex(view: View) -> Group | None:
    """Return what the insurer asks, in few columns; None where no question is known."""
    answers = insurer_answers(view.plan)
    if not answers:
        return None
    heading = Text("What the insurer asks")
    table = TableBlock(heading, table_of(chosen(insurer_columns(view), ON_PAPER), answers))
    note = Sentence(sentences(*insurer_cautions(view), insurer_source(view)), Role.NOTE)
    return Group("insurer", heading, (Sentence(insurer_sentence(view)), table, note))


def law_day_group(view: View) -> Group | None:
    """Return whether the law applies, by when to register and what a fine may be; None where no law is known."""
    law = law_in(view)
    if law is None or not law.is_known:
        return None
    applies = Sentence(applies_sentence(law))
    if not law.is_concerned:
        return Group("law", Text("The law"), (applies,))
    title = Text("What is due, and the fine")
    dues = TableBlock(title, due_table(law, (*registration_due(law), *ceilings(law))))
    return Group("law", Text("The law"), (applies, dues))


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
    folded: tuple[Block, ...] = (
        *_rows_of(Text("What is due when"), due_table(law)),
        *notes(law_notes(law)),
        *_rows_of(Text("Duties of the directors"), duty_table(law)),
    )
    if folded:
        yield Group("dues", Text("What is due when, duties of the directors, and sources"), folded, is_folded=True)


def _rows_of(title: Words, table: Table) -> Iterator[TableBlock]:
    """Yield a table that has rows."""
    if table.rows:
        yield TableBlock(title, table)


def points_group(view: View, country: str | None = None) -> Group:
    """Return how many points the finished work supports over time; by letter; each, as a country calls them."""
    plan = view.plan
    over_time, by_letter = Text("The points over time as a table"), Text("The points by letter of Art. 21(2)")
    each = Text("Each of the points")
    tables = (
        TableBlock(over_time, points_over_time_table(plan)),
        TableBlock(by_letter, letter_table(plan)),
        TableBlock(each, point_table(plan, country)),
    )
    blocks: tuple[Block, ...] = (
        ChartBlock("nis2", points_alt(plan), partial(points_chart, plan)),
        Sentence(Text(OWN_READING), Role.NOTE),
        Group("points", Text("The points as tables"), tables, is_folded=True),
    )
    return Group("nis2", Text("NIS2: what the plan supports"), blocks)


def insurer_group(view: View) -> Group | None:
    """Return what the insurer asks, and when the answer is yes; None where no question is known."""
    sentence = insurer_sentence(view)
    if not sentence:
        return None
    folded: tuple[Block, ...] = (
        *notes(insurer_cautions(view)),
        TableBlock(Text("Questions of the insurer"), insurer_table(view)),
        *notes((insurer_source(view),)),
        TableBlock(Text("Where the questions are from"), insurer_sources(view)),
    )
    blocks: tuple[Block, ...] = (
        Sentence(sentence, Role.LEAD),
        Group("questions", Text("Each question, its answer and its source"), folded, is_folded=True),
    )
    return Group("insurer", Text("What the insurer asks"), blocks)
