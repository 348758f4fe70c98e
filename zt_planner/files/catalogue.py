"""A catalogue written as one file: what differs from the shipped data, in the forms of data/, ready to be edited."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any

from zt_planner.catalog import shipped_phase_model, shipped_price_book
from zt_planner.catalog.csv.tables import CsvTable
from zt_planner.catalog.own_catalogue import FORMULA, is_formula
from zt_planner.catalog.shipped.kept import csv_text
from zt_planner.catalog.shipped.phase_model import TASKS
from zt_planner.catalog.shipped.price_book import PRICES
from zt_planner.catalog.shipped.rules import DELIVERABLES
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.columns import Row
from zt_planner.engine.own_catalogue import catalogue_of
from zt_planner.files.imports.catalogue import HEAD, OF_BRAND, OF_USE
from zt_planner.media.archive import zipped
from zt_planner.topics.view import AnyView


def plan_catalogue(view: AnyView) -> Catalogue:
    """Return what a plan has otherwise than this program, as a catalogue; one that it has keeps its name."""
    used = view.plan.scenario.display.catalogue
    name = view.language.say("Own catalogue") if used is None else used.name
    return catalogue_of(view.case, name, shipped_price_book(), shipped_phase_model())


def catalogue_bytes(catalogue: Catalogue) -> bytes:
    """Return a catalogue as one file; equal catalogues give equal bytes."""
    use = catalogue.use
    values = {**use.model_dump(mode="json", include=set(OF_USE)), **use.brand.model_dump(include=set(OF_BRAND))}
    head = [{"key": key, "value": _plain(values[key])} for key in (*OF_USE, *OF_BRAND) if values[key]]
    tables: tuple[tuple[CsvTable[Any], list[dict[str, Any]]], ...] = (
        (HEAD, head),
        (TASKS, _rows(catalogue.tasks)),
        (PRICES, _rows(catalogue.prices)),
        (DELIVERABLES, _rows(use.deliverables)),
    )
    files: Mapping[str, bytes] = {
        table.file: csv_text(table, {table.file: rows}).encode() for table, rows in tables if rows
    }
    logo = {"logo.png": b64decode(use.brand.logo)} if use.brand.logo else {}
    return zipped({**files, **logo}, use.day)


def _rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [{name: _plain(cell) for name, cell in row.model_dump(mode="json").items()} for row in rows]


def _plain(cell: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a cell that no spreadsheet computes; what is nothing but signs becomes a question mark."""
    if not isinstance(cell, str) or not is_formula(cell):
        return cell
    return cell.lstrip(f"{''.join(FORMULA)}- ") or "?"
