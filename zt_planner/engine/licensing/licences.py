"""Who needs which licences, who holds what today, and the mix that follows (M12).

Turns a scenario into groups of people with options and asks `engine.licensing.mix` for the cheapest legal shares. Laws:
everyone is in exactly one holding; no seat family is used above its cap; what is given back is credited only where a
bundle grants all that it granted, and costs no less unless there is no such bundle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.data.price_book import Capability, Price, Vendor, either_of
from zt_planner.domain.money import from_cents
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, HeldLicence, Holding, Mix
from zt_planner.domain.scenario.counts import Counts, counts_of
from zt_planner.domain.scenario.scenario import IdentityProvider, RiskAccess, Scenario
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.licensing.bundles import (
    PRIVILEGED,
    SUITE,
    Demand,
    Offer,
    Option,
    OptionShare,
    PeopleGroup,
    bundles_for,
    cost_of,
    demands_for,
    option_for,
    ordering,
    price_of,
    seat_caps,
)
from zt_planner.engine.licensing.holders import HandedOut, Holders, handed_out
from zt_planner.engine.licensing.mix import MixSearch

ENDPOINT_ADD_ONS = frozenset({"defender-business", "defender-endpoint-p2"})
"""Microsoft runs a whole tenant on one of the two: a mix buys one of them, not both."""


@dataclass(frozen=True, slots=True)
class Licensing:
    """The mix of a plan and what the findings need to know about it.

    `mix` is None when none is allowed; `missing` then names the capabilities. `suite_vendor` provides office and mail,
    `demands` is what each kind of people must have apart from privileged access. `lost` are capabilities of licences
    that are given back, which no product of the provider grants.
    """

    mix: Mix | None
    offers: dict[str, Offer]
    today: HandedOut
    needs: frozenset[Capability]
    missing: tuple[Capability, ...] = ()
    suite_vendor: str | None = None
    demands: Mapping[Group, frozenset[Demand]] = field(default_factory=dict)
    lost: frozenset[Capability] = frozenset()


def needs_of(tasks: Iterable[Task]) -> frozenset[Capability]:
    return frozenset(need for task in tasks for need in task.needs)


def needs_in(scenario: Scenario, tasks: Iterable[Task]) -> frozenset[Capability]:
    """Return what licences are asked for by the tasks that remain and those that were done before.

    With Google no just-in-time rights, as Entra's do not govern its roles; risk is judged by a product with Entra only,
    where it is judged at all.
    """
    choices = scenario.choices
    is_judged = choices.identity_provider is IdentityProvider.ENTRA and choices.risk_access is not RiskAccess.NONE
    by_process = {Capability.PIM} if choices.identity_provider is IdentityProvider.GOOGLE else set()
    return needs_of(tasks) - by_process - (set() if is_judged else {Capability.RISK_ACCESS})


def needs_of_group(group: Group, needs: frozenset[Capability], risk_access: RiskAccess) -> frozenset[Capability]:
    """Return what each person of a group must have: mail for all, an office suite but for frontline people."""
    own = {Capability.MAIL} if group is Group.FRONTLINE else {Capability.MAIL, Capability.OFFICE}
    privileged = needs & PRIVILEGED if group is Group.ADMIN else frozenset[Capability]()
    if risk_access is RiskAccess.EVERYONE:
        privileged |= needs & {Capability.RISK_ACCESS}
    return frozenset(own | (needs - PRIVILEGED) | privileged)


def offer_of(row: Price, price_list: PriceList, month: Month) -> Offer:
    """Return a row of the book as an offer at a month's price; a cap without a family is that of the product alone."""
    price = price_list.price_of(row.id, month)
    return Offer(
        id=row.id,
        position=price_list.book.position[row.id],
        vendor=row.vendor,
        cost=None if price is None else price.amount,
        grants=frozenset(row.grants),
        requires=either_of(row.requires),
        sold=row.sold,
        audience=row.audience,
        family=row.seat_family or (None if row.seat_cap is None else row.id),
        cap=row.seat_cap,
    )


def offers_in(price_list: PriceList, month: Month) -> dict[str, Offer]:
    """Return every licence per user of the book by id, at a month's price."""
    rows = (price_list.row_of(price_id, month) for price_id in price_list.book.user_licences)
    return {row.id: offer_of(row, price_list, month) for row in rows if row is not None}


def group_sizes(counts: Counts, frontline: int) -> dict[Group, int]:
    """Return how many people each group has, so many of them at the front line."""
    office = counts.employees - frontline - counts.admins
    return {Group.ADMIN: counts.admins, Group.OFFICE: office, Group.FRONTLINE: frontline}


