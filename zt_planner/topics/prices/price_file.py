"""The price book as the columns of a file, for export and for import: codes for programs, words for people.

Law: the words of a row, read again beside the book that it is from, are its codes.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.price_book import Audience, Capability, Category, Confidence, Price, PriceUnit, Term
from zt_planner.domain.scenario.values import price_text
from zt_planner.errors import msgid
from zt_planner.language import Listed, Text, Words
from zt_planner.topics.labels import label, vendor_name
from zt_planner.topics.table import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.language import Language


class Sold(StrEnum):
    """Whether it can still be bought, as the cell of a file says it."""

    YES = "yes"
    NO = "no"


TITLES = {
    "id": msgid("Price ID"),
    "vendor": msgid("Vendor"),
    "product": msgid("Product"),
    "category": msgid("Category"),
    "unit": msgid("Unit"),
    "amount": msgid("List price"),
    "currency": msgid("Currency"),
    "term": msgid("Term"),
    "valid_from": msgid("Valid from"),
    "valid_to": msgid("Valid until"),
    "grants": msgid("Capabilities"),
    "requires": msgid("Requires"),
    "sold": msgid("On sale"),
    "audience": msgid("Only for"),
    "seat_family": msgid("Licence family"),
    "seat_cap": msgid("Most seats"),
    "from_quantity": msgid("From number"),
    "min_per_month": msgid("Minimum a month"),
    "source": msgid("Source"),
    "source_url": msgid("Address of the source"),
    "source_date": msgid("Date of the source"),
    "confidence": msgid("Confidence"),
    "note": msgid("Note"),
}
CODES: Mapping[str, type[StrEnum]] = {
    "category": Category,
    "unit": PriceUnit,
    "term": Term,
    "grants": Capability,
    "sold": Sold,
    "audience": Audience,
    "confidence": Confidence,
}
"""Columns that hold codes, several between semicolons."""
MORE_EXACTLY = {
    Confidence.ARTICLE: msgid("from a third party (article)"),
    Confidence.UNVERIFIED: msgid("assumed (from memory)"),
}
"""Codes that have the word of another one where a price is only read."""
NAMES: Mapping[str, Callable[[str], Words]] = {"vendor": vendor_name, "product": Text}
"""Columns whose texts are translated where they are the shipped ones."""


def price_file_columns() -> tuple[Column[Price], ...]:
    """Return the columns of prices.csv, in its order."""
    return tuple(_column(name) for name in Price.model_fields)


def _column(name: str) -> Column[Price]:
    is_worded = name in CODES or name in NAMES
    words = partial(_words, name) if is_worded else None
    return Column(Text(TITLES[name]), value=partial(_value, name), words=words, name=name)


def _value(name: str, row: Price) -> Any:  # noqa: ANN401 - whatever a row holds
    """Return a row's value as a cell; lists in one cell, amounts as the catalogue reads them."""
    value = _coded(name, row)
    if isinstance(value, tuple):
        return ";".join(value)
    return Decimal(price_text(value)) if isinstance(value, Decimal) else value


def _coded(name: str, row: Price) -> Any:  # noqa: ANN401 - whatever a row holds
    """Return a row's value, what is or is not so as a code."""
    value = getattr(row, name)
    return (Sold.YES if value else Sold.NO) if isinstance(value, bool) else value


def _words(name: str, row: Price) -> Words:
    value = _coded(name, row)
    if name in NAMES:
        return NAMES[name](value)
    codes = value if isinstance(value, tuple) else (value,)
    return Listed((code_word(code) for code in codes if code is not None), "; ")


def code_word(code: StrEnum) -> Words:
    """Return the reader's word for a code in the price book, each its own."""
    if isinstance(code, Confidence) and code in MORE_EXACTLY:
        return Text(MORE_EXACTLY[code])
    return label(code)


def codes_of_words(book: PriceBook, languages: Sequence[Language]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Return what turns the words in a row's cells into codes, and into the names that the book has; others stay.

    The words are those of one of some languages.
    """
    codes = {
        name: {language.write(code_word(code)).casefold(): str(code) for language in languages for code in kind}
        for name, kind in CODES.items()
    }

    def named(name: str, rows: Iterable[Price]) -> dict[str, str]:
        values = {getattr(row, name) for row in rows}
        return {language.write(NAMES[name](value)): value for value in values for language in languages}

    names = {name: named(name, book.prices) for name in NAMES}

    def as_codes(cells: Mapping[str, str]) -> dict[str, str]:
        found = dict(cells)
        for name in codes.keys() & cells.keys():
            parts = [part.strip() for part in cells[name].split(";")]
            found[name] = ";".join(codes[name].get(part.casefold(), part) for part in parts)
        for name in names.keys() & cells.keys():
            of_this_id = named(name, book.rows_by_id.get(cells.get("id", ""), ()))
            found[name] = (names[name] | of_this_id).get(cells[name], cells[name])
        return found

    return as_codes
