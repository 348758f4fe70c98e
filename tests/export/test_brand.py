"""A firm's logo, colours and foot in the files that a plan is handed out as, beside what the program must say."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from docx import Document

from tests.builders import scenario
from tests.papers import handout
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.files.formats import Format, one_file
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.logo import logo_png
from zt_planner.topics.stamp import stamp_of

if TYPE_CHECKING:
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
