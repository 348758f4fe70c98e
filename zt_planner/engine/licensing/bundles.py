"""Which licences give one person everything needed: bundles, and the options that each group of people has (M12).

A bundle holds no product that could be left out. An option is a bundle and what happens to the licences that are held
today; a share is so many people with one option. Decides nothing about how many people get what
(`engine.licensing.mix`). Laws: every bundle covers every demand; it holds what its products require; without any one
product it would not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from zt_planner.domain.data.price_book import Audience, Capability, Vendor
from zt_planner.domain.money import to_cents
from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import IdentityProvider

PRIVILEGED = frozenset({Capability.PIM, Capability.RISK_ACCESS})
SIGN_IN = frozenset({Capability.SSO, Capability.MFA, Capability.CONDITIONAL_ACCESS})
SUITE = frozenset({Capability.OFFICE, Capability.MAIL})
ENDPOINT = frozenset({Capability.MDM})


@dataclass(frozen=True, slots=True)
class Offer:
    """A licence that can be bought, or that is held today: what it grants and costs per user and month.

    `position` is its index in the book. `cost` is None for one that is held and has no valid price. Each of `requires`
    is a set of products of which one is enough.
    """

    id: str
    position: int
    vendor: str
    cost: Decimal | None
    grants: frozenset[Capability]
    requires: tuple[frozenset[str], ...]
    sold: bool
    audience: Audience | None
    family: str | None
    cap: int | None

    def __hash__(self) -> int:
        """Hash by the id alone: sets of offers are compared a great deal, and offers of one id hardly ever differ."""
        return hash(self.id)

    @property
    def is_suite(self) -> bool:
        """It grants mail: nobody has two of them."""
        return Capability.MAIL in self.grants

    def has_what_it_requires(self, products: Container[str]) -> bool:
        return all(any(key in products for key in alternatives) for alternatives in self.requires)

    def serves(self, group: Group) -> bool:
        return self.audience is None or self.audience.value == group


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that must be granted; `vendors` may grant it, None for anyone."""

    capability: Capability
    vendors: frozenset[str] | None = None

    def met_by(self, offer: Offer) -> bool:
        return self.capability in offer.grants and (self.vendors is None or offer.vendor in self.vendors)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a licence that is kept requires: one of some products."""

    products: frozenset[str]

    def met_by(self, offer: Offer) -> bool:
        return offer.id in self.products


Asked: TypeAlias = Demand | Requirement


def seat_caps(offers: Iterable[Offer]) -> dict[str, int]:
    """Return the cap of each seat family among offers; the smallest where rows disagree."""
    caps: dict[str, int] = {}
    for offer in offers:
        if offer.family is not None and offer.cap is not None:
            caps[offer.family] = min(offer.cap, caps.get(offer.family, offer.cap))
    return caps


def vendors_for(capability: Capability, provider: IdentityProvider, suite_vendor: str | None) -> frozenset[str] | None:
    """Return who may grant a capability under an identity provider, None for anyone (the table of M12)."""
    if provider is IdentityProvider.ENTRA:
        return frozenset({Vendor.MICROSOFT})
    if provider is IdentityProvider.GOOGLE:
        return frozenset({Vendor.GOOGLE}) if capability in SUITE | SIGN_IN | ENDPOINT else None
    if capability in SUITE:
        return None if suite_vendor is None else frozenset({suite_vendor})
    return frozenset({Vendor.OKTA}) if capability in SIGN_IN else None


def demands_for(needs: Iterable[Capability], provider: IdentityProvider, suite_vendor: str | None) -> frozenset[Demand]:
    return frozenset(Demand(need, vendors_for(need, provider, suite_vendor)) for need in needs)


Bundle: TypeAlias = tuple[Offer, ...]


def covers(bundle: Iterable[Offer], demands: frozenset[Demand]) -> bool:
    offers = tuple(bundle)
    return all(any(demand.met_by(offer) for offer in offers) for demand in demands)


class _Bits:
    """What is on offer, as bits: which products a bundle holds, which demands it meets. A bundle is a number.

    Products have their indices in `offers`, demands are ordered by how few products meet them. `held` are the ids of
    licences that are kept.
    """

    def __init__(self, offers: tuple[Offer, ...], asked: Iterable[Asked], held: frozenset[str]) -> None:
        self.offers = offers
        makers = {demand: [index for index, offer in enumerate(offers) if demand.met_by(offer)] for demand in asked}
        ordered = sorted(makers, key=lambda demand: len(makers[demand]))
        self.makers = [makers[demand] for demand in ordered]
        self.everything = (1 << len(ordered)) - 1
        self.met = [self._met(offer, ordered) for offer in offers]
        self.required = [self._required(offer, held) for offer in offers]
        self.closures = [self._closures(1 << index) for index in range(len(offers))]

    @staticmethod
    def _met(offer: Offer, ordered: list[Asked]) -> int:
        return sum(1 << index for index, demand in enumerate(ordered) if demand.met_by(offer))

    def _required(self, offer: Offer, held: frozenset[str]) -> tuple[int, ...]:
        """Return what a product requires beside the kept ones, each as the products of which one is enough."""
        return tuple(
            sum(1 << index for index, other in enumerate(self.offers) if other.id in alternatives)
            for alternatives in offer.requires
            if not alternatives & held
        )

    def _closures(self, bundle: int) -> tuple[int, ...]:
        """Return every way to hold products with all that they require; none where something cannot be had."""
        for index in self.indices(bundle):
            for alternatives in self.required[index]:
                if not alternatives & bundle:
                    return tuple(
                        closed for added in self.indices(alternatives) for closed in self._closures(bundle | 1 << added)
                    )
        return (bundle,)

    def indices(self, bundle: int) -> list[int]:
        return [index for index in range(len(self.offers)) if bundle >> index & 1]

    def holds_together(self, bundle: int) -> bool:
        """Tell whether a bundle meets every demand and holds what its products require."""
        met = 0
        for index in self.indices(bundle):
            if not all(alternatives & bundle for alternatives in self.required[index]):
                return False
            met |= self.met[index]
        return met == self.everything

    def is_minimal(self, bundle: int) -> bool:
        return not any(self.holds_together(bundle ^ 1 << index) for index in self.indices(bundle))

    def grow(self, bundle: int, met: int, seen: set[int]) -> Iterator[int]:
        """Yield the bundles that hold this one and meet all demands, adding a product for the hardest demand."""
        if bundle in seen:
            return
        seen.add(bundle)
        unmet = self.everything & ~met
        if not unmet:
            yield bundle
            return
        for maker in self.makers[(unmet & -unmet).bit_length() - 1]:
            for closure in self.closures[maker]:
                gained = met
                for index in self.indices(closure & ~bundle):
                    gained |= self.met[index]
                yield from self.grow(bundle | closure, gained, seen)


@lru_cache(maxsize=256)
def bundles_for(
    offers: tuple[Offer, ...], demands: frozenset[Demand], kept: tuple[Offer, ...] = ()
) -> tuple[Bundle, ...]:
    """Return every bundle that meets the demands beside kept licences, without a second suite.

    The empty bundle where the kept licences meet them all; nothing where no set of offers does. In the order of the
    book.
    """
    asked: set[Asked] = {*demands, *(Requirement(products) for offer in kept for products in offer.requires)}
    left = frozenset(demand for demand in asked if not any(demand.met_by(offer) for offer in kept))
    required = frozenset[str]().union(*(products for offer in offers for products in offer.requires))
    held = required.intersection(offer.id for offer in kept)
    return _bundles_beside(offers, left, held, has_suite=any(offer.is_suite for offer in kept))


@lru_cache(maxsize=1024)
def _bundles_beside(
    offers: tuple[Offer, ...], asked: frozenset[Asked], held: frozenset[str], *, has_suite: bool
) -> tuple[Bundle, ...]:
    """Return every bundle that meets what is asked for beside kept licences, of which some may be required."""
    bits = _Bits(tuple(sorted(offers, key=lambda offer: offer.position)), asked, held)
    minimal = (bundle for bundle in bits.grow(0, 0, set()) if bits.is_minimal(bundle))
    bundles = (tuple(bits.offers[index] for index in bits.indices(bundle)) for bundle in minimal)
    allowed = (bundle for bundle in bundles if has_suite + sum(offer.is_suite for offer in bundle) <= 1)
    return tuple(sorted(allowed, key=lambda bundle: [offer.position for offer in bundle]))


class Held(NamedTuple):
    """A licence that somebody holds today, and the last day that is paid for; None where it can be ended any time."""

    offer: Offer
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """What one person of a group can get: a bundle, and what happens to the licences that are held today.

    `cents` is the cost a month, credits deducted; `taken` are the families of the seats that it takes, those of kept
    licences included.
    """

    bundle: Bundle
    cents: int
    kept: tuple[Held, ...] = ()
    replaced: tuple[Held, ...] = ()
    taken: tuple[str, ...] = field(default=(), compare=False)

    @property
    def held(self) -> tuple[Offer, ...]:
        """Everything held, kept licences included, in the order of the book."""
        return tuple(sorted((*self.bundle, *(kept.offer for kept in self.kept)), key=lambda offer: offer.position))

    @property
    def seats(self) -> int:
        """Seats a person takes, kept ones included."""
        return len(self.bundle) + len(self.kept)

    def seats_of_family(self, family: str) -> int:
        return self.taken.count(family)

    @property
    def price(self) -> tuple[int, int, int]:
        """By what options are compared first: cents a month, licences that are given back, seats."""
        return self.cents, len(self.replaced), self.seats

    @property
    def rank(self) -> tuple[int, ...]:
        """By what bundles are ordered: the indices of their products in the book."""
        return tuple(offer.position for offer in self.held)


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people with the same options, who hold the same licences today."""

    group: Group
    holds: tuple[Held, ...]
    count: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OptionShare:
    """So many people of a group with an option."""

    people: PeopleGroup
    option: Option
    count: int


