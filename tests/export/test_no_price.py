"""A plan of which nothing has a price: no medium shows an amount of 0 where none is known."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

import openpyxl
import pytest

from tests.papers import situation
from tests.words import told
from zt_planner.domain import units
from zt_planner.files.formats import Format, files_in
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.headline.cards import overview_of
from zt_planner.topics.headline.figures import figures_of, summary_figures
from zt_planner.topics.prices.origins import origin_words
from zt_planner.topics.trace import closing_rows
from zt_planner.topics.view import View

ZERO = re.compile(r"EUR\s0(\.00)?\b")


@pytest.fixture(scope="module")
def given() -> View:
    return situation("no price at all")


@pytest.fixture(scope="module")
def files(given: View) -> Mapping[str, bytes]:
    shown = (Format.CSV, Format.JSON, Format.XLSX, Format.HTML)
    return {name: content for form in shown for name, content in files_in(form, given, Dialect.RFC4180).items()}


def test_the_command_line_says_that_amounts_are_not_known(given: View) -> None:
    values = [given.language.write(row.value) for row in overview_of(given)]
    unknown = {figure.name for figure in figures_of(given.plan, given.promise) if figure.unit is units.MONEY}
    assert len([value for value in values if value == "not known"]) >= len(unknown) - 1
    assert not [value for value in values if ZERO.search(value)]


def test_of_what_is_not_known_nothing_is_said_to_be_from_anywhere(given: View) -> None:
    assert given.language.write(origin_words(given.plan)) == ""


def test_explanations_say_so(given: View) -> None:
    context = View(given.plan, given.language)
    for name in ("introduction_budget", "run_rate_monthly", "per_employee_month", "peak_month"):
        trace = told(trace_of(name, context))
        assert trace is not None
        assert "not known" in trace.shown
        assert dict(told(tuple(closing_rows(trace))))["Total"] == "not known"


def test_programs_find_nothing(files: Mapping[str, bytes]) -> None:
    summary = json.loads(files["summary.json"])
    assert {summary[each.name] for each in summary_figures() if each.unit is units.MONEY} == {None}
    assert summary["uncertainty"]["introduction_budget"] == dict.fromkeys(("p10", "p50", "p80", "p90"))
    assert summary["uncertainty"]["joint_probability"] is None
    months = list(csv.DictReader(io.StringIO(files["budget_by_month.csv"].decode())))
    assert {month["total"] for month in months} == {month["cumulative"] for month in months} == {""}


def test_the_workbook_says_so(files: Mapping[str, bytes]) -> None:
    (content,) = (content for name, content in files.items() if name.endswith(".xlsx"))
    summary = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    cells = [row[1:] for row in summary.iter_rows(values_only=True)]
    assert ("not known", None, None) in cells
    assert 0 not in {value for row in cells for value in row}


def test_the_page_names_no_amount_of_nothing(files: Mapping[str, bytes]) -> None:
    (page,) = (content.decode() for name, content in files.items() if name.endswith(".html"))
    assert not [page[found.start() - 100 : found.end()] for found in ZERO.finditer(page)]
