"""Which licences give one person everything needed: bundles, and the options that each group of people has (M12).

A bundle holds no product that could be left out. An option is a bundle and what happens to the owned licence; a share
is so many people with one option. Decides nothing about how many people get what (`engine.licensing.mix`). Laws: every
bundle covers every demand; it holds what its products require; without any one product it would not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from zt_planner.domain.data.price_book import Audience, Capability, Vendor
from zt_planner.domain.money import to_cents
from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import IdentityProvider

SIGN_IN = frozenset({Capability.SSO, Capability.MFA, Capability.CONDITIONAL_ACCESS})
SUITE = frozenset({Capability.OFFICE, Capability.MAIL})
ENDPOINT = frozenset({Capability.MDM})


@dataclass(frozen=True, slots=True)
class Offer:
    """A licence that can be bought, or that is owned: what it grants and costs per user and month.

    `position` is its index in the book. `cost` is None for an owned licence without a valid price.
    """

    id: str
    position: int
    vendor: str
    cost: Decimal | None
    grants: frozenset[Capability]
    requires: frozenset[str]
    audience: Audience | None
    family: str | None
    cap: int | None

    def __hash__(self) -> int:
        """Hash by the id alone: sets of offers are compared a great deal, and offers of one id hardly ever differ."""
        return hash(self.id)

    def serves(self, group: Group) -> bool:
        return self.audience is None or self.audience.value == group


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that must be granted; `vendors` may grant it, None for anyone."""

    capability: Capability
    vendors: frozenset[str] | None = None

    def met_by(self, offer: Offer) -> bool:
        return self.capability in offer.grants and (self.vendors is None or offer.vendor in self.vendors)


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

    Products have their indices in `offers`, demands are ordered by how few products meet them.
    """

    def __init__(self, offers: tuple[Offer, ...], demands: frozenset[Demand], kept: Offer | None) -> None:
        self.offers = offers
        makers = {demand: [index for index, offer in enumerate(offers) if demand.met_by(offer)] for demand in demands}
        ordered = sorted(demands, key=lambda demand: (len(makers[demand]), demand.capability, bool(demand.vendors)))
        self.makers = [makers[demand] for demand in ordered]
        self.everything = (1 << len(ordered)) - 1
        self.given = 0 if kept is None else self._met(kept, ordered)
        self.met = [self._met(offer, ordered) for offer in offers]
        self.required = [self._required(offer, kept) for offer in offers]
        self.closures = [self._closure(index) for index in range(len(offers))]

    @staticmethod
    def _met(offer: Offer, ordered: list[Demand]) -> int:
        return sum(1 << index for index, demand in enumerate(ordered) if demand.met_by(offer))

    def _required(self, offer: Offer, kept: Offer | None) -> int | None:
        """Return the products that a product requires beside the kept one; None when one cannot be had."""
        index_of = {other.id: index for index, other in enumerate(self.offers)}
        needed = offer.requires - ({kept.id} if kept is not None else set())
        return sum(1 << index_of[product] for product in needed) if needed <= index_of.keys() else None

    def _closure(self, index: int) -> int | None:
        """Return a product with all that it requires; None when something of it cannot be had."""
        closed = 1 << index
        while True:
            wider = closed
            for product in self.indices(closed):
                required = self.required[product]
                if required is None:
                    return None
                wider |= required
            if wider == closed:
                return closed
            closed = wider

    def indices(self, bundle: int) -> list[int]:
        return [index for index in range(len(self.offers)) if bundle >> index & 1]

    def holds_together(self, bundle: int) -> bool:
        """Tell whether a bundle meets every demand and holds what its products require."""
        met = self.given
        for index in self.indices(bundle):
            required = self.required[index]
            if required is None or required & ~bundle:
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
            closure = self.closures[maker]
            if closure is not None:
                gained = met
                for index in self.indices(closure & ~bundle):
                    gained |= self.met[index]
                yield from self.grow(bundle | closure, gained, seen)


@lru_cache(maxsize=256)
def bundles_for(offers: tuple[Offer, ...], demands: frozenset[Demand], kept: Offer | None = None) -> tuple[Bundle, ...]:
    """Return every bundle that meets the demands, beside a kept licence if there is one.

    The empty bundle where the kept licence meets them all; nothing where no set of offers does. In the order of the
    book.
    """
    bits = _Bits(tuple(sorted(offers, key=lambda offer: offer.position)), demands, kept)
    minimal = (bundle for bundle in bits.grow(0, bits.given, set()) if bits.is_minimal(bundle))
    bundles = (tuple(bits.offers[index] for index in bits.indices(bundle)) for bundle in minimal)
    return tuple(sorted(bundles, key=lambda bundle: [offer.position for offer in bundle]))


@dataclass(frozen=True, slots=True)
class Option:
    """What one person of a group can get: a bundle, and what happens to the owned licence.

    `cents` is the cost a month, the credit deducted; `taken` are the families of the seats that it takes, the kept
    licence's included.
    """

    bundle: Bundle
    cents: int
    kept: Offer | None = None
    replaced: Offer | None = None
    taken: tuple[str, ...] = field(default=(), compare=False)

    @property
    def held(self) -> tuple[Offer, ...]:
        """Everything held, the kept licence included, in the order of the book."""
        offers = self.bundle if self.kept is None else (*self.bundle, self.kept)
        return tuple(sorted(offers, key=lambda offer: offer.position))

    @property
    def seats(self) -> int:
        """Seats a person takes, kept ones included."""
        return len(self.bundle) if self.kept is None else len(self.bundle) + 1

    def seats_of_family(self, family: str) -> int:
        return self.taken.count(family)

    @property
    def rank(self) -> tuple[int, ...]:
        """By what bundles are ordered: the indices of their products in the book."""
        return tuple(offer.position for offer in self.held)


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people with the same options; `is_holder` where they hold the owned licence today."""

    group: Group
    is_holder: bool
    count: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OptionShare:
    """So many people of a group with an option."""

    people: PeopleGroup
    option: Option
    count: int


