"""Licence cost as a company grows, and where it jumps: the licence cliffs.

The curve is twelve months of the cheapest mix (`engine.licensing.mix`) for every number of people, with everything that
follows from it and all else as it is. Only the cost is asked for, so no ties are broken. Laws: each point is the cost
of the plan's mix for so many people; a seat cap is called a cliff only where the mix would be cheaper without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.money import from_cents
from zt_planner.domain.month import MONTHS_A_YEAR, Month
from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import Company, IdentityProvider, Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.company_size import company_size
from zt_planner.engine.licensing.allocation import Allocation, Choice, UserGroup, allocate_seats
from zt_planner.engine.licensing.bundles import Held, Offer, PeopleGroup, family_caps
from zt_planner.engine.licensing.holders import HandedOut, Holders, handed_out
from zt_planner.engine.licensing.licences import (
    Market,
    group_sizes,
    market_of,
    needs_in,
    offers_in,
    suites_of,
)
from zt_planner.engine.licensing.mix import Programme
from zt_planner.engine.scheduling.effort import scope_of

MOST_PEOPLE = 1000
"""How far the curve goes."""


class Cliff(StrEnum):
    """Why licences become more expensive, or cheaper, from one person on."""

    SEAT_CAP = "seat_cap"
    OWNED_CAP = "owned_cap"
    SUITE = "suite"
    NO_MIX = "no_mix"


@dataclass(frozen=True, slots=True)
class Jump:
    """From so many people on, a rule decides otherwise than before.

    `name` is the seat family, the owned licence or the suite's vendor. A further office person costs `before` a
    year up to there and `after` from there on, None when that cannot be told.
    """

    people: int
    cliff: Cliff
    name: str = ""
    cap: int | None = None
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """The yearly cost of licences with one provider, from `first` people on, None when no mix is allowed."""

    provider: IdentityProvider
    first: int
    costs: tuple[Decimal | None, ...]
    jumps: tuple[Jump, ...]

    def cost_at(self, people: int) -> Decimal | None:
        """Return the yearly cost for so many people, None outside the curve too."""
        index = people - self.first
        return self.costs[index] if 0 <= index < len(self.costs) else None


KindCounts: TypeAlias = Mapping[tuple[Group, tuple[Held, ...]], int]
"""How many people of each kind there are, by what they hold today."""


class _Point(NamedTuple):
    """A number of people: its cents a month, the suite's vendor, and the families whose seats are short."""

    cents: int | None
    vendor: str | None
    short: frozenset[str]


def fewest_people(company: Company) -> int:
    """Return the fewest people that a company's fixed numbers allow."""
    return max(1, company.frontline + (company.admins or 1), company.remote_users or 0)


def curve_of(case: Case, month: Month, most_people: int = MOST_PEOPLE) -> Curve:
    """Return the curve of a case's provider, at the prices of one month."""
    scenario = case.scenario
    company = scenario.company
    first = fewest_people(company)
    market = market_of(scenario, case.tasks, case.prices, month)
    needs, today = _needs_and_people(scenario, case.model, offers_in(case.prices, month), range(first, most_people + 1))
    growth = _Growth(market, needs, today)
    points = [growth.point(people) for people in range(first, most_people + 1)]
    costs = tuple(None if point.cents is None else from_cents(point.cents) * MONTHS_A_YEAR for point in points)
    return Curve(scenario.choices.identity_provider, first, costs, _jumps(growth, first, points))


def _needs_and_people(
    scenario: Scenario, model: PhaseModel, offers: Mapping[str, Offer], numbers: range
) -> tuple[Mapping[int, frozenset[Capability]], Mapping[int, HandedOut]]:
    """Return for each number of people what the tasks need, and who holds what today.

    The needs depend only on which of the company's numbers are 0.
    """
    known: dict[frozenset[str], frozenset[Capability]] = {}
    needs, today = {}, {}
    for people in numbers:
        company = scenario.company.model_copy(update={"employees": people})
        grown = scenario.model_copy(update={"company": company})
        size = company_size(grown, model.parameters)
        key = frozenset(str(driver) for driver, number in size.drivers.items() if number)
        if key not in known:
            known[key] = needs_in(grown, scope_of(grown, model, size).tasks)
        needs[people] = known[key]
        today[people] = handed_out(company.owned_licences, offers, group_sizes(size.counts, company.frontline))
    return needs, today


class _Growth:
    """One provider's market, asked for many numbers of people."""

    def __init__(
        self, market: Market, needs: Mapping[int, frozenset[Capability]], today: Mapping[int, HandedOut]
    ) -> None:
        kinds = dict.fromkeys((who.group, who.holds) for handed in today.values() for who in handed.people)
        people = tuple(Holders(group, 2, holds) for group, holds in kinds)
        self.market, self.needs, self.today = replace(market, people=people), needs, today
        self._suites: dict[tuple[frozenset[Capability], str], list[_SuiteCosts]] = {}

    def point(self, people: int, lifted: str = "") -> _Point:
        """Return the cost for so many people; `lifted` is a family whose cap does not hold."""
        key = self.needs[people], lifted
        if key not in self._suites:
            suites = suites_of(replace(self.market, needs=key[0]))
            self._suites[key] = [_SuiteCosts(suite.groups, suite.vendor, lifted) for suite in suites]
        counts = {(who.group, who.holds): who.count for who in self.today[people].people}
        points = (suite.point(counts) for suite in self._suites[key])
        allowed = [point for point in points if point.cents is not None]
        return min(allowed, key=lambda point: point.cents or 0, default=_Point(None, None, frozenset()))

    def is_short(self, family: str, people: int) -> bool:
        """Tell whether so many people would pay less without the cap of a family, or could have a mix at all."""
        point, lifted = self.point(people), self.point(people, family)
        return lifted.cents is not None and (point.cents is None or lifted.cents < point.cents)

    def office(self, people: int) -> int:
        """Return how many of so many people work in the office and are no administrators."""
        return sum(who.count for who in self.today[people].people if who.group is Group.OFFICE)


