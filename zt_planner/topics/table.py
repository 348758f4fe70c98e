"""A table is one declaration of columns; page, workbook and CSV are made from it.

A column has a title for readers and a name for programs; its value is what a program
computes with, and what is said of it is what a reader reads, where that is more than the
value in its unit. Laws:
what has no value is an empty cell, never 0; numbers are read from their right end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zt_planner.domain.units import CHOICE, TEXT, Unit, UnitKind
from zt_planner.language import Words, in_table
from zt_planner.topics.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zt_planner.topics.badges import Badge

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title in the reader's words, the unit of its cells, and what a row's cell is.

    `words` is what a reader reads, `plain` what CSV holds, where that is not the value itself; `asks` the name of the
    figure that a cell is, where it can be explained. `name` is the header of CSV and how formulas call the cells.
    `width` is in characters, for the workbook; an entry may be changed there.
    """

    title: Words
    unit: Unit = TEXT
    value: Callable[[Row], Any] = lambda _: None
    words: Callable[[Row], Words] | None = None
    plain: Callable[[Row], Any] | None = None
    asks: Callable[[Row], str] = lambda _: ""
    name: str = ""
    width: int = 14
    is_entry: bool = False

    def text(self, row: Row) -> Words:
        """Return a cell as a reader reads it: a choice by its name."""
        if self.words is not None:
            return self.words(row)
        value = self.value(row)
        return label(value) if self.unit is CHOICE and value is not None else in_table(value, self.unit)

    def cell(self, row: Row) -> Any:  # noqa: ANN401 - whatever a column holds
        """Return a cell of a workbook: a number, a day, or the reader's text."""
        is_plain = self.words is None and self.unit is TEXT
        return self.text(row) if self.unit.kind is UnitKind.WORDS and not is_plain else self.value(row)

    def csv_cell(self, row: Row, *, is_worded: bool = False) -> Any:  # noqa: ANN401 - whatever a column holds
        """Return a cell for programs, or with the words of readers; numbers and days are the same in both."""
        is_read = is_worded and self.unit.kind is UnitKind.WORDS
        return self.cell(row) if is_read else (self.plain or self.value)(row)


@dataclass(frozen=True, slots=True)
class Table:
    """Column titles and rows of texts; each row's badges stand in one of the columns, after its text.

    `numbers` are the indices of the columns that hold amounts and counts: they are read from their right end. `asks`
    names, row by row, the figure that each cell is; "" where there is nothing to explain. `links` are where the first
    cells of the rows lead on a page.
    """

    columns: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    badges: tuple[tuple[Badge, ...], ...] = ()
    badge_column: int = 0
    numbers: tuple[int, ...] = ()
    asks: tuple[tuple[str, ...], ...] = ()
    links: tuple[str, ...] = ()

    def with_row(self, first: Words, last: Words) -> Table:
        """Return the table with a closing row: what it is, and what it comes to."""
        row: tuple[Words, ...] = (first, *[""] * (len(self.columns) - 2), last)
        return replace(self, rows=(*self.rows, row), badges=(*self.badges, ()), asks=(*self.asks, ("",) * len(row)))


def chosen(columns: Iterable[Column[Row]], names: Sequence[str]) -> tuple[Column[Row], ...]:
    """Return the columns of these names, in this order."""
    named = {column.name: column for column in columns}
    return tuple(named[name] for name in names)


def table_of(
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    badges: Callable[[Row], tuple[Badge, ...]] | None = None,
    badge_column: int = 0,
) -> Table:
    """Return a table to read; `badges` says what stands after the text of one of its columns."""
    shown = tuple(rows)
    texts = tuple(tuple(column.text(row) for column in columns) for row in shown)
    return Table(
        tuple(column.title for column in columns),
        texts,
        () if badges is None else tuple(badges(row) for row in shown),
        badge_column,
        tuple(index for index, column in enumerate(columns) if column.unit.is_number),
        tuple(
            tuple(column.asks(row) if text else "" for column, text in zip(columns, cells, strict=True))
            for row, cells in zip(shown, texts, strict=True)
        ),
    )
