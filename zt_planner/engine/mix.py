"""How many people get which bundle: the cheapest legal mix, exactly (M12).

An integer programme: each group of people is shared out over its options
within the seat caps. Cheapest first; of equal ones fewer seats, then fewer
products, then kept before replaced, then more seats of the product that
comes first in the book; administrators first, then holders, get the bundle
whose products come first. Without caps the best mix gives each group one
option, as all but the number of products is linear; so the cheapest options
are tried in every combination. Where the best one fits under the caps, that is
the answer; otherwise CP-SAT proves it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from zt_planner.domain.money import to_cents
from zt_planner.domain.plan import Group  # noqa: TC001 - dataclasses read annotations at run time
from zt_planner.engine.bundles import Bundle, Offer  # noqa: TC001 - dataclasses read annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


MOST_TRIED = 500
"""Combinations of options that are tried one by one; the solver takes about as long as so many."""


@dataclass(frozen=True, slots=True)
class Option:
    """What one person of a group can get: a bundle, and what happens to the owned licence.

    `cents` is the cost a month, the credit deducted.
    """

    bundle: Bundle
    cents: int
    kept: Offer | None = None
    replaced: Offer | None = None

    @property
    def held(self) -> tuple[Offer, ...]:
        """Everything held, the kept licence included, in the order of the book."""
        offers = self.bundle if self.kept is None else (*self.bundle, self.kept)
        return tuple(sorted(offers, key=lambda offer: offer.position))

    @property
    def seats(self) -> int:
        """Seats a person takes, kept ones included."""
        return len(self.bundle) + (self.kept is not None)

    def seats_of_family(self, family: str) -> int:
        """Seats a person takes of a family's cap."""
        return sum(offer.family == family for offer in self.held)

    @property
    def rank(self) -> tuple[int, ...]:
        """Order of bundles by their products' places in the book."""
        return tuple(offer.position for offer in self.held)


@dataclass(frozen=True, slots=True)
class People:
    """A group of people with the same options; `is_holder` where they hold the owned licence today."""

    group: Group
    is_holder: bool
    count: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of a group get an option."""

    people: People
    option: Option
    count: int


def option_for(bundle: Bundle, kept: Offer | None = None, replaced: Offer | None = None) -> Option:
    """Return an option with its cost a month; a credit of a replaced licence is deducted."""
    cents = sum(to_cents(offer.cost) for offer in bundle if offer.cost is not None)
    credit = to_cents(replaced.cost) if replaced is not None and replaced.cost is not None else 0
    return Option(bundle, cents - credit, kept, replaced)


def family_caps(options: Iterable[Option]) -> Mapping[str, int]:
    """Return the cap of each seat family among options; the smallest where rows disagree."""
    caps: dict[str, int] = {}
    for option in options:
        for offer in option.held:
            if offer.family is not None and offer.cap is not None:
                caps[offer.family] = min(offer.cap, caps.get(offer.family, offer.cap))
    return caps


def undominated(options: Sequence[Option], families: Iterable[str]) -> tuple[Option, ...]:
    """Leave out options that another one beats in cost or seats while taking no more of any cap."""
    names = tuple(families)
    use = {option: tuple(option.seats_of_family(name) for name in names) for option in options}

    def is_beaten(option: Option) -> bool:
        return any(
            (other.cents, other.seats) < (option.cents, option.seats)
            and all(mine >= theirs for mine, theirs in zip(use[option], use[other], strict=True))
            for other in options
        )

    return tuple(option for option in options if not is_beaten(option))


def _cheapest_options(people: People) -> tuple[Option, ...]:
    """Return the options that none beats in cost, then seats."""
    least = min((option.cents, option.seats) for option in people.options)
    return tuple(option for option in people.options if (option.cents, option.seats) == least)


def _best_without_caps(groups: Sequence[People]) -> tuple[Share, ...] | None:
    """Return the best shares as if there were no caps; None where there are too many to try them all."""
    options = [_cheapest_options(people) for people in groups]
    if prod(len(tied) for tied in options) > MOST_TRIED:
        return None
    mixes = (
        tuple(Share(people, option, people.count) for people, option in zip(groups, chosen, strict=True))
        for chosen in product(*options)
    )
    return min(mixes, key=lambda shares: (ordering(shares), [share.option.rank for share in shares]))


def _fits(shares: Iterable[Share], caps: Mapping[str, int]) -> bool:
    used: Counter[str] = Counter()
    for share in shares:
        for offer in share.option.held:
            if offer.family is not None:
                used[offer.family] += share.count
    return all(used[family] <= cap for family, cap in caps.items())


@lru_cache(maxsize=256)
def cheapest_shares(groups: tuple[People, ...]) -> tuple[Share, ...] | None:
    """Share every group out over its options; None where no mix is allowed.

    `groups` come in the order in which people get the bundle whose products
    come first.
    """
    if any(not people.options for people in groups):
        return None
    caps = family_caps(option for people in groups for option in people.options)
    shares = _best_without_caps(groups)
    if shares is not None and _fits(shares, caps):
        return shares
    return _Programme(groups, caps).solve()


def ordering(shares: Sequence[Share]) -> tuple[Any, ...]:
    """Return the key by which mixes are compared: cost, seats, products, kept people, then seats by the book."""
    seats: Counter[Offer] = Counter()
    for share in shares:
        for offer in share.option.held:
            seats[offer] += share.count
    by_position = {offer.position: count for offer, count in seats.items()}
    return (
        sum(share.count * share.option.cents for share in shares),
        sum(seats.values()),
        len(seats),
        -sum(share.count for share in shares if share.option.kept is not None),
        [(position, -by_position[position]) for position in sorted(by_position)],
    )


class _Programme:
    """The integer programme in CP-SAT, its objectives fixed one after the other."""

    def __init__(self, groups: tuple[People, ...], caps: Mapping[str, int]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where caps bind

        self.cp_model = cp_model
        self.model = cp_model.CpModel()
        self.groups = groups
        self.cells: list[tuple[People, Option, Any]] = []
        for number, people in enumerate(groups):
            variables: list[Any] = []
            for option in undominated(people.options, caps):
                variable = self.model.new_int_var(0, people.count, f"{number}-{len(variables)}")
                variables.append(variable)
                self.cells.append((people, option, variable))
            self.model.add(sum(variables) == people.count)
        for family, cap in caps.items():
            self.model.add(sum(option.seats_of_family(family) * count for _, option, count in self.cells) <= cap)

    def solve(self) -> tuple[Share, ...] | None:
        """Return the best shares, None where the caps leave none.

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
        return tuple(Share(people, option, count) for (people, option, _), count in cells if count)

    def _minimum(self, objective: Any) -> list[int] | None:  # noqa: ANN401 - ortools' linear expressions have no type
        """Return the counts that make an objective least; None where none is allowed: there is no time limit."""
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
