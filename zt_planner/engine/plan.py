"""The plan: a case with everything that is computed from it, and what its figures are the sums of.

Types and questions about them; `engine.planner.build_plan` fills them. A plan knows the case that it was made of.
Laws: a total is the sum of its cost lines; the accrual month of each of `cost_lines` lies in the plan's months, that
of each of `prepaid_tail` after them; `run_rate_lines` may lie there too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, TypeAlias

from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Capacity, CostLine, Mix, PointCoverage, ScheduledTask
from zt_planner.domain.progress import ContingencyUse
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.calendar import WorkCalendar, calendar_of
from zt_planner.engine.scheduling.facts import recorded_days


@dataclass(frozen=True)
class _Outcome:
    """What a case comes to: a plan, or why there is none."""

    case: Case = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario, with its start."""
        return self.case.scenario

    @property
    def today(self) -> date:
        """The day as of which it was made."""
        return self.case.today

    @property
    def shows_labour(self) -> bool:
        """Whether it holds day rates, and what they could be computed from."""
        return self.case.shows_labour

    @property
    def horizon(self) -> tuple[Month, ...]:
        """The months that horizon figures are about."""
        return self.case.horizon

    @property
    def priced_on(self) -> date:
        """The day as of which prices are known and their sources judged: the scenario's, otherwise today."""
        return self.scenario.prices.known_on(self.today)

    def has_finding(self, code: Code) -> bool:
        """Return whether it was found to be so."""
        return any(finding.code is code for finding in self.findings)

    @property
    def is_blocked(self) -> bool:
        """A blocking finding stands beside it."""
        return any(finding.severity is Severity.BLOCKING for finding in self.findings)


@dataclass(frozen=True)
class StoppedPlan(_Outcome):
    """A case without a schedule: the work does not end, or there is none. The first finding says why.

    It has no task, no cost line and no figure.
    """

    tasks: ClassVar[tuple[ScheduledTask, ...]] = ()
    cost_lines: ClassVar[tuple[CostLine, ...]] = ()
    prepaid_tail: ClassVar[tuple[CostLine, ...]] = ()
    run_rate_lines: ClassVar[tuple[CostLine, ...]] = ()
    coverage: ClassVar[tuple[PointCoverage, ...]] = ()
    fallen_away: ClassVar[tuple[str, ...]] = ()
    mix: ClassVar[None] = None
    licence_month: ClassVar[None] = None
    capacity: ClassVar[None] = None
    is_levelled: ClassVar[bool] = False

    @property
    def months(self) -> tuple[Month, ...]:
        """The horizon."""
        return self.horizon


@dataclass(frozen=True)
class Plan(_Outcome):
    """A case's schedule, cost lines, coverage, figures and findings.

    `months` covers the horizon and, where the work takes longer, every month
    until its finish; `horizon` is the part that horizon figures are about.
    `prepaid_tail` holds the lines of prepaid terms that reach past the last
    month: paid within the plan, used up after it. `run_rate_lines` recur in the
    month after the finish, whatever the horizon. `replaced_lines` is what was planned for closed months, in
    whose place `cost_lines` have what was booked, and `contingency` what is left of it (M27).
    The prices of `licence_month` decide the mix; `register_by` is when the company has to register where a law
    probably applies. Where labour is not shown, no line and no figure holds any of
    it, nor contingency, a share of it: work is counted in days.
    """

    months: tuple[Month, ...]
    deadline: date | None
    capacity: Capacity
    tasks: tuple[ScheduledTask, ...]
    fallen_away: tuple[str, ...]
    mix: Mix | None
    licence_month: Month
    cost_lines: tuple[CostLine, ...]
    prepaid_tail: tuple[CostLine, ...]
    run_rate_lines: tuple[CostLine, ...]
    replaced_lines: tuple[CostLine, ...]
    contingency: ContingencyUse | None
    coverage: tuple[PointCoverage, ...]
    headlines: Headlines
    register_by: date | None

    @property
    def is_levelled(self) -> bool:
        """Whether levelled dates hold (M20)."""
        return any(task.levelled_start is not None for task in self.tasks)

    @property
    def has_mfa_already(self) -> bool:
        """Everyone signs in with MFA before the plan begins (M35)."""
        return self.headlines.mfa_date is not None and not any(task.task.id in MFA_FOR_EVERYONE for task in self.tasks)

    @property
    def is_complete(self) -> bool:
        """False where a price is missing: totals are then lower bounds."""
        return all(line.amount is not None for line in self.cost_lines)


AnyPlan: TypeAlias = Plan | StoppedPlan


def calendar_of_plan(plan: AnyPlan) -> WorkCalendar:
    """Return a new calendar of a plan."""
    return calendar_of(plan.scenario.timeline, plan.case.start, worked_days(plan))


def worked_days(plan: AnyPlan) -> frozenset[date]:
    """Return the days on which tasks were started or finished: they were worked, whatever the calendar says."""
    return recorded_days(plan.scenario.status, plan.case.start)
