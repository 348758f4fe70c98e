"""What a plan costs where the dates of its tasks, their efforts and prices are drawn (M11 to M17, M22).

What is bought is asked of the rooms that cost a plan (`purchases`, `seats`,
`terms`, `pricing`): for each month in which it may begin, what it comes to in
the first year and over the horizon. Each draw then reads its own months.
Decides no dates. Laws: where nothing is uncertain, the sums are the plan's; an
amount that is unknown is left out, as it is in the plan's totals.

Amounts are cents, not rounded line by line: a draw is off by less than a cent
a line, and by nothing where it is the plan itself (`outlook`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.money import to_cents
from zt_planner.domain.month import MONTHS_A_YEAR, Month
from zt_planner.domain.price_book import DayRate
from zt_planner.engine.budget import FIRST_YEAR_MONTHS
from zt_planner.engine.licensing import license_company
from zt_planner.engine.purchases import Manner, Purchase, purchases_of
from zt_planner.engine.seats import Beginning, Role, groups_of, openers_of
from zt_planner.engine.terms import Span, stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.engine.pricing import PriceList
    from zt_planner.engine.uncertainty.order import Axis, Drawn
    from zt_planner.engine.uncertainty.quantiles import Floats

Cents: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """For which months prices are asked for: the plan's horizon, with one price list."""

    price_list: PriceList
    months: tuple[Month, ...]

    def cents(self, price_id: str, month: Month) -> int | None:
        """Return what a unit costs in a month, in cents; None where no price is valid."""
        price = self.price_list.price_of(price_id, month)
        return None if price is None else to_cents(price.amount)


class Monthly(NamedTuple):
    """What a unit costs in each month (second axis) where it is bought from a month on (first axis), in cents.

    `known` is False where there is no price, and before the first month; `least` is the row's least amount a month.
    """

    cents: NDArray[np.int64]
    known: NDArray[np.bool_]
    least: NDArray[np.int64]


