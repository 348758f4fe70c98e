"""The axes that charts share: months, amounts, rows, and the lines for certain days.

Tick texts are written here in the reader's form, as plotly speaks English only.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import escape
from itertools import count
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from zt_planner.domain.month import Month
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


def drawn(text: str) -> str:
    """Return a text as a chart shows it: a person's name for a task is no markup."""
    return escape(text, quote=False)


def two_lines(text: str) -> str:
    """Return a long name in two lines; what does not fit is in the bar's hint and in the table."""
    return "<br>".join(map(drawn, wrap(text, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")))


def row_axis(labels: Sequence[str]) -> dict[str, Any]:
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
    """Return the beginning of a day, as plotly wants it."""
    return datetime.combine(day, time())


def span_ms(first: date, last: date) -> int:
    """Return the length of a span of days, both included, as plotly wants it."""
    return ((last - first).days + 1) * DAY_MS


def shown_months(plan: Plan) -> tuple[Month, ...]:
    """Return the months of the shared axis: a year, or until the month after the finish."""
    until = plan.months[0].until(Month.of(plan.headlines.finish_date)) + 2
    return plan.months[: max(FEWEST_MONTHS, until)]


def month_ticks(months: Sequence[Month], language: Language) -> tuple[list[date], list[str]]:
    """Return where months are named on the axis and how, thinned out where there are many.

    The year stands below its month: names that are set upright, as on a phone, take no more room than the month.
    """
    every = next((step for step in TICK_STEPS if len(months) / step <= MOST_TICKS), TICK_STEPS[-1])
    named = [month for month in months if months[0].until(month) % every == 0]
    return month_ticks_at(named, language)


def month_ticks_at(named: Sequence[Month], language: Language) -> tuple[list[date], list[str]]:
    """Return the middle of each month, and its name."""
    texts = [language.short_month(month).replace(" ", "<br>") for month in named]
    return [month.first_day + timedelta(days=14) for month in named], texts


def long_ticks(months: Sequence[Month], language: Language, most: int = MOST_TICKS) -> tuple[list[date], list[str]]:
    """Return where months are named on an axis that begins anywhere: where only some are, those with a year too."""
    every = next((step for step in TICK_STEPS if len(months) / step <= most), TICK_STEPS[-1])
    named = [month for month in months if (month.number - 1) % every == 0]
    return month_ticks_at(named, language)


def round_steps() -> Iterator[Decimal]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    for zeros in count():
        for digit in (1, 2, 5):
            yield Decimal(digit * 10**zeros)


def money_steps(highest: Decimal) -> list[Decimal]:
    """Return round amounts for an axis, from 0 in equal steps of 1, 2 or 5 with zeros."""
    step = next(step for step in round_steps() if highest <= step * MOST_AMOUNTS)
    return [step * index for index in range(int(highest / step) + 1)]


def money_ticks(highest: Decimal, language: Language) -> tuple[list[float], list[str]]:
    """Return round amounts for an axis, and how they are written."""
    values = money_steps(highest)
    return [float(value) for value in values], [language.money(value) for value in values]


def change_ticks(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Return round changes for an axis, 0 among them."""
    step = next(step for step in round_steps() if highest - lowest <= step * MOST_CHANGES)
    return [step * index for index in range(-int(-lowest / step), int(highest / step) + 1)]


def time_axis(months: Sequence[Month], at: list[date], names: list[str]) -> dict[str, Any]:
    """Return the axis of months, from the first day of the first to the end of the last, a faint line between two."""
    return {
        "type": "date",
        "range": [months[0].first_day, months[-1].last_day + timedelta(days=1)],
        "tickvals": at,
        "ticktext": names,
        "showgrid": False,
        "minor": {"tickvals": [month.first_day for month in months[1:]], "showgrid": True, "gridcolor": GRID_COLOUR},
        "fixedrange": True,
        "zeroline": False,
    }


def day_lines(plan: Plan, months: Sequence[Month], language: Language) -> tuple[list[Any], list[Any]]:
    """Return the vertical lines for the status date or today, the finish and the deadline, with their labels.

    Each label has a level of its own: on a phone, any two days can be close.
    """
    at = plan.scenario.status.at
    marks: list[tuple[date | None, str, str, int]] = [
        (plan.today, language.say("today"), "solid", 0) if at is None else (at, language.say("Status:"), "solid", 0),
        (plan.deadline, language.say("deadline"), "dot", 1),
        (plan.headlines.finish_date, language.say("done"), "dash", 2),
    ]
    shapes, notes = [], []
    for day, text, dash, level in marks:
        if day is not None and months[0].first_day <= day <= months[-1].last_day:
            noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - plotly wants a plain time
            shapes.append(vertical(noon, {"color": LINE_COLOUR, "width": 1.5, "dash": dash}))
            is_early = months[0].until(Month.of(day)) < len(months) / 2
            notes.append(day_label(noon, f"{text} {language.short_day(day)}", level, "left" if is_early else "right"))
    return shapes, notes


def vertical(at: date, line: Mapping[str, object], **more: object) -> dict[str, Any]:
    """Return a vertical line through all charts of a figure."""
    ends = {"x0": at, "x1": at, "y0": 0, "y1": 1}
    return {"type": "line", "xref": "x", "yref": "paper", **ends, "line": line, **more}


def day_label(noon: datetime, text: str, level: int, anchor: str) -> dict[str, Any]:
    """Return the label above a vertical line; labels of different levels do not cover each other."""
    position = {"xref": "x", "yref": "paper", "x": noon, "y": 1, "yshift": 15 * level, "yanchor": "bottom"}
    return {**position, "xanchor": anchor, "text": text, "showarrow": False, "font": {"size": 12}}
