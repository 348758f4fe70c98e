"""The figures of a plan, each computed as it is declared: a sum of cost lines, a quotient, a fact (M16 to M18).

A declaration is a rule that gives an `Amount` of a plan. Explanations, formulas of the workbook and badges follow from
the rule and from the parts of the amount. Laws: the parts of a sum add up to it, to the cent; one-off and recurring
costs add up to the first-year budget; a quotient is known as far as what is divided; where labour is not shown, what is
nothing but labour is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from zt_planner.domain.categories import CASH_CATEGORIES, LABOUR_CATEGORIES, CostCategory, Kind
from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE
from zt_planner.domain.headlines import Amount, AmountState, FigureName, Headlines, amount_of
from zt_planner.domain.money import rounded
from zt_planner.domain.month import WORKING_DAYS_A_WEEK, Month
from zt_planner.domain.plan import Capacity, CostLine, ScheduledTask, Team
from zt_planner.domain.units import COUNT, MONEY, STANDSTILL_DAYS, Unit
from zt_planner.engine.case import Case
from zt_planner.engine.costing.actuals import month_after
from zt_planner.engine.costing.budget import accrual, cash_by_month, sum_of
from zt_planner.engine.costing.labour import Coordination
from zt_planner.engine.operation import Activity, activities_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.scheduling.calendar import WorkCalendar
from zt_planner.errors import msgid

FIRST_YEAR_MONTHS = 12
DAYS_A_MONTH = Decimal("30.4375")
"""Calendar days of an average month: 365.25 / 12."""
LASTING_CATEGORIES = tuple(category for category in CASH_CATEGORIES if category is not CostCategory.TRAINING)
"""What goes on every month: yearly training does not."""


class FigureMonths(StrEnum):
    """Months that a figure adds up."""

    FIRST_YEAR = "first_year"
    HORIZON = "horizon"
    ALL = "all"
    """The horizon, and all months until the work is finished if that is longer."""
    AFTER = "after"
    """The first open month after the finish."""


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a plan by their spans."""

    horizon: tuple[Month, ...]
    all: tuple[Month, ...]
    after: Month

    def of(self, span: FigureMonths) -> tuple[Month, ...]:
        if span is FigureMonths.AFTER:
            return (self.after,)
        return {
            FigureMonths.FIRST_YEAR: self.horizon[:FIRST_YEAR_MONTHS],
            FigureMonths.HORIZON: self.horizon,
            FigureMonths.ALL: self.all,
        }[span]


def months_of(plan: Plan, figures: Headlines) -> Months:
    """Return the months that the figures of a plan are about."""
    return Months(plan.horizon, plan.months, month_after(plan.scenario, figures.finish_date))


class Rule(Protocol):
    """How a figure is computed."""

    @property
    def holds_labour(self) -> bool:
        """Whether it holds labour where that is shown."""

    def amount(self, plan: Plan, figures: Headlines) -> Amount[Any] | None:
        """Return the figure of a plan that has a schedule; None where it does not have it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of what is used up in some months: of all kinds and of cash, unless it says otherwise.

    Sums can be added up, `also` keeps the others; no cost line may be in two of them.
    """

    months: FigureMonths
    where: Kind | None = None
    of: tuple[CostCategory, ...] = CASH_CATEGORIES
    also: tuple[Sum, ...] = ()

    def __add__(self, other: Sum) -> Sum:
        """Return the sum of the cost lines of both."""
        return replace(self, also=(*self.also, other))

    @property
    def terms(self) -> tuple[Sum, ...]:
        """What is added up."""
        return self, *self.also

    @property
    def is_labour(self) -> bool:
        """Whether it is nothing but labour."""
        return all(LABOUR_CATEGORIES.issuperset(term.of) for term in self.terms)

    @property
    def holds_labour(self) -> bool:
        """Whether it holds labour where that is shown: money that recurs does not."""
        return any(term.where is not Kind.RECURRING and LABOUR_CATEGORIES.intersection(term.of) for term in self.terms)

    def among(self, lines: Iterable[CostLine], months: Months) -> tuple[CostLine, ...]:
        """Return those of some cost lines that are meant."""
        terms = [(frozenset(months.of(term.months)), term.where, frozenset(term.of)) for term in self.terms]
        return tuple(
            line
            for line in lines
            for counted, kind, categories in terms
            if line.month in counted and (kind is None or line.kind is kind) and line.category in categories
        )

    def of_lines(self, lines: Iterable[CostLine], months: Months, *, shows_labour: bool = True) -> Amount[Decimal]:
        """Return what those of some cost lines that are meant add up to."""
        amount = amount_of(self.among(lines, months), rule=self)
        return replace(amount, state=AmountState.HIDDEN) if self.is_labour and not shows_labour else amount

    def amount(self, plan: Plan, figures: Headlines) -> Amount[Decimal]:
        """Return the sum of a plan's cost lines."""
        last = plan.months[-1]
        lines = (*plan.cost_lines, *(line for line in plan.run_rate_lines if line.month > last))
        return self.of_lines(lines, months_of(plan, figures), shows_labour=plan.shows_labour)


