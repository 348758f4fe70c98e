"""What a plan costs where the dates of its tasks, their efforts and prices are drawn (M11 to M16, M22, M23).

What a purchase costs by the month in which it begins comes from what costs a plan (`cost_lines`): once for each month
in which it begins in some draw. Each draw then reads its own months. Decides no dates. No draw carries contingency: it
is the reserve for what is drawn here. Laws: where nothing is uncertain, the sums are the plan's without contingency;
what is paid once counts for the introduction whenever it falls; what begins after all months costs nothing; an amount
that is unknown is left out, as it is in the plan's totals.

Amounts are cents, not rounded line by line: a draw is off by less than a cent a line, and by nothing where it is the
plan itself (`simulation`). The months of a draw add up to its total over the horizon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property, lru_cache, reduce
from itertools import accumulate, product
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.categories import Kind
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CostLine, ScheduledTask, Team
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.cost_lines import BillingWindow, Charge, charges, periods
from zt_planner.engine.costing.labour import coordination_share
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence, purchases_of
from zt_planner.engine.figures import FIRST_YEAR_MONTHS, figure_lines
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import Openers, SeatGroup, Wave, groups_of, openers_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.draws import Floats
from zt_planner.engine.simulation.order import Order, SampledCalendar, SampledSchedule

Cents: TypeAlias = NDArray[np.float64]
Value = TypeVar("Value")


class Totals(NamedTuple, Generic[Value]):
    """A value for each total that is drawn, without contingency.

    The introduction is all that is paid once, whenever it falls, and what recurs in the first year of the plan: for
    the months in which the plan has it, so that a late draw never looks cheap.
    """

    introduction: Value
    first_year: Value
    horizon: Value


SampledTotals: TypeAlias = Totals[Cents]
"""What each draw costs, in cents."""
FIGURES = Totals(FigureName.INTRODUCTION_BUDGET, FigureName.FIRST_YEAR_BUDGET, FigureName.HORIZON_TOTAL)
"""The plan's figure of each total."""


class SampledMonths(NamedTuple):
    """What each draw costs within the horizon, in cents, and the consultant's days: a row for each month of the plan.

    The days have one row more, for what is done later.
    """

    money: Cents
    external_days: Cents


def rounded_as(sampled: SampledTotals, estimate: Totals[int]) -> SampledTotals:
    """Return totals moved by the cents by which the first draw, the estimate, misses the plan, whose lines are rounded.

    `estimate` is what the plan costs without contingency; what is missed is at most a cent a line.
    """
    return Totals(*(cents + (planned - cents[0]) for cents, planned in zip(sampled, estimate, strict=True)))


class PurchaseSum(IntEnum):
    """How the charges of a purchase are summed."""

    ONCE = 0
    FIRST_YEAR = 1
    HORIZON = 2
    RECURRING_FIRST_YEAR = 3


@dataclass(frozen=True, slots=True)
class PricedMonths:
    """The months in which something may begin, with one price list: `count` of them from `first` on.

    `horizon` of them are the plan's; only what is paid once counts after these. What is paid in `closed` ones counts
    nothing: what was booked in them is certain (M27).
    """

    price_list: PriceList
    first: Month
    count: int
    horizon: int
    closed: frozenset[int] = frozenset()

    def charges(self, purchase: Purchase, start: int) -> Iterator[tuple[Charge, range]]:
        """Yield the charges of a purchase that begins in a month, with the indices of their months that are open."""
        last = self.first.plus(self.horizon - 1)
        for charge in charges(self.price_list, BillingWindow(last, last), purchase, self.first.plus(start)):
            first = self.first.until(charge.months[0])
            for months in self._open(charge, range(first, first + len(charge.months))):
                yield charge, months

    def charges_by_start(
        self, purchase: Purchase, starts: Iterable[int]
    ) -> Iterator[tuple[int, list[tuple[Charge, range]]]]:
        """Yield the charges of a purchase by the month in which it begins, in order.

        What is bought again every month is computed once: from a later month on, it is the rest of the same.
        """
        charges_of_start, is_monthly = list[tuple[Charge, range]](), False
        for start in sorted(starts):
            if is_monthly:
                charges_of_start = [(charge, months) for charge, months in charges_of_start if months.start >= start]
            else:
                charges_of_start = list(self.charges(purchase, start))
                is_monthly = self._is_bought_monthly(purchase, start)
            yield start, charges_of_start

    def _is_bought_monthly(self, purchase: Purchase, start: int) -> bool:
        """Tell whether a purchase that begins in a month is bought again in each one."""
        if purchase.recurrence is not Recurrence.EVERY_MONTH:
            return False
        last, first = self.first.plus(self.horizon - 1), self.first.plus(start)
        window, other = BillingWindow(last, last), purchase.or_per_unit
        ids = (purchase.price_id,) if other is None else (purchase.price_id, other.price_id)
        bought = (period for price_id in ids for period in periods(self.price_list, window, price_id, first))
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
def unit_cents(months: PricedMonths, price_id: str) -> Cents:
    """Return what a unit costs in each month, in cents, 0 where no price is valid; remembered."""
    prices = (months.price_list.price_of(price_id, month) for month in months_from(months.first, months.count))
    return np.array([0 if price is None else to_cents(price.amount) for price in prices], float)