@lru_cache(maxsize=128)
def monthly(asked: Asked, price_id: str) -> Monthly:
    """Return what a unit of a recurring price costs; remembered, as it depends on no quantity and no task."""
    price_list, months, size = asked.price_list, asked.months, len(asked.months)
    cents, least = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    known = np.zeros((size, size), bool)
    span = Span(months[-1], months[-1])
    for place, first in enumerate(months):
        begin = place
        for stretch in stretches(price_list, span, price_id, first):
            end = min(begin + len(stretch.months), size)
            price = price_list.price_of(price_id, stretch.bought)
            if price is not None:
                cents[place, begin:end] = to_cents(price.amount)
                known[place, begin:end] = True
                if price.row is not None and price.row.min_per_month is not None:
                    minimum = price_list.in_eur(price.row, price.row.min_per_month, price.priced_in)
                    least[place, begin:end] = to_cents(minimum.amount)
            begin = end
    return Monthly(cents, known, least)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that begins with the first start of some tasks, at one price.

    `first_year` and `horizon` hold cents by the month of that start, 0 at the end for what begins after the horizon.
    """

    openers: tuple[int, ...]
    price_id: str
    is_one_off: bool
    first_year: Cents
    horizon: Cents


@dataclass(frozen=True, slots=True)
class Dearer:
    """What is bought at the dearer of two prices, month by month, where the draws decide which one that is (M13).

    `price_ids` and `amounts` belong together; amounts are cents by first month and month, for the last first month 0.
    """

    openers: tuple[int, ...]
    price_ids: tuple[str, str]
    amounts: tuple[Cents, Cents]

    def of(self, begun: NDArray[np.int32], prices: Mapping[str, Floats]) -> tuple[Cents, Cents]:
        """Return what each draw costs in the first year and over the horizon."""
        first, whole = np.zeros(begun.shape), np.zeros(begun.shape)
        for month in range(self.amounts[0].shape[1]):
            one, other = (
                amounts[:, month].take(begun) * prices.get(key, np.float32(1))
                for key, amounts in zip(self.price_ids, self.amounts, strict=True)
            )
            dearer = np.maximum(one, other)
            whole += dearer
            if month < FIRST_YEAR_MONTHS:
                first += dearer
        return first, whole


def flow_of(openers: tuple[int, ...], price_id: str, amounts: NDArray[np.int64], *, is_one_off: bool = False) -> Flow:
    """Return the flow of amounts by first month and month."""
    first, whole = amounts[:, :FIRST_YEAR_MONTHS].sum(axis=1), amounts.sum(axis=1)
    return Flow(openers, price_id, is_one_off, np.append(first, 0.0), np.append(whole, 0.0))


def once(asked: Asked, price_id: str, quantity: int) -> NDArray[np.int64]:
    """Return what something costs that is bought once, by first month and month."""
    return np.diag([quantity * (asked.cents(price_id, month) or 0) for month in asked.months])


def dearer_of(
    asked: Asked, openers: tuple[int, ...], purchase: Purchase, uncertain: Mapping[str, object]
) -> Dearer | None:
    """Return a purchase of which the draws decide at which of two prices it is bought; None for any other."""
    other = purchase.or_dearer
    if other is None or purchase.price_id in asked.price_list.own:
        return None
    keys = purchase.price_id, other.price_id
    if not any(key in uncertain for key in keys):
        return None
    units = [monthly(asked, key) for key in keys]
    known = units[0].known & units[1].known
    one, two = (
        np.vstack((np.where(known, quantity * unit.cents, 0), np.zeros(len(asked.months)))).astype(float)
        for quantity, unit in zip((purchase.quantity, other.quantity), units, strict=True)
    )
    return Dearer(openers, keys, (one, two))


def purchase_flows(asked: Asked, openers: tuple[int, ...], purchase: Purchase) -> Iterator[Flow]:
    """Yield the flows of a purchase whose price does not depend on the draw."""
    key, other = purchase.price_id, purchase.or_dearer
    if purchase.manner is not Manner.EVERY_MONTH:
        bought = once(asked, key, purchase.quantity)
        yield flow_of(openers, key, bought, is_one_off=True)
        if purchase.manner is Manner.EVERY_YEAR:
            again = np.zeros_like(bought)
            for place in range(len(again)):
                later = slice(place + MONTHS_A_YEAR, None, MONTHS_A_YEAR)
                again[place, later] = bought.diagonal()[later]
            yield flow_of(openers, key, again)
        return
    unit = monthly(asked, key)
    amounts = purchase.quantity * unit.cents
    if purchase.has_minimum:
        amounts = np.where(unit.known, np.maximum(amounts, unit.least), 0)
    if other is not None and key not in asked.price_list.own:
        per_unit = monthly(asked, other.price_id)
        dearer, known = other.quantity * per_unit.cents, unit.known & per_unit.known
        takes_other = dearer > amounts
        yield flow_of(openers, other.price_id, np.where(known & takes_other, dearer, 0))
        amounts = np.where(known & ~takes_other, amounts, 0)
    yield flow_of(openers, key, amounts)


SIGNS = {Role.BOUGHT: 1, Role.KEPT: 0, Role.CREDITED: -1}


def licence_flows(asked: Asked, plan: Plan, places: Mapping[str, int]) -> Iterator[Flow]:
    """Yield the flows of the licence mix: it stays as the plan has it, whenever licences begin."""
    openers = openers_of(plan.tasks)
    firsts = [task.start for task in openers[Beginning.OTHERS]]
    if not firsts or plan.mix is None:
        return
    scenario, month = plan.scenario, Month.of(min(firsts))
    licensing = license_company(scenario, plan.tasks, asked.price_list, month)
    groups = groups_of(
        plan.mix,
        scenario.company.employees,
        licensing.offers,
        licensing.admin_demands,
        has_just_in_time=bool(openers[Beginning.JUST_IN_TIME]),
    )
    for group in groups:
        begun = tuple(places[task.task.id] for task in openers[group.beginning])
        amounts = SIGNS[group.role] * group.count * monthly(asked, group.product).cents
        yield flow_of(begun, group.product, amounts)


def flows_of(
    plan: Plan, price_list: PriceList, tasks: Sequence[ScheduledTask], uncertain: Mapping[str, object]
) -> Iterator[Flow | Dearer]:
    """Yield everything that a plan buys; openers are places in `tasks`."""
    asked = Asked(price_list, plan.horizon)
    places = {task.task.id: number for number, task in enumerate(tasks)}
    yield from licence_flows(asked, plan, places)
    for purchase in purchases_of(plan.scenario):
        if purchase.task_id in places and (purchase.quantity or purchase.has_minimum):
            openers = (places[purchase.task_id],)
            dearer = dearer_of(asked, openers, purchase, uncertain)
            yield from purchase_flows(asked, openers, purchase) if dearer is None else (dearer,)


def together(flows: Iterable[Flow], uncertain: Mapping[str, object]) -> tuple[Flow, ...]:
    """Add up flows that begin together and are drawn together: those at prices without a range count as one."""
    sums: dict[tuple[tuple[int, ...], str, bool], Flow] = {}
    for flow in flows:
        price_id = flow.price_id if flow.price_id in uncertain else ""
        key = flow.openers, price_id, flow.is_one_off
        held = sums.get(key)
        first = flow.first_year if held is None else held.first_year + flow.first_year
        whole = flow.horizon if held is None else held.horizon + flow.horizon
        sums[key] = Flow(flow.openers, price_id, flow.is_one_off, first, whole)
    return tuple(flow for flow in sums.values() if flow.first_year.any() or flow.horizon.any())


class Money(NamedTuple):
    """What each draw costs, in cents: the first year and the horizon, and the contingency in the first year."""

    first_year: Cents
    horizon: Cents
    first_year_contingency: Cents

    def rounded_as(self, estimate: tuple[int, int]) -> Money:
        """Return it moved by the cents by which the first draw, the estimate, misses the plan: its lines are rounded.

        `estimate` is the plan's first year and horizon. What is missed is at most a cent a line.
        """
        first, whole = (cents + (planned - cents[0]) for cents, planned in zip(self[:2], estimate, strict=True))
        return self._replace(first_year=first, horizon=whole)


class Costs:
    """What a plan costs, by the dates and factors of its draws."""

    def __init__(
        self,
        plan: Plan,
        price_list: PriceList,
        tasks: Sequence[ScheduledTask],
        uncertain: Mapping[str, object],
    ) -> None:
        """Ask for everything that does not depend on a draw; `uncertain` holds the prices with a range."""
        self.months = plan.horizon
        bought = tuple(flows_of(plan, price_list, tasks, uncertain))
        self.flows = together((each for each in bought if isinstance(each, Flow)), uncertain)
        self.dearer = tuple(each for each in bought if isinstance(each, Dearer))
        self.share = float(plan.scenario.finance.contingency) if plan.shows_labour else 0.0
        self.days = [float(task.external_days) for task in tasks]
        self.steering = float(plan.scenario.labour.coordination_days_per_month.external)
        self.rates = self._rates(Asked(price_list, plan.horizon), shows_labour=plan.shows_labour)

    @staticmethod
    def _rates(asked: Asked, *, shows_labour: bool) -> Cents:
        """Return the consultant's day rate in each month, in cents; 0 where it is unknown or not shown."""
        found = (asked.cents(DayRate.EXTERNAL, month) if shows_labour else None for month in asked.months)
        return np.array([rate or 0 for rate in found], float)

    def of(self, axis: Axis, drawn: Drawn, efforts: Sequence[Floats], prices: Mapping[str, Floats]) -> Money:
        """Return what each draw costs; `efforts` are factors by task, `prices` factors by price id."""
        once_first, once_whole = self._labour(axis, drawn, efforts, prices.get(DayRate.EXTERNAL))
        again_first, again_whole = np.zeros_like(once_first), np.zeros_like(once_first)
        begun = self._begun(axis, drawn)
        for flow in self.flows:
            factor = prices.get(flow.price_id)
            first, whole = (once_first, once_whole) if flow.is_one_off else (again_first, again_whole)
            for table, sums in ((flow.first_year, first), (flow.horizon, whole)):
                amount = table.take(begun[flow.openers])
                np.add(sums, amount if factor is None else amount * factor, out=sums)
        for dearer in self.dearer:
            for sums, amounts in zip((again_first, again_whole), dearer.of(begun[dearer.openers], prices), strict=True):
                np.add(sums, amounts, out=sums)
        reserve = once_first * self.share
        return Money(once_first + again_first + reserve, once_whole * (1 + self.share) + again_whole, reserve)

    def _begun(self, axis: Axis, drawn: Drawn) -> Mapping[tuple[int, ...], NDArray[np.int32]]:
        """Return the month in which each draw begins to buy something, by the tasks with whose first start it does."""
        firsts = {
            openers: reduce(np.minimum, (drawn.starts[number] for number in openers))
            for openers in {flow.openers for flow in self.flows} | {each.openers for each in self.dearer}
        }
        months = {openers: axis.months.take(first, mode="clip") for openers, first in firsts.items()}
        return {openers: np.minimum(month, len(self.months)) for openers, month in months.items()}

    def _labour(
        self, axis: Axis, drawn: Drawn, efforts: Sequence[Floats], factor: Floats | None
    ) -> tuple[Cents, Cents]:
        """Return the consultant's work and coordination in the first year and over the horizon."""
        ends = axis.index_of_month(FIRST_YEAR_MONTHS), axis.index_of_month(len(self.months))
        first, whole = self._coordination(axis, drawn, ends)
        work = np.zeros_like(first)
        for number, days in enumerate(self.days):
            if days:
                start, task_end = drawn.starts[number], drawn.ends[number]
                cost = efforts[number] * (self._rate_of(axis, start) * days)
                work += cost
                latest = task_end.max()
                for end, sums in zip(ends, (first, whole), strict=True):
                    if latest > end:
                        late = np.flatnonzero(task_end > end)
                        worked_before = np.maximum(end - start[late], 0)
                        sums[late] -= cost[late] * (1 - worked_before / drawn.lengths[number][late])
        first += work
        whole += work
        if factor is not None:
            first *= factor
            whole *= factor
        return first, whole

    def _rate_of(self, axis: Axis, start: NDArray[np.int32]) -> Cents | float:
        """Return the rate of the month in which each draw starts; one number where all are equal."""
        if (self.rates == self.rates[0]).all():
            return float(self.rates[0])
        found: Cents = self.rates.take(axis.months.take(start, mode="clip"), mode="clip")
        return found

    def _coordination(self, axis: Axis, drawn: Drawn, ends: Sequence[int]) -> list[Cents]:
        """Return what coordination costs until each finish, counted up to each end."""
        counted = axis.months[: max(ends)]
        worked = np.bincount(counted, minlength=len(self.rates))
        a_day = np.divide(self.steering * self.rates, worked, out=np.zeros_like(self.rates), where=worked > 0)
        by_day = a_day.take(counted)
        by_day[: axis.first] = 0.0
        until = np.append(0.0, np.cumsum(by_day))
        return [until.take(np.minimum(drawn.end, end)) for end in ends]
