"""What a plan costs where the dates of its tasks, their efforts and prices are drawn (M11 to M17, M22).

What is bought is asked of what costs a plan (`charges`): for each month in
which it begins in some draw, what it comes to in the first year and over the
horizon. Each draw then reads its own months. Decides no dates. Laws: where
nothing is uncertain, the sums are the plan's; an amount that is unknown is left
out, as it is in the plan's totals.

Amounts are cents, not rounded line by line: a draw is off by less than a cent
a line, and by nothing where it is the plan itself (`simulation`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Kind
from zt_planner.engine.costing.budget import FIRST_YEAR_MONTHS
from zt_planner.engine.costing.charges import BillingWindow, Charge, charges
from zt_planner.engine.costing.purchases import purchases_of
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import RolloutWave, groups_of, opening_tasks

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.engine.costing.pricing import PriceList
    from zt_planner.engine.costing.purchases import Purchase
    from zt_planner.engine.simulation.order import SampledCalendar, SampledSchedule
    from zt_planner.engine.simulation.quantiles import Floats

Cents: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PriceHorizon:
    """For which months prices are asked for: the plan's horizon, with one price list."""

    price_list: PriceList
    months: tuple[Month, ...]

    def cents(self, price_id: str, month: Month) -> int | None:
        """Return what a unit costs in a month, in cents; None when no price is valid."""
        price = self.price_list.price_of(price_id, month)
        return None if price is None else to_cents(price.amount)

    def charges(self, purchase: Purchase, row: int) -> Iterator[tuple[Charge, slice]]:
        """Yield what a purchase comes to that begins in a month, with the indices of its months."""
        for charge in charges(
            self.price_list, BillingWindow(self.months[-1], self.months[-1]), purchase, self.months[row]
        ):
            first = self.months[0].until(charge.months[0])
            yield charge, slice(first, min(first + len(charge.months), len(self.months)))


class PurchaseAmounts:
    """What a purchase comes to by the month in which it begins: cents of the first year and the horizon.

    Sums are kept by price and by whether they are one-off. A row is made when it is asked for; the last is for what
    begins after the horizon, and stays 0. Several threads may ask at once: a row is the same whoever makes it.
    """

    def __init__(self, asked: PriceHorizon, purchase: Purchase) -> None:
        """Make no row yet."""
        self.asked, self.purchase = asked, purchase
        self.sums: dict[tuple[str, bool], Cents] = {}
        self._missing = set(range(len(asked.months)))

    def make(self, rows: Iterable[int]) -> None:
        """Make rows that are missing."""
        for row in self._missing.intersection(rows):
            found: dict[tuple[str, bool], tuple[int, int]] = {}
            for charge, months in self.asked.charges(self.purchase, row):
                key, cents = (charge.price_id, charge.kind is Kind.ONE_OFF), charge.cents or 0
                first, whole = found.get(key, (0, 0))
                first += cents * max(0, min(months.stop, FIRST_YEAR_MONTHS) - months.start)
                found[key] = first, whole + cents * (months.stop - months.start)
            for key, sums in found.items():
                self.sums.setdefault(key, np.zeros((2, len(self.asked.months) + 1)))[:, row] = sums
            self._missing.discard(row)


@lru_cache(maxsize=256)
def purchase_amounts(asked: PriceHorizon, purchase: Purchase) -> PurchaseAmounts:
    """Return what a purchase comes to; remembered, as a move of a slider leaves most of it as it is."""
    return PurchaseAmounts(asked, purchase)


def counted(purchase: Purchase) -> tuple[Purchase, int]:
    """Return a purchase as one that others share, and how often it is made; with a least amount, only as it is."""
    shared = replace(purchase, task_id="")
    if purchase.has_minimum or purchase.or_per_unit is not None:
        return shared, 1
    return replace(shared, quantity=1), purchase.quantity


