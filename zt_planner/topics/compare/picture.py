"""Plans side by side in the design of the picture: their roadmaps on one axis of months, and their running totals.

Laws: a plan's bars are those of its own picture; a line ends at its plan's cost over the horizon; a plan without a
schedule has neither. Letter, name and the form of a line tell plans apart, their colours only repeat it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import months_from
from zt_planner.domain.variants import LETTERS
from zt_planner.engine.plan import Plan
from zt_planner.language import Labelled, Listed, LongMonth, Money, Text, Words
from zt_planner.topics.axes import FEWEST_MONTHS, money_steps, shown_months
from zt_planner.topics.compare.over_time import roadmaps_alt, running_totals, total_words, totals_alt
from zt_planner.topics.figure import without_labour
from zt_planner.topics.labels import label
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.picture.money import (
    ROOM_ABOVE,
    AmountLine,
    AmountScale,
    PictureMoney,
    Stack,
    thousands,
)
from zt_planner.topics.picture.rows import Bar, PictureRow, rows_of
from zt_planner.topics.picture.time_axis import Canvas, Tick, TimeAxis, day_of, marks_of
from zt_planner.topics.picture.whole import on_axis, signs_of
from zt_planner.topics.roadmap.days_off import days_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.month import Month
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.topics.palette import Palette
    from zt_planner.topics.picture.whole import Picture

DASHES = ("solid", "dashed", "dotted", "dashdot")
LABEL = 0.13
"""How much of the axis of amounts a label at the end of a line takes."""


def roadmaps_of(comparison: Comparison, palette: Palette = LIGHT) -> Picture:
    """Return the roadmaps on one axis of months: below each step's name a row a plan."""
    plans = {variant.letter: variant.plan for variant in comparison.variants if isinstance(variant.plan, Plan)}
    months = _months_of(plans.values()) if plans else comparison.first.plan.months[:FEWEST_MONTHS]
    axis = TimeAxis.of(months)
    bare = on_axis(axis, months, roadmaps_alt(comparison), None)
    if not plans:
        return bare
    canvases = {letter: Canvas(plan, palette, axis) for letter, plan in plans.items()}
    rows = tuple(_rows(canvases))
    off = _days_off(canvases)
    return replace(
        bare,
        rows=rows,
        days_off=off,
        marks=marks_of(axis, _marks(plans)),
        signs=tuple(signs_of(rows, has_days_off=bool(off))),
    )


def _months_of(plans: Iterable[Plan]) -> tuple[Month, ...]:
    """Return the months from the first that some plan shows to the last one."""
    shown = [shown_months(plan) for plan in plans]
    first, last = min(months[0] for months in shown), max(months[-1] for months in shown)
    return months_from(first, first.until(last) + 1)


def _rows(canvases: Mapping[str, Canvas]) -> Iterator[PictureRow]:
    """Yield a row for each step and plan; one where a plan has nothing to do is empty, and says so."""
    rows = {letter: {row.id: row for row in rows_of(canvas, ())} for letter, canvas in canvases.items()}
    for step in Step:
        if not any(step in rows_of_plan for rows_of_plan in rows.values()):
            continue
        for letter in canvases:
            name, missing = label(step), Text("not part of it")
            empty = PictureRow(step, name, missing, Listed((name, missing), "\n"), "", (), (), (), (), (), 0.0)
            yield replace(rows[letter].get(step, empty), id=f"{step}:{letter}", letter=letter)


def _days_off(canvases: Mapping[str, Canvas]) -> tuple[Bar, ...]:
    """Return the days off that all plans have."""
    shared = [dict.fromkeys(days_off(canvas.plan)) for canvas in canvases.values()]
    axis = next(iter(canvases.values())).axis
    return tuple(
        Bar(axis.span(off.first, off.last), off.title) for off in shared[0] if all(off in others for others in shared)
    )


