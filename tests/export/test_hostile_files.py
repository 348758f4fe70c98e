"""Damaged, huge and hostile files are refused with a reason, and take no memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.incoming import MEGABYTE, packed, parts, read
from tests.papers import handout, situation
from tests.portions import names
from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.errors import CatalogError, ScenarioError
from zt_planner.export.csv.dialects import Dialect
from zt_planner.export.formats import Format, files_in, one_file
from zt_planner.importing.price_list import price_list_in

if TYPE_CHECKING:
    from collections.abc import Callable


def bomb() -> bytes:
    return packed({"manifest.json": b"0" * 60 * MEGABYTE})


def many_parts() -> bytes:
    return packed({f"{number}.csv": b"" for number in range(500)})


def many_rows() -> bytes:
    header = files_in(Format.CSV, handout(), Dialect.RFC4180)["tasks.csv"].partition(b"\r\n")[0]
    return header + b"\r\n" + b"kickoff,0,x,,,,,,,,,\r\n" * 100_000


def workbook_with(part: str, content: bytes) -> bytes:
    return packed({**parts(one_file(Format.XLSX, handout(), Dialect.RFC4180)), part: content})


def sheet_of_many_rows() -> bytes:
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return workbook_with("xl/worksheets/sheet2.xml", sheet + row * 90_000 + b"</sheetData></worksheet>")


def entities() -> bytes:
    text = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
    return workbook_with("xl/workbook.xml", text)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (bomb, "is larger than"),
    "very many parts": (many_parts, "it has 500 parts"),
    "100,000 rows": (many_rows, "more than 20000 rows"),
    "a sheet of very many rows": (sheet_of_many_rows, "more than 20000 rows"),
    "XML entities": (entities, "declares a document type"),
    "a renamed PNG": (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 1000, "it is a picture"),
    "a page": (lambda: b"<!doctype html><html></html>", "it is a page"),
    "a summary": (lambda: files_in(Format.JSON, handout(), Dialect.RFC4180)["summary.json"], "the summary of a plan"),
    "a renamed PDF": (lambda: b"%PDF-1.7", "it is a PDF"),
    "an old Excel file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Excel"),
    "nothing": (lambda: b"", "the file is empty"),
    "zeros": (lambda: bytes(1000), "it is a file of another program"),
    "an archive that is cut off": (lambda: one_file(Format.BUNDLE, handout(), Dialect.RFC4180)[:-400], "damaged"),
    "an archive of something else": (lambda: packed({"a.txt": b"a"}), "it contains no known file"),
    "a workbook of somebody else": (
        lambda: workbook_with("xl/workbook.xml", b"<workbook/>"),
        "the hidden sheet with its plan is missing",
    ),
    "a table of somebody else": (lambda: b"a,b,c\r\n1,2,3\r\n", "not a table written by"),
    "a table that lacks a column": (
        lambda: b"task_id,step,task,start,finish,length_days,after\r\n",
        "column is missing",
    ),
    "six megabytes": (lambda: b"{" + b" " * 6 * MEGABYTE, "larger than the limit of 5000000"),
    "a scenario that is none": (lambda: b'{"company": {"employees": "many"}}', "company.employees"),
    "deep JSON": (lambda: b'{"a":' * 5000, "nested"),
}
LONG = {"very many parts", "100,000 rows", "a sheet of very many rows"}


@pytest.mark.extended
@pytest.mark.parametrize("name", names(HOSTILE, *HOSTILE.keys() - LONG))
def test_a_hostile_file_is_refused_with_a_reason_and_takes_no_memory(name: str) -> None:
    make, said = HOSTILE[name]
    content, plan = make(), handout().plan
    tracemalloc.start()
    with pytest.raises((CatalogError, ScenarioError), match=said):
        read(content, plan)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80 * MEGABYTE


def test_a_workbook_that_is_none_is_called_so() -> None:
    with pytest.raises(
        CatalogError, match=r"Plan\.XLSX: it is damaged, or no workbook\. Save it and choose it again\."
    ):
        read(b"a\x9fb", handout().plan, "Plan.XLSX")


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(one_file(Format.BUNDLE, handout(), Dialect.RFC4180))
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    with pytest.raises(CatalogError, match="it is encrypted"):
        read(bytes(content), handout().plan)


def test_an_archive_in_which_a_part_is_there_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", "2")
    with pytest.raises(CatalogError, match="appears twice"):
        read(out.getvalue(), handout().plan)


@pytest.mark.extended
def test_a_workbook_as_a_price_list_is_refused_as_what_it_is() -> None:
    workbook = one_file(Format.XLSX, handout(), Dialect.RFC4180)
    with pytest.raises(CatalogError) as caught:
        price_list_in(workbook, "list.xlsx")
    assert str(caught.value) == "list.xlsx: it is an archive or a workbook. Choose a price list as CSV."


BEYOND = ("1e999999999", "1e308", "9" * 40, "0e999999999", "1_000", "\N{ARABIC-INDIC DIGIT THREE}", "nan")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("tasks.csv", column) for column in ("length_days", "internal_days", "remaining_days", "slack_days")),
        *(("cost_lines.csv", column) for column in ("quantity", "unit_price", "amount")),
    ],
)
def test_a_number_beyond_all_bounds_is_refused_at_once(table: str, column: str) -> None:
    handed = situation("under way")
    rows = list(csv.DictReader(io.StringIO(files_in(Format.CSV, handed, Dialect.RFC4180)[table].decode())))
    for number in BEYOND:
        rows[-1][column] = number
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        said = read(out.getvalue().encode(), handed.plan, table)
        assert not said.edits, number
        assert [str(left.place) for left in said.left_out] == [f"{table}, row {len(rows) + 1}, column {column}"]


def test_an_archive_of_several_plans_is_refused_instead_of_one_being_chosen() -> None:
    plan = one_file(Format.BUNDLE, handout(), Dialect.RFC4180)
    with pytest.raises(CatalogError, match=r"it holds several plans\. Unpack it and choose one of them"):
        read(packed({"a.ztplan": plan, "b.ztplan": plan}), handout().plan)
    assert read(packed({"a.ztplan": plan, "notes.txt": b""}), handout().plan).scenario is not None


OTHER_KINDS = {
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(500), "it is a picture"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(500), "it is a picture"),
    "photo.webp": (b"RIFF\x10\x00\x00\x00WEBP", "it is a picture, a sound or a film"),
    "photo.heic": (b"\x00\x00\x00\x18ftypheic", "it is a file of another program, which cannot be imported"),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "it is a picture"),
    "paper.pdf": (b"%PDF-1.7", "it is a PDF, which cannot be imported"),
    "calendar.ics": (b"BEGIN:VCALENDAR\r\n", "it is a calendar, which cannot be imported"),
    "page.html": (b"<!DOCTYPE html><html>", "it is a page, which cannot be imported"),
    "program.exe": (b"MZ\x90\x00", "it is a file of another program, which cannot be imported"),
    "letter.docx": (packed({"word/document.xml": b"<w/>"}), "it is a document"),
    "minutes.md": (b"# Minutes\n", "it is not a table written by ZT Planner"),
}


@pytest.mark.parametrize("file", OTHER_KINDS)
def test_a_file_of_another_kind_is_refused_in_one_sentence_and_what_can_be_read_in_another(file: str) -> None:
    content, what = OTHER_KINDS[file]
    with pytest.raises(CatalogError) as caught:
        read(content, handout().plan, file)
    assert str(caught.value) == f"{file}: {what}. {READABLE}."
