"""Untrusted files of other programs as data: JSON, the JSON inside a report's page, tables, and archives of them.

A file is told by its content, never by its name. Laws: whatever the bytes are, they become a document or a FileProblem
that names the file and what to do; nothing is unpacked beyond its limit; nothing is written to a disk.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from zt_planner.catalog.csv.tables import LONGEST_CELL
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.archive import ArchiveLimits, archive_parts
from zt_planner.files.imports.kinds import ARCHIVE, beginning_of, refuse_other_kinds
from zt_planner.gaps import shortened

LARGEST_SCAN_BYTES = 200_000_000
SMALL = 1_000_000
"""Files up to here are read however dense they are."""
MOST_MEMORY = 9
"""Bytes that a file, its text and the values in it may take for each character; ten with the contents of texts."""
OF_OBJECT, OF_LIST, OF_VALUE = 184, 88, 60
"""Bytes that an object, a list and a value take without its content, as counted on CPython 3.11."""
END = 6
"""Characters before the end of a text within which a cut shows: the rest of an escape."""
IN_PAGE = re.compile(r"\b(?:reportData|testResults)\s*=\s*(?=\{\s*\")")
"""What stands before the JSON in the pages of Zero Trust Assessment and Maester."""
MOST_MARKS = 10
"""Places in a page of which each is read as JSON, which may take until its end."""
END_OF_DATA = "EndOfJson"
REMEDY = msgid(
    "Choose the report of a Zero Trust Assessment, Maester, ScubaGear, ScubaGoggles or Prowler as it was written, or "
    "what Microsoft Graph answered"
)
WRITE_AGAIN = msgid("Copy the whole file, or let the program write it again")
LIMITS = ArchiveLimits(LARGEST_SCAN_BYTES, LARGEST_SCAN_BYTES, msgid("Choose the reports themselves"))
BEFORE_HEADER = re.compile(r"\A(?:#TYPE |sep=)[^\n]*\n\s*", re.IGNORECASE)
"""What PowerShell and Excel write above a header."""
LINE = re.compile(r"[^\n]*\n|[^\n]+")
SEPARATORS = (",", ";", "\t")


class NoScanError(Exception):
    """A whole document that is no scan of ours; caught where it is known whether it came alone or in an archive."""

    def __init__(self, refusal: FileProblem) -> None:
        """Keep the error that it is if it came alone."""
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """What a JSON file holds, or the page that has it inside."""

    file: str
    data: Any


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A table: its text, what stands between its cells, and its header."""

    file: str
    text: str
    separator: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[Mapping[str, str]]:
        """Yield each row by its columns; raise FileProblem for one that is not whole."""
        lines = (line[0] for line in LINE.finditer(self.text))
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        try:
            next(reader)
            for cells in reader:
                if not any(map(str.strip, cells)):
                    continue
                if len(cells) != len(self.header):
                    problem = msgid("cells in the row: {cells}; in the header: {columns}")
                    values = {"cells": len(cells), "columns": len(self.header)}
                    raise FileProblem(Place(self.file, reader.line_num), problem, WRITE_AGAIN, **values)
                yield dict(zip(self.header, cells, strict=True))
        except csv.Error as error:
            place, is_closed = Place(self.file, reader.line_num), self.text.count('"') % 2 == 0
            if is_closed and str(error).startswith("field larger"):
                problem, remedy = (
                    msgid("the cell has more than {most} characters"),
                    msgid("Choose the JSON of this scan"),
                )
                raise FileProblem(place, problem, remedy, most=LONGEST_CELL) from None
            problem = msgid("its double quotes do not match: it may be cut off")
            raise FileProblem(place, problem, WRITE_AGAIN) from None


Document = JsonDocument | TableDocument


def refused(file: str, problem: str, remedy: str = REMEDY, **values: object) -> FileProblem:
    """Return the error of a whole file."""
    return FileProblem(Place(shortened(file)), problem, remedy, **values)


def is_archive(content: bytes) -> bool:
    return content.startswith(ARCHIVE)


def is_json(content: bytes) -> bool:
    """Tell whether a file begins as JSON does."""
    return beginning_of(content).startswith((b"{", b"["))


def parts_of(content: bytes, file: str) -> Mapping[str, bytes]:
    """Return the files in an archive by name; hidden ones and what a Mac adds are none."""
    parts = archive_parts(content, file, limits=LIMITS)
    return {
        name: part
        for name, part in parts.items()
        if part and not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")
    }


