"""What a purchase comes to by the month in which it begins: asked once, and read by every draw (M11 to M15, M22).

Laws: what is paid once counts for the introduction whenever it falls; what begins after
all months comes to nothing.

What a plan costs where the dates of its tasks, their efforts and prices are drawn (M11 to M16, M22, M23).

What is bought is asked of what costs a plan (`charges`): for each month in
which it begins in some draw, what it comes to for the introduction, in the first
year and over the horizon. Each draw then reads its own months. Decides no dates.
No draw carries contingency: it is the reserve for what is drawn here. Laws: where
nothing is uncertain, the sums are the plan's without contingency; what is paid
once counts for the introduction whenever it falls; an amount that is unknown is
left out, as it is in the plan's totals.

Amounts are cents, not rounded line by line: a draw is off by less than a cent
a line, and by nothing where it is the plan itself (`simulation`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.categories import Kind
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import FigureName, ScheduledTask
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.costing.budget import FIRST_YEAR_MONTHS, sum_of
from zt_planner.engine.costing.cost_lines import BillingWindow, Charge, charges, periods
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence, purchases_of
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import RolloutWave, granted_today, groups_of, opening_tasks
from zt_planner.engine.plan import Plan, figure_lines
from zt_planner.engine.simulation.draws import Floats
from zt_planner.engine.simulation.order import Order, SampledCalendar, SampledSchedule

Cents: TypeAlias = NDArray[np.float64]


class SampledTotals(NamedTuple):
    """What each draw costs without contingency, in cents.

    The introduction is all that is paid once, whenever it falls, and what recurs in the first year of the plan: for
    the months in which the plan has it, so that a late draw never looks cheap.
    """

    introduction: Cents
    first_year: Cents
    horizon: Cents

    def rounded_as(self, estimate: Sequence[int]) -> SampledTotals:
        """Return it moved by the cents by which the first draw, the estimate, misses the plan: its lines are rounded.

        `estimate` is what the plan comes to, without contingency, in the same order.
        What is missed is at most a cent a line.
        """
        return SampledTotals(*(cents + (planned - cents[0]) for cents, planned in zip(self, estimate, strict=True)))


@dataclass(frozen=True, slots=True)
class PriceHorizon:
    """The months in which something may begin, with one price list: `count` of them from `first` on.

    `horizon` of them are the plan's; only what is paid once counts after these. What is paid in `closed` ones comes to
    nothing: what was booked in them is certain (M27).
    """

    price_list: PriceList
    first: Month
    count: int
    horizon: int
    closed: frozenset[int] = frozenset()

    def charges(self, purchase: Purchase, row: int) -> Iterator[tuple[Charge, range]]:
        """Yield what a purchase comes to that begins in a month, with the indices of its months that are open."""
        last = self.first.plus(self.horizon - 1)
        for charge in charges(self.price_list, BillingWindow(last, last), purchase, self.first.plus(row)):
            first = self.first.until(charge.months[0])
            for months in self._open(charge, range(first, first + len(charge.months))):
                yield charge, months

    def charges_by_row(
        self, purchase: Purchase, rows: Iterable[int]
    ) -> Iterator[tuple[int, list[tuple[Charge, range]]]]:
        """Yield the months in which a purchase may begin, in order, each with what it comes to.

        What is bought anew every month is asked for once: from a later month on, it is the rest of the same.
        """
        found, is_monthly = list[tuple[Charge, range]](), False
        for row in sorted(rows):
            if is_monthly:
                found = [(charge, months) for charge, months in found if months.start >= row]
            else:
                found, is_monthly = list(self.charges(purchase, row)), self._is_bought_monthly(purchase, row)
            yield row, found

    def _is_bought_monthly(self, purchase: Purchase, row: int) -> bool:
        """Tell whether a purchase that begins in a month is bought anew in each one."""
        if purchase.recurrence is not Recurrence.EVERY_MONTH:
            return False
        last, first = self.first.plus(self.horizon - 1), self.first.plus(row)
        span, other = BillingWindow(last, last), purchase.or_per_unit
        ids = (purchase.price_id,) if other is None else (purchase.price_id, other.price_id)
        bought = (period for price_id in ids for period in periods(self.price_list, span, price_id, first))
        return all(period.paid_in is None and len(period.months) == 1 for period in bought)

    def _open(self, charge: Charge, months: range) -> Iterator[range]:
        """Yield the parts of a charge's months that are not paid in closed ones."""
        if charge.paid_in is not None:
            if self.first.until(charge.paid_in) not in self.closed:
                yield months
        elif self.closed.isdisjoint(months):
            yield months
        else:
            yield from (range(month, month + 1) for month in months if month not in self.closed)

    def is_graduated(self, price_id: str) -> bool:
        """Tell whether what one more unit costs depends on how many there are."""
        return any(row.step > 1 for row in self.price_list.book.rows_by_id.get(price_id, ()))


