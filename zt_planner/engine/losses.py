"""What doing nothing may cost, by whose figures, and what the plan changes about it (M28).

Losses come so often a year (a Poisson process), and the size of one is lognormal. Laws: a chance falls with the
size of the loss and with every further control, and is never multiplied by less than 0.2; the expected loss is the
integral of the yearly rate over all sizes; a factor of 1 changes nothing; views are never mixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.categories import Kind
from zt_planner.domain.data.losses import LossView
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.progress import TaskState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.pricing import rate_for
from zt_planner.engine.coverage import chosen_away
from zt_planner.engine.planner import plan_of
from zt_planner.engine.severity import NOTHING, Credit, severity_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zt_planner.domain.data.losses import Control, LossSource
    from zt_planner.domain.data.price_book import ExchangeRate
    from zt_planner.domain.plan import CostLine, Headlines, Plan
    from zt_planner.engine.case import Case
    from zt_planner.engine.severity import LossSize

YEARS = 3
THREE_YEARS = YEARS * MONTHS_A_YEAR
"""The months that a chance and the cost of the plan are told for."""
WEEK_OF_A_YEAR = 7 / 365


@dataclass(frozen=True, slots=True)
class SourceLoss:
    """How often this company has a loss in a year, and what one costs on average in EUR, by one source.

    `rate` is what its currency was converted at; the own view has neither source nor rate. Not every source has a mean.
    """

    frequency: float
    mean: float | None
    source: LossSource | None = None
    rate: ExchangeRate | None = None

    @property
    def yearly(self) -> float | None:
        """The expected loss of a year without the plan; None without a mean."""
        return None if self.mean is None else self.frequency * self.mean


@dataclass(frozen=True, slots=True)
class LossEstimate:
    """A view: the figures of its sources, of which the first holds, and the size of one loss by that."""

    sources: tuple[SourceLoss, ...]
    severity: LossSize

    @property
    def frequency(self) -> float:
        """The losses of a year."""
        return self.sources[0].frequency

    def yearly(self, credit: Credit = NOTHING) -> float:
        """Return the expected loss of a year."""
        return self.frequency * self.severity.mean * credit.left_of_mean(self.severity)

    def chance(self, amount: float, credits_by_month: Sequence[Credit]) -> float:
        """Return the chance of a loss above an amount within some months."""
        expected = sum(credit.left_above(amount, self.severity) for credit in credits_by_month)
        return -math.expm1(-self.frequency * expected / MONTHS_A_YEAR)


def frequency_for(source: LossSource, employees: int) -> float:
    """Return the losses a year of a company of a size."""
    return float(source.frequency) * _growth(source, source.frequency, source.frequency_high, employees)


def _growth(source: LossSource, low: Decimal | None, high: Decimal | None, employees: int) -> float:
    """Return what a company's size multiplies the low end by: equal factors in between, outside the nearer end."""
    smaller, larger = source.employees or 0, source.employees_high or 0
    if high is None or not low or not 0 < smaller < larger:
        return 1.0
    share = math.log(employees / smaller) / math.log(larger / smaller)
    return math.pow(high / low, min(1.0, max(0.0, share)))


def estimates_of(case: Case) -> Mapping[LossView, LossEstimate]:
    """Return what each view comes to for the company; one without a size of losses, or without a rate, has no entry."""
    found: dict[LossView, LossEstimate] = {}
    for source in case.base_model.losses.sources:
        choice, severity, loss = source.view, *_of_source(source, case)
        if loss is not None and choice in found:
            found[choice] = replace(found[choice], sources=(*found[choice].sources, loss))
        elif loss is not None and severity is not None:
            found[choice] = LossEstimate((loss,), severity)
    own = case.scenario.losses
    severity = severity_of(own.median, None, own.p95, Decimal(1))
    if own.chance is not None and severity is not None:
        frequency = -math.log1p(-float(own.chance))
        found[LossView.OWN] = LossEstimate((SourceLoss(frequency, severity.mean),), severity)
    return found


def _of_source(source: LossSource, case: Case) -> tuple[LossSize | None, SourceLoss | None]:
    """Return what a source comes to in EUR at the rate of the plan's first month; nothing where nobody knows one."""
    if source.currency not in case.book.rates_by_currency:
        return None, None
    rate, _ = rate_for(case.book, source.currency, Month.of(case.start), case.scenario.prices.as_of)
    employees = case.scenario.company.employees
    eur = rate.eur_per_unit * Decimal(_growth(source, source.mean, source.mean_high, employees))
    severity = severity_of(source.median, source.mean, source.p95, eur)
    alone = None if source.mean is None else float(source.mean * eur)
    return severity, SourceLoss(
        frequency_for(source, employees), alone if severity is None else severity.mean, source, rate
    )


class CreditedControl(NamedTuple):
    """A control with its relative risks as they are used, and the first month in which it counts; None: never."""

    row: Control
    on_frequency: float
    on_severity: float
    since: Month | None


