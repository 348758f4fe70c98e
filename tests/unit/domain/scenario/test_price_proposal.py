"""What a price list would make of the rows of an id."""

from __future__ import annotations

from tests.builders import price
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.price_proposal import ChangeKind, PriceProposal, proposed_fields
from zt_planner.errors import FileProblem, Place

BEFORE = price("suite", 10)
SAME, DEARER = (OwnRow.model_validate({**BEFORE.model_dump(), "amount": amount}) for amount in (10, 12))


def test_an_id_is_new_changed_unchanged_or_refused() -> None:
    wrong = FileProblem(Place("list.csv"), "it is empty", "Fill it in")
    new, same, changed, refused = (
        PriceProposal("suite", (), (DEARER,)),
        PriceProposal("suite", (BEFORE,), (SAME,)),
        PriceProposal("suite", (BEFORE,), (DEARER,)),
        PriceProposal("suite", (BEFORE,), (), (wrong,)),
    )
    assert [each.change_kind for each in (new, same, changed, refused)] == [
        ChangeKind.NEW,
        ChangeKind.UNCHANGED,
        ChangeKind.CHANGED,
        ChangeKind.REFUSED,
    ]
    assert changed.changed_columns == ("amount",)
    assert proposed_fields([same, refused]) == {}
    assert proposed_fields([changed]) == {"prices.rows.suite": [DEARER.model_dump(mode="json")]}
