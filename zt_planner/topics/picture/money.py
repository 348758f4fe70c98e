"""The money of the picture: a stack a month, its kinds of cost named beside it, and the monthly cap; or lines.

Laws: the slices of a month add up to its cost lines, to the cent; credits lie
below zero; equal amounts are equally high; kinds of cost and their total are those of the months shown, each rounded
by itself as everywhere else; where the total is not the figure that stands beside it, the difference is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.money import ZERO, rounded
from zt_planner.engine.costing.budget import accrual, cash_of, sums_by_month
from zt_planner.engine.figures import FIRST_YEAR_MONTHS
from zt_planner.language import Labelled, Listed, Money, Number, Plural, Text, Trimmed, Words
from zt_planner.topics.axes import money_steps
from zt_planner.topics.labels import bounded_money, label
from zt_planner.topics.picture.time_axis import AxisPart, Tick
from zt_planner.topics.task_words import before_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.palette import Palette
    from zt_planner.topics.picture.time_axis import Canvas

    Sums: TypeAlias = Mapping[Month, Mapping[CostCategory, Decimal]]

THOUSAND = 1000
MOST_TOTALS = 24
"""Above so many stacks their totals have no room."""
FREE = 0.1
"""What is left free at each side of a stack, as a part of its month."""
ROOM_ABOVE = 1.14
"""How far the axis of amounts goes past its highest stack, so that a total fits above it."""
FARTHEST_CAP = Decimal("1.25")
"""A monthly cap that is higher than so many times the highest stack is left out: nothing comes near it."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One category's amount of a month, in EUR with two places, and where it lies."""

    category: str
    amount: str
    bottom: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A month's money; `total` stands above it, `text` says all of it; `before` is its height in the plan before."""

    month: str
    span: AxisPart
    slices: tuple[Slice, ...]
    top: float
    total: Words
    text: Words
    before: AxisPart | None
    is_above_cap: bool


@dataclass(frozen=True, slots=True)
class CostKind:
    """A kind of cost that some month has: its name, its total and its colour."""

    name: Words
    total: Words
    colour: str


@dataclass(frozen=True, slots=True)
class MonthsTotal:
    """What the kinds of cost add up to: how many months, how much, and what of it another figure does not hold."""

    name: Words
    total: Words
    beyond: Words


@dataclass(frozen=True, slots=True)
class Cap:
    """The monthly cap, named above the kinds of cost; the colour is that of the months that break it."""

    at: float
    name: Words
    total: Words
    colour: str


@dataclass(frozen=True, slots=True)
class AmountLine:
    """An amount over time: its points, and at its end its letter, with name and last amount beside it.

    `label` is where these stand on the axis of amounts, so that those of several lines do not cover each other.
    """

    letter: str
    name: Words
    total: Words
    colour: str
    dash: str
    points: tuple[tuple[float, float], ...]
    label: float


