"""A figure that is declared is shown: a made-up one is found in every medium, through its declaration alone."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.command_line import invoked
from tests.papers import handout
from tests.ui.screen import Screen
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.figures import FigureMonths, Sum
from zt_planner.files.formats import Format, files_in
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.figure import Card, KeyFigure
from zt_planner.topics.headline import figures
from zt_planner.topics.view import View

NAME, TITLE, RULE = "hardware_first_year", "Devices in the first year", "What devices cost in the first year."


HARDWARE = KeyFigure(
    name=NAME,
    title=TITLE,
    rule=RULE,
    formula=Sum(FigureMonths.FIRST_YEAR, of=(CostCategory.HARDWARE,)),
    card=Card("bought once", "All devices."),
    is_total=True,
)


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "FIGURES", (*figures.FIGURES, HARDWARE))


@pytest.fixture
def handed() -> View:
    """Return a plan that buys hardware, with VAT shown."""
    given = {"choices": {"hardware_reuse": 0.35}, "display": {"vat_country": "DE"}}
    return handout(Scenario.model_validate(given))


def amount_of(handed: View) -> str:
    """Return the figure's exact amount."""
    amount = HARDWARE.money(handed.plan)
    assert amount is not None
    assert amount > 0
    return str(amount)


def test_the_page_shows_it_compares_it_and_says_why(screen: Screen) -> None:
    screen.run()
    assert screen.figures[TITLE][0].endswith("0")
    screen.press(f"why:{NAME}")
    assert RULE in {element.value for element in screen.app.markdown}
    screen.go("budget")
    assert TITLE in screen.figures


def test_the_summary_holds_it_with_its_vat(handed: View) -> None:
    summary = json.loads(files_in(Format.JSON, handed, Dialect.RFC4180)["summary.json"])
    assert summary[NAME] == amount_of(handed)
    assert summary["display"]["figures"][NAME]["gross_eur"] is not None


@pytest.mark.extended
def test_the_workbook_sums_it_by_a_formula(handed: View) -> None:
    content = files_in(Format.XLSX, handed, Dialect.RFC4180)["zt-plan.xlsx"]
    for has_values in (True, False):
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=has_values)
        ((sheet, cell),) = book.defined_names[NAME].destinations
        value = book[sheet][cell.replace("$", "")].value
        assert f"{value:.2f}" == amount_of(handed) if has_values else str(value).startswith("=SUMIFS")


@pytest.mark.extended
def test_page_file_shows_it(handed: View) -> None:
    assert f"<dt>{TITLE}</dt>" in files_in(Format.HTML, handed, Dialect.RFC4180)["zt-plan.html"].decode()


def test_the_command_line_lists_and_explains_it(handed: View) -> None:
    options = ["--today", "2026-11-06", "--set", "choices.hardware_reuse=0.35"]
    amount = f"EUR {amount_of(handed)[:-6]},{amount_of(handed)[-6:]}"
    (listed,) = (line for line in invoked("plan", *options).output.splitlines() if TITLE in line)
    assert listed.endswith(amount)
    explained = invoked("explain", NAME, *options).output
    assert explained.startswith(f"{TITLE}: {amount}")
    assert RULE in explained
