"""benchmarks.csv and subsidies.csv: what each column means and what rows must be together.

Laws: an id is there once; a share is at most 1; the end of a span is not below its beginning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import (
    WrongCell,
    money,
    number_reader,
    one_of,
    read_day,
    text,
    whole_number_reader,
    word,
)
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines, lines_by
from zt_planner.catalog.shipped.published import PUBLISHED_COLUMNS
from zt_planner.domain.data.benchmarks import Benchmark, BenchmarkKind, Subsidy, SubsidyState
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from zt_planner.catalog.csv.tables import Line

BENCHMARKS, SUBSIDIES = "benchmarks.csv", "subsidies.csv"
BENCHMARK_FILES = (BENCHMARKS, SUBSIDIES)
REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")

kind = one_of(BenchmarkKind, msgid("'{value}' is not a known kind of benchmark"))
state = one_of(SubsidyState, msgid("'{value}' is not a known state of a subsidy"))
millions = number_reader("1000000")


def region(value: str) -> str:
    """Read a country or a part of it, as in DE-NW."""
    if REGION.fullmatch(value):
        return value
    raise WrongCell(value, msgid("'{value}' is not a region"), msgid("Write it as DE or DE-NW"))


def crossed(value: str) -> bool:
    """Read a cross."""
    if value == "x":
        return True
    raise WrongCell(value, msgid("'{value}' is not a cross"), msgid("Write x, or leave the cell empty"))


BENCHMARK_COLUMNS = {
    "id": CsvColumn(word),
    "kind": CsvColumn(kind),
    "what": CsvColumn(text),
    "low": CsvColumn(money),
    **{name: CsvColumn(money, is_needed=False) for name in ("high", "yearly_low", "yearly_high")},
    **PUBLISHED_COLUMNS,
    "note": CsvColumn(text),
}
SUBSIDY_COLUMNS = {
    "id": CsvColumn(word),
    "region": CsvColumn(region),
    "scheme": CsvColumn(text),
    "state": CsvColumn(state),
    "opens": CsvColumn(read_day, is_needed=False),
    "closes": CsvColumn(read_day, is_needed=False),
    "people_below": CsvColumn(whole_number_reader("5000", least="1"), is_needed=False),
    "turnover_most": CsvColumn(millions, is_needed=False),
    "balance_most": CsvColumn(millions, is_needed=False),
    "share": CsvColumn(number_reader("1"), is_needed=False),
    "most": CsvColumn(money, is_needed=False),
    "by_lot": CsvColumn(crossed, is_needed=False),
    "conditions": CsvColumn(text),
    **PUBLISHED_COLUMNS,
    "note": CsvColumn(text),
}


def benchmarks_from(content: str) -> tuple[Benchmark, ...]:
    """Return what others say it costs; raise CatalogError for a row that is wrong."""
    return tuple(
        benchmark_from(line) for line in lines_by("id", csv_lines(BENCHMARKS, content, BENCHMARK_COLUMNS)).values()
    )


def benchmark_from(line: Line) -> Benchmark:
    """Return one row; raise for a share above 1, and for a span whose end is below its beginning."""
    row: Benchmark = built(Benchmark, line, BENCHMARK_COLUMNS)
    if row.kind.is_share:
        for name in ("low", "high"):
            line.read(name, CsvColumn(number_reader("1"), is_needed=name == "low"))
    problem, remedy = msgid("'{value}' is below {low}"), msgid("Write a larger number")
    for low, high in (("low", "high"), ("yearly_low", "yearly_high")):
        first, last = getattr(row, low), getattr(row, high)
        if last is not None and (first is None or last < first):
            raise line.wrong(high, problem, remedy, low=low)
    return row


def subsidies_from(content: str) -> tuple[Subsidy, ...]:
    """Return what the state may add; raise CatalogError for a row that is wrong."""
    lines = lines_by("id", csv_lines(SUBSIDIES, content, SUBSIDY_COLUMNS)).values()
    return tuple(built(Subsidy, line, SUBSIDY_COLUMNS) for line in lines)