@dataclass(frozen=True, slots=True)
class Highest:
    """What is used up in the month with the most cash; the first of several."""

    months: FigureMonths = FigureMonths.HORIZON
    holds_labour = True

    def amount(self, _: Plan, figures: Headlines) -> Amount[Decimal]:
        """Return the cash."""
        return figures[FigureName.PEAK_AMOUNT]

    def of_lines(self, lines: Sequence[CostLine], months: Months) -> tuple[Amount[Month], Amount[Decimal]]:
        """Return the month and its cash."""
        sums = cash_by_month(lines, months.of(self.months), accrual)
        month = max(sums, key=lambda month: sums[month])
        amount = amount_of((line for line in lines if line.is_cash and line.month == month), rule=self)
        return Amount(month, parts=amount.parts, rule=self), amount


class By(NamedTuple):
    """What a figure is divided by: how it is called, and how much it is; None where nobody has said that."""

    label: str
    number: Callable[[Plan], Decimal | int | None]
    unit: Unit = COUNT


@dataclass(frozen=True, slots=True)
class Quotient:
    """A headline figure of money divided by something, rounded half up, or up; hidden without labour if it asks so."""

    of: str
    by: tuple[By, ...]
    unit: Unit = MONEY
    is_rounded_up: bool = False
    needs_labour: bool = False

    @property
    def holds_labour(self) -> bool:
        """Whether it holds labour where that is shown."""
        return not self.needs_labour

    def amount(self, plan: Plan, figures: Headlines) -> Amount[Decimal] | None:
        """Return the quotient; None where what it is divided by is not known."""
        exact, whole = Fraction(figures[self.of].value), figures[self.of]
        for divisor in self.by:
            number = divisor.number(plan)
            if number is None:
                return None
            exact /= Fraction(number)
        value = self.unit.rounded_up(exact) if self.is_rounded_up else self.unit.exact(exact)
        state = AmountState.HIDDEN if self.needs_labour and not plan.shows_labour else whole.state
        return Amount(value, state, whole.parts, self)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a plan says by itself; None where it does not. In some `state` only its explanation says how much it is."""

    value: Callable[[Plan], Any]
    state: AmountState = AmountState.KNOWN
    holds_labour = False

    def amount(self, plan: Plan, _: Headlines) -> Amount[Any] | None:
        value = self.value(plan)
        return None if value is None else Amount(value, self.state, rule=self)


SUMS: Mapping[FigureName, Sum] = {
    FigureName.INTRODUCTION_BUDGET: Sum(FigureMonths.ALL, Kind.ONE_OFF) + Sum(FigureMonths.FIRST_YEAR, Kind.RECURRING),
    FigureName.FIRST_YEAR_BUDGET: Sum(FigureMonths.FIRST_YEAR),
    FigureName.ONE_OFF_TOTAL: Sum(FigureMonths.ALL, Kind.ONE_OFF),
    FigureName.ONE_OFF_FIRST_YEAR: Sum(FigureMonths.FIRST_YEAR, Kind.ONE_OFF),
    FigureName.RECURRING_FIRST_YEAR: Sum(FigureMonths.FIRST_YEAR, Kind.RECURRING),
    FigureName.RUN_RATE_MONTHLY: Sum(FigureMonths.AFTER, Kind.RECURRING, LASTING_CATEGORIES),
    FigureName.HORIZON_TOTAL: Sum(FigureMonths.HORIZON),
    FigureName.INTERNAL_VALUE: Sum(FigureMonths.ALL, Kind.ONE_OFF, (CostCategory.INTERNAL,)),
}
"""The headline figures that are sums of cost lines."""
STANDSTILL = Quotient(
    FigureName.HORIZON_TOTAL,
    (
        By(
            msgid("what a day at a standstill costs"),
            lambda plan: plan.scenario.company.standstill_day_cost,
            MONEY,
        ),
    ),
    unit=STANDSTILL_DAYS,
    is_rounded_up=True,
    needs_labour=True,
)
"""How many days at a standstill cost what the plan costs over the horizon (M28)."""


def recurs_in(line: CostLine, month: Month) -> bool:
    """Tell whether a line goes on every month, and is one of a month."""
    return line.month == month and line.kind is Kind.RECURRING and line.category in LASTING_CATEGORIES


def figure_lines(name: FigureName, plan: Plan) -> tuple[CostLine, ...]:
    """Return the cost lines that a figure of a plan is the sum of."""
    return plan.headlines[name].parts


def contingency_in(name: FigureName, plan: Plan) -> Decimal:
    """Return the part of a figure of a plan that is contingency (M17)."""
    return sum_of(line for line in figure_lines(name, plan) if line.category is CostCategory.CONTINGENCY)


def duration_months(start: date, finish: date) -> Decimal:
    """Return calendar days, both ends counted, in months of 30.4375 days, to one place."""
    return rounded(Fraction((finish - start).days + 1) / Fraction(DAYS_A_MONTH), 1)


def task_days(tasks: Iterable[ScheduledTask], team: Team) -> Fraction:
    """Return a team's person-days for tasks."""
    return sum((task.work.whole.of(team) for task in tasks), Fraction(0))