class DearerPurchase:
    """What is bought at the higher of two prices, month by month, where the draws decide which one that is.

    `amounts` are cents at each price by first month and month; the last row is for what begins after the
    horizon.
    """

    def __init__(self, asked: PriceHorizon, purchases: tuple[Purchase, Purchase]) -> None:
        """Make no row yet."""
        self.asked, self.purchases = asked, purchases
        shape = len(purchases), len(asked.months) + 1, len(asked.months)
        self.amounts = np.zeros(shape)

    def make(self, rows: Iterable[int]) -> None:
        """Make the rows of months; where a price is missing, the other counts nothing either."""
        for row in rows:
            known = np.zeros((len(self.purchases), len(self.asked.months)), bool)
            for index, purchase in enumerate(self.purchases):
                for charge, months in self.asked.charges(purchase, row):
                    cents = charge.cents
                    self.amounts[index, row, months] = cents or 0
                    known[index, months] = cents is not None
            self.amounts[:, row] *= known.all(axis=0)

    def of(self, begun: NDArray[np.int32], prices: Mapping[str, Floats]) -> tuple[Cents, Cents]:
        """Return what each draw costs in the first year and over the horizon."""
        first, whole = np.zeros(begun.shape), np.zeros(begun.shape)
        for month in range(len(self.asked.months)):
            one, other = (
                amounts[:, month].take(begun) * prices.get(purchase.price_id, np.float32(1))
                for purchase, amounts in zip(self.purchases, self.amounts, strict=True)
            )
            dearer = np.maximum(one, other)
            whole += dearer
            if month < FIRST_YEAR_MONTHS:
                first += dearer
        return first, whole


class Begun:
    """What begins with the first start of some tasks.

    `sums` are those of `PurchaseAmounts`, of all that is bought then; prices without a range count as one, "".
    """

    def __init__(
        self, asked: PriceHorizon, openers: tuple[int, ...], purchases: Iterable[Purchase], uncertain: Container[str]
    ) -> None:
        """Make no row yet; `openers` are indices in the tasks of a plan."""
        self.asked, self.openers, self.uncertain = asked, openers, uncertain
        self.choices, self.amounts = list[DearerPurchase](), list[tuple[PurchaseAmounts, int]]()
        for purchase in purchases:
            pair = self._choice(purchase)
            if pair is None:
                shared, count = counted(purchase)
                self.amounts.append((purchase_amounts(asked, shared), count))
            else:
                self.choices.append(DearerPurchase(asked, pair))
        self.sums: dict[tuple[str, bool], Cents] = {}
        self._missing = set(range(len(asked.months)))

    def _choice(self, purchase: Purchase) -> tuple[Purchase, Purchase] | None:
        """Return what a purchase is bought as where the draws decide at which of two prices that is (M13)."""
        other = purchase.or_per_unit
        if other is None or purchase.price_id in self.asked.price_list.own:
            return None
        if purchase.price_id not in self.uncertain and other.price_id not in self.uncertain:
            return None
        return replace(purchase, or_per_unit=None), other

    def month_of(self, axis: SampledCalendar, drawn: SampledSchedule) -> NDArray[np.int32]:
        """Return the month in which each draw begins to buy, and make the rows of these months."""
        first = reduce(np.minimum, (drawn.starts[number] for number in self.openers))
        begun = np.minimum(axis.months.take(first, mode="clip"), len(self.asked.months))
        rows = sorted(self._missing.intersection(np.flatnonzero(np.bincount(begun)).tolist()))
        if rows:
            self._make(rows)
            self._missing.difference_update(rows)
        return begun

    def _make(self, rows: list[int]) -> None:
        for amounts, count in self.amounts:
            amounts.make(rows)
            for (price_id, is_one_off), sums in tuple(amounts.sums.items()):
                key = price_id if price_id in self.uncertain else "", is_one_off
                self.sums.setdefault(key, np.zeros_like(sums))[:, rows] += count * sums[:, rows]
        for choice in self.choices:
            choice.make(rows)


def licences_of(plan: Plan, price_list: PriceList) -> Iterator[tuple[tuple[ScheduledTask, ...], Purchase]]:
    """Yield the licences with the tasks that open them: the mix stays as the plan has it, whenever they begin."""
    openers = opening_tasks(plan.tasks)
    firsts = [task.start for task in openers[RolloutWave.OTHERS]]
    if not firsts or plan.mix is None:
        return
    scenario, month = plan.scenario, Month.of(min(firsts))
    licensing = license_company(scenario, plan.tasks, price_list, month)
    groups = groups_of(
        plan.mix,
        scenario.company.employees,
        licensing.offers,
        licensing.admin_demands,
        has_just_in_time=bool(openers[RolloutWave.JUST_IN_TIME]),
    )
    for group in groups:
        yield openers[group.wave], group.from_month(month).purchase


