"""What each group of people can get, and by what mixes are compared (M12).

An option is a bundle and what happens to the owned licence; a share is so many
people with one option. Decides nothing about who gets what (`engine.licensing.mix`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zt_planner.domain.money import to_cents
from zt_planner.domain.plan import Group
from zt_planner.engine.licensing.bundles import Bundle, Offer, seat_caps


@dataclass(frozen=True, slots=True)
class Option:
    """What one person of a group can get: a bundle, and what happens to the owned licence.

    `cents` is the cost a month, the credit deducted; `taken` are the families of
    the seats that it takes, the kept licence's included.
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
        return len(self.bundle) + (self.kept is not None)

    def seats_of_family(self, family: str) -> int:
        """Seats a person takes of a family's cap."""
        return self.taken.count(family)

    @property
    def rank(self) -> tuple[int, ...]:
        """Order of bundles by their products' places in the book."""
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
    """So many people of a group get an option."""

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


def ordering(shares: Sequence[OptionShare]) -> tuple[Any, ...]:
    """Return the key by which mixes are compared: cost, seats, products, kept people, then seats by the book."""
    seats: Counter[Offer] = Counter()
    for share in shares:
        for offer in share.option.held:
            seats[offer] += share.count
    by_position = {offer.position: count for offer, count in seats.items()}
    return (
        sum(share.count * share.option.cents for share in shares),
        sum(seats.values()),
        len(seats),
        -sum(share.count for share in shares if share.option.kept is not None),
        [(position, -by_position[position]) for position in sorted(by_position)],
    )
