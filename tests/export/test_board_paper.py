"""The paper for the board as other programs read it: its text, its sheets, its tags."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.blocks import group_of, tables_in, texts_in
from tests.office import plain, poppler
from tests.papers import NASTY, SITUATIONS, any_handout, any_situation, beside, said_on_paper, situation
from tests.words import told
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.files.formats import Format
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.language import Language, LanguageCode
from zt_planner.media.board import board_paper_of
from zt_planner.media.typst.typesetting import pdf_bytes
from zt_planner.resources import data_dir
from zt_planner.topics.block import Role
from zt_planner.topics.picture.alt import picture_alt
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import AnyView, View

pytestmark = pytest.mark.extended

MOST_SHEETS = 8
WHOLE = ("default", "350 people", "longer than a year", "credits", "many own tasks", "own prices")


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
    assert [said for said in said_on_paper(given) if plain(said) not in text] == []


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


FOOT, HEAD = 50, 45
"""Points at the foot and at the head of a page that are its stamp and its running title."""


def filled(file: Path) -> list[float]:
    """Return to which share of its height each page is filled, by where its lowest words stand."""
    pages = re.split(r"<page ", poppler("pdftotext", "-bbox", str(file), "-"))[1:]
    shares = []
    for page in pages:
        height = float(re.findall(r'height="([\d.]+)"', page)[0])
        ends = [float(bottom) for bottom in re.findall(r'yMax="([\d.]+)"', page)]
        lowest = max((end for end in ends if end < height - FOOT), default=0.0)
        shares.append((lowest - HEAD) / (height - FOOT - HEAD))
    return shares


def cut_rows(given: View, file: Path) -> list[str]:
    """Return the cells of tables whose words are not all on one page."""
    file.write_bytes(pdf_bytes(given))
    pages = [plain(page) for page in poppler("pdftotext", "-raw", str(file), "-").split("\f")]
    tables = tables_in(*told(board_paper_of(given), given.language).sheets[-1].blocks)
    words = [
        [plain(word) for word in "\n".join(row).split() if len(word) > 3] for table in tables for row in table.rows
    ]
    return [" ".join(row) for row in words if not any(all(word in page for word in row) for page in pages)]


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", SITUATIONS)
def test_each_page_has_the_stamp_and_none_but_the_last_is_more_than_half_empty(
    name: str, code: LanguageCode, file: Path
) -> None:
    given = any_situation(name, code)
    found = sheets(given, file)
    assert len(found) <= MOST_SHEETS
    for number, sheet in enumerate(found, 1):
        assert all(plain(line) in sheet for line in told(stamp_of(given), given.language))
        assert f"{number}/{len(found)}" in sheet
    assert [share for share in filled(file)[:-1] if share < 0.5] == []
    assert not isinstance(given, View) or cut_rows(given, file) == []


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("path", sorted((data_dir() / "scenarios").glob("*.json")), ids=lambda path: path.name[:3])
def test_no_page_of_an_example_but_the_last_is_more_than_half_empty(path: Path, code: LanguageCode, file: Path) -> None:
    given = any_handout(parsed_scenario(path.read_bytes()), code)
    assert isinstance(given, View)
    assert cut_rows(given, file) == []
    assert [share for share in filled(file)[:-1] if share < 0.5] == []


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


@pytest.mark.parametrize("code", LanguageCode)
def test_compared_plans_stand_in_the_paper(code: LanguageCode, file: Path) -> None:
    given = beside({"choices__monitoring": "mdr"}, {"company__employees": 150}, code=code)
    text = "".join(sheets(given, file))
    found = group_of(told(board_paper_of(given), Language(code)), "alternatives")
    cells = "\n".join(tables_in(found)[0].rows[0]).splitlines()
    said = [found.heading, *texts_in(found, role=Role.LEAD), *cells]
    assert [words for words in said if plain(words) not in text] == []


@pytest.mark.parametrize("code", LanguageCode)
def test_four_plans_that_differ_in_everything_leave_no_page_half_empty(code: LanguageCode, file: Path) -> None:
    given = beside(*({**SITUATIONS["much at once"], "company__apps": apps} for apps in (9, 60, 300)), code=code)
    assert given.comparison is not None
    variants = [each._replace(name="W" * 80) for each in given.comparison.variants]
    file.write_bytes(pdf_bytes(replace(given, comparison=Comparison(variants[0], tuple(variants[1:])))))
    assert [share for share in filled(file)[:-1] if share < 0.5] == []
    assert re.search(r"^Tagged: +yes$", poppler("pdfinfo", str(file)), re.MULTILINE)


def test_equal_plans_give_equal_papers() -> None:
    assert pdf_bytes(situation("default")) == pdf_bytes(situation("default"))
