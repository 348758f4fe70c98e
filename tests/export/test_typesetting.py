"""What is set in type is set alike everywhere, and in many threads at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.papers import situation
from zt_planner.media.typst.typesetting import FACES, fonts, needs_others, pdf_bytes


def test_each_weight_of_the_typeface_has_one_file_whatever_order_a_disk_lists_them_in() -> None:
    found = [font for font in fonts(has_others=False).fonts() if font.family == "Source Sans Pro"]
    assert len(found) == len(FACES)
    assert set(Counter((font.style, font.weight) for font in found).values()) == {1}


def test_no_font_of_the_system_is_looked_into_where_none_is_needed() -> None:
    assert [font.path for font in fonts(has_others=False).fonts() if font.path and "typeface" not in font.path] == []


@pytest.mark.extended
def test_papers_that_are_set_at_once_are_all_the_same() -> None:
    given = situation("default")
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(pdf_bytes, [given] * 8))) == 1


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Müller – “Söhne” €", False),
        ("Ελλάδα Україна", False),
        ("日本", True),
        ("العربية", True),
        ("\ue000", True),
        ("👩", True),
    ],
)
def test_other_scripts_are_looked_for_in_the_system(text: str, needs: bool) -> None:  # noqa: FBT001 - what is expected
    assert needs_others(text) is needs
