"""The board paper in Word: its widths, its styles, and templates of others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from docx import Document
from docx.shared import Cm, Length
from lxml import etree

from tests.papers import NASTY, situation
from zt_planner.errors import FileProblem
from zt_planner.files.imports.word_template import LARGEST_TEMPLATE_BYTES, TYPES, word_template
from zt_planner.language import LanguageCode
from zt_planner.media.docx.document import HEADINGS, STYLES, TABLE, TITLE, docx_bytes, missing_styles

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template(**styles: str) -> bytes:
    """Return a template with a letterhead, a text of its own, and styles under other names."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Firm GmbH"
    document.add_paragraph("A text of the template")
    document.styles[TITLE].font.size = 99 * 12700
    for name, other in styles.items():
        document.styles[name.replace("_", " ")].name = other
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a file with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def test_equal_papers_give_equal_bytes() -> None:
    assert docx_bytes(situation("default")) == docx_bytes(situation("default"))


@pytest.mark.parametrize("name", ["default", "many own tasks", "under way", "ten years of 5,000 people"])
def test_tables_repeat_their_header_break_no_row_and_fit_the_page(name: str) -> None:
    document = Document(io.BytesIO(docx_bytes(situation(name))))
    assert len(document.tables) > 5
    for table in document.tables:
        assert sum(Length(column.width or 0) for column in table.columns) <= Cm(17.01)
        for row in table.rows:
            assert row._tr.find(f"{WORD}trPr/{WORD}cantSplit") is not None  # noqa: SLF001 - python-docx does not tell
    headed = [table for table in document.tables if table.rows[0]._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None]  # noqa: SLF001 - the same
    assert len(headed) >= len(document.tables) - 2


def test_it_says_its_language_and_what_its_picture_shows() -> None:
    content = docx_bytes(situation("default", LanguageCode.GERMAN))
    styles = etree.fromstring(part(content, "word/styles.xml"))
    assert [lang.get(f"{WORD}val") for lang in styles.iterfind(f".//{WORD}rPrDefault//{WORD}lang")] == ["de"]
    document = etree.fromstring(part(content, "word/document.xml"))
    assert [bool(drawn.get("descr")) for drawn in document.iter(f"{DRAWING}docPr")] == [True]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pictures = [packed.read(name) for name in packed.namelist() if name.endswith(".png")]
    assert [len(picture) < 400_000 for picture in pictures] == [True]


def test_what_a_person_wrote_is_text() -> None:
    content = docx_bytes(situation("names that are markup"))
    assert NASTY[:80] in "".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    document = etree.fromstring(part(content, "word/document.xml"))
    assert not list(document.iter(f"{WORD}fldSimple", f"{WORD}instrText", f"{WORD}hyperlink"))


def test_a_template_keeps_its_page_and_its_styles_and_loses_its_text() -> None:
    checked = word_template(template(), "firm.docx")
    document = Document(io.BytesIO(docx_bytes(situation("default"), checked)))
    assert document.sections[0].header.paragraphs[0].text == "Firm GmbH"
    assert "A text of the template" not in [paragraph.text for paragraph in document.paragraphs]
    titles = [paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == TITLE]
    assert [title.style.font.size for title in titles if title.style] == [99 * 12700]


def test_a_style_that_a_template_lacks_is_named_and_taken_from_the_default() -> None:
    checked = word_template(template(Table_Grid="Firm table", Heading_1="Firm heading"), "firm.docx")
    assert missing_styles(checked) == (HEADINGS[0], TABLE)
    document = Document(io.BytesIO(docx_bytes(situation("default"), checked)))
    assert set(STYLES) <= {style.name for style in document.styles}


def test_a_dotx_is_opened_as_a_document() -> None:
    plain = template()
    types = part(plain, TYPES).replace(b"document.main+xml", b"template.main+xml")
    assert Document(io.BytesIO(word_template(repacked(plain, {TYPES: types}), "firm.dotx"))).paragraphs


