"""Which sets of licences give one person everything needed (M12).

A bundle holds no product that could be left out. Decides nothing about how
many people get it (`engine.mix`). Laws: every bundle covers every demand; it
holds what its products require; without any one product it would not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.price_book import Audience, Capability, Vendor
from zt_planner.domain.scenario import IdentityProvider

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from zt_planner.domain.plan import Group

SIGN_IN = frozenset({Capability.SSO, Capability.MFA, Capability.CONDITIONAL_ACCESS})
SUITE = frozenset({Capability.OFFICE, Capability.MAIL})
ENDPOINT = frozenset({Capability.MDM})


@dataclass(frozen=True, slots=True)
class Offer:
    """A licence that can be bought, or that is owned: what it grants and costs per user and month.

    `position` is its place in the book. `cost` is None for an owned licence
    without a valid price.
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

    def serves(self, group: Group) -> bool:
        """Tell whether people of a group may hold it."""
        return self.audience is None or self.audience.value == group


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that must be granted; `vendors` may grant it, None for anyone."""

    capability: Capability
    vendors: frozenset[str] | None = None

    def met_by(self, offer: Offer) -> bool:
        """Tell whether an offer grants it."""
        return self.capability in offer.grants and (self.vendors is None or offer.vendor in self.vendors)


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
    """Return the demands for a set of needed capabilities."""
    return frozenset(Demand(need, vendors_for(need, provider, suite_vendor)) for need in needs)


Bundle: TypeAlias = tuple[Offer, ...]


def covers(bundle: Iterable[Offer], demands: frozenset[Demand]) -> bool:
    """Tell whether a set of offers meets every demand."""
    offers = tuple(bundle)
    return all(any(demand.met_by(offer) for offer in offers) for demand in demands)


def _holds_together(bundle: frozenset[Offer], demands: frozenset[Demand], kept: Offer | None) -> bool:
    offers = bundle if kept is None else bundle | {kept}
    ids = {offer.id for offer in offers}
    return all(offer.requires <= ids for offer in bundle) and covers(offers, demands)


def _closed(bundle: frozenset[Offer], by_id: dict[str, Offer], kept: Offer | None) -> frozenset[Offer] | None:
    """Add what the products require; None where a required product cannot be had."""
    missing = {needed for offer in bundle for needed in offer.requires} - {offer.id for offer in bundle}
    if kept is not None:
        missing -= {kept.id}
    if not missing:
        return bundle
    if not missing <= by_id.keys():
        return None
    return _closed(bundle | {by_id[needed] for needed in missing}, by_id, kept)


@lru_cache(maxsize=256)
def bundles_for(offers: tuple[Offer, ...], demands: frozenset[Demand], kept: Offer | None = None) -> tuple[Bundle, ...]:
    """Return every bundle that meets the demands, beside a kept licence if there is one.

    The empty bundle where the kept licence meets them all; nothing where no
    set of offers does. In the order of the book.
    """
    by_id = {offer.id: offer for offer in offers}
    makers = {demand: tuple(offer for offer in offers if demand.met_by(offer)) for demand in demands}
    seen: set[frozenset[Offer]] = set()

    def grow(bundle: frozenset[Offer]) -> Iterator[frozenset[Offer]]:
        closed = _closed(bundle, by_id, kept)
        if closed is None or closed in seen:
            return
        seen.add(closed)
        held = closed if kept is None else closed | {kept}
        unmet = [demand for demand in demands if not any(demand.met_by(offer) for offer in held)]
        if not unmet:
            if not any(_holds_together(closed - {offer}, demands, kept) for offer in closed):
                yield closed
            return
        hardest = min(unmet, key=lambda demand: (len(makers[demand]), demand.capability))
        for offer in makers[hardest]:
            yield from grow(closed | {offer})

    found = (tuple(sorted(bundle, key=lambda offer: offer.position)) for bundle in grow(frozenset()))
    return tuple(sorted(found, key=lambda bundle: [offer.position for offer in bundle]))