def cost_of(offers: Iterable[Offer]) -> int:
    """Return what licences cost a month, in cents; one without a valid price costs nothing."""
    return sum(to_cents(offer.cost) for offer in offers if offer.cost is not None)


def option_for(bundle: Bundle, kept: tuple[Held, ...] = (), replaced: tuple[Held, ...] = ()) -> Option:
    """Return an option with its cost a month; credits of replaced licences are deducted."""
    cents = cost_of(bundle) - cost_of(held.offer for held in replaced)
    taken = (offer.family for offer in (*bundle, *(held.offer for held in kept)))
    return Option(bundle, cents, kept, replaced, tuple(family for family in taken if family is not None))


def family_caps(options: Iterable[Option]) -> dict[str, int]:
    """Return the cap of each seat family among options; the smallest where rows disagree."""
    taking = (option for option in options if option.taken)
    return seat_caps(offer for option in taking for offer in option.held)


def undominated(options: Sequence[Option], families: Iterable[str]) -> tuple[Option, ...]:
    """Leave out options that another one beats in cost or seats while taking no more of any cap."""
    names = tuple(families)
    uses = [tuple(map(option.taken.count, names)) for option in options]
    least: dict[tuple[int, ...], tuple[int, int, int]] = {}
    for use, option in zip(uses, options, strict=True):
        least[use] = min(option.price, least.get(use, option.price))
    bounds = {use: min(price for other, price in least.items() if all(map(int.__le__, other, use))) for use in least}
    return tuple(option for option, use in zip(options, uses, strict=True) if option.price == bounds[use])


def price_of(shares: Sequence[OptionShare]) -> tuple[int, int, int]:
    """Return by what mixes are compared first: cents a month, licences that are given back, seats."""
    cents, replaced, seats = (sum(share.count * share.option.price[digit] for share in shares) for digit in range(3))
    return cents, replaced, seats


def ordering(shares: Sequence[OptionShare]) -> tuple[Any, ...]:
    """Return the key by which mixes are compared: cost, given back, seats, products, then seats by the book."""
    seats: Counter[Offer] = Counter()
    for share in shares:
        for offer in share.option.held:
            seats[offer] += share.count
    by_position = {offer.position: count for offer, count in seats.items()}
    return (
        *price_of(shares),
        len(seats),
        [(position, -by_position[position]) for position in sorted(by_position)],
    )