def _marks(plans: Mapping[str, Plan]) -> Iterator[tuple[date | None, Words, str]]:
    """Yield the day of the plans, and on which day which are done and must be; letters only where plans differ."""
    yield day_of(next(iter(plans.values())))
    done = {letter: plan.headlines.finish_date for letter, plan in plans.items()}
    deadlines = {letter: plan.deadline for letter, plan in plans.items()}
    for days, text, dash in ((done, Text("done"), "dashed"), (deadlines, Text("deadline"), "dotted")):
        for day in dict.fromkeys(days.values()):
            letters = [letter for letter, of in days.items() if of == day]
            yield day, text if len(letters) == len(days) else Listed((", ".join(letters), text), " "), dash


def totals_of(comparison: Comparison, palette: Palette = LIGHT) -> Picture:
    """Return the running totals, a line a plan, over all months that some plan's horizon has."""
    totals = {variant.letter: running_totals(variant.plan) for variant in comparison.variants}
    months = sorted({month for each in totals.values() for month in each}) or comparison.first.plan.months
    axis = TimeAxis.of(months)
    highest = max((*(amount for each in totals.values() for amount in each.values()), Decimal(1)))
    lowest = min((*(amount for each in totals.values() for amount in each.values()), ZERO))
    scale = AmountScale(float(lowest), float(highest) * ROOM_ABOVE)
    drawn = [variant for variant in comparison.variants if totals[variant.letter]]
    labels = spread([scale.at(list(totals[variant.letter].values())[-1]) for variant in drawn])
    money = PictureMoney(
        title=without_labour(Text("Running total, EUR thousand"), comparison.first.plan),
        stacks=tuple(_hints(months, totals, axis)) if drawn else (),
        kinds=(),
        amounts=tuple(Tick(scale.at(amount), thousands(amount)) for amount in money_steps(highest) if drawn),
        zero=scale.at(0),
        cap=None,
        lines=tuple(
            _line(variant, totals[variant.letter], at, LineStyle(scale, axis, palette))
            for variant, at in zip(drawn, labels, strict=True)
        ),
    )
    return on_axis(axis, months, totals_alt(comparison), money)


class LineStyle(NamedTuple):
    """What lines are drawn with."""

    scale: AmountScale
    axis: TimeAxis
    palette: Palette


def _line(variant: Variant, totals: Mapping[Month, Decimal], label_at: float, style: LineStyle) -> AmountLine:
    """Return a plan's line: from nothing before its first month to the end of each."""
    ends = [(style.axis.span(month.first_day, month.last_day), amount) for month, amount in totals.items()]
    points = [
        (ends[0][0].left, style.scale.at(0)),
        *((part.left + part.width, style.scale.at(amount)) for part, amount in ends),
    ]
    index = LETTERS.index(variant.letter)
    return AmountLine(
        letter=variant.letter,
        name=variant.name,
        total=total_words(variant.plan, ends[-1][1]),
        colour=style.palette.of_variants[index],
        dash=DASHES[index],
        points=tuple(points),
        label=label_at,
    )


def _hints(months: Sequence[Month], totals: Mapping[str, Mapping[Month, Decimal]], axis: TimeAxis) -> Iterator[Stack]:
    """Yield what each month says when it is pointed at: every plan's total at its end."""
    for month in months:
        lines = [Labelled(letter, Money(of_plan[month], 2)) for letter, of_plan in totals.items() if month in of_plan]
        span, text = axis.span(month.first_day, month.last_day), Listed((LongMonth(month), *lines), "\n")
        yield Stack(str(month), span, (), 0.0, "", text, None, is_above_cap=False)


def spread(places: Sequence[float], room: float = LABEL) -> list[float]:
    """Return places near the given ones, 0 to 1, so that labels there do not cover each other.

    >>> spread([0.5, 0.5], 0.2)
    [0.5, 0.7]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    found, least = list(places), room / 2
    for index in order:
        found[index] = max(found[index], least)
        least = found[index] + room
    most = 1 - room / 2
    for index in reversed(order):
        found[index] = min(found[index], most)
        most = found[index] - room
    return found
