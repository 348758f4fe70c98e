"""What a topic says, as blocks in their order: every medium draws them, and none of them says anything else.

A block keeps what it means, never how it looks: a sentence leads or notes, a table may be long. Law: a medium that
cannot draw a block says its title or its description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from zt_planner.language import Words
from zt_planner.topics.badges import Badge
from zt_planner.topics.palette import Palette
from zt_planner.topics.table import Table


class Role(StrEnum):
    """What a sentence is for: the answer, the text below it, or small print."""

    LEAD = "lead"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement; `asks` is the figure that explains it."""

    text: Words
    role: Role = Role.TEXT
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Badges:
    """What a reader must know about what stands above, in a word each."""

    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its title; one with a name is long, and folded away under it where a medium can do so."""

    title: Words
    table: Table
    name: str = ""

    @property
    def is_long(self) -> bool:
        """Tell whether it may be folded away."""
        return bool(self.name)


Drawing: TypeAlias = dict[str, Any]
"""What a chart is drawn from: traces under `data`, their `layout`, and statements where a reader reads."""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart in the colours of its ground, and what it shows in words, for those who cannot see it.

    A page draws a `partial` of equal values once, and any other function each time that it shows the chart.
    """

    name: str
    alt: Words
    draw: Callable[[Palette], Drawing]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a heading; `name` is what links lead to and the sheet or fold is called by programs."""

    name: str
    heading: Words
    blocks: tuple[Block, ...]
    is_folded: bool = False


Block: TypeAlias = "Sentence | Badges | TableBlock | ChartBlock | Group"


def notes(texts: Iterable[Words], role: Role = Role.NOTE) -> Iterator[Sentence]:
    """Yield texts as sentences of a role; those that are empty are left out."""
    yield from (Sentence(text, role) for text in texts if text)


def flattened(blocks: Iterable[Block]) -> Iterator[Sentence | Badges | TableBlock | ChartBlock]:
    """Yield blocks without their groups, for a medium that has one level of headings."""
    for block in blocks:
        if isinstance(block, Group):
            yield from flattened(block.blocks)
        else:
            yield block
