"""The paper that all sheets of the workbook are written on: forms of cells, headers, prints, names.

Laws: texts are written as texts, whatever they begin with; every sheet has its
title, its stamp, a frozen header and a print area.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from zt_planner.domain.month import Month
from zt_planner.domain.units import TEXT, Unit, UnitKind
from zt_planner.errors import msgid
from zt_planner.topics.progress.booking_sheet import has_actuals
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.table import Column
from zt_planner.topics.view import StoppedView

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Sequence

    from zt_planner.language import Language, Words
    from zt_planner.topics.view import AnyView, View

LibrarySheet: TypeAlias = Any
"""A sheet of the library, which ships no types."""
INK, BAND, RULE, ENTRY = "#1f3350", "#e8eef7", "#c9d3e0", "#fff8e5"
"""Text of headings, ground of headers, lines between rows, and the ground of cells that are meant to be changed."""
LONGEST_TEXT = 32_767
"""Characters that a cell holds."""
FIRST_ROW = 4
"""Below the title, the two lines of the stamp and an empty one: the header of a table."""
LEAST_ROW_PIXELS = 16
"""Of an empty row, in whatever program opens the file: what lies below a chart is printed as well."""
GRID = {"visible": True, "line": {"color": "#dfe5ee"}}
"""Lines of a chart's axis."""
WIDEST_COLUMN = 70
ROW_HEIGHT, HEADING_HEIGHT = 13.5, 20.0
SMALLER = 0.7
"""How many characters of a heading fit where one of a table does."""
ROOM = 3
"""Characters of a column that are no text: its indent and its margins."""


DAY_OF_MONTH = re.compile(r"\bd+\W*")


