"""The sheet NIS2: the ten measures, how far the plan serves each, and from which day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.export.workbook.sheets import FIRST_ROW, Sheet
from zt_planner.reports.tables.tables import nis2_columns

if TYPE_CHECKING:
    from zt_planner.export.workbook.sheets import Book


def write_measures(book: Book) -> None:
    """Write the sheet."""
    plan, language = book.handout.plan, book.language
    columns = nis2_columns(plan, book.handout.case.base_model, language)
    paper = book.begin(Sheet.MEASURES, language.say("NIS2: what the plan supports"), columns)
    for row, covered in enumerate(plan.coverage, start=FIRST_ROW + 1):
        book.write_row(paper, row, columns, covered, ("measure", "tasks"))
    book.finish(Sheet.MEASURES, FIRST_ROW + max(len(plan.coverage), 1), len(columns) - 1)
