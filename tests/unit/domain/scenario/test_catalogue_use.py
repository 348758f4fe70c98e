"""The catalogue that a scenario names: its logo and its texts are such as every file can carry."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from base64 import b64encode
from typing import Any

import pytest

from tests import builders
from tests.builders import TODAY
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.catalogue import LARGEST_LOGO_TEXT, MOST_HEIGHT, MOST_WIDTH, PNG
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.under_way.approved import approved
from zt_planner.errors import ScenarioError
from zt_planner.files.scenario_json import parsed_scenario

USE = {"name": "Firm", "day": "2026-11-06"}
TEXTS = {"task": "kickoff", "delivered": "A list.", "accepted": "Signed.", "assumed": "Time.", "excluded": "Law."}


def read(**use: Any) -> Scenario:  # noqa: ANN401 - any use
    """Return the scenario of a file that names a catalogue."""
    return parsed_scenario(json.dumps({"display": {"catalogue": {**USE, **use}}}).encode())


def png(width: int, height: int, rows: bytes | None = None) -> bytes:
    """Return a grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packed = zlib.compress(b"\0" * (height * (1 + width))) if rows is None else rows
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG + header + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("logo", [b"", png(470, 126), png(MOST_WIDTH, MOST_HEIGHT)], ids=["none", "usual", "largest"])
def test_a_small_png_is_a_logo(logo: bytes) -> None:
    text = b64encode(logo).decode()
    kept = read(brand={"logo": text}).display.catalogue
    assert kept is not None
    assert kept.brand.logo == text


@pytest.mark.parametrize(
    "logo",
    [
        "AAAAA",
        b64encode(b"no picture").decode(),
        b64encode(png(0, 10)).decode(),
        b64encode(png(MOST_WIDTH + 1, 10)).decode(),
        b64encode(png(10, MOST_HEIGHT + 1)).decode(),
        b64encode(png(30_000, 30_000, b"")).decode(),
        b64encode(png(10, 10, b"no pixels")).decode(),
        b64encode(png(10, 10, zlib.compress(b"\0" * 5_000_000))).decode(),
        b64encode(png(10, 10)[:-20]).decode(),
        b64encode(png(10, 10).replace(b"IDAT", b"IDAX")).decode(),
        b64encode(PNG + b"\0\0\0\rIHDR").decode(),
    ],
)
def test_what_is_no_small_png_is_refused(logo: str) -> None:
    with pytest.raises(ScenarioError, match=r"brand\.logo: the logo is no PNG of at most 1200 by 400 pixels"):
        read(brand={"logo": logo})


def test_a_logo_of_a_long_text_is_refused() -> None:
    with pytest.raises(ScenarioError, match=f"more than the {LARGEST_LOGO_TEXT} allowed"):
        read(brand={"logo": "A" * (LARGEST_LOGO_TEXT + 4)})


def test_a_plan_with_the_largest_logo_can_be_approved() -> None:
    noise = zlib.compress(b"".join(b"\0" + hashlib.shake_128(bytes([row])).digest(300) for row in range(149)))
    text = b64encode(png(300, 149, noise)).decode()
    assert LARGEST_LOGO_TEXT - 200 < len(text) <= LARGEST_LOGO_TEXT
    case = builders.case(read(brand={"logo": text}), price_book(), phase_model())
    assert approved(case, "Board", TODAY)


@pytest.mark.parametrize("column", ["delivered", "accepted", "consultant", "team", "assumed", "excluded"])
@pytest.mark.parametrize(("text", "said"), [("a\x0b", "control characters"), ("a" * 501, "more than the 500 allowed")])
def test_texts_of_tasks_are_printable_and_bounded(column: str, text: str, said: str) -> None:
    read(deliverables=[{**TEXTS, column: "a" * 500}])
    with pytest.raises(ScenarioError, match=said):
        read(deliverables=[{**TEXTS, column: text}])
