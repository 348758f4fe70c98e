"""The one picture: roadmap and money on one time axis, for screen, paper and web page.

Decides places, colours and texts, not the look (`media/web/page_files`,
`media/typst/paper`). Places are parts of the time axis, from its left, or of the axis
of amounts, from its bottom. Laws: the slices of the stacks are the sums of the
plan's cost lines, to the cent; a bar covers the days of its task; equal plans
have equal pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from zt_planner.domain.month import Month, months_from
from zt_planner.engine.costing.budget import accrual
from zt_planner.language import Text, Words
from zt_planner.topics.axes import shown_months
from zt_planner.topics.palette import LIGHT, Palette
from zt_planner.topics.picture.alt import budget_alt, roadmap_alt, roadmap_and_money_alt
from zt_planner.topics.picture.money import (
    PictureMoney,
    beyond_budget,
    beyond_horizon,
    money_of,
    month_totals,
    sums_of,
)
from zt_planner.topics.picture.rows import Bar, PictureRow, rows_of
from zt_planner.topics.picture.time_axis import (
    Canvas,
    DayMark,
    Tick,
    TimeAxis,
    day_of,
    marks_of,
    marks_on,
    months_on,
    on_levels,
)
from zt_planner.topics.roadmap.days_off import days_off
from zt_planner.topics.task_words import before_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.data.phase_model import Step
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency: from the end of one row's task to the start of another's, which waits for it."""

    source: str
    start: float
    target: str
    end: float


@dataclass(frozen=True, slots=True)
class Sign:
    """What a form stands for: done, left, outline, hatch, diamond, shade or ghost."""

    form: str
    text: Words


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn; `rows` or `money` may be missing, `alt` says what there is in words."""

    alt: Words
    months: tuple[Tick, ...]
    month_starts: tuple[float, ...]
    days_off: tuple[Bar, ...]
    marks: tuple[DayMark, ...]
    rows: tuple[PictureRow, ...]
    links: tuple[Link, ...]
    money: PictureMoney | None
    signs: tuple[Sign, ...]


def picture_of(
    plan: Plan,
    palette: Palette = LIGHT,
    *,
    opened: Collection[Step] = (),
    before: Plan | None = None,
    promised: date | None = None,
    is_folded: bool = False,
) -> Picture:
    """Return roadmap and money, with the tasks of the steps that are opened, and the plan before as ghosts.

    Where it is folded, these tasks are shown only once their step is pressed.
    """
    months = months_of(plan, before)
    canvas = Canvas(plan, palette, TimeAxis.of(months), before, promised)
    alt, money = roadmap_and_money_alt(plan, before), _money(canvas, months, accrual, beyond_budget(plan, months))
    return replace(_roadmap(canvas, months, opened, is_folded=is_folded), alt=alt, money=money)


def roadmap_of(
    plan: Plan,
    palette: Palette = LIGHT,
    *,
    opened: Collection[Step] = (),
    before: Plan | None = None,
    promised: date | None = None,
    is_folded: bool = False,
) -> Picture:
    """Return the roadmap alone, with the dependencies of the tasks that are shown: those of a task that is chosen."""
    months = months_of(plan, before)
    canvas = Canvas(plan, palette, TimeAxis.of(months), before, promised)
    links = tuple(_links(plan, canvas.axis, opened))
    return replace(_roadmap(canvas, months, opened, is_folded=is_folded), links=links)


def budget_of(
    plan: Plan,
    palette: Palette = LIGHT,
    *,
    month_of: Callable[[CostLine], Month] = accrual,
    before: Plan | None = None,
) -> Picture:
    """Return the money alone, over the whole horizon."""
    canvas = Canvas(plan, palette, TimeAxis.of(plan.months), before)
    beyond = beyond_horizon(plan, plan.months, month_of)
    alt, money = budget_alt(plan, plan.months, month_of), _money(canvas, plan.months, month_of, beyond)
    bare = on_axis(canvas.axis, plan.months, alt, money, before_signs(canvas))
    if not plan.scenario.status.is_under_way:
        return bare
    return replace(bare, marks=marks_of(canvas.axis, (day_of(plan),)))


def readable(picture: Picture) -> Picture:
    """Return a picture whose words are written as it is drawn: the labels of its days cover each other nowhere."""
    return replace(picture, marks=on_levels(picture.marks))


def months_of(plan: Plan, before: Plan | None) -> Sequence[Month]:
    """Return the months of the axis: those of the plan, and those of the plan before as far as the plan's horizon."""
    own = shown_months(plan)
    if before is None:
        return own
    others = shown_months(before)
    first, last = min(own[0], others[0]), max(own[-1], min(others[-1], plan.months[-1]))
    return months_from(first, first.until(last) + 1)


