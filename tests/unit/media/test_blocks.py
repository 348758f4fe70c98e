"""Every medium draws every kind of block, or says what is on it."""

from __future__ import annotations

import io
from functools import partial

import pytest

from tests.papers import situation
from tests.words import ENGLISH
from zt_planner.engine.costing.trust import Mark
from zt_planner.language import Text
from zt_planner.media.board import BoardPaper, Sheet
from zt_planner.media.console import block_lines
from zt_planner.media.typst.typesetting import PAPER, paper_data, typeset
from zt_planner.media.web.page import part_of
from zt_planner.media.xlsx.reasons import write_group
from zt_planner.media.xlsx.sheets import PlanBook, SheetName
from zt_planner.topics import block
from zt_planner.topics.badges import Badge
from zt_planner.topics.block import (
    Answer,
    Answers,
    Badges,
    Block,
    Cards,
    ChartBlock,
    FigureCard,
    Group,
    PictureBlock,
    PictureForm,
    Placing,
    Remark,
    Role,
    Sentence,
    Signature,
    TableBlock,
)
from zt_planner.topics.picture.whole import picture_of
from zt_planner.topics.table import Table

TABLE = Table((Text("Category"), "P", "10", "50", "80", "90"), (("a", "1", "2", "3", "4", "5"),), numbers=(1,))
BLOCKS: tuple[Block, ...] = (
    *(Sentence(Text("Total"), role) for role in Role),
    Badges((Badge(Mark.STALE, Text("over a year old")),)),
    TableBlock(Text("Tasks"), TABLE),
    TableBlock(Text("Tasks"), TABLE, bands=((4.0, 20.0, 50.0, 96.0, 30.0),)),
    ChartBlock("chart", Text("Total"), lambda _: {"data": [], "layout": {}}),
    PictureBlock("picture", PictureForm.WHOLE, Text("Total"), partial(picture_of, situation("default").plan)),
    Cards((FigureCard(Text("Total"), "1", ""),)),
    Answers((Answer(Text("Why"), "", Text("Total")),)),
    Signature((Text("Total"), Text("Roadmap")), (Text("Total"),)),
    Remark(Text("Total"), is_blocking=True, title="a", message="b", remedy="c"),
    Group("inner", Text("Roadmap"), (Sentence(Text("Total")),), placing=Placing.BOXED),
    Group("beside", "", (Group("one", Text("Roadmap"), (TableBlock("", TABLE),)),), placing=Placing.BESIDE),
)


def test_every_kind_of_block_is_tried() -> None:
    kinds = {name.strip() for name in f"{block.SingleBlock} | Group".split("|")}
    assert kinds == {type(one).__name__ for one in BLOCKS}


@pytest.mark.parametrize("one", BLOCKS, ids=lambda one: type(one).__name__)
def test_every_medium_draws_it(one: Block) -> None:
    group = Group("law", Text("The law"), (one,))
    assert list(block_lines(group.blocks, ENGLISH))
    assert (
        any(part for part in (part_of(group).words, part_of(group).charts, part_of(group).tables))
        or part_of(group).picture
    )
    book = PlanBook(io.BytesIO(), situation("default"))
    book.add(SheetName.LAW)
    write_group(book, SheetName.LAW, group)
    book.close()
    paper = BoardPaper("en", "", "", "", "a", ("", ""), (Sheet("coverage", (group,)),))
    assert typeset(
        PAPER, paper_data(ENGLISH.written(paper), ENGLISH), "pdf", situation("default").plan.today
    ).startswith(b"%PDF")
