"""The mix is the cheapest legal one: compared with every mix there is, tried one by one (M12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import book, parameters, price, prices_for, scenario
from tests.licences import WORK
from tests.property.strategies import owned_licences, shelves
from zt_planner.domain.data.price_book import Price
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.licensing.bundles import PRIVILEGED, covers
from zt_planner.engine.licensing.licences import ENDPOINT_ADD_ONS, Licensing, license_company
from zt_planner.engine.licensing.seats import waiting_products

NEEDS = {
    "admin": {"office", "mail", "mfa", "pim"},
    "office": {"office", "mail", "mfa"},
    "frontline": {"mail", "mfa"},
}


WHO = {
    "entra": dict.fromkeys(("office", "mail", "mfa", "pim"), "Microsoft"),
    "google": dict.fromkeys(("office", "mail", "mfa"), "Google"),
    "okta": {"mfa": "Okta"},
}
"""Who alone may grant a capability, by provider; with okta one vendor for office and mail, whoever it is."""


class Choice(NamedTuple):
    """What one person gets: ids of what is bought, kept and replaced, in the order of the book."""

    bought: tuple[str, ...]
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crowd:
    """So many people of one group who hold the same licences today."""

    group: str
    holds: tuple[str, ...]
    count: int


@dataclass
class Person:
    """One person, and what was handed to them."""

    group: str
    holds: list[str]


class Naive:
    """Every mix of a small shelf for a small company."""

    def __init__(self, given_scenario: Scenario, shelf: Sequence[Price], suite: str | None = None) -> None:
        """Look at the shelf as a person would: names, prices, what is granted; `suite` sells office and mail."""
        provider = given_scenario.choices.identity_provider
        self.who = dict(WHO[provider])
        self.own = {{"entra": "Microsoft", "google": "Google", "okta": "Okta"}[provider], suite}
        if suite is not None:
            self.who |= {"office": suite, "mail": suite}
        # Entra's just-in-time rights do not govern Google's roles: they are not asked for.
        self.not_needed = {"pim"} if provider == "google" else set()
        self.shelf = {row.id: row for row in shelf}
        self.order = list(self.shelf)
        self.company = given_scenario.company

    def grants(self, ids: Iterable[str]) -> set[str]:
        """Return what products grant together."""
        return {str(capability) for key in ids for capability in self.shelf[key].grants}

    def grants_by_rule(self, ids: Iterable[str]) -> set[str]:
        """Return what products grant as far as their vendor may."""
        rows = [self.shelf[key] for key in ids]
        return {str(what) for row in rows for what in row.grants if self.who.get(what, row.vendor) == row.vendor}

    def has_required(self, key: str, held: set[str]) -> bool:
        """Tell whether one of each two alternatives that a product requires is held."""
        return all(held & set(alternatives.split("|")) for alternatives in self.shelf[key].requires)

    def is_enough(self, bought: Iterable[str], kept: Sequence[str], needs: set[str]) -> bool:
        """Tell whether products can be held together and grant what is needed."""
        held = {*bought, *kept}
        return needs <= self.grants_by_rule(held) and all(self.has_required(key, held) for key in held)

    def on_sale(self, group: str) -> list[str]:
        """Return what a person of a group may buy."""
        rows = self.shelf.items()
        return [key for key, row in rows if row.sold and row.audience in {None, group}]

    def bundles(self, group: str, needs: set[str], kept: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Yield each set from which nothing can be left out, without a second suite."""
        ids = [key for key in self.on_sale(group) if key not in kept]
        subsets = chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))
        for subset in subsets:
            without = (set(subset) - {item} for item in subset)
            suites = sum("mail" in self.shelf[key].grants for key in (*subset, *kept))
            is_whole = self.is_enough(subset, kept, needs)
            if suites <= 1 and is_whole and not any(self.is_enough(rest, kept, needs) for rest in without):
                yield subset

    def choices(self, crowd: Crowd) -> list[Choice]:
        """Return what each person of a crowd may get."""
        needs = NEEDS[crowd.group] - self.not_needed
        of_provider = [key for key in self.on_sale(crowd.group) if self.shelf[key].vendor in self.own]
        all_choices = []
        for size in range(len(crowd.holds) + 1):
            for replaced in combinations(crowd.holds, size):
                kept = tuple(key for key in crowd.holds if key not in replaced)
                asked = self.grants(replaced) & self.grants(of_provider)
                all_choices += [
                    Choice(bundle, kept, replaced) for bundle in self.bundles(crowd.group, needs | asked, kept)
                ]
        pays_enough = [choice for choice in all_choices if not self.saves(choice)]
        return pays_enough or all_choices

    def saves(self, choice: Choice) -> bool:
        """Tell whether what is bought costs less than what it replaces of the provider's own products."""
        of_provider = [key for key in choice.replaced if self.shelf[key].vendor in self.own]
        return self.price(choice.bought) < self.price(of_provider)

    def price(self, ids: Iterable[str]) -> int:
        """Return the euros of products."""
        return sum(int(self.shelf[key].amount) for key in ids)

    def cost(self, choice: Choice) -> int:
        """Return the euros of a person's choice, the credit deducted."""
        return self.price(choice.bought) - self.price(choice.replaced)

    def people(self) -> list[Person]:
        """Return everyone with what they hold today: seat by seat, administrators first, then office staff."""
        company, admins = self.company, counts_of(self.company, parameters()).admins
        sizes = {"admin": admins, "office": company.employees - company.frontline - admins}
        sizes["frontline"] = company.frontline
        people = [Person(group, []) for group, size in sizes.items() for _ in range(size)]
        used: Counter[str] = Counter()
        for owned in company.owned_licences:
            row = self.shelf[owned.licence]
            family, most = row.seat_family or "", 99 if row.seat_cap is None else row.seat_cap
            seats = 99 if owned.seats is None else owned.seats
            takers = [person for person in people if self.can_take(person, row)]
            if "mail" not in row.grants:
                needs = set(map(str, row.grants))
                takers.sort(key=lambda person: needs <= self.grants(person.holds))
            for person in takers[: max(0, min(seats, most - used[family]))]:
                person.holds.append(row.id)
                used[family] += 1
        return people

    def can_take(self, person: Person, row: Price) -> bool:
        """Tell whether a seat of a licence can be handed to a person."""
        if row.audience not in {None, person.group}:
            return False
        if "mail" in row.grants:
            return "mail" not in self.grants(person.holds)
        return row.id not in person.holds and self.has_required(row.id, set(person.holds))

    def crowds(self) -> list[Crowd]:
        """Return the crowds, administrators first and then holders."""
        counts = Counter((person.group, tuple(person.holds)) for person in self.people())
        crowds = [Crowd(group, holds, count) for (group, holds), count in counts.items()]
        return sorted(crowds, key=lambda crowd: (crowd.group != "admin", not crowd.holds))

    def key(self, mix: Sequence[tuple[Crowd, Choice, int]]) -> tuple[Any, ...] | None:
        """Return what M12 compares mixes by; None for a mix above a cap."""
        seats: Counter[str] = Counter()
        for _, choice, count in mix:
            for result in (*choice.bought, *choice.kept):
                seats[result] += count
        used: Counter[tuple[str, int]] = Counter()
        for result, count in seats.items():
            row = self.shelf[result]
            if row.seat_family is not None and row.seat_cap is not None:
                used[row.seat_family, row.seat_cap] += count
        bought = {key for _, choice, count in mix if count for key in choice.bought}
        if any(count > cap for (_, cap), count in used.items()) or bought >= ENDPOINT_ADD_ONS:
            return None
        return (
            sum(count * self.cost(choice) for _, choice, count in mix),
            sum(count * len(choice.replaced) for _, choice, count in mix),
            sum(seats.values()),
            sum(1 for count in seats.values() if count),
            tuple(-seats[item] for item in self.order),
        )

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
        company__owned_licences=draw(owned_licences(tuple(row.id for row in shelf), 0)),
        choices__billing="annual_monthly",
        choices__identity_provider=draw(st.sampled_from(("entra", "google", "okta"))),
    ), shelf


