"""Read the data files into a price book and a phase model; refuse what is wrong with file, row, column and remedy.

Laws: what is loaded keeps every row and every column; nothing is guessed; what
is refused is a `CatalogError` with a remedy, within seconds for any file.
"""

from __future__ import annotations

from functools import lru_cache

from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES, decoded
from zt_planner.catalog.price_lists.partner import price_list_from, proposals_of
from zt_planner.catalog.shipped.phase_model import load_phase_model, phase_model_from
from zt_planner.catalog.shipped.price_book import load_price_book, price_book_from
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.errors import CatalogError
from zt_planner.resources import data_dir

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
    "shipped_phase_model",
    "shipped_price_book",
]


@lru_cache
def shipped_price_book() -> PriceBook:
    """Return the shipped prices and exchange rates, read once by a process."""
    return load_price_book(data_dir())


@lru_cache
def shipped_phase_model() -> PhaseModel:
    """Return the shipped tasks and measures, read once by a process."""
    return load_phase_model(data_dir())
