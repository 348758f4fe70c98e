"""Which licence seats start in which month (M11).

Splits the mix into pilot people, the others, and what administrators need only for just-in-time work. Decides no
prices. Laws: every seat of the mix starts exactly once; a credit starts with the seats that replace it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import NamedTask, Reach
from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Group, Holding, Mix, ScheduledTask
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.licensing.bundles import Demand, Offer, covers

PILOT_LEAST = 5


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
        for product, change in ((holding.kept, SeatChange.KEPT), (holding.replaced, SeatChange.CREDITED)):
            if product is not None:
                seats[LicenceSeat(product, change)] += holding.count
    return seats


class RolloutWave(Enum):
    """With what licences begin: the pilot, the rollout to the others, just-in-time administration."""

    PILOT = auto()
    OTHERS = auto()
    JUST_IN_TIME = auto()


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """So many seats of one product that begin together, whenever that is."""

    wave: RolloutWave
    product: str
    count: int
    change: SeatChange

    def from_month(self, month: Month, task_id: str = "") -> Seats:
        """Return the seats as they begin in a month, with a task."""
        return Seats(self.product, self.count, month, task_id, self.change)


@dataclass(frozen=True, slots=True)
class Seats:
    """So many seats of one product that start together and share a term."""

    product: str
    count: int
    first: Month
    task_id: str
    change: SeatChange

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


def granted_today(scenario: Scenario, price_list: PriceList) -> frozenset[Capability]:
    """Return what the licence grants that the staff have today; nothing where they have none."""
    owned, start = scenario.company.owned_licence, scenario.timeline.start
    row = None if owned is None or start is None else price_list.row_of(owned, Month.of(start))
    return frozenset() if row is None else frozenset(row.grants)


def opening_tasks(
    tasks: Sequence[ScheduledTask], granted: frozenset[Capability]
) -> Mapping[RolloutWave, tuple[ScheduledTask, ...]]:
    """Return the tasks with whose first start licences begin, by wave: no task for those that begin with the finish.

    A task opens licences where it needs something, just-in-time rights aside, that is not `granted` today. Without
    that task there is no wave of just-in-time licences.
    """
    late = tuple(task for task in tasks if task.task.id == NamedTask.JUST_IN_TIME)
    pilot = tuple(task for task in tasks if set(task.task.needs) - {Capability.PIM} - granted)
    others = tuple(task for task in pilot if task.task.reach is Reach.EVERYONE)
    waves = {RolloutWave.PILOT: pilot, RolloutWave.OTHERS: others}
    return waves | ({RolloutWave.JUST_IN_TIME: late} if late else {})


def licence_starts(case: Case, tasks: Sequence[ScheduledTask], finish: date) -> Mapping[RolloutWave, LicenceStart]:
    """Return when licences start: with the tasks that open them, where there is none in the month of the finish."""
    openers = opening_tasks(tasks, granted_today(case.scenario, case.prices))
    last = max(tasks, key=lambda task: task.finish).task.id
    starts = {}
    for wave, members in openers.items():
        first = min(members, key=lambda task: task.start, default=None)
        day, task_id = (finish, last) if first is None else (first.start, first.task.id)
        starts[wave] = LicenceStart(Month.of(day), task_id)
    return starts


def pilot_size(size: CompanySize) -> int:
    """Return how many people try it first: a tenth, at least five, never more than there are."""
    return min(size.counts.employees, max(PILOT_LEAST, size.pilot_people))


def held_by(holding: Holding, offers: Mapping[str, Offer]) -> tuple[str, ...]:
    """Return everything that people of a holding have, in the order of the book."""
    held = holding.products if holding.kept is None else (*holding.products, holding.kept)
    return tuple(sorted(held, key=lambda product: offers[product].position))


def pilot_counts(mix: Mix, size: CompanySize, offers: Mapping[str, Offer]) -> tuple[int, ...]:
    """Return how many people of each holding are in the pilot.

    They come from the largest group with equal bundles: office staff without
    an administrator's account first, of these the replaced, then the kept.
    """
    sizes: dict[tuple[str, ...], int] = {}
    for holding in mix.holdings:
        bundle = held_by(holding, offers)
        sizes[bundle] = sizes.get(bundle, 0) + holding.count
    if not sizes:
        return ()
    chosen = min(sizes, key=lambda bundle: (-sizes[bundle], [offers[product].position for product in bundle]))

    def turn(index: int) -> tuple[bool, bool, bool, int]:
        holding = mix.holdings[index]
        return holding.group is not Group.OFFICE, holding.replaced is None, holding.kept is None, index

    left = pilot_size(size)
    counts = [0] * len(mix.holdings)
    for index in sorted(range(len(counts)), key=turn):
        if held_by(mix.holdings[index], offers) == chosen:
            counts[index] = min(left, mix.holdings[index].count)
            left -= counts[index]
    return tuple(counts)


def waiting_products(holding: Holding, offers: Mapping[str, Offer], admin_demands: frozenset[Demand]) -> frozenset[str]:
    """Return what an administrator needs for just-in-time work only (ADR 0029).

    What is left must meet every other demand, grant what the replaced licence granted, and hold together.
    Products are removed one after the other, first those that grant just-in-time rights.
    """
    replaced = frozenset() if holding.replaced is None else offers[holding.replaced].grants
    if holding.group is not Group.ADMIN or Capability.PIM in replaced:
        return frozenset()
    demands = admin_demands | {Demand(capability) for capability in replaced}
    left = {product: offers[product] for product in held_by(holding, offers)}

    def turn(product: str) -> tuple[bool, int]:
        return Capability.PIM not in offers[product].grants, -offers[product].position

    for product in sorted(holding.products, key=turn):
        rest = {other: offer for other, offer in left.items() if other != product}
        bought = (offer for other, offer in rest.items() if other != holding.kept)
        if covers(rest.values(), demands) and all(offer.requires <= rest.keys() for offer in bought):
            left = rest
    return frozenset(holding.products) - left.keys()


def _groups_of_holding(holding: Holding, count: int, wave: RolloutWave) -> list[SeatGroup]:
    """Return the seats of so many people of a holding that all begin together."""
    changes = [(product, SeatChange.BOUGHT) for product in holding.products]
    changes += [] if holding.kept is None else [(holding.kept, SeatChange.KEPT)]
    changes += [] if holding.replaced is None else [(holding.replaced, SeatChange.CREDITED)]
    return [SeatGroup(wave, product, count, change) for product, change in changes]


def groups_of(
    mix: Mix,
    size: CompanySize,
    offers: Mapping[str, Offer],
    admin_demands: frozenset[Demand],
    *,
    has_just_in_time: bool,
) -> tuple[SeatGroup, ...]:
    """Return all seats of a mix with what they begin with, whenever that is.

    `admin_demands` is what an administrator must have apart from just-in-time rights, `has_just_in_time` whether
    the plan has the task for which these are needed.
    """
    groups: list[SeatGroup] = []
    for holding, pilots in zip(mix.holdings, pilot_counts(mix, size, offers), strict=True):
        if pilots:
            groups += _groups_of_holding(holding, pilots, RolloutWave.PILOT)
        if holding.count > pilots:
            waiting = waiting_products(holding, offers, admin_demands) if has_just_in_time else frozenset[str]()
            for group in _groups_of_holding(holding, holding.count - pilots, RolloutWave.OTHERS):
                waits = group.change is SeatChange.BOUGHT and group.product in waiting
                groups.append(replace(group, wave=RolloutWave.JUST_IN_TIME) if waits else group)
    return tuple(groups)


def seats_of(
    mix: Mix,
    size: CompanySize,
    starts: Mapping[RolloutWave, LicenceStart],
    offers: Mapping[str, Offer],
    admin_demands: frozenset[Demand],
) -> tuple[Seats, ...]:
    """Return all seats with the month and the task in which they start."""
    groups = groups_of(mix, size, offers, admin_demands, has_just_in_time=RolloutWave.JUST_IN_TIME in starts)
    return merged_seats(group.from_month(*starts[group.wave]) for group in groups)


def merged_seats(starting: Iterable[Seats]) -> tuple[Seats, ...]:
    counts: dict[tuple[str, Month, str, SeatChange], int] = {}
    for seats in starting:
        key = (seats.product, seats.first, seats.task_id, seats.change)
        counts[key] = counts.get(key, 0) + seats.count
    return tuple(Seats(product, count, first, task, change) for (product, first, task, change), count in counts.items())
