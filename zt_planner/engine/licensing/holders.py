"""Who holds which licences today: what a company owns, handed out to its people (M12).

Laws: everyone is in one group; no more seats are taken than there are, nor than a cap allows; nobody has two suites or
one licence twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zt_planner.domain.plan import Group
from zt_planner.domain.scenario.scenario import OwnedLicence
from zt_planner.engine.licensing.bundles import Held, Offer, seat_caps


@dataclass(frozen=True, slots=True)
class Holders:
    """So many people of a kind who hold the same licences today."""

    group: Group
    count: int
    holds: tuple[Held, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(held.offer.id for held in self.holds)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Everyone in groups of equal holdings; by licence, the seats that nobody takes and those above a cap."""

    people: tuple[Holders, ...]
    unused: Mapping[str, int]
    above_cap: Mapping[str, int]


def handed_out(owned: Sequence[OwnedLicence], offers: Mapping[str, Offer], sizes: Mapping[Group, int]) -> HandedOut:
    """Hand out what is owned, in its order: to administrators first, then office staff, then frontline people."""
    people = [Holders(group, size) for group, size in sizes.items() if size]
    caps = seat_caps(offers.values())
    families: Counter[str] = Counter()
    unused: Counter[str] = Counter()
    above_cap: Counter[str] = Counter()
    for row in owned:
        offer = offers[row.licence]
        takers = sum(holders.count for holders in people if _can_have(holders, offer))
        wanted = takers if row.seats is None else row.seats
        family = offer.family or ""
        allowed = min(wanted, max(0, caps[family] - families[family])) if family in caps else wanted
        people, taken = _given(people, Held(offer, row.until), allowed)
        families[family] += taken
        above_cap[offer.id] += wanted - allowed
        if row.seats is not None:
            unused[offer.id] += allowed - taken
    return HandedOut(_merged(people), +unused, +above_cap)


def _given(people: Sequence[Holders], held: Held, seats: int) -> tuple[list[Holders], int]:
    """Return people after so many seats were given to those who can have one, and how many were taken."""
    offer, taken = held.offer, 0
    receivers = sorted(
        (index for index, holders in enumerate(people) if _can_have(holders, offer)),
        key=lambda index: not offer.is_suite and offer.grants <= granted_to(people[index]),
    )
    given = dict[int, int]()
    for index in receivers:
        given[index] = min(seats - taken, people[index].count)
        taken += given[index]
    parts: list[Holders] = []
    for index, holders in enumerate(people):
        count = given.get(index, 0)
        parts += [replace(holders, count=count, holds=(*holders.holds, held))] if count else []
        parts += [replace(holders, count=holders.count - count)] if count < holders.count else []
    return parts, taken


def _can_have(holders: Holders, offer: Offer) -> bool:
    if not offer.serves(holders.group):
        return False
    if offer.is_suite:
        return not any(held.offer.is_suite for held in holders.holds)
    return offer.id not in holders.ids and offer.has_what_it_requires(holders.ids)


def granted_to(holders: Holders) -> frozenset[str]:
    """Return what people's licences grant them today."""
    return frozenset(capability for held in holders.holds for capability in held.offer.grants)


def _merged(people: Iterable[Holders]) -> tuple[Holders, ...]:
    """Return people with those of one kind and equal holdings together, in the order in which they were served."""
    counts: Counter[tuple[Group, tuple[Held, ...]]] = Counter()
    for holders in people:
        counts[holders.group, holders.holds] += holders.count
    return tuple(Holders(group, count, holds) for (group, holds), count in counts.items())
