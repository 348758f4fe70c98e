"""Answers to files: what a file says to a plan, or why it is refused.

Laws: a page that is drawn again reads no file again, whatever happens to the plan: a file is read once, and compared
once with each plan; a refusal is an answer like any other. What is kept is bounded, and holds no file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from zt_planner.errors import CatalogError, PlannerError, ScenarioError
from zt_planner.workspace.plans import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Read = TypeVar("Read")
Answer = TypeVar("Answer")

READINGS_REMEMBERED = 8
ANSWERS_REMEMBERED = 16
REFUSALS_TO_A_READING = 32
"""A refusal is small: so many are kept in the place of what was read of one file."""


class Answers:
    """What was read of the latest files, and what it came to beside a plan."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._readings: Remembered[Hashable, Any] = Remembered(READINGS_REMEMBERED * REFUSALS_TO_A_READING, _size_of)
        self._answers: Remembered[Hashable, Any] = Remembered(ANSWERS_REMEMBERED)

    def get(
        self, file: Hashable, basis: Hashable, read: Callable[[], Read], compare: Callable[[Read], Answer]
    ) -> Answer | PlannerError:
        """Return what is known of a file and of what it is compared with; read and compare where it is not."""
        reading: Read | PlannerError = self._readings.get(file, partial(_unless_refused, read))
        if isinstance(reading, PlannerError):
            return reading
        answer: Answer | PlannerError = self._answers.get(
            (file, basis), partial(_unless_refused, partial(compare, reading))
        )
        return answer


def _size_of(reading: object) -> int:
    return 1 if isinstance(reading, PlannerError) else REFUSALS_TO_A_READING


def _unless_refused(compute: Callable[[], Answer]) -> Answer | PlannerError:
    """Return what is computed, or its refusal without a traceback, which would keep the whole file."""
    try:
        return compute()
    except (CatalogError, ScenarioError) as refusal:
        refusal.__context__ = None
        return refusal.with_traceback(None)
