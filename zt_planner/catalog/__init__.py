"""Read the data files into a price book and a phase model; refuse what is wrong with file, row, column and remedy.

Laws: what is loaded keeps every row and every column; nothing is guessed; what
is refused is a `CatalogError` with a remedy, within seconds for any file.
"""

from __future__ import annotations

from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES, decoded
from zt_planner.catalog.price_lists.partner import price_list_from, proposals_of
from zt_planner.catalog.shipped.phase_model import load_phase_model, phase_model_from
from zt_planner.catalog.shipped.price_book import load_price_book, price_book_from
from zt_planner.errors import CatalogError

__all__ = [
    "LARGEST_FILE_BYTES",
    "CatalogError",
    "decoded",
    "load_phase_model",
    "load_price_book",
    "phase_model_from",
    "price_book_from",
    "price_list_from",
    "proposals_of",
]