class TaskDays(NamedTuple):
    """A team's person-days for a task."""

    task: ScheduledTask
    days: Fraction


def days_of(parts: Iterable[TaskDays | Coordination | Activity]) -> Amount[Fraction]:
    """Return the person-days that are added up for tasks, coordination and operation."""
    counted = tuple(parts)
    return Amount(sum((part.days for part in counted), Fraction(0)), parts=counted)


def mfa_tasks(tasks: Iterable[ScheduledTask]) -> tuple[ScheduledTask, ...]:
    """Return the tasks with which everyone signs in with MFA, from outside too."""
    return tuple(task for task in tasks if task.task.id in MFA_FOR_EVERYONE)


def mfa_date(case: Case, tasks: Iterable[ScheduledTask]) -> date | None:
    """Return the day on which everyone signs in with MFA, the start where they did before; None without its tasks."""
    done = [case.start for task in case.done if task.id in MFA_FOR_EVERYONE]
    return max((*done, *(task.finish for task in mfa_tasks(tasks))), default=None)


def headlines_of(
    case: Case,
    *,
    months: Months,
    tasks: Sequence[ScheduledTask],
    capacity: Capacity,
    lines: Sequence[CostLine],
    coordination: Sequence[Coordination],
    calendar: WorkCalendar,
) -> Headlines:
    """Return the headline figures; `lines` are those that are shown, to the month after the finish at least.

    Days are counted by what they are for, so that they do not depend on whether their cost is shown.
    """
    start = case.start
    finish = max((task.finish for task in tasks), default=start)
    weeks = Fraction(calendar.count(start, finish), WORKING_DAYS_A_WEEK)
    work = {team: tuple(TaskDays(task, days) for task in tasks if (days := task.work.whole.of(team))) for team in Team}
    in_all = {
        team: days_of((*parts, *(part for part in coordination if part.team is team))) for team, parts in work.items()
    }
    average = days_of(work[Team.INTERNAL])
    peak_month, peak_amount = Highest().of_lines(lines, months)
    sums = {name.value: rule.of_lines(lines, months, shows_labour=case.shows_labour) for name, rule in SUMS.items()}
    return Headlines(
        {
            **sums,
            "peak_month": peak_month,
            "peak_amount": peak_amount,
            "start_date": Amount(start),
            "finish_date": Amount(finish),
            "mfa_date": Amount(mfa_date(case, tasks)),
            "duration_months": Amount(duration_months(start, finish)),
            "internal_days": in_all[Team.INTERNAL],
            "external_days": in_all[Team.EXTERNAL],
            "internal_days_per_week": Amount(capacity.internal),
            "external_days_per_week": Amount(capacity.external),
            "internal_days_per_week_average": replace(average, value=average.value / weeks if weeks else Fraction(0)),
            "operation_days_monthly": days_of(activities_of(case)),
        }
    )
