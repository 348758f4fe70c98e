"""The book that a scenario is planned with: the shipped rows, replaced by the scenario's own where it has any.

Own rows take the place of the rows of their id; new ids follow at the end, in order, so that ties are broken the same
way everywhere. Laws: without own rows it is the shipped book itself; joining twice changes nothing; what the catalogue
refuses in a file is refused here, by the field's path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from zt_planner.domain.data.price_book import Price, PriceBook, Term
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.prices import Prices
from zt_planner.engine.costing.purchases import MANAGED_SERVICE, MDR
from zt_planner.errors import FieldProblem, msgid
from zt_planner.gaps import shortened

MOST_NEW_LICENCES = 8
"""New licences per user: each can be part of a bundle, and the bundles multiply."""
ONCE_TERMS = (Term.ONE_OFF, Term.USAGE)
WITH_A_MINIMUM = (MDR, MANAGED_SERVICE)
"""What has a least amount a month (M13, M23)."""
KIND = ("category", "unit")
"""Columns in which all rows of an id are equal."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is joined, told apart by its versions."""

    versions: tuple[str, str]
    book: PriceBook = field(compare=False)
    rows: Mapping[str, tuple[OwnRow, ...]] = field(compare=False)


def base_book(book: PriceBook, prices: Prices) -> PriceBook:
    """Return the book without own rows: the one that the scenario keeps, otherwise the one that is shipped."""
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


class RowFault(NamedTuple):
    """What is wrong with a column of a row beside the book."""

    column: str
    problem: str
    remedy: str
    values: Mapping[str, object]


def faults_of(row: Price, book: PriceBook) -> Iterator[RowFault]:
    """Yield why a row cannot be in a book: no exchange rate, another kind of thing, a licence's other vendor."""
    if row.currency not in book.rates_by_currency:
        problem, remedy = msgid("'{value}' is a currency without a rate in fx.csv"), msgid("Use one of: {known}")
        known = ", ".join(book.rates_by_currency)
        yield RowFault("currency", problem, remedy, {"value": row.currency, "known": known})
    for standing in book.rows_by_id.get(row.id, ())[-1:]:
        for column in KIND:
            value, other = str(getattr(row, column)), str(getattr(standing, column))
            if value != other:
                problem, remedy = (
                    msgid("'{value}' is '{other}' in the price book"),
                    msgid("Use another id for another thing"),
                )
                yield RowFault(column, problem, remedy, {"value": value, "other": other})
        if standing.is_of_another_vendor(row):
            problem = msgid(
                "'{value}' is '{other}' in the price book: the vendor decides what a licence may be used for"
            )
            remedy = msgid("Write {other}, and name who sells it to you under source")
            yield RowFault("vendor", problem, remedy, {"value": shortened(row.vendor), "other": standing.vendor})


def uncounted(row: Price) -> Iterator[RowFault]:
    """Yield what a row says that no rule would count. New rows are refused for it; a saved plan goes on as it was."""
    if row.step > 1 and row.is_same_for_every_unit:
        problem = msgid("'{value}' is a step, but a licence of the mix or a day of work has one price for every unit")
        remedy = msgid("Keep one row, with the price that you pay, and leave this column empty")
        yield RowFault("from_quantity", problem, remedy, {"value": row.step})
    terms = [term for term in Term if (term in ONCE_TERMS) is not row.is_monthly]
    if row.term not in terms:
        problem, remedy = msgid("'{value}' does not go with the unit '{unit}'"), msgid("Use one of: {known}")
        yield RowFault("term", problem, remedy, {"value": row.term, "unit": row.unit, "known": ", ".join(terms)})
    if row.min_per_month is not None and row.id not in WITH_A_MINIMUM:
        problem, remedy = msgid("'{value}' is an amount that counts for {ids} only"), msgid("Leave it empty")
        yield RowFault("min_per_month", problem, remedy, {"value": row.min_per_month, "ids": ", ".join(WITH_A_MINIMUM)})


def row_problems(rows: Mapping[str, tuple[OwnRow, ...]], book: PriceBook, joined: PriceBook) -> Iterator[FieldProblem]:
    """Yield what is wrong with own rows beside the book: currencies, required products, kinds, too many licences."""
    for key, own in rows.items():
        path = f"{OWN_ROWS}{shortened(key)}"
        for index, row in enumerate(own):
            for fault in faults_of(row, book):
                if not index or fault.column not in KIND:  # the rows of an id are of one kind
                    yield FieldProblem(f"{path}.{index}.{fault.column}", fault.problem, fault.remedy, fault.values)
            for needed in row.required_ids:
                if needed not in joined.rows_by_id:
                    problem = msgid("'{value}' is not in the price book")
                    remedy = msgid("Correct the id or add its row")
                    yield FieldProblem(f"{path}.{index}.requires", problem, remedy, {"value": shortened(needed)})
    new = [key for key, own in rows.items() if key not in book.rows_by_id and own[0].is_user_licence]
    if len(new) > MOST_NEW_LICENCES:
        problem = msgid("there are {count} new licences per user, more than the {most} that can be compared")
        remedy = msgid("Keep those that matter to the decision")
        yield FieldProblem(OWN_ROWS.rstrip("."), problem, remedy, {"count": len(new), "most": MOST_NEW_LICENCES})
