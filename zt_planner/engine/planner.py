"""Build a plan: the table of contents of the engine.

    scenario ─> case ─> schedule ─> licences ─> cost lines ─> headlines ─> findings

Laws: equal inputs give equal plans, to the cent and the day; nothing outside
the arguments is read; no scenario that exists makes it crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zt_planner.domain.categories import LABOUR_CATEGORIES, CostCategory
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.money import exact_decimal
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import Capacity, CostLine, ScheduledTask
from zt_planner.domain.progress import ContingencyUse, Progress, TaskState
from zt_planner.engine.case import ApprovedPlan, approved_plan_of, case_of_approved
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.costing.actuals import closed_months, month_after, overruns, replaced, with_actuals
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.cost_lines import (
    BillingWindow,
    CostLineBuilder,
    bought_lines,
    contingency_lines,
    in_order,
    lines_after_finish,
    lines_from_start,
)
from zt_planner.engine.costing.labour import Coordination, coordination_of, labour_lines
from zt_planner.engine.costing.purchases import purchases_of
from zt_planner.engine.figures import Months, headlines_of, recurs_in
from zt_planner.engine.findings import checks
from zt_planner.engine.findings.status_checks import actual_findings, approved_differs, status_findings
from zt_planner.engine.findings.task_checks import date_findings, scope_findings
from zt_planner.engine.licensing.licences import Licensing, license_company
from zt_planner.engine.licensing.seats import OTHERS, Seats, groups_of, licence_start, seats_of
from zt_planner.engine.nis2.coverage import coverage_of
from zt_planner.engine.nis2.regulation import register_by
from zt_planner.engine.operation import operation_lines
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.scheduling.calendar import weeks_after
from zt_planner.engine.scheduling.slack import slack_of
from zt_planner.engine.scheduling.timeline import Schedule
from zt_planner.engine.simulation.ranges import range_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.case import Case
    from zt_planner.engine.scheduling.effort import TaskWork
    from zt_planner.engine.scheduling.schedule import Network


def build_plan(case: Case) -> AnyPlan:
    """Compute everything about a case."""
    if not case.tasks:
        return stopped_plan(case, Code.TIMELINE_NO_WORK)
    schedule = schedule_of(case)
    return stopped_plan(case, Code.TIMELINE_TOO_LONG) if schedule is None else plan_of_schedule(case, schedule)


def months_until(case: Case, finish: date) -> Months:
    """Return the horizon of a case, and all months until the work is finished if that is longer."""
    first = Month.of(case.start)
    worked = first.until(Month.of(finish)) + 1
    after = month_after(case.scenario, finish)
    return Months(case.horizon, months_from(first, max(len(case.horizon), worked)), after)


def stopped_plan(case: Case, why: Code) -> StoppedPlan:
    """Return what there is of a scenario that has no schedule."""
    stops = Finding(why, Severity.BLOCKING)
    findings = checks.ordered((stops, *checks.company_findings(case), *checks.own_price_findings(case)))
    return StoppedPlan(case, findings)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a schedule costs, to the month after the finish at least.

    `lines` are those shown, with what was booked in place of the `replaced` ones.
    """

    months: Months
    licence_month: Month
    licensing: Licensing
    seats: tuple[Seats, ...]
    coordination: tuple[Coordination, ...]
    lines: tuple[CostLine, ...]
    replaced: tuple[CostLine, ...]

    @property
    def planned(self) -> tuple[CostLine, ...]:
        """What is shown as planned and paid within the plan, whether it was replaced or not."""
        last = self.months.all[-1]
        return *self.replaced, *(line for line in self.lines if line.paid_in <= last and not line.is_actual)


def costs_of(case: Case, schedule: Schedule, tasks: Sequence[ScheduledTask]) -> Costs:
    """Return the licences and cost lines of a schedule with its tasks."""
    months = months_until(case, schedule.finish)
    licence_month = licence_start(OTHERS, case.opening, tasks, schedule.finish).month
    licensing = license_company(case.scenario, case.tasks, case.prices, licence_month)
    seats = licence_seats(case, tasks, licensing, schedule.finish)
    coordination = tuple(coordination_of(case.scenario, case.size.parameters, tasks, schedule.calendar))
    work = cost_lines(case, tasks, seats, coordination, months, schedule)
    shown = tuple(line for line in work if case.shows_labour or line.category not in LABOUR_CATEGORIES)
    lines = with_actuals(case.scenario, shown, months.all)
    gone = replaced(case.scenario, shown, months.all)
    return Costs(months, licence_month, licensing, seats or (), coordination, lines, gone)


