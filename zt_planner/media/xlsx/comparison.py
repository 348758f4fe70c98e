"""The sheet Comparison: the figures of several plans, their differences, and the bars of the bridges between them.

The figures of each plan and the bars are the engine's; differences and sums are formulas over them. Laws: what lacks
a price is an empty cell and has no difference; a line under each bridge tells whether its sums are the differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.media.xlsx.sheets import (
    BAND,
    FIRST_ROW,
    INK,
    SheetName,
    cell_reference,
    width_of,
)
from zt_planner.topics.compare.sentences import comparison_notes, side_of
from zt_planner.topics.compare.side_by_side import GROUPS, against, bridge_name, compared_figures, figure_name
from zt_planner.topics.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zt_planner.engine.compare.bridge import Bridge
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.language import Language, Words
    from zt_planner.media.xlsx.sheets import LibrarySheet, PlanBook
    from zt_planner.topics.compare.side_by_side import ComparedFigure

NAME, UNIT, FIRST = range(3)
"""The columns: what a figure is called, its unit, then the plans and the differences; a bridge begins at the second."""


@dataclass(frozen=True, slots=True)
class ComparisonSheet:
    """The sheet that is being written, and the plans that stand on it."""

    book: PlanBook
    paper: LibrarySheet
    columns: Sequence[Column[Any]]
    comparison: Comparison

    @property
    def language(self) -> Language:
        """The language that it is written in."""
        return self.book.language


def write_comparison(book: PlanBook, comparison: Comparison) -> None:
    """Write the sheet."""
    say, first = book.language.say, comparison.first
    columns: tuple[Column[Any], ...] = (
        Column(say("Figure"), width=46),
        Column(say("Unit"), width=20),
        *(Column(f"{each.letter}  {each.name}", units.NUMBER, width=20) for each in comparison.variants),
        *(Column(against(each.letter, first.letter), units.NUMBER, width=20) for each in comparison.others),
    )
    paper = book.begin(SheetName.COMPARISON, say("Plans side by side"), columns)
    sheet, figures = ComparisonSheet(book, paper, columns, comparison), compared_figures(comparison)
    rows = {figure.figure.name: row for row, figure in enumerate(figures, start=FIRST_ROW + 1)}
    for figure in figures:
        write_figure(sheet, rows[figure.figure.name], figure)
    below = write_texts(sheet, FIRST_ROW + len(rows) + 2, comparison_notes(comparison))
    for column, variant in enumerate(comparison.others, start=FIRST + len(comparison.variants)):
        changes = {name: cell_reference(row, column) for name, row in rows.items()}
        below = write_side(sheet, below + 1, variant, changes)
    book.finish(SheetName.COMPARISON, below, len(columns) - 1)


def write_figure(sheet: ComparisonSheet, row: int, figure: ComparedFigure) -> None:
    """Write a figure of each plan, and its differences as formulas."""
    book, paper, unit = sheet.book, sheet.paper, figure.figure.unit
    book.write(paper, row, NAME, figure_name(figure.figure, sheet.comparison), Column(""))
    book.write(paper, row, UNIT, sheet.language.say(unit.name), Column(""))
    for column, value in enumerate(figure.values, start=FIRST):
        book.write(paper, row, column, value, Column("", unit))
    first = cell_reference(row, FIRST)
    for index, change in enumerate(figure.differences, start=1):
        other, column = cell_reference(row, FIRST + index), FIRST + len(figure.differences) + index
        formula = f'=IF(AND(ISNUMBER({first}),ISNUMBER({other})),ROUND({other}-{first},6),"")'
        kept = "" if change is None else float(change)
        paper.write_formula(row, column, formula, book.format(unit.of_difference, bold=True), kept)


def write_side(sheet: ComparisonSheet, row: int, variant: Variant, changes: Mapping[str, str]) -> int:
    """Write what differs from the first plan and the bridge from it; return the row below."""
    side = side_of(variant, sheet.comparison)
    sheet.paper.write_string(
        row, NAME, sheet.language.write(side.title), sheet.book.format(bold=True, font_size=12, font_color=INK)
    )
    row = write_texts(sheet, row + 1, side.inputs or (sheet.language.say("No input differs."),))
    given = [bridge for bridge in variant.bridges if bridge.bars]
    if given:
        row = write_bridges(sheet, row, given, changes)
    return write_texts(sheet, row, (*side.sentences, *side.findings))


def write_bridges(sheet: ComparisonSheet, row: int, bridges: Sequence[Bridge], changes: Mapping[str, str]) -> int:
    """Write the bars of each group, their sums, and whether these are the differences; return the row below."""
    book, paper, say = sheet.book, sheet.paper, sheet.language.say
    strong: dict[str, Any] = {"bold": True, "top": 1}
    head: dict[str, Any] = {"bold": True, "bg_color": BAND, "font_color": INK}
    first, last = row + 1, row + len(bridges[0].bars)
    paper.write_string(row, NAME, say("Inputs"), book.format(**head))
    for line, bar in enumerate(bridges[0].bars, start=first):
        book.write(paper, line, NAME, say(GROUPS[bar.cause]), Column(""))
    paper.write_string(last + 1, NAME, say("All together"), book.format(**strong))
    paper.write_string(last + 2, NAME, say("Equal to the difference above"), book.format())
    headings: list[tuple[object, Column[Any]]] = []
    for column, bridge in enumerate(bridges, start=NAME + 1):
        is_days, title = bridge.figure is BridgeFigure.FINISH_DATE, sheet.language.write(bridge_name(bridge.figure))
        unit = units.CALENDAR_DAYS if is_days else units.MONEY
        title = f"{title} ({say('days')})" if is_days else title
        paper.write_string(row, column, title, book.format(**head, align="right"))
        headings.append((title, sheet.columns[column]))
        for line, bar in enumerate(bridge.bars, start=first):
            book.write(paper, line, column, bar.amount, Column("", unit))
        top, total = (cell_reference(line, column) for line in (first, last + 1))
        sums = f"=SUM({top}:{cell_reference(last, column)})"
        paper.write_formula(last + 1, column, sums, book.format(unit, **strong), float(bridge.total))
        check = f'=IF(ROUND({total}-{changes[bridge.figure]},2)=0,"{say("yes")}","{say("no")}")'
        paper.write_formula(last + 2, column, check, book.format(align="right"), say("yes"))
    book.fit(paper, row, headings)
    return last + 3


def write_texts(sheet: ComparisonSheet, row: int, texts: Iterable[Words]) -> int:
    """Write lines across the sheet; return the row below."""
    across: Column[Any] = Column("", width=sum(width_of(column, sheet.book.language) for column in sheet.columns))
    for line, text in enumerate(map(sheet.language.write, texts), start=row):
        sheet.paper.merge_range(line, NAME, line, len(sheet.columns) - 1, text, sheet.book.format())
        sheet.book.fit(sheet.paper, line, [(text, across)])
        row = line + 1
    return row