RELATIONS = "word/_rels/document.xml.rels"


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    """Return a list of parts with one that lies elsewhere."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId99" Type="{kinds}/{kind}" Target="{target}" {mode}/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        b"x" * (LARGEST_TEMPLATE_BYTES + 1),
        repacked(template(), {"word/vbaProject.bin": b"macro"}),
        repacked(template(), {"word/media/bomb.png": b"\0" * 60_000_000}),
        repacked(template(), {"word/theme/theme1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
        repacked(template(), {"word/theme/theme1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
        repacked(template(), {RELATIONS: relation("image", "http://example.com/a.png")}),
        repacked(template(), {RELATIONS: relation("attachedTemplate", "http://example.com/hyperlink")}),
        repacked(template(), {RELATIONS: relation("image", "http://example.com", "TargetMode = 'External'")}),
        repacked(template(), {"word/document.xml": b"<w:document"}),
        repacked(template(), {"word/styles.xml": b"<x>" + b"y" * 10_000_000 + b"</x>"}),
        repacked(template(), {TYPES: b"<Types/>"}),
    ],
    ids=[
        "empty",
        "no zip",
        "large",
        "macros",
        "bomb",
        "entities",
        "in UTF-16",
        "elsewhere",
        "a link in name",
        "with spaces",
        "cut off",
        "long",
        "no document",
    ],
)
def test_a_template_that_may_harm_is_refused(content: bytes) -> None:
    with pytest.raises(FileProblem):
        word_template(content, "firm.dotx")


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """Return a template with a part that was changed."""
    before = part(template(), name)
    assert old in before
    return repacked(template(), {name: before.replace(old, new)})


@pytest.mark.parametrize(
    "content",
    [
        changed("_rels/.rels", b"officeDocument", b"officeOther"),
        changed("word/_rels/document.xml.rels", b"styles.xml", b"nothing.xml"),
        changed("_rels/.rels", b"docProps/core.xml", b"docProps/nothing.xml"),
        changed("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:p>" * 300 + b"</w:p>" * 300),
        changed("word/document.xml", b"w:sectPr", b"w:other"),
        changed("word/document.xml", b'w:left="1800"', b'w:left="18000"'),
        changed(
            "word/styles.xml",
            b'<w:style w:type="paragraph" w:styleId="Caption"',
            b'<w:style w:type="table" w:styleId="Caption"',
        ),
        changed(
            "word/styles.xml",
            b'<w:style w:type="character" w:styleId="Strong"',
            b'<w:style w:type="paragraph" w:styleId="Strong"',
        ),
        repacked(template(), {"word/document.xml": b"<x/>"}),
        repacked(template(), {"word/styles.xml": b"<x/>"}),
        changed("word/styles.xml", b'<w:name w:val="Strong"/>', b"<w:name/>"),
    ],
    ids=[
        "relation",
        "styles",
        "core",
        "deep",
        "section",
        "narrow",
        "caption",
        "strong",
        "root",
        "root of styles",
        "name",
    ],
)
def test_a_broken_template_is_refused(content: bytes) -> None:
    with pytest.raises(FileProblem, match="it is damaged, or no Word template"):
        word_template(content, "firm.dotx")


def header(parts: str) -> bytes:
    """Return a template with something in its letterhead."""
    return changed("word/header1.xml", b"</w:p>", parts.encode() + b"</w:p>")


def field(*codes: str) -> str:
    """Return a field whose code is written in pieces."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + runs + end


@pytest.mark.parametrize(
    "content",
    [
        *(header(field(f" {name} c:/a.txt ")) for name in ("DDEAUTO", "dde", "INCLUDEPICTURE", "INCLUDETEXT", "LINK")),
        header(field(" PAGE ") + field("DDE", "AUTO a")),
        header('<w:fldSimple w:instr=" IncludeText a "/>'),
        header("<w:r><w:object/></w:r>"),
        repacked(template(), {"word/activeX/activeX1.bin": b"x"}),
        repacked(template(), {"word/embeddings/oleObject1.bin": b"x"}),
        repacked(template(), {"word/_rels/header1.xml.rels": relation("oleObject", "a.bin", "")}),
    ],
)
def test_a_template_that_loads_something_is_refused(content: bytes) -> None:
    with pytest.raises(FileProblem, match="it has fields or objects that load something"):
        word_template(content, "firm.dotx")


def test_a_template_with_page_numbers_and_links_is_taken() -> None:
    assert word_template(header(field(" PAGE ") + field(' HYPERLINK "http://example.com" ')), "firm.dotx")
