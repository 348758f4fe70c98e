"""Work of a portfolio in the process of a test, in the place of several processes, whose start takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from zt_planner.files.portfolio.processes import Done


class InProcess:
    """Stands for `Processes`; `kills` names the batches whose process would be killed."""

    kills: frozenset[str] = frozenset()

    def __init__(self, count: int) -> None:
        assert count

    def __enter__(self) -> Self:
        """Start nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing."""

    def each(self, task: Callable[[Any], Any], works: Iterable[Any]) -> Iterator[Done[Any, Any]]:
        """Do the work as it comes."""
        for work in works:
            is_killed = getattr(work, "bits", None) in self.kills
            yield Done(work, None if is_killed else task(work), is_second=is_killed)
