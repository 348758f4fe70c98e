"""Preview of a price list: one row per id, and one sentence; the price table in the reader's words.

Law: every id of the list is in the table, what is refused with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.scenario.price_proposal import ChangeKind, PriceProposal
from zt_planner.errors import CatalogError, Place, PlannerError, msgid
from zt_planner.gaps import Title
from zt_planner.language import Labelled, Listed, Number, Text, Words, sentences
from zt_planner.topics.error_texts import explain, place_text, problem_text
from zt_planner.topics.inputs.fields import field_label, rows_text
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word
from zt_planner.topics.table import Column, Table, table_of

CHANGE_NAMES = {
    ChangeKind.NEW: msgid("new"),
    ChangeKind.CHANGED: msgid("changed"),
    ChangeKind.UNCHANGED: msgid("unchanged"),
    ChangeKind.REFUSED: msgid("refused"),
}
ORDER = (ChangeKind.REFUSED, ChangeKind.CHANGED, ChangeKind.NEW, ChangeKind.UNCHANGED)
SHOWN_ANYWAY = frozenset({"amount", "currency", "valid_from", "from_quantity"})
MOST_PROBLEMS = 3


def proposal_table(proposals: Sequence[PriceProposal]) -> Table:
    """Return what becomes of each id: refused ones first, then changed, new and unchanged ones."""
    columns: tuple[Column[PriceProposal], ...] = (
        Column(Text("What"), words=lambda proposal: Text(CHANGE_NAMES[proposal.change_kind])),
        Column("id", words=lambda proposal: proposal.price_id),
        Column(Text("Product"), words=_product),
        Column(Text("Before"), words=lambda proposal: _amounts(proposal.before)),
        Column(Text("Afterwards"), words=lambda proposal: _amounts(proposal.after)),
        Column(Text("Remarks"), words=_remarks),
    )
    return table_of(columns, sorted(proposals, key=lambda each: ORDER.index(each.change_kind)))


def _product(proposal: PriceProposal) -> Words:
    rows = proposal.after or proposal.before
    return Text(rows[-1].product) if rows else ""


def _amounts(rows: Sequence[Price]) -> Words:
    return rows_text([row.model_dump(mode="json") for row in rows])


def _remarks(proposal: PriceProposal) -> Words:
    """Return why an id is refused, or which columns change that the amounts do not show."""
    if proposal.problems:
        return sentences(*(line for wrong in proposal.problems[:MOST_PROBLEMS] for line in explain(wrong)))
    if proposal.change_kind is not ChangeKind.CHANGED:
        return ""
    others = [name for name in proposal.changed_columns if name not in SHOWN_ANYWAY]
    return Text("also: {columns}", columns=", ".join(others)) if others else ""


def proposal_sentence(proposals: Sequence[PriceProposal]) -> Words:
    """Say how many ids become what."""
    counts = Counter(each.change_kind for each in proposals)
    texts = [
        Listed((Number(counts[change_kind]), Text(CHANGE_NAMES[change_kind])), " ")
        for change_kind in ORDER
        if counts[change_kind]
    ]
    return Listed(texts, ", ")


def price_problem_lines(problem: PlannerError, book: PriceBook) -> tuple[Words, ...]:
    """Say what is wrong with the table, with columns, codes and products by the names that it shows."""
    if not isinstance(problem, CatalogError) or problem.column not in TITLES:
        return explain(problem, lambda path: field_label(path, book))
    place = Place(problem.file, problem.row, Title(TITLES[problem.column]))
    words = {str(code): code_word(code) for code in CODES.get(problem.column, ())}
    values = {name: words.get(str(value), value) for name, value in problem.values.items()}
    return (Labelled(place_text(place), problem_text(problem.problem, problem.remedy, values)),)
