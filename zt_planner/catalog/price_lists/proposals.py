"""Rows of a price list or a table become proposals, one an id, as strict as prices.csv itself.

A row that is wrong refuses its whole id, as own rows replace an id; the others
stand. Laws: what is proposed can be planned with, beside the book; the rows of a
book, read again, propose no change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.catalog.csv.tables import Line, built
from zt_planner.catalog.shipped.price_book import (
    PRICES,
    check_counted,
    check_days,
    check_requirements,
    check_validity,
)
from zt_planner.domain.data.price_book import Category, DayRate, Price
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.price_proposal import PriceProposal
from zt_planner.domain.scenario.values import price_text
from zt_planner.engine.costing.own_prices import faults_of
from zt_planner.errors import CatalogError, msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from zt_planner.domain.data.price_book import PriceBook

    Group = Sequence[tuple[Line, OwnRow]]
    Completed = Callable[[Group], tuple[OwnRow, ...]]

AMOUNTS = ("amount", "min_per_month")
DAYS = ("valid_from", "valid_to", "source_date")
LISTS = ("grants", "requires")


def cells_of(price: Price) -> dict[str, str]:
    """Return a row as the cells of prices.csv."""
    cells = {}
    for name in PRICES.columns:
        value = getattr(price, name)
        if value is None:
            cells[name] = ""
        elif name in AMOUNTS:
            cells[name] = price_text(value)
        elif isinstance(value, bool):
            cells[name] = "yes" if value else "no"
        else:
            cells[name] = ";".join(value) if name in LISTS else str(value)
    return cells


def by_first_day(group: Group) -> tuple[OwnRow, ...]:
    """Return the rows of an id by their first day and step; raise CatalogError if they do not go together."""
    check_validity(list(group))
    return tuple(sorted((row for _, row in group), key=lambda row: (row.valid_from, row.step)))


def proposals_from(
    lines: Iterable[Line], book: PriceBook, completed: Completed = by_first_day
) -> tuple[PriceProposal, ...]:
    """Return what lines would make of a book, in their order; `completed` puts the rows of one id together."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.cells["id"], []).append(line)
    proposals = [_proposal(price_id, group, book, completed) for price_id, group in groups.items()]
    return _with_what_they_require(proposals, groups, book)


def _proposal(price_id: str, lines: Sequence[Line], book: PriceBook, completed: Completed) -> PriceProposal:
    before, problems, group = book.rows_by_id.get(price_id, ()), [], []
    for line in lines:
        try:
            group.append((line, row_from(line, book)))
        except CatalogError as wrong:
            problems.append(wrong)
    if problems:
        return PriceProposal(price_id, before, (), tuple(problems))
    try:
        return PriceProposal(price_id, before, completed(group))
    except CatalogError as wrong:
        return PriceProposal(price_id, before, (), (wrong,))


def row_from(line: Line, book: PriceBook) -> OwnRow:
    """Return a line as an own row; raise CatalogError in the words of the file where a cell is wrong."""
    price = built(Price, line, PRICES.columns)
    check_labour(line, price)
    if price.id not in book.rows_by_id and not price.is_user_licence:
        problem = msgid("'{value}' is not in the price book, and only licences per user and month can be added")
        raise line.wrong("id", problem, msgid("Write the id of the row that it replaces"))
    for fault in faults_of(price, book):
        raise line.wrong(fault.column, fault.problem, fault.remedy, **fault.values)
    check_counted([(line, price)])
    check_requirements([(line, price)], price.required_ids)
    check_days([(line, price)])
    return built(OwnRow, line, PRICES.columns)


def _with_what_they_require(
    proposals: Sequence[PriceProposal], lines: Mapping[str, Sequence[Line]], book: PriceBook
) -> tuple[PriceProposal, ...]:
    """Refuse what requires a product that neither the book nor a proposal has, until nothing more falls."""
    while True:
        accepted = {proposal.price_id for proposal in proposals if not proposal.problems}
        known = book.rows_by_id.keys() | accepted
        checked = [_checked(proposal, lines[proposal.price_id], known) for proposal in proposals]
        if checked == proposals:
            return tuple(proposals)
        proposals = checked


def _checked(proposal: PriceProposal, lines: Sequence[Line], known: Iterable[str]) -> PriceProposal:
    own = {(row.valid_from.isoformat(), row.step): row for row in proposal.after}
    keys = ((line, (line.cells["valid_from"], int(line.cells["from_quantity"] or 1))) for line in lines)
    rows = [(line, own[key]) for line, key in keys if key in own]
    try:
        check_requirements(rows, known)
    except CatalogError as wrong:
        return PriceProposal(proposal.price_id, proposal.before, (), (wrong,))
    return proposal


def check_labour(line: Line, row: Price) -> None:
    """Raise for labour under another id than a day rate's, and for a day rate that is no labour."""
    if (row.category is Category.LABOUR) is not (row.id in set(DayRate)):
        problem = msgid("'{value}' does not fit the id: only days of work use the ids {rates}")
        remedy = msgid("Use another category or another id")
        raise line.wrong("category", problem, remedy, rates=", ".join(DayRate))
