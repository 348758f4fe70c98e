"""A ledger in CP-SAT: what each period spends, by the first days of tasks, the openings and the finish (M20).

Each day on which a task may start has a literal, and so has each day on which
all may be finished; what follows from them is a sum. Laws: for every schedule
the amounts are those of `Ledger.spent`, and no period spends more than its
limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from zt_planner.engine.rcpsp.ledger import Amounts, Ledger, Opening
from zt_planner.engine.rcpsp.model import CpModel

LARGEST_CHANGE = 1 << 50
"""No two neighbouring periods differ by more."""

Expression: TypeAlias = Any
"""A literal or a sum of literals: ortools' linear expressions have no type."""


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
            return {it: sum(done for day, done in self.done.items() if period_of(day - 1) == it) for it in periods}
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
        """Return what each period spends."""
        terms: list[list[Expression]] = [[] for _ in self.ledger.limits]
        for amounts, literal in self._entries():
            for period, amount in amounts:
                terms[period].append(amount * literal)
        return [sum(found) for found in terms]  # never `+=`, which would change a sum that stands for a literal

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
