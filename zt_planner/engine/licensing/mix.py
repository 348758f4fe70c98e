"""How many people get which bundle: the cheapest legal mix, exactly (M12).

Each group of people is shared out over its options within the seat caps. Cheapest first; of equal ones fewer licences
that are given back, then fewer seats, then fewer products, then more seats of the product that comes first in the book;
administrators first, then holders, get the bundle whose products come first.

All of it but the number of products is linear in the people, so it is one weight for each option, compared digit by
digit. The least cost, licences given back and seats come first; the prices of full caps that prove them
(`engine.licensing.allocation`) leave few options that any best mix can use. Of these, ever larger sets of products are
tried until one allows the least cost. What cannot be proven so is left to CP-SAT, whose proven optimum is the same on
every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from zt_planner.engine.licensing.allocation import Allocation, Choice, UserGroup, allocate_seats
from zt_planner.engine.licensing.bundles import Offer, Option, OptionShare, PeopleGroup, family_caps, undominated


class Programme:
    """The integer programme in CP-SAT, its objectives fixed one after the other."""

    def __init__(self, groups: tuple[PeopleGroup, ...], caps: Mapping[str, int]) -> None:
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
            minimum = self._minimum(objective)
            if minimum is None:
                return None
            counts = minimum
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
        yield sum(len(option.replaced) * count for _, option, count in self.cells)
        yield sum(option.seats * count for _, option, count in self.cells)
        held = {offer for _, option, _ in self.cells for offer in option.held}
        offers = sorted(held, key=lambda offer: offer.position)
        yield sum(self._is_used(offer, everyone) for offer in offers)
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


MOST_TRIED = 500
"""Sets of products that are tried one by one; the solver takes about as long as so many."""


class _Candidate(NamedTuple):
    """An option of a group as the search sees it: its price in one weight, its seats of each cap, its products."""

    option: Option
    cost: int
    use: tuple[int, ...]
    products: frozenset[int]


class MixSearch:
    """The search for the best mix of some groups, each with options; products are indices in the book.

    `groups` come in the order in which people get the bundle whose products come first; the cap of the family `lifted`
    does not hold. `bound` is known before `shares` is called.
    """

    def __init__(self, groups: tuple[PeopleGroup, ...], lifted: str = "") -> None:
        caps = family_caps(option for people in groups for option in people.options)
        self.groups, self.families = groups, {family: cap for family, cap in caps.items() if family != lifted}
        self.caps = tuple(self.families.values())
        everyone = sum(people.count for people in groups)
        options = [undominated(people.options, self.families) for people in groups]
        most = max(max(option.seats, len(option.replaced)) for some in options for option in some)
        self.base = 2 * everyone * most + 1
        self.candidates = [[self._candidate(option, self.families) for option in some] for some in options]
        self.cheapest = self._allocated(
            [[(candidate.cost, candidate.use) for candidate in some] for some in self.candidates]
        )

    @property
    def is_possible(self) -> bool:
        """Tell whether the caps may leave a mix."""
        return self.cheapest.counts is not None or not self.cheapest.is_proven

    @property
    def bound(self) -> tuple[int, int, int]:
        """The price of the best mix (`price_of`); where it is not proven, what no mix can be below."""
        weight = self.cheapest.weight
        if not self.cheapest.is_proven:
            pairs = zip(self.groups, self.candidates, strict=True)
            weight = sum(people.count * min(candidate.cost for candidate in some) for people, some in pairs)
        whole, seats = divmod(weight, self.base)
        return (*divmod(whole, self.base), seats)

    def shares(self) -> tuple[OptionShare, ...] | None:
        """Share every group out over its options in the best way; None when the caps leave none."""
        if not self.is_possible:
            return None
        shares = self._best() if self.cheapest.is_proven else None
        return Programme(self.groups, self.families).solve() if shares is None else shares

    def _candidate(self, option: Option, families: Iterable[str]) -> _Candidate:
        use = tuple(option.seats_of_family(family) for family in families)
        cents, replaced, seats = option.price
        weight = (cents * self.base + replaced) * self.base + seats
        return _Candidate(option, weight, use, frozenset(option.rank))

    def _allocated(self, choices: Sequence[Sequence[tuple[int, tuple[int, ...]]]]) -> Allocation:
        user_groups = [
            UserGroup(people.count, tuple(Choice(weight, use) for weight, use in some))
            for people, some in zip(self.groups, choices, strict=True)
        ]
        return allocate_seats(user_groups, self.caps)

    def _best(self) -> tuple[OptionShare, ...] | None:
        """Return the best of all mixes with the least price; None when it is not proven."""
        tight = [_tight(some, self.cheapest.prices) for some in self.candidates]
        weights = self._weights(tight)
        always = frozenset[int]().union(
            *(frozenset.intersection(*(candidate.products for candidate in some)) for some in tight)
        )
        products = sorted({index for some in tight for candidate in some for index in candidate.products} - always)
        tried, size = 0, -1
        while True:  # all products together allow the least cost
            mixes, size = [], size + 1
            for chosen in combinations(products, size):
                tried += 1
                if tried > MOST_TRIED:
                    return None
                mix = self._with(always.union(chosen), tight, weights)
                if mix is None:
                    return None
                if mix.shares and sum(share.heads * share.cost for share in mix.shares) == self.cheapest.weight:
                    mixes.append(mix)
            if mixes:
                best = min(mixes, key=lambda mix: mix.weight)
                return tuple(OptionShare(share.people, share.option, share.heads) for share in best.shares)

    def _with(
        self, products: frozenset[int], tight: Sequence[Sequence[_Candidate]], weights: Sequence[Sequence[int]]
    ) -> _Mix | None:
        """Return the best mix of these products only, without shares where there is none; None when not proven."""
        allowed = [
            [(candidate, weight) for candidate, weight in zip(some, row, strict=True) if candidate.products <= products]
            for some, row in zip(tight, weights, strict=True)
        ]
        if not all(allowed):
            return _Mix(())
        allocation = self._allocated([[(weight, candidate.use) for candidate, weight in some] for some in allowed])
        if not allocation.is_proven:
            return None
        shares = [
            _Counted(people, candidate.option, number, candidate.cost)
            for people, some, counts in zip(self.groups, allowed, allocation.counts or (), strict=False)
            for (candidate, _), number in zip(some, counts, strict=True)
            if number
        ]
        return _Mix(tuple(shares), allocation.weight)

    def _weights(self, tight: Sequence[Sequence[_Candidate]]) -> list[list[int]]:
        """Return one weight for each option of each group: everything by which mixes are compared, digit by digit."""
        products = sorted({index for some in tight for candidate in some for index in candidate.products})
        cells = sum(len(some) for some in tight)
        weights, cell = [], 0
        for some in tight:
            row = []
            for candidate in some:
                weight = candidate.cost
                for index in products:
                    weight = weight * self.base - int(index in candidate.products)
                row.append(weight * self.base**cells - self.base ** (cells - 1 - cell))
                cell += 1
            weights.append(row)
        return weights


class _Counted(NamedTuple):
    """So many people of a group with an option, and its price in one weight."""

    people: PeopleGroup
    option: Option
    heads: int
    cost: int


class _Mix(NamedTuple):
    """A mix and its whole weight; without shares where there is none."""

    shares: tuple[_Counted, ...]
    weight: int = 0


def _tight(candidates: Sequence[_Candidate], prices: Sequence[int]) -> list[_Candidate]:
    """Return the candidates that nothing beats at the prices of the full caps' seats, ordered by their rank."""
    priced = [
        (candidate.cost + sum(price * seats for price, seats in zip(prices, candidate.use, strict=True)), candidate)
        for candidate in candidates
    ]
    least = min(price for price, _ in priced)
    return sorted(
        (candidate for price, candidate in priced if price == least), key=lambda candidate: candidate.option.rank
    )
