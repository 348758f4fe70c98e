"""Who needs which licences, who holds what today, and the mix that follows (M12).

Turns a scenario into groups of people with options and asks `engine.licensing.mix` for the cheapest legal shares. Laws:
everyone is in exactly one holding; no seat family is used above its cap; the owned licence is credited only where a
bundle grants all it granted and costs no less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from zt_planner.domain.data.price_book import Capability, Price, Vendor
from zt_planner.domain.money import from_cents
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, Holding, Mix, ScheduledTask
from zt_planner.domain.scenario.counts import Counts, counts_of
from zt_planner.domain.scenario.scenario import IdentityProvider, Scenario
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.licensing.bundles import (
    SUITE,
    Demand,
    Offer,
    Option,
    OptionShare,
    PeopleGroup,
    bundles_for,
    cents_and_seats,
    demands_for,
    option_for,
    ordering,
    seat_caps,
)
from zt_planner.engine.licensing.mix import MixSearch
from zt_planner.engine.scheduling.effort import TaskWork


@dataclass(frozen=True, slots=True)
class Licensing:
    """The mix of a plan and what the findings need to know about it.

    `mix` is None when none is allowed; `missing` then names the capabilities. `eligible_holders` counts the
    people whom the owned licence may serve, `suite_vendor` provides office and mail, `admin_demands` is what an
    administrator must have apart from just-in-time rights.
    """

    mix: Mix | None
    offers: dict[str, Offer]
    owned: Offer | None
    eligible_holders: int
    missing: tuple[Capability, ...] = ()
    suite_vendor: str | None = None
    admin_demands: frozenset[Demand] = frozenset()


def needs_of(task_works: Sequence[TaskWork] | Sequence[ScheduledTask]) -> frozenset[Capability]:
    """Return what the remaining tasks need."""
    return frozenset(need for work in task_works for need in work.task.needs)


def needs_of_group(group: Group, needs: frozenset[Capability]) -> frozenset[Capability]:
    """Return what each person of a group must have: mail for all, an office suite but for frontline people."""
    own = {Capability.MAIL} if group is Group.FRONTLINE else {Capability.MAIL, Capability.OFFICE}
    shared = needs - {Capability.PIM}
    return frozenset(own | shared | (needs if group is Group.ADMIN else set()))


def offer_of(row: Price, price_list: PriceList, month: Month) -> Offer:
    """Return a row of the book as an offer at a month's price; a cap without a family is that of the product alone."""
    price = price_list.price_of(row.id, month)
    return Offer(
        id=row.id,
        position=price_list.book.position[row.id],
        vendor=row.vendor,
        cost=None if price is None else price.amount,
        grants=frozenset(row.grants),
        requires=frozenset(row.requires),
        audience=row.audience,
        family=row.seat_family or (None if row.seat_cap is None else row.id),
        cap=row.seat_cap,
    )


def offers_in(price_list: PriceList, month: Month) -> dict[str, Offer]:
    """Return every licence per user of the book by id, at a month's price."""
    rows = (price_list.row_of(price_id, month) for price_id in price_list.book.user_licences)
    return {row.id: offer_of(row, price_list, month) for row in rows if row is not None}


def needs_in(scenario: Scenario, task_works: Sequence[TaskWork] | Sequence[ScheduledTask]) -> frozenset[Capability]:
    """Return what licences are asked for: with Google no just-in-time rights, as Entra's do not govern its roles."""
    is_by_process = scenario.choices.identity_provider is IdentityProvider.GOOGLE
    return needs_of(task_works) - ({Capability.PIM} if is_by_process else set())


def group_sizes(counts: Counts, frontline: int) -> dict[Group, int]:
    """Return how many people each group has, so many of them at the front line."""
    office = counts.employees - frontline - counts.admins
    return {Group.ADMIN: counts.admins, Group.OFFICE: office, Group.FRONTLINE: frontline}


def holders_of(owned: Offer | None, sizes: dict[Group, int]) -> dict[Group, int]:
    """Return how many people of each group hold the owned licence: up to its cap, administrators first."""
    left = owned.cap if owned is not None and owned.cap is not None else sum(sizes.values())
    holders = {}
    for group, size in sizes.items():
        holders[group] = min(size, left) if owned is not None and owned.serves(group) else 0
        left -= holders[group]
    return holders


