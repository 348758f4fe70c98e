"""A problem in CP-SAT, and one run of the solver: links, waits, resources, ledger and objectives (M20).

For the ledger, each day on which a task may start has a literal, and so has each day on which all may be finished;
what follows from them is a sum. Laws: the solver returns exactly the schedules without faults that are finished by the
horizon; for every schedule the amounts are those of `Ledger.spent`, and no period spends more than its limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from zt_planner.engine.rcpsp.budget import Aim, SolverProgress, Watch
from zt_planner.engine.rcpsp.problem import Amounts, Ledger, Opening, Problem, Starts, earliest_starts, latest_starts

SEED = 0
LARGEST_CHANGE = 1 << 50
"""No two neighbouring periods differ by more."""
Expression: TypeAlias = Any
"""A literal or a sum of literals: ortools' linear expressions have no type."""


class CpModel:
    """The constraint model of a problem whose schedules are finished by a horizon; no window may be empty."""

    def __init__(self, problem: Problem, horizon: int, *, least: int = 0) -> None:
        """Set up everything but the ledger; `least` is a known lower bound on the finish."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where it is needed

        self.problem, self.least, self.horizon = problem, least, horizon
        self.model = cp_model.CpModel()
        self.windows = list(zip(earliest_starts(problem), latest_starts(problem, horizon), strict=True))
        self._ready: list[tuple[int, int, Expression]] = []
        self.facts: list[tuple[Expression, Callable[[Sequence[int]], bool]]] = []
        self.starts = [self.model.new_int_var(first, last, "") for first, last in self.windows]
        self.finish = self.model.new_int_var(least, horizon, "")
        self._link()
        self._keep_resources()

    def _link(self) -> None:
        """Let each task start after its predecessors and their waits, and the finish come last."""
        problem = self.problem
        ends = [start + length for start, length in zip(self.starts, problem.lengths, strict=True)]
        for index, end in enumerate(ends):
            for follower in problem.followers[index]:
                self.model.add(self.starts[follower] >= end)
            waiting = [other for other in problem.followers[index] if (index, other) not in problem.gates]
            if waiting and problem.waits[index] is not None:
                self._wait(index, waiting)
        self.model.add_max_equality(
            self.finish, [end for index, end in enumerate(ends) if not problem.followers[index]]
        )

    def _wait(self, index: int, followers: Sequence[int]) -> None:
        """Let followers start when a wait is over: a table from the task's first day to that day."""
        problem, (first, last) = self.problem, self.windows[index]
        ends = range(first + problem.lengths[index], last + problem.lengths[index] + 1)
        table = [problem.ready(index, followers[0], end) for end in ends]
        ready = self.model.new_int_var(table[0], table[-1], "")
        self.model.add_element(self.starts[index] - first, table, ready)
        least = min(day - end for day, end in zip(table, ends, strict=True))
        for follower in followers:
            self.model.add(self.starts[follower] >= ready)
            self.model.add(self.starts[follower] >= self.starts[index] + problem.lengths[index] + least)
        self._ready.append((index, followers[0], ready))

    def _keep_resources(self) -> None:
        lengths = self.problem.lengths
        intervals = [
            self.model.new_fixed_size_interval_var(start, length, "")
            for start, length in zip(self.starts, lengths, strict=True)
        ]
        for resource in self.problem.resources:
            users = [index for index, demand in enumerate(resource.demands) if demand and lengths[index]]
            if sum(resource.demands[index] for index in users) > resource.capacity:
                demands = [resource.demands[index] for index in users]
                self.model.add_cumulative([intervals[index] for index in users], demands, resource.capacity)

    def hint(self, starts: Starts) -> None:
        """Give the solver a schedule that is finished by the horizon to begin with."""
        problem = self.problem
        hints = [*zip(self.starts, starts, strict=True), (self.finish, problem.finish_of(starts))]
        for index, follower, ready in self._ready:
            hints.append((ready, problem.ready(index, follower, starts[index] + problem.lengths[index])))
        hints += [(literal, int(fact(starts))) for literal, fact in self.facts]
        for variable, value in hints:
            self.model.add_hint(variable, value)

    def weighted_ends(self, weights: Sequence[int]) -> Expression:
        """Return the sum of the days on which tasks end, each times its weight."""
        pairs = zip(self.starts, self.problem.lengths, weights, strict=True)
        return sum(weight * (start + length) for start, length, weight in pairs)


