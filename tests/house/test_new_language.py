"""A language touches its record and its catalogue: another one is added to a copy of the product, and works in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from filecmp import dircmp
from pathlib import Path
from typing import Any

import pytest

from tests.figures import drawn
from tests.handouts import handout
from tools.update_messages import header
from zt_planner.resources import root
from zt_planner.settings import variable

pytestmark = pytest.mark.extended

PARTS = ("zt_planner", "data", "locale", "README.md")
MEMBER, RECORD = '    GERMAN = "de"\n', '    LanguageCode.GERMAN: Locale("Deutsch", "de_DE", "de"),\n'
SPOKEN = "It speaks English, German, French and Spanish"
WORDS = {"Budget to get there": "Buĝeto ĝis tie", "Summary": "Resumo", "Finish": "Fino", "Task ID": "Task-ID"}
DAYS = ("{n} day", "{n} days", "{n} tago", "{n} tagoj")
SCRIPT = """
import io, json
from datetime import date
from decimal import Decimal
import openpyxl
from streamlit.testing.v1 import AppTest
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.media.csv.dialects import usual_dialect
from zt_planner.files.formats import Format, files_in
from zt_planner.workspace.incoming import OpenPlan, read_file
from zt_planner.language import language_for
from zt_planner.media.board import board_paper_of
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.view import View
from zt_planner.ui.app import dashboard

made_up, book, model = language_for("eo-XX"), bootstrap.price_book(), bootstrap.phase_model()
plan = build_plan(case_of(Scenario(), book, model, today=date(2026, 11, 6)))
handed = View(plan, made_up)
dialect = usual_dialect(made_up)
files = {}
for form in (Format.XLSX, Format.CSV, Format.PDF):
    files |= files_in(form, handed, dialect)
workbook, paper = openpyxl.load_workbook(io.BytesIO(files["zt-plan.xlsx"])), made_up.written(board_paper_of(handed))
card = made_up.written(key_figures(handed, None))[0]
app = AppTest.from_file(dashboard.__file__.replace("app/dashboard.py", "script/dashboard.py"), default_timeout=60)
app.query_params["language"] = "eo"
app.run()
back = read_file(files["tasks.csv"], "tasks.csv", OpenPlan(plan, book, model, date(2026, 11, 6)))
((sheet, cell),) = workbook.defined_names["finish_date"].destinations
told = {
    "faults": [str(each) for each in app.exception],
    "page": {
        card["title"]: card["value"]
        for element in app.get("bidi_component")
        for card in json.loads(element.proto.json).get("cards", ())
    },
    "days": [made_up.plural("{n} day", "{n} days", n) for n in (0, 1, 2)],
    "typed": [str(made_up.number_in(made_up.number(Decimal("1234.5"), 1))), made_up.date_format],
    "sheets": workbook.sheetnames,
    "day": workbook[sheet][cell.replace("$", "")].number_format,
    "csv": [dialect, *files["tasks.csv"].decode("utf-8-sig").splitlines()[0].split(";")[:2]],
    "back": [back.edits, list(back.left_out)],
    "pdf": files["zt-plan.pdf"][:4].decode(),
    "paper": [paper.language, card.label, card.value],
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the product to which a language was added."""
    copy = tmp_path_factory.mktemp("product")
    for part in PARTS:
        if (root() / part).is_dir():
            shutil.copytree(root() / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(root() / part, copy / part)
    module = copy / "zt_planner" / "language.py"
    source = module.read_text("utf-8")
    assert (MEMBER in source, RECORD in source) == (True, True)
    source = source.replace(MEMBER, f'{MEMBER}    ESPERANTO = "eo"\n')
    record = '    LanguageCode.ESPERANTO: Locale("Esperanto", "eo", "eo"),\n'
    module.write_text(source.replace(RECORD, RECORD + record), "utf-8")
    readme = (copy / "README.md").read_text("utf-8")
    assert SPOKEN in readme
    (copy / "README.md").write_text(readme.replace(SPOKEN, f"{SPOKEN}, even Esperanto"), "utf-8")
    catalogue = copy / "locale" / "eo" / "LC_MESSAGES" / "zt_planner.po"
    catalogue.parent.mkdir(parents=True)
    one, many, unu, pluraj = DAYS
    texts = [f'msgid "{text}"\nmsgstr "{translated}"\n' for text, translated in WORDS.items()]
    texts.append(f'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] "{unu}"\nmsgstr[1] "{pluraj}"\n')
    catalogue.write_text("\n".join((header("eo").decode(), *texts)), "utf-8")
    return copy


@pytest.fixture(scope="module")
def told(copied: Path) -> Any:  # noqa: ANN401 - what the script says
    """Return what the copy says of itself in that language."""
    away = {"PYTHONPATH": str(copied), variable("store"): str(copied / "kept.sqlite"), variable("today"): "2026-11-06"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=os.environ | away, cwd=copied, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def budget() -> str:
    """Return the default plan's promised budget as it is written in Esperanto."""
    amount = f"{drawn(handout()).promise.rounded_budget:,.0f}".replace(",", "\N{NO-BREAK SPACE}")
    return f"EUR\N{NO-BREAK SPACE}{amount}"


def changed(there: dircmp[str], folder: str = "") -> Iterator[str]:
    """Yield what differs between two folders."""
    yield from (f"{folder}{name}" for name in (*there.diff_files, *there.right_only) if name != "__pycache__")
    for name, below in there.subdirs.items():
        yield from changed(below, f"{folder}{name}/")


def test_three_files_are_touched(copied: Path) -> None:
    folders = [part for part in PARTS if (root() / part).is_dir()]
    found = [each for part in folders for each in changed(dircmp(root() / part, copied / part), f"{part}/")]
    assert (root() / "README.md").read_bytes() != (copied / "README.md").read_bytes()
    recipe = (root() / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a language")[2].partition("\n## ")[0]
    assert found == ["zt_planner/language.py", "locale/eo"]
    assert re.findall(r"`(\S+\.(?:py|po|md))`", recipe.partition("That is all: three files.")[0]) == [
        "zt_planner/language.py",
        "locale/<code>/LC_MESSAGES/zt_planner.po",
        "README.md",
    ]


def test_the_page_speaks_it(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["faults"] == []
    assert told["page"][WORDS["Budget to get there"]] == budget()
    assert told["days"] == ["0 tagoj", "1 tago", "2 tagoj"]


def test_numbers_and_days_are_typed_as_they_are_written(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["typed"] == ["1234.5", "YYYY-MM-DD"]


def test_files_speak_it(told: Any) -> None:  # noqa: ANN401 - as above
    assert told["sheets"][0] == "Resumo"
    assert told["day"] == "yyyy-mmm-dd"
    assert told["csv"] == ["excel-eo", "Task-ID", "Step"]
    assert told["back"] == [{}, []]
    assert told["pdf"] == "%PDF"
    assert told["paper"] == ["eo", WORDS["Budget to get there"], budget()]