def controls_of(plan: Plan, case: Case) -> tuple[CreditedControl, ...]:
    """Return the controls; one counts from the month after all its tasks are finished, never if one was chosen away.

    A task for which there is nothing to do is not waited for.
    """
    finishes = {task.task.id: task.finish for task in plan.tasks}
    away = {task.id for task in chosen_away(case, plan.tasks)}
    given, monitoring = plan.scenario.losses, plan.scenario.choices.monitoring
    found = []
    for row in case.base_model.losses.controls:
        is_there = (
            (not row.monitoring or monitoring in row.monitoring)
            and away.isdisjoint(row.tasks)
            and (row.own_task is None or row.own_task in finishes)
        )
        finished = max((finishes[task] for task in row.needed if task in finishes), default=None) if is_there else None
        factors = (
            float(given.on_frequency.get(row.id, row.on_frequency)),
            float(given.on_severity.get(row.id, row.on_severity)),
        )
        found.append(CreditedControl(row, *factors, None if finished is None else Month.of(finished).plus(1)))
    return tuple(found)


def credit_of(controls: Sequence[CreditedControl]) -> Credit:
    """Return what controls come to: of each group the strongest, and the groups multiplied."""
    strongest: dict[str, Credit] = {}
    for control in controls:
        one = strongest.get(control.row.group, NOTHING)
        strongest[control.row.group] = Credit(
            min(one.on_frequency, control.on_frequency), min(one.on_severity, control.on_severity)
        )
    groups = strongest.values()
    return Credit(math.prod(group.on_frequency for group in groups), math.prod(group.on_severity for group in groups))


class BreakEven(NamedTuple):
    """What the plan costs in three years, once and recurring, and how many losses less there are in them."""

    once: Decimal
    recurring: Decimal
    is_whole: bool
    avoided: float

    @property
    def cost(self) -> Decimal:
        """The cost of three years; a lower bound where a price is missing."""
        return self.once + self.recurring

    @property
    def loss(self) -> float:
        """What one loss must cost for the plan to pay for itself."""
        return float(self.cost) / self.avoided


@dataclass(frozen=True)
class LossOutlook:
    """Doing nothing beside the plan, by every view; what the plan changes is told of the chosen one."""

    plan: Plan
    case: Case
    figures: Headlines
    views: Mapping[LossView, LossEstimate]
    controls: tuple[CreditedControl, ...]

    @property
    def choice(self) -> LossView:
        """The chosen view."""
        return self.plan.scenario.losses.view

    @property
    def chosen(self) -> LossEstimate | None:
        """The chosen view's estimate; None for an own view that lacks a figure."""
        return self.views.get(self.choice)

    def credit_in(self, month: Month) -> Credit:
        """Return what controls come to in a month."""
        return credit_of([each for each in self.controls if each.since is not None and each.since <= month])

    @cached_property
    def before(self) -> tuple[Credit, ...]:
        """Three years without the plan."""
        return (NOTHING,) * THREE_YEARS

    @cached_property
    def during(self) -> tuple[Credit, ...]:
        """Three years from the start of the plan."""
        first = Month.of(self.figures.start_date)
        return tuple(self.credit_in(month) for month in months_from(first, THREE_YEARS))

    @cached_property
    def done(self) -> Credit:
        """What holds once the plan is done."""
        return credit_of([each for each in self.controls if each.since is not None])

    @cached_property
    def after(self) -> tuple[Credit, ...]:
        """Three years once the plan is done."""
        return (self.done,) * THREE_YEARS

    @cached_property
    def today(self) -> Credit:
        """What holds on the status date: the controls whose tasks are all finished."""
        open_tasks = {task.task.id for task in self.plan.tasks if task.state is not TaskState.DONE}
        return credit_of(
            [each for each in self.controls if each.since is not None and open_tasks.isdisjoint(each.row.needed)]
        )

    def week_of_delay(self, estimate: LossEstimate) -> float:
        """Return what it costs if all that is still to be finished is finished a week later."""
        return (estimate.yearly(self.today) - estimate.yearly(self.done)) * WEEK_OF_A_YEAR

    def avoided(self, estimate: LossEstimate) -> float:
        """Return how many losses less there are in three years; one that is made smaller counts in part."""
        left = sum(credit.left_of_mean(estimate.severity) for credit in self.during) / MONTHS_A_YEAR
        return estimate.frequency * (YEARS - left)

    def break_even(self, estimate: LossEstimate) -> BreakEven | None:
        """Return what one loss must cost for the plan to pay for itself in three years; None where nothing would.

        Nothing is said where labour is hidden, or nothing has a price: what the plan costs is then not known.
        """
        avoided = self.avoided(estimate)
        if avoided <= 0 or not self.plan.shows_labour:
            return None
        is_whole = all(line.amount is not None for line in self.cost_lines)
        once, recurring = (sum_of(line for line in self.cost_lines if line.kind is kind) for kind in Kind)
        if not once + recurring and not is_whole:
            return None
        return BreakEven(once, recurring, is_whole, avoided)

    @cached_property
    def cost_lines(self) -> tuple[CostLine, ...]:
        """The cash of three years from the start; a plan with a shorter horizon is planned with one of three years."""
        scenario, plan = self.plan.scenario, self.plan
        if len(plan.horizon) < THREE_YEARS:
            finance = scenario.finance.model_copy(update={"horizon_months": THREE_YEARS})
            plan = plan_of(self.case.changed(scenario.model_copy(update={"finance": finance})))
        months = frozenset(plan.horizon[:THREE_YEARS])
        return tuple(line for line in plan.cost_lines if line.is_cash and line.month in months)


def outlook_of(plan: Plan, case: Case) -> LossOutlook | None:
    """Return doing nothing beside the plan; None without a schedule or without figures of losses."""
    if plan.headlines is None or not case.base_model.losses.sources:
        return None
    return LossOutlook(plan, case, plan.headlines, estimates_of(case), controls_of(plan, case))
