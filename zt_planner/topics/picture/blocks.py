"""Roadmap and money on one axis, with what must be known about them, and the tables of the same numbers."""

from __future__ import annotations

from dataclasses import replace

from zt_planner.domain.data.phase_model import Step
from zt_planner.language import Text, Words
from zt_planner.topics.block import Block, Group, PictureBlock, Role, TableBlock, notes
from zt_planner.topics.budget.blocks import purpose_group
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.labels import lower_bound_note
from zt_planner.topics.licences.tables import left_out
from zt_planner.topics.palette import Palette
from zt_planner.topics.picture.alt import picture_alt
from zt_planner.topics.picture.whole import folded, picture_of, roadmap_of
from zt_planner.topics.roadmap.days_off import days_off_table
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.topics.view import View


def picture_group(view: View) -> Group:
    """Return the picture without single tasks."""
    plan = view.plan
    picture = replace(picture_of(plan, before=view.reference), alt=picture_alt(plan, view.reference))
    return Group("picture", _heading(), (PictureBlock(picture), *notes((lower_bound_note(plan),))))


def money_group(view: View, palette: Palette) -> Group:
    """Return the picture with its tasks folded, what the money is for, and the months."""
    plan, purpose = view.plan, purpose_group(view)
    picture = folded(picture_of(plan, palette, opened=tuple(Step), before=view.reference))
    months = TableBlock(Text("Budget by month"), budget_table(plan, plan.months), name="months")
    return Group("money", _heading(), (PictureBlock(picture), *(purpose.blocks if purpose else ()), months))


def roadmap_group(view: View, palette: Palette) -> Group:
    """Return what is left out, the roadmap with all its tasks, their table, and the days off."""
    plan = view.plan
    blocks: tuple[Block, ...] = (
        *notes((left_out(plan),), Role.TEXT),
        PictureBlock(roadmap_of(plan, palette, opened=tuple(Step), before=view.reference)),
        TableBlock(Text("Tasks"), task_table(plan, view.reference), name="tasks"),
        TableBlock(Text("Days off"), days_off_table(plan), name="days_off"),
    )
    return Group("roadmap", Text("Roadmap"), blocks)


def _heading() -> Words:
    return Text("What happens when, and what it costs")
