"""How far tasks and money are on the status date of a plan (M26, M27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TaskState(StrEnum):
    """How far a task is on the status date."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """What the status says about a task, and its length in working days as planned.

    `not_before` is the day from which what is left is done; `is_left_known` where somebody recorded how much that is,
    `is_start_known` unless it is done and nobody recorded when it began.
    """

    not_before: date
    planned_days: int
    is_left_known: bool
    is_start_known: bool = True


@dataclass(frozen=True, slots=True)
class ContingencyUse:
    """The contingency of the plan that was agreed on, and how much more than planned closed months cost, in EUR."""

    total: Decimal
    overruns: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be spent beyond the plan; below 0 where more has been."""
        return self.total - self.overruns