def months_before(months: range, end: int) -> int:
    return max(0, min(months.stop, end) - months.start)


class PurchaseAmounts:
    """What a purchase costs by price, in cents: a row for each `PurchaseSum`, a column for each month of its beginning.

    A column is computed when it is first needed; the last is for what begins after all months, and stays 0.
    `months_of` has the cents of each month of the horizon by price, for each column. Several threads may compute at
    once: a column is the same whoever does.
    """

    def __init__(self, months: PricedMonths, purchase: Purchase) -> None:
        self.months, self.purchase = months, purchase
        self.sums: dict[str, Cents] = {}
        self.months_of: dict[int, dict[str, NDArray[np.int64]]] = {}
        self._missing = set(range(months.count))

    def compute(self, starts: Iterable[int]) -> None:
        """Compute the columns of months that are missing."""
        horizon = self.months.horizon
        for start, charges_of_start in self.months.charges_by_start(self.purchase, self._missing.intersection(starts)):
            columns: dict[str, list[int]] = {}
            changes: dict[str, list[int]] = {}
            for charge, months in charges_of_start:
                column, cents = columns.setdefault(charge.price_id, [0] * len(PurchaseSum)), charge.cents or 0
                if charge.kind is Kind.ONE_OFF:
                    column[PurchaseSum.ONCE] += cents * len(months)
                else:
                    column[PurchaseSum.RECURRING_FIRST_YEAR] += cents * months_before(months, FIRST_YEAR_MONTHS)
                change = changes.setdefault(charge.price_id, [0] * (horizon + 1))
                change[min(months.start, horizon)] += cents
                change[min(months.stop, horizon)] -= cents
            by_month = {price_id: list(accumulate(change[:horizon])) for price_id, change in changes.items()}
            for price_id, column in columns.items():
                column[PurchaseSum.FIRST_YEAR] = sum(by_month[price_id][:FIRST_YEAR_MONTHS])
                column[PurchaseSum.HORIZON] = sum(by_month[price_id])
                sums = self.sums.setdefault(price_id, np.zeros((len(PurchaseSum), self.months.count + 1)))
                sums[:, start] = column
            self.months_of[start] = {price_id: np.array(cents) for price_id, cents in by_month.items()}
            self._missing.discard(start)


@lru_cache(maxsize=256)
def purchase_amounts(months: PricedMonths, purchase: Purchase) -> PurchaseAmounts:
    """Return what a purchase costs; remembered, as a move of a slider leaves most of it as it is."""
    return PurchaseAmounts(months, purchase)


def shared_purchase(months: PricedMonths, purchase: Purchase) -> tuple[Purchase, int]:
    """Return a purchase of one unit without its task, and how many units; as a whole where units differ in price.

    They do with a least amount, with a choice of two prices, and with steps.
    """
    shared = replace(purchase, task_id="")
    if purchase.has_minimum or purchase.or_per_unit is not None or months.is_graduated(purchase.price_id):
        return shared, 1
    return replace(shared, quantity=1), purchase.quantity


