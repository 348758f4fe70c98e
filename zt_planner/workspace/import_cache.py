"""A cache of imported files: their content as it was read, and how it compares with a plan, or why it is refused.

Laws: a file is read once, and compared once with each plan, however often a page is drawn; a refusal is remembered like
any other result. The cache is bounded, and holds no file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar

from zt_planner.errors import CatalogError, PlannerError, ScenarioError
from zt_planner.workspace.plans import Cache

Read = TypeVar("Read")
Result = TypeVar("Result")

READINGS_REMEMBERED = 8
COMPARISONS_REMEMBERED = 16
REFUSALS_TO_A_READING = 32
"""A refusal is small: so many are kept in the place of what was read of one file."""


class ImportCache:
    """The readings of the latest files, and their comparisons with plans."""

    def __init__(self) -> None:
        self._readings: Cache[Hashable, Any] = Cache(READINGS_REMEMBERED * REFUSALS_TO_A_READING, _size_of)
        self._comparisons: Cache[Hashable, Any] = Cache(COMPARISONS_REMEMBERED)

    def get(
        self, file: Hashable, basis: Hashable, read: Callable[[], Read], compare: Callable[[Read], Result]
    ) -> Result | PlannerError:
        """Return the comparison of a file with a basis, or why the file is refused; compute what is not known."""
        reading: Read | PlannerError = self._readings.get(file, partial(_unless_refused, read))
        if isinstance(reading, PlannerError):
            return reading
        result: Result | PlannerError = self._comparisons.get(
            (file, basis), partial(_unless_refused, partial(compare, reading))
        )
        return result


def _size_of(reading: object) -> int:
    return 1 if isinstance(reading, PlannerError) else REFUSALS_TO_A_READING


def _unless_refused(compute: Callable[[], Result]) -> Result | PlannerError:
    """Return what is computed, or its refusal without a traceback, which would keep the whole file."""
    try:
        return compute()
    except (CatalogError, ScenarioError) as refusal:
        refusal.__context__ = None
        return refusal.with_traceback(None)
