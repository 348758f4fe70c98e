"""The roadmap and the money as a picture in print size, as wide as A4 lies: SVG with its words, PNG with its density.

Laws: equal plans give equal bytes; an SVG refers to nothing outside itself, and
has a title and a description for those who cannot see it.
"""

from __future__ import annotations

import struct
import zlib
from html import escape
from typing import TYPE_CHECKING

from zt_planner.export.typesetting import PRINT_PPI, typeset
from zt_planner.reports.picture import picture_of

if TYPE_CHECKING:
    from zt_planner.reports.handout import Handout
    from zt_planner.reports.picture import Picture

TEMPLATE = "picture.typ"
INCHES_A_METRE = 1 / 0.0254
AFTER_HEADER = 33
"""Where a PNG's first chunk after its header begins."""


def svg_bytes(handout: Handout) -> bytes:
    """Return the picture as SVG."""
    picture = picture_of(handout)
    drawn = typeset(TEMPLATE, picture, "svg", handout.plan.today).decode()
    head, bracket, rest = drawn.partition(">")
    named = f'{head} role="img" aria-labelledby="title desc" lang="{picture.language}"{bracket}'
    return f"{named}{_words(picture)}{rest}".encode()


def png_bytes(handout: Handout) -> bytes:
    """Return the picture as PNG, 300 dots an inch."""
    drawn = typeset(TEMPLATE, picture_of(handout), "png", handout.plan.today)
    return drawn[:AFTER_HEADER] + _density() + drawn[AFTER_HEADER:]


def _density() -> bytes:
    """Return the part of a PNG that says how many dots there are in a metre, so that it is printed in its size."""
    dots = round(PRINT_PPI * INCHES_A_METRE)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _words(picture: Picture) -> str:
    """Return what a picture is called and what it shows, for a screen reader; stamp and notes as well."""
    shown = " ".join((picture.alt, *picture.notes, *picture.stamp))
    return f'<title id="title">{escape(picture.title)}</title><desc id="desc">{escape(shown)}</desc>'
