"""Whatever the scenario: it makes a plan, its totals are sums of its lines, and it comes out the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import any_planned, any_scenario, built, planned
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.finding import Code, Severity
from zt_planner.domain.money import rounded_product
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.licensing.licences import best_mix
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.scheduling.calendar import public_holidays, working_days
from zt_planner.topics.axes import shown_months
from zt_planner.topics.headline.figures import by_name


def summed(lines: Iterable[CostLine]) -> Decimal:
    """Add up what lines cost, with nothing but a loop."""
    result = Decimal(0)
    for line in lines:
        result += line.amount or 0
    return result


@given(scenario=any_scenario)
def test_no_scenario_crashes(scenario: Scenario) -> None:
    plan = any_planned(scenario)
    if isinstance(plan, StoppedPlan):
        assert Code.TIMELINE_TOO_LONG in {finding.code for finding in plan.findings}
        assert not plan.cost_lines
        return
    check_totals(plan)
    check_lines(plan)
    check_seats(plan)
    check_findings(plan)


def check_totals(plan: Plan) -> None:
    """Every headline is the sum of its lines."""
    figures = plan.headlines
    assert figures is not None
    cash = [line for line in plan.cost_lines if line.category is not CostCategory.INTERNAL]
    year = {plan.horizon[0].plus(step) for step in range(12)}
    by_month: dict[Month, Decimal] = defaultdict(Decimal)
    for line in cash:
        by_month[line.month] += line.amount or 0
    assert figures.first_year_budget == summed(line for line in cash if line.month in year)
    assert figures.one_off_first_year + figures.recurring_first_year == figures.first_year_budget
    assert figures.one_off_total == summed(line for line in cash if line.kind is Kind.ONE_OFF)
    assert figures.introduction_budget == figures.one_off_total + figures.recurring_first_year
    if figures.finish_date < plan.horizon[11].plus(1).first_day:
        assert figures.introduction_budget == figures.first_year_budget
    assert figures.horizon_total == sum(by_month[month] for month in plan.horizon)
    running = summed(
        line
        for line in cash
        if line.kind is Kind.RECURRING and line.month not in year and line.month in shown_months(plan)
    )
    assert sum(by_month[month] for month in shown_months(plan)) == figures.introduction_budget + running
    assert figures.peak_amount == max(by_month[month] for month in plan.horizon)
    assert figures.peak_month == next(month for month in plan.horizon if by_month[month] == figures.peak_amount)
    own = [line for line in plan.cost_lines if line.category is CostCategory.INTERNAL]
    assert figures.internal_value == summed(line for line in own if line.kind is Kind.ONE_OFF)
    people_months = plan.scenario.company.employees * len(plan.horizon)
    per_person = by_name()["per_employee_month"].known(plan)
    assert per_person in {rounded_product(Fraction(figures.horizon_total) / people_months), None}
    assert (per_person is None) == (figures["horizon_total"].known is None)


def check_lines(plan: Plan) -> None:
    """An amount is quantity times price but for spread work and invoices; months of labour and contingency add up."""
    assert all(line.month in plan.months and line.paid_in in plan.months for line in plan.cost_lines)
    labour: dict[tuple[str, str], list[CostLine]] = defaultdict(list)
    for line in plan.cost_lines:
        assert line.is_actual or (line.amount is None) == (line.unit_price is None)
        if (
            line.category in {CostCategory.INTERNAL, CostCategory.CONSULTANT}
            and line.task_id
            and line.kind is Kind.ONE_OFF
        ):
            labour[line.task_id, line.price_id].append(line)
        elif line.amount is not None and line.unit_price is not None:
            assert line.amount == rounded_product(line.quantity * Fraction(line.unit_price.amount))
    for lines in labour.values():
        price = lines[0].unit_price
        days = sum((line.quantity for line in lines), Fraction(0))
        # A closed month has its bookings instead: the months that are left keep their cents.
        cents = len(plan.scenario.status.closed)
        assert price is None or abs(summed(lines) - rounded_product(days * Fraction(price.amount))) * 100 <= cents
    worked = sum((task.work.whole.internal for task in plan.tasks), Fraction(0))
    own = [line for line in plan.cost_lines if line.price_id == "internal-day" and line.kind is Kind.ONE_OFF]
    assert worked == sum(line.quantity for line in own if line.task_id)
    for month in plan.months:
        once = [line for line in plan.cost_lines if line.month == month and line.is_cash and line.kind is Kind.ONE_OFF]
        reserve = summed(line for line in once if line.category is CostCategory.CONTINGENCY)
        base = summed(line for line in once if line.category is not CostCategory.CONTINGENCY)
        share = 0 if month in closed_months(plan.scenario) else plan.scenario.finance.contingency
        assert reserve == rounded_product(Fraction(share) * Fraction(base))


def check_seats(plan: Plan) -> None:
    """Everyone is in one holding, no family exceeds its cap, and every seat of the mix is paid for in the end."""
    if plan.mix is None:
        return
    company, book = plan.scenario.company, plan.case.book
    people: dict[str, int] = defaultdict(int)
    families: dict[str, int] = defaultdict(int)
    for holding in plan.mix.holdings:
        people[holding.group] += holding.count
        for product in holding.held:
            row = book.rows_by_id[product][-1]
            if row.seat_family is not None:
                families[row.seat_family] += holding.count
    assert people["frontline"] == company.frontline
    assert people["admin"] == plan.case.size.counts.admins
    assert sum(people.values()) == company.employees
    assert all(seats <= 300 for seats in families.values())
    last = plan.months[-1]
    for product, seats in plan.mix.seats.items():
        bought = [line for line in plan.cost_lines if line.price_id == product and line.month == last]
        assert sum(line.quantity for line in bought if line.quantity > 0) >= seats


def check_findings(plan: Plan) -> None:
    """The gravest come first, and what blocks is said."""
    grades = [list(Severity).index(finding.severity) for finding in plan.findings]
    assert grades == sorted(grades)
    assert (plan.mix is None) == (Code.LICENCE_NO_MIX in {finding.code for finding in plan.findings})
    if any(line.amount is None for line in plan.cost_lines):
        assert not plan.is_complete


@given(scenario=any_scenario)
def test_the_same_scenario_gives_the_same_plan(scenario: Scenario) -> None:
    first = planned(scenario)
    best_mix.cache_clear()
    public_holidays.cache_clear()
    working_days.cache_clear()
    assert built(scenario) == first


@given(scenario=any_scenario)
def test_save_and_load_is_identity(scenario: Scenario) -> None:
    saved = scenario.model_dump_json()
    loaded = Scenario.model_validate_json(saved)
    assert loaded == scenario
    assert loaded.model_dump_json() == saved
    assert loaded.version == scenario.version


@given(scenario=any_scenario, factor=st.integers(2, 5))
def test_dearer_consultants_never_make_the_plan_cheaper(scenario: Scenario, factor: int) -> None:
    dearer = scenario.changed("prices.overrides", {**scenario.prices.overrides, "external-day": 1150 * factor})
    cheaper = scenario.changed("prices.overrides", {**scenario.prices.overrides, "external-day": 1150})
    first, second = (planned(item).headlines for item in (cheaper, dearer))
    assert first.one_off_total <= second.one_off_total
    assert first.finish_date == second.finish_date
    assert first.run_rate_monthly == second.run_rate_monthly


@given(scenario=any_scenario)
def test_nothing_is_credited_before_a_task_is_finished(scenario: Scenario) -> None:
    plan = planned(scenario)
    finishes = {task.task.id: task.finish for task in plan.tasks}
    worked = finishes | dict.fromkeys((task.id for task in plan.case.done), plan.case.start)
    for point in plan.coverage:
        named = [worked[key] for key in (*point.main_tasks, *point.partial_tasks) if key in worked]
        assert point.partly_from is None or point.partly_from in worked.values()
        assert point.partly_from is None or all(point.partly_from <= day for day in named)
        if point.state == "supported":
            assert not point.missing_tasks
            # What has nothing to do, or was done before, stands from the start on.
            assert point.reached_on == max(finishes.get(key, plan.case.start) for key in point.main_tasks)
        else:
            assert point.reached_on == point.partly_from
            assert (point.state == "partly") == (point.partly_from is not None)
