"""One total: one plan in every format, each read back by an independent reader, has the same cents and days in all."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from icalendar import Calendar

from tests.builders import plan_for, scenario
from tests.papers import UNDER_WAY, handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.headlines import FigureName, Headlines
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.simulation.result import reserve_of
from zt_planner.files.draws import draws_bytes
from zt_planner.files.formats import Format, files_in
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.decisions.blocks import requests
from zt_planner.topics.risk.confidence import reserve_sentence
from zt_planner.topics.view import View

PROJECT = "{http://schemas.microsoft.com/project}"
SPECIAL = {
    "company__name": "Müller & Söhne",
    "company__employees": 180,
    "timeline__closures": [["2027-07-26", "2027-08-13"]],
    "tasks__own": {"audit": {"step": "5", "name": "Audit", "effort_days": 3.3, "after": ["kickoff"]}},
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(({}, LanguageCode.ENGLISH), id="en"),
        pytest.param((SPECIAL, LanguageCode.GERMAN), id="de", marks=pytest.mark.extended),
        pytest.param((UNDER_WAY, LanguageCode.ENGLISH), id="under way"),
    ],
)
def handed(request: pytest.FixtureRequest) -> View:
    fields, code = request.param
    return handout(scenario(**fields), code)


@pytest.fixture(scope="module")
def files(handed: View) -> Mapping[str, bytes]:
    """Return every file of every format."""
    return {name: content for form in Format for name, content in files_in(form, handed, Dialect.RFC4180).items()}


@pytest.fixture
def figures(handed: View) -> Headlines:
    return handed.plan.headlines


def total_cash(handed: View) -> Decimal:
    return sum((line.amount for line in handed.plan.cost_lines if line.is_cash and line.amount), Decimal(0))


def dates_of(handed: View) -> dict[str, tuple[date, date]]:
    return {task.task.id: (task.start, task.finish) for task in handed.plan.tasks}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.mark.extended
def test_the_reserve_is_one(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    simulation, language = handed.simulation, handed.language
    assert simulation is not None
    reserve = reserve_of(handed.plan, figures, simulation)
    assert reserve.to_add == simulation.introduction_at(0.8) - figures.introduction_budget
    assert json.loads(files["summary.json"])["uncertainty"]["reserve_to_add"] == str(reserve.to_add)
    book = openpyxl.load_workbook(io.BytesIO(files["zt-plan.xlsx"]))
    cells = {row[0]: row[3] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert round(Decimal(cells[language.say("Reserve to add")]), 2) == reserve.to_add
    page, said = files["zt-plan.html"].decode(), language.money(reserve.shown_to_add)
    assert said in page
    assert said in language.write(reserve_sentence(handed.plan, simulation))
    asked = [language.write(answer.what) for answer in requests(handed)]
    counted = [line for line in figure_lines(FigureName.INTRODUCTION_BUDGET, handed.plan) if line.is_actual]
    booked = round(sum_of(counted))
    assert language.money((handed.promise.rounded_budget or 0) - booked) in asked, "it asks for what is left"
    drawn = pd.read_csv(io.BytesIO(draws_bytes(simulation, ".csv")))["introduction_budget"]
    assert Decimal(f"{sorted(drawn)[simulation.draws * 8 // 10 - 1]:.2f}") == reserve.sure


def test_csv(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    budget = [Decimal(row["total"]) for row in rows(files["budget_by_month.csv"])]
    assert (sum(budget[:12]), sum(budget)) == (figures.first_year_budget, total_cash(handed))
    lines = [row for row in rows(files["cost_lines.csv"]) if row["cash"] == "true"]
    assert sum((Decimal(row["amount"]) for row in lines), Decimal(0)) == total_cash(handed)
    tasks = {
        row["task_id"]: (date.fromisoformat(row["start"]), date.fromisoformat(row["finish"]))
        for row in rows(files["tasks.csv"])
    }
    assert tasks == dates_of(handed)


def test_summary_and_scenario(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    summary = json.loads(files["summary.json"])
    assert Decimal(summary["first_year_budget"]) == figures.first_year_budget
    assert summary["finish_date"] == figures.finish_date.isoformat()
    again = Scenario.model_validate_json(files["scenario.json"])
    assert plan_for(case_of(again, price_book(), phase_model(), today=handed.plan.today)).headlines == figures


def test_bundle(files: Mapping[str, bytes], figures: Headlines) -> None:
    with zipfile.ZipFile(io.BytesIO(files["zt-plan.ztplan"])) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert Decimal(manifest["figures"]["first_year_budget"]) == figures.first_year_budget
    assert manifest["figures"]["finish_date"] == figures.finish_date.isoformat()


@pytest.mark.extended
def test_workbook(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["zt-plan.xlsx"]), data_only=True)
    values = {}
    for name in ("first_year_budget", "horizon_total", "finish_date"):
        ((sheet, cell),) = book.defined_names[name].destinations
        values[name] = book[sheet][cell.replace("$", "")].value
    assert Decimal(str(values["first_year_budget"])) == figures.first_year_budget
    assert round(Decimal(str(values["horizon_total"])), 2) == figures.horizon_total
    assert values["finish_date"].date() == figures.finish_date
    header, *rest = book[book.sheetnames[1]].iter_rows(min_row=5, values_only=True)
    ids = header.index(handed.language.say("Task ID"))
    found = {row[ids]: (row[2].date(), row[3].date()) for row in rest if row[ids]}
    assert found == dates_of(handed)


def test_project_file(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    root = ET.fromstring(files["zt-plan-project.xml"])  # noqa: S314 - our own file
    tasks = [{part.tag.removeprefix(PROJECT): part.text or "" for part in task} for task in root.iter(f"{PROJECT}Task")]
    leaves = [task for task in tasks if task["Summary"] == "0"]
    # MSPDI counts money in hundredths of its unit.
    assert sum(Decimal(task["FixedCost"]) for task in leaves) / 100 == total_cash(handed)
    assert max(date.fromisoformat(task["Finish"][:10]) for task in leaves) == figures.finish_date
    spans = sorted((date.fromisoformat(task["Start"][:10]), date.fromisoformat(task["Finish"][:10])) for task in leaves)
    assert set(dates_of(handed).values()) <= set(spans)


def test_calendar(handed: View, files: Mapping[str, bytes]) -> None:
    calendar = Calendar.from_ical(files["zt-plan.ics"])
    spans = {
        str(event["uid"]).partition("-task-")[2].partition("@")[0]: (
            event.decoded("dtstart"),
            event.decoded("dtend") - timedelta(days=1),
        )
        for event in calendar.walk("VEVENT")
        if "-task-" in str(event["uid"])
    }
    assert spans == dates_of(handed)


def shown(handed: View) -> tuple[str, str]:
    """Return the promised budget and the promised finish as the language writes them."""
    language, promise = handed.language, handed.promise
    assert promise.rounded_budget is not None
    return language.money(promise.rounded_budget), language.day(promise.finish)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.extended
def test_paper(handed: View, files: Mapping[str, bytes], figures: Headlines, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing: `tools/ensure-programs pdf` installs it"
    (tmp_path / "plan.pdf").write_bytes(files["zt-plan.pdf"])
    text = subprocess.run([program, str(tmp_path / "plan.pdf"), "-"], check=True, capture_output=True).stdout.decode()
    for part in shown(handed):
        assert plain(part) in plain(text)
    assert plain(handed.language.money(figures.horizon_total)) in plain(text)


def test_pictures(handed: View, files: Mapping[str, bytes]) -> None:
    root = ET.fromstring(files["zt-plan.svg"])  # noqa: S314 - our own file
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    for part in shown(handed):
        assert plain(part) in plain(title.text or "")
    assert files["zt-plan.png"].startswith(b"\x89PNG")


class Texts(HTMLParser):
    """Collects the texts of a page, without scripts and styles."""

    def __init__(self) -> None:
        """Begin without texts."""
        super().__init__()
        self.parts: list[str] = []
        self._skipped = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what is no text."""
        del attrs
        self._skipped = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        """Go on after it."""
        del tag
        self._skipped = False

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self._skipped:
            self.parts.append(data)


def test_page(handed: View, files: Mapping[str, bytes], figures: Headlines) -> None:
    texts = Texts()
    texts.feed(files["zt-plan.html"].decode())
    page = plain(" ".join(texts.parts))
    for part in shown(handed):
        assert plain(part) in page
    assert plain(handed.language.money(figures.horizon_total, 0)) in page