class SheetName(StrEnum):
    """The sheets, by their English names."""

    SUMMARY = msgid("Summary")
    COMPARISON = msgid("Comparison")
    ROADMAP = msgid("Roadmap")
    ACTUALS = msgid("Actuals")
    BUDGET = msgid("Budget by month")
    BOOKINGS = msgid("Bookings")
    STAGES = msgid("Stages")
    LINES = msgid("Cost lines")
    PRICES = msgid("Prices")
    ASSUMPTIONS = msgid("Assumptions")
    WHY = msgid("Why")
    LAW = msgid("Law")
    POINTS = msgid("NIS2")
    INSURER = msgid("Insurer")


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters, and one at least."""
    return sum(max(1, -(-len(part) // max(int(width) - 2, 1))) for part in text.split("\n"))


def width_of(column: Column[Any], language: Language) -> int:
    """Return how wide a column is: no word of its title is broken."""
    longest = max(map(len, language.write(column.title).split()), default=0)
    return max(column.width, longest + ROOM)


OF_NO_SCHEDULE = frozenset({SheetName.SUMMARY, SheetName.PRICES, SheetName.ASSUMPTIONS, SheetName.WHY, SheetName.LAW})
"""The sheets of a plan that stopped."""


def sheet_names(view: AnyView) -> tuple[str, ...]:
    """Return the names of the sheets in their order; plans are compared where there are several."""
    if isinstance(view, StoppedView):
        return tuple(view.language.say(sheet) for sheet in SheetName if sheet in OF_NO_SCHEDULE)
    left_out = {SheetName.COMPARISON} if view.comparison is None else set()
    left_out |= set() if has_actuals(view.plan.scenario) else {SheetName.ACTUALS, SheetName.BOOKINGS}
    return tuple(view.language.say(sheet) for sheet in SheetName if sheet not in left_out)


def number_format(unit: Unit, language: Language) -> str:
    """Return how values of a unit are shown; separators are those of whoever opens the file."""
    places = unit.places.tables if unit.is_trimmed else unit.places.files
    number = "#,##0" + f".{'0' * places}" * bool(places) + "##" * unit.is_trimmed
    day = language.day_pattern.lower()
    return {
        UnitKind.NUMBER: number,
        UnitKind.MONEY: f'"EUR"\\ {number}' if language.has_currency_first else f'{number}\\ "EUR"',
        UnitKind.SHARE: "0.0%",
        UnitKind.DAY: day,
        UnitKind.MONTH: DAY_OF_MONTH.sub("", day),
        UnitKind.WORDS: "@",
    }[unit.kind]


@dataclass
class Book:
    """A workbook that is being written."""

    out: io.BytesIO
    view: AnyView
    _formats: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def file(self) -> LibrarySheet:
        """The workbook of the library, its texts never taken for formulas, numbers or links."""
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Calibri", "font_size": 10, "valign": "top"},
        }
        workbook = xlsxwriter.Workbook(self.out, options)
        made = datetime.combine(self.view.plan.today, datetime.min.time(), UTC).replace(tzinfo=None)
        stamp = self.language.written(stamp_of(self.view))
        workbook.set_properties(
            {
                "title": self.language.write(document_title(self.view)),
                "subject": stamp[0],
                "comments": stamp[1],
                "author": "ZT Planner",
                "created": made,
            }
        )
        workbook.set_calc_mode("auto")
        return workbook

    @property
    def language(self) -> Language:
        """The language that it is written in."""
        return self.view.language

    def add(self, name: str) -> None:
        """Add an empty sheet."""
        self.file.add_worksheet(name)

    def sheet(self, sheet: SheetName) -> LibrarySheet:
        """Return a sheet of the library."""
        return self.file.get_worksheet_by_name(self.language.say(sheet))

    def address(self, sheet: SheetName, cell: str) -> str:
        """Return how formulas of other sheets name a cell or a range."""
        name = self.language.say(sheet).replace("'", "''")
        return f"'{name}'!{cell}"

    def name_cells(self, name: str, sheet: SheetName, cells: str) -> None:
        """Give a cell or a range a name, by which formulas read as sentences."""
        self.file.define_name(name, f"={self.address(sheet, cells)}")

    def format(self, unit: Unit = TEXT, **properties: object) -> LibrarySheet:
        """Return a format, made once."""
        key = (unit.key, *sorted(properties.items()))
        if key not in self._formats:
            wrap: dict[str, Any] = {"text_wrap": True, "align": "left", "indent": 1}
            shape = wrap if unit.kind is UnitKind.WORDS else {"num_format": number_format(unit, self.language)}
            self._formats[key] = self.file.add_format({"valign": "top", **shape, **properties})
        return self._formats[key]

    def begin(self, sheet: SheetName, title: str, columns: Sequence[Column[Any]], row: int = FIRST_ROW) -> LibrarySheet:
        """Write a sheet's title, stamp and header; return the sheet."""
        paper = self.sheet(sheet)
        paper.hide_gridlines(2)
        heading = self.format(bold=True, font_size=14, font_color=INK, indent=0)
        paper.merge_range(0, 0, 0, max(len(columns) - 1, 1), title, heading)
        paper.set_row(
            0, HEADING_HEIGHT * lines_in(title, sum(width_of(column, self.language) for column in columns) * SMALLER)
        )
        for index, line in enumerate(self.language.written(stamp_of(self.view)), start=1):
            paper.write_string(
                index, 0, line, self.format(italic=True, font_color="#5b6675", text_wrap=False, indent=0)
            )
        for index, column in enumerate(columns):
            paper.set_column(index, index, min(width_of(column, self.language), WIDEST_COLUMN))
        self.write_header(paper, row, columns)
        paper.freeze_panes(row + 1, 0)
        paper.repeat_rows(row)
        paper.set_landscape()
        paper.set_paper(9)  # A4
        paper.fit_to_pages(1, 0)
        paper.set_footer(
            "&L&8" + self.language.write(document_title(self.view)).replace("&", "&&")[:120] + "&R&8&P / &N"
        )
        return paper

    def write_header(self, paper: LibrarySheet, row: int, columns: Sequence[Column[Any]]) -> None:
        """Write the titles of columns."""
        for index, column in enumerate(columns):
            is_number = column.unit.kind is not UnitKind.WORDS
            shape = self.format(
                bold=True,
                bg_color=BAND,
                font_color=INK,
                bottom=1,
                bottom_color=INK,
                align="right" if is_number else "left",
            )
            paper.write_string(row, index, self.language.write(column.title), shape)

    def explain(self, sheet: SheetName, text: str) -> None:
        """Say above a table what its cells on a coloured ground are for."""
        shape = self.format(bg_color=ENTRY, text_wrap=False, indent=0)
        self.sheet(sheet).write_string(FIRST_ROW - 1, 0, text, shape)

    def finish(self, sheet: SheetName, last_row: int, last_column: int) -> None:
        """Set what is printed of a sheet."""
        self.sheet(sheet).print_area(0, 0, last_row, last_column)

    def write(
        self,
        paper: LibrarySheet,
        row: int,
        index: int,
        value: object,
        column: Column[Any],
        **properties: Any,  # noqa: ANN401
    ) -> None:
        """Write a value in the form of its column; nothing for None."""
        shape = self.format(column.unit, **({"bg_color": ENTRY} if column.is_entry else {}), **properties)
        value = self.language.written(value)
        if value is None or value == "":
            paper.write_blank(row, index, None, shape)
        elif isinstance(value, bool):
            paper.write_boolean(row, index, value, shape)
        elif isinstance(value, Month):
            self.write(paper, row, index, value.first_day, column, **properties)
        elif isinstance(value, date):
            paper.write_datetime(row, index, datetime.combine(value, datetime.min.time()), shape)
        elif isinstance(value, int | float | Decimal | Fraction):
            paper.write_number(row, index, float(value), shape)
        else:
            paper.write_string(row, index, str(value)[:LONGEST_TEXT], shape)

    def write_row(self, paper: LibrarySheet, row: int, columns: Sequence[Column[Any]], item: object) -> None:
        """Write a row of a table, as high as its longest words need."""
        cells = [(column.cell(item), column) for column in columns]
        for index, (cell, column) in enumerate(cells):
            self.write(paper, row, index, cell, column)
        self.fit(paper, row, [(cell, column) for cell, column in cells if column.unit.kind is UnitKind.WORDS])

    def write_notes(self, paper: LibrarySheet, last: int, texts: Iterable[Words]) -> int:
        """Write texts below the last row, each in a line across the columns; return the last row then."""
        for row, text in enumerate(self.language.written(tuple(filter(None, texts))), start=last + 1):
            paper.write_string(row, 0, text, self.format(text_wrap=False, indent=0))
            last = row
        return last

    def fit(self, paper: LibrarySheet, row: int, texts: Sequence[tuple[object, Column[Any]]]) -> None:
        """Make a row as high as its longest text needs."""
        most = max(
            lines_in(str(self.language.written(text) or ""), width_of(column, self.language) - 1)
            for text, column in texts
        )
        paper.set_row(row, ROW_HEIGHT * most)

    def close(self) -> None:
        """Write the file."""
        self.file.close()


@dataclass
class PlanBook(Book):
    """The workbook of a plan that has a schedule."""

    view: View


def column_reference(first_row: int, last_row: int, index: int) -> str:
    """Return a column of cells, absolute."""
    found: str = xl_range_abs(first_row, index, last_row, index)
    return found


def cell_reference(row: int, index: int, *, is_absolute: bool = False) -> str:
    """Return one cell."""
    found: str = xl_rowcol_to_cell(row, index, row_abs=is_absolute, col_abs=is_absolute)
    return found
