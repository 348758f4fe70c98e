"""The workbook for the controller: sheets whose totals are live formulas over the cost lines.

    sheets     the paper that all sheets are written on: forms of cells, headers, prints
    lines      Cost lines: each line's amount a formula of quantity, price and adjustment
    summary    Summary: the figures as formulas, the bands, the findings
    roadmap    Roadmap: tasks with dates and work, and the chart
    budget     Budget by month: sums of the cost lines, and the chart
    assumptions, prices, measures  what the figures rest on
    kept       the scenario itself, hidden, by which the workbook comes back

Laws: the value that is kept beside each formula is the engine's, to the cent;
what a spreadsheet computes from the same cells is the same; a text is never a
formula; a missing price leaves its amount empty, never 0; equal handouts give equal bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from zt_planner.export.workbook.assumptions import write_assumptions
from zt_planner.export.workbook.budget import write_budget
from zt_planner.export.workbook.kept import write_kept
from zt_planner.export.workbook.lines import write_lines
from zt_planner.export.workbook.measures import write_measures
from zt_planner.export.workbook.prices import write_prices
from zt_planner.export.workbook.roadmap import write_roadmap
from zt_planner.export.workbook.sheets import Book, sheet_names
from zt_planner.export.workbook.summary import write_summary

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout


def workbook_bytes(handout: Handout) -> bytes:
    """Return the workbook of a plan."""
    out = io.BytesIO()
    book = Book(out, handout)
    for name in sheet_names(handout.language):
        book.add(name)
    lines = write_lines(book)
    write_assumptions(book)
    write_summary(book, lines)
    write_roadmap(book)
    write_budget(book, lines)
    write_prices(book)
    write_measures(book)
    write_kept(book)
    book.close()
    return out.getvalue()
