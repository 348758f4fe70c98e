"""The sheet Budget by month: sums of the cost lines by month and category, and the chart of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from zt_planner.domain.money import ZERO
from zt_planner.engine.budget import cash_of, sums_by_month
from zt_planner.export.csv_files import effort_categories, summed_categories
from zt_planner.export.workbook.sheets import FIRST_ROW, Book, Column, Form, Sheet, cell_of, cells_of
from zt_planner.reports.palette import LIGHT, LINE_COLOUR
from zt_planner.reports.words import label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.domain.plan import CostCategory
    from zt_planner.export.workbook.lines import Lines
    from zt_planner.export.workbook.sheets import Paper

MONTH = 0
LEAST_ROW_PIXELS = 16
CHART = {"width": 980, "height": 380}


def write_budget(book: Book, lines: Lines) -> None:
    """Write the sheet."""
    plan, language = book.handout.plan, book.language
    say = language.say
    summed, effort = summed_categories(plan), effort_categories(plan)
    total = say("Total") if plan.shows_labour else say("Total without labour")
    names = (*(label(found, language) for found in summed), total, say("Running total"))
    names += tuple(label(found, language) for found in effort)
    columns = (Column(say("Month"), Form.MONTH, 12), *(Column(name, Form.MONEY, 17) for name in names))
    paper = book.begin(Sheet.BUDGET, say("Budget by month, net of VAT, as it is used up"), columns)
    sums = sums_by_month(plan.cost_lines, plan.months)
    first, last = FIRST_ROW + 1, FIRST_ROW + len(plan.months)
    running = ZERO
    for row, (month, by_category) in enumerate(sums.items(), start=first):
        book.write(paper, row, MONTH, month.first_day, columns[MONTH])
        running += cash_of(by_category)
        write_month(book, paper, row, by_category, running, lines)
    write_sums(book, paper, last + 1, sums)
    book.name_cells("budget_totals", Sheet.BUDGET, cells_of(first, FIRST_ROW + len(plan.horizon), len(summed) + 1))
    paper.freeze_panes(FIRST_ROW + 1, 1)
    draw_chart(book, paper, first, last, summed)
    book.finish(Sheet.BUDGET, last + 4 + CHART["height"] // LEAST_ROW_PIXELS, len(columns) - 1)


def write_month(
    book: Book,
    paper: Paper,
    row: int,
    sums: Mapping[CostCategory, Decimal],
    running: Decimal,
    lines: Lines,
) -> None:
    """Write a month's sums, their total and the running total, each a formula."""
    plan = book.handout.plan
    summed, effort = summed_categories(plan), effort_categories(plan)
    place, total = 1, len(summed) + 1
    for found in (*summed, *effort):
        if place == total:
            place += 2
        header = cell_of(FIRST_ROW, place).replace(str(FIRST_ROW + 1), f"${FIRST_ROW + 1}")
        month = f"$A{row + 1}"
        formula = f"=SUMIFS({lines.range('amount')},{lines.range('month')},{month},{lines.range('category')},{header})"
        paper.write_formula(row, place, formula, book.format(Form.SPARSE), float(sums[found]))
        place += 1
    cells = f"{cell_of(row, 1)}:{cell_of(row, total - 1)}"
    paper.write_formula(row, total, f"=SUM({cells})", book.format(Form.MONEY, bold=True), float(cash_of(sums)))
    column = xl_col_to_name(total)
    until = f"=SUM(${column}${FIRST_ROW + 2}:${column}{row + 1})"
    paper.write_formula(row, total + 1, until, book.format(Form.MONEY), float(running))


def write_sums(book: Book, paper: Paper, row: int, sums: Mapping[Any, Mapping[CostCategory, Decimal]]) -> None:
    """Write the sum of each column below it."""
    plan = book.handout.plan
    summed, effort = summed_categories(plan), effort_categories(plan)
    strong: dict[str, Any] = {"bold": True, "top": 1}
    paper.write_string(row, MONTH, book.language.say("Sum"), book.format(**strong))
    for place, amounts in (
        *((place, [month[found] for month in sums.values()]) for place, found in enumerate(summed, start=1)),
        (len(summed) + 1, [cash_of(month) for month in sums.values()]),
        *(
            (place, [month[found] for month in sums.values()])
            for place, found in enumerate(effort, start=len(summed) + 3)
        ),
    ):
        cells = f"{cell_of(FIRST_ROW + 1, place)}:{cell_of(row - 1, place)}"
        paper.write_formula(row, place, f"=SUM({cells})", book.format(Form.MONEY, **strong), float(sum(amounts, ZERO)))


def draw_chart(book: Book, paper: Paper, first: int, last: int, summed: tuple[CostCategory, ...]) -> None:
    """Draw the months as stacked columns and the running total as a line, below the table."""
    name, say = say_sheet(book), book.language.say
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    months = [name, first, MONTH, last, MONTH]
    for place, found in enumerate(summed, start=1):
        chart.add_series(
            {
                "name": [name, FIRST_ROW, place],
                "categories": months,
                "values": [name, first, place, last, place],
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
    chart.set_x_axis({"date_axis": True, "num_format": book.forms[Form.MONTH], "num_font": {"rotation": -45}})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#dfe5ee"}}})
    line.set_y2_axis({"num_format": "#,##0", "name": say("Running total")})
    chart.set_legend({"position": "bottom"})
    chart.set_size(CHART)
    options = {"description": say("Stacked columns: cost of each month by category; line: running total")}
    paper.set_h_pagebreaks([last + 2])
    paper.insert_chart(last + 3, 0, chart, options)


def say_sheet(book: Book) -> str:
    """Return the name of the sheet in the workbook's language."""
    return book.language.say(Sheet.BUDGET)