def holder_options(offers: tuple[Offer, ...], owned: Offer, demands: frozenset[Demand]) -> tuple[Option, ...]:
    """Return what a holder can get: the owned licence kept beside a bundle, or replaced by one."""
    kept = tuple(option_for(bundle, kept=owned) for bundle in bundles_for(offers, demands, owned))
    if owned.cost is None:
        return kept
    row_demands = demands | {Demand(capability) for capability in owned.grants}
    replaced = (option_for(bundle, replaced=owned) for bundle in bundles_for(offers, row_demands))
    return kept + tuple(option for option in replaced if option.cents >= 0)


@dataclass(frozen=True, slots=True)
class Market:
    """What the mix of a company follows from: people, needs, offers, what is owned, and which rules hold.

    `holders` have the owned licence today. `has_vendor_rules` and `has_one_suite` are False only where their effect
    is asked for.
    """

    provider: IdentityProvider
    needs: frozenset[Capability]
    sizes: Mapping[Group, int]
    holders: Mapping[Group, int]
    offers: tuple[Offer, ...]
    owned: Offer | None
    has_vendor_rules: bool = True
    has_one_suite: bool = True

    def __hash__(self) -> int:
        """Hash what tells most markets apart."""
        return hash((self.provider, self.needs, self.offers, *self.sizes.values(), *self.holders.values()))

    @property
    def on_offer(self) -> tuple[Offer, ...]:
        """What has a valid price."""
        return tuple(offer for offer in self.offers if offer.cost is not None)

    @property
    def caps(self) -> dict[str, int]:
        """The cap of each seat family on offer, the smallest where rows disagree."""
        return seat_caps(self.offers)

    def demands(self, needs: frozenset[Capability], suite_vendor: str | None) -> frozenset[Demand]:
        """Return needs with the vendors who may grant them."""
        if not self.has_vendor_rules:
            return frozenset(Demand(need) for need in needs)
        return demands_for(needs, self.provider, suite_vendor)

    def suite_vendors(self) -> tuple[str | None, ...]:
        """Return who may provide office and mail: with okta any one vendor for the whole company, None for anyone."""
        if not (self.has_vendor_rules and self.has_one_suite):
            return (None,)
        if self.provider is IdentityProvider.OKTA:
            return tuple(dict.fromkeys(offer.vendor for offer in self.offers if offer.grants & SUITE))
        return (Vendor.MICROSOFT if self.provider is IdentityProvider.ENTRA else Vendor.GOOGLE,)


def market_of(scenario: Scenario, task_works: Sequence[TaskWork], price_list: PriceList, month: Month) -> Market:
    return market_in(scenario, task_works, price_list, offers_in(price_list, month))


def market_in(
    scenario: Scenario,
    task_works: Sequence[TaskWork] | Sequence[ScheduledTask],
    price_list: PriceList,
    offers: Mapping[str, Offer],
) -> Market:
    """Return the market of a company with given offers; a second opinion is not one of them."""
    owned_id = scenario.company.owned_licence
    owned = None if owned_id is None else offers[owned_id]
    sizes = group_sizes(counts_of(scenario.company, price_list.parameters), scenario.company.frontline)
    return Market(
        scenario.choices.identity_provider,
        needs_in(scenario, task_works),
        sizes,
        holders_of(owned, sizes),
        tuple(offer for key, offer in offers.items() if not price_list.book.is_second_opinion(key)),
        owned,
    )


def groups_with_options(market: Market, suite_vendor: str | None) -> tuple[PeopleGroup, ...]:
    """Return the groups of people with their options, in the order in which they are served (M12)."""
    groups = []
    for group, size in market.sizes.items():
        demands = market.demands(needs_of_group(group, market.needs), suite_vendor)
        on_offer = tuple(offer for offer in market.on_offer if offer.serves(group))
        holders = market.holders[group]
        if holders and market.owned is not None:
            options = holder_options(on_offer, market.owned, demands)
            groups.append(PeopleGroup(group, is_holder=True, count=holders, options=options))
        if size > holders:
            options = tuple(option_for(bundle) for bundle in bundles_for(on_offer, demands))
            groups.append(PeopleGroup(group, is_holder=False, count=size - holders, options=options))
    return tuple(sorted(groups, key=lambda people: (people.group is not Group.ADMIN, not people.is_holder)))