def option_for(bundle: Bundle, kept: Offer | None = None, replaced: Offer | None = None) -> Option:
    """Return an option with its cost a month; a credit of a replaced licence is deducted."""
    cents = sum(to_cents(offer.cost) for offer in bundle if offer.cost is not None)
    credit = to_cents(replaced.cost) if replaced is not None and replaced.cost is not None else 0
    held = bundle if kept is None else (*bundle, kept)
    taken = tuple(offer.family for offer in held if offer.family is not None)
    return Option(bundle, cents - credit, kept, replaced, taken)


def family_caps(options: Iterable[Option]) -> dict[str, int]:
    """Return the cap of each seat family among options; the smallest where rows disagree."""
    taking = (option for option in options if option.taken)
    return seat_caps(offer for option in taking for offer in (*option.bundle, option.kept) if offer is not None)


def undominated(options: Sequence[Option], families: Iterable[str]) -> tuple[Option, ...]:
    """Leave out options that another one beats in cost or seats while taking no more of any cap."""
    names = tuple(families)
    uses = [tuple(map(option.taken.count, names)) for option in options]
    prices = [(option.cents, option.seats) for option in options]
    least: dict[tuple[int, ...], tuple[int, int]] = {}
    for use, price in zip(uses, prices, strict=True):
        least[use] = min(price, least.get(use, price))
    bounds = {use: min(price for other, price in least.items() if all(map(int.__le__, other, use))) for use in least}
    return tuple(option for option, use, price in zip(options, uses, prices, strict=True) if price == bounds[use])


def cents_and_seats(shares: Sequence[OptionShare]) -> tuple[int, int]:
    """Return what shares cost a month, and how many seats they take."""
    return (
        sum(share.count * share.option.cents for share in shares),
        sum(share.count * share.option.seats for share in shares),
    )


def ordering(shares: Sequence[OptionShare]) -> tuple[Any, ...]:
    """Return the key by which mixes are compared: cost, seats, products, kept people, then seats by the book."""
    seats: Counter[Offer] = Counter()
    for share in shares:
        for offer in share.option.held:
            seats[offer] += share.count
    by_position = {offer.position: count for offer, count in seats.items()}
    return (
        *cents_and_seats(shares),
        len(seats),
        -sum(share.count for share in shares if share.option.kept is not None),
        [(position, -by_position[position]) for position in sorted(by_position)],
    )
