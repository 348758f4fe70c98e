"""Damaged, huge and hostile files are refused with a reason, and take no memory."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.approval import Says
from tests.incoming import MEGABYTE, open_plan, packed, parts, read, rows_read
from tests.papers import handout, situation
from tests.portions import names
from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.catalog.csv.tables import LONGEST_CELL, csv_lines
from zt_planner.catalog.shipped.price_book import PRICES
from zt_planner.errors import CatalogError, ScenarioError
from zt_planner.files.formats import Format, files_in, one_file
from zt_planner.files.imports import bookings
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.roadmap.tables import FROM_CSV
from zt_planner.workspace.incoming import price_list_in, titles_of_tables


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


SHEET = '<{0}worksheet xmlns{1}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><{0}sheetData>'


def sheet_of(rows: str, prefix: str = "", colon: str = "") -> bytes:
    start = SHEET.format(prefix, colon)
    return workbook_with("xl/worksheets/sheet2.xml", f"{start}{rows}</{prefix}sheetData></{prefix}worksheet>".encode())


def entities() -> bytes:
    text = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
    return workbook_with("xl/workbook.xml", text)


def own_tasks() -> bytes:
    return json.dumps({"tasks": {"own": {f"task{number}": {} for number in range(501)}}}).encode()


BOOKINGS = b"month,category,amount\r\n"
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
    "a header of a million columns": (lambda: b"," * MEGABYTE, "row 1: the row has 1000001 cells, more than the limit"),
    "a row of ten thousand cells": (lambda: BOOKINGS + b"," * 10_000, "row 2: the row has 10001 cells"),
    "a sheet of very many cells": (lambda: sheet_of(f"<row>{'<c/>' * 250_000}</row>"), "more cells or styles than"),
    "a sheet of very many rows by another name": (lambda: sheet_of("<x:row/>" * 250_000, "x:", ":x"), "more cells"),
    "very many styles": (lambda: workbook_with("xl/styles.xml", b"<xf/>" * 20_001), "more cells or styles than"),
    "very many own tasks": (own_tasks, r"tasks\.own: there are 501 tasks, more than the 500"),
    "a table whose name turns the text around": (
        lambda: packed({"\N{RIGHT-TO-LEFT OVERRIDE}vsc.csv": b"a,b\r\n1,2\r\n"}),
        r"^\\u202evsc\.csv: it is not a table",
    ),
    "a ledger of eight megabytes with one wrong byte": (
        lambda: BOOKINGS + b"2027-03,licence,1\r\n" * 450_000 + b"\x81",
        "row 450002, column month: the byte 0x81 is not UTF-8",
    ),
}
LONG = {
    *(
        "very many parts",
        "100,000 rows",
        "a sheet of very many rows",
        "a ledger of eight megabytes with one wrong byte",
    ),
    *("a sheet of very many cells", "a sheet of very many rows by another name", "very many styles"),
}


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
def test_a_workbook_as_a_price_list_is_refused_as_what_it_is(says: Says) -> None:
    workbook = one_file(Format.XLSX, handout(), Dialect.RFC4180)
    with pytest.raises(CatalogError) as caught:
        price_list_in(workbook, "list.xlsx")
    says(str(caught.value))


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


LONG_CELL = "x" * (LONGEST_CELL + 1)
READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "bookings": (lambda text: read(text.encode(), handout().plan, "list.csv"), "month,category,amount"),
    "bookings of a German Excel": (
        lambda text: read(text.replace(",", ";").encode("cp1252"), handout().plan, "list.csv"),
        "Monat,Kategorie,Betrag",
    ),
    "tables": (lambda text: read(text.encode(), handout().plan, "list.csv"), ",".join(FROM_CSV)),
    "a table in an archive": (
        lambda text: read(packed({"list.csv": text.encode()}), handout().plan),
        ",".join(FROM_CSV),
    ),
    "a price list": (lambda text: price_list_in(text.encode(), "list.csv"), "id,amount,currency,term,valid_from"),
    "the price book": (lambda text: csv_lines("list.csv", text, PRICES.columns), ",".join(PRICES.columns)),
}


@pytest.mark.parametrize("name", READERS)
def test_a_cell_that_is_too_long_is_told_with_its_row_and_column(name: str) -> None:
    reader, header = READERS[name]
    second = header.split(",")[1]
    row = ",".join("x" for _ in header.split(","))
    limit = "the cell has more than 131072 characters. Shorten it, or close the double quote at its beginning."
    for text, place in (
        (f"{header},{LONG_CELL}\n{row},x\n", f"row 1, column {header.count(',') + 2}"),
        (f"{header}\nx,{LONG_CELL}{row.removeprefix('x,x')}\n", f"row 2, column {second}"),
        (f'{header}\n{row}\nx,"{LONG_CELL}""\n,"{row.removeprefix("x,x")}\n', f"row 3, column {second}"),
    ):
        with pytest.raises(CatalogError) as caught:
            reader(text)
        assert str(caught.value) == f"list.csv, {place}: {limit}"


def test_a_quote_that_is_never_closed_is_told_as_such_however_much_follows() -> None:
    for text in (f'month,category,amount\n2027-03,"{LONG_CELL}', f'month,category,"{LONG_CELL}\n2027-03,licence,1\n'):
        with pytest.raises(CatalogError, match="its double quotes do not match"):
            read(text.encode(), handout().plan)


def test_of_a_file_of_line_breaks_no_more_rows_are_read_than_a_file_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_read(monkeypatch)
    monkeypatch.setattr(bookings, "MOST_ROWS", 1_000)
    with pytest.raises(CatalogError, match=r"more than 1000 rows, empty ones included\. Remove empty rows"):
        read(BOOKINGS + b"\n" * 9_500_000, handout().plan)
    assert len(rows) < 1_010  # the header once for each separator, too


def test_a_table_is_read_with_several_byte_order_marks_and_with_its_name_in_capitals() -> None:
    tasks = files_in(Format.CSV, handout(), Dialect.RFC4180)["tasks.csv"]
    assert read(b"\xef\xbb\xbf" * 2 + tasks, handout().plan).edits == {}
    assert read(packed({"TASKS.CSV": tasks}), handout().plan).edits == {}


def test_titles_of_tables_depend_on_nothing_of_the_plan_but_on_whether_labour_is_shown() -> None:
    plan, other = handout().plan, situation("under way").plan
    assert titles_of_tables(open_plan(plan)) == titles_of_tables(open_plan(other))
    assert titles_of_tables(open_plan(plan)) != titles_of_tables(
        open_plan(replace(plan, case=replace(plan.case, shows_labour=False)))
    )
