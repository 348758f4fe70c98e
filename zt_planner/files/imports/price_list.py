"""A partner's price list as a file that is imported: what is no table is refused with its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.catalog.price_lists.partner import price_list_from
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.kinds import ARCHIVE, beginning_of, refuse_other_kinds
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from zt_planner.catalog.price_lists.partner import PriceList


def price_list_in(content: bytes, file: str) -> PriceList:
    """Read a list; raise CatalogError if it is refused."""
    name, remedy = shortened(file), msgid("Choose a price list as CSV")
    refuse_other_kinds(content, name, remedy)
    if beginning_of(content).startswith(ARCHIVE):
        raise FileProblem(Place(name), msgid("it is an archive or a workbook"), remedy)
    return price_list_from(content, name)