def _money(
    canvas: Canvas, months: Sequence[Month], month_of: Callable[[CostLine], Month], beyond: Words
) -> PictureMoney:
    earlier = None if canvas.before is None else month_totals(canvas.before, months, month_of)
    return money_of(sums_of(canvas.plan, months, month_of), canvas, earlier, beyond)


def _roadmap(canvas: Canvas, months: Sequence[Month], opened: Collection[Step], *, is_folded: bool) -> Picture:
    plan, axis = canvas.plan, canvas.axis
    rows = tuple(rows_of(canvas, opened))
    if is_folded:
        rows = tuple(replace(row, is_open=False) for row in rows)
    off = tuple(Bar(axis.span(span.first, span.last), span.title) for span in days_off(plan))
    bare = on_axis(axis, months, roadmap_alt(plan, canvas.before), None, before_signs(canvas))
    if not rows:
        return bare
    signs = tuple(signs_of(rows, has_days_off=bool(off)))
    return replace(
        bare, rows=rows, days_off=off, marks=marks_on(axis, plan, canvas.promised), signs=(*signs, *bare.signs)
    )


def on_axis(
    axis: TimeAxis,
    months: Sequence[Month],
    alt: Words,
    money: PictureMoney | None,
    signs: tuple[Sign, ...] = (),
) -> Picture:
    """Return a picture without a roadmap."""
    return Picture(
        alt=alt,
        months=months_on(axis, months),
        month_starts=tuple(axis.at(month.first_day) for month in months[1:]),
        days_off=(),
        marks=(),
        rows=(),
        links=(),
        money=money,
        signs=signs,
    )


def before_signs(canvas: Canvas) -> tuple[Sign, ...]:
    """Return what the form of the plan before stands for, where there is one."""
    if canvas.before is None:
        return ()
    return (Sign("ghost", Text(before_name(canvas.before, canvas.plan))),)


def _links(plan: Plan, axis: TimeAxis, opened: Collection[Step]) -> Iterator[Link]:
    """Yield a link for each predecessor that is shown, to the middle of the first day of the task that waits."""
    shown = {task.task.id: task for task in plan.tasks if task.task.step in opened}
    for key, task in shown.items():
        for source in task.after:
            if source in shown:
                earlier = shown[source]
                end = axis.span(earlier.start, earlier.finish)
                yield Link(source, end.left + end.width, key, axis.noon(task.start))


def signs_of(rows: Sequence[PictureRow], *, has_days_off: bool) -> Iterator[Sign]:
    """Yield what the forms in a roadmap stand for, those that it holds."""
    every = tuple(chain(rows, *(row.tasks for row in rows)))
    if any(row.left for row in every):
        yield Sign("done", Text("Done"))
        yield Sign("left", Text("Still to do"))
    if any(row.critical for row in every):
        yield Sign("outline", Text("Critical path"))
    if any(row.waits for row in every):
        yield Sign("hatch", Text("Waiting"))
    if any(row.fixed for row in every):
        yield Sign("diamond", Text("Fixed start"))
    if has_days_off:
        yield Sign("shade", Text("Days off"))