@lru_cache(maxsize=16)
def unit_cents(asked: PriceHorizon, price_id: str) -> Cents:
    """Return what a unit costs in each month, in cents, 0 where no price is valid; remembered."""
    prices = (asked.price_list.price_of(price_id, month) for month in months_from(asked.first, asked.count))
    return np.array([0 if price is None else to_cents(price.amount) for price in prices], float)


def months_before(months: range, end: int) -> int:
    """Return how many of some months come before one."""
    return max(0, min(months.stop, end) - months.start)


class PurchaseAmounts:
    """What a purchase comes to by the month in which it begins, by price, in cents.

    Of each price: what is paid once, all of the first year, all of the horizon, and what recurs in the first year.
    A row is made when it is asked for; the last is for what begins after all months, and stays 0. Several threads may
    ask at once: a row is the same whoever makes it.
    """

    def __init__(self, asked: PriceHorizon, purchase: Purchase) -> None:
        """Make no row yet."""
        self.asked, self.purchase = asked, purchase
        self.sums: dict[str, Cents] = {}
        self._missing = set(range(asked.count))

    def make(self, rows: Iterable[int]) -> None:
        """Make rows that are missing."""
        for row, charges_of_row in self.asked.charges_by_row(self.purchase, self._missing.intersection(rows)):
            found: dict[str, list[int]] = {}
            for charge, months in charges_of_row:
                sums, cents = found.setdefault(charge.price_id, [0, 0, 0, 0]), charge.cents or 0
                first_year = months_before(months, FIRST_YEAR_MONTHS)
                if charge.kind is Kind.ONE_OFF:
                    sums[0] += cents * len(months)
                else:
                    sums[3] += cents * first_year
                sums[1] += cents * first_year
                sums[2] += cents * months_before(months, self.asked.horizon)
            for price_id, sums in found.items():
                self.sums.setdefault(price_id, np.zeros((4, self.asked.count + 1)))[:, row] = sums
            self._missing.discard(row)


@lru_cache(maxsize=256)
def purchase_amounts(asked: PriceHorizon, purchase: Purchase) -> PurchaseAmounts:
    """Return what a purchase comes to; remembered, as a move of a slider leaves most of it as it is."""
    return PurchaseAmounts(asked, purchase)


def counted(asked: PriceHorizon, purchase: Purchase) -> tuple[Purchase, int]:
    """Return a purchase as one that others share, and how often it is made; just as it is where units differ in price.

    They do with a least amount, with a choice of two prices, and with steps.
    """
    shared = replace(purchase, task_id="")
    if purchase.has_minimum or purchase.or_per_unit is not None or asked.is_graduated(purchase.price_id):
        return shared, 1
    return replace(shared, quantity=1), purchase.quantity


