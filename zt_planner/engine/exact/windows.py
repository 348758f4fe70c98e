"""The earliest and the latest day on which each task can start (M20).

Only links, waits and the problem's own windows count here, no resource. Laws:
no schedule has a task before its earliest day; none that ends by the horizon
has one after its latest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_planner.engine.exact.problem import Problem


def earliest_starts(problem: Problem) -> list[int]:
    """Return the first day of each task that links and waits leave it."""
    starts = list(problem.earliest)
    for place in problem.order:
        ready = problem.ready(place, starts[place] + problem.lengths[place]) if problem.followers[place] else 0
        for follower in problem.followers[place]:
            starts[follower] = max(starts[follower], ready)
    return starts


def latest_starts(problem: Problem, horizon: int) -> list[int]:
    """Return the last day on which each task can start where all is finished before a day."""
    starts = [
        min(horizon - length, horizon if latest is None else latest)
        for length, latest in zip(problem.lengths, problem.latest, strict=True)
    ]
    for place in reversed(problem.order):
        for follower in problem.followers[place]:
            end = problem.latest_end(place, starts[follower])
            starts[place] = min(starts[place], end - problem.lengths[place])
    return starts


def chain_bound(problem: Problem) -> int:
    """Return the finish of the longest chain of lengths and waits."""
    return problem.finish_of(earliest_starts(problem))
