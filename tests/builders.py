"""Small phase models, price books and plans for tests: only what a test says is special.

Every builder gives the plainest thing that is valid: a task of one internal
day, a price of 10 EUR that has always held. A test names what matters to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.parameters import Parameter, Parameters
from zt_planner.domain.data.phase_model import Measure, Operation, PhaseModel, Point, Task
from zt_planner.domain.data.price_book import Capability, ExchangeRate, Price, PriceBook, VatRate
from zt_planner.domain.data.rules import NO_RULES, InsurerQuestion, ProposedTask, Regulation, Rules
from zt_planner.domain.headlines import AmountState, Headlines, state_of
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import ByTeam, CostLine, ScheduledTask, UnitPrice, Work
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.company_size import CompanySize, company_size
from zt_planner.engine.costing.cost_lines import BillingWindow, CostLineBuilder
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import purchases_of
from zt_planner.engine.figures import SUMS
from zt_planner.engine.licensing.bundles import Offer
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.scheduling.edited_model import edited_model
from zt_planner.engine.scheduling.effort import TaskWork, scope_of, works_of
from zt_planner.engine.scheduling.timeline import Schedule

TODAY = date(2026, 11, 6)
"""The day on which every example plans; no test asks the clock."""
MAY = Month(2027, 5)
MONDAY = date(2027, 1, 4)
"""The default start: the first working day of 2027 in Germany."""


def jan(day: int) -> date:
    """Return a day of January 2027."""
    return date(2027, 1, day)


PARAMETERS = {
    "size_reference": "120",
    "size_exponent": "0.4",
    "size_least": "0.3",
    "size_most": "3",
    "devices_per_employee": "1.2",
    "employees_per_server": "20",
    "employees_per_site": "100",
    "apps_base": "4",
    "employees_per_app": "30",
    "admins_base": "2",
    "employees_per_admin": "30",
    "remote_share": "0.5",
    "pilot_share": "0.1",
    "switch_ports": "24",
    "port_reserve": "1.3",
    "people_per_access_point": "20",
    "devices_per_frontline": "0.3",
    "most_days_employees": "40",
    "reaction": "0.7",
    "coordination_internal": "0.12",
    "coordination_external": "0.12",
    "confidence_draws": "100",
    "term_annual_monthly": "1.05",
    "term_monthly": "1.2",
}
"""The numbers that rules use."""

EVERYONE = ("mfa_rollout", "conditional_access", "sso", "remote_mfa", "enrolment", "edr_onboarding", "device_access")
"""The shipped tasks that open everyone's licences; without them those begin in the month of the finish."""
OPENING = (*EVERYONE, "mfa_pilot", "mdm_baseline", "device_pilot", "compliance")
"""The shipped tasks that open licences."""

SUITE = ("office", "mail")
LineFigures: TypeAlias = "tuple[str, str, int, Decimal | None]"

SIGN_IN = ("sso", "mfa", "conditional_access")


def task(task_id: str, *, days: str | int | Decimal = 1, **fields: Any) -> Task:  # noqa: ANN401 - any field of a task
    """Return a task of so many internal days that takes the whole team."""
    plain: dict[str, Any] = {
        "step": "0",
        "name": task_id,
        "base_days": days,
        "low": 1,
        "high": 1,
        "external_share": 0,
        "team_share": 1,
        "min_length_days": 1,
        "wait_weeks": 0,
        "head_start_days": 0,
    }
    return Task.model_validate({**plain, "id": task_id, **fields})


def measure(letter: str) -> Measure:
    """Return a NIS2 measure."""
    return Measure.model_validate({"letter": letter, "measure": letter, "bsig_30_2": "1", "cir_2024_2690": "1"})


def point(number: str, *main: str, letter: str = "b", covered: str = "mainly", partial: Iterable[str] = ()) -> Point:
    """Return a point of NIS2 that some tasks serve mainly, `a|b` being one of two, and others partly."""
    plain = {"point": number, "title": f"Point {number}", "letter": letter, "covered": covered}
    return Point.model_validate({**plain, "main": main, "partial": tuple(partial)})


