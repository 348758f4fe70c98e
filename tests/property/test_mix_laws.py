"""The mix is the cheapest legal one: compared with every mix there is, tried one by one (M12)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import book, model, scenario, task
from tests.property.strategies import shelves
from zt_planner.domain.month import Month
from zt_planner.engine.effort import works_of
from zt_planner.engine.licensing import license_company
from zt_planner.engine.pricing import PriceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zt_planner.domain.price_book import Price
    from zt_planner.domain.scenario import Scenario

WORK = model(task("pilot", needs=("mfa",)), task("just_in_time", needs=("pim",)))
NEEDS = {
    "admin": {"office", "mail", "mfa", "pim"},
    "office": {"office", "mail", "mfa"},
    "frontline": {"mail", "mfa"},
}


class Choice(NamedTuple):
    """What one person gets: ids of what is bought, kept and replaced, in the order of the book."""

    bought: tuple[str, ...]
    kept: str | None = None
    replaced: str | None = None


@dataclass(frozen=True)
class Crowd:
    """So many people of one group who hold the owned licence or not."""

    group: str
    is_holder: bool
    count: int


class Naive:
    """Every mix of a small shelf for a small company."""

    def __init__(self, given_scenario: Scenario, shelf: Sequence[Price]) -> None:
        """Look at the shelf as a person would: names, prices, what is granted."""
        self.shelf = {row.id: row for row in shelf}
        self.order = list(self.shelf)
        self.company = given_scenario.company
        self.owned = None if self.company.owned_licence is None else self.shelf[self.company.owned_licence]

    def grants(self, ids: Iterable[str]) -> set[str]:
        """Return what products grant together."""
        return {str(capability) for each in ids for capability in self.shelf[each].grants}

    def is_enough(self, bought: Iterable[str], kept: Sequence[str], needs: set[str]) -> bool:
        """Tell whether products can be held together and grant what is needed."""
        held = {*bought, *kept}
        return needs <= self.grants(held) and all(set(self.shelf[each].requires) <= held for each in bought)

    def bundles(self, group: str, needs: set[str], kept: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Yield each set from which nothing can be left out."""
        ids = [key for key, row in self.shelf.items() if row.audience in {None, group} and key not in kept]
        subsets = chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))
        for subset in subsets:
            without = (set(subset) - {each} for each in subset)
            if self.is_enough(subset, kept, needs) and not any(self.is_enough(rest, kept, needs) for rest in without):
                yield subset

    def choices(self, crowd: Crowd) -> list[Choice]:
        """Return what each person of a crowd may get."""
        needs, owned = NEEDS[crowd.group], self.owned
        if not crowd.is_holder or owned is None:
            return [Choice(bundle) for bundle in self.bundles(crowd.group, needs)]
        kept = [Choice(bundle, kept=owned.id) for bundle in self.bundles(crowd.group, needs, (owned.id,))]
        all_needs = needs | self.grants([owned.id])
        replaced = [Choice(bundle, replaced=owned.id) for bundle in self.bundles(crowd.group, all_needs)]
        return kept + [choice for choice in replaced if self.cost(choice) >= 0]

    def cost(self, choice: Choice) -> int:
        """Return the euros of a person's choice, the credit deducted."""
        charge = sum(int(self.shelf[each].amount) for each in choice.bought)
        return charge - (0 if choice.replaced is None else int(self.shelf[choice.replaced].amount))

    def crowds(self) -> list[Crowd]:
        """Return the crowds, administrators first and then holders."""
        company = self.company
        sizes = {
            "admin": company.admin_count,
            "office": company.employees - company.frontline - company.admin_count,
            "frontline": company.frontline,
        }
        found, left = [], 99
        if self.owned is not None and self.owned.seat_cap is not None:
            left = self.owned.seat_cap
        for group, size in sizes.items():
            may = self.owned is not None and self.owned.audience in {None, group}
            holders = min(size, left) if may else 0
            left -= holders
            found += [Crowd(group, True, holders), Crowd(group, False, size - holders)]  # noqa: FBT003 - a value, not a switch
        found = [crowd for crowd in found if crowd.count]
        return sorted(found, key=lambda crowd: (crowd.group != "admin", not crowd.is_holder))

    def held(self, choice: Choice) -> tuple[str, ...]:
        """Return everything that a person has."""
        return choice.bought if choice.kept is None else (*choice.bought, choice.kept)

    def key(self, mix: Sequence[tuple[Crowd, Choice, int]]) -> tuple[Any, ...] | None:
        """Return what M12 compares mixes by; None for a mix above a cap."""
        seats: Counter[str] = Counter()
        for _, choice, count in mix:
            for each in self.held(choice):
                seats[each] += count
        used: Counter[tuple[str, int]] = Counter()
        for each, count in seats.items():
            row = self.shelf[each]
            if row.seat_family is not None and row.seat_cap is not None:
                used[row.seat_family, row.seat_cap] += count
        if any(count > cap for (_, cap), count in used.items()):
            return None
        return (
            sum(count * self.cost(choice) for _, choice, count in mix),
            sum(seats.values()),
            sum(1 for count in seats.values() if count),
            -sum(count for _, choice, count in mix if choice.kept is not None),
            tuple(-seats[each] for each in self.order),
            self.order_of(mix),
        )

    def order_of(self, mix: Sequence[tuple[Crowd, Choice, int]]) -> tuple[int, ...]:
        """Return how many of each crowd get each bundle, negative, crowds and bundles in the order of M12."""
        counts: Counter[tuple[str, bool, tuple[int, ...]]] = Counter()
        for crowd, choice, count in mix:
            counts[crowd.group, crowd.is_holder, self.places(choice)] += count
        return tuple(
            -counts[crowd.group, crowd.is_holder, places]
            for crowd in self.crowds()
            for places in sorted({self.places(choice) for choice in self.choices(crowd)})
        )

    def places(self, choice: Choice) -> tuple[int, ...]:
        """Return where in the book everything stands that a person has."""
        return tuple(sorted(self.order.index(each) for each in self.held(choice)))

    def mixes(self) -> Iterator[list[tuple[Crowd, Choice, int]]]:
        """Yield every way to share all crowds out over their choices."""
        each_way = []
        for crowd in self.crowds():
            choices = self.choices(crowd)
            each_way.append(
                [
                    [(crowd, choice, count) for choice, count in zip(choices, counts, strict=True)]
                    for counts in shares(crowd.count, len(choices))
                ]
            )
        for parts in product(*each_way):
            yield list(chain.from_iterable(parts))

    def best(self) -> tuple[Any, ...] | None:
        """Return the key of the best mix, None where none is allowed."""
        return min((key for mix in self.mixes() if (key := self.key(mix)) is not None), default=None)


