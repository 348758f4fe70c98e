"""The sheets Why and Law: sentences, and their tables one below the other, as readers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.media.xlsx.sheets import FIRST_ROW, Book, SheetName
from zt_planner.topics.block import Group, TableBlock, flattened
from zt_planner.topics.nis2.blocks import law_group
from zt_planner.topics.risk.blocks import standstill_group
from zt_planner.topics.table import Column

if TYPE_CHECKING:
    from zt_planner.language import Words
    from zt_planner.media.xlsx.sheets import LibrarySheet
    from zt_planner.topics.table import Table

NARROWEST, WIDEST = 14, 40


def write_reasons(book: Book) -> None:
    """Write both sheets."""
    write_group(book, SheetName.WHY, standstill_group(book.view))
    write_group(book, SheetName.LAW, law_group(book.view))


def write_group(book: Book, sheet: SheetName, group: Group) -> None:
    """Write the tables of a group, the first one below the sheet's title, and its sentences below them."""
    blocks = book.language.written(tuple(flattened(group.blocks)))
    tables = [block.table for block in blocks if isinstance(block, TableBlock)]
    columns = columns_of(tables)
    heading = book.language.write(group.heading)
    paper = book.begin(sheet, heading, columns[: len(tables[0].columns)] if tables else ())
    for index, column in enumerate(columns):
        paper.set_column(index, index, column.width)
    row = FIRST_ROW
    for table in tables:
        if row > FIRST_ROW:
            book.write_header(paper, row, [Column(title) for title in table.columns])
        row = write_rows(book, paper, row + 1, table, columns) + 1
    last = book.write_notes(paper, row - 1, (text for block in blocks for text in block.texts))
    book.finish(sheet, last + 1, max(len(columns) - 1, 0))


def columns_of(tables: list[Table]) -> list[Column[object]]:
    """Return columns that are wide enough for several tables, each titled as in the first that has it."""
    most = max((len(table.columns) for table in tables), default=0)
    titles: list[Words] = []
    widths = [NARROWEST] * most
    for table in tables:
        titles += table.columns[len(titles) :]
        for cells in table.rows:
            widths = [max(width, len(str(text))) for width, text in zip(widths, (*cells, *[""] * most), strict=False)]
    return [Column(title, width=min(width, WIDEST)) for title, width in zip(titles, widths, strict=True)]


def write_rows(book: Book, paper: LibrarySheet, row: int, table: Table, columns: list[Column[object]]) -> int:
    """Write the rows of a table, what is to be known of one behind its text; return the row below them."""
    for number, cells in enumerate(table.rows, start=row):
        marks = table.badges[number - row] if table.badges else ()
        texts = [str(cell) for cell in cells]
        if marks:
            texts[table.badge_column] += f" ({', '.join(str(mark.text) for mark in marks)})"
        for index, text in enumerate(texts):
            book.write(paper, number, index, text, columns[index])
        book.fit(paper, number, list(zip(texts, columns, strict=False)))
    return row + len(table.rows)