def parameter_rows(**changes: str) -> tuple[Parameter, ...]:
    """Return the rows of the parameters, some with another value."""
    values = {**PARAMETERS, **changes}
    return tuple(
        Parameter.model_validate({"id": key, "value": value, "confidence": "assumption"})
        for key, value in values.items()
    )


def parameters(**changes: str) -> Parameters:
    """Return the parameters, some with another value."""
    return PhaseModel((), (), (), parameter_rows(**changes)).parameters


def operation(activity: str, after: str = "enrolment", *, days: str = "1", **fields: Any) -> Operation:  # noqa: ANN401 - any field of an activity
    """Return an activity of so many days a month, whoever watches."""
    plain = {"activity": activity, "from_finish_of": after, "base_days_per_month": days, "confidence": "assumption"}
    return Operation.model_validate({**plain, "id": activity, **fields})


def model(
    *tasks: Task,
    measures: tuple[Measure, ...] = (),
    operations: tuple[Operation, ...] = (),
    points: tuple[Point, ...] = (),
    rules: Rules = NO_RULES,
    **changes: str,
) -> PhaseModel:
    """Return a phase model of a few tasks, some of its parameters with another value."""
    return PhaseModel(tasks, measures, (), parameter_rows(**changes), operations, points, rules)


def law(country: str = "DE", **fields: Any) -> Regulation:  # noqa: ANN401 - any field of a law
    """Return a law of which nothing but its source is known."""
    plain = {"law": "Act", "status": "in_force", "population": "all", "source": "a gazette", "read_on": "2026-11-06"}
    return Regulation.model_validate({**plain, "confidence": "primary", "country": country, **fields})


def directive(**fields: Any) -> Regulation:  # noqa: ANN401 - any field of a law
    """Return the directive with its two limits of size."""
    sizes = {"size_important": (50, 10, 10), "size_essential": (250, 50, 43)}
    return law("EU", **{"status": "directive", **sizes, **fields})


def question(question_id: str, *tasks: str, needs_all: bool = True, **fields: Any) -> InsurerQuestion:  # noqa: ANN401 - any field of a question
    """Return a question that all of some tasks answer."""
    plain = {"question": f"{question_id}?", "population": "all", "source": "a form", "read_on": "2026-11-06"}
    plain |= {"confidence": "primary", "id": question_id}
    return InsurerQuestion.model_validate({**plain, "tasks": tasks, "match": "all" if needs_all else "any", **fields})


def proposal(task_id: str, **fields: Any) -> ProposedTask:  # noqa: ANN401 - any field of a proposed task
    """Return a proposed task of two days."""
    plain: dict[str, Any] = {"name": task_id, "step": "4", "effort_days": 2, "external_share": 0, "min_length_days": 1}
    plain |= {"low": 1, "high": 1, "confidence": "assumption", "note": "why", "id": task_id}
    return ProposedTask.model_validate({**plain, **fields})


def left_out(tasks: Iterable[str]) -> dict[str, Any]:
    """Return the changes of a scenario that take tasks out of its scope."""
    return {f"tasks.edits.{each}.in_scope": False for each in tasks}


def price(price_id: str, amount: str | int = 10, **fields: Any) -> Price:  # noqa: ANN401 - any field of a price
    """Return a Microsoft licence per user and month in EUR that has always held."""
    plain: dict[str, Any] = {
        "vendor": "Microsoft",
        "product": price_id,
        "category": "licence",
        "unit": "user/month",
        "amount": amount,
        "currency": "EUR",
        "term": "annual_monthly",
        "valid_from": "2000-01-01",
        "source_date": "2026-11-01",
        "confidence": "primary",
    }
    return Price.model_validate({**plain, "id": price_id, **fields})


def day_rate(rate_id: str, amount: str | int = 10, **fields: Any) -> Price:  # noqa: ANN401 - any field of a price
    """Return what a day of work costs in EUR."""
    return price(
        rate_id, amount, **{"vendor": "labour", "category": "labour", "unit": "day", "term": "one_off"} | fields
    )


FREE_SUITE = price("free-suite", 0, grants=SUITE)
"""Office and mail for nothing, for plans in which licences do not matter."""