class SuiteCandidates(NamedTuple):
    """What every group of people can get where one vendor, None for any, sells the suite."""

    groups: tuple[PeopleGroup, ...]
    vendor: str | None


def suites_of(market: Market) -> tuple[SuiteCandidates, ...]:
    """Return what people can get, suite by suite."""
    return tuple(SuiteCandidates(groups_with_options(market, vendor), vendor) for vendor in market.suite_vendors())


class BestMix(NamedTuple):
    """The best shares, and the vendor of the suite, None for any."""

    shares: tuple[OptionShare, ...]
    vendor: str | None


class MixSearches:
    """Searches for the best mix over several suites, with lower bounds known beforehand.

    Suites that leave somebody without an option are left out; the cap of the family `lifted` does not hold.
    """

    def __init__(self, suites: Iterable[SuiteCandidates], lifted: str = "") -> None:
        searches = [
            (MixSearch(suite.groups, lifted), index, suite.vendor)
            for index, suite in enumerate(suites)
            if all(people.options for people in suite.groups)
        ]
        self._searches = sorted(
            ((search, index, vendor) for search, index, vendor in searches if search.is_possible),
            key=lambda entry: entry[0].bound,
        )

    @property
    def bound(self) -> tuple[int, int] | None:
        """The least cents a month and seats that the best mix may have; None when no mix is allowed."""
        return self._searches[0][0].bound if self._searches else None

    def best(self) -> BestMix | None:
        """Return the best mix, of equal ones that of the first suite; None when no mix is allowed."""
        best: BestMix | None = None
        rank: tuple[tuple[Any, ...], int] | None = None
        for search, index, vendor in self._searches:
            if best is not None and search.bound > cents_and_seats(best.shares):
                break
            shares = search.shares()
            if shares is not None and (rank is None or (ordering(shares), index) < rank):
                best, rank = BestMix(shares, vendor), (ordering(shares), index)
        return best


@lru_cache(maxsize=256)
def best_mix(market: Market) -> BestMix | None:
    """Return the best mix over all suites allowed; None when no mix is allowed."""
    return MixSearches(suites_of(market)).best()


def missing_capabilities(market: Market) -> tuple[Capability, ...]:
    """Return the capabilities without which a mix would be allowed: those that nobody may grant, or not to all."""
    everything = sorted(market.needs | {Capability.MAIL, Capability.OFFICE})
    single = tuple(
        capability
        for capability in everything
        if best_mix(replace(market, needs=market.needs - {capability})) is not None
    )
    nobody = tuple(
        demand.capability
        for demand in sorted(market.demands(frozenset(everything), None), key=lambda demand: demand.capability)
        if not any(demand.met_by(offer) for offer in market.on_offer)
    )
    return nobody or single or tuple(everything)


def holding_of(share: OptionShare) -> Holding:
    option = share.option
    return Holding(
        share.people.group,
        share.count,
        tuple(offer.id for offer in option.bundle),
        None if option.kept is None else option.kept.id,
        None if option.replaced is None else option.replaced.id,
    )


def mix_of(shares: Sequence[OptionShare]) -> Mix:
    """Return shares as holdings with their seats and cost a month."""
    holdings = tuple(map(holding_of, shares))
    seats: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for share in shares:
        seats.update({offer.id: share.count for offer in share.option.bundle})
        for offer in share.option.held:
            if offer.family is not None:
                families[offer.family] += share.count
    cents = sum(share.count * share.option.cents for share in shares)
    return Mix(holdings, from_cents(cents), dict(seats), dict(families))


def license_company(
    scenario: Scenario, task_works: Sequence[TaskWork] | Sequence[ScheduledTask], price_list: PriceList, month: Month
) -> Licensing:
    """Return the cheapest legal mix at the prices of the month in which most licences start."""
    offers = offers_in(price_list, month)
    market = market_in(scenario, task_works, price_list, offers)
    owned = market.owned
    eligible = sum(size for group, size in market.sizes.items() if owned is not None and owned.serves(group))
    best = best_mix(market)
    if best is None:
        return Licensing(None, offers, owned, eligible, missing_capabilities(market))
    admin_needs = needs_of_group(Group.ADMIN, market.needs) - {Capability.PIM}
    demands = market.demands(admin_needs, best.vendor)
    return Licensing(mix_of(best.shares), offers, owned, eligible, suite_vendor=best.vendor, admin_demands=demands)
