"""The workbook for the controller: sheets whose totals are live formulas over the cost lines.

    sheets       the paper that all sheets are written on: forms of cells, headers, prints
    lines        Cost lines: each line's amount a formula of quantity, price and adjustment
    summary      Summary: the figures as formulas, the bands, the findings
    comparison   Compare: other plans beside this one, where there are some
    roadmap      Roadmap: tasks with dates and work, and the chart
    actuals      Actuals and Bookings: what happened beside what was planned, once something has
    budget       Budget by month: sums of the cost lines, and the chart
    stages       Stages: what is spent, committed and to come at the end of each step
    reasons      Why and Law: what doing nothing may cost, and what is due when
    assumptions  what the figures rest on; prices, NIS2 and the insurer's questions are written here
    kept         the scenario itself, hidden, by which the workbook comes back

Laws: the value that is kept beside each formula is the engine's, to the cent;
what a spreadsheet computes from the same cells is the same; a text is never a
formula; a missing price leaves its amount empty, never 0; equal views give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TypeVar

from zt_planner.engine.nis2.insurance import insurer_answers
from zt_planner.language import Text, Words
from zt_planner.media.xlsx.actuals import write_actuals, write_bookings
from zt_planner.media.xlsx.assumptions import write_assumptions
from zt_planner.media.xlsx.budget import write_budget
from zt_planner.media.xlsx.comparison import write_comparison
from zt_planner.media.xlsx.kept import write_kept
from zt_planner.media.xlsx.lines import write_lines
from zt_planner.media.xlsx.reasons import write_reasons
from zt_planner.media.xlsx.roadmap import write_roadmap
from zt_planner.media.xlsx.sheets import FIRST_ROW, Book, LibrarySheet, PlanBook, SheetName, sheet_names
from zt_planner.media.xlsx.stages import write_stages
from zt_planner.media.xlsx.summary import write_summary
from zt_planner.topics.nis2.insurer import insurer_cautions, insurer_columns, insurer_source
from zt_planner.topics.nis2.points import OWN_READING, point_columns
from zt_planner.topics.prices.tables import ON_SHEET, price_columns, prices_now
from zt_planner.topics.progress.booking_sheet import has_actuals
from zt_planner.topics.table import Column, chosen
from zt_planner.topics.view import AnyView, StoppedView, View

Row = TypeVar("Row")


def workbook_bytes(view: AnyView) -> bytes:
    """Return the workbook of a plan; of one that stopped why, and what was entered."""
    out = io.BytesIO()
    book: Book
    if isinstance(view, StoppedView):
        book = Book(out, view)
        write_stopped(book)
    else:
        book = PlanBook(out, view)
        write_plan(book, view)
    write_kept(book)
    book.close()
    return out.getvalue()


def write_stopped(book: Book) -> None:
    """Write the sheets of a plan that stopped."""
    for name in sheet_names(book.view):
        book.add(name)
    write_assumptions(book)
    write_summary(book)
    write_prices(book)
    write_reasons(book)


def write_plan(book: PlanBook, view: View) -> None:
    """Write the sheets of a plan."""
    for name in sheet_names(view):
        book.add(name)
    lines = write_lines(book)
    write_assumptions(book)
    write_summary(book, lines)
    if view.comparison is not None:
        write_comparison(book, view.comparison)
    write_roadmap(book)
    write_budget(book, lines)
    if has_actuals(view.plan.scenario):
        write_actuals(book)
        write_bookings(book)
    write_stages(book, lines)
    write_prices(book)
    write_reasons(book)
    write_points(book)
    write_insurer(book)


def write_prices(book: Book) -> None:
    """Write the sheet Prices: every row of the price book with its source, and what it is in this plan."""
    columns = chosen(price_columns(), ON_SHEET)
    rows, title = prices_now(book.view.plan), Text("Prices with their sources")
    paper = write_table(book, SheetName.PRICES, title, columns, rows)
    paper.autofilter(FIRST_ROW, 0, FIRST_ROW + max(len(rows), 1), len(columns) - 1)
    paper.freeze_panes(FIRST_ROW + 1, 1)


def write_points(book: PlanBook) -> None:
    """Write the sheet NIS2: the 49 points, how far the plan serves each, and from which day on."""
    plan, title = book.view.plan, Text("NIS2: what the plan supports")
    write_table(book, SheetName.POINTS, title, point_columns(plan), plan.coverage, (Text(OWN_READING),))


def write_insurer(book: PlanBook) -> None:
    """Write the sheet Insurer: what is asked, the answer, from which day on it is yes, and what stays open."""
    view, title = book.view, Text("What the insurer asks")
    notes = (*insurer_cautions(view), insurer_source(view))
    write_table(book, SheetName.INSURER, title, insurer_columns(view), insurer_answers(view.plan), notes)


def write_table(
    book: Book,
    sheet: SheetName,
    title: Words,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    notes: Iterable[Words] = (),
) -> LibrarySheet:
    """Write a sheet of one table and what is to be known of it; return the sheet."""
    paper = book.begin(sheet, book.language.write(title), columns)
    for index, row in enumerate(rows, start=FIRST_ROW + 1):
        book.write_row(paper, index, columns, row)
    last = FIRST_ROW + max(len(rows), 1)
    book.finish(sheet, book.write_notes(paper, last, notes), len(columns) - 1)
    return paper