class Spending:
    """The amounts of each period as sums of literals."""

    def __init__(self, model: CpModel, ledger: Ledger) -> None:
        """Give each day of each task its literal, and limit every period."""
        self.cp_model, self.ledger = model.model, ledger
        self.facts, self.finish_of = model.facts, model.problem.finish_of
        opening = {member for opening in ledger.openings for member in opening.members}
        self.on = [self._days_of(model, index, needed=index in opening) for index in range(model.problem.size)]
        self.done = {
            day: self._literal(lambda starts, day=day: self.finish_of(starts) == day)  # type: ignore[misc]
            for day in range(model.least, model.horizon + 1)
        }
        self._choose(model.finish, self.done)
        self.opened = [self._opened(opening) for opening in ledger.openings]
        self.amounts = self._added()
        for amount, limit in zip(self.amounts, ledger.limits, strict=True):
            self.cp_model.add(amount <= limit)

    def _literal(self, fact: Callable[[Sequence[int]], bool]) -> Expression:
        """Return a new literal that says whether something is so in a schedule."""
        literal = self.cp_model.new_bool_var("")
        self.facts.append((literal, fact))
        return literal

    def _choose(self, variable: Expression, literals: Mapping[int, Expression]) -> None:
        """Let exactly one literal hold, and the variable have its value."""
        self.cp_model.add_exactly_one(literals.values())
        for value, literal in literals.items():
            self.cp_model.add(variable == value).only_enforce_if(literal)

    def _days_of(self, model: CpModel, index: int, *, needed: bool) -> Mapping[int, Expression]:
        """Return a literal for each day on which a task may start; none for a task that spends nothing."""
        first, last = model.windows[index]
        if not needed and not any(self.ledger.of_task(index, day) for day in range(first, last + 1)):
            return {}
        literals = {
            day: self._literal(lambda starts, day=day: starts[index] == day)  # type: ignore[misc]
            for day in range(first, last + 1)
        }
        self._choose(model.starts[index], literals)
        return literals

    def _opened(self, opening: Opening) -> Mapping[int, Expression]:
        """Return, for each period, whether the first member of an opening starts in it, or the last day lies in it."""
        period_of, members = self.ledger.period_of, opening.members
        if not members:
            periods = sorted({period_of(day - 1) for day in self.done})
            return {
                period: sum(done for day, done in self.done.items() if period_of(day - 1) == period)
                for period in periods
            }
        periods = sorted({period_of(day) for member in members for day in self.on[member]})
        opened, before = {}, 0
        for period in periods:
            begun = [
                sum(literal for day, literal in self.on[member].items() if period_of(day) <= period)
                for member in members
            ]
            is_open = self._literal(
                lambda starts, period=period: min(period_of(starts[member]) for member in members) <= period  # type: ignore[misc]
            )
            for one in begun:
                self.cp_model.add(is_open >= one)
            self.cp_model.add(is_open <= sum(begun))
            opened[period] = is_open - before
            before = is_open
        return opened

    def _added(self) -> list[Expression]:
        terms: list[list[Expression]] = [[] for _ in self.ledger.limits]
        for amounts, literal in self._entries():
            for period, amount in amounts:
                terms[period].append(amount * literal)
        return [sum(some) for some in terms]  # never `+=`, which would change a sum that stands for a literal

    def _entries(self) -> Iterator[tuple[Amounts, Expression]]:
        """Yield what is spent with the literal that says whether it is."""
        for index, literals in enumerate(self.on):
            for day, literal in literals.items():
                yield self.ledger.of_task(index, day), literal
        for day, literal in self.done.items():
            yield self.ledger.of_finish(day), literal
        for number, (opening, opened) in enumerate(zip(self.ledger.openings, self.opened, strict=True)):
            kinds = sorted({self.ledger.kinds[period] for period in self.opened[0]})
            if number == 0 or len(kinds) == 1:
                for period, literal in opened.items():
                    kind = self.ledger.kinds[period] if number == 0 else kinds[0]
                    yield opening.amounts[kind][period], literal
            else:
                for (kind, period), literal in self._joined(opening, opened, kinds).items():
                    yield opening.amounts[kind][period], literal

    def _joined(
        self, opening: Opening, opened: Mapping[int, Expression], kinds: Iterable[int]
    ) -> Mapping[tuple[int, int], Expression]:
        """Return, for each kind of the leading opening and each period, whether both hold."""
        ledger, lead = self.ledger, self.ledger.openings[0]

        def first(starts: Sequence[int], opening: Opening) -> int:
            return ledger.period_of(opening.first_day(starts, self.finish_of(starts)) or 0)

        both = {
            (kind, period): self._literal(
                lambda starts, kind=kind, period=period: (  # type: ignore[misc]
                    ledger.kinds[first(starts, lead)] == kind and first(starts, opening) == period
                )
            )
            for kind in kinds
            for period in opened
        }
        for kind in kinds:
            of_kind = sum(is_open for period, is_open in self.opened[0].items() if ledger.kinds[period] == kind)
            self.cp_model.add(sum(both[kind, period] for period in opened) == of_kind)
        for period, is_open in opened.items():
            self.cp_model.add(sum(both[kind, period] for kind in kinds) == is_open)
        return both

    def unevenness(self, periods: int) -> Expression:
        """Return by how much the amounts of neighbouring periods differ in total, from the first one on."""
        total: Expression = 0
        for before, after in zip(self.amounts[: periods - 1], self.amounts[1:periods], strict=True):
            change = self.cp_model.new_int_var(0, LARGEST_CHANGE, "")
            self.cp_model.add(change >= after - before)
            self.cp_model.add(change >= before - after)
            total += change
        return total


