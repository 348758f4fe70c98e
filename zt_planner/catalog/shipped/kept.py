"""Prices and a phase model from a bundle, checked as strictly as the shipped files.

Rows are objects with the names of fields. They are written as the files are and
read as the files are, so that there is one set of checks. Law: the rows of a
book or a model give it back, with its version.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zt_planner.catalog.csv.tables import CsvTable
from zt_planner.catalog.shipped.phase_model import MODEL_TABLES, phase_model_from
from zt_planner.catalog.shipped.price_book import (
    PRICES,
    RATES,
    VAT,
    price_book_from,
    vat_rates_from,
)
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.gaps import shortened

MOST_ROWS = 3_000


def kept_book(tables: Mapping[str, object]) -> PriceBook:
    """Return the price book of some tables of rows; raise CatalogError if one is wrong."""
    book = price_book_from(csv_text(PRICES, tables), csv_text(RATES, tables))
    vat = vat_rates_from(csv_text(VAT, tables)) if tables.get(VAT.file) else ()
    return replace(book, vat=vat)


def kept_model(tables: Mapping[str, object]) -> PhaseModel:
    """Return the phase model of some tables of rows; raise CatalogError if one is wrong."""
    return phase_model_from({table.file: csv_text(table, tables) for table in MODEL_TABLES.values()})


def csv_text(table: CsvTable[Any], tables: Mapping[str, object]) -> str:
    """Return the rows of a table as the text of its file; raise FileProblem if they are no rows."""
    rows = tables.get(table.file)
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        problem, remedy = msgid("it is not a table of at most {most} rows"), msgid("Save the plan again")
        raise FileProblem(Place(table.file), problem, remedy, most=MOST_ROWS)
    strange = next((key for row in rows for key in row if key not in table.columns), None)
    if strange is not None:
        problem, remedy = msgid("the column '{value}' is unknown"), msgid("Update ZT Planner")
        raise FileProblem(Place(table.file), problem, remedy, value=shortened(str(strange)))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([csv_cell(row.get(name)) for name in table.columns] for row in rows)
    return out.getvalue()


def csv_cell(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a value as the cell of a file."""
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
