"""The scenario bundle: a plan with its prices and its phase model, as one file that opens anywhere, years later.

A zip of JSON: `manifest.json` says what made it and what it came to,
`scenario.json` is the scenario, every other part is a table of rows. Laws:
equal views give equal bytes; the tables are those that the figures were
computed with; where labour is not shown, no day rate is in it.
The catalogue reads the rows of a bundle that is opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from zt_planner.catalog.csv.tables import CsvTable
from zt_planner.catalog.shipped.phase_model import MODEL_TABLES
from zt_planner.catalog.shipped.price_book import BOOK_TABLES
from zt_planner.catalog.shipped.rules import RULE_TABLES
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.rules import Rules
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.archive import archive_parts, names_in
from zt_planner.files.json_text import json_bytes, json_from
from zt_planner.files.scenario_json import SCENARIO_FILE, parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.media.archive import zipped
from zt_planner.topics.headline.manifest import FORMAT, manifest_of
from zt_planner.topics.view import AnyView

MANIFEST, BUNDLE = "manifest.json", ".ztplan"
READ_BACK = (*BOOK_TABLES.values(), *MODEL_TABLES.values())
"""Beside these, what was known of laws, insurers and what others pay is kept for the record (ADR 0071)."""


def bundle_bytes(view: AnyView) -> bytes:
    """Return the bundle of a plan."""
    plan = view.plan
    book, model = view.case.base_book, view.case.base_model
    shown = book if plan.shows_labour else KeptBook.of(book).without(DAY_RATES).book
    tables = {
        **_rows_of(shown, BOOK_TABLES),
        **_rows_of(model, MODEL_TABLES),
        **_rows_of(model.rules, RULE_TABLES),
    }
    scenario = plan.scenario.with_kept_data(None, None)
    parts: dict[str, Any] = {
        MANIFEST: view.language.written(manifest_of(view)),
        SCENARIO_FILE: scenario.model_dump(mode="json"),
        **tables,
    }
    files = {name: json_bytes(part) for name, part in parts.items()}
    return zipped(files, plan.today, zipfile.ZIP_STORED)


def part_of(table: CsvTable[Any]) -> str:
    """Return the part of a bundle that has the rows of a file of `data/`."""
    return f"{table.file.removesuffix('.csv')}.json"


def _rows_of(source: PriceBook | PhaseModel | Rules, tables: Mapping[str, CsvTable[Any]]) -> dict[str, Any]:
    return {part_of(table): json_rows(getattr(source, field)) for field, table in tables.items()}


def json_rows(rows: Iterable[BaseModel]) -> list[Mapping[str, Any]]:
    """Return rows as JSON holds them; what is empty is left out."""
    return [
        {name: value for name, value in row.model_dump(mode="json").items() if value not in (None, [])} for row in rows
    ]


# Opening one


@dataclass(frozen=True, slots=True)
class BundleFile:
    """What a bundle says; tables by the names of the files that they would be in data/."""

    manifest: Mapping[str, Any]
    scenario: Scenario
    tables: Mapping[str, object]


def bundle_from(content: bytes, file: str) -> BundleFile:
    """Read a bundle; raise FileProblem or ScenarioError if it is refused."""
    needed = (MANIFEST, SCENARIO_FILE, *map(part_of, READ_BACK))
    parts = archive_parts(content, file, set(needed))
    missing = next((name for name in needed if name not in parts), None)
    if missing is not None:
        problem, remedy = msgid("its part '{value}' is missing"), msgid("Save the plan again")
        raise FileProblem(Place(shortened(file)), problem, remedy, value=missing)
    manifest = json_from(parts[MANIFEST], MANIFEST)
    version = manifest.get("format") if isinstance(manifest, dict) else None
    if version != FORMAT:
        problem = msgid("it has the form {value}, this program reads form {known}")
        raise FileProblem(Place(MANIFEST), problem, msgid("Update ZT Planner"), value=str(version), known=FORMAT)
    tables = {table.file: json_from(parts[part_of(table)], part_of(table)) for table in READ_BACK}
    return BundleFile(manifest, parsed_scenario(parts[SCENARIO_FILE], file=SCENARIO_FILE), tables)


def packed_bundle(content: bytes, file: str) -> tuple[str, bytes] | None:
    """Return name and content of the bundle among the files of an archive; None where there is none."""
    bundles = [name for name in names_in(content, file) if name.endswith(BUNDLE)]
    if len(bundles) > 1:
        raise FileProblem(
            Place(shortened(file)), msgid("it holds several plans"), msgid("Unpack it and choose one of them")
        )
    return (bundles[0], archive_parts(content, file, set(bundles))[bundles[0]]) if bundles else None


def with_own_data(
    scenario: Scenario, own: tuple[PriceBook, PhaseModel], shipped: tuple[PriceBook, PhaseModel]
) -> Scenario:
    """Return the scenario of a bundle with its own prices and phase model where they are not those of this program."""
    book, model = own
    if not DAY_RATES & book.rows_by_id.keys():
        book = with_day_rates(book, shipped[0])
    own_book = None if book.version == shipped[0].version else KeptBook.of(book)
    own_model = None if model.version == shipped[1].version else KeptModel.of(model)
    return scenario.with_kept_data(own_book, own_model)


def with_day_rates(book: PriceBook, shipped: PriceBook) -> PriceBook:
    """Return a book that was saved without day rates with those of this program."""
    rates = tuple(row for row in shipped.prices if row.id in DAY_RATES)
    is_shipped = book.version == KeptBook.of(shipped).without(DAY_RATES).book.version
    return shipped if is_shipped else replace(book, prices=(*book.prices, *rates))
