"""How far a price or a day of work can be trusted, and how much of an amount depends on it (ADR 0011, 0019, 0053).

The one place that decides what is stale, assumed, own or a what-if, and where money is from; findings, badges and
shares follow it. Laws: an override is neither stale nor assumed, an own row is judged by its own source (ADR 0020);
days that a person has set are not assumed; a share is computed from the cost of lines, credits by their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.price_book import Origin, Price
from zt_planner.domain.money import total
from zt_planner.domain.month import add_months
from zt_planner.domain.plan import CostLine, UnitPrice
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.units import SHARE

STALE_AFTER_MONTHS = 12


class Mark(StrEnum):
    """What a reader must know about an amount before trusting it, in the order of its badges."""

    ASSUMED = "assumed"
    ASSUMED_DAYS = "assumed_days"
    STALE = "stale"
    OWN = "own"
    WHAT_IF = "what_if"


TO_QUOTE = frozenset({Mark.ASSUMED, Mark.ASSUMED_DAYS})
"""What a quote would end."""


def marks_of_row(row: Price, day: date) -> tuple[Mark, ...]:
    """Return the marks of a price of the book on a day."""
    dated = row.source_date
    is_stale = dated is not None and add_months(dated, STALE_AFTER_MONTHS) < day
    holds = {Mark.ASSUMED: row.origin is Origin.ASSUMED, Mark.STALE: is_stale}
    return tuple(mark for mark, is_so in holds.items() if is_so)


def marks_of(price: UnitPrice | None, day: date) -> tuple[Mark, ...]:
    """Return the marks of a unit price on a day; none without a price, or for a share."""
    if price is None:
        return ()
    if price.is_override:
        return (Mark.OWN,)
    row = () if price.row is None else marks_of_row(price.row, day)
    own = (Mark.OWN,) if price.is_own else ()
    return (*row, *own) if price.rise_factor == 1 else (*row, *own, Mark.WHAT_IF)


def rests_on_assumed_days(line: CostLine, scenario: Scenario) -> bool:
    """Tell whether a line is consultant's work of which nobody has offered the days (ADR 0053).

    A person has set them by an own effort or an own range of it; those of coordination by another share.
    """
    if line.category is not CostCategory.CONSULTANT or line.is_actual:
        return False
    if not line.task_id:
        return scenario.labour.coordination_share.external is None
    if line.task_id in scenario.uncertainty.effort_ranges:
        return False
    return scenario.tasks.given_for(line.task_id).effort_days is None


def marks_of_line(line: CostLine, scenario: Scenario, day: date) -> tuple[Mark, ...]:
    """Return the marks of a line with an amount: of its price on a day, and of its days of work."""
    if not line.amount:
        return ()
    marks = set(marks_of(line.unit_price, day))
    if rests_on_assumed_days(line, scenario):
        marks.add(Mark.ASSUMED_DAYS)
    return tuple(mark for mark in Mark if mark in marks)


def total_size(lines: Iterable[CostLine]) -> Decimal:
    """Sum the amounts of lines, credits counted by their size."""
    return total(abs(line.amount) for line in lines if line.amount)


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share as 0.1234, 0 of nothing."""
    return SHARE.exact(Fraction(part) / Fraction(whole)) if whole else Decimal(0)


def shares_of(lines: Sequence[CostLine], scenario: Scenario, day: date) -> Mapping[Mark, Decimal]:
    """Return the share of an amount that each mark is on, for the marks of lines with an amount."""
    marked: dict[Mark, list[CostLine]] = {mark: [] for mark in Mark}
    for line in lines:
        for mark in marks_of_line(line, scenario, day):
            marked[mark].append(line)
    whole = total_size(lines)
    return {mark: share_of(total_size(of_mark), whole) for mark, of_mark in marked.items() if of_mark}


class MoneyOrigin(StrEnum):
    """Where the money of a line is from, the surest first; each line has one."""

    VENDOR = "vendor"
    OWN = "own"
    THIRD_PARTY = "third_party"
    DERIVED = "derived"
    ASSUMED = "assumed"
    ASSUMED_DAYS = "assumed_days"
    CONTINGENCY = "contingency"


def origin_of(line: CostLine, scenario: Scenario, day: date) -> MoneyOrigin:
    """Return where the money of a line is from; work is as sure as its days, what was invoiced is one's own."""
    marks = marks_of_line(line, scenario, day)
    if line.category is CostCategory.CONTINGENCY:
        return MoneyOrigin.CONTINGENCY
    if Mark.ASSUMED_DAYS in marks:
        return MoneyOrigin.ASSUMED_DAYS
    if Mark.ASSUMED in marks:
        return MoneyOrigin.ASSUMED
    row = None if line.unit_price is None or Mark.OWN in marks else line.unit_price.row
    return MoneyOrigin.OWN if row is None else OF_LISTED[row.origin]


OF_LISTED = {
    Origin.DEFINITION: MoneyOrigin.VENDOR,
    Origin.VENDOR: MoneyOrigin.VENDOR,
    Origin.CATALOGUE: MoneyOrigin.OWN,
    Origin.THIRD_PARTY: MoneyOrigin.THIRD_PARTY,
    Origin.DERIVED: MoneyOrigin.DERIVED,
    Origin.ASSUMED: MoneyOrigin.ASSUMED,
}
"""Where the money of a listed price is from."""


def sizes_by_origin(lines: Iterable[CostLine], scenario: Scenario, day: date) -> Mapping[MoneyOrigin, Decimal]:
    """Return how much of an amount is from where, credits by their size; what nothing is from is not there."""
    found: dict[MoneyOrigin, list[CostLine]] = {origin: [] for origin in MoneyOrigin}
    for line in lines:
        if line.amount:
            found[origin_of(line, scenario, day)].append(line)
    return {origin: total_size(of_it) for origin, of_it in found.items() if of_it}