def shares(people: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to split people into so many parts."""
    if parts == 0:
        if not people:
            yield ()
        return
    for first in range(people + 1):
        for rest in shares(people - first, parts - 1):
            yield (first, *rest)


@st.composite
def companies(draw: st.DrawFn) -> tuple[Scenario, tuple[Price, ...]]:
    """Draw a company of up to five people and a shelf, on which it may own something."""
    shelf = draw(shelves())
    people = draw(st.integers(1, 5))
    frontline = draw(st.integers(0, people - 1))
    return scenario(
        company__employees=people,
        company__frontline=frontline,
        company__admins=draw(st.integers(1, people - frontline)),
        company__owned_licence=draw(st.none() | st.sampled_from([row.id for row in shelf])),
        choices__billing="annual_monthly",
    ), shelf


@settings(max_examples=60)
@given(companies())
def test_the_mix_equals_the_best_of_all_mixes_tried_one_by_one(drawn: tuple[Scenario, tuple[Price, ...]]) -> None:
    given_scenario, shelf = drawn
    naive = Naive(given_scenario, shelf)
    found = license_company(
        given_scenario, works_of(given_scenario, WORK), PriceList(given_scenario, book(*shelf)), Month(2027, 3)
    ).mix
    if found is None:
        assert naive.best() is None
        return
    mix = []
    for holding in found.holdings:
        choice = Choice(holding.products, holding.kept, holding.replaced)
        is_holder = (holding.kept or holding.replaced) is not None
        mix.append((Crowd(holding.group, is_holder, holding.count), choice, holding.count))
    assert naive.key(mix) == naive.best()
