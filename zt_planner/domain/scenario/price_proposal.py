"""What a price list or an edited table would make of one id of the price book, before it is applied.

Law: who applies all proposals that are new or changed has every row of the
list in the plan, but for the refused ones, and nothing else has moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.price_book import Price
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChangeKind(StrEnum):
    """What becomes of an id."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PriceProposal:
    """The rows of one id as they are and as they would be; refused where there are problems."""

    price_id: str
    before: tuple[Price, ...]
    after: tuple[OwnRow, ...]
    problems: tuple[CatalogError, ...] = ()

    @property
    def change_kind(self) -> ChangeKind:
        """What becomes of the id."""
        if self.problems:
            return ChangeKind.REFUSED
        if not self.before:
            return ChangeKind.NEW
        return ChangeKind.UNCHANGED if _contents(self.before) == _contents(self.after) else ChangeKind.CHANGED

    @property
    def changed_columns(self) -> tuple[str, ...]:
        """The columns in which rows differ, all that have a value where their number does."""
        pairs = zip(_contents(self.before), _contents(self.after), strict=False)
        return tuple(dict.fromkeys(name for old, new in pairs for name in old if old[name] != new[name]))


def _contents(rows: Sequence[Price]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in rows]


def proposed_fields(proposals: Iterable[PriceProposal]) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of a scenario, by path, that take over what is new or changed."""
    return {
        f"{OWN_ROWS}{proposal.price_id}": [row.model_dump(mode="json") for row in proposal.after]
        for proposal in proposals
        if proposal.change_kind in {ChangeKind.NEW, ChangeKind.CHANGED}
    }