def document_from(content: bytes, file: str) -> Document:
    """Read a file that is no archive; raise FileProblem for what cannot be read."""
    check(content, file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = msgid("it is not UTF-8: a byte in line {line} cannot be read")
        raise refused(file, problem, msgid("Save it in UTF-8"), line=line) from None
    first = text[:1000].lstrip()[:1]
    if first == "<":
        return JsonDocument(file, _from_page(text, file))
    if first in {"{", "["}:
        return JsonDocument(file, _from_json(text, file))
    return _table(text, file)


def check(content: bytes, file: str) -> None:
    """Raise FileProblem for a file that is empty, too large, of another encoding or of another kind."""
    if len(content) > LARGEST_SCAN_BYTES:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        remedy = msgid("Choose the report itself, without what was exported beside it")
        raise refused(file, problem, remedy, bytes=len(content), most=LARGEST_SCAN_BYTES)
    if not content.strip():
        raise refused(file, msgid("the file is empty"), WRITE_AGAIN)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:100]:
        problem = msgid("it is in UTF-16, or is not text")
        remedy = msgid("Save it in UTF-8, in PowerShell with: Out-File -Encoding utf8")
        raise refused(file, problem, remedy)
    if not beginning_of(content).startswith(b"<"):
        refuse_other_kinds(content, file, REMEDY)


def _from_json(text: str, file: str) -> Any:  # noqa: ANN401 - what a file holds is known after it is told apart
    _check_density(text, file)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(error, len(text.rstrip()), file) from None
    except RecursionError:
        raise _too_deep(file) from None
    except ValueError:
        raise refused(file, msgid("it contains a number with thousands of digits"), WRITE_AGAIN) from None


def _from_page(text: str, file: str) -> Any:  # noqa: ANN401 - as above
    """Return the JSON inside a page: what follows the first name that such JSON has there and is whole."""
    decoder, failed, furthest = json.JSONDecoder(), None, -1
    for mark in islice(IN_PAGE.finditer(text), MOST_MARKS):
        start, end = mark.end(), text.rfind(END_OF_DATA, mark.end())
        _check_density(text, file, start, len(text) if end < 0 else end)
        try:
            data, _ = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            if error.pos - start > furthest:
                failed, furthest = error, error.pos - start
        except RecursionError:
            raise _too_deep(file) from None
        else:
            if isinstance(data, dict) and "Tests" in data:
                return data
    if failed is not None:
        raise _not_json(failed, len(text.rstrip()), file)
    raise refused(file, msgid("it is a page without the data of a scan"))


def _check_density(text: str, file: str, start: int = 0, end: int | None = None) -> None:
    """Raise FileProblem for JSON, at a place in a text, whose values would take many times the memory of the file."""
    objects, lists, values = (text.count(mark, start, end) for mark in "{[,")
    memory = len(text) + sys.getsizeof(text) + OF_OBJECT * objects + OF_LIST * lists + OF_VALUE * values
    if len(text) > SMALL and memory > MOST_MEMORY * len(text):
        problem = msgid("it holds far more values than a scan of its size")
        remedy = msgid("Choose the CSV of this scan, or ask Microsoft Graph for fewer fields with $select")
        raise refused(file, problem, remedy)


def _not_json(error: json.JSONDecodeError, length: int, file: str) -> FileProblem:
    if error.pos >= length - END or error.msg.startswith("Unterminated"):
        return refused(file, msgid("it is cut off at its end"), WRITE_AGAIN)
    problem = msgid("it is not JSON: line {line}, column {column} cannot be read")
    return refused(file, problem, WRITE_AGAIN, line=error.lineno, column=error.colno)


def _too_deep(file: str) -> FileProblem:
    return refused(file, msgid("it is nested deeper than any scan"))


def _table(text: str, file: str) -> TableDocument:
    """Return a table; the separator is the one that splits its header into most columns."""
    text = BEFORE_HEADER.sub("", text.lstrip("\r\n"))
    line = text.partition("\n")[0]
    headers: dict[str, list[str]] = {}
    for separator in SEPARATORS:
        try:
            headers[separator] = next(csv.reader([line], delimiter=separator, strict=True), [])
        except csv.Error:
            headers[separator] = []
    separator = max(headers, key=lambda mark: len(headers[mark]))
    header = tuple(name.strip() for name in headers[separator])
    if len(header) <= 1:
        raise refused(file, msgid("it is neither JSON nor a table"))
    return TableDocument(file, text, separator, header)
