"""What charts share: axes of months, amounts and rows, lines for certain days, and texts as a chart takes them.

Each tick has a statement of its own, as charts name months in English only. Laws: dates and numbers are data, and stay
as they are; what a reader reads is a statement, which whoever draws the chart writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import escape
from itertools import count
from math import ceil, floor
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from zt_planner.domain.month import Month, months_from
from zt_planner.language import Listed, Money, ShortDay, Text, Words, Writable
from zt_planner.topics.direction import ended
from zt_planner.topics.labels import promises_own_figures
from zt_planner.topics.palette import GRID_COLOUR, LINE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

DAY_MS = 86_400_000
TICK_STEPS = (1, 2, 3, 6, 12)
MOST_TICKS = 14
MOST_AMOUNTS, MOST_CHANGES = 5, 2
"""How many steps an axis has at most: changes stand beside their bars, too."""
FEWEST_MONTHS = 12
ROW_HEIGHT, MARGINS = 33, 96
LABEL_WIDTH, LABEL_LINES = 36, 2
D3_DAY = {"dd": "%d", "d": "%-d", "MMM": "%b", "MM": "%m", "yyyy": "%Y"}
"""How d3, which writes what is pointed at, spells Babel's letters."""


@dataclass(frozen=True, slots=True)
class Escaped(Writable):
    """Words as a chart shows them: a person's name for a task is no markup."""

    words: Words

    def written(self, language: Language) -> str:
        """Write them without markup."""
        return escape(language.write(self.words), quote=False)


@dataclass(frozen=True, slots=True)
class TwoLines(Writable):
    """A long name in two lines; what does not fit is in the bar's hint and in the table."""

    name: Words
    width: int = LABEL_WIDTH

    def written(self, language: Language) -> str:
        """Write it in at most two lines without markup."""
        lines = wrap(language.write(self.name), self.width, max_lines=LABEL_LINES, placeholder=" …")
        return ended("<br>".join(escape(line, quote=False) for line in lines))


@dataclass(frozen=True, slots=True)
class YearBelow(Writable):
    """A month or a day on an axis, its year in a second line, as names are set upright on a phone."""

    at: Month | date

    def written(self, language: Language) -> str:
        """Write it short; a month has its year in January only."""
        if isinstance(self.at, Month):
            return language.short_month(self.at).replace(" ", "<br>")
        return "<br>".join(language.short_day(self.at).rsplit("\N{NO-BREAK SPACE}", 1))


@dataclass(frozen=True, slots=True)
class HoveredAmount(Writable):
    """The amount of the point that is pointed at, by its axis, which the chart fills in."""

    axis: str = "y"

    def written(self, language: Language) -> str:
        """Write the gap in the form of an amount."""
        return language.money(0).replace("0", f"%{{{self.axis}:,.0f}}")


@dataclass(frozen=True, slots=True)
class HoveredDay(Writable):
    """The day of the point that is pointed at, by its axis, which the chart fills in."""

    axis: str = "x"

    def written(self, language: Language) -> str:
        """Write the gap in the form of a day."""
        pattern = re.sub(r"\w+", lambda letters: D3_DAY[letters[0]], language.day_pattern)
        return f"%{{{self.axis}|{pattern}}}"


def hover(*parts: Words) -> dict[str, Words]:
    """Return what a point says of itself when it is pointed at, and nothing beside it."""
    return {"hovertemplate": Listed((*parts, "<extra></extra>"), "")}


