"""The roadmap and the money as one picture for paper: what is drawn, and where.

Decides places, colours and texts, not the look (`export/paper`). Places are parts
of the width of the time axis, or of the height of an axis of amounts, from its
bottom. Laws: the slices of the stacks are the sums of the plan's cost lines, to
the cent; a bar covers the days of its task; a plan of very many tasks is drawn
by step, and the picture says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.costing.budget import accrual, sums_by_month
from zt_planner.reports.charts.alt import picture_alt
from zt_planner.reports.charts.axes import shown_months
from zt_planner.reports.charts.days_off import days_off
from zt_planner.reports.charts.palette import LIGHT, LINE_COLOUR
from zt_planner.reports.charts.roadmap import row_name
from zt_planner.reports.documents.handout import document_title, stamp_of
from zt_planner.reports.documents.picture_money import PictureMoney, money_of
from zt_planner.reports.documents.picture_time import AxisPart, DayMark, PaperAxis, Tick, marks_on, months_on
from zt_planner.reports.words.labels import label
from zt_planner.reports.words.sentence import headline_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.documents.handout import Handout

MOST_TASKS = 45
"""So many tasks are named one by one; more would be too small to read on a sheet."""
SHADE_ON_PAPER = "#dcdaf0"


@dataclass(frozen=True, slots=True)
class TaskBar:
    """A task's days, the wait after it, and its fixed date."""

    span: AxisPart
    wait: AxisPart | None
    is_critical: bool
    fixed: float | None


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One row: a task, or all of a step where `task` is empty. `step` is named where a new one begins."""

    step: str
    step_dates: str
    task: str
    dates: str
    colour: str
    bars: tuple[TaskBar, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of the legend: what a colour or a pattern stands for."""

    form: str
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn; without rows there is no schedule, and `notes` say so."""

    kicker: str
    title: str
    alt: str
    language: str
    stamp: tuple[str, str]
    notes: tuple[str, ...]
    rows: tuple[PictureRow, ...]
    months: tuple[Tick, ...]
    month_starts: tuple[float, ...]
    days_off: tuple[AxisPart, ...]
    marks: tuple[DayMark, ...]
    money: PictureMoney
    legend: tuple[LegendEntry, ...]


def picture_of(handout: Handout, *, by_step: bool = False) -> Picture:
    """Return the picture, task by task where they are not too many, or by step."""
    plan, language = handout.plan, handout.language
    months = shown_months(plan)
    axis = PaperAxis(months[0].first_day, months[-1].last_day + timedelta(days=1))
    sums = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), months, accrual)
    is_short = by_step or len(plan.tasks) > MOST_TASKS
    rows = tuple((step_rows if is_short else task_rows)(plan, axis, language))
    money = money_of(sums, axis, language)
    off = tuple(axis.span(each.first, each.last) for each in days_off(plan, language)) if rows else ()
    return Picture(
        kicker=document_title(handout),
        title=headline_sentence(plan, language),
        alt=picture_alt(plan, language),
        language=language.code,
        stamp=stamp_of(handout),
        notes=tuple(notes_of(plan, language, is_cut=is_short and not by_step)),
        rows=rows,
        months=months_on(axis, months, language),
        month_starts=tuple(axis.at(month.first_day) for month in months[1:]),
        days_off=off,
        marks=marks_on(axis, plan, language) if rows else (),
        money=money,
        legend=tuple(legend_of(rows, money, has_days_off=bool(off), language=language)),
    )


def notes_of(plan: Plan, language: Language, *, is_cut: bool) -> Iterator[str]:
    """Yield what a reader must know about the picture: that there is none, that it is cut, that prices are missing."""
    if plan.headlines is None:
        yield language.say("There is no schedule to show.")
        return
    if is_cut:
        yield language.say(
            "There are too many tasks for one sheet ({n}): they are drawn by step.",
            n=language.number(len(plan.tasks)),
        )
    if not plan.is_complete:
        yield language.say("A price is missing, so every amount is a lower bound.")


def tasks_by_step(plan: Plan) -> Iterator[tuple[Step, Sequence[ScheduledTask]]]:
    """Yield each step that has tasks, with these by their start."""
    for step in Step:
        tasks = sorted((task for task in plan.tasks if task.task.step is step), key=lambda task: task.start)
        if tasks:
            yield step, tasks


def step_rows(plan: Plan, axis: PaperAxis, language: Language) -> Iterator[PictureRow]:
    """Yield a row for each step, with the bars of all its tasks."""
    for step, tasks in tasks_by_step(plan):
        bars = tuple(bar_of(task, axis) for task in tasks)
        yield PictureRow(label(step, language), dates_text(tasks, language), "", "", LIGHT.steps[step], bars)


def task_rows(plan: Plan, axis: PaperAxis, language: Language) -> Iterator[PictureRow]:
    """Yield a row for each task; the first of a step names it."""
    for step, tasks in tasks_by_step(plan):
        named = (label(step, language), dates_text(tasks, language))
        for index, task in enumerate(tasks):
            name, dates = row_name(task, plan, language), dates_text([task], language)
            yield PictureRow(
                *(("", "") if index else named), name, dates, LIGHT.steps[step], bars=(bar_of(task, axis),)
            )


def bar_of(task: ScheduledTask, axis: PaperAxis) -> TaskBar:
    """Return where a task lies on the axis."""
    until = task.wait_until
    return TaskBar(
        span=axis.span(task.start, task.finish),
        wait=None if until is None else axis.span(task.finish + timedelta(days=1), until),
        is_critical=task.is_critical,
        fixed=None if task.fixed_start is None else axis.at(task.fixed_start),
    )


def dates_text(tasks: Sequence[ScheduledTask], language: Language) -> str:
    """Say from when to when some tasks last."""
    first, last = min(task.start for task in tasks), max(task.finish for task in tasks)
    if first == last:
        return language.short_day(first)
    return f"{language.short_day(first)} – {language.short_day(last)}"


def legend_of(
    rows: Sequence[PictureRow], money: PictureMoney, *, has_days_off: bool, language: Language
) -> Iterator[LegendEntry]:
    """Yield what the picture holds and does not name where it stands."""
    say, bars = language.say, [bar for row in rows for bar in row.bars]
    if any(bar.is_critical for bar in bars):
        yield LegendEntry("line", LIGHT.red, say("Critical path"))
    if any(bar.wait is not None for bar in bars):
        yield LegendEntry("hatch", LINE_COLOUR, say("Waiting"))
    if any(bar.fixed is not None for bar in bars):
        yield LegendEntry("diamond", LIGHT.amber, say("Fixed start"))
    if has_days_off:
        yield LegendEntry("box", SHADE_ON_PAPER, say("Days off"))
    for category in money.categories:
        yield LegendEntry("box", category.colour, category.name)
    if money.running:
        yield LegendEntry("dots", LINE_COLOUR, say("Running total"))
