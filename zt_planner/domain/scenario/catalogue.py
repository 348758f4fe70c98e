"""The catalogue that a plan was calculated with, as the plan keeps it: name, day, texts of deliverables, and its look.

Nothing here moves a figure: the prices and tasks of a catalogue are kept as those of any plan that has its own data.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from binascii import Error
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zt_planner.domain.data.rules import Deliverable
from zt_planner.domain.scenario.values import NAME_LENGTH, Part, PlainText, PlanDay

MOST_DESCRIBED = 600
"""Tasks of the model and own ones."""
LARGEST_LOGO_TEXT = 60_000
"""Small beside what is packed when a plan is approved."""
MOST_WIDTH, MOST_HEIGHT = 1200, 400
"""Pixels of a logo; the program itself draws fewer than half as many each way."""
MOST_UNPACKED = MOST_WIDTH * MOST_HEIGHT * 8 + MOST_HEIGHT
PNG = b"\x89PNG\r\n\x1a\n"
FOOTER_LENGTH = 200

Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


def _is_png(content: bytes) -> bool:
    """Tell whether a PNG is whole: its sides, the checksum of each chunk, and pixels that end."""
    if not content.startswith(PNG + b"\0\0\0\rIHDR"):
        return False
    place, pixels, chunk = len(PNG), zlib.decompressobj(), b""
    while chunk != b"IEND":
        length, chunk = struct.unpack_from(">I4s", content, place)
        body, (checksum,) = (
            content[place + 8 : place + 8 + length],
            struct.unpack_from(">I", content, place + 8 + length),
        )
        if zlib.crc32(chunk + body) != checksum:
            return False
        if chunk == b"IHDR":
            width, height = struct.unpack_from(">II", body)
            if not (0 < width <= MOST_WIDTH and 0 < height <= MOST_HEIGHT):
                return False
        if chunk == b"IDAT":
            pixels.decompress(body, MOST_UNPACKED)
        place += 12 + length
    return pixels.eof


def _logo(text: str) -> str:
    """Refuse what is no small PNG in base64: it is drawn wherever the plan is."""
    try:
        is_logo = not text or _is_png(b64decode(text, validate=True))
    except (Error, struct.error, zlib.error):
        is_logo = False
    if not is_logo:
        sides = {"width": MOST_WIDTH, "height": MOST_HEIGHT}
        raise PydanticCustomError("not_a_logo", "the logo is no PNG of at most {width} by {height} pixels", sides)
    return text


class Brand(Part):
    """How a firm's papers look: its name, a line at their foot, two colours, and its logo as a PNG in base64."""

    firm: Annotated[PlainText, Field(max_length=NAME_LENGTH)] = ""
    footer: Annotated[PlainText, Field(max_length=FOOTER_LENGTH)] = ""
    colour: Colour | None = None
    second_colour: Colour | None = None
    logo: Annotated[str, Field(max_length=LARGEST_LOGO_TEXT), AfterValidator(_logo)] = ""


class CatalogueUse(Part):
    """Which catalogue a plan was calculated with, of which day."""

    name: Annotated[PlainText, Field(min_length=1, max_length=NAME_LENGTH)]
    day: PlanDay
    deliverables: Annotated[tuple[Deliverable, ...], Field(max_length=MOST_DESCRIBED)] = ()
    brand: Brand = Brand()
