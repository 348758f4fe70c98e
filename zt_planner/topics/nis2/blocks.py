"""What law and insurer ask, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from zt_planner.language import Text
from zt_planner.topics.block import Badges, Block, ChartBlock, Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.licences.tables import nis2_table
from zt_planner.topics.nis2.chart import nis2_alt, nis2_chart
from zt_planner.topics.nis2.dues import due_table
from zt_planner.topics.nis2.insurer import insurer_cautions, insurer_sentence, insurer_source, insurer_table
from zt_planner.topics.nis2.regulation import (
    applies_sentence,
    duty_table,
    law_badges,
    law_in,
    law_notes,
    law_sentence,
)
from zt_planner.topics.view import AnyView, View


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
