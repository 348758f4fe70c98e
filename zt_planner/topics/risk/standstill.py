"""Why at all: how many days at a standstill cost as much as the plan, what stays open until when (M28).

No loss is estimated: a day's cost is the company's own reckoning, and nothing is derived from people or turnover.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.data.price_book import Capability
from zt_planner.engine.figures import STANDSTILL
from zt_planner.engine.plan import Plan
from zt_planner.engine.stages import protection_on
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Plural, Text, Words, series
from zt_planner.topics.axes import (
    MARGINS,
    ROW_HEIGHT,
    TwoLines,
    day_lines,
    long_ticks,
    midnight,
    row_axis,
    shown_months,
    time_axis,
)
from zt_planner.topics.block import Drawing
from zt_planner.topics.figure import amount_words
from zt_planner.topics.labels import protection_text
from zt_planner.topics.palette import LIGHT, Palette
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.view import View


def standstill_sentence(view: View) -> Words:
    """Say how many days at a standstill cost as much as the plan.

    Nothing where nobody has said what a day costs, and where nothing has a price.
    """
    plan = view.plan
    days = STANDSTILL.amount(plan, plan.headlines)
    if days is not None and days.is_hidden:
        return Text("Days at a standstill are not shown, because labour is hidden.")
    if days is None or days.known is None:
        return ""
    return Text(
        "By your own figure, a day at a standstill costs {amount}. Over {period}, the plan costs as much as a "
        "standstill of {days}.",
        amount=Money(plan.scenario.company.standstill_day_cost or 0),
        period=Plural("{n} month", "{n} months", len(plan.horizon)),
        days=amount_words(days, units.STANDSTILL_DAYS),
    )


MOST_TICKS = 6
"""Months that have room on a telephone."""
CLOSED_ON = msgid("{protection} on {day}")


class Protected(NamedTuple):
    """What protects everyone from a day on, and is open until then."""

    by: tuple[Capability, ...]
    day: date


def protected_days(plan: Plan) -> tuple[Protected, ...]:
    """Return what the plan brings to everyone and when, the earliest first; without what there is before it begins."""
    protected = set(protection_on(plan, plan.headlines.start_date - timedelta(days=1)))
    if plan.has_mfa_already:
        protected.add(Capability.MFA)
    found: list[Protected] = []
    for day in sorted({task.finish for task in plan.tasks}):
        new = tuple(each for each in protection_on(plan, day) if each not in protected)
        if new:
            found.append(Protected(new, day))
        protected.update(new)
    return tuple(found)


def _listed(plan: Plan, part: str) -> Words:
    """List what the plan brings to everyone, each worded alike."""
    return series(Text(part, protection=protection_text(new.by), day=new.day) for new in protected_days(plan))


def open_sentence(view: View) -> Words:
    """Say which protection everyone has from which day on, and what is open until then; nothing where nothing is."""
    parts = _listed(view.plan, msgid("{protection} until {day}"))
    return Listed((parts, "."), "") if parts else ""


def nothing_done_sentence(plan: Plan) -> Words:
    """Say what stays open if nothing is done, and until when with the plan; of a plan that closes nothing why."""
    parts = _listed(plan, CLOSED_ON)
    if not parts and not plan.has_mfa_already and not protection_on(plan, plan.headlines.finish_date):
        return Text("No task in this plan brings protection for everyone.")
    if not parts:
        return Text("Everything that the plan protects is protected already.")
    return Plural(
        "If you do nothing, this protection stays missing. As planned, it is in place: {parts}.",
        "If you do nothing, these protections stay missing. As planned, they are in place: {parts}.",
        sum(len(new.by) for new in protected_days(plan)),
        parts=parts,
    )


def open_table(plan: Plan) -> Table:
    """Return what is open until when with the plan."""
    columns: tuple[Column[Protected], ...] = (
        Column(Text("What protects everyone"), value=lambda row: protection_text(row.by)),
        Column(Text("Missing until"), units.DAY, lambda row: row.day),
    )
    return table_of(columns, protected_days(plan))


def open_alt(plan: Plan) -> Words:
    """Describe the picture of what is open until when."""
    return Text(
        "One bar for each protection, hatched while it is missing and plain once everyone has it: {parts}.",
        parts=_listed(plan, CLOSED_ON),
    )


def open_chart(plan: Plan, palette: Palette = LIGHT) -> Drawing:
    """Return a bar for each protection, hatched until everyone has it, on the axis of months."""
    rows, months = protected_days(plan), shown_months(plan)
    first, end = midnight(months[0].first_day), midnight(months[-1].last_day) + timedelta(days=1)
    days = [midnight(row.day) + timedelta(days=1) for row in rows]
    shapes, notes = day_lines(plan, months)

    def bars(name: Words, spans: Sequence[tuple[datetime, datetime]], colour: str, pattern: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "base": [start for start, _ in spans],
            "x": [(until - start) / timedelta(milliseconds=1) for start, until in spans],
            "y": list(range(len(spans))),
            "width": 0.62,
            "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
            "hovertext": [
                Text("{protection}: missing until {day}", protection=protection_text(row.by), day=row.day)
                for row in rows
            ],
            "hoverinfo": "text",
            "name": name,
        }

    return {
        "data": [
            bars(Text("missing"), [(first, day) for day in days], palette.rust, "/"),
            bars(Text("in place"), [(day, end) for day in days], palette.teal, ""),
        ],
        "layout": {
            "height": ROW_HEIGHT * max(len(rows), 2) + MARGINS + 50,
            "barmode": "overlay",
            "margin": {"l": 8, "r": 8, "t": 60, "b": 8},
            "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0},
            "xaxis": time_axis(months, long_ticks(months, MOST_TICKS)),
            "yaxis": row_axis([TwoLines(protection_text(row.by)) for row in rows]),
            "shapes": shapes,
            "annotations": notes,
        },
    }


def delay_sentence(view: View) -> Words:
    """Say what is open a week longer if everything is finished a week later; nothing where nothing protects."""
    protection = protection_on(view.plan, view.plan.headlines.finish_date)
    if not protection:
        return ""
    return Text(
        "Each week of delay is another week without: {protection}.",
        protection=protection_text(protection),
    )
