"""The draws of a simulation as CSV or Parquet: one row a draw, in the order in which they were drawn.

Amounts are EUR with two decimals and carry no contingency; dates are the days on which everyone has MFA, empty where
no task brings it, and on which a draw is done. Both are empty where that is past the end of the calendar.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from zt_planner.engine.simulation.order import SampledCalendar
    from zt_planner.engine.simulation.result import SimulationResult

CSV, PARQUET = ".csv", ".parquet"
COLUMNS = ("draw", "introduction_budget", "horizon_total", "mfa_date", "finish_date")
DAYS = COLUMNS[-2:]
CENTS = 100


def draws_table(simulation: SimulationResult) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - 0.3 s that nobody waits for who does not ask for draws

    money = simulation.introduction / CENTS, simulation.horizon / CENTS
    mfa = pd.NaT if simulation.mfa is None else days_of(simulation.axis, simulation.mfa)
    columns = (range(1, simulation.draws + 1), *money, mfa, days_of(simulation.axis, simulation.finish))
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def days_of(axis: SampledCalendar, indices: NDArray[np.int32]) -> pd.DatetimeIndex:
    """Return the days of indices; none of the one past all days."""
    import pandas as pd  # noqa: PLC0415 - as above

    days = np.where(indices < axis.last, axis.days.take(indices), np.nan)
    return pd.Timestamp(axis.origin) + pd.to_timedelta(days, unit="D")


def draws_bytes(simulation: SimulationResult, suffix: str) -> bytes:
    """Write the draws in the form that a file's suffix names; KeyError for any other."""
    return {CSV: _csv, PARQUET: _parquet}[suffix](draws_table(simulation))


def _csv(table: pd.DataFrame) -> bytes:
    content: str = table.to_csv(index=False, float_format="%.2f", date_format="%Y-%m-%d", lineterminator="\r\n")
    return content.encode()


def _parquet(table: pd.DataFrame) -> bytes:
    target = BytesIO()
    table.assign(**{name: table[name].dt.date for name in DAYS}).to_parquet(target, index=False)
    return target.getvalue()
