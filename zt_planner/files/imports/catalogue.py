"""A catalogue as one file (`.zttemplate`, a ZIP) or a folder: tables in the forms of data/, `catalogue.csv`, a logo.

Laws: nothing of it is executed or fetched; a part that is not known is refused by its name; what is wrong in a table is
named with file, row and column.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zt_planner.catalog.csv.tables import CsvTable, Line, decoded
from zt_planner.catalog.own_catalogue import TABLE_FILES, own_tables, refuse_formulas
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.columns import Row
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.errors import CatalogError, FileProblem, Place, msgid
from zt_planner.files.imports.archive import ArchiveLimits, archive_parts
from zt_planner.gaps import shortened
from zt_planner.media.logo import LOGOS, logo_png

ENDING = ".zttemplate"
LIMITS = ArchiveLimits(5_000_000, 10_000_000, msgid("Keep what differs only, and a small logo"))


class HeadRow(Row):
    """One row of catalogue.csv."""

    key: str
    value: str


HEAD = CsvTable("catalogue.csv", HeadRow, key="key")
OF_USE, OF_BRAND = ("name", "day"), ("firm", "footer", "colour", "second_colour")
KNOWN = (HEAD.file, *TABLE_FILES, *LOGOS)


def catalogue_in(path: Path, book: PriceBook, model: PhaseModel) -> Catalogue:
    """Read a catalogue, a file or a folder; raise CatalogError if it is refused."""
    place = Place(shortened(path.name))
    try:
        if not path.is_dir():
            with path.open("rb") as file:
                return catalogue_from(file.read(LIMITS.file_bytes + 1), path.name, book, model)
        parts = {name: _read(path / name) for name in KNOWN if (path / name).is_file()}
    except OSError as error:
        problem = msgid("the file cannot be read: {reason}")
        raise FileProblem(place, problem, msgid("Name a catalogue"), reason=error.strerror or str(error)) from None
    return catalogue_of(parts, path.name, book, model)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LIMITS.file_bytes + 1)


def catalogue_from(content: bytes, file: str, book: PriceBook, model: PhaseModel) -> Catalogue:
    """Read a catalogue from the content of its file; raise CatalogError if it is refused."""
    parts = archive_parts(content, file, limits=LIMITS)
    strange = next((name for name in parts if name not in KNOWN), None)
    if strange is not None:
        problem, remedy = msgid("'{value}' is no part of a catalogue"), msgid("Remove it; a catalogue has {known}")
        raise FileProblem(Place(shortened(file)), problem, remedy, value=shortened(strange), known=", ".join(KNOWN))
    return catalogue_of(parts, file, book, model)


def catalogue_of(parts: Mapping[str, bytes], file: str, book: PriceBook, model: PhaseModel) -> Catalogue:
    """Read a catalogue from its parts; raise CatalogError if it is refused."""
    if HEAD.file not in parts:
        problem, remedy = msgid("it has no {file}"), msgid("Add it, with the rows name and day")
        raise FileProblem(Place(shortened(file)), problem, remedy, file=HEAD.file)
    texts = {name: decoded(name, part, LIMITS.file_bytes) for name, part in parts.items() if name.endswith(".csv")}
    tables = own_tables(texts, book, model)
    use = _head(texts[HEAD.file], _logo(parts))
    return Catalogue(use.model_copy(update={"deliverables": tables.deliverables}), tables.tasks, tables.prices)


def _logo(parts: Mapping[str, bytes]) -> str:
    name = next((name for name in LOGOS if name in parts), None)
    return "" if name is None else b64encode(logo_png(parts[name], name)).decode()


def _head(text: str, logo: str) -> CatalogueUse:
    """Return what catalogue.csv says; raise for a key that is unknown or missing, and for a value that is wrong."""
    lines = {row.key: line for line, row in HEAD.read(text)}
    for line in lines.values():
        refuse_formulas(line)
    known = (*OF_USE, *OF_BRAND)
    for key, line in lines.items():
        if key not in known:
            problem, remedy = msgid("'{value}' is not known"), msgid("Use one of: {known}")
            raise line.wrong("key", problem, remedy, known=", ".join(known))
    missing = next((key for key in OF_USE if key not in lines), None)
    if missing is not None:
        raise FileProblem(Place(HEAD.file), msgid("the row '{value}' is missing"), msgid("Add its row"), value=missing)
    values: dict[str, Any] = {key: line.cells["value"].strip() for key, line in lines.items()}
    brand = {key: values[key] for key in OF_BRAND if values.get(key)}
    try:
        return CatalogueUse(**{key: values[key] for key in OF_USE}, brand=Brand.model_validate({**brand, "logo": logo}))
    except ValidationError as error:
        raise _wrong_value(lines, error) from None


def _wrong_value(lines: Mapping[str, Line], error: ValidationError) -> CatalogError:
    key = str(error.errors(include_url=False)[0]["loc"][-1])
    if key not in lines:
        return FileProblem(Place("logo"), msgid("the logo is too large"), msgid("Use a simpler picture"))
    problem, remedy = msgid("'{value}' cannot be used here"), msgid("Write a day as 2027-01-04, a colour as #1a56b0")
    return lines[key].wrong("value", problem, remedy)