@dataclass(frozen=True, slots=True)
class SolverResult:
    """The last schedule of a run, a bound on its objective, and whether there is nothing better.

    Without a schedule, `is_final` means that there is none at all.
    """

    starts: Starts | None
    bound: int
    is_final: bool


@dataclass(frozen=True, slots=True)
class Objective:
    """What a run minimises, for which aim, and finish and bound so far."""

    aim: Aim
    expression: Expression
    finish: int | None
    bound: int


class Run:
    """One run of the solver on a model."""

    def __init__(self, model: CpModel, objective: Objective, watch: Watch) -> None:
        """Prepare the solver; nothing runs yet."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where it is needed

        self.cp_model, self.model, self.objective, self.watch = cp_model, model, objective, watch
        self.solver = cp_model.CpSolver()
        self.finish, self.bound = objective.finish, objective.bound

    def solve(self, seconds: float) -> SolverResult:
        """Run for so many seconds at most: of the clock, or of the solver's own count of its work."""
        parameters, solver_budget = self.solver.parameters, self.watch.solver_budget
        parameters.random_seed, parameters.num_workers = SEED, solver_budget.workers
        if solver_budget.is_repeatable:
            parameters.interleave_search = solver_budget.workers > 1
            parameters.max_deterministic_time = seconds
        else:
            parameters.max_time_in_seconds = seconds
        self.model.model.minimize(self.objective.expression)
        self.solver.best_bound_callback = self._on_bound
        solver_budget.on_solver(self.solver.stop_search)
        status = self.solver.solve(self.model.model, self._listener())
        self.watch.count(self.solver.deterministic_time)
        is_found = status in {self.cp_model.OPTIMAL, self.cp_model.FEASIBLE}
        starts = tuple(self.solver.value(start) for start in self.model.starts) if is_found else None
        is_final = status in {self.cp_model.OPTIMAL, self.cp_model.INFEASIBLE}
        return SolverResult(starts, round(self.solver.best_objective_bound), is_final)

    def _report(self, stop: Callable[[], None]) -> None:
        """Report progress, and stop the solver where the search was cancelled."""
        solver_budget = self.watch.solver_budget
        solver_budget.on_progress(SolverProgress(self.objective.aim, self.finish, self.bound, self.watch.elapsed))
        if solver_budget.is_cancelled():
            stop()

    def _on_bound(self, bound: float) -> None:
        if self.objective.aim is Aim.FINISH:
            self.bound = max(self.bound, round(bound))
        self._report(self.solver.stop_search)

    def _listener(self) -> Any:  # noqa: ANN401 - its class is ortools'
        run = self

        class Listener(self.cp_model.CpSolverSolutionCallback):  # type: ignore[name-defined,misc]
            def on_solution_callback(self) -> None:
                run.finish = self.value(run.model.finish)
                run._report(self.stop_search)

        return Listener()
