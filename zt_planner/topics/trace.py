"""A trace: why a figure is what it is, as data that every medium arranges.

A figure is the sum of its rows, perhaps divided (an average) or counted on
from a day (a date); rule and notes are words. Laws: the rows add up to the
figure, and they do so as they are shown; what has no price is no amount, never
0; a trace of a plan that does not show labour names no amount of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.money import rounded
from zt_planner.domain.month import Month
from zt_planner.domain.units import MONEY, Unit
from zt_planner.language import Listed, Number, ShortDay, Text, Words, in_table
from zt_planner.topics.labels import NO_PRICE, bounded_money
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.topics.badges import Badge

TraceNumber: TypeAlias = Decimal | Fraction | int
TraceValue: TypeAlias = TraceNumber | date | Month | None


AMOUNT, UNIT_PRICE = 1, 3
"""Where amounts stand in a trace's table."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a price comes from; empty for own prices and amounts without one."""

    text: Words = ""
    url: str | None = None
    day: date | None = None
    confidence: Words = ""

    @property
    def dated(self) -> Listed:
        """The source and its date."""
        return Listed((self.text, "" if self.day is None else ShortDay(self.day)), ", ")


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A part of a figure: what, how much of it, at what unit price, from which source.

    `amount` is None when a price is missing, and for rows that say something and count nothing; `day` is the
    date that such a row gives.
    """

    item: Words
    category: Words = ""
    times: Words = ""
    unit_price: Words = ""
    amount: TraceNumber | None = None
    how: Words = ""
    source: Source = field(default=Source())
    day: date | None = None
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Divisor:
    """What the sum is divided by: people, months, weeks, or an amount of money; shown as a whole number if not said."""

    label: Words
    number: TraceNumber
    shown: Words = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure's title, its value as data and as shown, the rule in words, the rows, and what else is to be known."""

    name: str
    title: Words
    value: TraceValue
    shown: Words
    rule: Words
    rows: tuple[TraceRow, ...]
    unit: Unit = MONEY
    divisors: tuple[Divisor, ...] = ()
    origin: date | None = None
    notes: tuple[Words, ...] = ()
    lead: tuple[Words, ...] = ()
    """Whether the figure can be relied on, which is read before the rule."""
    is_rounded_up: bool = False

    @property
    def total(self) -> Decimal | Fraction:
        """The sum of the rows, money to the cent; what has no price counts nothing."""
        exact = sum((Fraction(row.amount) for row in self.rows if row.amount is not None), Fraction(0))
        return MONEY.exact(exact) if self.unit is MONEY else exact

    @property
    def result(self) -> TraceValue:
        """What the rows come to, divided or counted on from a day; it is the figure."""
        if self.origin is not None:
            return self.origin + timedelta(days=int(self.total))
        found = Fraction(self.total)
        for divisor in self.divisors:
            found /= Fraction(divisor.number)
        if isinstance(self.value, Decimal):
            exponent = self.value.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) else 0
            return Decimal(ceil(found * 10**places)).scaleb(-places) if self.is_rounded_up else rounded(found, places)
        return found


def shown_amounts(amounts: Sequence[TraceNumber | None], places: int) -> tuple[Decimal | None, ...]:
    """Round amounts so that they add up as shown: those furthest from their rounded value give way by one step."""
    exact = {index: Fraction(amount) for index, amount in enumerate(amounts) if amount is not None}
    shown = {index: rounded(amount, places) for index, amount in exact.items()}
    step = Decimal(1).scaleb(-places)
    missing = rounded(sum(exact.values(), Fraction(0)), places) - sum(shown.values(), Decimal(0))
    direction = 1 if missing > 0 else -1
    nearest = sorted(exact, key=lambda index: direction * (Fraction(shown[index]) - exact[index]))
    for index in nearest[: int(abs(missing) / step)]:
        shown[index] += direction * step
    return tuple(shown.get(index) for index in range(len(amounts)))


def row_amount_text(amount: TraceNumber | None, unit: Unit) -> Words:
    """Write how much a row is."""
    return NO_PRICE if amount is None and unit is MONEY else in_table(amount, unit)


def source_addresses(trace: Trace) -> tuple[tuple[Words, str], ...]:
    """Return the sources that name an address, each with it as it was typed."""
    sources = (row.source for row in trace.rows)
    return tuple(dict.fromkeys((source.text, source.url) for source in sources if source.text and source.url))


def amounts_of(trace: Trace) -> tuple[Words, ...]:
    """Return the rows' amounts as they are shown."""
    amounts = shown_amounts([row.amount for row in trace.rows], trace.unit.places.tables)
    return tuple(row_amount_text(amount, trace.unit) for amount in amounts)


def closing_rows(trace: Trace) -> Iterator[tuple[Words, Words]]:
    """Yield what stands under the rows: their sum, what it is divided by, and the figure."""
    if all(row.amount is None for row in trace.rows) and trace.unit is not MONEY:
        return
    if not trace.rows:
        return
    total = row_amount_text(trace.total, trace.unit)
    if trace.unit is MONEY:
        is_whole = all(row.amount is not None for row in trace.rows)
        total = bounded_money(trace.total, MONEY.places.tables, is_whole=is_whole)
    yield Text("Total"), total
    for divisor in trace.divisors:
        yield (
            Text("divided by: {what}", what=divisor.label),
            divisor.shown or Number(divisor.number),
        )
    if trace.divisors or trace.origin is not None:
        yield trace.title, trace.shown


def trace_table(trace: Trace) -> Table:
    """Return a trace's rows as a table, the sum and the figure at the end; columns without any text are left out.

    The amount stands second: on a phone the rest is beyond the edge.
    """
    columns = (
        Text("Item"),
        Text(trace.unit.title),
        Text("How much") if trace.unit is MONEY else Text("Details"),
        Text("Unit price"),
        Text("Kind"),
        Text("Calculation"),
        Text("Source"),
        Text("Confidence"),
    )
    rows: list[tuple[Words, ...]] = [
        (row.item, amount, row.times, row.unit_price, row.category, row.how, row.source.dated, row.source.confidence)
        for row, amount in zip(trace.rows, amounts_of(trace), strict=True)
    ]
    rows += [(text, amount, "", "", "", "", "", "") for text, amount in closing_rows(trace)]
    used = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    return Table(
        tuple(columns[index] for index in used),
        tuple(tuple(row[index] for index in used) for row in rows),
        tuple(row.badges for row in trace.rows),
        numbers=tuple(index for index, column in enumerate(used) if column in {AMOUNT, UNIT_PRICE}),
    )
