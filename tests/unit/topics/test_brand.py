"""A firm's colours can be read on every ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import scenario
from tests.papers import handout
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.topics.brand import DARK_GROUND, LEAST_CONTRAST, WHITE, contrast, look_of, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
@pytest.mark.parametrize("ground", [WHITE, DARK_GROUND])
def test_any_colour_can_be_read(ground: str, colour: str) -> None:
    shade = readable_on(colour, ground)
    assert contrast(shade, ground) >= LEAST_CONTRAST
    assert contrast(colour, ground) < LEAST_CONTRAST or shade == colour


def test_contrasts_are_those_of_the_guideline() -> None:
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


def test_a_catalogue_without_a_look_changes_nothing() -> None:
    use = CatalogueUse.model_validate({"name": "Firm", "day": "2026-11-06"})
    assert look_of(handout(scenario(display__catalogue=use)).plan) is None
    branded = use.model_copy(update={"brand": Brand(footer="Since 1999")})
    look = look_of(handout(scenario(display__catalogue=branded)).plan)
    assert look is not None
    assert look.foot == "Firm · Since 1999"
