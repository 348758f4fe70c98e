"""What a topic says, as blocks in their order: every medium draws them, and none of them says anything else.

A block keeps what it means, never how it looks: a sentence leads or notes, a table may be long. Law: a medium that
cannot draw a block says its `texts`: the sentences, the description, or what is on it; it writes
the rows of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

from zt_planner.language import Labelled, Listed, Words, sentences
from zt_planner.topics.badges import Badge
from zt_planner.topics.palette import Palette
from zt_planner.topics.table import Table


class Role(StrEnum):
    """What a sentence is for: the answer, the text below it, small print, or what stands against it."""

    LEAD = "lead"
    TEXT = "text"
    NOTE = "note"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement; `asks` is the figure that explains it."""

    text: Words
    role: Role = Role.TEXT
    asks: str = ""

    @property
    def texts(self) -> tuple[Words, ...]:
        return (self.text,)


@dataclass(frozen=True, slots=True)
class Badges:
    """What a reader must know about what stands above, in a word each."""

    badges: tuple[Badge, ...]

    @property
    def texts(self) -> tuple[Words, ...]:
        return tuple(badge.text for badge in self.badges)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its title; one with a name is long, and folded away under it where a medium can do so.

    What takes time to make and may stay folded is given as a function that makes it.

    The last row may be the sum of the others. `bands` are, row by row, where P10, P50, P80, P90 and the plan lie along
    the row's range, 0 to 100; a medium that draws them says what they are with `band_legend`.
    """

    title: Words
    content: Table | Callable[[], Table]
    name: str = ""
    has_sum: bool = False
    bands: tuple[tuple[float, ...], ...] = ()
    band_legend: Words = ""

    @property
    def table(self) -> Table:
        """The table, made now where that was left to whoever shows it."""
        return self.content() if callable(self.content) else self.content

    @property
    def is_long(self) -> bool:
        """Tell whether it may be folded away."""
        return bool(self.name)

    @property
    def texts(self) -> tuple[Words, ...]:
        return ()


Drawing: TypeAlias = dict[str, Any]
"""What a chart is drawn from: traces under `data`, their `layout`, and statements where a reader reads."""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart in the colours of its ground, and what it shows in words, for those who cannot see it.

    A page draws a `partial` of equal plans and other hashable values once, any other function each time it is shown.
    """

    name: str
    alt: Words
    draw: Callable[[Palette], Drawing]

    @property
    def texts(self) -> tuple[Words, ...]:
        return (self.alt,)


class PictureForm(StrEnum):
    """What a picture shows on its axis of months."""

    WHOLE = "whole"
    """Roadmap and money."""
    ROADMAP = "roadmap"
    STEPS = "steps"
    """A roadmap that is folded to its steps at first."""
    BUDGET = "budget"
    TOTALS = "totals"
    """The running totals of plans side by side."""
    ROADMAPS = "roadmaps"


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A `topics.picture.whole.Picture` in the colours of its ground, and what it shows in words.

    A page draws one of equal values once.
    """

    name: str
    form: PictureForm
    alt: Words
    draw: partial[Any]

    @property
    def texts(self) -> tuple[Words, ...]:
        return (self.alt,)

    def picture(self, palette: Palette) -> Any:  # noqa: ANN401 - that package imports this one
        """Return the picture with its description."""
        return replace(self.draw(palette), alt=self.alt)


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A figure with its name, and what is said below it."""

    label: Words
    value: Words
    context: Words


@dataclass(frozen=True, slots=True)
class Cards:
    """Figures side by side."""

    cards: tuple[FigureCard, ...]

    @property
    def texts(self) -> tuple[Words, ...]:
        return tuple(Labelled(card.label, Listed((card.value, card.context), ", ")) for card in self.cards)


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a question of those who decide, and what that is for."""

    question: Words
    what: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in their order; those to the same question stand together."""

    answers: tuple[Answer, ...]

    @property
    def texts(self) -> tuple[Words, ...]:
        return tuple(Labelled(answer.question, sentences(answer.what, answer.why)) for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding: how grave it is, what was found, and what to do."""

    severity: Words
    is_blocking: bool
    title: Words
    message: Words
    remedy: Words

    @property
    def texts(self) -> tuple[Words, ...]:
        return (sentences(Labelled(self.severity, self.title), self.message, self.remedy),)


@dataclass(frozen=True, slots=True)
class Signature:
    """What is resolved by signing, of several one to be ticked, and the lines to fill in by hand."""

    choices: tuple[Words, ...]
    lines: tuple[Words, ...]

    @property
    def texts(self) -> tuple[Words, ...]:
        return (*self.choices, *self.lines)


class Placing(StrEnum):
    """Where the blocks of a group stand; a medium of one column ignores it."""

    BELOW = "below"
    BESIDE = "beside"
    BOXED = "boxed"


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a heading, if it has one; `name` is what links lead to and programs call the sheet or fold."""

    name: str
    heading: Words
    blocks: tuple[Block, ...]
    is_folded: bool = False
    placing: Placing = Placing.BELOW


SingleBlock: TypeAlias = (
    "Sentence | Badges | TableBlock | ChartBlock | PictureBlock | Cards | Answers | Remark | Signature"
)
Block: TypeAlias = "SingleBlock | Group"


def notes(texts: Iterable[Words], role: Role = Role.NOTE) -> Iterator[Sentence]:
    """Yield texts as sentences of a role; those that are empty are left out."""
    yield from (Sentence(text, role) for text in texts if text)


def flattened(blocks: Iterable[Block]) -> Iterator[SingleBlock]:
    """Yield blocks without their groups, each table made, for a medium that has one level of headings."""
    for block in blocks:
        if isinstance(block, Group):
            yield from flattened(block.blocks)
        else:
            yield replace(block, content=block.table) if isinstance(block, TableBlock) else block
