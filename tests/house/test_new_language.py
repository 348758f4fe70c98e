"""A language touches its record and its catalogue: another one is added to a copy of the product, and works in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from filecmp import dircmp
from typing import TYPE_CHECKING, Any

import pytest

from tests.figures import default_figures
from tools.update_messages import header
from zt_planner.bootstrap import STORE, TODAY
from zt_planner.domain.money import rounded
from zt_planner.resources import root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.extended

PARTS = ("zt_planner", "data", "locale")
MEMBER, RECORD = '    GERMAN = "de"\n', '    LanguageCode.GERMAN: Locale("Deutsch", "de_DE", "de", "excel-de"),\n'
FRENCH = {"Budget to get there": "Budget pour y arriver", "Summary": "Résumé", "Finish": "Fin"}
DAYS = ("{n} day", "{n} days", "{n} jour", "{n} jours")
SCRIPT = """
import io, json
from datetime import date
from decimal import Decimal
import openpyxl
from streamlit.testing.v1 import AppTest
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.export.csv.dialects import Dialect
from zt_planner.export.formats import Format, files_in
from zt_planner.language import language_for
from zt_planner.reports.documents.board_paper import board_paper_of
from zt_planner.reports.documents.handout import Handout
from zt_planner.ui.app import dashboard

french, book, model = language_for("fr-CA"), bootstrap.price_book(), bootstrap.phase_model()
plan = build_plan(Scenario(), book, model, today=date(2026, 11, 24))
handed = Handout(plan, bootstrap.shipped_case_of(plan), french, simulate(plan, book))
dialect = Dialect(french.locale.csv_dialect)
files = {}
for form in (Format.XLSX, Format.CSV, Format.PDF):
    files |= files_in(form, handed, dialect)
workbook, paper = openpyxl.load_workbook(io.BytesIO(files["zt-plan.xlsx"])), board_paper_of(handed)
app = AppTest.from_file(dashboard.__file__.replace("app/dashboard.py", "script/dashboard.py"), default_timeout=60)
app.query_params["language"] = "fr"
app.run()
((sheet, cell),) = workbook.defined_names["finish_date"].destinations
told = {
    "faults": [str(each) for each in app.exception],
    "page": {
        card["title"]: card["value"]
        for element in app.get("bidi_component")
        for card in json.loads(element.proto.json).get("cards", ())
    },
    "days": [french.plural("{n} day", "{n} days", n) for n in (0, 1, 2)],
    "typed": [str(french.number_in(french.number(Decimal("1234.5"), 1))), french.date_format],
    "sheets": workbook.sheetnames,
    "day": workbook[sheet][cell.replace("$", "")].number_format,
    "csv": files["cost_lines.csv"].decode("utf-8-sig").splitlines()[0],
    "pdf": files["zt-plan.pdf"][:4].decode(),
    "paper": [paper.language, paper.facts[0].label, paper.facts[0].value],
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the product to which a language was added."""
    copy = tmp_path_factory.mktemp("product")
    for part in PARTS:
        shutil.copytree(root() / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    module = copy / "zt_planner" / "language.py"
    source = module.read_text("utf-8")
    assert (MEMBER in source, RECORD in source) == (True, True)
    source = source.replace(MEMBER, f'{MEMBER}    FRENCH = "fr"\n')
    record = '    LanguageCode.FRENCH: Locale("Français", "fr_FR", "fr"),\n'
    module.write_text(source.replace(RECORD, RECORD + record), "utf-8")
    catalogue = copy / "locale" / "fr" / "LC_MESSAGES" / "zt_planner.po"
    catalogue.parent.mkdir(parents=True)
    one, many, un, plusieurs = DAYS
    texts = [f'msgid "{text}"\nmsgstr "{translated}"\n' for text, translated in FRENCH.items()]
    texts.append(f'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] "{un}"\nmsgstr[1] "{plusieurs}"\n')
    catalogue.write_text("\n".join((header("fr").decode(), *texts)), "utf-8")
    return copy


@pytest.fixture(scope="module")
def told(copied: Path) -> Any:  # noqa: ANN401 - what the script says
    """Return what the copy says of itself in that language."""
    away = {"PYTHONPATH": str(copied), STORE: str(copied / "kept.sqlite"), TODAY: "2026-11-24"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=os.environ | away, cwd=copied, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def french_budget() -> str:
    """Return the default plan's budget as the French write it."""
    amount = f"{rounded(default_figures().first_year_budget, 0):,}"
    return amount.replace(",", "\N{NARROW NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}EUR"


def changed(there: dircmp[str], folder: str = "") -> Iterator[str]:
    """Yield what differs between two folders."""
    yield from (f"{folder}{name}" for name in (*there.diff_files, *there.right_only) if name != "__pycache__")
    for name, below in there.subdirs.items():
        yield from changed(below, f"{folder}{name}/")


def test_two_files_are_touched(copied: Path) -> None:
    found = [each for part in PARTS for each in changed(dircmp(root() / part, copied / part), f"{part}/")]
    assert found == ["zt_planner/language.py", "locale/fr"]


def test_the_page_speaks_it(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["faults"] == []
    assert told["page"][FRENCH["Budget to get there"]] == french_budget()
    assert told["days"] == ["0 jour", "1 jour", "2 jours"]


def test_numbers_and_days_are_typed_as_they_are_written(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["typed"] == ["1234.5", "DD/MM/YYYY"]


def test_files_speak_it(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["sheets"][0] == "Résumé"
    assert told["day"] == "d mmm yyyy"
    assert told["csv"].startswith("month,step,")
    assert told["pdf"] == "%PDF"
    assert told["paper"] == ["fr", FRENCH["Budget to get there"], french_budget()]