def naives(given_scenario: Scenario, shelf: Sequence[Price]) -> list[Naive]:
    """Return every shelf that the provider allows: with okta one for each vendor of office or mail."""
    if given_scenario.choices.identity_provider != "okta":
        return [Naive(given_scenario, shelf)]
    suites = dict.fromkeys(row.vendor for row in shelf if {"office", "mail"} & set(row.grants))
    return [Naive(given_scenario, shelf, suite) for suite in suites]


def licensed(given_scenario: Scenario, shelf: Sequence[Price]) -> Licensing:
    """Return the licences of a company that buys from a shelf."""
    prices = prices_for(given_scenario, book(*shelf))
    return license_company(given_scenario, WORK.tasks, prices, Month(2027, 3))


@settings(max_examples=150)
@given(companies())
def test_the_mix_equals_the_best_of_all_mixes_tried_one_by_one(drawn: tuple[Scenario, tuple[Price, ...]]) -> None:
    given_scenario, shelf = drawn
    result = licensed(given_scenario, shelf).mix
    bests = [(best, naive) for naive in naives(given_scenario, shelf) if (best := naive.best()) is not None]
    if result is None:
        assert not bests
        return
    mix, crowds = [], Counter[tuple[str, tuple[str, ...]]]()
    for holding in result.holdings:
        kept, replaced = (tuple(held.product for held in some) for some in (holding.kept, holding.replaced))
        mix.append((Crowd(holding.group, (), holding.count), Choice(holding.products, kept, replaced), holding.count))
        crowds[holding.group, tuple(sorted((*kept, *replaced)))] += holding.count
    least, _ = min(bests, key=lambda found: found[0])
    assert any(naive.key(mix) == best == least for best, naive in bests)
    expected = Counter[tuple[str, tuple[str, ...]]]()
    for crowd in bests[0][1].crowds():
        expected[crowd.group, tuple(sorted(crowd.holds))] += crowd.count
    assert crowds == expected


