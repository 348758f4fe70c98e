"""CSV in two dialects: what every program reads, and what German Excel opens with a double click.

A text that a spreadsheet would run as a formula gets an apostrophe in front;
`unprotected` takes it off again. Numbers are never protected: they stay
numbers. Laws: `unprotected(protected(text)) == text` for every text; equal
rows give equal bytes.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.language import LanguageCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CsvValue: TypeAlias = "str | int | bool | Decimal | date | None"

TRIGGERS = frozenset("=+-@")
LINE_TRIGGERS = ("\t", "\r", "\n")
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""Unicode categories that a spreadsheet may skip before a formula: spaces, controls, byte-order mark."""


class Dialect(StrEnum):
    """Who reads the file."""

    RFC4180 = "rfc4180"
    EXCEL_DE = "excel-de"


@dataclass(frozen=True, slots=True)
class _Form:
    """How a dialect writes."""

    encoding: str
    delimiter: str
    decimal_mark: str
    day: str
    words: LanguageCode | None = None
    """The language of its columns and words, where it has one."""


FORMS = {
    Dialect.RFC4180: _Form("utf-8", ",", ".", "%Y-%m-%d"),
    Dialect.EXCEL_DE: _Form("utf-8-sig", ";", ",", "%d.%m.%Y", LanguageCode.GERMAN),
}


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet could run a text: by its first visible character, full-width forms included."""
    if text.startswith(LINE_TRIGGERS):
        return True
    first = next((char for char in text if unicodedata.category(char) not in INVISIBLE), "")
    return unicodedata.normalize("NFKC", first)[:1] in TRIGGERS


def protected(text: str) -> str:
    """Put an apostrophe before a text that would run, and before one that looks like a protected text already."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unprotected(text: str) -> str:
    """Take the apostrophe of `protected` off again."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[CsvValue]], dialect: Dialect) -> bytes:
    """Write rows under a header; lines end with CR LF in both dialects."""
    form = FORMS[dialect]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value, form) for value in row] for row in rows)
    return out.getvalue().encode(form.encoding)


def _cell(value: CsvValue, form: _Form) -> str:
    """Write one value: texts protected, numbers plain, dates in the dialect's form, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return protected(value)
    if isinstance(value, date):
        return value.strftime(form.day)
    return f"{value:f}".replace(".", form.decimal_mark) if isinstance(value, Decimal) else str(value)