OWN_VENDOR = {
    IdentityProvider.ENTRA: Vendor.MICROSOFT,
    IdentityProvider.GOOGLE: Vendor.GOOGLE,
    IdentityProvider.OKTA: Vendor.OKTA,
}


def own_vendors(provider: IdentityProvider, suite_vendor: str | None) -> frozenset[str]:
    """Return the vendors who count as a provider: with okta the vendor of the suite, too."""
    return frozenset({str(OWN_VENDOR[provider]), *filter(None, [suite_vendor])})


@dataclass(frozen=True, slots=True)
class Market:
    """What the mix of a company follows from: people with what they hold, needs, offers, and which rules hold.

    `has_vendor_rules`, `has_one_suite` and `has_one_endpoint` are False only where their effect is asked for; so is
    `may_pay_less`, True where what is bought may cost less than what it replaces.
    """

    provider: IdentityProvider
    needs: frozenset[Capability]
    risk_access: RiskAccess
    people: tuple[Holders, ...]
    offers: tuple[Offer, ...]
    has_vendor_rules: bool = True
    has_one_suite: bool = True
    has_one_endpoint: bool = True
    may_pay_less: bool = False

    def __hash__(self) -> int:
        """Hash what tells most markets apart."""
        return hash((self.provider, self.needs, self.offers, *((who.group, who.count) for who in self.people)))

    @property
    def on_offer(self) -> tuple[Offer, ...]:
        """What is sold, at a valid price."""
        return tuple(offer for offer in self.offers if offer.sold and offer.cost is not None)

    @property
    def caps(self) -> dict[str, int]:
        """The cap of each seat family on offer, the smallest where rows disagree."""
        return seat_caps(self.offers)

    def demands(self, needs: frozenset[Capability], suite_vendor: str | None) -> frozenset[Demand]:
        """Return needs with the vendors who may grant them."""
        if not self.has_vendor_rules:
            return frozenset(Demand(need) for need in needs)
        return demands_for(needs, self.provider, suite_vendor)

    def demands_of(self, group: Group, suite_vendor: str | None) -> frozenset[Demand]:
        """Return what each person of a group must be granted, and by whom."""
        return self.demands(needs_of_group(group, self.needs, self.risk_access), suite_vendor)

    def suite_vendors(self) -> tuple[str | None, ...]:
        """Return who may provide office and mail: with okta any one vendor for the whole company, None for anyone."""
        if not (self.has_vendor_rules and self.has_one_suite):
            return (None,)
        if self.provider is IdentityProvider.OKTA:
            return tuple(dict.fromkeys(offer.vendor for offer in self.offers if offer.grants & SUITE))
        return (Vendor.MICROSOFT if self.provider is IdentityProvider.ENTRA else Vendor.GOOGLE,)

    def own_vendors(self, suite_vendor: str | None) -> frozenset[str]:
        """Return the vendors who count as the provider; where that is no rule, everyone."""
        if not self.has_vendor_rules:
            return frozenset(offer.vendor for offer in self.offers)
        return own_vendors(self.provider, suite_vendor)


def market_of(scenario: Scenario, tasks: Iterable[Task], price_list: PriceList, month: Month) -> Market:
    offers = offers_in(price_list, month)
    return market_in(scenario, tasks, price_list, offers, people_today(scenario, price_list, offers).people)


def people_today(scenario: Scenario, price_list: PriceList, offers: Mapping[str, Offer]) -> HandedOut:
    """Return who holds what today."""
    sizes = group_sizes(counts_of(scenario.company, price_list.parameters), scenario.company.frontline)
    return handed_out(scenario.company.owned_licences, offers, sizes)


def market_in(
    scenario: Scenario,
    tasks: Iterable[Task],
    price_list: PriceList,
    offers: Mapping[str, Offer],
    people: tuple[Holders, ...],
) -> Market:
    """Return the market of a company with given offers; a second opinion is not one of them."""
    return Market(
        scenario.choices.identity_provider,
        needs_in(scenario, tasks),
        scenario.choices.risk_access,
        people,
        tuple(offer for key, offer in offers.items() if not price_list.book.is_second_opinion(key)),
    )