def rate(currency: str, eur: str, day: str = "2026-06-01") -> ExchangeRate:
    """Return an exchange rate."""
    return ExchangeRate.model_validate(
        {"currency": currency, "eur_per_unit": eur, "date": day, "confidence": "primary"}
    )


def vat(country: str, share: str, first: str = "2026-01-01", last: str | None = None, **fields: str) -> VatRate:
    """Return a rate of VAT."""
    span = {"valid_from": first, "valid_to": last}
    return VatRate.model_validate({"country": country, "rate": share, "confidence": "primary", **span, **fields})


def book(*prices: Price, rates: tuple[ExchangeRate, ...] = (), vat: tuple[VatRate, ...] = ()) -> PriceBook:
    """Return a price book; EUR is always in it."""
    return PriceBook(prices, (rate("EUR", "1"), *rates), vat)


RATES = book(day_rate("internal-day", 100))
CHAIN = model(task("a", days=5), task("b", days=5, after=("a",)), task("c", days=5, after=("b",)))
"""Three weeks of work, one after the other."""
NO_STEERING = {"labour__coordination_share": {"internal": 0, "external": 0}}


def scenario(**fields: Any) -> Scenario:  # noqa: ANN401 - any field of a scenario
    """Return a scenario from dotted names with two underscores: `company__employees=50`."""
    data: dict[str, Any] = {}
    for path, value in fields.items():
        part, _, leaf = path.partition("__")
        data.setdefault(part, {})[leaf] = value
    return Scenario.model_validate(data)


def quiet(**fields: Any) -> Scenario:  # noqa: ANN401 - any field of a scenario
    """Return a scenario without holidays and freeze, in capacity mode, one day of work a day, from Monday 4 January."""
    plain: dict[str, Any] = {
        "timeline__start": MONDAY,
        "timeline__mode": "capacity",
        "timeline__region": None,
        "timeline__year_end_freeze": False,
        "timeline__internal_days_per_week": 5,
        "timeline__external_days_per_week": 5,
    }
    return scenario(**{**plain, **fields})


def size(given: Scenario, phase_model: PhaseModel | None = None) -> CompanySize:
    """Return the size of a scenario's company."""
    return company_size(given, parameters() if phase_model is None else phase_model.parameters)


def works(given: Scenario, phase_model: PhaseModel) -> tuple[TaskWork, ...]:
    """Return the tasks of a model that remain in a scenario, with their effort."""
    edited, large = edited_model(phase_model, given.tasks), size(given, phase_model)
    start = given.timeline.start or MONDAY
    return works_of(given, edited, large, scope_of(given, edited, large), start)


def prices_for(given: Scenario, prices: PriceBook) -> PriceList:
    """Return the prices of a scenario."""
    return PriceList(given, prices, parameters())


def schedule(given: Scenario, phase_model: PhaseModel) -> Schedule:
    """Return the schedule of a scenario."""
    found = schedule_of(case(given, book(), phase_model))
    assert found is not None
    return found


def case(given: Scenario, prices: PriceBook, phase_model: PhaseModel, *, shows_labour: bool = True) -> Case:
    """Return the case as of today."""
    return case_of(given, prices, phase_model, today=TODAY, shows_labour=shows_labour)


def plan(given: Scenario, prices: PriceBook, phase_model: PhaseModel, *, shows_labour: bool = True) -> Plan:
    """Return the plan as of today."""
    return plan_for(case(given, prices, phase_model, shows_labour=shows_labour))


def plan_for(case: Case) -> Plan:
    """Return the plan of a case that has a schedule."""
    return unstopped(build_plan(case))


def unstopped(computed: AnyPlan) -> Plan:
    """Return a plan that did not stop."""
    assert isinstance(computed, Plan)
    return computed


def with_values(figures: Headlines, **values: Any) -> Headlines:  # noqa: ANN401 - the value of any figure
    """Return figures of which some have other values; what lacks prices still lacks them."""
    changed = {}
    for name, value in values.items():
        amount = figures[name]
        is_bounded = amount.state in {AmountState.AT_LEAST, AmountState.UNKNOWN}
        state = state_of(value, is_whole=False) if is_bounded else amount.state
        changed[name] = replace(amount, value=value, state=state)
    return Headlines({**figures, **changed})


