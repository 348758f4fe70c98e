"""A firm's logo, colours and foot in the files that a plan is handed out as, beside what the program must say."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from tests.builders import scenario
from tests.office import plain, poppler
from tests.papers import handout
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.engine.under_way.approved import approval_mark, approved
from zt_planner.files.formats import Format, one_file
from zt_planner.files.scenario_json import with_values
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.logo import logo_png
from zt_planner.media.typst.typesetting import pdf_bytes, svg_bytes
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import View

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#0b7a5c"/></svg>'
)
NASTY = "Größe & <b>Söhne</b> \N{DIRECT HIT} شركة"


@pytest.fixture(scope="module")
def branded() -> View:
    """A plan with the look of a firm whose name is hard to write."""
    logo = b64encode(logo_png(LOGO, "logo.svg")).decode()
    brand = Brand(firm=NASTY, footer="Since 1999", colour="#0b7a5c", second_colour="#ffe600", logo=logo)
    use = CatalogueUse.model_validate({"name": "Firm", "day": "2026-11-06", "brand": brand})
    return handout(scenario(display__catalogue=use))


def test_the_web_page_has_logo_colours_and_foot_and_keeps_its_notices(branded: View) -> None:
    page = one_file(Format.HTML, branded, Dialect.RFC4180).decode()
    assert 'src="data:image/png;base64,' in page
    assert 'alt="Größe &amp; &lt;b&gt;Söhne&lt;/b&gt;' in page
    assert "<b>Söhne" not in page
    assert "--heading: #0b7a5c;" in page
    assert "--accent: #ffe600;" in page.partition("prefers-color-scheme: dark")[2]
    for line in stamp_of(branded):
        assert branded.language.write(line)[:60] in page


def test_word_has_logo_colours_and_foot_and_keeps_its_notices(branded: View) -> None:
    document = Document(io.BytesIO(one_file(Format.DOCX, branded, Dialect.RFC4180)))
    section = document.sections[-1]
    assert NASTY in section.footer.paragraphs[0].text
    assert len(section.header.part.related_parts) == 1
    colour = document.styles["Heading 1"].font.color
    assert str(colour.rgb) == "0B7A5C"
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert all(branded.language.write(line) in texts for line in stamp_of(branded))


def test_a_colour_that_cannot_be_read_on_paper_is_made_darker(branded: View) -> None:
    document = Document(io.BytesIO(one_file(Format.DOCX, branded, Dialect.RFC4180)))
    assert str(document.styles["Heading 3"].font.color.rgb) != "FFE600"


def test_the_picture_has_logo_and_foot_and_is_higher_for_it(branded: View) -> None:
    with_look, without = (svg_bytes(view).decode() for view in (branded, handout()))
    assert with_look.count("<image") == without.count("<image") + 1
    assert with_look.count("<use") > without.count("<use")
    heights = [float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', each)[0]) for each in (with_look, without)]
    assert heights[0] > heights[1]


def test_a_second_colour_alone_colours_what_it_is_for() -> None:
    use = CatalogueUse(name="Firm", day=date(2026, 11, 6), brand=Brand(second_colour="#123456"))
    view = handout(scenario(display__catalogue=use))
    page = one_file(Format.HTML, view, Dialect.RFC4180).decode()
    assert "--accent: #123456;" in page
    assert "--heading: ;" not in page
    styles = Document(io.BytesIO(one_file(Format.DOCX, view, Dialect.RFC4180))).styles
    assert str(styles["Heading 3"].font.color.rgb) == "123456"
    assert str(styles["Heading 1"].font.color.rgb) != "123456"
    assert pdf_bytes(view).startswith(b"%PDF")


@pytest.mark.extended
def test_every_page_of_the_paper_has_foot_and_notices_below_all_else(branded: View, tmp_path: Path) -> None:
    approval = approved(branded.case, "Anna Berg", branded.plan.today)
    assert approval is not None
    view = handout(with_values(branded.plan.scenario, {APPROVED: approval.model_dump(mode="json")}))
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf_bytes(view))
    assert f"Keywords: {approval_mark(view.case)}" in " ".join(poppler("pdfinfo", str(file)).split())
    pages = poppler("pdftotext", "-layout", str(file), "-").split("\f")[:-1]
    assert len(pages) > 2
    for page in map(plain, pages):
        assert "Since1999" in page
        assert all(plain(view.language.write(line)) in page for line in stamp_of(view))
    for boxes in re.split("<page ", poppler("pdftotext", "-bbox", str(file), "-"))[1:]:
        words = [
            (float(top), float(bottom), word)
            for top, bottom, word in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', boxes)
        ]
        foot = max(top for top, _, word in words if word == "1999") - 1
        assert max(bottom for top, bottom, _ in words if top < foot) <= foot + 1
        assert max(bottom for _, bottom, _ in words) <= float(re.findall(r'height="([\d.]+)"', boxes)[0])
