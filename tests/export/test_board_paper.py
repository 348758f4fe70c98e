"""The paper for the board as other programs read it: its text, its sheets, its tags."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.blocks import answers_in, group_of, tables_in, texts_in
from tests.papers import NASTY, SITUATIONS, any_situation, beside, situation
from tests.words import told
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.files.formats import Format
from zt_planner.language import Language, LanguageCode
from zt_planner.media.typst.board import board_paper_of
from zt_planner.media.typst.typesetting import pdf_bytes
from zt_planner.topics.block import Role
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.picture.alt import picture_alt
from zt_planner.topics.risk.confidence import percentile_table
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from zt_planner.topics.view import AnyView


pytestmark = pytest.mark.extended

SHEETS = 4
WHOLE = ("default", "350 people", "longer than a year", "credits", "many own tasks", "own prices")


def poppler(program: str, *arguments: str) -> str:
    """Return what a program of poppler-utils says; Debian's package of that name brings them."""
    return subprocess.run(
        [program, *arguments], check=True, capture_output=True, encoding="utf-8", errors="replace"
    ).stdout


def plain(text: str) -> str:
    """Return a text without its spaces: on paper a line ends anywhere, and poppler drops narrow ones."""
    return "".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / f"plan.{Format.PDF}"


def sheets(given: AnyView, file: Path) -> list[str]:
    """Return the text of each sheet."""
    file.write_bytes(pdf_bytes(given))
    return [plain(sheet) for sheet in poppler("pdftotext", "-layout", str(file), "-").split("\f")[:-1]]


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", WHOLE)
def test_the_paper_holds_the_sentence_and_every_figure(name: str, code: LanguageCode, file: Path) -> None:
    given = situation(name, code)
    file.write_bytes(pdf_bytes(given))
    text = plain(poppler("pdftotext", "-raw", str(file), "-"))
    assert plain(given.language.write(headline_sentence(given))) in text
    assert given.simulation is not None
    values = [figure.value for figure in told(key_figures(given, None), given.language)]
    shares = [cell for row in told(percentile_table(given.plan, given.simulation), given.language) for cell in row]
    assert [value for value in (*values, *shares) if plain(value) not in text] == []


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", ["default", "350 people"])
def test_no_letter_is_smaller_than_eight_points(name: str, code: LanguageCode, file: Path) -> None:
    file.write_bytes(pdf_bytes(situation(name, code)))
    found = re.findall(
        r'yMin="([0-9.]+)" xMax="[0-9.]+" yMax="([0-9.]+)">', poppler("pdftotext", "-bbox", str(file), "-")
    )
    heights = [float(bottom) - float(top) for top, bottom in found]
    assert len(heights) > 1000
    assert min(heights) > 7.9


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", SITUATIONS)
def test_there_are_four_sheets_each_with_the_stamp(name: str, code: LanguageCode, file: Path) -> None:
    given = any_situation(name, code)
    found = sheets(given, file)
    status_sheets = int(given.reference is not None)
    assert len(found) - status_sheets == (SHEETS if isinstance(given, View) else 1)
    for number, sheet in enumerate(found, 1):
        assert all(plain(line) in sheet for line in told(stamp_of(given), given.language))
        assert f"{number}/{len(found)}" in sheet


