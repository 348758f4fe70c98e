"""Why this difference? From a figure of the first plan to that of another one.

A figure that has a bridge is explained by its bars, an amount by the cost lines in which the plans differ, every other
figure by its two values. Law: the rows add up to the difference.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.plan import Plan
from zt_planner.language import Labelled, Listed, Text, Words, series
from zt_planner.topics.compare.sentences import gap_text, zero_lines
from zt_planner.topics.compare.side_by_side import (
    GROUPS,
    WITH_OWN_DAYS,
    against,
    compared_figures,
    figure_name,
    value_text,
)
from zt_planner.topics.explanations.change import rows_between
from zt_planner.topics.figure_names import DIFFERENCE, difference_name
from zt_planner.topics.operation.own_days import monthly_of
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.compare.bridge import Bridge
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.topics.compare.side_by_side import ComparedFigure


def explain_difference(name: str, comparison: Comparison) -> Trace | None:
    """Return why a figure differs from that of the first plan; None for any other name, and where that is not known."""
    if not name.startswith(f"{DIFFERENCE}:"):
        return None
    for row in compared_figures(comparison):
        for index, variant in enumerate(comparison.others):
            if name == difference_name(variant.letter, row.figure.name) and row.differences[index] is not None:
                return _explained(row, index, comparison)
    return None


def _explained(row: ComparedFigure, index: int, comparison: Comparison) -> Trace:
    first, other = comparison.first, comparison.others[index]
    bridge = next((each for each in other.bridges if each.figure == row.figure.name), None)
    rows, rule = tuple(_rows(row, bridge, index, comparison)), _rule(bridge, first, other)
    change = row.differences[index]
    names = {"figure": figure_name(row.figure, comparison)}
    values = (Labelled(each.letter, value_text(row, place)) for each, place in ((first, 0), (other, index + 1)))
    return Trace(
        name=difference_name(other.letter, row.figure.name),
        title=Text("{figure}: {way}", **names, way=against(other.letter, first.letter)),
        value=change,
        shown=row.changes[index],
        rule=rule,
        rows=rows,
        unit=row.figure.unit.of_difference,
        notes=(Listed((series(values), "."), ""), *_notes(bridge, first, other)),
    )


def _rule(bridge: Bridge | None, first: Variant, other: Variant) -> Words:
    if bridge is not None and bridge.bars:
        return Text(
            "What each group of inputs adds on the way from {first} to {other}, independent of the order: the mean of "
            "what it adds over every order in which the groups could be changed (rule M24).",
            first=first.letter,
            other=other.letter,
        )
    return Text("The figure of {other} less that of {first}.", other=other.letter, first=first.letter)


def _rows(row: ComparedFigure, bridge: Bridge | None, index: int, comparison: Comparison) -> Iterator[TraceRow]:
    """Yield the bars, or the lines in which the plans differ, or both values; of two dates the days between them."""
    first, other, figure = comparison.first, comparison.others[index], row.figure
    before, after = row.values[0], row.values[index + 1]
    if bridge is not None and bridge.bars:
        yield from (TraceRow(Text(GROUPS[bar.cause]), amount=bar.amount) for bar in bridge.bars)
    elif figure == WITH_OWN_DAYS and isinstance(first.plan, Plan) and isinstance(other.plan, Plan):
        yield from _month_rows(first.plan, other.plan)
    elif figure.unit is units.MONEY and isinstance(first.plan, Plan) and isinstance(other.plan, Plan):
        yield from rows_between(figure.lines(first.plan), figure.lines(other.plan), other.plan)
    elif isinstance(before, date) and isinstance(after, date):
        text = Text("From {before} to {after}", before=before, after=after)
        yield TraceRow(text, amount=(after - before).days)
    elif isinstance(before, Decimal | Fraction | int) and isinstance(after, Decimal | Fraction | int):
        yield TraceRow(other.letter, amount=after)
        yield TraceRow(Text("Minus {plan}", plan=first.letter), amount=-before)


def _month_rows(first: Plan, other: Plan) -> Iterator[TraceRow]:
    """Yield what is paid more or less a month, and what the own team's days are worth more or less."""
    before, after = monthly_of(first), monthly_of(other)
    if before is not None and after is not None:
        change = after.since(before)
        yield TraceRow(Text("What is paid a month"), amount=change.paid)
        yield TraceRow(Text("Your team’s days at their value"), amount=change.value)


def _notes(bridge: Bridge | None, first: Variant, other: Variant) -> Iterator[Words]:
    """Yield why there is no bridge, and why what differs moves no day."""
    if bridge is not None and bridge.gap is not None:
        yield gap_text(bridge, bridge.gap, first, other)
    elif bridge is not None and bridge.figure is BridgeFigure.FINISH_DATE:
        yield from zero_lines(bridge.bars)