def everything_begun(
    asked: PriceHorizon, plan: Plan, tasks: Sequence[ScheduledTask], uncertain: Container[str]
) -> tuple[Begun, ...]:
    """Return everything that a plan buys, by the tasks with whose first start it begins."""
    index_of = {task.task.id: number for number, task in enumerate(tasks)}
    found: dict[tuple[int, ...], list[Purchase]] = {}
    for openers, purchase in licences_of(plan, asked.price_list):
        found.setdefault(tuple(index_of[task.task.id] for task in openers), []).append(purchase)
    for purchase in purchases_of(plan.scenario):
        if purchase.task_id in index_of and (purchase.quantity or purchase.has_minimum):
            found.setdefault((index_of[purchase.task_id],), []).append(purchase)
    return tuple(Begun(asked, openers, purchases, uncertain) for openers, purchases in found.items())


class SampledTotals(NamedTuple):
    """What each draw costs, in cents: the first year and the horizon, and the contingency in the first year."""

    first_year: Cents
    horizon: Cents
    first_year_contingency: Cents

    def rounded_as(self, estimate: tuple[int, int]) -> SampledTotals:
        """Return it moved by the cents by which the first draw, the estimate, misses the plan: its lines are rounded.

        `estimate` is the plan's first year and horizon. What is missed is at most a cent a line.
        """
        first, whole = (cents + (planned - cents[0]) for cents, planned in zip(self[:2], estimate, strict=True))
        return self._replace(first_year=first, horizon=whole)


class SampledCosts:
    """What a plan costs, by the dates and factors of its draws."""

    def __init__(
        self,
        plan: Plan,
        price_list: PriceList,
        tasks: Sequence[ScheduledTask],
        uncertain: Container[str],
    ) -> None:
        """Ask for everything that does not depend on a draw; `uncertain` holds the prices with a range."""
        asked = PriceHorizon(price_list, plan.horizon)
        self.months = plan.horizon
        self.begun = everything_begun(asked, plan, tasks, uncertain)
        self.share = float(plan.scenario.finance.contingency) if plan.shows_labour else 0.0
        self.days = [float(task.external_days) for task in tasks]
        self.coordination = float(plan.scenario.labour.coordination_days_per_month.external)
        rates = (asked.cents(DayRate.EXTERNAL, month) if plan.shows_labour else None for month in asked.months)
        self.rates: Cents = np.array([rate or 0 for rate in rates], float)
        """The consultant's day rate in each month, in cents; 0 where it is unknown or not shown."""

    def of(
        self, axis: SampledCalendar, drawn: SampledSchedule, efforts: Sequence[Floats], prices: Mapping[str, Floats]
    ) -> SampledTotals:
        """Return what each draw costs; `efforts` are factors by task, `prices` factors by price id."""
        once = once_first, once_whole = self._labour(axis, drawn, efforts, prices.get(DayRate.EXTERNAL))
        again = again_first, again_whole = np.zeros_like(once_first), np.zeros_like(once_first)
        for each in self.begun:
            begun = each.month_of(axis, drawn)
            for (price_id, is_one_off), tables in each.sums.items():
                factor = prices.get(price_id)
                for table, sums in zip(tables, once if is_one_off else again, strict=True):
                    amount = table.take(begun)
                    np.add(sums, amount if factor is None else amount * factor, out=sums)
            for choice in each.choices:
                for sums, amounts in zip(again, choice.of(begun, prices), strict=True):
                    np.add(sums, amounts, out=sums)
        reserve = once_first * self.share
        return SampledTotals(once_first + again_first + reserve, once_whole * (1 + self.share) + again_whole, reserve)

    def _labour(
        self, axis: SampledCalendar, drawn: SampledSchedule, efforts: Sequence[Floats], factor: Floats | None
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

    def _rate_of(self, axis: SampledCalendar, start: NDArray[np.int32]) -> Cents | float:
        """Return the rate of the month in which each draw starts; one number where all are equal."""
        if (self.rates == self.rates[0]).all():
            return float(self.rates[0])
        found: Cents = self.rates.take(axis.months.take(start, mode="clip"), mode="clip")
        return found

    def _coordination(self, axis: SampledCalendar, drawn: SampledSchedule, ends: Sequence[int]) -> list[Cents]:
        """Return what coordination costs until each finish, counted up to each end."""
        counted = axis.months[: max(ends)]
        worked = np.bincount(counted, minlength=len(self.rates))
        a_day = np.divide(self.coordination * self.rates, worked, out=np.zeros_like(self.rates), where=worked > 0)
        by_day = a_day.take(counted)
        by_day[: axis.first] = 0.0
        until = np.append(0.0, np.cumsum(by_day))
        return [until.take(np.minimum(drawn.end, end)) for end in ends]
