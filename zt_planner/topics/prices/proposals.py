"""Preview of a price list: one row per id, and one sentence.

Law: every id of the list is in the table, what is refused with its reason.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.price_proposal import ChangeKind
from zt_planner.errors import msgid
from zt_planner.topics.error_texts import explain
from zt_planner.topics.inputs.fields import rows_text
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import Price
    from zt_planner.domain.scenario.price_proposal import PriceProposal
    from zt_planner.language import Language

CHANGE_NAMES = {
    ChangeKind.NEW: msgid("new"),
    ChangeKind.CHANGED: msgid("changed"),
    ChangeKind.UNCHANGED: msgid("unchanged"),
    ChangeKind.REFUSED: msgid("refused"),
}
ORDER = (ChangeKind.REFUSED, ChangeKind.CHANGED, ChangeKind.NEW, ChangeKind.UNCHANGED)
SHOWN_ANYWAY = frozenset({"amount", "currency", "valid_from", "from_quantity"})
MOST_PROBLEMS = 3


def proposal_table(proposals: Sequence[PriceProposal], language: Language) -> Table:
    """Return what becomes of each id: refused ones first, then changed, new and unchanged ones."""
    say = language.say
    columns = (say("What"), "id", say("Product"), say("Before"), say("Afterwards"), say("Remarks"))
    ordered = sorted(proposals, key=lambda each: ORDER.index(each.change_kind))
    return Table(columns, tuple(_row(each, language) for each in ordered))


def _row(proposal: PriceProposal, language: Language) -> tuple[str, ...]:
    rows = proposal.after or proposal.before
    name = language.say(rows[-1].product) if rows else ""
    before, after = (_amounts(each, language) for each in (proposal.before, proposal.after))
    return (
        language.say(CHANGE_NAMES[proposal.change_kind]),
        proposal.price_id,
        name,
        before,
        after,
        _remarks(proposal, language),
    )


def _amounts(rows: Sequence[Price], language: Language) -> str:
    return rows_text([row.model_dump(mode="json") for row in rows], language)


def _remarks(proposal: PriceProposal, language: Language) -> str:
    """Return why an id is refused, or which columns change that the amounts do not show."""
    if proposal.problems:
        lines = [line for wrong in proposal.problems[:MOST_PROBLEMS] for line in explain(wrong, language)]
        return " ".join(lines)
    if proposal.change_kind is not ChangeKind.CHANGED:
        return ""
    others = [name for name in proposal.changed_columns if name not in SHOWN_ANYWAY]
    return language.say("also: {columns}", columns=", ".join(others)) if others else ""


def proposal_sentence(proposals: Sequence[PriceProposal], language: Language) -> str:
    """Say how many ids become what."""
    counts = Counter(each.change_kind for each in proposals)
    texts = [
        f"{language.number(counts[change_kind])} {language.say(CHANGE_NAMES[change_kind])}"
        for change_kind in ORDER
        if counts[change_kind]
    ]
    return ", ".join(texts)