class _SuiteCosts:
    """What every group of people can get from one suite's vendor, by cost and seats only."""

    def __init__(self, groups: Sequence[PeopleGroup], vendor: str | None, lifted: str) -> None:
        self.groups, self.vendor = groups, vendor
        caps = family_caps(option for people in groups for option in people.options)
        self.caps = {family: cap for family, cap in caps.items() if family != lifted}
        self.guess: tuple[int, ...] = ()
        self.choices = {(people.group, people.holds): self._choices(people) for people in groups}

    def _choices(self, people: PeopleGroup) -> tuple[Choice, ...]:
        """Return the different choices that no other one beats, the cheapest first."""
        unbeaten: list[Choice] = []
        every = {
            Choice(option.cents, tuple(option.seats_of_family(family) for family in self.caps))
            for option in people.options
        }
        for choice in sorted(every, key=lambda choice: (choice.weight, choice.use)):
            if not any(all(map(int.__le__, other.use, choice.use)) for other in unbeaten):
                unbeaten.append(choice)
        return tuple(unbeaten)

    def point(self, counts: KindCounts) -> _Point:
        """Return the cost of so many people with this vendor's suite."""
        some = [(count, self.choices[key]) for key, count in counts.items() if count]
        nothing = _Point(None, self.vendor, frozenset())
        if not all(choices for _, choices in some):
            return nothing
        cents = sum(count * choices[0].weight for count, choices in some)
        caps = tuple(self.caps.values())
        used = (sum(count * choices[0].use[index] for count, choices in some) for index in range(len(caps)))
        if all(seats <= cap for seats, cap in zip(used, caps, strict=True)):
            return _Point(cents, self.vendor, frozenset())
        allocation = allocate_seats([UserGroup(count, choices) for count, choices in some], caps, self.guess)
        self.guess = allocation.prices
        if not allocation.is_proven:
            allocation = self._solved(counts)
        if allocation.counts is None:
            return nothing
        short = (family for family, price in zip(self.caps, allocation.prices, strict=False) if price)
        return _Point(allocation.weight, self.vendor, frozenset(short))

    def _solved(self, counts: KindCounts) -> Allocation:
        """Return the cost by the integer programme, where no price of seats proves it."""
        groups = tuple(
            replace(people, count=count)
            for people in self.groups
            if (count := counts.get((people.group, people.holds), 0))
        )
        shares = Programme(groups, self.caps).solve()
        if shares is None:
            return Allocation(None)
        return Allocation((), sum(share.count * share.option.cents for share in shares), (1,) * len(self.caps))


def _jumps(growth: _Growth, first: int, points: Sequence[_Point]) -> tuple[Jump, ...]:
    """Return where a rule begins to decide, each rule once, with what an office person more costs before and after."""
    jumps: dict[tuple[Cliff, str], Jump] = {}
    costs = {first + index: point.cents for index, point in enumerate(points)}
    for index in range(1, len(points)):
        people, before, after = first + index, points[index - 1], points[index]
        cliffs: list[tuple[Cliff, str, int | None]] = []
        if (before.cents is None, before.short, before.vendor) != (after.cents is None, after.short, after.vendor):
            cliffs += [
                (Cliff.SEAT_CAP, family, cap)
                for family, cap in growth.market.caps.items()
                if growth.is_short(family, people) and not growth.is_short(family, people - 1)
            ]
            if before.cents is not None and after.cents is None:
                cliffs.append((Cliff.NO_MIX, "", None))
            elif before.vendor != after.vendor and not cliffs:
                cliffs.append((Cliff.SUITE, after.vendor or "", None))
        caps = {offer.id: offer.cap for offer in growth.market.offers}
        beyond = growth.today[people].above_cap.keys() - growth.today[people - 1].above_cap.keys()
        cliffs += [(Cliff.OWNED_CAP, licence, caps.get(licence)) for licence in sorted(beyond)]
        for cliff, name, cap in cliffs:
            jumps.setdefault((cliff, name), Jump(people, cliff, name, cap, *_a_person_more(growth, people, costs)))
    return tuple(jumps.values())


def _a_person_more(
    growth: _Growth, people: int, costs: Mapping[int, int | None]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the yearly cost of the last office person before and of the first one from so many people on."""

    def first_known(counts: Iterable[int]) -> Decimal | None:
        for count in counts:
            now, then = costs.get(count), costs.get(count - 1)
            if now is None or then is None:
                continue
            if growth.office(count) != growth.office(count - 1):
                return from_cents(now - then) * MONTHS_A_YEAR
        return None

    return first_known(range(people - 1, people - 3, -1)), first_known(range(people, people + 2))