class DearerPurchase:
    """What is bought at the higher of two prices, month by month, where the draws decide which one that is.

    `amounts` are cents at each price by first month and month, `open_amounts` without what is paid in closed months:
    that is compared, but not counted. The last row is for what begins after the horizon.
    """

    def __init__(self, asked: PriceHorizon, purchases: tuple[Purchase, Purchase]) -> None:
        """Make no row yet."""
        self.asked, self.purchases = asked, purchases
        self.amounts = np.zeros((len(purchases), asked.count + 1, asked.horizon))
        self.open_amounts = np.zeros_like(self.amounts)

    def make(self, rows: Iterable[int]) -> None:
        """Make the rows of months; where one price is missing, neither counts."""
        given = tuple(rows)
        every_month = replace(self.asked, closed=frozenset())
        for index, purchase in enumerate(self.purchases):
            self._add(self.amounts[index], every_month.charges_by_row(purchase, given))
            self._add(self.open_amounts[index], self.asked.charges_by_row(purchase, given))
        is_known = ~np.isnan(self.amounts).any(axis=0)
        self.amounts, self.open_amounts = (np.where(is_known, each, 0) for each in (self.amounts, self.open_amounts))

    @staticmethod
    def _add(table: Cents, charges_by_row: Iterable[tuple[int, list[tuple[Charge, range]]]]) -> None:
        """Add cents by first month and month, not a number where there is no price."""
        for row, charges_of_row in charges_by_row:
            for charge, months in charges_of_row:
                table[row, months.start : months.stop] += np.nan if charge.cents is None else charge.cents

    def of(self, begun: NDArray[np.int32], prices: Mapping[str, Floats]) -> tuple[Cents, Cents]:
        """Return what each draw costs in the first year and over the horizon."""
        first, whole = np.zeros(begun.shape), np.zeros(begun.shape)
        factors = [prices.get(purchase.price_id, np.float32(1)) for purchase in self.purchases]

        def cents(tables: Cents, month: int) -> list[Cents]:
            return [table[:, month].take(begun) * factor for table, factor in zip(tables, factors, strict=True)]

        for month in range(self.asked.horizon):
            one, other = cents(self.amounts, month)
            dearer = np.maximum(one, other)
            if self.asked.closed:
                open_one, open_other = cents(self.open_amounts, month)
                dearer = np.where(other > one, open_other, open_one)
            whole += dearer
            if month < FIRST_YEAR_MONTHS:
                first += dearer
        return first, whole


SUMS = FigureName.INTRODUCTION_BUDGET, FigureName.FIRST_YEAR_BUDGET, FigureName.HORIZON_TOTAL
"""The figures that `SampledTotals` are drawn of, in its order."""


class Opening(NamedTuple):
    """With what purchases begin: the first start of some tasks, or the month after the finish of one.

    `openers` are indices in the tasks of a plan; none stands for the finish of the plan. `planned` is the month in
    which the plan has it, counted from its first.
    """

    openers: tuple[int, ...]
    planned: int
    is_after_finish: bool = False

    def month_of(self, axis: SampledCalendar, drawn: SampledSchedule) -> NDArray[np.int32]:
        """Return the month in which each draw begins to buy."""
        if self.is_after_finish or not self.openers:
            ends = [drawn.ends[number] for number in self.openers] or [drawn.end]
            last: NDArray[np.int32] = axis.months.take(np.maximum(ends[0] - 1, 0), mode="clip")
            return last + int(self.is_after_finish)
        first = reduce(np.minimum, (drawn.starts[number] for number in self.openers))
        found: NDArray[np.int32] = axis.months.take(first, mode="clip")
        return found


class Begun:
    """What begins with the first start of some tasks.

    `sums` are those of `PurchaseAmounts`, of all that is bought then; prices without a range count as one, "".
    """

    def __init__(
        self, asked: PriceHorizon, opening: Opening, purchases: Iterable[Purchase], uncertain: Container[str]
    ) -> None:
        """Make no row yet."""
        self.asked, self.opening, self.uncertain = asked, opening, uncertain
        self.planned = min(opening.planned, asked.count)
        self.choices, self.amounts = list[DearerPurchase](), list[tuple[PurchaseAmounts, int]]()
        for purchase in purchases:
            pair = self._choice(purchase)
            if pair is None:
                shared, count = counted(asked, purchase)
                self.amounts.append((purchase_amounts(asked, shared), count))
            else:
                self.choices.append(DearerPurchase(asked, pair))
        self.sums: dict[str, Cents] = {}
        self._missing = set(range(asked.count))

    def _choice(self, purchase: Purchase) -> tuple[Purchase, Purchase] | None:
        """Return what a purchase is bought as where the draws decide at which of two prices that is (M13)."""
        other = purchase.or_per_unit
        if other is None or self.asked.price_list.stands_alone(purchase.price_id, other.price_id):
            return None
        if purchase.price_id not in self.uncertain and other.price_id not in self.uncertain:
            return None
        return replace(purchase, or_per_unit=None), other

    def month_of(self, axis: SampledCalendar, drawn: SampledSchedule) -> NDArray[np.int32]:
        """Return the month in which each draw begins to buy, and make the rows of these months."""
        begun = np.minimum(self.opening.month_of(axis, drawn), self.asked.count)
        rows = sorted(self._missing.intersection((self.planned, *np.flatnonzero(np.bincount(begun)).tolist())))
        if rows:
            self._make(rows)
            self._missing.difference_update(rows)
        return begun

    def _make(self, rows: list[int]) -> None:
        self.sums = {}
        for amounts, count in self.amounts:
            amounts.make(rows)
            for price_id, sums in tuple(amounts.sums.items()):
                key = price_id if price_id in self.uncertain else ""
                self.sums[key] = self.sums.get(key, 0) + count * sums
        for choice in self.choices:
            choice.make(rows)