@dataclass(frozen=True, slots=True)
class PictureMoney:
    """Stacks with their axis of amounts; kinds of cost from the top of a stack to its bottom; the cap; lines.

    Lines have no total.
    """

    title: Words
    stacks: tuple[Stack, ...]
    kinds: tuple[CostKind, ...]
    amounts: tuple[Tick, ...]
    zero: float
    cap: Cap | None
    total: MonthsTotal | None = None
    lines: tuple[AmountLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountScale:
    """The axis of amounts."""

    low: float
    high: float

    def at(self, amount: Decimal | float) -> float:
        """Return where an amount lies."""
        return (float(amount) - self.low) / (self.high - self.low)

    def between(self, low: Decimal, high: Decimal) -> AxisPart:
        """Return the part between two amounts."""
        return AxisPart(self.at(low), self.at(high) - self.at(low))


def sums_of(plan: Plan, months: Sequence[Month], month_of: Callable[[CostLine], Month] = accrual) -> Sums:
    """Return a plan's money by month and category."""
    return sums_by_month((*plan.cost_lines, *plan.prepaid_tail), months, month_of)


def month_totals(plan: Plan, months: Sequence[Month], month_of: Callable[[CostLine], Month]) -> Mapping[Month, Decimal]:
    """Return what a plan pays in all, of the months that it has."""
    known = [month for month in months if plan.months[0].first_day <= month.first_day <= plan.months[-1].first_day]
    return {month: cash_of(by_category) for month, by_category in sums_of(plan, known, month_of).items()}


def money_of(
    sums: Sums, canvas: Canvas, earlier: Mapping[Month, Decimal] | None = None, beyond: Words = ""
) -> PictureMoney:
    """Return the money of some months, with the totals of the plan before, and what of theirs lies `beyond`."""
    before = earlier or {}
    highest = max((*map(above_zero, sums.values()), *before.values(), Decimal(1)))
    given = canvas.plan.scenario.finance.monthly_cap
    cap = given if given is not None and given <= highest * FARTHEST_CAP else None
    reach = highest if cap is None else max(highest, cap)
    scale = AmountScale(min(0.0, lowest(sums), *map(float, before.values())), float(reach) * ROOM_ABOVE)
    totals = {category: sum((month[category] for month in sums.values()), ZERO) for category in CASH_CATEGORIES}
    shown = [category for category in CASH_CATEGORIES if any(month[category] for month in sums.values())]
    return PictureMoney(
        title=Text("Cost, EUR thousand"),
        stacks=tuple(stack_of(month, sums, scale, canvas, before.get(month)) for month in sums),
        kinds=tuple(
            CostKind(label(category), Money(totals[category]), canvas.palette.categories[category])
            for category in reversed(shown)
        ),
        amounts=tuple(Tick(scale.at(amount), thousands(amount)) for amount in money_steps(reach) if shown),
        zero=scale.at(0),
        cap=None if cap is None else Cap(scale.at(cap), Text("Monthly cap"), Money(cap), canvas.palette.red),
        total=MonthsTotal(
            Plural("{n} month", "{n} months", len(sums)),
            bounded_money(sum(totals.values(), ZERO), is_whole=canvas.plan.is_complete),
            beyond,
        )
        if shown
        else None,
    )


def beyond_budget(plan: Plan, months: Sequence[Month]) -> Words:
    """Name what the cost of some months holds beside the budget of the introduction: running costs after a year."""
    budget, whole = rounded(plan.headlines.introduction_budget, 0), plan.is_complete
    more = _cash_in(plan, months, accrual) - budget
    if not more:
        return ""
    later = plan.months[len(plan.horizon[:FIRST_YEAR_MONTHS])]
    return Text(
        "Of this, {budget} is the budget of the plan itself and {amount} running costs from {month} on, after the "
        "first 12 months.",
        budget=bounded_money(budget, is_whole=whole),
        amount=bounded_money(more, is_whole=whole),
        month=later,
    )


def beyond_horizon(plan: Plan, months: Sequence[Month], month_of: Callable[[CostLine], Month]) -> Words:
    """Name what the cost of some months holds beside the cost over the horizon: what is for the months after it."""
    more = _cash_in(plan, months, month_of) - rounded(plan.headlines.horizon_total, 0)
    if not more:
        return ""
    return Plural(
        "Of this, {amount} falls after the {n} month that counts.",
        "Of this, {amount} falls after the {n} months that count.",
        len(plan.horizon),
        amount=bounded_money(more, is_whole=plan.is_complete),
    )


def _cash_in(plan: Plan, months: Sequence[Month], month_of: Callable[[CostLine], Month]) -> Decimal:
    """Return the cost of some months in whole euros."""
    return rounded(sum((cash_of(month) for month in sums_of(plan, months, month_of).values()), ZERO), 0)


def thousands(amount: Decimal) -> Words:
    """Return an amount as it stands beside its axis."""
    return Trimmed(amount / THOUSAND)


def above_zero(sums: Mapping[CostCategory, Decimal]) -> Decimal:
    """Return how high a month's stack is, credits left out."""
    return sum((max(sums[category], ZERO) for category in CASH_CATEGORIES), ZERO)


def lowest(sums: Sums) -> float:
    """Return the lowest stack: below 0 where credits outweigh a month's licences."""
    return float(min((sum(min(amount, ZERO) for amount in month.values()) for month in sums.values()), default=0))


def stack_of(month: Month, sums: Sums, scale: AmountScale, canvas: Canvas, earlier: Decimal | None) -> Stack:
    """Return a month's stack: what is paid upwards from zero, credits downwards."""
    by_category = sums[month]
    full, total = canvas.axis.span(month.first_day, month.last_day), cash_of(by_category)
    cap = canvas.plan.scenario.finance.monthly_cap
    return Stack(
        month=str(month),
        span=AxisPart(full.left + full.width * FREE, full.width * (1 - 2 * FREE)),
        slices=tuple(_slices(by_category, scale, canvas.palette)),
        top=scale.at(above_zero(by_category)),
        total=Number(total / THOUSAND, 1) if len(sums) <= MOST_TOTALS and total else "",
        text=Listed(_lines(month, by_category, earlier, canvas), "\n"),
        before=scale.between(*sorted((ZERO, earlier))) if earlier else None,
        is_above_cap=cap is not None and total > cap,
    )


def _slices(by_category: Mapping[CostCategory, Decimal], scale: AmountScale, palette: Palette) -> Iterator[Slice]:
    up, down = ZERO, ZERO
    for category in CASH_CATEGORIES:
        amount = by_category[category]
        if amount:
            base = up if amount > 0 else down
            part = scale.between(*sorted((base, base + amount)))
            yield Slice(category, f"{amount:.2f}", part.left, part.width, palette.categories[category])
            up, down = (up + amount, down) if amount > 0 else (up, down + amount)


def _lines(
    month: Month, by_category: Mapping[CostCategory, Decimal], earlier: Decimal | None, canvas: Canvas
) -> Iterator[Words]:
    """Yield what a month's stack says: its total, its kinds of cost from the top, the total before."""
    yield Labelled(month, bounded_money(cash_of(by_category), is_whole=canvas.plan.is_complete))
    for category in reversed(CASH_CATEGORIES):
        if by_category[category]:
            yield Labelled(label(category), Money(by_category[category]))
    if earlier is not None:
        yield Labelled(Text(before_name(canvas.before, canvas.plan)), Money(earlier))
