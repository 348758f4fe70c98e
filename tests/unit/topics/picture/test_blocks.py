"""The groups around a picture: what they hold, and that a block describes what it draws."""

from __future__ import annotations

import pytest

from tests.builders import scenario
from tests.papers import handout, situation
from tests.words import told
from zt_planner.topics.block import Group, PictureBlock, Sentence, TableBlock, flattened
from zt_planner.topics.palette import DARK, LIGHT
from zt_planner.topics.picture.blocks import money_group, picture_group, roadmap_group


def picture_in(group: Group) -> PictureBlock:
    (block,) = (block for block in group.blocks if isinstance(block, PictureBlock))
    return block


@pytest.mark.parametrize("name", ["default", "under way"])
def test_a_roadmap_has_its_tasks_and_days_off_as_tables(name: str) -> None:
    view = situation(name)
    group = roadmap_group(view, view.reference)
    tasks, days_off = (block.table for block in flattened(group.blocks) if isinstance(block, TableBlock))
    assert len(tasks.rows) == len(view.plan.tasks)
    assert len(days_off.rows) == len(picture_in(group).picture(LIGHT).days_off)


def test_what_is_taken_out_is_said_below_the_roadmap_only_where_something_is() -> None:
    taken_out = handout(scenario(tasks__edits={"remote_mfa": {"in_scope": False}}))
    for view, count in ((taken_out, 1), (situation("default"), 0)):
        assert sum(isinstance(block, Sentence) for block in roadmap_group(view, None).blocks) == count


def test_a_picture_has_the_colours_of_its_ground_and_the_description_of_its_block() -> None:
    view = situation("default")
    for group in (picture_group(view), money_group(view), roadmap_group(view, None)):
        block = picture_in(group)
        light, dark = block.picture(LIGHT), block.picture(DARK)
        assert light.rows[0].colour != dark.rows[0].colour
        assert told(light.alt) == told(block.alt)


def test_tasks_of_the_money_s_picture_are_shown_once_their_step_is_pressed() -> None:
    rows = picture_in(money_group(situation("default"))).picture(LIGHT).rows
    assert all(row.tasks and not row.is_open for row in rows)