def row_axis(labels: Sequence[Words]) -> dict[str, Any]:
    """Return the axis that names the rows of a chart, the first on top."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickangle": 0,  # otherwise a browser compares every label with every other one
    }


def midnight(day: date) -> datetime:
    """Return the beginning of a day, as a chart takes it."""
    return datetime.combine(day, time())


def shown_months(plan: Plan) -> tuple[Month, ...]:
    """Return the months of the shared axis: a year, or until the month after the finish."""
    until = plan.months[0].until(Month.of(plan.headlines.finish_date)) + 2
    return plan.months[: max(FEWEST_MONTHS, until)]


def month_ticks(months: Sequence[Month]) -> dict[str, Any]:
    """Return where months are named on the axis and how, thinned out where there are many."""
    return _ticks_at(every_few(months))


def long_ticks(months: Sequence[Month], most: int = MOST_TICKS) -> dict[str, Any]:
    """Return the same for an axis that begins anywhere: where only some months are named, those with a year too."""
    every = tick_step(months, most)
    return _ticks_at([month for month in months if (month.number - 1) % every == 0])


def every_few(months: Sequence[Month], most: int = MOST_TICKS) -> Sequence[Month]:
    """Return months at even steps from the first, so few that their names have room on an axis."""
    return months[:: tick_step(months, most)]


def tick_step(months: Sequence[Month], most: int) -> int:
    """Return the step between months that are named, so that at most so many are."""
    return next((step for step in TICK_STEPS if len(months) / step <= most), TICK_STEPS[-1])


def months_between(first: date, last: date) -> tuple[Month, ...]:
    """Return the months from one day's to another's."""
    start = Month.of(first)
    return months_from(start, start.until(Month.of(last)) + 1)


def middle_of_week(monday: date) -> datetime:
    """Return the middle of a working week, where the bar of the week stands."""
    return midnight(monday) + timedelta(days=2, hours=12)


def _ticks_at(named: Sequence[Month]) -> dict[str, Any]:
    """Return the middle of each month, and its name."""
    return {
        "tickvals": [month.first_day + timedelta(days=14) for month in named],
        "ticktext": [YearBelow(month) for month in named],
    }


def round_steps() -> Iterator[Decimal]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    for zeros in count():
        for digit in (1, 2, 5):
            yield Decimal(digit * 10**zeros)


def money_steps(highest: Decimal) -> list[Decimal]:
    """Return round amounts for an axis, from 0 in equal steps of 1, 2 or 5 with zeros."""
    step = next(step for step in round_steps() if highest <= step * MOST_AMOUNTS)
    return [step * index for index in range(int(highest / step) + 1)]


def round_amounts(lowest: Decimal, highest: Decimal, most: int = MOST_AMOUNTS) -> list[Decimal]:
    """Return the round amounts of a span, at least two, and at most one more than so many, in equal steps."""
    step = next(step for step in round_steps() if floor(highest / step) - ceil(lowest / step) <= most)
    return [step * index for index in range(ceil(lowest / step), floor(highest / step) + 1)]


def money_ticks(amounts: Sequence[Decimal]) -> dict[str, Any]:
    """Return where amounts are named on their axis and how."""
    return {"tickvals": list(map(float, amounts)), "ticktext": list(map(Money, amounts))}


def change_ticks(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Return round changes for an axis, 0 among them."""
    step = next(step for step in round_steps() if highest - lowest <= step * MOST_CHANGES)
    return [step * index for index in range(-int(-lowest / step), int(highest / step) + 1)]


def time_axis(months: Sequence[Month], ticks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the axis of months, from the first day of the first to the end of the last, a faint line between two."""
    return {
        "type": "date",
        "range": [months[0].first_day, months[-1].last_day + timedelta(days=1)],
        **ticks,
        "showgrid": False,
        "minor": {"tickvals": [month.first_day for month in months[1:]], "showgrid": True, "gridcolor": GRID_COLOUR},
        "fixedrange": True,
        "zeroline": False,
    }


def day_lines(plan: Plan, months: Sequence[Month]) -> tuple[list[Any], list[Any]]:
    """Return the vertical lines for the status date or today, the finish and the deadline, with their labels.

    Each label has a level of its own: on a phone, any two days can be close.
    """
    at = plan.scenario.status.at
    marks: list[tuple[date | None, Words, str, int]] = [
        (plan.today, Text("today"), "solid", 0) if at is None else (at, Text("Status:"), "solid", 0),
        (plan.deadline, Text("deadline"), "dot", 1),
        (plan.headlines.finish_date, own_finish(plan), "dash", 2),
    ]
    shapes, notes = [], []
    for day, text, dash, level in marks:
        if day is not None and months[0].first_day <= day <= months[-1].last_day:
            noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - a chart takes a plain time
            ends = {"xref": "x", "yref": "paper", "x0": noon, "x1": noon, "y0": 0, "y1": 1}
            shapes.append({"type": "line", **ends, "line": {"color": LINE_COLOUR, "width": 1.5, "dash": dash}})
            is_early = months[0].until(Month.of(day)) < len(months) / 2
            label = Listed((text, ShortDay(day)), " ")
            notes.append(day_label(noon, label, level, "left" if is_early else "right"))
    return shapes, notes


def own_finish(plan: Plan) -> Words:
    """Say what a mark of the plan's own finish is: where another one is promised, that it is the plan's own."""
    if promises_own_figures(plan):
        return Text("done")
    return Text("done as it stands") if plan.scenario.status.is_under_way else Text("done as planned")


def day_label(noon: datetime, text: Words, level: int, anchor: str) -> dict[str, Any]:
    """Return the label above a vertical line; labels of different levels do not cover each other."""
    position = {"xref": "x", "yref": "paper", "x": noon, "y": 1, "yshift": 15 * level, "yanchor": "bottom"}
    return {**position, "xanchor": anchor, "text": text, "showarrow": False, "font": {"size": 12}}
