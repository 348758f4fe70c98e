"""The bridge from one plan to another: what each cause adds to what it costs to get there, the horizon and the finish.

In the order in which things happened, a step is what its cause adds there. Order-free, its contribution is its Shapley
value: the mean of what it adds over every order of the causes, rounded by largest remainder. A plan is computed for
each combination of the groups that differ, once; those that differ in money only share their schedule, those that
differ in contingency only all their other lines.

Laws: steps and contributions add up to the difference of both ends; the way back flips every sign; a cause that moves
nothing has zero; the bars are those of plans built one by one; a figure that has no value in some combination has no
bars, and the first such combination is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import factorial
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import largest_remainder, rounded
from zt_planner.domain.plan import CostLine, ScheduledTask
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.engine.case import Case
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.compare.inputs import differing_groups, mixed, money_only
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.costing.cost_lines import with_contingency
from zt_planner.engine.figures import SUMS, Months
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.engine.planner import Costs, costs_of, scheduled_tasks
from zt_planner.engine.scheduling.timeline import Schedule

AnyCause = TypeVar("AnyCause")


@dataclass(frozen=True, slots=True)
class Figures:
    """The budget of the introduction in EUR (without labour for some readers), and the finish."""

    budget: Decimal
    finish: date


def figures_of(plan: AnyPlan) -> Figures | None:
    """Return the figures of a plan in whole euros, as steps are shown, so that they add up; None without a schedule."""
    if isinstance(plan, StoppedPlan):
        return None
    return Figures(rounded(plan.headlines.introduction_budget, 0), plan.headlines.finish_date)


@dataclass(frozen=True, slots=True)
class BridgeStep(Generic[AnyCause]):
    """What a cause does in its order, to the budget in EUR and to the finish in calendar days, later above 0.

    Both are None where there is no schedule after it, or none was known before; then `after` or `before` is None.
    """

    cause: AnyCause
    effect: Decimal | None
    days: int | None
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True, slots=True)
class Contribution(Generic[AnyCause]):
    """What a cause adds: EUR, or calendar days, later above 0. An idle one moves the figure in no order."""

    cause: AnyCause
    amount: Decimal
    is_idle: bool


def in_order(
    causes: Sequence[AnyCause], first: Figures | None, *reached: Figures | None
) -> tuple[BridgeStep[AnyCause], ...]:
    """Return the steps taken one after the other, each counted from the last figures that are known before it."""
    steps, known = [], first
    for cause, after in zip(causes, reached, strict=True):
        if known is None or after is None:
            steps.append(BridgeStep(cause, None, None, known, after))
        else:
            effect, days = after.budget - known.budget, (after.finish - known.finish).days
            steps.append(BridgeStep(cause, effect, days, known, after))
        known = after or known
    return tuple(steps)


def order_free(
    causes: Sequence[AnyCause], amounts: Sequence[Decimal], places: int
) -> tuple[Contribution[AnyCause], ...]:
    """Return the contributions of causes, their Shapley values, in units of so many decimals.

    `amounts` has one for each set of causes: that of the set whose bits are in its index, cause 0 the lowest.
    """
    units, count = [int(amount.scaleb(places)) for amount in amounts], len(causes)
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    sums, idle = [], []
    for bit in (1 << index for index in range(count)):
        steps = [(mask.bit_count(), units[mask | bit] - units[mask]) for mask in range(len(units)) if not mask & bit]
        sums.append(sum(weights[size] * step for size, step in steps))
        idle.append(not any(step for _, step in steps))
    whole = largest_remainder(sums, factorial(count))
    return tuple(
        Contribution(cause, Decimal(amount).scaleb(-places), is_idle)
        for cause, amount, is_idle in zip(causes, whole, idle, strict=True)
    )


Follow: TypeAlias = Callable[[], object]
"""Called before each plan that is built; what it raises ends the work."""


class BridgeFigure(StrEnum):
    """A figure that a bridge is built for, by its name in `Headlines`."""

    INTRODUCTION_BUDGET = FigureName.INTRODUCTION_BUDGET.value
    RUN_RATE_MONTHLY = FigureName.RUN_RATE_MONTHLY.value
    HORIZON_TOTAL = FigureName.HORIZON_TOTAL.value
    FINISH_DATE = "finish_date"

    @property
    def places(self) -> int:
        """The decimals of its bars: cents, or whole calendar days."""
        return 0 if self is BridgeFigure.FINISH_DATE else 2


MONEY = tuple(figure for figure in BridgeFigure if figure is not BridgeFigure.FINISH_DATE)


class Gap(NamedTuple):
    """Why a figure has no bars: with these groups of the other plan there is no schedule, or prices are missing.

    No groups are the first plan itself. `prices` are the ids without a price, none where there is no schedule.
    """

    groups: tuple[InputGroup, ...]
    prices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """What each group that differs adds to a figure; no bars where no group differs, or where there is a gap."""

    figure: BridgeFigure
    bars: tuple[Contribution[InputGroup], ...] = ()
    gap: Gap | None = None

    @property
    def total(self) -> Decimal:
        return sum((bar.amount for bar in self.bars), Decimal(0))


class Combination(NamedTuple):
    """The amounts of a combination's plan, by figure; nothing without a schedule. `missing` are price ids."""

    groups: tuple[InputGroup, ...]
    amounts: Mapping[BridgeFigure, Decimal]
    missing: Mapping[BridgeFigure, tuple[str, ...]]

    def gap(self, figure: BridgeFigure) -> Gap | None:
        """Return why it has no value of a figure; None where it has one."""
        if not self.amounts:
            return Gap(self.groups)
        return Gap(self.groups, self.missing[figure]) if self.missing[figure] else None


