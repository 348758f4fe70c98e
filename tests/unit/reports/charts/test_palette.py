"""The colours of charts are seen on their ground and told apart, in light and in dark."""

from __future__ import annotations

import tomllib
from dataclasses import astuple
from itertools import combinations

import pytest

from zt_planner.reports.charts.palette import DARK, LIGHT, LINE_COLOUR, Palette
from zt_planner.resources import root

THEME = tomllib.loads(root().joinpath(".streamlit/config.toml").read_text("utf-8"))["theme"]
GROUND, RAISED = THEME["dark"]["backgroundColor"], THEME["dark"]["secondaryBackgroundColor"]
BAR_OPACITY = 0.88
APART = 20
"""How far two colours lie from each other in CIELAB at least; from 2 on an eye sees a difference side by side."""


def channels(colour: str) -> tuple[float, ...]:
    """Return red, green and blue of `#rrggbb`, 0 to 1."""
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def over(colour: str, ground: str, opacity: float) -> str:
    """Return what a colour that lets some of its ground through looks like."""
    mixed = (
        one * opacity + other * (1 - opacity) for one, other in zip(channels(colour), channels(ground), strict=True)
    )
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


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


def lab(colour: str) -> tuple[float, float, float]:
    """Return a colour in CIELAB."""
    red, green, blue = linear(colour)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    """Return how far two colours lie from each other in CIELAB."""
    pairs = zip(lab(one), lab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("ground", [GROUND, RAISED])
def test_every_dark_colour_stands_out_from_the_ground(ground: str) -> None:
    faint = {colour: contrast(colour, ground) for colour in (*astuple(DARK), LINE_COLOUR)}
    assert min(faint.values()) >= 3, faint
    assert min(contrast(over(colour, ground, BAR_OPACITY), ground) for colour in DARK.steps.values()) >= 3


def test_dark_colours_are_lighter_than_those_on_white() -> None:
    pairs = zip(astuple(DARK), astuple(LIGHT), strict=True)
    assert all(contrast(dark, GROUND) > contrast(light, GROUND) for dark, light in pairs)


@pytest.mark.parametrize(("palette", "ground"), [(LIGHT, "#ffffff"), (DARK, GROUND)], ids=["light", "dark"])
def test_steps_and_kinds_of_cost_are_told_apart(palette: Palette, ground: str) -> None:
    bars = [over(colour, ground, BAR_OPACITY) for colour in palette.steps.values()]
    for colours in (bars, [*palette.categories.values()]):
        assert min(distance(one, other) for one, other in combinations(colours, 2)) >= APART
