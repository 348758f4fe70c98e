"""The price table in the reader's words: its columns, the codes in its cells, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import Audience, Capability, Category, Confidence, Term, Unit
from zt_planner.errors import CatalogError, Place, msgid
from zt_planner.reports.words.error_texts import explain
from zt_planner.reports.words.fields import refusal_lines
from zt_planner.reports.words.labels import label, unit_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language

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
    "unit": Unit,
    "term": Term,
    "audience": Audience,
    "confidence": Confidence,
}
"""The columns that hold one code."""
SEVERAL = "grants"
"""The column that holds several codes, of capabilities."""


def column_title(name: str, language: Language) -> str:
    """Return what a column of the price table is called."""
    return language.say(TITLES[name])


def code_word(code: StrEnum, language: Language) -> str:
    """Return the reader's word for a code in the price table."""
    return unit_label(code, language) if isinstance(code, Unit) else label(code, language)


def price_problem_lines(problem: PlannerError, book: PriceBook, language: Language) -> tuple[str, ...]:
    """Say what is wrong with the table, with columns, codes and products by the names that it shows."""
    if not isinstance(problem, CatalogError) or problem.column not in TITLES:
        return refusal_lines(problem, language, book)
    place = Place(problem.file, problem.row, column_title(problem.column, language))
    codes: type[StrEnum] | None = Capability if problem.column == SEVERAL else CODES.get(problem.column)
    known = () if codes is None else tuple(codes)
    words = {str(code): code_word(code, language) for code in known}
    values = {name: words.get(str(value), value) for name, value in problem.values.items()}
    return explain(CatalogError(place, problem.problem, problem.remedy, **values), language)
