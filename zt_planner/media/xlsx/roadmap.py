"""The sheet Roadmap: every task with its dates and its work, and the chart of them.

What may be changed here comes back as edits of the plan: first days, days of work, lengths and what a task waits
for; new rows become own tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.media.xlsx.sheets import FIRST_ROW, GRID, LEAST_ROW_PIXELS, SheetName, cell_reference, number_format
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.roadmap.tables import ON_SHEET, done_columns, task_columns, tasks_in_order
from zt_planner.topics.table import chosen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.media.xlsx.sheets import LibrarySheet, PlanBook
    from zt_planner.topics.table import Column

PLACE = {name: index for index, name in enumerate(ON_SHEET)}
ROW_PIXELS, AROUND = 20, 110
MOST_CHARTED = 120


def write_roadmap(book: PlanBook) -> None:
    """Write the sheet."""
    plan, language = book.view.plan, book.language
    columns = chosen(task_columns(plan), ON_SHEET)
    title = language.say("Roadmap")
    paper = book.begin(SheetName.ROADMAP, title, columns)
    book.explain(
        SheetName.ROADMAP,
        language.say(
            "You may change yellow cells and import them on the “Share” page. A new row is a task of your own."
        ),
    )
    tasks = tasks_in_order(plan)
    for row, task in enumerate(tasks, start=FIRST_ROW + 1):
        write_task(book, paper, row, task, columns)
    last = FIRST_ROW + max(len(tasks), 1)
    for row, done in enumerate(plan.case.done if tasks else (), start=last + 1):
        book.write_row(paper, row, done_columns(columns), done)
    paper.freeze_panes(FIRST_ROW + 1, PLACE["start"])
    below = last + 1 + len(plan.case.done)
    if tasks and len(tasks) <= MOST_CHARTED:
        draw_chart(book, paper, tasks, last, below)
        below += 3 + (AROUND + ROW_PIXELS * len(tasks)) // LEAST_ROW_PIXELS
    book.finish(SheetName.ROADMAP, below, len(columns) - 1)


def write_task(
    book: PlanBook, paper: LibrarySheet, row: int, task: ScheduledTask, columns: Sequence[Column[ScheduledTask]]
) -> None:
    """Write one task; how many calendar days it spans is a formula, for the chart."""
    book.write_row(paper, row, columns, task)
    start, finish = (cell_reference(row, PLACE[name]) for name in ("start", "finish"))
    span = columns[PLACE["span"]].cell(task)
    paper.write_formula(row, PLACE["span"], f"={finish}-{start}+1", book.format(units.COUNT), span)


def draw_chart(book: PlanBook, paper: LibrarySheet, tasks: list[ScheduledTask], last: int, below: int) -> None:
    """Draw the tasks, down to the `last` row, as bars on an axis of days, below the table."""
    name, say = book.language.say(SheetName.ROADMAP), book.language.say
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    names = [name, FIRST_ROW + 1, PLACE["task"], last, PLACE["task"]]
    for place, fill in (("start", {"none": True}), ("span", {"color": LIGHT.blue})):
        values = [name, FIRST_ROW + 1, PLACE[place], last, PLACE[place]]
        series: dict[str, Any] = {"name": say("Work"), "categories": names, "values": values, "fill": fill, "gap": 35}
        if place == "span":
            series["points"] = [{"fill": {"color": LIGHT.steps[task.task.step]}} for task in tasks]
        chart.add_series(series)
    first_day, last_day = min(task.start for task in tasks), max(task.finish for task in tasks)
    chart.set_title({"name": say("Roadmap"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_x_axis(
        {
            "min": serial_of(first_day),
            "max": serial_of(last_day) + 1,
            "num_format": number_format(units.DAY, book.language),
            "num_font": {"rotation": -45, "size": 8},
            "major_gridlines": GRID,
        }
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": 980, "height": AROUND + ROW_PIXELS * len(tasks)})
    options = {"description": say("One bar per task, from its first to its last day, by step")}
    paper.set_h_pagebreaks([below + 1])
    paper.insert_chart(below + 2, 0, chart, options)


def serial_of(day: date) -> int:
    """Return a day as spreadsheets count it."""
    return day.toordinal() - 693_594
