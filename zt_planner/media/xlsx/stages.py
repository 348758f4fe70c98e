"""The sheet Stages: what each stage asks for, what is spent and committed at its gate, and what stands if one stops.

Law: a gate lies within a month, so what is used in that month until that day is a value, as are contracts that run on;
all that is built on them, and every whole month, is a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.month import Month
from zt_planner.engine.costing.budget import sum_of
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName, cell_reference
from zt_planner.media.xlsx.summary import month_conditions
from zt_planner.topics.decisions.figures import StageRow, stage_rows
from zt_planner.topics.decisions.stages import stage_columns, stage_notes
from zt_planner.topics.figure_names import StageFigure
from zt_planner.topics.table import Column, chosen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zt_planner.domain.plan import CostLine
    from zt_planner.media.xlsx.lines import CostLineCells
    from zt_planner.media.xlsx.sheets import LibrarySheet, PlanBook

BEFORE, WITHIN = "before", "within"
ON_SHEET = (
    *("stage", "gate", "step", "to_approve", "spent", "committed", "to_pay", "a_month", "to_come", BEFORE, WITHIN),
    *("complete", "open_count", "open_tasks", "protection", "supported", "partly"),
)
PLACE = {name: index for index, name in enumerate(ON_SHEET)}


def write_stages(book: PlanBook, lines: CostLineCells) -> None:
    """Write the sheet."""
    plan, say = book.view.plan, book.language.say
    columns = chosen((*stage_columns(plan), *_parts(book)), ON_SHEET)
    paper = book.begin(SheetName.STAGES, say("Decide in stages: what stopping at the end of a step means"), columns)
    rows = stage_rows(plan)
    for place, row in enumerate(rows, start=FIRST_ROW + 1):
        book.write_row(paper, place, columns, row)
        write_formulas(book, paper, place, row, lines)
    paper.freeze_panes(FIRST_ROW + 1, PLACE["to_approve"])
    last = book.write_notes(paper, FIRST_ROW + max(len(rows), 1), stage_notes(plan))
    book.finish(SheetName.STAGES, last, len(columns) - 1)


def _parts(book: PlanBook) -> Sequence[Column[StageRow]]:
    """Return the columns of what is spent in the months before a gate's, and in that month until the gate."""
    say = book.language.say
    return (
        Column(
            say("Spent in the months before"),
            units.MONEY,
            lambda row: sum_of(spent_lines(row, is_before=True)),
            name=BEFORE,
            width=17,
        ),
        Column(
            say("Spent in that month until then"),
            units.MONEY,
            lambda row: sum_of(spent_lines(row, is_before=False)),
            name=WITHIN,
            width=17,
        ),
    )


def spent_lines(row: StageRow, *, is_before: bool) -> tuple[CostLine, ...]:
    """Return what is spent before the month of a gate, or in it."""
    month = Month.of(row.stage.gate)
    return tuple(line for line in row.stage.spent if (line.month < month) is is_before)


def write_formulas(book: PlanBook, paper: LibrarySheet, place: int, row: StageRow, lines: CostLineCells) -> None:
    """Write what is computed from other cells; an amount of which nothing has a price stays empty."""
    for name, formula in formulas_of(book, place, row, lines).items():
        amount = sum_of(spent_lines(row, is_before=True)) if name == BEFORE else row.amount(StageFigure(name)).known
        if amount is not None:
            paper.write_formula(place, PLACE[name], formula, book.format(units.MONEY), float(amount))


def formulas_of(book: PlanBook, place: int, row: StageRow, lines: CostLineCells) -> Mapping[str, str]:
    """Return the formulas of a row by the names of their columns."""
    plan, month = book.view.plan, Month.of(row.stage.gate)
    cash = f'{lines.range("amount")},{lines.range("cash")},"{lines.cash}"'

    def until(last: Month) -> str:
        first = plan.months[0]
        return f"SUMIFS({','.join((cash, *month_conditions(lines, first, last)))})" if first <= last else "0"

    def bound(at: int) -> str:
        return f"{cell_reference(at, PLACE['spent'])}+{cell_reference(at, PLACE['committed'])}"

    spent = cell_reference(place, PLACE["spent"])
    before, within = (cell_reference(place, PLACE[name]) for name in (BEFORE, WITHIN))
    return {
        BEFORE: f"={until(month.plus(-1))}",
        StageFigure.SPENT: f"={before}+{within}",
        StageFigure.TO_APPROVE: f"={bound(place)}" + (f"-({bound(place - 1)})" if row.bound_before else ""),
        StageFigure.TO_COME: f"={until(plan.months[-1])}-{spent}",
    }