def bridges_between(before: Case, after: Case, follow: Follow = lambda: None) -> tuple[Bridge, ...]:
    """Return the bridge of every figure from one plan to another, as of the same day.

    `follow` is called before each combination of groups; there are 2 to the number of groups that differ.
    """
    groups = differing_groups(before, after)
    combinations = _combinations(before, after, groups, follow)
    return tuple(_bridge(figure, groups, combinations) for figure in BridgeFigure)


def _bridge(figure: BridgeFigure, groups: tuple[InputGroup, ...], combinations: Sequence[Combination]) -> Bridge:
    smallest_first = sorted(combinations, key=lambda combination: len(combination.groups))
    gaps = (combination.gap(figure) for combination in smallest_first)
    gap = next((gap for gap in gaps if gap is not None), None)
    if gap is not None:
        return Bridge(figure, gap=gap)
    amounts = [combination.amounts[figure] for combination in combinations]
    return Bridge(figure, order_free(groups, amounts, figure.places))


class _Dated(NamedTuple):
    """A case, its schedule and its tasks, for all combinations that differ from it in money only."""

    case: Case
    schedule: Schedule | None
    tasks: tuple[ScheduledTask, ...]


def _combinations(before: Case, after: Case, groups: Sequence[InputGroup], follow: Follow) -> list[Combination]:
    """Return every combination; the groups of one have their bits in its index."""
    dated: dict[frozenset[InputGroup], _Dated] = {}
    costs: dict[frozenset[InputGroup], Costs] = {}
    carried, dateless = _only_contingency(before, after), money_only(before, after)
    combinations = []
    for mask in range(1 << len(groups)):
        follow()
        taken = tuple(group for index, group in enumerate(groups) if mask >> index & 1)
        moved, bought = frozenset(taken) - dateless, frozenset(taken) - carried
        if moved not in dated:
            dated[moved] = _dated(mixed(before, after, moved))
        case, schedule, tasks = dated[moved]
        if schedule is None:
            combinations.append(Combination(taken, {}, {}))
            continue
        if bought not in costs:
            costs[bought] = costs_of(mixed(before, after, bought, case), schedule, tasks)
        months, lines = costs[bought].months, costs[bought].lines
        if bought != frozenset(taken):
            lines = with_contingency(after.scenario.finance.contingency, lines, closed_months(case.scenario))
        combinations.append(_combination(taken, months, lines, schedule.finish))
    return combinations


def _only_contingency(before: Case, after: Case) -> frozenset[InputGroup]:
    """Return the finance where it changes lines of contingency only: months, dates and coordination are the same."""
    shares = [each.scenario.labour.coordination_share for each in (before, after)]
    is_carried = before.shows_labour and len(before.horizon) == len(after.horizon) and shares[0] == shares[1]
    is_carried = is_carried and InputGroup.FINANCE in money_only(before, after)
    return frozenset({InputGroup.FINANCE}) if is_carried else frozenset()


def _dated(case: Case) -> _Dated:
    schedule = schedule_of(case) if case.tasks else None
    return _Dated(case, schedule, () if schedule is None else scheduled_tasks(case.task_works, schedule))


def _combination(
    groups: tuple[InputGroup, ...], months: Months, lines: Sequence[CostLine], finish: date
) -> Combination:
    amounts = {BridgeFigure.FINISH_DATE: Decimal(finish.toordinal())}
    missing: dict[BridgeFigure, tuple[str, ...]] = {BridgeFigure.FINISH_DATE: ()}
    for figure in MONEY:
        amount = SUMS[FigureName(figure)].of_lines(lines, months)
        amounts[figure] = amount.value
        missing[figure] = tuple(dict.fromkeys(line.price_id for line in amount.parts if line.amount is None))
    return Combination(groups, amounts, missing)
