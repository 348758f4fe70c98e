"""What a topic says, drawn on a page: sentences, badges and tables in the topic's order, groups folded or headed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from zt_planner.language import Words
from zt_planner.topics.block import Badges, Block, ChartBlock, Group, Role, Sentence, TableBlock
from zt_planner.ui.components.charts import show_chart
from zt_planner.ui.components.elements import fold, show_badges, show_lines, show_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import with_why
from zt_planner.ui.state import session


def show_blocks(blocks: Iterable[Block], *, is_within: bool = False) -> None:
    """Draw blocks one below the other; a group within another has a smaller heading."""
    small_print: list[Words] = []
    for block in blocks:
        if isinstance(block, Sentence) and block.role is Role.NOTE:
            small_print.append(block.text)
            continue
        show_lines(small_print)
        small_print = []
        _show_block(block, is_within=is_within)
    show_lines(small_print)


def _show_block(block: Block, *, is_within: bool) -> None:
    if isinstance(block, Sentence):
        _show_sentence(block)
    elif isinstance(block, Badges):
        show_badges(block.badges)
    elif isinstance(block, Group):
        _show_group(block, is_within=is_within)
    elif isinstance(block, ChartBlock):
        show_chart(block)
    elif isinstance(block, TableBlock):
        _show_table(block)
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


def _show_table(block: TableBlock) -> None:
    title = session.language().write(block.title)
    if block.is_long:
        fold(title, block.name, partial(show_table, block.table, title, stacks=True))
    else:
        show_table(block.table, title, stacks=True)


def _show_group(group: Group, *, is_within: bool) -> None:
    heading = session.language().write(group.heading)
    if group.is_folded:
        fold(heading, group.name, partial(_show_tables, group))
        return
    if heading and is_within:
        st.subheader(plain(heading))
    elif heading:
        st.header(plain(heading))
    show_blocks(group.blocks, is_within=True)


def _show_tables(group: Group) -> None:
    """Draw what is unfolded: a long table is not folded once more."""
    for block in group.blocks:
        if isinstance(block, TableBlock):
            show_table(block.table, session.language().write(block.title), stacks=True)
        else:
            show_blocks((block,))
