"""What a topic says, drawn on a page: sentences, badges and tables in the topic's order, groups folded or headed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from zt_planner.language import Words
from zt_planner.topics.block import Badges, Block, ChartBlock, Group, PictureBlock, Placing, Role, Sentence, TableBlock
from zt_planner.ui.components.charts import show_chart, show_picture
from zt_planner.ui.components.elements import fold, show_badges, show_lines, show_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import with_why
from zt_planner.ui.state import session


@dataclass(frozen=True, slots=True)
class _Options:
    """How a page draws blocks."""

    is_within: bool
    stacks: bool
    below: Mapping[str, Callable[[], None]]


def show_blocks(
    blocks: Iterable[Block | None],
    *,
    is_within: bool = False,
    stacks: bool = True,
    below: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Draw blocks one below the other, leaving out None; a group within another has a smaller heading.

    Tables that stack become a card for each row where they do not fit. `below` draws the page's own fields, buttons
    and editors below a block, by its name; below one that is folded, they are within the fold.
    """
    _show(filter(None, blocks), _Options(is_within, stacks, below or {}))


def _show(blocks: Iterable[Block], options: _Options) -> None:
    small_print: list[Words] = []
    for block in blocks:
        if isinstance(block, Sentence) and block.role is Role.NOTE:
            small_print.append(block.text)
            continue
        show_lines(small_print)
        small_print = []
        _show_block(block, options)
    show_lines(small_print)


def _show_block(block: Block, options: _Options) -> None:
    if isinstance(block, Sentence):
        _show_sentence(block)
    elif isinstance(block, Badges):
        show_badges(block.badges)
    elif isinstance(block, Group):
        _show_group(block, options)
    elif isinstance(block, ChartBlock):
        show_chart(block)
        _show_below(block.name, options)
    elif isinstance(block, PictureBlock):
        show_picture(block)
        _show_below(block.name, options)
    elif isinstance(block, TableBlock):
        _show_table(block, options)
    else:
        for text in block.texts:
            show_text(text)


def _show_sentence(sentence: Sentence) -> None:
    if sentence.asks:
        with_why(sentence.text, sentence.asks, session.language(), is_bold=sentence.role is Role.LEAD)
    elif sentence.role is Role.LEAD:
        st.markdown(f"**{plain(sentence.text)}**")
    else:
        show_text(sentence.text)


def _show_table(block: TableBlock, options: _Options) -> None:
    if block.is_long:
        fold(session.language().write(block.title), block.name, partial(_show_rows, block, options))
    else:
        _show_rows(block, options)


def _show_rows(block: TableBlock, options: _Options) -> None:
    show_table(block.table, session.language().write(block.title), stacks=options.stacks)
    _show_below(block.name, options)


def _show_below(name: str, options: _Options) -> None:
    if name in options.below:
        options.below[name]()


def _show_group(group: Group, options: _Options) -> None:
    heading = session.language().write(group.heading)
    if group.is_folded:
        fold(heading, group.name, partial(_show_unfolded, group, options))
        return
    if heading and options.is_within:
        st.subheader(plain(heading))
    elif heading:
        st.header(plain(heading))
    if group.placing is Placing.BESIDE:
        _show_beside(group, options)
    else:
        _show(group.blocks, replace(options, is_within=True))
    _show_below(group.name, options)


def _show_beside(group: Group, options: _Options) -> None:
    """Draw each block in a column of its own, a group with its heading, which no link leads to."""
    for column, block in zip(st.columns(len(group.blocks), gap="medium"), group.blocks, strict=True):
        with column:
            if isinstance(block, Group):
                if group.heading or options.is_within:
                    st.subheader(plain(block.heading), anchor=False)
                else:
                    st.header(plain(block.heading), anchor=False)
            _show(block.blocks if isinstance(block, Group) else (block,), replace(options, is_within=True))


def _show_unfolded(group: Group, options: _Options) -> None:
    """Draw what is unfolded: a long table is not folded once more."""
    for block in group.blocks:
        if isinstance(block, TableBlock):
            _show_rows(block, options)
        else:
            _show((block,), options)
    _show_below(group.name, options)