def test_a_small_company_above_two_caps_is_shared_out_as_by_hand() -> None:
    """Two families of one seat: both are used, and the third person gets what has no cap."""
    shelf = (
        price("suite", 2, grants=("office", "mail"), seat_family="small", seat_cap=3),
        price("big-suite", 5, grants=("office", "mail")),
        price("sign-in", 1, grants=("mfa",), seat_family="tiny", seat_cap=1),
        price("big-sign-in", 3, grants=("mfa", "pim")),
    )
    given_scenario = scenario(company__employees=4, company__admins=1, choices__billing="annual_monthly")
    result = licensed(given_scenario, shelf).mix
    assert result is not None
    assert result.family_seats == {"small": 3, "tiny": 1}
    assert result.monthly_cost == 3 * 2 + 5 + 1 + 3 * 3


@pytest.mark.extended
@settings(max_examples=300)
@given(companies())
def test_before_just_in_time_administrators_lack_nothing_else(drawn: tuple[Scenario, tuple[Price, ...]]) -> None:
    given_scenario, shelf = drawn
    result = licensed(given_scenario, shelf)
    for holding in () if result.mix is None else result.mix.holdings:
        waiting = waiting_products(holding, result.offers, result.demands[holding.group])
        held = set(holding.held)
        left = {item: result.offers[item] for item in held - waiting.keys()}
        assert waiting.keys() <= set(holding.products)
        assert all(adds <= PRIVILEGED for adds in waiting.values())
        assert covers(left.values(), result.demands[holding.group])
        kept = {licence.product for licence in holding.kept}
        assert all(offer.has_what_it_requires(left) for item, offer in left.items() if item not in kept)
