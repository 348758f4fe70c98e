"""Prices and a phase model from a bundle, checked as strictly as the shipped files.

Rows are objects with the names of fields. They are written as the files are and
read as the files are, so that there is one set of checks. Law: the rows of a
book or a model give it back, with its version.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zt_planner.catalog.shipped.parameters import ANY, OPERATION_COLUMNS, OPERATIONS, PARAMETER_COLUMNS, PARAMETERS
from zt_planner.catalog.shipped.prices import PRICE_COLUMNS, PRICES, price_book_from
from zt_planner.catalog.shipped.rates import (
    RANGE_COLUMNS,
    RANGES,
    RATE_COLUMNS,
    RATES,
    VAT,
    VAT_COLUMNS,
    price_ranges_from,
    vat_rates_from,
)
from zt_planner.catalog.shipped.tasks import (
    MEASURE_COLUMNS,
    MEASURES,
    MODEL_FILES,
    RISK,
    RISK_COLUMNS,
    TASK_COLUMNS,
    TASKS,
    phase_model_from,
)
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.catalog.csv.tables import CsvColumn
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

MOST_ROWS = 3_000
COLUMNS: Mapping[str, Mapping[str, CsvColumn]] = {
    PRICES: PRICE_COLUMNS,
    RATES: RATE_COLUMNS,
    VAT: VAT_COLUMNS,
    RANGES: RANGE_COLUMNS,
    TASKS: TASK_COLUMNS,
    MEASURES: MEASURE_COLUMNS,
    RISK: RISK_COLUMNS,
    PARAMETERS: PARAMETER_COLUMNS,
    OPERATIONS: OPERATION_COLUMNS,
}
"""The tables that a plan is computed from, by the names of their files."""
BETWEEN = {"driver": "+"}
"""What stands between the parts of a cell, where it is no semicolon."""
WITHOUT = {"days_per_unit": "0", "monitoring": ANY}
"""What a file says where there is nothing, and the cell is needed all the same."""


def kept_book(tables: Mapping[str, object]) -> PriceBook:
    """Return the price book of some tables of rows; raise CatalogError if one is wrong."""
    texts = {name: csv_text(name, tables.get(name)) for name in (PRICES, RATES, VAT, RANGES)}
    book = price_book_from(texts[PRICES], texts[RATES])
    vat = vat_rates_from(texts[VAT]) if tables.get(VAT) else ()
    ranges = price_ranges_from(texts[RANGES], book.rows_by_id.keys()) if tables.get(RANGES) else ()
    return replace(book, vat=vat, ranges=ranges)


def kept_model(tables: Mapping[str, object]) -> PhaseModel:
    """Return the phase model of some tables of rows; raise CatalogError if one is wrong."""
    return phase_model_from({name: csv_text(name, tables.get(name)) for name in MODEL_FILES})


def csv_text(name: str, rows: object) -> str:
    """Return rows as the text of their file; raise FileProblem if they are no rows."""
    columns = COLUMNS[name]
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        problem, remedy = msgid("it is not a table of at most {most} rows"), msgid("Save the plan again")
        raise FileProblem(Place(name), problem, remedy, most=MOST_ROWS)
    known = {column.field or title for title, column in columns.items()}
    strange = next((key for row in rows for key in row if key not in known), None)
    if strange is not None:
        problem, remedy = msgid("the column '{value}' is unknown"), msgid("Update ZT Planner")
        raise FileProblem(Place(name), problem, remedy, value=shortened(str(strange)))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(
        [csv_cell(title, row.get(column.field or title)) for title, column in columns.items()] for row in rows
    )
    return out.getvalue()


def csv_cell(title: str, value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a value as the cell of a file."""
    if value is None or value == []:
        return WITHOUT.get(title, "")
    if isinstance(value, list):
        return BETWEEN.get(title, ";").join(map(str, value))
    return str(value)
