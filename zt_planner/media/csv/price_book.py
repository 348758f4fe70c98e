"""The price book of a plan as a file, own rows included, and the template that a partner fills in.

Laws: what is written imports again and changes nothing, in every dialect; who
may not see labour gets no day rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import Category, Price
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.files import table_bytes
from zt_planner.topics.prices.price_file import price_file_columns
from zt_planner.topics.table import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.media.csv.dialects import Dialect

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


def _written(names: Sequence[str], rows: Iterable[Price], dialect: Dialect) -> bytes:
    language = dialect.words or Language(LanguageCode.ENGLISH)
    columns = price_file_columns()
    return table_bytes(chosen(columns, names), rows, dialect, language)