@pytest.mark.parametrize("code", LanguageCode)
def test_the_paper_is_tagged_and_says_what_it_is_and_in_which_language(code: LanguageCode, file: Path) -> None:
    given = situation("350 people", code)
    file.write_bytes(pdf_bytes(given))
    said, metadata = poppler("pdfinfo", str(file)), poppler("pdfinfo", "-meta", str(file))
    assert re.search(r"^Tagged: +yes$", said, re.MULTILINE)
    assert re.search(r"^Page size: +.*\(A4\)$", said, re.MULTILINE)
    assert plain(given.language.write(headline_sentence(given))) in plain(said)
    assert re.search(r"^Author: +Müller & Söhne GmbH$", said, re.MULTILINE)
    assert f"<rdf:li>{code}</rdf:li>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_its_structure_has_headings_tables_and_a_described_figure(file: Path) -> None:
    given = situation("default")
    file.write_bytes(pdf_bytes(given))
    structure = poppler("pdfinfo", "-struct-text", str(file))
    kinds = {line.split()[0].rstrip(":") for line in structure.splitlines() if line.startswith(" ") and line.strip()}
    assert {"H1", "H2", "H3", "Table", "TH", "TD", "L", "Figure"} <= kinds
    (alt,) = re.findall(rb"/Alt<FEFF([0-9A-F]+)>", file.read_bytes())
    assert bytes.fromhex(alt.decode()).decode("utf-16-be") == told(picture_alt(given.plan), given.language)


def test_what_a_person_wrote_stands_there_and_is_no_markup(file: Path) -> None:
    first = sheets(situation("names that are markup"), file)[0]
    assert plain(NASTY[:40]) in first


@pytest.mark.parametrize("name", ["a company of eighty wide letters", "names that are markup", "other scripts"])
def test_no_name_leaves_the_sheet(name: str, file: Path) -> None:
    file.write_bytes(pdf_bytes(situation(name)))
    boxes = poppler("pdftotext", "-bbox", str(file), "-")
    width = float(re.findall(r'<page width="([\d.]+)"', boxes)[0])
    edges = [(float(left), float(right)) for left, right in re.findall(r'xMin="([\d.-]+)".*?xMax="([\d.-]+)"', boxes)]
    assert edges
    assert min(left for left, _ in edges) >= 0
    assert max(right for _, right in edges) <= width


def test_characters_without_a_font_give_a_paper_all_the_same(file: Path) -> None:
    file.write_bytes(pdf_bytes(situation("other scripts")))
    assert re.search(r"^Tagged: +yes$", poppler("pdfinfo", str(file)), re.MULTILINE)


def numbered(sheet: str) -> str:
    """Return a sheet without how many there are."""
    return re.sub(r"\d/\d", "", sheet)


@pytest.mark.parametrize("code", LanguageCode)
def test_alternatives_stand_on_one_more_sheet_and_leave_the_others_alone(code: LanguageCode, file: Path) -> None:
    given = beside({"choices__monitoring": "mdr"}, {"company__employees": 150}, code=code)
    *before, last = sheets(given, file)
    first, *others = map(numbered, sheets(replace(given, comparison=None), file))
    paper = told(board_paper_of(given), Language(code))
    found, pointer = group_of(paper, "alternatives"), answers_in(group_of(paper, "decision"))[-1].why
    assert list(map(numbered, before[1:])) == others
    assert plain(pointer) in before[0]
    assert plain(pointer) not in first
    cells = "\n".join(tables_in(found)[0].rows[0]).splitlines()
    said = [found.heading, *texts_in(found, role=Role.LEAD), *cells]
    assert [text for text in said if plain(text) not in last] == []


@pytest.mark.parametrize("code", LanguageCode)
def test_four_plans_that_differ_in_everything_fit_on_one_sheet(code: LanguageCode, file: Path) -> None:
    given = beside(*({**SITUATIONS["much at once"], "company__apps": apps} for apps in (9, 60, 300)), code=code)
    assert given.comparison is not None
    variants = [each._replace(name="W" * 80) for each in given.comparison.variants]
    long = replace(given, comparison=Comparison(variants[0], tuple(variants[1:])))
    count = len(sheets(replace(given, comparison=None), file))
    assert len(sheets(long, file)) == count + 1
    assert re.search(r"^Tagged: +yes$", poppler("pdfinfo", str(file)), re.MULTILINE)


def test_equal_plans_give_equal_papers() -> None:
    assert pdf_bytes(situation("default")) == pdf_bytes(situation("default"))
