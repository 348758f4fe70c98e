"""Which licence seats start in which month (M11).

Splits the mix into pilot people, the others, and what people need only for just-in-time work or for sign-ins judged by
risk. Decides no prices. Laws: every seat of the mix starts exactly once; a credit starts with the seats that replace
it, and not before what is paid for has run out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import Reach, Task
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, Holding, Mix, ScheduledTask
from zt_planner.domain.scenario.scenario import RiskAccess, Scenario
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.licensing.bundles import PRIVILEGED, Demand, Offer, covers
from zt_planner.engine.licensing.holders import Holders, granted_to
from zt_planner.engine.licensing.licences import license_company, needs_in

PILOT_LEAST = 5
"""Pilot people, as far as there are so many (M11)."""


class SeatChange(StrEnum):
    """What happens to a seat: it is bought, it was owned and stays, or it was owned and is credited."""

    BOUGHT = "bought"
    KEPT = "kept"
    CREDITED = "credited"


class LicenceSeat(NamedTuple):
    """A licence, and whether it is bought, kept or credited."""

    product: str
    change: SeatChange


def seats_in(holdings: Iterable[Holding]) -> Counter[LicenceSeat]:
    """Count the seats of holdings, bought ones first."""
    seats: Counter[LicenceSeat] = Counter()
    for holding in holdings:
        seats.update({LicenceSeat(product, SeatChange.BOUGHT): holding.count for product in holding.products})
    for holding in holdings:
        for held, change in ((holding.kept, SeatChange.KEPT), (holding.replaced, SeatChange.CREDITED)):
            for licence in held:
                seats[LicenceSeat(licence.product, change)] += holding.count
    return seats


class Wave(NamedTuple):
    """Licences that start together: those of the pilot people or of the others, or what later adds a capability."""

    is_pilot: bool
    adds: frozenset[Capability] = frozenset()


PILOT, OTHERS = Wave(is_pilot=True), Wave(is_pilot=False)


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """So many seats of one product that begin together, whenever that is; what is given back is paid `until` a day."""

    wave: Wave
    product: str
    count: int
    change: SeatChange
    until: date | None = None

    @property
    def not_before(self) -> Month | None:
        """The month before which it does not begin; None for any."""
        return None if self.until is None else Month.of(self.until).plus(1)

    def from_month(self, month: Month, task_id: str = "") -> Seats:
        """Return the seats as they begin in a month, with a task."""
        first = month if self.not_before is None else max(month, self.not_before)
        return Seats(self.product, self.count, first, task_id, self.change, month)


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of one product that start together and share a term."""

    product: str
    count: int
    first: Month
    task_id: str
    change: SeatChange
    asked: Month
    """The month in which the replacement starts; a credit begins later while the old licence is still paid for."""

    @property
    def purchase(self) -> Purchase:
        """The seats as what is bought with their task: kept ones for nothing, credited ones for less than that."""
        count = -self.count if self.change is SeatChange.CREDITED else self.count
        is_kept = self.change is SeatChange.KEPT
        licence, monthly = CostCategory.LICENCE, Recurrence.EVERY_MONTH
        return Purchase(self.product, licence, count, self.task_id, monthly, is_kept=is_kept)


class LicenceStart(NamedTuple):
    """The month in which licences of a wave begin, and the task with which they do."""

    month: Month
    task_id: str


def granted_by_reach(
    scenario: Scenario, tasks: Sequence[Task], prices: PriceList, size: CompanySize, start: date
) -> Mapping[Reach, frozenset[str]]:
    """Return what everyone whom a task reaches has today: for the pilot, the people whom the mix takes into it."""
    if not scenario.company.owned_licences:
        return dict.fromkeys(Reach, frozenset())
    licensing = license_company(scenario, tasks, prices, Month.of(start))
    people = licensing.today.people
    admins = tuple(who for who in people if who.group is Group.ADMIN)
    pilot: tuple[Holders, ...] = people
    if licensing.mix is not None:
        counts = pilot_counts(licensing.mix, size, licensing.offers)
        held = {
            (holding.group, frozenset(licence.product for licence in (*holding.kept, *holding.replaced)))
            for holding, count in zip(licensing.mix.holdings, counts, strict=True)
            if count
        }
        pilot = tuple(who for who in people if (who.group, who.ids) in held)
    named = {RiskAccess.NONE: (), RiskAccess.ADMINISTRATORS: admins, RiskAccess.EVERYONE: people}
    reached = {
        Reach.PILOT: pilot,
        Reach.EVERYONE: people,
        Reach.ADMINISTRATORS: admins,
        Reach.RISK_ACCESS: named[scenario.choices.risk_access],
    }
    return {reach: _granted_to_all(who) for reach, who in reached.items()}


