"""Tables in the standard form that an Excel of some country saved: days, months, yes and no as it writes them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.approval import Says
from tests.incoming import read
from tests.papers import handout
from zt_planner.catalog.csv.spreadsheets import READABLE
from zt_planner.errors import CatalogError, Place
from zt_planner.files.formats import Format, files_in
from zt_planner.files.imports.rows import ImportResult, Returned, is_month_first, with_iso_days
from zt_planner.files.imports.tasks import task_edits
from zt_planner.media.csv.dialects import Dialect

BRITISH, AMERICAN, SHORT = "{day:02}/{month:02}/{year}", "{month}/{day}/{year}", "{month}/{day}/{short}"
ISO_DAY, MONTH = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), re.compile(r"^(\d{4})-(\d\d)(?=[,;])", re.MULTILINE)
GERMAN_MONTHS = ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def table(file: str) -> str:
    return files_in(Format.CSV, handout(), Dialect.RFC4180)[file].decode()


def saved(text: str, form: str) -> str:
    """Return a table as Excel saves it: days in its form, no zeros at the end, TRUE and FALSE."""

    def day(found: re.Match[str]) -> str:
        year, month, day = map(int, found.groups())
        return form.format(year=year, short=year % 100, month=month, day=day)

    text = re.sub(r"(?<=,)(\d+)\.(\d*?)0+(?=,)", r"\1.\2", ISO_DAY.sub(day, text)).replace(".,", ",")
    return text.replace(",true,", ",TRUE,").replace(",false,", ",FALSE,")


@pytest.mark.parametrize("form", [BRITISH, AMERICAN, SHORT])
def test_tasks_that_english_excel_saved_are_unchanged_and_a_moved_day_is_an_edit(form: str) -> None:
    plan, content = handout().plan, table("tasks.csv")
    said = read(saved(content, form).encode(), plan, "tasks.csv")
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    moved = content.replace("2027-01-04", "2027-05-04", 1)
    said = read(saved(moved, form).encode(), plan, "tasks.csv")
    assert (said.edits, said.left_out) == ({"tasks.edits.kickoff.fixed_start": "2027-05-04"}, ())


@pytest.mark.parametrize("form", [BRITISH, AMERICAN])
def test_recorded_days_and_those_of_new_tasks_are_in_the_order_of_the_file(form: str) -> None:
    row = {"task_id": "new", "task": "Training", "internal_days": "2", "start": form.format(year=2027, month=3, day=4)}
    done = {"task_id": "kickoff", "started": form.format(year=2027, month=1, day=5), "finished": ""}
    other = {"task_id": "inventory", "start": form.format(year=2027, month=1, day=13)}
    result = ImportResult()
    task_edits([Returned(Place("tasks.csv", 2), cells) for cells in (row, done, other)], handout().plan, result)
    assert result.edits["tasks.own.new"]["earliest_start"] == "2027-03-04"
    assert result.edits["status.tasks.kickoff.started"] == "2027-01-05"


def test_the_order_is_that_of_days_with_one_reading_or_else_that_of_the_plan() -> None:
    kept = date(2027, 1, 4)
    assert is_month_first([("04/01/2027", None), ("13/01/2027", None)]) is False
    assert is_month_first([("1/4/2027", None), ("1/13/2027", None)]) is True
    assert is_month_first([("04/01/2027", kept), ("05/02/2027", None)]) is False
    assert is_month_first([("1/4/27", kept), ("2/5/27", None)]) is True
    assert is_month_first([("13/01/2027", None), ("1/13/2027", kept)]) is None
    assert is_month_first([("04/01/2027", None), ("31/02/2027", None), ("2027-01-13", kept), ("", None)]) is None


def test_where_the_order_is_not_told_only_days_with_two_readings_are_left_out_with_both(says: Says) -> None:
    days = {"task_id": "kickoff", "start": "3/2/2027", "started": "13/01/2027"}
    row = Returned(Place("tasks.csv", 2), days)
    assert with_iso_days(row, ("start", "started"), month_first=None).cells == {**days, "started": "2027-01-13"}
    result = ImportResult()
    other = Returned(Place("tasks.csv", 3), {"task_id": "inventory", "started": "1/14/2027"})
    task_edits([row, other], handout().plan, result)
    (left,) = result.left_out
    says(left.problem, left.remedy)
    assert left.values == {"value": "3/2/2027", "plain": "2027-02-03", "other": "2027-03-02"}


@pytest.mark.parametrize(
    "form", ["{german} {short}", "{english}-{short}", "01.{month:02}.{year}", "{year}-{month:02}-01"]
)
def test_cost_lines_whose_months_excel_wrote_in_its_way_are_unchanged(form: str) -> None:
    def month(found: re.Match[str]) -> str:
        year, month = map(int, found.groups())
        names = {"german": GERMAN_MONTHS[month - 1], "english": ENGLISH_MONTHS[month - 1]}
        return form.format(year=year, short=year % 100, month=month, **names)

    content = MONTH.sub(month, table("cost_lines.csv"))
    said = read(content.encode(), handout().plan, "cost_lines.csv")
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    said = read(content.replace(",20.00,", ",21.00,").encode(), handout().plan, "cost_lines.csv")
    assert "prices.overrides.m365-business-premium" in said.edits


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_unicode_text_of_excel_is_told_to_be_saved_as_utf_8(encoding: str) -> None:
    content = ("\ufeff" + table("tasks.csv").replace(",", "\t")).encode(encoding)
    with pytest.raises(CatalogError, match=r"is not UTF-8\. Save the file as 'CSV UTF-8'"):
        read(content, handout().plan, "tasks.csv")


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_what_can_be_chosen(content: bytes) -> None:
    with pytest.raises(CatalogError) as caught:
        read(content, handout().plan, "empty.json")
    assert str(caught.value) == f"empty.json: the file is empty. {READABLE}."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_xml_in_utf_16_is_still_read_as_a_project_file(encoding: str) -> None:
    with pytest.raises(CatalogError, match=r"plan\.xml: .*planning program"):
        read(("\ufeff<?xml version='1.0' encoding='utf-16'?><Other/>").encode(encoding), handout().plan, "plan.xml")
