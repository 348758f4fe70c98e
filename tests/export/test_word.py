"""The board paper in Word, as LibreOffice prints it: the figures of every other medium, no amount broken."""

from __future__ import annotations

import io
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.office import printed
from tests.papers import situation
from tests.words import told
from zt_planner.language import LanguageCode
from zt_planner.media.docx.document import docx_bytes
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.risk.confidence import percentile_table
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import stamp_of

if TYPE_CHECKING:
    from pathlib import Path

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def words_in(file: Path) -> str:
    """Return the text of a PDF, its lines joined."""
    poppler = ("pdftotext", "-layout", str(file), "-")
    text = subprocess.run(poppler, check=True, capture_output=True, text=True).stdout
    return " ".join(text.split())


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", ["default", "under way", "other scripts", "ten years of 5,000 people"])
def test_it_holds_the_sentence_the_figures_and_the_stamp(name: str, code: LanguageCode, tmp_path: Path) -> None:
    view = situation(name, code)
    assert view.simulation is not None
    text = words_in(printed(docx_bytes(view), tmp_path))
    figures = [figure.value for figure in told(key_figures(view, None), view.language)]
    shares = [cell for row in told(percentile_table(view.plan, view.simulation), view.language) for cell in row]
    sentences = [view.language.write(one) for one in (headline_sentence(view), *stamp_of(view))]
    wanted = [" ".join(each.split()) for each in (*figures, *shares, *sentences)]
    assert [each for each in wanted if each not in text] == []


def test_every_part_is_of_the_kind_that_it_declares() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes(situation("default")))) as packed:
        types = etree.fromstring(packed.read("[Content_Types].xml"))
        endings = {one.get("Extension"): one.get("ContentType") for one in types.iter(f"{TYPES}Default")}
        named = {one.get("PartName"): one.get("ContentType") for one in types.iter(f"{TYPES}Override")}
        for name in packed.namelist():
            kind = named.get(f"/{name}") or endings.get(name.rpartition(".")[2])
            assert kind or name == "[Content_Types].xml", name
            if (kind or "").endswith("xml"):
                assert etree.fromstring(packed.read(name)) is not None
    assert {name.removeprefix("/") for name in named} <= set(packed.namelist())
