"""The tables of a catalogue of somebody's own, in the forms of tasks.csv, prices.csv and deliverables.csv.

Decides what their rows must be together with the shipped ones. Laws: they are checked as strictly as those, and what is
wrong is named with file, row and column; a cell that a spreadsheet would compute is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from zt_planner.catalog.csv.tables import CsvTable, Line
from zt_planner.catalog.price_lists.proposals import check_labour
from zt_planner.catalog.shipped.phase_model import TASKS, check_order_of_tasks
from zt_planner.catalog.shipped.price_book import (
    PRICES,
    check_counted,
    check_requirements,
    check_validity,
)
from zt_planner.catalog.shipped.rules import DELIVERABLES, check_tasks
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.data.rules import Deliverable
from zt_planner.engine.costing.own_prices import MOST_NEW_LICENCES, faults_of
from zt_planner.errors import FileProblem, Place, msgid

MOST_ROWS = 500
"""Of each table."""
FORMULA = ("=", "+", "@", "\t")
"""How a cell begins that a spreadsheet computes; a minus does so, too, where no number follows."""

Row = TypeVar("Row", bound="Task | Price | Deliverable")


class OwnTables(NamedTuple):
    """The rows of a catalogue."""

    tasks: tuple[Task, ...]
    prices: tuple[Price, ...]
    deliverables: tuple[Deliverable, ...]


TABLE_FILES = (TASKS.file, PRICES.file, DELIVERABLES.file)


def own_tables(texts: Mapping[str, str], book: PriceBook, model: PhaseModel) -> OwnTables:
    """Read the tables that are there; raise CatalogError for the first row that is wrong, alone or with others."""
    tasks, prices, deliverables = (_rows(table, texts) for table in (TASKS, PRICES, DELIVERABLES))
    check_order_of_tasks(tasks, model.tasks)
    _check_beside(prices, book)
    check_requirements(prices, book.rows_by_id)
    check_validity(prices)
    check_counted(prices)
    for line, price in prices:
        check_labour(line, price)
    known = {*model.by_id, *(task.id for _, task in tasks)}
    for line, row in deliverables:
        check_tasks(line, "task", [row.task], known)
    return OwnTables(*(tuple(row for _, row in rows) for rows in (tasks, prices, deliverables)))


def _rows(table: CsvTable[Row], texts: Mapping[str, str]) -> tuple[tuple[Line, Row], ...]:
    if table.file not in texts:
        return ()
    rows = table.read(texts[table.file])
    if len(rows) > MOST_ROWS:
        problem, remedy = msgid("it has {count} rows, more than the limit of {most}"), msgid("Keep what differs only")
        raise FileProblem(Place(table.file), problem, remedy, count=len(rows), most=MOST_ROWS)
    for line, _ in rows:
        refuse_formulas(line)
    return rows


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would compute a cell."""
    return cell.startswith(FORMULA) or (cell.startswith("-") and not cell[1:2].isdigit())


def refuse_formulas(line: Line) -> None:
    """Raise for a cell that a spreadsheet would compute."""
    for column, cell in line.cells.items():
        if is_formula(cell):
            raise line.wrong(column, msgid("'{value}' is a formula"), msgid("Write what it comes to"))


def _check_beside(prices: Iterable[tuple[Line, Price]], book: PriceBook) -> None:
    """Raise for a row that cannot be in the shipped book, and for more new licences than the mix is found among."""
    new = dict.fromkeys(price.id for _, price in prices if price.is_in_mix and price.id not in book.rows_by_id)
    for line, price in prices:
        for fault in faults_of(price, book):
            raise line.wrong(fault.column, fault.problem, fault.remedy, **fault.values)
        if price.id in [*new][MOST_NEW_LICENCES:]:
            problem, remedy = (
                msgid("'{value}' is one new licence more than the limit of {most}"),
                msgid("Remove its rows"),
            )
            raise line.wrong("id", problem, remedy, most=MOST_NEW_LICENCES)
