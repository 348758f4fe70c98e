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

from tests.builders import book, model, parameters, price, prices_for, scenario, task, works
from tests.property.strategies import shelves
from zt_planner.domain.data.price_book import Price
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.licensing.bundles import covers
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import waiting_products

WORK = model(task("pilot", needs=("mfa",)), task("just_in_time", needs=("pim",)))
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

    def __init__(self, given_scenario: Scenario, shelf: Sequence[Price], suite: str | None = None) -> None:
        """Look at the shelf as a person would: names, prices, what is granted; `suite` sells office and mail."""
        self.who = dict(WHO[given_scenario.choices.identity_provider])
        if suite is not None:
            self.who |= {"office": suite, "mail": suite}
        # Entra's just-in-time rights do not govern Google's roles: they are not asked for.
        self.not_needed = {"pim"} if given_scenario.choices.identity_provider == "google" else set()
        self.shelf = {row.id: row for row in shelf}
        self.order = list(self.shelf)
        self.company = given_scenario.company
        self.owned = None if self.company.owned_licence is None else self.shelf[self.company.owned_licence]

    def grants(self, ids: Iterable[str]) -> set[str]:
        """Return what products grant together."""
        return {str(capability) for key in ids for capability in self.shelf[key].grants}

    def grants_by_rule(self, ids: Iterable[str]) -> set[str]:
        """Return what products grant as far as their vendor may."""
        rows = [self.shelf[key] for key in ids]
        return {str(what) for row in rows for what in row.grants if self.who.get(what, row.vendor) == row.vendor}

    def is_enough(self, bought: Iterable[str], kept: Sequence[str], needs: set[str], replaced: Sequence[str]) -> bool:
        """Tell whether products can be held together and grant what is needed, and all that is replaced."""
        held = {*bought, *kept}
        return (
            needs <= self.grants_by_rule(held)
            and self.grants(replaced) <= self.grants(held)
            and all(set(self.shelf[item].requires) <= held for item in bought)
        )

    def bundles(
        self, group: str, needs: set[str], kept: tuple[str, ...] = (), replaced: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, ...]]:
        """Yield each set from which nothing can be left out."""
        ids = [key for key, row in self.shelf.items() if row.audience in {None, group} and key not in kept]
        subsets = chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))
        for subset in subsets:
            without = (set(subset) - {item} for item in subset)
            if self.is_enough(subset, kept, needs, replaced) and not any(
                self.is_enough(rest, kept, needs, replaced) for rest in without
            ):
                yield subset

    def choices(self, user_group: Crowd) -> list[Choice]:
        """Return what each person of a crowd may get."""
        needs, owned = NEEDS[user_group.group] - self.not_needed, self.owned
        if not user_group.is_holder or owned is None:
            return [Choice(bundle) for bundle in self.bundles(user_group.group, needs)]
        kept = [Choice(bundle, kept=owned.id) for bundle in self.bundles(user_group.group, needs, (owned.id,))]
        replaced = [
            Choice(bundle, replaced=owned.id) for bundle in self.bundles(user_group.group, needs, replaced=(owned.id,))
        ]
        return kept + [choice for choice in replaced if self.cost(choice) >= 0]

    def cost(self, choice: Choice) -> int:
        """Return the euros of a person's choice, the credit deducted."""
        charge = sum(int(self.shelf[item].amount) for item in choice.bought)
        return charge - (0 if choice.replaced is None else int(self.shelf[choice.replaced].amount))

    def user_groups(self) -> list[Crowd]:
        """Return the crowds, administrators first and then holders."""
        company = self.company
        sizes = {
            "admin": counts_of(company, parameters()).admins,
            "office": company.employees - company.frontline - counts_of(company, parameters()).admins,
            "frontline": company.frontline,
        }
        user_groups, left = [], 99
        if self.owned is not None and self.owned.seat_cap is not None:
            left = self.owned.seat_cap
        for group, size in sizes.items():
            may = self.owned is not None and self.owned.audience in {None, group}
            holders = min(size, left) if may else 0
            left -= holders
            user_groups += [Crowd(group, True, holders), Crowd(group, False, size - holders)]  # noqa: FBT003 - a value, not a switch
        user_groups = [user_group for user_group in user_groups if user_group.count]
        return sorted(user_groups, key=lambda user_group: (user_group.group != "admin", not user_group.is_holder))

    def held(self, choice: Choice) -> tuple[str, ...]:
        """Return everything that a person has."""
        return choice.bought if choice.kept is None else (*choice.bought, choice.kept)

    def key(self, mix: Sequence[tuple[Crowd, Choice, int]]) -> tuple[Any, ...] | None:
        """Return what M12 compares mixes by; None for a mix above a cap."""
        seats: Counter[str] = Counter()
        for _, choice, count in mix:
            for result in self.held(choice):
                seats[result] += count
        used: Counter[tuple[str, int]] = Counter()
        for result, count in seats.items():
            row = self.shelf[result]
            if row.seat_family is not None and row.seat_cap is not None:
                used[row.seat_family, row.seat_cap] += count
        if any(count > cap for (_, cap), count in used.items()):
            return None
        return (
            sum(count * self.cost(choice) for _, choice, count in mix),
            sum(seats.values()),
            sum(1 for count in seats.values() if count),
            -sum(count for _, choice, count in mix if choice.kept is not None),
            tuple(-seats[item] for item in self.order),
            self.order_of(mix),
        )

    def order_of(self, mix: Sequence[tuple[Crowd, Choice, int]]) -> tuple[int, ...]:
        """Return how many of each crowd get each bundle, negative, crowds and bundles in the order of M12."""
        counts: Counter[tuple[str, bool, tuple[int, ...]]] = Counter()
        for user_group, choice, count in mix:
            counts[user_group.group, user_group.is_holder, self.places(choice)] += count
        return tuple(
            -counts[user_group.group, user_group.is_holder, places]
            for user_group in self.user_groups()
            for places in sorted({self.places(choice) for choice in self.choices(user_group)})
        )

    def places(self, choice: Choice) -> tuple[int, ...]:
        """Return where in the book everything stands that a person has."""
        return tuple(sorted(self.order.index(item) for item in self.held(choice)))

    def mixes(self) -> Iterator[list[tuple[Crowd, Choice, int]]]:
        """Yield every way to share all crowds out over their choices."""
        each_way = []
        for user_group in self.user_groups():
            choices = self.choices(user_group)
            each_way.append(
                [
                    [(user_group, choice, count) for choice, count in zip(choices, counts, strict=True)]
                    for counts in shares(user_group.count, len(choices))
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
        choices__identity_provider=draw(st.sampled_from(("entra", "google", "okta"))),
    ), shelf


def naives(given_scenario: Scenario, shelf: Sequence[Price]) -> list[Naive]:
    """Return every shelf that the provider allows: with okta one for each vendor of office or mail."""
    if given_scenario.choices.identity_provider != "okta":
        return [Naive(given_scenario, shelf)]
    suites = dict.fromkeys(row.vendor for row in shelf if {"office", "mail"} & set(row.grants))
    return [Naive(given_scenario, shelf, suite) for suite in suites]


@settings(max_examples=150)
@given(companies())
def test_the_mix_equals_the_best_of_all_mixes_tried_one_by_one(drawn: tuple[Scenario, tuple[Price, ...]]) -> None:
    given_scenario, shelf = drawn
    result = license_company(
        given_scenario, works(given_scenario, WORK), prices_for(given_scenario, book(*shelf)), Month(2027, 3)
    ).mix
    bests = [(best[:5], naive, best) for naive in naives(given_scenario, shelf) if (best := naive.best()) is not None]
    if result is None:
        assert not bests
        return
    mix = []
    for holding in result.holdings:
        choice = Choice(holding.products, holding.kept, holding.replaced)
        is_holder = (holding.kept or holding.replaced) is not None
        mix.append((Crowd(holding.group, is_holder, holding.count), choice, holding.count))
    least = min(key for key, _, _ in bests)
    assert any(naive.key(mix) == best for key, naive, best in bests if key == least)


def test_a_small_company_above_two_caps_is_shared_out_as_by_hand() -> None:
    """Two families of one seat: both are used, and the third person gets what has no cap."""
    shelf = (
        price("suite", 2, grants=("office", "mail"), seat_family="small", seat_cap=3),
        price("big-suite", 5, grants=("office", "mail")),
        price("sign-in", 1, grants=("mfa",), seat_family="tiny", seat_cap=1),
        price("big-sign-in", 3, grants=("mfa", "pim")),
    )
    given_scenario = scenario(company__employees=4, company__admins=1, choices__billing="annual_monthly")
    result = license_company(
        given_scenario, works(given_scenario, WORK), prices_for(given_scenario, book(*shelf)), Month(2027, 3)
    ).mix
    assert result is not None
    assert result.family_seats == {"small": 3, "tiny": 1}
    assert result.monthly_cost == 3 * 2 + 5 + 1 + 3 * 3


@pytest.mark.extended
@settings(max_examples=300)
@given(companies())
def test_before_just_in_time_administrators_lack_nothing_else(drawn: tuple[Scenario, tuple[Price, ...]]) -> None:
    given_scenario, shelf = drawn
    task_works = works(given_scenario, WORK)
    result = license_company(given_scenario, task_works, prices_for(given_scenario, book(*shelf)), Month(2027, 3))
    for holding in () if result.mix is None else result.mix.holdings:
        waiting = waiting_products(holding, result.offers, result.admin_demands)
        held = {*holding.products, holding.kept} - {None}
        left = [result.offers[item] for item in held - waiting if item is not None]
        assert waiting <= set(holding.products)
        assert holding.group == "admin" or not waiting
        if holding.group == "admin":
            assert covers(left, result.admin_demands)
            assert all(offer.requires <= held - waiting for offer in left if offer.id != holding.kept)
