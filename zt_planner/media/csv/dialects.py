"""CSV in dialects: what every program reads, and what the Excel of a language opens with a double click.

Excel takes semicolons where the decimal mark is a comma, and needs a byte-order mark to see UTF-8.

A text that a spreadsheet would run as a formula gets an apostrophe in front;
`unprotected` takes it off again. Numbers are never protected: they stay
numbers. Laws: `unprotected(protected(text)) == text` for every text; equal
rows give equal bytes.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO, TypeAlias

from zt_planner.language import Language, LanguageCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CsvValue: TypeAlias = "str | int | bool | Decimal | date | None"

TRIGGERS = frozenset("=+-@")
LINE_TRIGGERS = ("\t", "\r", "\n")
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""Unicode categories that a spreadsheet may skip before a formula: spaces, controls, byte-order mark."""
EXCEL = "excel-"


class Dialect(StrEnum):
    """Who reads the file: every program, or the Excel of a language whose decimal mark is a comma: `excel-de`."""

    _ignore_ = "code"
    RFC4180 = "rfc4180"
    for code in LanguageCode:
        if Language(code).has_excel_dialect:
            vars()[f"EXCEL_{code.name}"] = f"{EXCEL}{code}"

    @property
    def words(self) -> Language | None:
        """The language of its columns and words, where it has one."""
        return Language(LanguageCode(self.removeprefix(EXCEL))) if self.startswith(EXCEL) else None

    @property
    def encoding(self) -> str:
        """How its texts become bytes."""
        return "utf-8" if self.words is None else "utf-8-sig"


def usual_dialect(language: Language) -> Dialect:
    """Return the dialect that a language's readers open with a double click."""
    return next((dialect for dialect in Dialect if dialect.words == language), Dialect.RFC4180)


def dialect_names(language: Language) -> dict[Dialect, str]:
    """Return the forms of CSV files that are offered, by name: of the reader's own Excel, or of each without one."""
    own = [language] if language.has_excel_dialect else [dialect.words for dialect in Dialect if dialect.words]
    names = {usual_dialect(each): language.say("Excel ({language})", language=language.tongue(each)) for each in own}
    return {**names, Dialect.RFC4180: language.say("Standard (commas)")}


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
    """Return rows under a header as a file."""
    out = io.StringIO(newline="")
    write_csv(out, header, rows, dialect)
    return out.getvalue().encode(dialect.encoding)


def write_csv(out: TextIO, header: Sequence[str], rows: Iterable[Sequence[CsvValue]], dialect: Dialect) -> None:
    """Write rows under a header; lines end with CR LF in every dialect."""
    words = dialect.words
    writer = csv.writer(out, delimiter="," if words is None else ";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value, words) for value in row] for row in rows)


def _cell(value: CsvValue, words: Language | None) -> str:
    """Write one value: texts protected, numbers plain, dates in the dialect's form, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return protected(value)
    if isinstance(value, date):
        return value.isoformat() if words is None else words.typed_day(value)
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return number if words is None else number.replace(".", ",")
