"""What stands in groups of blocks, for tests that read documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.words import Told
from zt_planner.media.board import BoardPaper
from zt_planner.media.web.page import WebPage
from zt_planner.topics.block import Answers, Block, Cards, Group, Remark, Role, Sentence, TableBlock, flattened


def group_of(document: BoardPaper | WebPage, name: str) -> Told:
    group = group_in(document, name)
    assert group is not None, name
    return group


def group_in(document: BoardPaper | WebPage, name: str) -> Told:
    """Return a group by its name, one within another too; None where it is left out."""
    blocks = document.groups if isinstance(document, WebPage) else every_block(document)
    return next((group for group in _groups(blocks) if group.name == name), None)


def _groups(blocks: Iterable[Block]) -> Iterator[Group]:
    for block in blocks:
        if isinstance(block, Group):
            yield block
            yield from _groups(block.blocks)


def tables_in(*blocks: Block) -> list[Told]:
    """Return the tables, those of groups within too."""
    return [block.table for block in flattened(blocks) if isinstance(block, TableBlock)]


def texts_in(*blocks: Block, role: Role | None = None) -> list[Told]:
    """Return the sentences, by default of every role."""
    sentences = (block for block in flattened(blocks) if isinstance(block, Sentence))
    return [block.text for block in sentences if role in {None, block.role}]


def answers_in(*blocks: Block) -> list[Told]:
    """Return what answers the questions of a board."""
    return [answer for block in flattened(blocks) if isinstance(block, Answers) for answer in block.answers]


def cards_in(*blocks: Block) -> list[Told]:
    """Return the figures that stand side by side."""
    return [card for block in flattened(blocks) if isinstance(block, Cards) for card in block.cards]


def remarks_in(blocks: Iterable[Block]) -> list[Told]:
    """Return the findings."""
    return [block for block in flattened(blocks) if isinstance(block, Remark)]


def every_block(paper: BoardPaper) -> list[Told]:
    """Return what stands on all sheets of a paper."""
    return [block for sheet in paper.sheets for block in sheet.blocks]