class DearerPurchase:
    """What is bought at the higher of two prices, month by month, where the draws decide which one that is.

    `amounts` are cents by purchase, first month and month, `open_amounts` without what is paid in closed months: that
    is compared, but not counted. The last first month is for what begins after the horizon.
    """

    def __init__(self, months: PricedMonths, purchases: tuple[Purchase, Purchase]) -> None:
        self.months, self.purchases = months, purchases
        self.amounts = np.zeros((len(purchases), months.count + 1, months.horizon))
        self.open_amounts = np.zeros_like(self.amounts)

    def compute(self, starts: Iterable[int]) -> None:
        """Compute the amounts of first months; where one price is missing, neither counts."""
        starts = tuple(starts)
        every_month = replace(self.months, closed=frozenset())
        for index, purchase in enumerate(self.purchases):
            self._add(self.amounts[index], every_month.charges_by_start(purchase, starts))
            self._add(self.open_amounts[index], self.months.charges_by_start(purchase, starts))
        is_known = ~np.isnan(self.amounts).any(axis=0)
        self.amounts = np.where(is_known, self.amounts, 0)
        self.open_amounts = np.where(is_known, self.open_amounts, 0)

    @staticmethod
    def _add(table: Cents, charges_by_start: Iterable[tuple[int, list[tuple[Charge, range]]]]) -> None:
        """Add cents by first month and month, not a number where there is no price."""
        for start, charges_of_start in charges_by_start:
            for charge, months in charges_of_start:
                table[start, months.start : months.stop] += np.nan if charge.cents is None else charge.cents

    def of(self, starts: NDArray[np.int32], prices: Mapping[str, Floats]) -> tuple[Cents, Cents]:
        """Return what each draw costs in the first year and over the horizon, by the month in which it begins."""
        first, whole = np.zeros(starts.shape), np.zeros(starts.shape)
        for month, dearer in enumerate(self.by_month(starts, prices)):
            whole += dearer
            if month < FIRST_YEAR_MONTHS:
                first += dearer
        return first, whole

    def by_month(self, starts: NDArray[np.int32], prices: Mapping[str, Floats]) -> Iterator[Cents]:
        """Yield what each draw costs in each month of the horizon, by the month in which it begins."""
        factors = [prices.get(purchase.price_id, np.float32(1)) for purchase in self.purchases]

        def cents(tables: Cents, month: int) -> list[Cents]:
            return [table[:, month].take(starts) * factor for table, factor in zip(tables, factors, strict=True)]

        for month in range(self.months.horizon):
            one, other = cents(self.amounts, month)
            dearer = np.maximum(one, other)
            if self.months.closed:
                open_one, open_other = cents(self.open_amounts, month)
                dearer = np.where(other > one, open_other, open_one)
            yield dearer


class PurchaseStart(NamedTuple):
    """With what purchases begin: the first start of some tasks, or the month after the finish of one.

    `openers` are indices in the tasks of a plan; without one it is the finish of the plan, or its first month where
    `is_from_start`. `planned` is the month in which the plan has it, counted from its first; none is before
    `not_before`.
    """

    openers: tuple[int, ...]
    planned: int
    is_after_finish: bool = False
    is_from_start: bool = False
    not_before: int = 0

    def month_of(self, axis: SampledCalendar, schedule: SampledSchedule) -> NDArray[np.int32]:
        """Return the month in which each draw begins to buy."""
        if self.is_from_start:
            return np.full(len(schedule.end), self.planned, np.int32)
        months = self._opened(axis, schedule)
        return np.maximum(months, np.int32(self.not_before)) if self.not_before else months

    def _opened(self, axis: SampledCalendar, schedule: SampledSchedule) -> NDArray[np.int32]:
        if self.is_after_finish or not self.openers:
            ends = [schedule.ends[index] for index in self.openers] or [schedule.end]
            last: NDArray[np.int32] = axis.months.take(np.maximum(ends[0] - 1, 0), mode="clip")
            return last + 1 if self.is_after_finish else last
        first = reduce(np.minimum, (schedule.starts[index] for index in self.openers))
        months: NDArray[np.int32] = axis.months.take(first, mode="clip")
        return months


