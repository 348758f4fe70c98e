"""The draws of a simulation as CSV or Parquet: one row a draw, in the order in which they were drawn.

Amounts are EUR with two decimals, dates the days on which a draw is done.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from zt_planner.engine.simulation.result import SimulationResult

CSV, PARQUET = ".csv", ".parquet"
COLUMNS = ("draw", "first_year_budget", "horizon_total", "finish_date")
CENTS = 100


def draws_table(simulation: SimulationResult) -> pd.DataFrame:
    """Return the draws as a table."""
    days = simulation.axis.days.take(simulation.finish)
    finish = pd.Timestamp(simulation.axis.origin) + pd.to_timedelta(days, unit="D")
    columns = (range(1, simulation.draws + 1), simulation.first_year / CENTS, simulation.horizon / CENTS, finish)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def draws_bytes(simulation: SimulationResult, suffix: str) -> bytes:
    """Write the draws in the form that a file's suffix names; KeyError for any other."""
    return {CSV: _csv, PARQUET: _parquet}[suffix](draws_table(simulation))


def _csv(table: pd.DataFrame) -> bytes:
    content: str = table.to_csv(index=False, float_format="%.2f", date_format="%Y-%m-%d", lineterminator="\r\n")
    return content.encode()


def _parquet(table: pd.DataFrame) -> bytes:
    target = BytesIO()
    table.assign(finish_date=table["finish_date"].dt.date).to_parquet(target, index=False)
    return target.getvalue()
