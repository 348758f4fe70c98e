"""The book that a scenario is planned with: the shipped rows, and in their place the scenario's own.

Own rows keep the place of the id that they stand for; new ids follow at the
end, in order, so that ties are broken the same way everywhere. Laws: without
own rows it is the shipped book itself; joining twice changes nothing; what
the catalogue refuses in a file is refused here, by the field's path.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zt_planner.domain.fields import OWN_ROWS
from zt_planner.domain.own_rows import OwnRow  # noqa: TC001 - as above
from zt_planner.domain.price_book import PriceBook  # noqa: TC001 - as above
from zt_planner.errors import FieldProblem, msgid, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.price_book import Price
    from zt_planner.domain.prices import Prices

MOST_NEW_LICENCES = 8
"""New licences per user: each can be part of a bundle, and the bundles multiply."""
OTHER_VENDOR = msgid("'{value}' is '{other}' in the price book: what a licence may be used for goes by its vendor")
THE_BOOKS_VENDOR = msgid("Write {other}, and name who sells it to you under source")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is joined, told apart by its versions."""

    versions: tuple[str, str]
    book: PriceBook = field(compare=False)
    rows: Mapping[str, tuple[OwnRow, ...]] = field(compare=False)


def base_book(book: PriceBook, prices: Prices) -> PriceBook:
    """Return the book that own rows stand in: the one that the scenario keeps, otherwise the one that is shipped."""
    return book if prices.kept_book is None else prices.kept_book.book


def joined_book(book: PriceBook, prices: Prices) -> PriceBook:
    """Return the book with a scenario's own rows in it."""
    base = base_book(book, prices)
    return _joined(_Parts((base.version, prices.rows_version), base, prices.rows)) if prices.rows else base


@lru_cache(maxsize=64)
def _joined(parts: _Parts) -> PriceBook:
    """Return the joined book; remembered, as every page asks for it."""
    rows: dict[str, tuple[Price, ...]] = {}
    for price in parts.book.prices:
        rows[price.id] = parts.rows.get(price.id) or (*rows.get(price.id, ()), price)
    rows |= {key: own for key, own in parts.rows.items() if key not in rows}
    return replace(parts.book, prices=tuple(row for group in rows.values() for row in group))


def row_problems(rows: Mapping[str, tuple[OwnRow, ...]], book: PriceBook, joined: PriceBook) -> Iterator[FieldProblem]:
    """Yield what is wrong with own rows beside the book: currencies, required products, kinds, too many licences."""
    known = ", ".join(joined.rates_by_currency)
    for key, own in rows.items():
        path = f"{OWN_ROWS}{shortened(key)}"
        for place, row in enumerate(own):
            if row.currency not in joined.rates_by_currency:
                problem, remedy = (
                    msgid("'{value}' is a currency without a rate in fx.csv"),
                    msgid("Use one of: {known}"),
                )
                yield FieldProblem(f"{path}.{place}.currency", problem, remedy, {"value": row.currency, "known": known})
            for needed in row.requires:
                if needed not in joined.rows_by_id:
                    problem = msgid("'{value}' is not in the price book")
                    remedy = msgid("Correct the id or add its row")
                    yield FieldProblem(f"{path}.{place}.requires", problem, remedy, {"value": shortened(needed)})
        yield from _kind_problems(path, own, book)
    new = [key for key, own in rows.items() if key not in book.rows_by_id and own[0].is_user_licence]
    if len(new) > MOST_NEW_LICENCES:
        problem = msgid("there are {count} new licences per user, more than the {most} that can be compared")
        remedy = msgid("Keep those that matter to the decision")
        yield FieldProblem(OWN_ROWS.rstrip("."), problem, remedy, {"count": len(new), "most": MOST_NEW_LICENCES})


def _kind_problems(path: str, own: tuple[OwnRow, ...], book: PriceBook) -> Iterator[FieldProblem]:
    """Yield that own rows are for another kind of thing than the book's of that id, or of another vendor."""
    first = own[0]
    for row in book.rows_by_id.get(first.id, ())[-1:]:
        if (row.category, row.unit) != (first.category, first.unit):
            problem = msgid(
                "it is a {category} price per {unit}, in the price book a {book_category} price per {book_unit}"
            )
            words = {"category": str(first.category), "unit": str(first.unit)}
            book_words = {"book_category": str(row.category), "book_unit": str(row.unit)}
            yield FieldProblem(path, problem, msgid("Use another id for another thing"), words | book_words)
        for place, each in enumerate(own):
            if row.is_of_another_vendor(each):
                values = {"value": shortened(each.vendor), "other": row.vendor}
                yield FieldProblem(f"{path}.{place}.vendor", OTHER_VENDOR, THE_BOOKS_VENDOR, values)