def _granted_to_all(people: Sequence[Holders]) -> frozenset[str]:
    return frozenset.intersection(*map(granted_to, people)) if people else frozenset()


def opening_ids(
    scenario: Scenario, tasks: Sequence[Task], prices: PriceList, size: CompanySize, start: date
) -> frozenset[str]:
    """Return the tasks with which licences begin, of those that remain and those that were done before.

    Each needs something, just-in-time rights aside, that not everyone whom it reaches has today.
    """
    asked = needs_in(scenario, tasks) - {Capability.PIM}
    granted = granted_by_reach(scenario, tasks, prices, size, start)
    return frozenset(task.id for task in tasks if (set(task.needs) & asked) - granted[task.reach or Reach.EVERYONE])


@dataclass(frozen=True, slots=True)
class Opening:
    """The tasks with which licences start: the ids of those that open them, and the tasks done before the plan.

    `risk_access` says whose sign-ins are rated, `start` is the plan's first day.
    """

    ids: frozenset[str]
    done: tuple[Task, ...]
    risk_access: RiskAccess
    start: date


class Openers(NamedTuple):
    """The tasks with whose first start licences begin; at the plan's start where one of them was done before."""

    tasks: tuple[ScheduledTask, ...]
    is_from_start: bool = False


def openers_of(wave: Wave, opening: Opening, tasks: Sequence[ScheduledTask]) -> Openers:
    """Return with what licences of a wave begin: with no task for those that begin with the finish."""

    def opens(task: Task) -> bool:
        if wave.adds:
            return bool(wave.adds.intersection(task.needs))
        return task.id in opening.ids and (wave.is_pilot or reaches_everyone(task, opening.risk_access))

    return Openers(tuple(task for task in tasks if opens(task.task)), any(map(opens, opening.done)))


def reaches_everyone(task: Task, risk_access: RiskAccess) -> bool:
    is_risk = task.reach is Reach.RISK_ACCESS and risk_access is RiskAccess.EVERYONE
    return is_risk or task.reach is Reach.EVERYONE


def licence_start(wave: Wave, opening: Opening, tasks: Sequence[ScheduledTask], finish: date) -> LicenceStart:
    """Return when licences of a wave begin: with the tasks that open them, without any in the month of the finish."""
    openers = openers_of(wave, opening, tasks)
    if openers.is_from_start:
        return LicenceStart(Month.of(opening.start), "")
    first = min(openers.tasks, key=lambda task: task.start, default=None)
    if first is not None:
        return LicenceStart(Month.of(first.start), first.task.id)
    last = max(tasks, key=lambda task: task.finish, default=None)
    return LicenceStart(Month.of(finish), "" if last is None else last.task.id)


def pilot_size(size: CompanySize) -> int:
    """Return how many people try it first: a tenth, at least five, never more than there are."""
    return min(size.counts.employees, max(PILOT_LEAST, size.pilot_people))


def bundle_of(holding: Holding, offers: Mapping[str, Offer]) -> tuple[str, ...]:
    """Return everything that people of a holding have in the end, in the order of the book."""
    return tuple(sorted(holding.held, key=lambda product: offers[product].position))


