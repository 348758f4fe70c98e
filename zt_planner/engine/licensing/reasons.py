"""Why the mix is as it is: which rule forced what each group gets, and what the next best mix costs (ADR 0018).

Each rule is taken away and the mix solved again: it forced a share where fewer people of the group would get the same
without it, and the mix would cost no more. Nothing here changes a plan. Laws: what no rule forced is simply the
cheapest; the next best mix costs no less than the best one; a vendor rule is no reason where without it the company
would have two vendors' suites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.money import from_cents
from zt_planner.domain.plan import Group, HeldLicence, Holding, Mix
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.licensing.bundles import (
    PRIVILEGED,
    Option,
    OptionShare,
    PeopleGroup,
    cost_of,
    ordering,
    price_of,
)
from zt_planner.engine.licensing.licences import (
    ENDPOINT_ADD_ONS,
    Market,
    MixSearches,
    SuiteCandidates,
    best_mix,
    holding_of,
    mix_of,
    suites_of,
)
from zt_planner.engine.licensing.seats import seats_in


class Rule(StrEnum):
    """What can force a share of the mix; privileged are just-in-time rights and judged sign-ins together."""

    SEAT_CAP = "seat_cap"
    JUST_IN_TIME = "just_in_time"
    RISK_ACCESS = "risk_access"
    PRIVILEGED = "privileged"
    ONE_ENDPOINT = "one_endpoint"
    PROVIDER = "provider"
    ONE_SUITE = "one_suite"
    AUDIENCE = "audience"
    KEPT = "kept"
    CREDITED = "credited"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that forced a share.

    Without it these people would get `instead`, and the whole mix would cost
    `difference` more a month (less where it is negative). `family` and `cap`
    are those of a seat cap.
    """

    rule: Rule
    difference: Decimal
    instead: tuple[Holding, ...]
    family: str | None = None
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class ExplainedHolding:
    """What some people of a group get, and what forced it; without a reason it is simply the cheapest."""

    holding: Holding
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NextBest:
    """The next best mix, what it costs more a month, and the holdings in which it differs from the best one."""

    mix: Mix
    extra_monthly: Decimal
    changed: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class MixReasons:
    """Why the mix is as it is; the holdings are those of the plan, in their order."""

    holdings: tuple[ExplainedHolding, ...]
    next_best: NextBest | None


GIVES = frozenset({Rule.KEPT, Rule.CREDITED})
"""Rules that make a mix cheaper; every other one can only make it more expensive."""


PRIVILEGED_NEEDS = {Rule.JUST_IN_TIME: Capability.PIM, Rule.RISK_ACCESS: Capability.RISK_ACCESS}


class Without(NamedTuple):
    """What people can get where one rule does not hold; for a seat cap it is the cap of `family`."""

    rule: Rule
    suites: tuple[SuiteCandidates, ...]
    family: str | None = None
    cap: int | None = None


Shares: TypeAlias = tuple[OptionShare, ...]
HolderGroup: TypeAlias = tuple[Group, tuple[HeldLicence, ...]]
ShareKey: TypeAlias = tuple[HolderGroup, tuple[str, ...], tuple[HeldLicence, ...], tuple[HeldLicence, ...]]


def reasons_of(market: Market) -> MixReasons | None:
    """Return why the best mix of a market is as it is; None when no mix is allowed."""
    best = best_mix(market)
    if best is None:
        return None
    shares = best.shares
    suites = own_suites(market)
    reasons: dict[ShareKey, list[Reason]] = {kind_of(share): [] for share in shares}
    for without in rules_taken_away(market, suites):
        other = MixSearches(without.suites, without.family or "").best()
        if other is None or (without.rule is Rule.PROVIDER and has_several_suites(other.shares)):
            continue
        if without.rule in GIVES or monthly_cost(other.shares) <= monthly_cost(shares):
            for share in shares:
                reason = reason_of(share, shares, other.shares, without)
                if reason is not None:
                    reasons[kind_of(share)].append(reason)
    explained = tuple(
        ExplainedHolding(holding_of(share), without_the_joint_one(reasons[kind_of(share)])) for share in shares
    )
    return MixReasons(explained, next_best(suites, shares))


