"""The parts of the page for a browser: charts with their descriptions, and the tables that hold the same numbers.

Laws: a chart is the dashboard's own, which the page's theme colours; the picture has the colours of both themes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zt_planner.topics.block import ChartBlock, Drawing, Group, PictureBlock, TableBlock, flattened
from zt_planner.topics.palette import LIGHT, for_both

if TYPE_CHECKING:
    from zt_planner.language import Words
    from zt_planner.topics.picture.whole import Picture


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, and what it shows in words."""

    alt: Words
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page; `name` is what its place is linked by."""

    name: str
    heading: Words
    words: tuple[Words, ...] = ()
    picture: Picture | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[TableBlock, ...] = field(default=())


def part_of(group: Group) -> Part:
    """Return a topic's group as a part: its sentences and badges, its picture, its charts, then its tables."""
    blocks = tuple(flattened(group.blocks))
    drawn = (ChartBlock, PictureBlock, TableBlock)
    return Part(
        group.name,
        group.heading,
        tuple(text for block in blocks if not isinstance(block, drawn) for text in block.texts),
        next((block.picture(for_both()) for block in blocks if isinstance(block, PictureBlock)), None),
        tuple(Chart(block.alt, block.draw(LIGHT)) for block in blocks if isinstance(block, ChartBlock)),
        tuple(block for block in blocks if isinstance(block, TableBlock)),
    )