class StartedPurchases:
    """What is bought from one start on.

    `sums` are those of `PurchaseAmounts`, of all of it; prices without a range count as one, "".
    """

    def __init__(
        self, months: PricedMonths, start: PurchaseStart, purchases: Iterable[Purchase], uncertain: Container[str]
    ) -> None:
        self.months, self.start, self.uncertain = months, start, uncertain
        self.planned = min(start.planned, months.count)
        self.choices, self.amounts = list[DearerPurchase](), list[tuple[PurchaseAmounts, int]]()
        for purchase in purchases:
            pair = self._choice(purchase)
            if pair is None:
                shared, count = shared_purchase(months, purchase)
                self.amounts.append((purchase_amounts(months, shared), count))
            else:
                self.choices.append(DearerPurchase(months, pair))
        self.sums: dict[str, Cents] = {}
        self._missing = set(range(months.count))

    def _choice(self, purchase: Purchase) -> tuple[Purchase, Purchase] | None:
        """Return both forms of a purchase whose price the draws decide (M13); None for any other."""
        other = purchase.or_per_unit
        if other is None or self.months.price_list.stands_alone(purchase.price_id, other.price_id):
            return None
        if purchase.price_id not in self.uncertain and other.price_id not in self.uncertain:
            return None
        return replace(purchase, or_per_unit=None), other

    def months_of(self, axis: SampledCalendar, schedule: SampledSchedule) -> NDArray[np.int32]:
        """Return the month in which each draw begins to buy, and compute what it costs from these months on."""
        months = np.minimum(self.start.month_of(axis, schedule), self.months.count)
        starts = sorted(self._missing.intersection((self.planned, *np.flatnonzero(np.bincount(months)).tolist())))
        if starts:
            self._compute(starts)
            self._missing.difference_update(starts)
        return months

    def _compute(self, starts: list[int]) -> None:
        self.sums = {}
        for amounts, count in self.amounts:
            amounts.compute(starts)
            for price_id, sums in tuple(amounts.sums.items()):
                key = price_id if price_id in self.uncertain else ""
                self.sums[key] = self.sums.get(key, 0) + count * sums
        for choice in self.choices:
            choice.compute(starts)

    def by_month(self, months: NDArray[np.int32], prices: Mapping[str, Floats]) -> Iterator[tuple[range, Cents]]:
        """Yield the months that follow each other in which something is paid, and what by each draw: a row a month.

        `months` are those in which each draw begins to buy, as `months_of` returned them.
        """
        for price_id, table in self._tables_by_month(np.flatnonzero(np.bincount(months)).tolist()).items():
            paid = np.flatnonzero(table.any(axis=1))
            if len(paid):
                rows, factor = range(int(paid[0]), int(paid[-1]) + 1), prices.get(price_id)
                amount = table[rows.start : rows.stop].take(months, axis=1)
                yield rows, amount if factor is None else amount * factor
        for choice in self.choices:
            for month, cents in enumerate(choice.by_month(months, prices)):
                yield range(month, month + 1), cents[np.newaxis]

    def _tables_by_month(self, starts: Iterable[int]) -> dict[str, Cents]:
        """Return the cents of each month of the horizon, a column for each month in which it begins, by price."""
        shape, tables = (self.months.horizon, self.months.count + 1), dict[str, Cents]()
        for (amounts, count), start in product(self.amounts, starts):
            for price_id, cents in amounts.months_of.get(start, {}).items():
                key = price_id if price_id in self.uncertain else ""
                tables.setdefault(key, np.zeros(shape))[:, start] += count * cents
        return tables


