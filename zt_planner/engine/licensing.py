"""Who needs which licences, who holds what today, and the mix that follows (M12).

Turns a scenario into groups of people with options and asks `engine.mix` for
the cheapest legal shares. Laws: everyone is in exactly one holding; no seat
family is used above its cap; the owned licence is credited only where a bundle
grants all it granted and costs no less.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import from_cents
from zt_planner.domain.plan import Group, Holding, Mix
from zt_planner.domain.price_book import Capability, Vendor
from zt_planner.domain.scenario import IdentityProvider
from zt_planner.engine.bundles import SUITE, Demand, Offer, bundles_for, demands_for
from zt_planner.engine.mix import cheapest_shares
from zt_planner.engine.options import Option, People, Share, option_for, ordering

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.domain.month import Month
    from zt_planner.domain.price_book import Price
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.effort import Work
    from zt_planner.engine.pricing import PriceList


@dataclass(frozen=True, slots=True)
class Licensing:
    """The mix of a plan and what the checks must know about it.

    `mix` is None where none is allowed; `missing` then names the capabilities.
    `eligible_holders` counts the people whom the owned licence may serve,
    `suite_vendor` provides office and mail, `admin_demands` is what an
    administrator must have apart from just-in-time rights.
    """

    mix: Mix | None
    offers: dict[str, Offer]
    owned: Offer | None
    eligible_holders: int
    missing: tuple[Capability, ...] = ()
    suite_vendor: str | None = None
    admin_demands: frozenset[Demand] = frozenset()


def needs_of(works: Sequence[Work]) -> frozenset[Capability]:
    """Return what the remaining tasks need."""
    return frozenset(need for work in works for need in work.task.needs)


def needs_of_group(group: Group, needs: frozenset[Capability]) -> frozenset[Capability]:
    """Return what each person of a group must have: mail for all, an office suite but for frontline people."""
    own = {Capability.MAIL} if group is Group.FRONTLINE else {Capability.MAIL, Capability.OFFICE}
    shared = needs - {Capability.PIM}
    return frozenset(own | shared | (needs if group is Group.ADMIN else set()))


def offer_of(row: Price, price_list: PriceList, month: Month) -> Offer:
    """Return a row of the book as an offer at a month's price."""
    price = price_list.price_of(row.id, month)
    return Offer(
        id=row.id,
        position=price_list.book.position[row.id],
        vendor=row.vendor,
        cost=None if price is None else price.amount,
        grants=frozenset(row.grants),
        requires=frozenset(row.requires),
        audience=row.audience,
        family=row.seat_family,
        cap=row.seat_cap,
    )


def offers_in(price_list: PriceList, month: Month) -> dict[str, Offer]:
    """Return every licence per user of the book by id, at a month's price."""
    rows = (price_list.row_of(price_id, month) for price_id in price_list.book.user_licences)
    return {row.id: offer_of(row, price_list, month) for row in rows if row is not None}


def group_sizes(scenario: Scenario) -> dict[Group, int]:
    """Return how many people each group has."""
    company = scenario.company
    office = company.employees - company.frontline - company.admin_count
    return {Group.ADMIN: company.admin_count, Group.OFFICE: office, Group.FRONTLINE: company.frontline}


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


def people_of(
    scenario: Scenario,
    offers: dict[str, Offer],
    owned: Offer | None,
    needs: frozenset[Capability],
    suite_vendor: str | None,
) -> tuple[People, ...]:
    """Return the groups of people with their options, in the order in which they are served (M12)."""
    book = tuple(offer for offer in offers.values() if offer.cost is not None)
    sizes = group_sizes(scenario)
    holders = holders_of(owned, sizes)
    groups = []
    for group, size in sizes.items():
        demands = demands_for(needs_of_group(group, needs), scenario.choices.identity_provider, suite_vendor)
        on_offer = tuple(offer for offer in book if offer.serves(group))
        if holders[group] and owned is not None:
            options = holder_options(on_offer, owned, demands)
            groups.append(People(group, is_holder=True, count=holders[group], options=options))
        if size > holders[group]:
            options = tuple(option_for(bundle) for bundle in bundles_for(on_offer, demands))
            groups.append(People(group, is_holder=False, count=size - holders[group], options=options))
    return tuple(sorted(groups, key=lambda people: (people.group is not Group.ADMIN, not people.is_holder)))


