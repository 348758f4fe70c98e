"""The board paper in Word, as LibreOffice prints it: the figures of every other medium, no amount broken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.office import plain, poppler, printed
from tests.papers import said_on_paper, situation
from tests.words import told
from zt_planner.domain.work import WorkScope
from zt_planner.language import LanguageCode
from zt_planner.media.docx.document import docx_bytes
from zt_planner.topics.block import Block, Group, TableBlock
from zt_planner.topics.statement_of_work import work_group

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("name", ["default", "under way", "other scripts", "ten years of 5,000 people"])
def test_it_holds_the_sentence_the_figures_and_the_stamp(name: str, code: LanguageCode, tmp_path: Path) -> None:
    view = situation(name, code)
    text = plain(poppler("pdftotext", "-raw", str(printed(docx_bytes(view), tmp_path)), "-"))
    assert [said for said in said_on_paper(view) if plain(said) not in text] == []


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


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
def test_a_statement_of_work_is_whole_on_paper(code: LanguageCode, tmp_path: Path) -> None:
    view = situation("default", code)
    group, texts = work_group(view, WorkScope()), list[str]()
    waiting: list[Block] = [group]
    while waiting:
        block = waiting.pop()
        if isinstance(block, Group):
            texts.append(view.language.write(block.heading))
            waiting += block.blocks
        elif isinstance(block, TableBlock):
            texts += [cell for row in told(block.table.rows, view.language) for cell in row]
        else:
            texts += map(view.language.write, block.texts)
    content = docx_bytes(view, None, WorkScope())
    text = plain(poppler("pdftotext", "-raw", str(printed(content, tmp_path)), "-"))
    assert [said for said in texts if plain(said) not in text] == []
