"""Plans the clients of one batch and writes their rows: what one process does, given files and settings alone.

Laws: what is not changed is copied from the batch that had it, and not planned; a client that fails has no row, and
stops no other; equal files and settings give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zt_planner.errors import PlannerError
from zt_planner.files.portfolio.reading import ClientFile, Failure, PlanSettings, plan_of, scenario_in
from zt_planner.files.portfolio.writing import Portfolio, arrow_tables
from zt_planner.topics.portfolio.rows import KEYS, TABLES, Row, client_rows

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """A batch to plan: its bits, the fingerprints of its clients, the files to plan, and the batch to copy from.

    Of `copied_from`, the rows of the clients in `kept` are still right.
    """

    bits: str
    fingerprints: Mapping[str, str]
    files: tuple[ClientFile, ...]
    copied_from: str | None
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of a batch: how many clients were planned, and which failed."""

    bits: str
    planned: int
    failures: tuple[Failure, ...] = ()


def plan_batch(order: BatchOrder, settings: PlanSettings, out: str) -> BatchReport:
    """Plan a batch and write its parts into the folder `out`; raise ScenarioError where that cannot be written to."""
    portfolio, failures = Portfolio(Path(out)), list[Failure]()
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for file in order.files:
        try:
            plan = plan_of(scenario_in(file, settings), settings)
        except PlannerError as error:
            failures.append(Failure(file.key, error))
            continue
        for name, own in client_rows(file.client, plan).items():
            rows[name] += own
    failed = {failure.key for failure in failures}
    fingerprints = {key: mark for key, mark in order.fingerprints.items() if key not in failed}
    portfolio.write(order.bits, joined(portfolio, order, arrow_tables(rows)), fingerprints)
    return BatchReport(order.bits, len(order.files) - len(failures), tuple(failures))


def joined(portfolio: Portfolio, order: BatchOrder, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return new rows with those that are copied, in the order of the clients' keys."""
    import pyarrow as pa  # noqa: PLC0415 - paid only where it is asked for

    client = KEYS[0].name
    whole = {}
    for name, table in tables.items():
        copied = [] if order.copied_from is None else [kept_rows(portfolio.rows(name, order.copied_from), order.kept)]
        both = pa.concat_tables([*copied, table])
        whole[name] = both.take(pa.array(stable_order(both[client].to_pylist()), pa.int64()))
    return whole


def kept_rows(table: pa.Table, keys: Iterable[str]) -> pa.Table:
    """Return the rows of some clients."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    return table.filter(pc.is_in(table[KEYS[0].name], value_set=pa.array(sorted(keys), pa.string())))


def stable_order(keys: Sequence[str]) -> list[int]:
    """Return the indices by which keys are in order, equal ones as they stand."""
    return sorted(range(len(keys)), key=keys.__getitem__)
