"""The files of the picture: whole, of the right size, readable by others, and never broken by a name."""

from __future__ import annotations

import struct
import zlib
from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.papers import SITUATIONS, any_situation, handout, situation
from tests.portions import names
from tests.words import told
from zt_planner.language import LanguageCode
from zt_planner.media.typst.picture import paper_picture_of
from zt_planner.media.typst.typesetting import png_bytes, svg_bytes

SVG = "{http://www.w3.org/2000/svg}"
POINTS_AN_INCH, MILLIMETRES_AN_INCH = 72, 25.4
A4_LANDSCAPE = 297


def parsed(content: bytes) -> Element:
    return fromstring(content)  # noqa: S314 - our own file


def chunks(png: bytes) -> dict[bytes, bytes]:
    """Return the parts of a PNG by their kind, each checked; parts of one kind put together."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found: dict[bytes, bytes] = {}
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        kind, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", png[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + body)
        found[kind] = found.get(kind, b"") + body
        place += 12 + length
    return found


@pytest.mark.parametrize("name", names(SITUATIONS, "default", "names that are markup"))
def test_an_svg_is_well_formed_whatever_the_plan(name: str) -> None:
    given = any_situation(name)
    root = parsed(svg_bytes(given))
    assert root.tag == f"{SVG}svg"
    assert float(root.attrib["viewBox"].split()[2]) / POINTS_AN_INCH * MILLIMETRES_AN_INCH == pytest.approx(
        A4_LANDSCAPE, abs=0.1
    )


@pytest.mark.parametrize("code", LanguageCode)
def test_an_svg_says_what_it_shows(code: LanguageCode) -> None:
    given = situation("350 people", code)
    root, picture = parsed(svg_bytes(given)), told(paper_picture_of(given), given.language)
    title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert words is not None
    assert words.text is not None
    assert title.text == picture.title
    assert picture.drawings[0].alt in words.text
    assert all(line in words.text for line in picture.stamp)
    assert root.attrib["role"] == "img"
    assert root.attrib["lang"] == code


def test_an_svg_refers_to_nothing_outside_itself() -> None:
    root = parsed(svg_bytes(situation("names that are markup")))
    links = [value for part in root.iter() for name, value in part.attrib.items() if name.endswith(("href", "src"))]
    assert links
    assert all(link.startswith("#") for link in links)
    assert not {part.tag for part in root.iter()} & {f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"}


@pytest.mark.extended
def test_a_png_has_the_size_of_a_sheet_at_300_dots_an_inch() -> None:
    found = chunks(png_bytes(situation("default")))
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    across, down, is_metric = struct.unpack(">IIB", found[b"pHYs"])
    assert across == down == round(300 / 0.0254)
    assert is_metric == 1
    assert round(width / across * 1000) == A4_LANDSCAPE
    assert 150 < height / down * 1000 < A4_LANDSCAPE


@pytest.mark.extended
def test_a_png_shows_many_colours_on_white() -> None:
    found = chunks(png_bytes(situation("default")))
    width, _, depth, colours = struct.unpack(">IIBB", found[b"IHDR"][:10])
    assert (depth, colours) in {(8, 2), (8, 6)}
    first = zlib.decompress(found[b"IDAT"])[: width * 3]
    assert set(first[1:]) <= {0, 255}
    assert len(set(zlib.decompress(found[b"IDAT"]))) > 100


@pytest.mark.parametrize("form", [svg_bytes, png_bytes])
@pytest.mark.extended
def test_equal_plans_give_equal_files(form: object) -> None:
    assert callable(form)
    assert form(situation("default")) == form(situation("default"))
    assert form(situation("default")) != form(situation("350 people"))


def test_labour_that_is_hidden_is_not_drawn() -> None:
    assert b"Consultant" not in svg_bytes(handout(shows_labour=False))
