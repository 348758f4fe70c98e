"""The sheet Prices: every row of the price book with its source, and what it is in this plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.export.workbook.sheets import FIRST_ROW, Sheet
from zt_planner.reports.tables.prices import ON_SHEET, price_columns, prices_now
from zt_planner.reports.tables.table import Form, chosen

if TYPE_CHECKING:
    from zt_planner.export.workbook.sheets import Book


def write_prices(book: Book) -> None:
    """Write the sheet."""
    columns = chosen(price_columns(book.language), ON_SHEET)
    paper = book.begin(Sheet.PRICES, book.language.say("Prices with their sources"), columns)
    rows = prices_now(book.handout.plan, book.handout.book)
    texts = [column.name for column in columns if column.form is Form.TEXT]
    for place, price in enumerate(rows, start=FIRST_ROW + 1):
        book.write_row(paper, place, columns, price, texts)
    last = FIRST_ROW + max(len(rows), 1)
    paper.autofilter(FIRST_ROW, 0, last, len(columns) - 1)
    paper.freeze_panes(FIRST_ROW + 1, 1)
    book.finish(Sheet.PRICES, last, len(columns) - 1)
