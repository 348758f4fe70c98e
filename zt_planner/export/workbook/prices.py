"""The sheet Prices: every row of the price book with its source, and what it is in this plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.prices import DAY_RATES
from zt_planner.export.workbook.sheets import FIRST_ROW, Book, Column, Form, Sheet
from zt_planner.reports.tables import price_now
from zt_planner.reports.words import label, unit_label, vendor_name

if TYPE_CHECKING:
    from zt_planner.domain.plan import UnitPrice
    from zt_planner.domain.price_book import Price


def write_prices(book: Book) -> None:
    """Write the sheet."""
    plan, language = book.handout.plan, book.language
    say = language.say
    columns = (
        Column(say("Product"), width=42),
        Column(say("In this plan"), Form.MONEY, 16),
        Column(say("Per"), width=18),
        Column(say("List price"), Form.NUMBER, 12),
        Column(say("Currency"), width=9),
        Column(say("Term"), width=22),
        Column(say("Vendor"), width=16),
        Column(say("Valid from"), Form.DATE, 13),
        Column(say("Valid until"), Form.DATE, 13),
        Column(say("Confidence"), width=13),
        Column(say("Source"), width=40),
        Column(say("Date of the source"), Form.DATE, 13),
        Column(say("Address of the source"), width=40),
        Column(say("Price ID"), width=26),
    )
    paper = book.begin(Sheet.PRICES, say("Prices with their sources"), columns)
    price_list = book.handout.case.prices
    rows = [row for row in book.handout.book.prices if plan.shows_labour or row.id not in DAY_RATES]
    for place, price in enumerate(rows, start=FIRST_ROW + 1):
        now = price_now(price, plan, price_list)
        cells = cells_of_price(book, price, now)
        for column, value in enumerate(cells):
            book.write(paper, place, column, value, columns[column])
        texts = [(cell, column) for cell, column in zip(cells, columns, strict=True) if column.form is Form.TEXT]
        book.fit(paper, place, texts)
    last = FIRST_ROW + max(len(rows), 1)
    paper.autofilter(FIRST_ROW, 0, last, len(columns) - 1)
    paper.freeze_panes(FIRST_ROW + 1, 1)
    book.finish(Sheet.PRICES, last, len(columns) - 1)


def cells_of_price(book: Book, price: Price, now: UnitPrice | None) -> tuple[object, ...]:
    """Return the cells of a row of the price book."""
    language = book.language
    is_own = price.is_own or (now is not None and now.is_own)
    return (
        language.say(price.product),
        None if now is None else now.amount,
        unit_label(price.unit, language),
        price.amount,
        price.currency,
        label(price.term, language),
        vendor_name(price.vendor, language),
        price.valid_from,
        price.valid_to,
        language.say("own price") if is_own else label(price.confidence, language),
        price.source,
        price.source_date,
        price.source_url,
        price.id,
    )
