"""The mix as an integer programme in CP-SAT, for what `engine.licensing.mix` cannot prove by itself (M12).

Law: only a proven optimum is an answer, and it is the same on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zt_planner.engine.licensing.bundles import Offer
from zt_planner.engine.licensing.options import Option, OptionShare, PeopleGroup, undominated


class Programme:
    """The integer programme in CP-SAT, its objectives fixed one after the other."""

    def __init__(self, groups: tuple[PeopleGroup, ...], caps: Mapping[str, int]) -> None:
        """Set up the people of each option and the caps; nothing is solved yet."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where it is needed

        self.cp_model = cp_model
        self.model = cp_model.CpModel()
        self.groups = groups
        self.cells: list[tuple[PeopleGroup, Option, Any]] = []
        for number, people in enumerate(groups):
            variables: list[Any] = []
            for option in undominated(people.options, caps):
                variable = self.model.new_int_var(0, people.count, f"{number}-{len(variables)}")
                variables.append(variable)
                self.cells.append((people, option, variable))
            self.model.add(sum(variables) == people.count)
        for family, cap in caps.items():
            self.model.add(sum(option.seats_of_family(family) * count for _, option, count in self.cells) <= cap)

    def solve(self) -> tuple[OptionShare, ...] | None:
        """Return the best shares, None when the caps leave none.

        The objectives are taken one after the other, each as a limit for the next. Joining them into one
        weighted sum is exact on paper, but the solver then takes minutes for what takes it milliseconds.
        """
        counts: list[int] = []
        for objective in self._objectives():
            found = self._minimum(objective)
            if found is None:
                return None
            counts = found
            self.model.add(objective == self._solver.value(objective))
        cells = zip(self.cells, counts, strict=True)
        return tuple(OptionShare(people, option, count) for (people, option, _), count in cells if count)

    def _minimum(self, objective: Any) -> list[int] | None:  # noqa: ANN401 - ortools' linear expressions have no type
        """Return the counts that make an objective least; None when none is allowed: there is no time limit."""
        self.model.minimize(objective)
        self._solver = self.cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 0
        if self._solver.solve(self.model) != self.cp_model.OPTIMAL:
            return None
        return [self._solver.value(variable) for _, _, variable in self.cells]

    def _objectives(self) -> Iterable[Any]:
        """Yield each objective to minimise, the most important first."""
        everyone = sum(people.count for people in self.groups)
        yield sum(option.cents * count for _, option, count in self.cells)
        yield sum(option.seats * count for _, option, count in self.cells)
        held = {offer for _, option, _ in self.cells for offer in option.held}
        offers = sorted(held, key=lambda offer: offer.position)
        yield sum(self._is_used(offer, everyone) for offer in offers)
        yield sum(-count for _, option, count in self.cells if option.kept is not None)
        for offer in offers:
            yield -self._seats(offer)
        for people in self.groups:
            cells = sorted(
                ((option, count) for owner, option, count in self.cells if owner is people),
                key=lambda cell: cell[0].rank,
            )
            for _, count in cells:
                yield -1 * count

    def _seats(self, offer: Offer) -> Any:  # noqa: ANN401
        return sum(count for _, option, count in self.cells if offer in option.held)

    def _is_used(self, offer: Offer, everyone: int) -> Any:  # noqa: ANN401
        is_used = self.model.new_bool_var(f"uses {offer.id}")
        self.model.add(self._seats(offer) <= everyone * is_used)
        return is_used
