"""By how much the finish has moved since an earlier forecast, in two parts: time passed, and it takes longer (M26).

And what a later plan seems to save only because it pays less of what recurs within its first twelve months.

Laws: both parts add up to what the finish has moved; where only the status date
has moved, all of it is time that passed; between two equal forecasts both are 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.money import ZERO
from zt_planner.engine.case_schedule import schedule_of

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.case import Case


class Slip(NamedTuple):
    """Calendar days by which the finish is later, negative where it is earlier."""

    time_passed: int
    takes_longer: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.time_passed + self.takes_longer


def slip_between(older: Case, newer: Case) -> Slip | None:
    """Return how the finish moved from one forecast to another; None where there is no schedule.

    Without a status date, a forecast is as of the plan's start.
    """
    then = older.scenario.status.at or older.start
    before, known_then, now = _finish(older), _finish(newer.as_of(then)), _finish(newer)
    if before is None or known_then is None or now is None:
        return None
    return Slip((now - known_then).days, (known_then - before).days)


def postponed(now: Headlines, then: Headlines) -> Decimal:
    """Return how much of what recurs is no longer in the budget of the introduction because the plan is later, in EUR.

    0 where the plan is not later, where it costs less a month in the end (then it gave something up), and where a
    price is missing.
    """
    amounts = [figures[name] for figures in (now, then) for name in ("recurring_first_year", "run_rate_monthly")]
    is_known = all(amount.is_whole for amount in amounts)
    if not is_known or now.finish_date <= then.finish_date or now.run_rate_monthly < then.run_rate_monthly:
        return ZERO
    return max(then.recurring_first_year - now.recurring_first_year, ZERO)


def _finish(case: Case) -> date | None:
    schedule = schedule_of(case) if case.task_works else None
    return None if schedule is None else schedule.finish