def licences_of(plan: Plan, price_list: PriceList) -> Iterator[tuple[tuple[ScheduledTask, ...], Purchase]]:
    """Yield the licences with the tasks that open them, none for the finish: the mix stays as the plan has it."""
    scenario, month = plan.scenario, plan.licence_month
    if month is None or plan.mix is None:
        return
    openers = opening_tasks(plan.tasks, granted_today(scenario, price_list))
    licensing = license_company(scenario, plan.tasks, price_list, month)
    groups = groups_of(
        plan.mix,
        plan.case.size,
        licensing.offers,
        licensing.admin_demands,
        has_just_in_time=RolloutWave.JUST_IN_TIME in openers,
    )
    for group in groups:
        yield openers[group.wave], group.from_month(month).purchase


def everything_begun(
    asked: PriceHorizon, plan: Plan, tasks: Sequence[ScheduledTask], uncertain: Container[str]
) -> tuple[Begun, ...]:
    """Return everything that a plan buys, by the tasks with whose first start it begins."""
    index_of = {task.task.id: number for number, task in enumerate(tasks)}
    finish = max(task.finish for task in plan.tasks)

    def opening(openers: Sequence[ScheduledTask], *, is_late: bool = False) -> Opening:
        if is_late or not openers:
            day = max((task.finish for task in openers), default=finish)
        else:
            day = min(task.start for task in openers)
        planned = asked.first.until(Month.of(day)) + int(is_late)
        return Opening(tuple(index_of[task.task.id] for task in openers), planned, is_late)

    found: dict[Opening, list[Purchase]] = {}
    for openers, purchase in licences_of(plan, asked.price_list):
        found.setdefault(opening(openers), []).append(purchase)
    for purchase in purchases_of(plan.scenario, plan.case.size):
        is_late, task_id = purchase.is_after_finish, purchase.task_id
        begun_with = tuple(task for task in tasks if task.task.id == task_id)
        if (begun_with or is_late) and (purchase.quantity or purchase.has_minimum):
            found.setdefault(opening(begun_with, is_late=is_late), []).append(purchase)
    return tuple(Begun(asked, each, purchases, uncertain) for each, purchases in found.items())


def booked_cents(plan: Plan) -> tuple[int, ...]:
    """Return what was booked in closed months, for each of `SampledTotals`: nothing of it is drawn (M27)."""
    return tuple(to_cents(sum_of(line for line in figure_lines(name, plan) if line.is_actual)) for name in SUMS)


