"""Build a plan: the table of contents of the engine.

    scenario ─> works ─> schedule ─> licences ─> cost lines ─> headlines ─> findings

Laws: equal inputs give equal plans, to the cent and the day; nothing outside
the arguments is read; no scenario that exists makes it crash.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import Capacity, CostCategory, CostLine, Plan, ScheduledTask
from zt_planner.engine import checks
from zt_planner.engine.budget import Months, headlines_of, run_rate_lines
from zt_planner.engine.calendar import with_start
from zt_planner.engine.costing import Buyer, Span, bought_lines, contingency_lines
from zt_planner.engine.coverage import coverage_of
from zt_planner.engine.effort import works_of
from zt_planner.engine.labour import labour_lines
from zt_planner.engine.licensing import Licensing, license_company, needs_of
from zt_planner.engine.pricing import PriceList
from zt_planner.engine.references import check_references
from zt_planner.engine.seats import seats_of, starts_of
from zt_planner.engine.slack import slack_of
from zt_planner.engine.timeline import Schedule, schedule_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.effort import Work

CATEGORY_ORDER = {category: place for place, category in enumerate(CostCategory)}


def build_plan(scenario: Scenario, price_book: PriceBook, phase_model: PhaseModel, *, today: date) -> Plan:
    """Compute everything about a scenario.

    `today` decides the default start and which sources are stale. Raises
    ScenarioError where the scenario names a price that the book does not know.
    """
    check_references(scenario, price_book)
    scenario = with_start(scenario, today)
    start = scenario.timeline.start
    assert start is not None  # noqa: S101 - with_start has set it
    works = works_of(scenario, phase_model)
    schedule = schedule_of(scenario, works, start) if works else None
    first = Month.of(start)
    horizon = months_from(first, scenario.finance.horizon_months)
    if schedule is None:
        return Plan(
            scenario=scenario,
            today=today,
            book_version=price_book.version,
            model_version=phase_model.version,
            months=horizon,
            horizon=horizon,
            findings=checks.ordered((checks.too_long(), *checks.company_findings(scenario))),
        )
    tasks = scheduled_tasks(works, schedule)
    months = Months(horizon, months_from(first, max(len(horizon), first.until(Month.of(schedule.finish)) + 1)))
    price_list = PriceList(scenario, price_book)
    others = starts_of(tasks).others
    licensing = license_company(
        scenario, works, price_list, Month.of(schedule.finish if others is None else others.start)
    )
    lines = cost_lines(scenario, works, tasks, licensing, price_list, months, schedule)
    capacity = Capacity(_decimal(schedule.teams.internal), _decimal(schedule.teams.external))
    headlines = headlines_of(
        scenario=scenario,
        months=months,
        start=start,
        tasks=tasks,
        capacity=capacity,
        lines=lines,
        calendar=schedule.calendar,
    )
    within = tuple(line for line in lines if line.month <= months.all[-1])
    tail = tuple(line for line in lines if line.month > months.all[-1] >= line.paid_in)
    findings = (
        *checks.company_findings(scenario),
        *checks.timeline_findings(scenario, schedule, headlines),
        *checks.licence_findings(scenario, licensing),
        *checks.cap_findings(scenario, (*within, *tail), months.all),
        *checks.price_findings(within, today),
    )
    placed = {task.task.id for task in tasks}
    return Plan(
        scenario=scenario,
        today=today,
        book_version=price_book.version,
        model_version=phase_model.version,
        months=months.all,
        horizon=months.horizon,
        deadline=schedule.deadline,
        capacity=capacity,
        tasks=tasks,
        fallen_away=tuple(task.id for task in phase_model.tasks if task.id not in placed),
        mix=licensing.mix,
        cost_lines=within,
        prepaid_tail=tail,
        run_rate_lines=run_rate_lines(lines, Month.of(schedule.finish).plus(1)),
        coverage=coverage_of(phase_model, tasks),
        headlines=headlines,
        findings=checks.ordered(findings),
    )


def _decimal(capacity: Fraction | None) -> Decimal:
    """Return a capacity as a decimal; exact, as all capacities are quarters or come from decimals."""
    return Decimal(0) if capacity is None else Decimal(capacity.numerator) / Decimal(capacity.denominator)


def scheduled_tasks(works: Sequence[Work], schedule: Schedule) -> tuple[ScheduledTask, ...]:
    """Return the works with their dates and slack."""
    placement, calendar = schedule.placement, schedule.calendar
    slack = slack_of(schedule.network, placement, schedule.teams, calendar, schedule.first)
    tasks = []
    for place, work in enumerate(works):
        finish = calendar.day(placement.finish_of(place))
        weeks = work.task.wait_weeks
        tasks.append(
            ScheduledTask(
                task=work.task,
                start=calendar.day(placement.starts[place]),
                finish=finish,
                length_days=placement.lengths[place],
                wait_until=finish.fromordinal(finish.toordinal() + 7 * weeks) if weeks else None,
                internal_days=work.internal,
                external_days=work.external,
                slack_days=slack.days[place],
                after=tuple(works[before].task.id for before in work.after),
                links=tuple(works[before].task.id for before in slack.links[place]),
            )
        )
    return tuple(tasks)


def cost_lines(
    scenario: Scenario,
    works: Sequence[Work],
    tasks: Sequence[ScheduledTask],
    licensing: Licensing,
    price_list: PriceList,
    months: Months,
    schedule: Schedule,
) -> tuple[CostLine, ...]:
    """Return all cost lines, to the month after the finish at least, ordered by month and category."""
    last = months.all[-1]
    buyer = Buyer(scenario, price_list, Span(last, max(last, Month.of(schedule.finish).plus(1))))
    lines: list[CostLine] = []
    others = starts_of(tasks).others
    if licensing.mix is not None:
        for seats in seats_of(licensing.mix, scenario.company.employees, tasks, licensing.offers, needs_of(works)):
            lines += buyer.seats(seats)
    elif others is not None:
        lines += buyer.unpriced_licences(scenario.company.employees, others)
    lines += bought_lines(scenario, tasks, buyer)
    lines += labour_lines(scenario, tasks, price_list, schedule.calendar)
    lines += contingency_lines(scenario, lines)
    return tuple(sorted(lines, key=lambda line: (line.month, CATEGORY_ORDER[line.category])))
