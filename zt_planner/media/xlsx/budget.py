"""The sheet Budget by month: sums of the cost lines by month and category, and the chart of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from zt_planner.domain import units
from zt_planner.media.xlsx.sheets import (
    FIRST_ROW,
    GRID,
    LEAST_ROW_PIXELS,
    SheetName,
    cell_reference,
    column_reference,
    number_format,
)
from zt_planner.topics.budget.tables import budget_columns, month_rows, sum_row
from zt_planner.topics.figure_names import summed_categories
from zt_planner.topics.palette import LIGHT, LINE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.categories import CostCategory
    from zt_planner.media.xlsx.lines import CostLineCells
    from zt_planner.media.xlsx.sheets import LibrarySheet, PlanBook
    from zt_planner.topics.budget.tables import MonthRow
    from zt_planner.topics.table import Column

MONTH = 0
CHART = {"width": 980, "height": 380}


def write_budget(book: PlanBook, lines: CostLineCells) -> None:
    """Write the sheet."""
    plan, language = book.view.plan, book.language
    say, summed = language.say, summed_categories(plan)
    columns = budget_columns(plan)
    paper = book.begin(SheetName.BUDGET, say("Budget by month, net of VAT, as it is used"), columns)
    rows = month_rows(plan.cost_lines, plan.months)
    first, last = FIRST_ROW + 1, FIRST_ROW + len(plan.months)
    for row, month in enumerate(rows, start=first):
        write_month(book, paper, row, columns, month, lines)
    write_sums(book, paper, last + 1, columns, rows)
    book.name_cells(
        "budget_totals", SheetName.BUDGET, column_reference(first, FIRST_ROW + len(plan.horizon), len(summed) + 1)
    )
    paper.freeze_panes(FIRST_ROW + 1, 1)
    draw_chart(book, paper, first, last, summed)
    book.finish(SheetName.BUDGET, last + 4 + CHART["height"] // LEAST_ROW_PIXELS, len(columns) - 1)


def write_month(
    book: PlanBook,
    paper: LibrarySheet,
    row: int,
    columns: Sequence[Column[MonthRow]],
    month: MonthRow,
    lines: CostLineCells,
) -> None:
    """Write a month's sums, their total and the running total, each a formula."""
    total = 1 + len(summed_categories(book.view.plan))
    money = number_format(units.MONEY, book.language)
    dash = f'{money};-{money};"–"'
    book.write(paper, row, MONTH, month.month, columns[MONTH])
    by_month = f"{lines.range('month')},$A{row + 1},{lines.range('category')}"
    for place in range(1, len(columns)):
        if place not in {total, total + 1}:
            header = cell_reference(FIRST_ROW, place).replace(str(FIRST_ROW + 1), f"${FIRST_ROW + 1}")
            formula = f"=SUMIFS({lines.range('amount')},{by_month},{header})"
            shape = book.format(units.MONEY, num_format=dash)
            paper.write_formula(row, place, formula, shape, float(columns[place].cell(month) or 0))
    cells, column = f"{cell_reference(row, 1)}:{cell_reference(row, total - 1)}", xl_col_to_name(total)
    until = f"=SUM(${column}${FIRST_ROW + 2}:${column}{row + 1})"
    for place, formula, bold in ((total, f"=SUM({cells})", {"bold": True}), (total + 1, until, {})):
        amount = columns[place].cell(month)
        shape = book.format(units.MONEY, **bold, **({"num_format": dash} if amount is None else {}))
        paper.write_formula(row, place, formula, shape, float(amount or 0))


def write_sums(
    book: PlanBook, paper: LibrarySheet, row: int, columns: Sequence[Column[MonthRow]], rows: Sequence[MonthRow]
) -> None:
    """Write the sum of each column below it; a running total has none."""
    strong: dict[str, Any] = {"bold": True, "top": 1}
    sums = sum_row(rows)
    paper.write_string(row, MONTH, book.language.write(columns[MONTH].text(sums)), book.format(**strong))
    for index, column in enumerate(columns[1:], start=1):
        amount = column.cell(sums)
        if amount is not None:
            cells = f"{cell_reference(FIRST_ROW + 1, index)}:{cell_reference(row - 1, index)}"
            paper.write_formula(row, index, f"=SUM({cells})", book.format(units.MONEY, **strong), float(amount))


def draw_chart(book: PlanBook, paper: LibrarySheet, first: int, last: int, summed: tuple[CostCategory, ...]) -> None:
    """Draw the months as stacked columns and the running total as a line, below the table."""
    name, say = book.language.say(SheetName.BUDGET), book.language.say
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    months = [name, first, MONTH, last, MONTH]
    for index, found in enumerate(summed, start=1):
        chart.add_series(
            {
                "name": [name, FIRST_ROW, index],
                "categories": months,
                "values": [name, first, index, last, index],
                "fill": {"color": LIGHT.categories[found]},
                "gap": 60,
            }
        )
    line = book.file.add_chart({"type": "line"})
    running = len(summed) + 2
    line.add_series(
        {
            "name": [name, FIRST_ROW, running],
            "categories": months,
            "values": [name, first, running, last, running],
            "y2_axis": True,
            "line": {"color": LINE_COLOUR, "width": 2, "dash_type": "square_dot"},
        }
    )
    chart.combine(line)
    chart.set_title({"name": say("Budget by month"), "name_font": {"size": 12}})
    chart.set_x_axis(
        {"date_axis": True, "num_format": number_format(units.MONTH, book.language), "num_font": {"rotation": -45}}
    )
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": GRID})
    line.set_y2_axis({"num_format": "#,##0", "name": say("Running total")})
    chart.set_legend({"position": "bottom"})
    chart.set_size(CHART)
    options = {"description": say("Stacked columns: cost of each month by category; line: running total")}
    paper.set_h_pagebreaks([last + 2])
    paper.insert_chart(last + 3, 0, chart, options)
