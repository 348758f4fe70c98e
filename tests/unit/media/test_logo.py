"""Logos: drawn again as small pictures, whatever was in them, or refused with what to do."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from zt_planner.domain.scenario.catalogue import PNG
from zt_planner.errors import FileProblem
from zt_planner.media.logo import LARGEST_BYTES, LARGEST_DRAWN, MOST_PIXELS, SIDES, logo_png

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BOX = '<rect width="30" height="10" fill="#0b7a5c"/>'


def svg(parts: str = BOX, more: str = "") -> bytes:
    return f'<svg {SPACES} viewBox="0 0 30 10"{more}>{parts}</svg>'.encode()


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a PNG of one colour that says of itself how large it is, packed to almost nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    grey = rows or b"\0" * (height * (1 + width)) if width * height <= MOST_PIXELS else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(grey, 9)) + chunk(b"IEND", b"")


def sides(drawn: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", drawn[SIDES])
    return width, height


@pytest.mark.parametrize(
    "content",
    [
        svg(),
        svg("<script>alert(1)</script>" + BOX, ' onload="alert(1)"'),
        svg('<rect style="fill: #0b7a5c; stroke-dasharray:none; stroke-width: 2px" width="30" height="10"/>'),
        svg('<x:grid xmlns:x="http://example.com/drawing"><x:line/></x:grid>' + BOX),
        svg('<linearGradient id="a" xlink:href="http://example.com/#b"/>' + BOX),
        svg("<!-- a comment --><metadata>who made it</metadata>" + BOX),
        png(300, 100),
    ],
    ids=["shapes", "a script", "a style", "another program's", "a gradient from elsewhere", "a comment", "png"],
)
def test_what_is_no_picture_is_not_drawn(content: bytes) -> None:
    drawn = logo_png(content, "logo")
    width, height = sides(drawn)
    assert 0 < height < width < 600
    assert not [word for word in (b"script", b"http", b"onload") if word in drawn]


def test_equal_logos_give_equal_bytes_and_are_not_drawn_smaller_again() -> None:
    drawn = logo_png(svg(), "logo.svg")
    assert logo_png(svg(), "logo.svg") == drawn
    assert sides(logo_png(drawn, "logo.png")) == sides(drawn)


def test_a_logo_too_large_for_a_plan_is_drawn_less_sharp() -> None:
    noise = b"".join(b"\0" + hashlib.shake_128(bytes([row])).digest(600) for row in range(160))
    drawn = logo_png(png(600, 160, noise), "logo.png")
    assert len(drawn) <= LARGEST_DRAWN
    assert sides(drawn)[0] < sides(logo_png(png(600, 160), "logo.png"))[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neither a PNG nor an SVG"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"<html/>", "neither a PNG nor an SVG"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + svg(), "neither a PNG nor an SVG"),
        (svg('<image xlink:href="http://example.com/a.png"/>'), "it has 'image'"),
        (svg('<g id="a"/>' + '<use xlink:href="#a"/>' * 9), "it has 'use'"),
        (svg("<text>Firm</text>"), "it has 'text'"),
        (svg("<a>" + BOX + "</a>"), "it has 'a', which is no plain shape"),
        (svg("<pattern>" + BOX + "</pattern>"), "it has 'pattern'"),
        (svg("<style>rect { fill: red }</style>" + BOX), "it has 'style'"),
        (svg('<clipPath id="a" clip-path="url(#a)"/>'), "it has 'clipPath'"),
        (svg('<g style="fill:red; FILTER : blur(9px)">' + BOX + "</g>"), "it has 'filter'"),
        (svg('<g style="/* a */clip-path:url(#a)">' + BOX + "</g>"), "it has 'clip-path'"),
        (svg('<g style="/* a : b */fil\\74 er:blur(9px)">' + BOX + "</g>"), "no plain shape"),
        (svg(BOX, ' mask="url(#a)"'), "it has 'mask'"),
        (svg('<path stroke-dasharray="0.001" d="M0 0L9 9"/>'), "it has 'stroke-dasharray'"),
        (svg('<path stroke-width="1001" d="M0 0L9 9"/>'), "a line of the width 1001"),
        (svg('<path style="stroke-width:1e9" d="M0 0L9 9"/>'), "a line of the width 1e9"),
        (svg("<g/>" * 2000), "too many shapes"),
        (svg('<path d="' + "M0 0" * 25_001 + '"/>'), "paths that are too long"),
        (svg("<g>" * 20_000 + "</g>" * 20_000), "parts within parts"),
        (png(60_000, 60_000), "more than 4000000 pixels"),
        (png(300, 100)[:60], "the picture is damaged"),
        (b"x" * (LARGEST_BYTES + 1), "more than the limit"),
    ],
    ids=[
        "empty",
        "gif",
        "html",
        "entities",
        "image",
        "use",
        "text",
        *("a", "pattern", "style", "clip", "filter", "comment", "escaped", "mask", "dashes"),
        *("wide", "wide by style", "many", "long paths"),
        "deep",
        "bomb",
        "cut off",
        "large",
    ],
)
def test_what_cannot_be_a_logo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileProblem) as refused:
        logo_png(content, "logo.svg")
    assert said in str(refused.value)
