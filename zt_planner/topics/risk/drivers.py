"""Sensitivity in words, tables and pictures: what moves budget and finish, and critical tasks.

Laws: words, table and picture name the same quantities in the same order; what
certainty would cost more is said, not hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from zt_planner.domain import units
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.drivers import MOST_JUDGED, Drivers, Swing
from zt_planner.engine.simulation.result import SURE
from zt_planner.language import Labelled, Listed, Money, Number, Plural, Span, Text, Words, sentences, series
from zt_planner.topics.axes import Escaped, TwoLines, round_steps, row_axis
from zt_planner.topics.block import ChartBlock, Drawing
from zt_planner.topics.labels import label
from zt_planner.topics.palette import GRID_COLOUR, LIGHT, LINE_COLOUR, Palette
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.risk.ranges import KINDS, range_names, range_subject
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import View

OFTEN = 0.5


@dataclass(frozen=True, slots=True)
class Moved:
    """The quantities that move one figure most, the largest first, each with its name; `left` are as many more."""

    swings: tuple[Swing, ...]
    names: tuple[Words, ...]
    left: int


def largest_swing(swings: Sequence[Swing], view: View, *, most: int = MOST_JUDGED) -> Moved:
    """Return the largest of some swings."""
    shown = tuple(swings[:most])
    names = range_names((each.name for each in shown), view)
    return Moved(shown, tuple(names[each.name] for each in shown), len(swings) - len(shown))


def _kind(swing: Swing) -> Words:
    """Return what is uncertain: effort, wait or price."""
    return Text(KINDS[range_subject(swing.name)[0]])


# Money


def money_text(moved: Moved, drivers: Drivers) -> Words:
    """Say what moves the budget most, and what it would save to know it."""
    if not moved.swings:
        return Text("No uncertainty moves the budget.")
    first = moved.swings[0]
    said = Text(
        "{name} moves the budget most: alone, from {low} to {high}.",
        name=moved.names[0],
        low=Money(first.low_budget),
        high=Money(first.high_budget),
    )
    saving = drivers.savings[first.name].budget
    if saving <= 0:
        return said
    known = Text(
        "If this estimate were certain, {sure} confidence would need {amount} less.",
        sure=chance_text(SURE),
        amount=Money(saving),
    )
    return sentences(said, known)


def money_drivers_table(moved: Moved, drivers: Drivers) -> Table:
    """Return what each quantity does to the budget, and what knowing it would save."""
    columns: tuple[Column[tuple[Words, Swing]], ...] = (
        Column(Text("What is uncertain"), value=lambda row: row[0]),
        Column(Text("Kind"), value=lambda row: _kind(row[1])),
        Column(Text("Budget at the low value"), units.EUROS, lambda row: row[1].low_budget),
        Column(Text("Budget at the high value"), units.EUROS, lambda row: row[1].high_budget),
        Column(Text("Difference"), units.EUROS, lambda row: row[1].money),
        Column(Text("Saving at 80% if known"), units.EUROS, lambda row: drivers.savings[row[1].name].budget),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def most_money_table(moved: Moved) -> Table:
    """Return what each quantity alone does to the budget at both ends of its range, the lower amount first."""
    columns: tuple[Column[tuple[Words, Swing]], ...] = (
        Column(Text("What is uncertain"), value=lambda row: row[0]),
        Column(Text("low"), units.EUROS, lambda row: min(row[1].low_budget, row[1].high_budget)),
        Column(Text("high"), units.EUROS, lambda row: max(row[1].low_budget, row[1].high_budget)),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def dearer_text(moved: Moved, drivers: Drivers) -> Words:
    """Say why certainty may cost more, where it does."""
    if all(drivers.savings[each.name].budget >= 0 for each in moved.swings):
        return ""
    return Text(
        "A negative amount is not a mistake: work done earlier starts its monthly costs earlier, so more "
        "of them fall into the first year."
    )


# Days


def days_text(moved: Moved, drivers: Drivers) -> Words:
    """Say what moves the finish most, and how many days it would save to know it."""
    if not moved.swings:
        return Text("No uncertainty moves the finish.")
    first = moved.swings[0]
    said = Text(
        "{name} moves the finish most: alone, from {low} to {high}.",
        name=moved.names[0],
        low=first.low_finish,
        high=first.high_finish,
    )
    saving = drivers.savings[first.name].days
    if saving is None or saving <= 0:
        return said
    known = Plural(
        "If this estimate were certain, the date with {sure} confidence would be {n} day earlier.",
        "If this estimate were certain, the date with {sure} confidence would be {n} days earlier.",
        saving,
        sure=chance_text(SURE),
    )
    return sentences(said, known)


def days_table(moved: Moved, drivers: Drivers) -> Table:
    """Return what each quantity does to the finish, and how many days knowing it would save."""
    columns: tuple[Column[tuple[Words, Swing]], ...] = (
        Column(Text("What is uncertain"), value=lambda row: row[0]),
        Column(Text("Kind"), value=lambda row: _kind(row[1])),
        Column(Text("Finish at the low value"), units.DAY, lambda row: row[1].low_finish),
        Column(Text("Finish at the high value"), units.DAY, lambda row: row[1].high_finish),
        Column(Text("Calendar days"), units.COUNT, lambda row: row[1].days),
        Column(Text("Days saved at 80% if known"), units.COUNT, lambda row: drivers.savings[row[1].name].days),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def most_days_table(moved: Moved) -> Table:
    """Return what each quantity alone does to the finish at both ends of its range, the earlier day first."""
    columns: tuple[Column[tuple[Words, Swing]], ...] = (
        Column(Text("What is uncertain"), value=lambda row: row[0]),
        Column(Text("early"), units.DAY, lambda row: min(row[1].low_finish, row[1].high_finish)),
        Column(Text("late"), units.DAY, lambda row: max(row[1].low_finish, row[1].high_finish)),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def left_text(moved: Moved) -> Words:
    """Say how many more move a figure less; nothing where all are named."""
    if not moved.left:
        return ""
    return Plural("{n} other matters less.", "{n} others matter less.", moved.left)


def tornado_alt(text: Words, moved: Moved) -> Words:
    """Describe the picture of what moves a figure."""
    return Text(
        "One bar for each uncertainty, from its low to its high value, the longest on top: {names}. {text} The "
        "same numbers are in its table.",
        names=series(moved.names),
        text=text,
    )


# Critical tasks


def by_criticality(drivers: Drivers, plan: Plan) -> tuple[tuple[ScheduledTask, float], ...]:
    """Return the tasks with the share of the draws in which each is critical, the most critical first."""
    pairs = ((task, drivers.critical[task.task.id]) for task in plan.tasks)
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def critical_text(drivers: Drivers, plan: Plan) -> Words:
    """Say how many tasks are often critical, and which one of them the plan does not show."""
    ranked = by_criticality(drivers, plan)
    often = sum(share > OFTEN for _, share in ranked)
    text = Plural(
        "{n} task decides the finish in more than half of the draws.",
        "{n} tasks decide the finish in more than half of the draws.",
        often,
    )
    hidden = next((pair for pair in ranked if not pair[0].is_critical), None)
    if hidden is None or not hidden[1]:
        return text
    more = Text(
        "Watch {task}: it has slack in the plan, but decides the finish in {share} of the draws.",
        task=task_name(hidden[0].task),
        share=chance_text(hidden[1]),
    )
    return sentences(text, more)


def critical_table(drivers: Drivers, plan: Plan) -> Table:
    """Return how often each task is critical, beside what the plan says; one that is done has no such share."""

    def often(task: ScheduledTask, share: float) -> Words:
        if task.state is TaskState.DONE:
            return ""
        return chance_text(share) if share else Text("no draw")

    def in_plan(task: ScheduledTask) -> Words:
        if task.state is TaskState.DONE:
            return label(TaskState.DONE)
        if task.is_critical:
            return Text("critical")
        return Plural("{n} day of slack", "{n} days of slack", task.slack_days)

    columns: tuple[Column[tuple[ScheduledTask, float]], ...] = (
        Column(Text("Task"), value=lambda row: task_name(row[0].task)),
        Column(Text("Critical in"), units.SHARE, words=lambda row: often(*row)),
        Column(Text("In the plan"), value=lambda row: in_plan(row[0])),
    )
    return table_of(columns, by_criticality(drivers, plan))


MOST_TICKS = 4
ROW_HEIGHT, MARGINS, EDGE, THICKNESS = 34, 90, 8, 0.62
ROOM = 0.06
THOUSAND = 1000


def money_swings(moved: Moved, drivers: Drivers, figures: Headlines) -> ChartBlock:
    """Return how far each quantity alone moves the budget, with its description."""
    alt = tornado_alt(money_text(moved, drivers), moved)
    return ChartBlock("money_swings", alt, partial(money_tornado, moved, figures.introduction_budget))


def day_swings(moved: Moved, drivers: Drivers, figures: Headlines) -> ChartBlock:
    """Return how far each quantity alone moves the finish, with its description."""
    alt = tornado_alt(days_text(moved, drivers), moved)
    return ChartBlock("day_swings", alt, partial(days_tornado, moved, figures.finish_date))


def money_tornado(moved: Moved, plan: Decimal, palette: Palette = LIGHT) -> Drawing:
    """Return bars from the budget of the plan to those with each quantity low and high."""
    ends = [(swing.low_budget - plan, swing.high_budget - plan) for swing in moved.swings]
    values = [Listed((Money(swing.low_budget), Money(swing.high_budget)), " – ") for swing in moved.swings]
    return _tornado(moved, ends, values, Text("Change in EUR"), palette)


def days_tornado(moved: Moved, plan: date, palette: Palette = LIGHT) -> Drawing:
    """Return bars from the finish of the plan to those with each quantity low and high."""
    ends = [
        (Decimal((swing.low_finish - plan).days), Decimal((swing.high_finish - plan).days)) for swing in moved.swings
    ]
    values = [Span(swing.low_finish, swing.high_finish) for swing in moved.swings]
    return _tornado(moved, ends, values, Text("Calendar days"), palette)


def short_change(change: Decimal) -> Words:
    """Write a round change with its sign, thousands short."""
    is_short = change and not change % THOUSAND
    text = Text("{thousands}k", thousands=Number(change / THOUSAND)) if is_short else Number(change)
    return Listed(("+", text), "") if change > 0 else text


def _tornado(
    moved: Moved, ends: Sequence[tuple[Decimal, Decimal]], values: Sequence[Words], title: Words, palette: Palette
) -> Drawing:
    """Return bars to both sides of the plan, the longest on top."""
    every = [Decimal(0), Decimal(1), *(end for pair in ends for end in pair)]
    low, high = min(every), max(every)
    room = float(high - low) * ROOM
    step = next(step for step in round_steps() if high - low <= step * MOST_TICKS)
    ticks = [step * index for index in range(-int(-low // step), int(high // step) + 1)]
    sides = (Text("low value"), 0, palette.teal, ""), (Text("high value"), 1, palette.rust, "/")
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [float(pair[side]) for pair in ends],
                "y": list(range(len(ends))),
                "width": THICKNESS,
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.2}},
                "hovertext": [
                    Labelled(Escaped(quantity), value) for quantity, value in zip(moved.names, values, strict=True)
                ],
                "hoverinfo": "text",
                "name": name,
            }
            for name, side, colour, pattern in sides
        ],
        "layout": {
            "height": ROW_HEIGHT * max(len(ends), 2) + MARGINS,
            "barmode": "overlay",
            "margin": {"l": EDGE, "r": EDGE, "t": EDGE, "b": EDGE},
            "legend": {"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
            "xaxis": {
                "title": {"text": title},
                "tickvals": [float(tick) for tick in ticks],
                "ticktext": [short_change(tick) for tick in ticks],
                "tickangle": 0,
                "range": [float(low) - room, float(high) + room],
                "gridcolor": GRID_COLOUR,
                "zeroline": True,
                "zerolinecolor": LINE_COLOUR,
                "fixedrange": True,
                "side": "top",
            },
            "yaxis": row_axis([TwoLines(name) for name in moved.names]),
        },
    }