def licences_of(plan: Plan, price_list: PriceList) -> Iterator[tuple[SeatGroup, Openers]]:
    """Yield the seats of licences with what opens them: the mix stays as the plan has it."""
    case = plan.case
    if plan.mix is None:
        return
    licensing = license_company(plan.scenario, case.tasks, price_list, plan.licence_month)
    openers: dict[Wave, Openers] = {}
    for group in groups_of(plan.mix, case.size, licensing.offers, licensing.demands, licensing.needs):
        if group.wave not in openers:
            openers[group.wave] = openers_of(group.wave, case.opening, plan.tasks)
        yield group, openers[group.wave]


def purchases_by_start(
    months: PricedMonths, plan: Plan, tasks: Sequence[ScheduledTask], uncertain: Container[str]
) -> tuple[StartedPurchases, ...]:
    """Return everything that a plan buys, by what it begins with; `tasks` are the plan's in the order of the draws."""
    index_of = {task.task.id: number for number, task in enumerate(tasks)}
    finish = max((task.finish for task in plan.tasks), default=plan.case.start)
    done = {task.id for task in plan.case.done}

    def start_of(openers: Openers, not_before: Month | None = None, *, is_late: bool = False) -> PurchaseStart:
        least = 0 if not_before is None else max(0, months.first.until(not_before))
        if openers.is_from_start:
            return PurchaseStart((), least, is_from_start=True)
        if is_late or not openers.tasks:
            day = max((task.finish for task in openers.tasks), default=finish)
        else:
            day = min(task.start for task in openers.tasks)
        month = Month.of(day).plus(1) if is_late else Month.of(day)
        indices = tuple(index_of[task.task.id] for task in openers.tasks)
        return PurchaseStart(indices, max(least, months.first.until(month)), is_late, not_before=least)

    purchases: dict[PurchaseStart, list[Purchase]] = defaultdict(list)
    for group, openers in licences_of(plan, months.price_list):
        purchases[start_of(openers, group.not_before)].append(group.from_month(months.first).purchase)
    for purchase in purchases_of(plan.scenario, plan.case.size):
        is_late, is_done = purchase.is_after_finish, purchase.task_id in done
        openers = Openers(tuple(task for task in tasks if task.task.id == purchase.task_id), is_from_start=is_done)
        begins = purchase.recurrence is not Recurrence.ONCE if is_done else openers.tasks or is_late
        if begins and purchase.is_bought:
            purchases[start_of(openers, is_late=is_late and not is_done)].append(purchase)
    return tuple(StartedPurchases(months, start, bought, uncertain) for start, bought in purchases.items())


FEW = 50
"""Of so many draws, one is few."""


def work_by_month(
    schedule: SampledSchedule, a_day: Sequence[tuple[int, Cents]], axis: SampledCalendar, months: int
) -> Cents:
    """Return how much of some tasks' work each draw does in each month, and in one more row what it does later.

    `a_day` are the numbers of tasks with what each draw does of them on each of their days. Most are done in the month
    in which they start, or soon after; what is left of the few others, which may take years, is spread at once.
    """
    draws, limit = len(schedule.end), axis.last + 1
    edges = np.array([*map(axis.index_of_month, range(months + 1)), limit], np.int32)
    done, every = np.zeros((months + 1, draws)), np.arange(draws)
    places, rows_of = done.reshape(-1), np.minimum(axis.months, months)
    rows_of[axis.last] = months
    for number, amount in a_day:
        starts, ends, left, columns = schedule.starts[number], schedule.ends[number], amount, every
        if ends.max() >= limit:
            done[-1] += left * (schedule.lengths[number] - (ends - starts))
        while len(columns) > draws // FEW:
            rows = rows_of.take(starts, mode="clip")
            until = edges.take(rows + 1)
            places[rows * draws + columns] += left * (np.minimum(ends, until) - starts)
            more = np.flatnonzero(ends > until)
            columns, starts, ends, left = columns.take(more), until.take(more), ends.take(more), left.take(more)
        if len(columns):
            spent = np.clip(edges[:, np.newaxis], starts, ends)
            done[:, columns] += (spent[1:] - spent[:-1]) * left
    return done


def booked_cents(plan: Plan) -> Totals[int]:
    """Return what was booked in closed months: nothing of it is drawn (M27)."""
    return Totals(
        *(to_cents(sum_of(line for line in figure_lines(figure, plan) if line.is_actual)) for figure in FIGURES)
    )


