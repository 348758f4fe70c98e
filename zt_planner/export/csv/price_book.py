"""The price book of a plan as a file, own rows included, and the template that a partner fills in.

Laws: what is written imports again and changes nothing, in both dialects; who
may not see labour gets no day rate.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.price_book import Category, Price
from zt_planner.domain.scenario.values import price_text
from zt_planner.export.csv.dialects import Dialect, csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.export.csv.dialects import CsvValue

COLUMNS = tuple(Price.model_fields)
TEMPLATE_COLUMNS = (
    "id",
    "product",
    "amount",
    "currency",
    "term",
    "valid_from",
    "source",
    "source_url",
    "source_date",
    "confidence",
    "note",
)


def price_book_bytes(book: PriceBook, dialect: Dialect, *, shows_labour: bool = True) -> bytes:
    """Write every row with all columns of prices.csv."""
    rows = [row for row in book.prices if shows_labour or row.category is not Category.LABOUR]
    return _written(COLUMNS, rows, dialect)


def template_bytes(book: PriceBook, dialect: Dialect) -> bytes:
    """Write the latest row of each licence per user, with the columns that a partner fills in."""
    return _written(TEMPLATE_COLUMNS, [book.rows_by_id[key][-1] for key in book.user_licences], dialect)


def _written(columns: Sequence[str], rows: Iterable[Price], dialect: Dialect) -> bytes:
    return csv_bytes(columns, [[_cell(getattr(row, name)) for name in columns] for row in rows], dialect)


def _cell(value: Any) -> CsvValue:  # noqa: ANN401 - whatever a row holds
    """Return a row's value as a cell; lists in one cell, amounts as the catalogue reads them."""
    if isinstance(value, tuple):
        return ";".join(value)
    cell: CsvValue = Decimal(price_text(value)) if isinstance(value, Decimal) else value
    return cell