def with_lines(made: Plan, lines: Iterable[CostLine]) -> Plan:
    """Return a plan with other cost lines, and the figures that they add up to."""
    changed = replace(made, cost_lines=tuple(lines), run_rate_lines=())
    sums = {name.value: rule.amount(changed, made.headlines) for name, rule in SUMS.items()}
    return replace(changed, headlines=Headlines({**made.headlines, **sums}))


def placed(
    task_id: str,
    start: date = MONDAY,
    finish: date | None = None,
    **fields: Any,  # noqa: ANN401 - any field of a task
) -> ScheduledTask:
    """Return a scheduled task of one internal day."""
    last = start if finish is None else finish
    placed_task = task(task_id, **fields)
    return ScheduledTask(
        task=placed_task,
        start=start,
        finish=last,
        length_days=(last - start).days + 1,
        wait_until=None,
        work=Work(ByTeam(Fraction(1), Fraction(0)), placed_task.least_days),
        slack_days=0,
        after=(),
    )


def months_of(scheduled: ScheduledTask) -> tuple[Month, ...]:
    """Return the months in which a task is worked on."""
    first = Month.of(scheduled.start)
    return months_from(first, first.until(Month.of(scheduled.finish)) + 1)


def requiring(*alternatives: str) -> tuple[frozenset[str], ...]:
    """Return what a licence requires, each as `a|b` where one of two suffices."""
    return tuple(frozenset(each.split("|")) for each in alternatives)


def offer(offer_id: str, cost: str | None = "10.00", *grants: str, position: int = 0, **fields: Any) -> Offer:  # noqa: ANN401 - any field of an offer
    """Return a Microsoft licence on offer."""
    plain: dict[str, Any] = {
        "vendor": "Microsoft",
        "requires": (),
        "sold": True,
        "audience": None,
        "family": None,
        "cap": None,
    }
    return Offer(
        id=offer_id,
        position=position,
        cost=None if cost is None else Decimal(cost),
        grants=frozenset(Capability(name) for name in grants),
        **{**plain, **fields},
    )


def line(month: str, amount: str | None, **fields: Any) -> CostLine:  # noqa: ANN401 - any field of a line
    """Return a cost line: one-off hardware unless a test says more."""
    year, number = month.split("-")
    when = Month(int(year), int(number))
    money = None if amount is None else Decimal(amount)
    plain: dict[str, Any] = {
        "month": when,
        "task_id": "install",
        "price_id": "thing",
        "item": "Thing",
        "category": CostCategory.HARDWARE,
        "kind": Kind.ONE_OFF,
        "quantity": Fraction(1),
        "unit": "piece",
        "unit_price": None if money is None else UnitPrice(money, "thing", None, when),
        "amount": money,
        "paid_in": when,
    }
    return CostLine(**{**plain, **fields})


def line_builder(
    *prices: Price,
    until: Month = MAY,
    last: Month | None = None,
    **fields: Any,  # noqa: ANN401 - any field of a scenario
) -> CostLineBuilder:
    """Return a builder of cost lines for the months up to `until`; USD stands at 0.5."""
    given = scenario(**fields)
    asked = case(given, book(*prices, rates=(rate("USD", "0.5"),)), model(*map(task, given.tasks.edits)))
    purchases = purchases_of(asked.scenario, asked.size)
    return CostLineBuilder(asked.prices, BillingWindow(last or until, until), purchases)


def line_figures(lines: Iterable[CostLine]) -> list[LineFigures]:
    """Return month, price, quantity and amount of lines."""
    return [(str(each.month), each.price_id, int(each.quantity), each.amount) for each in lines]


def ending_price(row: Price, day: str) -> dict[str, Any]:
    """Return the setting of a scenario with a price that is not known from a day on."""
    return {"prices__rows": {row.id: [{**row_values(row), "valid_to": day}]}}


def row_values(row: Price) -> dict[str, Any]:
    """Return a price as an own row in the scenario's file."""
    return OwnRow.model_validate(row.model_dump()).model_dump(mode="json")
