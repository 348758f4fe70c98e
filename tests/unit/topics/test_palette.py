"""The colours of charts are seen on their ground and told apart by everybody, in light and in dark."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from itertools import chain, combinations, pairwise, product
from math import dist

import pytest

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Step
from zt_planner.media.web.picture import STYLE
from zt_planner.resources import root
from zt_planner.topics.palette import DARK, LIGHT, LINE_COLOUR, Palette, for_both

THEME = tomllib.loads(root().joinpath(".streamlit/config.toml").read_text("utf-8"))["theme"]
GROUNDS = {
    "light": (LIGHT, (THEME["light"]["backgroundColor"],)),
    "dark": (DARK, (THEME["dark"]["backgroundColor"], THEME["dark"]["secondaryBackgroundColor"])),
}
SEEN, READ = 3, 4.5
"""Contrast at least, of what is drawn and of text (WCAG 2)."""
IN_GREY, NEIGHBOURS, ANY_TWO = 10, 15, 8
"""Distances in CIELAB at least; from 2 on an eye sees a difference side by side."""
VISION = {
    "everybody": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What a colour becomes, in linear light: Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation
of Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1.0."""


def channels(colour: str) -> tuple[float, ...]:
    """Return red, green and blue of `#rrggbb`, 0 to 1."""
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def linear(colour: str) -> tuple[float, ...]:
    """Return the light of each channel."""
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it."""
    dark, light = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(each), strict=True))
        for each in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def lab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Return light in CIELAB."""
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, by: str) -> tuple[float, float, float]:
    """Return a colour in CIELAB as somebody sees it."""
    light = linear(colour)
    changed = (sum(weight * part for weight, part in zip(row, light, strict=True)) for row in VISION[by])
    red, green, blue = (min(1.0, max(0.0, part)) for part in changed)
    return lab(red, green, blue)


def apart(one: str, other: str, by: str) -> float:
    """Return how far two colours lie from each other in CIELAB as somebody sees them."""
    return dist(seen(one, by), seen(other, by))


def apart_in_grey(one: str, other: str) -> float:
    """Return how far the lightness of two colours differs, 0 to 100."""
    return abs(seen(one, "everybody")[0] - seen(other, "everybody")[0])


@pytest.mark.parametrize(("palette", "grounds"), GROUNDS.values(), ids=GROUNDS)
def test_every_colour_stands_out_from_its_ground(palette: Palette, grounds: Collection[str]) -> None:
    for ground in grounds:
        faint = {colour: contrast(colour, ground) for colour in (*palette.colours, LINE_COLOUR)}
        assert min(faint.values()) >= SEEN, faint


@pytest.mark.parametrize(("palette", "grounds"), GROUNDS.values(), ids=GROUNDS)
def test_text_in_red_can_be_read(palette: Palette, grounds: Collection[str]) -> None:
    assert min(contrast(palette.red, ground) for ground in grounds) >= READ


@pytest.mark.parametrize("name", ["light", "dark"])
def test_quiet_text_can_be_read(name: str) -> None:
    ink, ground = THEME[name]["textColor"], THEME[name]["backgroundColor"]
    (share,) = re.findall(r"--quiet: color-mix\(in srgb, var\(--ink\) (\d+)%, var\(--ground\)\)", STYLE)
    parts = zip(channels(ink), channels(ground), strict=True)
    mixed = [one * int(share) / 100 + other * (1 - int(share) / 100) for one, other in parts]
    assert contrast("#" + "".join(f"{round(part * 255):02x}" for part in mixed), ground) >= READ


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("family", ["of_steps", "of_costs", "of_variants"])
def test_neighbours_are_told_apart_in_grey(palette: Palette, family: str) -> None:
    colours = getattr(palette, family)
    assert min(apart_in_grey(one, other) for one, other in pairwise(colours)) >= IN_GREY


@pytest.mark.parametrize("by", VISION)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("family", ["of_steps", "of_costs", "of_variants"])
def test_colours_of_a_family_are_told_apart_by_everybody(palette: Palette, family: str, by: str) -> None:
    colours = getattr(palette, family)
    assert min(apart(one, other, by) for one, other in pairwise(colours)) >= NEIGHBOURS
    assert min(apart(one, other, by) for one, other in combinations(colours, 2)) >= ANY_TWO


@pytest.mark.parametrize("by", VISION)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_that_one_chart_draws_beside_each_other_are_told_apart_by_everybody(palette: Palette, by: str) -> None:
    consultant = palette.categories[CostCategory.CONSULTANT]
    of_origins = (palette.teal, palette.blue, palette.violet, palette.rust, palette.amber, consultant)
    assert min(apart(one, other, by) for one, other in combinations(of_origins, 2)) >= ANY_TWO
    assert apart(palette.blue, palette.amber, by) >= NEIGHBOURS, "both lines of the forecasts"
    assert apart_in_grey(palette.blue, palette.amber) >= IN_GREY


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_colour_is_one_of_two_families_or_of_a_limit(palette: Palette) -> None:
    assert len(set(palette.colours)) == len(palette.colours)
    families = (palette.of_steps, palette.of_costs, palette.of_variants, (palette.red,))
    for one, other in chain.from_iterable(product(*two) for two in combinations(families, 2)):
        assert apart(one, other, "everybody") >= NEIGHBOURS


def test_a_page_in_either_theme_takes_the_colours_of_its_own() -> None:
    both = for_both()
    assert both.steps[Step.IDENTITIES] == f"light-dark({LIGHT.of_steps[1]}, {DARK.of_steps[1]})"
    assert both.red == f"light-dark({LIGHT.red}, {DARK.red})"
    assert len(both.colours) == len(LIGHT.colours)
