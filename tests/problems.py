"""Small scheduling problems for tests, and what trying everything says about them.

The engine's own rooms are not used for what is expected: links, resources and
ledgers are counted anew, day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from zt_planner.engine.plan import Plan, calendar_of_plan
from zt_planner.engine.rcpsp.budget import SolverBudget, Watch
from zt_planner.engine.rcpsp.problem import Ledger, Opening, Problem, Resource, Wait, plain_problem

DAYS_A_PERIOD = 4
PERIODS = 12


def watch(seconds: float = 5.0) -> Watch:
    """Return a watch that counts work, not time."""
    return Watch(SolverBudget(seconds, clock=lambda: 0.0, workers=1, is_repeatable=True))


def working_days(plan: Plan) -> int:
    """Return the working days from a plan's start to its finish."""
    return calendar_of_plan(plan).count(plan.headlines.start_date, plan.headlines.finish_date)


def chain(*lengths: int) -> Problem:
    """Return tasks one after the other."""
    after = tuple((index - 1,) if index else () for index in range(len(lengths)))
    return plain_problem(lengths, after, ())


def is_allowed(problem: Problem, starts: Sequence[int]) -> bool:
    """Tell whether a schedule keeps everything."""
    ends = [start + length for start, length in zip(starts, problem.lengths, strict=True)]
    for index, start in enumerate(starts):
        latest = problem.latest[index]
        if start < problem.earliest[index] or (latest is not None and start > latest):
            return False
        for before in problem.after[index]:
            wait = problem.waits[before]
            if start < (ends[before] if wait is None else wait(ends[before])):
                return False
    for resource in problem.resources:
        for day in range(max(ends)):
            running = (index for index in range(len(ends)) if starts[index] <= day < ends[index])
            if sum(resource.demands[index] for index in running) > resource.capacity:
                return False
    return max(ends) <= problem.horizon and (problem.ledger is None or is_kept(problem.ledger, starts, max(ends)))


def is_kept(ledger: Ledger, starts: Sequence[int], finish: int) -> bool:
    """Tell whether every period is within its limit."""
    sums = dict.fromkeys(range(len(ledger.limits)), 0)
    series = [ledger.of_task(index, start) for index, start in enumerate(starts)]
    series.append(ledger.of_finish(finish))
    firsts = [
        ledger.period_of(min((starts[member] for member in opening.members), default=finish - 1))
        for opening in ledger.openings
    ]
    for opening, first in zip(ledger.openings, firsts, strict=True):
        series.append(opening.amounts[ledger.kinds[firsts[0]]][first])
    for amounts in series:
        for period, amount in amounts:
            sums[period] += amount
    return all(amount <= limit for amount, limit in zip(sums.values(), ledger.limits, strict=True))


def every_schedule(problem: Problem, horizon: int) -> Iterator[tuple[int, ...]]:
    """Yield every schedule that is finished by a day; links alone cut the search short."""

    def extended(starts: dict[int, int]) -> Iterator[tuple[int, ...]]:
        index = next((index for index in problem.order if index not in starts), None)
        if index is None:
            found = tuple(starts[other] for other in range(problem.size))
            if is_allowed(problem, found):
                yield found
            return
        begin = problem.earliest[index]
        for before in problem.after[index]:
            wait, end = problem.waits[before], starts[before] + problem.lengths[before]
            begin = max(begin, end if wait is None else wait(end))
        for start in range(begin, horizon - problem.lengths[index] + 1):
            yield from extended({**starts, index: start})

    return extended({})


def shortest(problem: Problem) -> int | None:
    """Return the earliest finish of all schedules, None where there is none."""
    for horizon in range(problem.horizon + 1):
        if any(True for _ in every_schedule(problem, horizon)):
            return horizon
    return None


def two_side_by_side() -> Problem:
    """Return three tasks of two days of which two fit side by side, and one of one day after the first: 4 days."""
    return plain_problem((2, 2, 2, 1), ((), (), (), (0,)), [Resource(2, (1, 1, 1, 1))])


def ledger_of(
    limit: int,
    costs: Sequence[int],
    *,
    opening: Sequence[int] = (),
    rent: int = 0,
    rents: Sequence[int] = (),
    kinds: Sequence[int] = (0,) * PERIODS,
    finish: int = 0,
) -> Ledger:
    """Return a ledger of periods of four days: a cost for each task where it starts, a rent from the opening on.

    `rents` are those of the leading opening by kind, with a second opening of the last task that depends on it; the
    leading one begins with the finish where `opening` names no task.
    """
    by_kind = rents or (rent,)
    openings: tuple[Opening, ...] = ()
    if opening or rents:
        whole = tuple(
            tuple(tuple((later, amount) for later in range(period, PERIODS)) for period in range(PERIODS))
            for amount in by_kind
        )
        openings = (Opening(tuple(opening), whole),)
    if rents:
        last = tuple(tuple(((period, amount),) for period in range(PERIODS)) for amount in reversed(by_kind))
        openings = (*openings, Opening((len(costs) - 1,), last))
    return Ledger(
        limits=(limit,) * PERIODS,
        period_of=lambda day: day // DAYS_A_PERIOD,
        of_task=lambda index, day: ((day // DAYS_A_PERIOD, costs[index]),) if costs[index] else (),
        openings=openings,
        kinds=tuple(kinds),
        of_finish=lambda end: tuple((period, finish) for period in range((end - 1) // DAYS_A_PERIOD + 1) if finish),
    )


def wait_until_even(days: int) -> Wait:
    """Return a wait of so many days that ends on an even one: it does not grow evenly with the end."""
    return lambda end: end + days + (end + days) % 2


@st.composite
def problems(draw: st.DrawFn, *, most: int = 5, with_ledger: bool = False) -> Problem:  # noqa: PLR0206 - a strategy, not a property
    """Draw a problem small enough to try everything."""
    size = draw(st.integers(1, most))
    lengths = draw(st.lists(st.integers(1, 3), min_size=size, max_size=size))
    after = [
        tuple(sorted(draw(st.sets(st.integers(0, index - 1), max_size=2)))) if index else () for index in range(size)
    ]
    resources = []
    for _ in range(draw(st.integers(1, 2))):
        capacity = draw(st.integers(2, 4))
        resources.append(Resource(capacity, tuple(draw(st.integers(0, capacity)) for _ in range(size))))
    waits = tuple(draw(st.sampled_from((None, None, wait_until_even(0), wait_until_even(1)))) for _ in range(size))
    earliest = tuple(draw(st.sampled_from((0, 0, 0, 2))) for _ in range(size))
    latest = tuple(draw(st.sampled_from((None, None, None, 4))) for _ in range(size))
    ledger = None
    if with_ledger:
        costs = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
        opening = draw(st.sets(st.integers(0, size - 1), max_size=2))
        rents = draw(st.sampled_from(((1,), (0,), (1, 2))))
        kinds = tuple(period % len(rents) for period in range(PERIODS))
        ledger = ledger_of(
            draw(st.integers(4, 8)),
            costs,
            opening=sorted(opening),
            rents=rents,
            kinds=kinds,
            finish=draw(st.integers(0, 1)),
        )
    return Problem(tuple(lengths), tuple(after), tuple(resources), waits, earliest, latest, 14, ledger)