def contingency_of(case: Case, costs: Costs) -> ContingencyUse | None:
    """Return what is left of the contingency that was agreed on (M27): that of the approved plan, otherwise as planned.

    None where no month is closed, and where labour is not shown.
    """
    if not closed_months(case.scenario) or not case.shows_labour:
        return None
    approved = approved_plan_of(case)
    kept = None if approved is None else plan_of_approved(approved)
    agreed = kept or build_plan(case.as_of(None))
    carried = (line for line in agreed.cost_lines if line.category is CostCategory.CONTINGENCY)
    return ContingencyUse(sum_of(carried), overruns(costs.replaced, costs.lines))


def plan_of_schedule(case: Case, schedule: Schedule) -> Plan:
    """Return the plan of a schedule: licences, costs, coverage, figures and findings."""
    tasks = scheduled_tasks(case.task_works, schedule)
    costs, capacity, coverage = costs_of(case, schedule, tasks), capacity_of(schedule), coverage_of(case, tasks)
    months, lines, last = costs.months, costs.lines, costs.months.all[-1]
    contingency = contingency_of(case, costs)
    within = tuple(line for line in lines if line.month <= last)
    tail = tuple(line for line in lines if line.month > last >= line.paid_in)
    headlines = headlines_of(
        case,
        months=months,
        tasks=tasks,
        capacity=capacity,
        lines=lines,
        coordination=costs.coordination,
        calendar=schedule.calendar,
    )
    return Plan(
        case=case,
        months=months.all,
        deadline=schedule.deadline,
        capacity=capacity,
        tasks=tasks,
        fallen_away=fallen_away(case.model, tasks),
        mix=costs.licensing.mix,
        licence_month=costs.licence_month,
        cost_lines=within,
        prepaid_tail=tail,
        run_rate_lines=tuple(line for line in lines if recurs_in(line, months.after)),
        replaced_lines=costs.replaced,
        contingency=contingency,
        coverage=coverage,
        headlines=headlines,
        register_by=register_by(case),
        findings=checks.ordered(
            (
                *work_findings(case, schedule, headlines),
                *money_findings(case, costs.licensing, months, within, tail),
                *checks.paid_twice_findings(case, costs.seats),
                *actual_findings(case, months.all, costs.planned, contingency),
                *range_findings(case.scenario, tasks),
                *checks.coverage_findings(case.model, coverage),
            )
        ),
    )


def work_findings(case: Case, schedule: Schedule, headlines: Headlines) -> Iterator[Finding]:
    """Yield what is doubtful about the company, the time and the tasks."""
    yield from checks.company_findings(case)
    yield from checks.own_price_findings(case)
    yield from checks.timeline_findings(case.scenario, schedule, headlines)
    yield from date_findings(case.scenario, schedule)
    yield from status_findings(case, schedule)
    yield from approved_findings(case)
    yield from checks.levelling_findings(case, schedule.finish)
    yield from scope_findings(case)
    yield from checks.no_effect_findings(case)
    yield from checks.governance_findings(case)
    yield from checks.running_findings(case.scenario)
    yield from checks.device_findings(case)
    yield from checks.done_findings(case)
    yield from checks.watching_findings(case)
    yield from checks.remote_access_findings(case.scenario)
    yield from checks.calendar_findings(case.scenario, case.start, schedule.finish)
    yield from checks.registration_findings(register_by(case), case.today)


def approved_findings(case: Case) -> Iterator[Finding]:
    """Yield whether the plan that was approved still comes to what was approved."""
    approved, plan = case.scenario.status.approved, approved_plan_of(case)
    if approved is not None and plan is not None:
        planned = plan_of_approved(plan)
        yield from approved_differs(approved, None if planned is None else planned.headlines)


@lru_cache(maxsize=16)
def plan_of_approved(plan: ApprovedPlan) -> Plan | None:
    """Return an approved plan, planned anew; None where it no longer can be. Every plan with one asks for it."""
    case = case_of_approved(plan)
    planned = None if case is None else build_plan(case)
    return planned if isinstance(planned, Plan) else None


