"""What others say of the money: what such a programme costs them, and what the state may add (M31, M32).

Holds what benchmarks.csv and subsidies.csv say. No figure of a plan is computed from them (ADR 0071). Law: every row
names its population, its source, the year of it, the day on which it was read and its confidence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from zt_planner.domain.data.published import Published


class BenchmarkKind(StrEnum):
    """What a figure is of: a share of the total, EUR once and a year, or people."""

    LICENCES = "licences"
    WORK = "work"
    OPERATION = "operation"
    COST = "cost"
    WATCH = "watch"

    @property
    def is_share(self) -> bool:
        """A share of what the whole costs."""
        return self in {BenchmarkKind.LICENCES, BenchmarkKind.WORK, BenchmarkKind.OPERATION}


class Benchmark(Published):
    """One row of benchmarks.csv: a span, or one figure without `high`; `note` says why it may not fit."""

    id: str
    kind: BenchmarkKind
    what: str
    low: Decimal
    high: Decimal | None = None
    yearly_low: Decimal | None = None
    yearly_high: Decimal | None = None
    note: str


class SubsidyState(StrEnum):
    """Whether one could apply when it was read."""

    OPEN = "open"
    CLOSED = "closed"


class Subsidy(Published):
    """One row of subsidies.csv: for whom a scheme is, and what it brings at most; None where nothing was found.

    `region` is a country or a part of it, turnover and balance are in millions of EUR, `most` in EUR.
    """

    id: str
    region: str
    scheme: str
    state: SubsidyState
    opens: date | None = None
    closes: date | None = None
    people_below: int | None = None
    turnover_most: Decimal | None = None
    balance_most: Decimal | None = None
    share: Decimal | None = None
    most: Decimal | None = None
    by_lot: bool = False
    conditions: str
    note: str