def suite_vendors(provider: IdentityProvider, offers: Iterable[Offer]) -> tuple[str, ...]:
    """Return who may provide office and mail: with okta any one vendor for the whole company."""
    if provider is IdentityProvider.OKTA:
        return tuple(dict.fromkeys(offer.vendor for offer in offers if offer.grants & SUITE))
    return (Vendor.MICROSOFT if provider is IdentityProvider.ENTRA else Vendor.GOOGLE,)


def best_shares(
    scenario: Scenario, offers: dict[str, Offer], owned: Offer | None, needs: frozenset[Capability]
) -> tuple[tuple[Share, ...], str] | None:
    """Return the best shares over all suites allowed, and the suite's vendor; None where no mix is allowed."""
    found = [
        (shares, vendor)
        for vendor in suite_vendors(scenario.choices.identity_provider, offers.values())
        if (shares := cheapest_shares(people_of(scenario, offers, owned, needs, vendor))) is not None
    ]
    return min(found, key=lambda pair: ordering(pair[0]), default=None)


def missing_capabilities(
    scenario: Scenario, offers: dict[str, Offer], owned: Offer | None, needs: frozenset[Capability]
) -> tuple[Capability, ...]:
    """Return the capabilities without which a mix would be allowed: those that nobody may grant, or not to all."""
    everything = sorted(needs | {Capability.MAIL, Capability.OFFICE})
    single = tuple(
        capability
        for capability in everything
        if best_shares(scenario, offers, owned, needs - {capability}) is not None
    )
    on_offer = [offer for offer in offers.values() if offer.cost is not None]
    nobody = tuple(
        demand.capability
        for demand in sorted(
            demands_for(everything, scenario.choices.identity_provider, None), key=lambda demand: demand.capability
        )
        if not any(demand.met_by(offer) for offer in on_offer)
    )
    return nobody or single or tuple(everything)


def mix_of(shares: Sequence[Share]) -> Mix:
    """Return shares as holdings with their seats and cost a month."""
    holdings = tuple(
        Holding(
            share.people.group,
            share.count,
            tuple(offer.id for offer in share.option.bundle),
            None if share.option.kept is None else share.option.kept.id,
            None if share.option.replaced is None else share.option.replaced.id,
        )
        for share in shares
    )
    seats: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for share in shares:
        seats.update({offer.id: share.count for offer in share.option.bundle})
        for offer in share.option.held:
            if offer.family is not None:
                families[offer.family] += share.count
    cents = sum(share.count * share.option.cents for share in shares)
    return Mix(holdings, from_cents(cents), dict(seats), dict(families))


def license_company(scenario: Scenario, works: Sequence[Work], price_list: PriceList, month: Month) -> Licensing:
    """Return the cheapest legal mix at the prices of the month in which most licences start."""
    offers = offers_in(price_list, month)
    owned_id = scenario.company.owned_licence
    owned = None if owned_id is None else offers[owned_id]
    choosable = {key: offer for key, offer in offers.items() if not price_list.book.is_second_opinion(key)}
    needs = needs_of(works)
    sizes = group_sizes(scenario)
    eligible = sum(size for group, size in sizes.items() if owned is not None and owned.serves(group))
    best = best_shares(scenario, choosable, owned, needs)
    if best is None:
        missing = missing_capabilities(scenario, choosable, owned, needs)
        return Licensing(None, offers, owned, eligible, missing)
    shares, vendor = best
    admin_needs = needs_of_group(Group.ADMIN, needs) - {Capability.PIM}
    demands = demands_for(admin_needs, scenario.choices.identity_provider, vendor)
    return Licensing(mix_of(shares), offers, owned, eligible, suite_vendor=vendor, admin_demands=demands)
