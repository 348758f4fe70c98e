"""The picture of plans side by side as a file: well-formed, named, and with nothing of a plan that cannot be drawn."""

from __future__ import annotations

import struct
from xml.etree.ElementTree import fromstring

import pytest

from tests.builders import scenario
from tests.export.test_picture import A4_LANDSCAPE, SVG, chunks
from tests.unit.topics.compare.test_comparison import ENDLESS, compared
from tests.words import ENGLISH
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.media.typst.compared import paper_comparison_of
from zt_planner.media.typst.typesetting import compared_pictures
from zt_planner.topics.compare.answer import compare_answer

MDR = scenario(choices__monitoring="mdr")


@pytest.mark.extended
@pytest.mark.parametrize(
    "others",
    [(MDR, Scenario(), scenario(timeline__start="2027-03-01")), (scenario(**ENDLESS),)],
    ids=["four plans", "without a schedule"],
)
def test_the_files_are_pictures_with_words(others: tuple[Scenario, ...]) -> None:
    comparison = compared(*others)
    comparison = comparison._replace(first=comparison.first._replace(name='<b>"A"</b> & ' + "ä" * 80))
    files = compared_pictures(comparison, ENGLISH)
    root = fromstring(files["comparison.svg"])  # noqa: S314 - our own file
    words, title = root.find(f"{SVG}desc"), root.find(f"{SVG}title")
    assert words is not None
    assert title is not None
    assert title.text == ENGLISH.write(compare_answer(comparison))
    paper = paper_comparison_of(comparison, ENGLISH)
    assert all(
        text in (words.text or "") for text in map(str, (*(drawing.alt for drawing in paper.drawings), *paper.notes))
    )
    found = chunks(files["comparison.png"])
    (width,) = struct.unpack(">I", found[b"IHDR"][:4])
    across, _, _ = struct.unpack(">IIB", found[b"pHYs"])
    assert round(width / across * 1000) == A4_LANDSCAPE


def test_every_plan_is_stamped() -> None:
    comparison = compared(MDR)
    stamp = tuple(map(str, paper_comparison_of(comparison, ENGLISH).stamp))
    for variant in comparison.variants:
        assert any(line.startswith(f"{variant.letter}: ") and variant.plan.scenario.version in line for line in stamp)
