"""Roadmap and money on one axis, with what must be known about them, and the tables of the same numbers."""

from __future__ import annotations

from functools import partial

from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.plan import Plan
from zt_planner.language import Text, Words
from zt_planner.topics.block import Block, Group, PictureBlock, PictureForm, TableBlock, notes
from zt_planner.topics.budget.blocks import purpose_group
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.licences.tables import left_out
from zt_planner.topics.picture.alt import picture_alt, roadmap_alt, roadmap_and_money_alt
from zt_planner.topics.picture.whole import picture_of, roadmap_of
from zt_planner.topics.roadmap.days_off import days_off_table
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.topics.sentence import missing_prices
from zt_planner.topics.view import View

ROADMAP, DAYS_OFF = "roadmap", "days_off"
"""Names of blocks below which a page has something of its own."""


def picture_group(view: View) -> Group:
    """Return the picture without single tasks."""
    plan, before = view.plan, view.reference
    draw = partial(picture_of, plan, before=before, promised=view.promise.finish_at_confidence)
    picture = PictureBlock("picture", PictureForm.WHOLE, picture_alt(plan, before), draw)
    return Group("picture", _heading(), (picture, *notes((missing_prices(plan),))))


def money_group(view: View) -> Group:
    """Return the picture with its tasks folded, what the money is for, and the months."""
    plan, before, purpose = view.plan, view.reference, purpose_group(view)
    promised = view.promise.finish_at_confidence
    draw = partial(picture_of, plan, opened=tuple(Step), before=before, promised=promised, is_folded=True)
    picture = PictureBlock("picture", PictureForm.WHOLE, roadmap_and_money_alt(plan, before), draw)
    months = TableBlock(Text("Budget by month"), partial(budget_table, plan, plan.months), name="months")
    return Group("money", _heading(), (picture, *(purpose.blocks if purpose else ()), months))


def roadmap_group(view: View, before: Plan | None) -> Group:
    """Return the roadmap of all tasks beside the plan before, their table, the days off, and what is left out."""
    plan = view.plan
    tasks = TableBlock(Text("Tasks"), partial(task_table, plan, view.reference), name="task_table")
    days_off = TableBlock(Text("Days off"), partial(days_off_table, plan), name="days_off_table")
    blocks: tuple[Block, ...] = (
        roadmap_block(view, before),
        Group("tasks", Text("The tasks as a table"), (tasks,), is_folded=True),
        Group(DAYS_OFF, Text("Days off as a table"), (days_off,), is_folded=True),
        *notes((left_out(plan),)),
    )
    return Group("roadmap", Text("Roadmap"), blocks)


def roadmap_block(view: View, before: Plan | None) -> PictureBlock:
    """Return the roadmap with all its tasks."""
    plan, promised = view.plan, view.promise.finish_at_confidence
    draw = partial(roadmap_of, plan, opened=tuple(Step), before=before, promised=promised)
    return PictureBlock(ROADMAP, PictureForm.ROADMAP, roadmap_alt(plan, before), draw)


def steps_block(name: str, plan: Plan, before: Plan | None) -> PictureBlock:
    """Return the roadmap by step, beside the plan before."""
    draw = partial(roadmap_of, plan, opened=tuple(Step), before=before, is_folded=True)
    return PictureBlock(name, PictureForm.STEPS, roadmap_alt(plan, before), draw)


def _heading() -> Words:
    return Text("What happens when, and what it costs")