class SampledCosts:
    """What a plan costs, by the dates and factors of its draws."""

    def __init__(
        self,
        plan: Plan,
        price_list: PriceList,
        order: Order,
        uncertain: Container[str],
    ) -> None:
        """Ask for everything that does not depend on a draw; `uncertain` holds the prices with a range."""
        self.axis, horizon = order.axis, len(plan.horizon)
        count = max(horizon, int(self.axis.months[-1]) + 1)
        first = plan.horizon[0]
        closed = frozenset(first.until(month) for month in closed_months(plan.scenario))
        asked = PriceHorizon(price_list, first, count, horizon, closed)
        self.ends = tuple(self.axis.index_of_month(months) for months in (count, FIRST_YEAR_MONTHS, horizon))
        """The index after the last day that counts, for each of `SampledTotals`."""
        self.begun = everything_begun(asked, plan, order.tasks, uncertain)
        self.external_day = price_list.external_day
        self.days = [float(task.external_days) for task in order.tasks]
        self.coordination = float(plan.scenario.labour.coordination_days_per_month.external)
        self.rates = unit_cents(asked, price_list.external_day) if plan.shows_labour else np.zeros(count)
        """The consultant's day rate in each month, in cents; 0 where it is unknown or not shown."""
        self.has_one_rate = bool((self.rates == self.rates[0]).all())
        self.booked, self.is_closed = booked_cents(plan), np.isin(self.axis.months, tuple(closed))
        self.closed_until = np.append(0, np.cumsum(self.is_closed)).astype(np.int32)
        """How many working days before each index lie in closed months."""

    def of(self, drawn: SampledSchedule, efforts: Sequence[Floats], prices: Mapping[str, Floats]) -> SampledTotals:
        """Return what each draw costs; `efforts` are factors by task, `prices` factors by price id."""
        totals = self._labour(drawn, efforts, prices.get(self.external_day))
        for sums, cents in zip(totals, self.booked, strict=True):
            np.add(sums, cents, out=sums)
        for each in self.begun:
            begun = each.month_of(self.axis, drawn)
            for price_id, (once, first_year, whole, again) in each.sums.items():
                factor = prices.get(price_id)
                for sums, table in zip(totals, (once + again[each.planned], first_year, whole), strict=True):
                    amount = table.take(begun, mode="clip")
                    np.add(sums, amount if factor is None else amount * factor, out=sums)
            for choice in each.choices:
                first, whole = choice.of(begun, prices)
                planned, _ = choice.of(np.full_like(begun, each.planned), prices)
                for sums, amounts in zip(totals, (planned, first, whole), strict=True):
                    np.add(sums, amounts, out=sums)
        return SampledTotals(*totals)

    def _labour(self, drawn: SampledSchedule, efforts: Sequence[Floats], factor: Floats | None) -> list[Cents]:
        """Return the consultant's work and coordination: all of it, in the first year, and within the horizon."""
        totals = self._coordination(drawn)
        work = np.zeros_like(totals[0])
        for number, days in enumerate(self.days):
            if days:
                cost = efforts[number] * (self._rate_of(drawn.starts[number]) * days)
                work += cost
                self._take_off(totals, cost, drawn, number)
        for sums in totals:
            np.add(sums, work, out=sums)
            if factor is not None:
                np.multiply(sums, factor, out=sums)
        return totals

    def _take_off(self, totals: list[Cents], cost: Floats | Cents, drawn: SampledSchedule, number: int) -> None:
        """Take off what a task costs in closed months, and past the first year and the horizon."""
        start, task_end, lengths = drawn.starts[number], drawn.ends[number], drawn.lengths[number]
        if self.is_closed.any():
            certain = cost * (self._closed_days(start, task_end) / lengths)
            for sums in totals:
                np.subtract(sums, certain, out=sums)
        latest = task_end.max()
        for end, sums in zip(self.ends[1:], totals[1:], strict=True):
            if latest > end:
                late = np.flatnonzero(task_end > end)
                worked_before = np.maximum(end - start[late], 0)
                closed_after = self._closed_days(np.maximum(start[late], end), task_end[late])
                sums[late] -= cost[late] * (1 - (worked_before + closed_after) / lengths[late])

    def _closed_days(self, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the working days from one index to another that lie in closed months."""
        before, until = (self.closed_until.take(index, mode="clip") for index in (start, end))
        days: NDArray[np.int32] = until - before
        return days

    def _rate_of(self, start: NDArray[np.int32]) -> Cents | float:
        """Return the rate of the month in which each draw starts; one number where all are equal."""
        if self.has_one_rate:
            return float(self.rates[0])
        found: Cents = self.rates.take(self.axis.months.take(start, mode="clip"), mode="clip")
        return found

    def _coordination(self, drawn: SampledSchedule) -> list[Cents]:
        """Return what coordination costs until each finish, counted up to each end."""
        counted = self.axis.months[: max(self.ends)]
        worked = np.bincount(counted, minlength=len(self.rates))
        a_day = np.divide(self.coordination * self.rates, worked, out=np.zeros_like(self.rates), where=worked > 0)
        by_day = a_day.take(counted)
        by_day[: self.axis.first] = 0.0
        by_day[self.is_closed[: len(by_day)]] = 0.0
        until = np.append(0.0, np.cumsum(by_day))
        return [until.take(np.minimum(drawn.end, end)) for end in self.ends]