def cents_by_month(plan: Plan, counts: Callable[[CostLine], bool]) -> Cents:
    """Return the cents of some lines of the plan's total over the horizon, for each of its months."""
    cents = np.zeros(len(plan.horizon))
    for line in figure_lines(FigureName.HORIZON_TOTAL, plan):
        if line.amount is not None and counts(line):
            cents[plan.horizon[0].until(line.month)] += to_cents(line.amount)
    return cents


class SampledCosts:
    """What a plan costs, by the dates and factors of its draws."""

    def __init__(
        self,
        plan: Plan,
        price_list: PriceList,
        order: Order,
        uncertain: Container[str],
    ) -> None:
        """Compute everything that does not depend on a draw; `uncertain` holds the prices with a range."""
        self.axis, horizon = order.axis, len(plan.horizon)
        count = max(horizon, int(self.axis.months[-1]) + 1)
        first = plan.horizon[0]
        closed = frozenset(first.until(month) for month in closed_months(plan.scenario))
        months = PricedMonths(price_list, first, count, horizon, closed)
        self.ends = Totals(*map(self.axis.index_of_month, (count, FIRST_YEAR_MONTHS, horizon)))
        """The index after the last day that counts."""
        self.purchases = purchases_by_start(months, plan, order.tasks, uncertain)
        self.external_day = price_list.external_day
        self.days = [float(task.work.whole.external) for task in order.tasks]
        parameters = plan.case.size.parameters
        self.coordination = float(coordination_share(plan.scenario, parameters, Team.EXTERNAL))
        """The consultant's days of steering for each day of work."""
        self.rates = unit_cents(months, price_list.external_day) if plan.shows_labour else np.zeros(count)
        """The consultant's day rate in each month, in cents; 0 where it is unknown or not shown."""
        self.has_one_rate = bool((self.rates == self.rates[0]).all())
        self.closed = sorted(month for month in closed if month < horizon)
        self.booked = booked_cents(plan) if closed else Totals(0, 0, 0)
        self.booked_by_month = cents_by_month(plan, lambda line: line.is_actual)
        self.has_closed, self.is_closed = bool(closed), np.isin(self.axis.months, tuple(closed))
        self.closed_until = np.append(0, np.cumsum(self.is_closed)).astype(np.int32)
        """How many working days before each index lie in closed months."""

    def of(self, schedule: SampledSchedule, efforts: Sequence[Floats], prices: Mapping[str, Floats]) -> SampledTotals:
        """Return what each draw costs; `efforts` are factors by task, `prices` factors by price id."""
        totals = self._labour(schedule, efforts, prices.get(self.external_day))
        for total, cents in zip(totals, self.booked, strict=True):
            np.add(total, cents, out=total)
        for purchases in self.purchases:
            starts = purchases.months_of(self.axis, schedule)
            for price_id, sums in purchases.sums.items():
                factor = prices.get(price_id)
                introduction = sums[PurchaseSum.ONCE] + sums[PurchaseSum.RECURRING_FIRST_YEAR, purchases.planned]
                tables = Totals(introduction, sums[PurchaseSum.FIRST_YEAR], sums[PurchaseSum.HORIZON])
                for total, table in zip(totals, tables, strict=True):
                    amount = table.take(starts, mode="clip")
                    np.add(total, amount if factor is None else amount * factor, out=total)
            for choice in purchases.choices:
                first_year, whole = choice.of(starts, prices)
                planned, _ = choice.of(np.full_like(starts, purchases.planned), prices)
                for total, amounts in zip(totals, Totals(planned, first_year, whole), strict=True):
                    np.add(total, amounts, out=total)
        return totals

    def by_month(
        self, schedule: SampledSchedule, efforts: Sequence[Floats], prices: Mapping[str, Floats], months: int
    ) -> SampledMonths:
        """Return what each draw costs, and the consultant's days, in each of so many months from the plan's first on.

        There are at least as many as the horizon has.
        """
        a_day = [
            (number, efforts[number] * (days / schedule.lengths[number]))
            for number, days in enumerate(self.days)
            if days
        ]
        days = work_by_month(schedule, a_day, self.axis, months)
        money, horizon = np.zeros((months, len(schedule.end))), len(self.booked_by_month)
        labour = money[:horizon]
        np.multiply(days[:horizon], self.rates[:horizon, np.newaxis], out=labour)
        if self.has_one_rate:
            labour *= 1 + self.coordination
        else:
            priced = [(number, amount * self._rate_of(schedule.starts[number])) for number, amount in a_day]
            labour *= self.coordination
            labour += work_by_month(schedule, priced, self.axis, horizon)[:horizon]
        if self.external_day in prices:
            labour *= prices[self.external_day]
        labour[self.closed] = 0
        labour += self.booked_by_month[:, np.newaxis]
        for purchases in self.purchases:
            starts = purchases.months_of(self.axis, schedule)
            for rows, cents in purchases.by_month(starts, prices):
                money[rows.start : rows.stop] += cents
        days *= 1 + self.coordination
        return SampledMonths(money, days)

    def _labour(self, schedule: SampledSchedule, efforts: Sequence[Floats], factor: Floats | None) -> SampledTotals:
        """Return the consultant's work and coordination: all of it, in the first year, and within the horizon."""
        totals = Totals(*(np.zeros(len(schedule.end)) for _ in FIGURES))
        work = np.zeros_like(totals[0])
        for number, days in enumerate(self.days):
            if days:
                if self.has_one_rate:
                    cost = efforts[number] * (float(self.rates[0]) * days * (1 + self.coordination))
                else:
                    cost = efforts[number] * (self._rate_of(schedule.starts[number]) * days)
                    self._add_coordination(totals, efforts[number] * days, schedule, number)
                work += cost
                self._take_off(totals, cost, schedule, number)
        for total in totals:
            np.add(total, work, out=total)
            if factor is not None:
                np.multiply(total, factor, out=total)
        return totals

    def _take_off(self, totals: SampledTotals, cost: Floats | Cents, schedule: SampledSchedule, number: int) -> None:
        """Take off what a task costs in closed months, and past the first year and the horizon."""
        start, task_end, lengths = schedule.starts[number], schedule.ends[number], schedule.lengths[number]
        if self.has_closed:
            certain = cost * (self._closed_days(start, task_end) / lengths)
            for total in totals:
                np.subtract(total, certain, out=total)
        latest = task_end.max()
        for end, total in zip(self.ends[1:], totals[1:], strict=True):
            if latest > end:
                late = np.flatnonzero(task_end > end)
                kept = np.maximum(end - start[late], 0)
                if self.has_closed:
                    kept += self._closed_days(np.maximum(start[late], end), task_end[late])
                total[late] -= cost[late] * (1 - kept / lengths[late])

    def _closed_days(self, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the working days from one index to another that lie in closed months."""
        before, until = (self.closed_until.take(index, mode="clip") for index in (start, end))
        days: NDArray[np.int32] = until - before
        return days

    def _rate_of(self, start: NDArray[np.int32]) -> Cents:
        """Return the rate of the month in which each draw starts."""
        rates: Cents = self.rates.take(self.axis.months.take(start, mode="clip"), mode="clip")
        return rates

    def _add_coordination(self, totals: SampledTotals, days: Floats, schedule: SampledSchedule, number: int) -> None:
        """Add what steering a task costs, at the rates of the months of its work."""
        starts, ends = schedule.starts[number], schedule.ends[number]
        a_day = days * self.coordination / schedule.lengths[number]
        for total, end in zip(totals, self.ends, strict=True):
            last, first = np.minimum(ends, end), np.minimum(starts, end)
            np.add(total, a_day * (self.rates_until.take(last) - self.rates_until.take(first)), out=total)

    @cached_property
    def rates_until(self) -> Cents:
        """The sum of the rates of the working days before each index; closed months count nothing."""
        by_day = self.rates.take(self.axis.months, mode="clip")
        by_day[self.is_closed] = 0.0
        return np.append(0.0, np.cumsum(by_day))