def options_of(market: Market, who: Holders, suite_vendor: str | None) -> tuple[Option, ...]:
    """Return what people can get: of what they hold, everything kept beside a bundle, or some of it replaced by one."""
    on_offer = tuple(offer for offer in market.on_offer if offer.serves(who.group))
    demands, vendors = market.demands_of(who.group, suite_vendor), market.own_vendors(suite_vendor)
    granted = frozenset(capability for offer in on_offer if offer.vendor in vendors for capability in offer.grants)
    options, cheaper = list[Option](), list[Option]()
    for count in range(len(who.holds) + 1):
        for replaced in combinations(who.holds, count):
            if any(held.offer.cost is None for held in replaced):
                continue
            kept = tuple(held for held in who.holds if held not in replaced)
            asked = frozenset(capability for held in replaced for capability in held.offer.grants) & granted
            row_demands = demands | market.demands(asked, suite_vendor)
            credit = cost_of(held.offer for held in replaced if held.offer.vendor in vendors)
            for bundle in bundles_for(on_offer, row_demands, tuple(held.offer for held in kept)):
                is_less = cost_of(bundle) < credit
                (cheaper if is_less else options).append(option_for(bundle, kept, replaced))
    return tuple(options + cheaper if market.may_pay_less else options or cheaper)


def groups_with_options(market: Market, suite_vendor: str | None) -> tuple[PeopleGroup, ...]:
    """Return the groups of people with their options, in the order in which they are served (M12)."""
    groups = [
        PeopleGroup(who.group, who.holds, who.count, options_of(market, who, suite_vendor)) for who in market.people
    ]
    return tuple(sorted(groups, key=lambda people: (people.group is not Group.ADMIN, not people.holds)))


class SuiteCandidates(NamedTuple):
    """What every group of people can get where one vendor, None for any, sells the suite."""

    groups: tuple[PeopleGroup, ...]
    vendor: str | None


def suites_of(market: Market) -> tuple[SuiteCandidates, ...]:
    """Return what people can get, suite by suite, and with one endpoint add-on or the other."""
    suites = tuple(SuiteCandidates(groups_with_options(market, vendor), vendor) for vendor in market.suite_vendors())
    if not market.has_one_endpoint:
        return suites
    return tuple(candidates for suite in suites for candidates in with_one_endpoint_add_on(suite))


def with_one_endpoint_add_on(suite: SuiteCandidates) -> tuple[SuiteCandidates, ...]:
    """Return what people can get without each endpoint add-on, where some options buy one and some the other."""
    bought = {offer.id for people in suite.groups for option in people.options for offer in option.bundle}
    if not bought >= ENDPOINT_ADD_ONS:
        return (suite,)
    return tuple(
        SuiteCandidates(
            tuple(
                replace(
                    people,
                    options=tuple(
                        option for option in people.options if all(offer.id != left_out for offer in option.bundle)
                    ),
                )
                for people in suite.groups
            ),
            suite.vendor,
        )
        for left_out in sorted(ENDPOINT_ADD_ONS)
    )


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
    def bound(self) -> tuple[int, int, int] | None:
        """The least price that the best mix may have (`price_of`); None when no mix is allowed."""
        return self._searches[0][0].bound if self._searches else None

    def best(self) -> BestMix | None:
        """Return the best mix, of equal ones that of the first suite; None when no mix is allowed."""
        best: BestMix | None = None
        rank: tuple[tuple[Any, ...], int] | None = None
        for search, index, vendor in self._searches:
            if best is not None and search.bound > price_of(best.shares):
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
        tuple(HeldLicence(held.offer.id, held.until) for held in option.kept),
        tuple(HeldLicence(held.offer.id, held.until) for held in option.replaced),
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


def lost_capabilities(shares: Iterable[OptionShare]) -> frozenset[Capability]:
    """Return what replaced licences granted and what takes their place does not."""
    return frozenset(
        capability
        for share in shares
        for held in share.option.replaced
        for capability in held.offer.grants
        if not any(capability in offer.grants for offer in share.option.held)
    )


def license_company(scenario: Scenario, tasks: Iterable[Task], price_list: PriceList, month: Month) -> Licensing:
    """Return the cheapest legal mix at the prices of the month in which most licences start.

    `tasks` are those that remain and those that were done before.
    """
    offers = offers_in(price_list, month)
    today = people_today(scenario, price_list, offers)
    market = market_in(scenario, tasks, price_list, offers, today.people)
    best = best_mix(market)
    if best is None:
        return Licensing(None, offers, today, market.needs, missing_capabilities(market))
    unprivileged = replace(market, needs=market.needs - PRIVILEGED)
    return Licensing(
        mix_of(best.shares),
        offers,
        today,
        market.needs,
        suite_vendor=best.vendor,
        demands={group: unprivileged.demands_of(group, best.vendor) for group in Group},
        lost=lost_capabilities(best.shares),
    )
