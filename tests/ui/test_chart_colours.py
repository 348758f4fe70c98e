"""Every chart of the dashboard and the picture have the colours for the page's ground, light or dark, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.screen import Screen
from zt_planner.topics.palette import (
    DARK,
    EDGE_COLOUR,
    GRID_COLOUR,
    LIGHT,
    LINE_COLOUR,
    Palette,
)

GREYS = {EDGE_COLOUR, GRID_COLOUR, LINE_COLOUR, "rgba(0,0,0,0)"}
PAGES = {
    "": 0,
    "roadmap": 0,
    "what_if": 0,
    "budget": 0,
    "prices": 1,
    "how_sure": 3,
    "why_do_it": 1,
    "nis2": 1,
    "record": 1,
}
"""The pages with charts, and how many besides the picture."""
FOLDS = {"how_sure": ("fold:drivers",), "prices": ("fold:jumps",)}
"""Where the others are."""
PICTURES = {"": "picture", "roadmap": "roadmap", "budget": "budget"}


def colours_in(part: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a figure is made of
    if isinstance(part, list):
        for each in part:
            yield from colours_in(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name.endswith(("color", "colour")) and isinstance(value, str):
                yield value
            elif name != "template":
                yield from colours_in(value)


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK), (None, LIGHT)])
@pytest.mark.parametrize(("page", "charts"), PAGES.items())
@pytest.mark.extended
def test_charts_have_the_colours_for_the_page_s_ground(
    page: str, charts: int, theme: str | None, palette: Palette, screen: Screen
) -> None:
    screen.app.context = {"theme": theme}
    screen.run().move("company.employees:slider", 130)
    if page:
        screen.go(page, *FOLDS.get(page, ()))
    drawn = screen.app.get("plotly_chart")
    assert len(drawn) == charts
    figures = [json.loads(chart.proto.spec) for chart in drawn]
    assert {figure["layout"]["separators"] for figure in figures} <= {screen.language.separators}
    for figure in [*figures, *([screen.picture(PICTURES[page])] if page in PICTURES else [])]:
        found = set(colours_in(figure))
        assert found <= {*palette.colours, *GREYS}
        assert found & set(palette.colours)