def without_the_joint_one(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Leave out that two needs together force what one of them forces alone."""
    has_one = any(reason.rule in PRIVILEGED_NEEDS for reason in reasons)
    return tuple(reason for reason in reasons if not (has_one and reason.rule is Rule.PRIVILEGED))


def has_several_suites(shares: Shares) -> bool:
    """Tell whether some people would get another vendor's office suite than others: nobody would advise that."""
    held = (offer for share in shares for offer in share.option.held if Capability.OFFICE in offer.grants)
    return len({offer.vendor for offer in held}) > 1


def own_suites(market: Market) -> tuple[SuiteCandidates, ...]:
    """Return what people of a market can get, but for giving a licence back to buy it again."""
    return with_change(suites_of(market), without_itself)


def with_change(
    suites: Iterable[SuiteCandidates], change: Callable[[PeopleGroup], PeopleGroup]
) -> tuple[SuiteCandidates, ...]:
    """Return what people can get after a change."""
    return tuple(SuiteCandidates(tuple(change(people) for people in suite.groups), suite.vendor) for suite in suites)


def kind_of(share: OptionShare) -> ShareKey:
    """Return who gets what, by ids: equal in every market."""
    holding = holding_of(share)
    holds = tuple(HeldLicence(held.offer.id, held.until) for held in share.people.holds)
    return (share.people.group, holds), holding.products, holding.kept, holding.replaced


def counts_of(shares: Iterable[OptionShare]) -> dict[ShareKey, int]:
    return {kind_of(share): share.count for share in shares}


def monthly_cost(shares: Iterable[OptionShare]) -> Decimal:
    return from_cents(sum(share.count * share.option.cents for share in shares))


def reason_of(share: OptionShare, best: Shares, other: Shares, without: Without) -> Reason | None:
    """Return a rule as the reason of a share; None when without it no fewer people would get the same."""
    before, after = counts_of(best), counts_of(other)
    if after.get(kind_of(share), 0) >= share.count:
        return None
    user_group, *_ = kind_of(share)
    instead = tuple(
        holding_of(another)
        for another in other
        if kind_of(another)[0] == user_group and another.count > before.get(kind_of(another), 0)
    )
    return Reason(without.rule, monthly_cost(other) - monthly_cost(best), instead, without.family, without.cap)


def rules_taken_away(market: Market, suites: tuple[SuiteCandidates, ...]) -> Iterator[Without]:
    """Yield what people can get without each rule that a market has; `suites` is what they can get with all."""
    for family, cap in market.caps.items():
        yield Without(Rule.SEAT_CAP, suites, family, cap)
    yield from needs_taken_away(market)
    if {offer.id for offer in market.on_offer} >= ENDPOINT_ADD_ONS:
        yield Without(Rule.ONE_ENDPOINT, own_suites(replace(market, has_one_endpoint=False)))
    yield Without(Rule.PROVIDER, own_suites(replace(market, has_vendor_rules=False)))
    if market.provider is IdentityProvider.OKTA:
        yield Without(Rule.ONE_SUITE, own_suites(replace(market, has_one_suite=False)))
    if any(offer.audience is not None for offer in market.offers):
        yield Without(Rule.AUDIENCE, own_suites(without_audiences(market)))
    if any(who.holds for who in market.people):
        yield Without(Rule.KEPT, with_change(suites, partial(priced, kept=1, replaced=0)))
        yield Without(Rule.CREDITED, with_change(suites, partial(priced, kept=0, replaced=1)))
        yield Without(Rule.REPLACEMENT, own_suites(replace(market, may_pay_less=True)))


def needs_taken_away(market: Market) -> Iterator[Without]:
    """Yield what people can get without each privileged need, and without both."""
    for rule, need in PRIVILEGED_NEEDS.items():
        if need in market.needs:
            yield Without(rule, own_suites(replace(market, needs=market.needs - {need})))
    if market.needs >= PRIVILEGED:
        yield Without(Rule.PRIVILEGED, own_suites(replace(market, needs=market.needs - PRIVILEGED)))


def without_audiences(market: Market) -> Market:
    """Return a market in which everyone may hold everything; who holds what today is a fact and stays."""
    return replace(market, offers=tuple(replace(offer, audience=None) for offer in market.offers))


def priced(people: PeopleGroup, kept: int, replaced: int) -> PeopleGroup:
    """Return people for whom licences that are kept cost so many times their price, and replaced ones as much more."""

    def priced_option(option: Option) -> Option:
        extra = kept * cost_of(held.offer for held in option.kept)
        extra += replaced * cost_of(held.offer for held in option.replaced)
        return replace(option, cents=option.cents + extra)

    return replace(people, options=tuple(map(priced_option, people.options)))


def without_itself(people: PeopleGroup) -> PeopleGroup:
    """Return people who do not give a licence back to buy it again."""
    return replace(
        people,
        options=tuple(
            option for option in people.options if not {held.offer for held in option.replaced} & {*option.bundle}
        ),
    )


def next_best(suites: tuple[SuiteCandidates, ...], best: Shares) -> NextBest | None:
    """Return the next best mix (ADR 0018), None where there is none.

    In it some group does without one of the bundles that it gets in the best mix, or the company without one of its
    products. A mix that buys, keeps and credits the same seats is no other mix. Suites whose bound is above the next
    best mix of the others are skipped.
    """
    bounds = {index: bound for index, suite in enumerate(suites) if (bound := MixSearches((suite,)).bound) is not None}
    indices = sorted(bounds, key=lambda index: bounds[index])
    shares: Shares | None = None
    for count in range(1, len(indices) + 1):
        shares = best_other([suites[index] for index in sorted(indices[:count])], best)
        if shares is not None and all(bounds[index] > price_of(shares) for index in indices[count:]):
            break
    if shares is None:
        return None
    known = counts_of(best)
    changed = tuple(holding_of(share) for share in shares if share.count > known.get(kind_of(share), 0))
    return NextBest(mix_of(shares), monthly_cost(shares) - monthly_cost(best), changed)


def best_other(suites: Sequence[SuiteCandidates], best: Shares) -> Shares | None:
    """Return the best other mix with some suites; searches whose bound is above it are skipped."""
    products = {offer.id for share in best for offer in share.option.held}
    changes = [partial(without_option, share=share) for share in best]
    changes += [partial(without_product, product=product) for product in sorted(products)]
    seats = seats_in([holding_of(share) for share in best])
    searches = [MixSearches(with_change(suites, change)) for change in changes]
    bounded = [(search.bound, index) for index, search in enumerate(searches) if search.bound is not None]
    other: Shares | None = None
    rank: tuple[tuple[Any, ...], int] | None = None
    for bound, index in sorted(bounded):
        if other is not None and bound > price_of(other):
            break
        mix = searches[index].best()
        if mix is None or seats_in([holding_of(share) for share in mix.shares]) == seats:
            continue
        if rank is None or (ordering(mix.shares), index) < rank:
            other, rank = mix.shares, (ordering(mix.shares), index)
    return other


def without_option(people: PeopleGroup, share: OptionShare) -> PeopleGroup:
    """Return people without what a share gives them."""
    if (people.group, people.holds) != (share.people.group, share.people.holds):
        return people
    return replace(people, options=tuple(option for option in people.options if option != share.option))


def without_product(people: PeopleGroup, product: str) -> PeopleGroup:
    kept = (option for option in people.options if all(offer.id != product for offer in option.held))
    return replace(people, options=tuple(kept))