def pilot_counts(mix: Mix, size: CompanySize, offers: Mapping[str, Offer]) -> tuple[int, ...]:
    """Return how many people of each holding are in the pilot.

    They come from the largest group with equal bundles: office staff without
    an administrator's account first, of these the replaced, then the kept.
    """
    sizes: dict[tuple[str, ...], int] = {}
    for holding in mix.holdings:
        bundle = bundle_of(holding, offers)
        sizes[bundle] = sizes.get(bundle, 0) + holding.count
    if not sizes:
        return ()
    chosen = min(sizes, key=lambda bundle: (-sizes[bundle], [offers[product].position for product in bundle]))

    def turn(index: int) -> tuple[bool, bool, bool, int]:
        holding = mix.holdings[index]
        return holding.group is not Group.OFFICE, not holding.replaced, not holding.kept, index

    left = pilot_size(size)
    counts = [0] * len(mix.holdings)
    for index in sorted(range(len(counts)), key=turn):
        if bundle_of(mix.holdings[index], offers) == chosen:
            counts[index] = min(left, mix.holdings[index].count)
            left -= counts[index]
    return tuple(counts)


def waiting_products(
    holding: Holding, offers: Mapping[str, Offer], demands: frozenset[Demand]
) -> Mapping[str, frozenset[Capability]]:
    """Return what people need only for just-in-time work or risk-based sign-in, each with what it adds (ADR 0029).

    What is left must meet every other demand, grant what the replaced licences granted, and hold together. Products
    are removed one after the other, first those that grant just-in-time rights; what only they require goes with them.
    """
    held = {product: offers[product] for product in bundle_of(holding, offers)}
    replaced = frozenset(capability for licence in holding.replaced for capability in offers[licence.product].grants)
    if replaced & PRIVILEGED:
        return {}
    granted = frozenset(capability for offer in held.values() for capability in offer.grants)
    demands |= {Demand(capability) for capability in replaced & granted}
    left, kept = dict(held), {licence.product for licence in holding.kept}

    def turn(product: str) -> tuple[bool, int]:
        return Capability.PIM not in offers[product].grants, -offers[product].position

    for product in sorted(holding.products, key=turn):
        rest = {other: offer for other, offer in left.items() if other != product}
        if covers(rest.values(), demands) and all(
            offer.has_what_it_requires(rest) for other, offer in rest.items() if other not in kept
        ):
            left = rest
    waiting = {product: offers[product].grants & PRIVILEGED for product in holding.products if product not in left}
    added = frozenset(capability for adds in waiting.values() for capability in adds)
    return {product: adds or added for product, adds in waiting.items()}


def _groups_of_holding(holding: Holding, count: int, wave: Wave) -> list[SeatGroup]:
    """Return the seats of so many people of a holding that all begin together."""
    bought = [SeatGroup(wave, product, count, SeatChange.BOUGHT) for product in holding.products]
    kept = [SeatGroup(wave, licence.product, count, SeatChange.KEPT) for licence in holding.kept]
    credited = [
        SeatGroup(wave, licence.product, count, SeatChange.CREDITED, licence.until) for licence in holding.replaced
    ]
    return bought + kept + credited


def groups_of(
    mix: Mix,
    size: CompanySize,
    offers: Mapping[str, Offer],
    demands: Mapping[Group, frozenset[Demand]],
    needs: frozenset[Capability],
) -> tuple[SeatGroup, ...]:
    """Return all seats of a mix with what they begin with, whenever that is.

    `demands` is what each kind of people must have apart from privileged access, `needs` what the plan's tasks need.
    """
    groups: list[SeatGroup] = []
    for holding, pilots in zip(mix.holdings, pilot_counts(mix, size, offers), strict=True):
        if pilots:
            groups += _groups_of_holding(holding, pilots, PILOT)
        if holding.count > pilots:
            waiting = waiting_products(holding, offers, demands[holding.group])
            for group in _groups_of_holding(holding, holding.count - pilots, OTHERS):
                adds = waiting.get(group.product, frozenset()) & needs
                waits = group.change is SeatChange.BOUGHT and adds
                groups.append(replace(group, wave=Wave(is_pilot=False, adds=adds)) if waits else group)
    return tuple(groups)


def seats_of(groups: Sequence[SeatGroup], starts: Mapping[Wave, LicenceStart]) -> tuple[Seats, ...]:
    """Return all seats with the month and the task in which they start."""
    merged: dict[Seats, int] = {}
    for seats in (group.from_month(*starts[group.wave]) for group in groups):
        alike = replace(seats, count=0)
        merged[alike] = merged.get(alike, 0) + seats.count
    return tuple(replace(alike, count=count) for alike, count in merged.items())