def money_findings(
    case: Case, licensing: Licensing, months: Months, within: Sequence[CostLine], tail: Sequence[CostLine]
) -> Iterator[Finding]:
    """Yield what is doubtful about the licences and the money."""
    yield from checks.licence_findings(case.scenario, licensing)
    yield from checks.cap_findings(case.scenario, (*within, *tail), months.all)
    yield from checks.price_findings(within, case.scenario, case.today)
    yield from checks.effort_findings(within, case.scenario)
    yield from checks.what_if_findings(case.scenario)


def fallen_away(phase_model: PhaseModel, tasks: Sequence[ScheduledTask]) -> tuple[str, ...]:
    """Return the ids of the tasks that are not in the plan, own ones included."""
    placed = {task.task.id for task in tasks}
    return tuple(task.id for task in phase_model.tasks if task.id not in placed)


def capacity_of(schedule: Schedule) -> Capacity:
    """Return the teams as decimals; exact, as all capacities are quarters or come from decimals."""
    teams = schedule.teams
    return Capacity(exact_decimal(teams.internal or 0), exact_decimal(teams.external or 0))


def scheduled_tasks(task_works: Sequence[TaskWork], schedule: Schedule) -> tuple[ScheduledTask, ...]:
    """Return the works with their dates and slack."""
    placement, calendar = schedule.placement, schedule.calendar
    slack = slack_of(schedule.network, placement, schedule.teams, calendar, schedule.first)
    kept, tasks = placement.kept_dates(schedule.network), []
    planned = schedule.network.planned_lengths(schedule.teams)
    for index, work in enumerate(task_works):
        finish = calendar.day(placement.finish_of(index))
        weeks, passed = work.task.wait_weeks, schedule.network.pins.passed.get(index)
        tasks.append(
            ScheduledTask(
                task=work.task,
                start=calendar.day(placement.starts[index]),
                finish=finish,
                length_days=placement.lengths[index],
                wait_until=weeks_after(finish, weeks) if weeks else None,
                work=work.work if passed is None else work.work._replace(left=placement.lengths[index] - passed),
                slack_days=slack.days[index],
                after=tuple(task_works[before].task.id for before in work.after),
                links=tuple(task_works[before].task.id for before in slack.links[index]),
                gates=tuple(task_works[before].task.id for before in work.gates),
                earliest_start=work.earliest,
                fixed_start=work.fixed,
                keeps_date=index in kept,
                levelled_start=work.levelled,
                state=TaskState.NOT_BEGUN if work.fact is None else work.fact.state,
                progress=progress_of(index, planned[index], schedule.network),
            )
        )
    return tuple(tasks)


def progress_of(index: int, planned: int, network: Network) -> Progress | None:
    """Return what the status says about a work that was to take so many working days."""
    fact, pins = network.task_works[index].fact, network.pins
    if fact is None:
        return None
    return Progress(fact.not_before, planned, index in pins.left, fact.is_start_known)


def licence_seats(
    case: Case, tasks: Sequence[ScheduledTask], licensing: Licensing, finish: date
) -> tuple[Seats, ...] | None:
    """Return the seats of the mix with their starts; None where no mix is allowed."""
    if licensing.mix is None:
        return None
    groups = groups_of(licensing.mix, case.size, licensing.offers, licensing.demands, licensing.needs)
    return seats_of(groups, {group.wave: licence_start(group.wave, case.opening, tasks, finish) for group in groups})


def cost_lines(
    case: Case,
    tasks: Sequence[ScheduledTask],
    seats: Sequence[Seats] | None,
    coordination: Iterable[Coordination],
    months: Months,
    schedule: Schedule,
) -> tuple[CostLine, ...]:
    """Return all cost lines as planned, to the month after the finish at least, ordered by month and category."""
    scenario, last = case.scenario, months.all[-1]
    until = max(last, months.after)
    builder = CostLineBuilder(case.prices, BillingWindow(last, until), purchases_of(scenario, case.size))
    lines: list[CostLine] = []
    for some in seats or ():
        lines += builder.bought(some.purchase, some.first)
    if seats is None:
        lines += builder.unpriced_licences(
            scenario.company.employees, *licence_start(OTHERS, case.opening, tasks, schedule.finish)
        )
    done = {task.id for task in case.done}
    lines += lines_from_start(done, Month.of(case.start), builder)
    lines += bought_lines(tasks, builder)
    lines += lines_after_finish(done | {task.task.id for task in tasks}, schedule.finish, builder)
    lines += operation_lines(case, tasks, schedule.finish, until)
    lines += labour_lines(tasks, coordination, case.prices, schedule.calendar)
    lines += contingency_lines(scenario.finance.contingency, lines)
    return in_order(lines)
