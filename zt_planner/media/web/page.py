"""The plan as one page for a browser: its parts in their order, each with its words, charts and tables.

Decides what stands where, not how it looks (`media/web/page_files`). Laws: every chart has its description, and a table
with the same numbers stands in its part; charts are the dashboard's own, which the page's theme colours, and the
picture has the colours of both themes; a plan that has stopped has no part about time or money.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from zt_planner.language import LongDay, Text, Words
from zt_planner.topics.block import ChartBlock, Drawing, Group, PictureBlock, TableBlock, flattened
from zt_planner.topics.budget.blocks import lines_group
from zt_planner.topics.decisions.dates import decisions_group
from zt_planner.topics.findings.blocks import findings_group
from zt_planner.topics.headline.cards import figures_group
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.licences.blocks import inputs_group
from zt_planner.topics.nis2.blocks import insurer_group, law_group, points_group
from zt_planner.topics.operation.blocks import operation_group
from zt_planner.topics.palette import LIGHT, for_both
from zt_planner.topics.picture.blocks import money_group, roadmap_group
from zt_planner.topics.picture.whole import Picture
from zt_planner.topics.prices.blocks import prices_group
from zt_planner.topics.progress.blocks import status_group
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.risk.blocks import joint_group, standstill_group, sureness_group, swings_group
from zt_planner.topics.risk.outside import outside_group
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.subsidies.blocks import subsidy_group
from zt_planner.topics.terms import terms_group
from zt_planner.topics.view import AnyView, StoppedView


@dataclass(frozen=True, slots=True)
class WebPage:
    """All that stands on the page: the first groups, a list of the parts, and the parts."""

    language: str
    kicker: Words
    title: Words
    stamp: tuple[Words, Words]
    day: Words
    groups: tuple[Group, ...]
    parts: tuple[Section, ...]
    skip: Words
    contents: Words
    chart_note: Words


def web_page_of(view: AnyView) -> WebPage:
    """Return the page; of a plan that stopped what is wrong, what was entered, and the prices."""
    return WebPage(
        language=view.language.code,
        kicker=document_title(view),
        title=plan_sentence(view),
        stamp=stamp_of(view),
        day=LongDay(view.plan.today),
        groups=tuple(group for group in first_groups(view) if group is not None),
        parts=tuple(part_of(group) for group in page_groups(view) if group is not None),
        skip=Text("Skip to the plan"),
        contents=Text("Contents"),
        chart_note=Text("The charts need JavaScript. Their numbers are in the tables below them."),
    )


def first_groups(view: AnyView) -> tuple[Group | None, ...]:
    """Return what is read first."""
    if isinstance(view, StoppedView):
        return (findings_group(view),)
    return (figures_group(view), sureness_group(view, planned_sentence(view)), findings_group(view))


def page_groups(view: AnyView) -> tuple[Group | None, ...]:
    """Return the groups of the parts in their order."""
    if isinstance(view, StoppedView):
        return (inputs_group(view), prices_group(view))
    return (
        status_group(view),
        decisions_group(view),
        money_group(view),
        operation_group(view),
        roadmap_group(view, view.reference),
        joint_group(view, planned_sentence(view)),
        outside_group(view),
        swings_group(view),
        standstill_group(view),
        points_group(view),
        law_group(view),
        insurer_group(view),
        subsidy_group(view),
        inputs_group(view),
        terms_group(),
        prices_group(view),
        lines_group(view.plan),
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, and what it shows in words."""

    alt: Words
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page; `name` is what its place is linked by."""

    name: str
    heading: Words
    words: tuple[Words, ...] = ()
    picture: Picture | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[TableBlock, ...] = field(default=())


def part_of(group: Group) -> Section:
    """Return a topic's group as a part: its sentences and badges, its picture, its charts, then its tables."""
    blocks = tuple(flattened(group.blocks))
    drawn = (ChartBlock, PictureBlock, TableBlock)
    return Section(
        group.name,
        group.heading,
        tuple(text for block in blocks if not isinstance(block, drawn) for text in block.texts),
        next((block.picture(for_both()) for block in blocks if isinstance(block, PictureBlock)), None),
        tuple(Chart(block.alt, block.draw(LIGHT)) for block in blocks if isinstance(block, ChartBlock)),
        tuple(block for block in blocks if isinstance(block, TableBlock)),
    )
