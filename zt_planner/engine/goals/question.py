"""What is asked for: a day by which a plan is finished, an amount for its first year, or both (M21).

Both are compared with what a plan promises (M34). Laws: a first year in which a price is missing meets no amount; a
plan without a schedule meets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zt_planner.domain.money import LARGEST_AMOUNT, rounded
from zt_planner.domain.scenario.values import LAST_DAY
from zt_planner.errors import GoalRefused, msgid
from zt_planner.gaps import shortened


@dataclass(frozen=True, slots=True)
class Goals:
    """The promised finish is `finish_by` or earlier; the promised first year is `first_year` or less, in EUR."""

    finish_by: date | None = None
    first_year: Decimal | None = None

    def met_by(self, finish: date | None, first_year: Decimal | None) -> bool:
        """Tell whether a plan that promises a finish and a first year meets everything that is asked for."""
        return self.is_in_time(finish) and self.is_affordable(first_year)

    def is_in_time(self, finish: date | None) -> bool:
        """Tell whether a promised finish, None for a plan without a schedule, is in time."""
        return finish is not None and (self.finish_by is None or finish <= self.finish_by)

    def is_affordable(self, first_year: Decimal | None) -> bool:
        """Tell whether what a first year takes, None where it is not known, is no more than the amount."""
        return self.first_year is None or (first_year is not None and first_year <= self.first_year)


def check_goals(goals: Goals, start: date, today: date) -> None:
    """Raise GoalRefused if no plan that begins on a day could be asked for this."""
    if goals.finish_by is None and goals.first_year is None:
        raise GoalRefused(msgid("No goal is given"), msgid("Enter a day, an amount, or both"))
    if goals.finish_by is not None:
        _check_day(goals.finish_by, start, today)
    if goals.first_year is not None:
        _check_amount(goals.first_year)


def _check_day(day: date, start: date, today: date) -> None:
    """Refuse a day that is over, that comes before the plan begins, or after all that is planned."""
    if day < today:
        raise GoalRefused(
            msgid("{day} is over"), msgid("Enter {first} or a later day"), day=day, first=max(start, today)
        )
    if day < start:
        problem, remedy = msgid("The plan starts on {start} only, after {day}"), msgid("Enter {start} or a later day")
        raise GoalRefused(problem, remedy, day=day, start=start)
    if day > LAST_DAY:
        raise GoalRefused(
            msgid("No plan reaches to {day}"), msgid("Enter {last} or an earlier day"), day=day, last=LAST_DAY
        )


def _check_amount(amount: Decimal) -> None:
    """Refuse what is no amount of money, or too large an amount."""
    value = shortened(str(amount))
    if not amount.is_finite():
        raise GoalRefused(msgid("'{value}' is not an amount"), msgid("Write it as 110000 or 110000.00"), value=value)
    if amount <= 0:
        problem = msgid("An amount of {value} for the first year pays for nothing")
        raise GoalRefused(problem, msgid("Enter an amount above 0"), value=value)
    if amount > LARGEST_AMOUNT:
        problem, remedy = msgid("{value} is above the limit"), msgid("Enter an amount up to {most}")
        raise GoalRefused(problem, remedy, value=value, most=LARGEST_AMOUNT)
    if amount != rounded(amount, 2):
        raise GoalRefused(msgid("{value} has fractions of a cent"), msgid("Write at most two decimals"), value=value)
