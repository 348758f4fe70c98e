"""The tables of a portfolio: what each column is called, what it holds, and how it is taken from the plan of a client.

A client is one plan of many. Nothing is translated: ids, and English names where a reader of a table needs them.
Laws: the amounts of `lines` are those of the plan, to the cent; an amount that is not known is null, never 0, and what
is hidden is left out; the days of `weeks` add up to the plan's; a plan without a schedule is one row of `plans`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from zt_planner import __version__
from zt_planner.domain.categories import Kind
from zt_planner.domain.money import rounded, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine, CoverageState, ScheduledTask, Team
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import OwnedLicence
from zt_planner.engine.decisions import Decision, decisions_of
from zt_planner.engine.nis2.coverage import recorded_coverage
from zt_planner.engine.nis2.regulation import applicability, country_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.promise import Promise, promise_of
from zt_planner.topics.roadmap.team_load import Week, weeks_of

Item = TypeVar("Item")
Cell: TypeAlias = "str | int | bool | Decimal | date | None"
Row: TypeAlias = tuple[Cell, ...]
DAY_PLACES = 6
"""Of person-days and quantities."""


class Form(Enum):
    """What the cells of a column are, as programs keep them."""

    TEXT = "text"
    WHOLE = "whole number"
    EUR = "EUR"
    QUANTITY = "quantity"
    PERSON_DAYS = "person-days"
    DAY = "day"
    FLAG = "yes or no"


class Client(NamedTuple):
    """One plan of a portfolio: its key, which no other one has, and the file's stem."""

    key: str
    stem: str


@dataclass(frozen=True, slots=True)
class Field(Generic[Item]):
    """A column: its name in every file, what its cells are, and how one is taken from what a row is about."""

    name: str
    form: Form
    value: Callable[[Item], Cell]


@dataclass(frozen=True, slots=True)
class PortfolioTable(Generic[Item]):
    """A table: its columns after those that every table has, and what its rows are about in a plan."""

    name: str
    fields: tuple[Field[Item], ...]
    items: Callable[[Whole], Iterable[Item]]

    @property
    def columns(self) -> tuple[Field[Any], ...]:
        """All columns: whose plan it is and by what it was computed, then its own."""
        return (*KEYS, *self.fields)


@dataclass(frozen=True)
class Whole:
    """A client's plan."""

    client: Client
    plan: AnyPlan

    @cached_property
    def promise(self) -> Promise | None:
        """What an approved plan promises now; None for others: draws take longer than the plan itself."""
        if self.plan.scenario.status.approved is None or not isinstance(self.plan, Plan):
            return None
        from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - paid only where something is drawn

        return promise_of(self.plan, simulate(self.plan))


KEYS: tuple[Field[Whole], ...] = (
    Field("client", Form.TEXT, lambda whole: whole.client.key),
    Field("scenario_version", Form.TEXT, lambda whole: whole.plan.scenario.version),
    Field("price_book_version", Form.TEXT, lambda whole: whole.plan.case.book.version),
    Field("model_version", Form.TEXT, lambda whole: whole.plan.case.base_model.version),
)
"""The first columns of every table: the key of a row's client, and the versions of what its plan follows from."""


def exact_days(value: Any) -> Decimal:  # noqa: ANN401 - Fraction or Decimal
    """Return person-days, or a quantity, as files keep them."""
    return rounded(value, DAY_PLACES)


# Plans


def _figure(name: str) -> Callable[[Whole], Any]:
    """Return how a headline figure is taken: None where there is no schedule, it is hidden or nothing is known."""

    def known(whole: Whole) -> Any:  # noqa: ANN401 - whatever the figure is
        return whole.plan.headlines[name].known if isinstance(whole.plan, Plan) else None

    return known


def _days(name: str) -> Callable[[Whole], Cell]:
    """Return how a headline figure in person-days is taken."""
    known = _figure(name)
    return lambda whole: None if known(whole) is None else exact_days(known(whole))


def _approved(name: str) -> Callable[[Whole], Any]:
    """Return how a figure of the plan that was approved is taken; None where none was."""
    return lambda whole: getattr(whole.plan.scenario.status.approved, name, None)


def _promised(name: str) -> Callable[[Whole], Any]:
    """Return how a figure is taken that an approved plan promises now."""
    return lambda whole: getattr(whole.promise, name, None)


def _forecast(name: str) -> Callable[[Whole], Any]:
    """Return how a figure of the last forecast that was saved is taken; None where none was."""

    def value(whole: Whole) -> Any:  # noqa: ANN401 - whatever the figure is
        forecasts = whole.plan.scenario.status.forecasts
        return getattr(forecasts[max(forecasts)], name) if forecasts else None

    return value


def _counted(count: Callable[[Plan], int]) -> Callable[[Whole], Cell]:
    """Return how something is counted; None where there is no schedule."""
    return lambda whole: count(whole.plan) if isinstance(whole.plan, Plan) else None


def _tasks(*states: TaskState) -> Callable[[Whole], Cell]:
    """Return how the tasks in some states are counted."""
    return _counted(lambda plan: sum(task.state in states for task in plan.tasks))


def _points(*states: CoverageState) -> Callable[[Whole], Cell]:
    """Return how the points of NIS2 are counted that are in some states once the plan is done."""
    return _counted(lambda plan: sum(point.state in states for point in plan.coverage))


def _supported_now(plan: Plan) -> int:
    """Return how many points of NIS2 what is recorded as done supports."""
    points = recorded_coverage(plan.case, plan.tasks)
    return sum(point.state is CoverageState.SUPPORTED for point in points)


def is_lower_bound(plan: AnyPlan) -> bool:
    """Tell whether the true amounts of a plan may be higher: a price is missing, or there is no schedule."""
    return not (isinstance(plan, Plan) and plan.is_complete)


def _name(whole: Whole) -> str:
    return whole.plan.scenario.company.name or whole.client.stem


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _nis2(whole: Whole) -> str:
    scenario, rules = whole.plan.scenario, whole.plan.case.base_model.rules
    return str(applicability(scenario.company, country_of(scenario), rules))


def _of_plan(name: str) -> Callable[[Whole], Any]:
    return lambda whole: getattr(whole.plan, name, None)


def _stopped_by(whole: Whole) -> str | None:
    """Return the code of the finding that says why there is no schedule."""
    return None if isinstance(whole.plan, Plan) else str(whole.plan.findings[0].code)


def _forecast_day(whole: Whole) -> date | None:
    days = whole.plan.scenario.status.forecasts
    return date.fromisoformat(max(days)) if days else None


MONEY_FIGURES = (
    *("introduction_budget", "first_year_budget", "one_off_total", "run_rate_monthly", "horizon_total"),
    *("internal_value",),
)
PLANS = PortfolioTable(
    "plans",
    (
        Field("name", Form.TEXT, _name),
        Field("program_version", Form.TEXT, lambda _: __version__),
        Field("planned_on", Form.DAY, lambda whole: whole.plan.today),
        Field("employees", Form.WHOLE, lambda whole: whole.plan.scenario.company.employees),
        Field("frontline", Form.WHOLE, lambda whole: whole.plan.scenario.company.frontline),
        Field("sector", Form.TEXT, lambda whole: _text(whole.plan.scenario.company.sector)),
        Field("region", Form.TEXT, lambda whole: whole.plan.scenario.timeline.region),
        Field("has_schedule", Form.FLAG, lambda whole: isinstance(whole.plan, Plan)),
        Field("stopped_by", Form.TEXT, _stopped_by),
        Field("is_lower_bound", Form.FLAG, lambda whole: is_lower_bound(whole.plan)),
        *(Field(name, Form.EUR, _figure(name)) for name in MONEY_FIGURES),
        Field("start_date", Form.DAY, lambda whole: whole.plan.case.start),
        *(Field(name, Form.DAY, _figure(name)) for name in ("mfa_date", "finish_date")),
        Field("deadline", Form.DAY, _of_plan("deadline")),
        *(Field(name, Form.PERSON_DAYS, _days(name)) for name in ("internal_days", "external_days")),
        Field("tasks", Form.WHOLE, _tasks(*TaskState)),
        Field("tasks_running", Form.WHOLE, _tasks(TaskState.RUNNING)),
        Field("tasks_done", Form.WHOLE, _tasks(TaskState.DONE)),
        Field("status_date", Form.DAY, lambda whole: whole.plan.scenario.status.at),
        Field("approved_on", Form.DAY, _approved("on")),
        Field("approved_budget", Form.EUR, _approved("budget")),
        Field("approved_finish", Form.DAY, _approved("finish")),
        Field("promised_budget", Form.EUR, _approved("promised_budget")),
        Field("promised_finish", Form.DAY, _approved("promised_finish")),
        Field("promised_budget_now", Form.EUR, _promised("rounded_budget")),
        Field("promised_finish_now", Form.DAY, _promised("finish")),
        Field("forecast_on", Form.DAY, _forecast_day),
        Field("forecast_sure_by", Form.DAY, _forecast("sure_by")),
        Field("forecast_sure_budget", Form.EUR, _forecast("sure_budget")),
        Field("nis2", Form.TEXT, _nis2),
        Field("register_by", Form.DAY, _of_plan("register_by")),
        Field("points", Form.WHOLE, _points(*CoverageState)),
        Field("points_supported", Form.WHOLE, _points(CoverageState.SUPPORTED)),
        Field("points_partly", Form.WHOLE, _points(CoverageState.PARTLY)),
        Field("points_supported_now", Form.WHOLE, _counted(_supported_now)),
    ),
    lambda whole: (whole,),
)

# Lines


class PlannedLine(NamedTuple):
    """A cost line; `is_after_plan` where it is paid within the plan and used up after it."""

    line: CostLine
    is_after_plan: bool
    item: str


def _lines(whole: Whole) -> Iterator[PlannedLine]:
    plan = whole.plan
    for lines, is_after_plan in ((plan.cost_lines, False), (plan.prepaid_tail, True)):
        for line in lines:
            yield PlannedLine(line, is_after_plan, _item(line, plan))


def _item(line: CostLine, plan: AnyPlan) -> str:
    """Return what is bought, in English."""
    rows = plan.case.book.rows_by_id.get(line.price_id)
    return line.item or (rows[-1].product if rows else line.price_id)


LINES = PortfolioTable(
    "lines",
    (
        Field("month", Form.DAY, lambda row: row.line.month.first_day),
        Field("paid_in", Form.DAY, lambda row: row.line.paid_in.first_day),
        Field("task", Form.TEXT, lambda row: row.line.task_id),
        Field("price", Form.TEXT, lambda row: row.line.price_id),
        Field("item", Form.TEXT, lambda row: row.item),
        Field("category", Form.TEXT, lambda row: str(row.line.category)),
        Field("is_recurring", Form.FLAG, lambda row: row.line.kind is Kind.RECURRING),
        Field("is_cash", Form.FLAG, lambda row: row.line.is_cash),
        Field("is_actual", Form.FLAG, lambda row: row.line.is_actual),
        Field("is_after_plan", Form.FLAG, lambda row: row.is_after_plan),
        Field("quantity", Form.QUANTITY, lambda row: exact_days(row.line.quantity)),
        Field("unit", Form.TEXT, lambda row: str(row.line.unit)),
        Field("amount", Form.EUR, lambda row: row.line.amount),
    ),
    _lines,
)

# Terms


class HeldTerm(NamedTuple):
    """A term that a licence or a service is paid for: from when, to which day, for how much in all.

    Of what the company held before the plan, neither the beginning nor the amount is known.
    """

    price: str
    item: str
    category: str
    quantity: Decimal | None
    begins: date | None
    ends: date
    amount: Decimal | None
    is_held_before: bool


def _terms(whole: Whole) -> Iterator[HeldTerm]:
    """Yield the terms of more than a month, those that were held before the plan first."""
    plan = whole.plan
    for owned in plan.scenario.company.owned_licences:
        if owned.until is not None:
            yield _held(owned, owned.until, plan)
    lines = [line for line in (*plan.cost_lines, *plan.prepaid_tail) if _has_term(line, plan)]
    for (price, bought), of_term in groupby(sorted(lines, key=_term_of), _term_of):
        same = list(of_term)
        first = min(line.month for line in same)
        yield HeldTerm(
            price,
            _item(same[0], plan),
            str(same[0].category),
            exact_days(sum(line.quantity for line in same if line.month == first)),
            bought.first_day,
            bought.plus(plan.case.prices.term_months(price, bought) - 1).last_day,
            total(line.amount for line in same if line.amount is not None),
            is_held_before=False,
        )


def _held(owned: OwnedLicence, until: date, plan: AnyPlan) -> HeldTerm:
    rows = plan.case.book.rows_by_id.get(owned.licence)
    seats = None if owned.seats is None else Decimal(owned.seats)
    item = rows[-1].product if rows else owned.licence
    return HeldTerm(owned.licence, item, "licence", seats, None, until, None, is_held_before=True)


def _term_of(line: CostLine) -> tuple[str, Month]:
    """Return what a line buys, and the month in which its term was bought."""
    return line.price_id, line.month if line.unit_price is None else line.unit_price.priced_in


def _has_term(line: CostLine, plan: AnyPlan) -> bool:
    """Tell whether a line is part of a term of more than a month that costs something."""
    if line.kind is not Kind.RECURRING or not line.amount or line.unit_price is None:
        return False
    return plan.case.prices.term_months(*_term_of(line)) > 1


TERMS = PortfolioTable(
    "terms",
    (
        Field("price", Form.TEXT, lambda row: row.price),
        Field("item", Form.TEXT, lambda row: row.item),
        Field("category", Form.TEXT, lambda row: row.category),
        Field("quantity", Form.QUANTITY, lambda row: row.quantity),
        Field("begins", Form.DAY, lambda row: row.begins),
        Field("ends", Form.DAY, lambda row: row.ends),
        Field("amount", Form.EUR, lambda row: row.amount),
        Field("is_held_before", Form.FLAG, lambda row: row.is_held_before),
    ),
    _terms,
)

# Tasks and weeks


TASKS: PortfolioTable[ScheduledTask] = PortfolioTable(
    "tasks",
    (
        Field("task", Form.TEXT, lambda row: row.task.id),
        Field("title", Form.TEXT, lambda row: row.task.name),
        Field("step", Form.TEXT, lambda row: str(row.task.step)),
        Field("state", Form.TEXT, lambda row: str(row.state)),
        Field("start", Form.DAY, lambda row: row.start),
        Field("finish", Form.DAY, lambda row: row.finish),
        Field("wait_until", Form.DAY, lambda row: row.wait_until),
        Field("working_days", Form.WHOLE, lambda row: row.length_days),
        Field("working_days_left", Form.WHOLE, lambda row: row.left_days),
        Field("slack_days", Form.WHOLE, lambda row: row.slack_days),
        Field("internal_days", Form.PERSON_DAYS, lambda row: exact_days(row.work.whole.internal)),
        Field("external_days", Form.PERSON_DAYS, lambda row: exact_days(row.work.whole.external)),
    ),
    lambda whole: whole.plan.tasks,
)


class TeamWeek(NamedTuple):
    """A week of a team in which it works."""

    team: Team
    week: Week


def _weeks(whole: Whole) -> Iterator[TeamWeek]:
    if isinstance(whole.plan, Plan) and whole.plan.tasks:
        for team in Team:
            yield from (TeamWeek(team, week) for week in weeks_of(whole.plan, team) if week.whole or week.worked)


WEEKS = PortfolioTable(
    "weeks",
    (
        Field("monday", Form.DAY, lambda row: row.week.monday),
        Field("team", Form.TEXT, lambda row: str(row.team)),
        Field("task_days", Form.PERSON_DAYS, lambda row: exact_days(row.week.tasks)),
        Field("coordination_days", Form.PERSON_DAYS, lambda row: exact_days(row.week.coordination)),
        Field("team_days", Form.PERSON_DAYS, lambda row: exact_days(row.week.capacity)),
    ),
    _weeks,
)

# Decisions


def _decisions(whole: Whole) -> Sequence[Decision]:
    return decisions_of(whole.plan) if isinstance(whole.plan, Plan) else ()


DECISIONS = PortfolioTable(
    "decisions",
    (
        Field("day", Form.DAY, lambda row: row.day),
        Field("decision", Form.TEXT, lambda row: row.row.id),
        Field("title", Form.TEXT, lambda row: row.row.decision),
        Field("who", Form.TEXT, lambda row: str(row.who)),
        Field("task", Form.TEXT, lambda row: row.row.task),
        Field("steps", Form.TEXT, lambda row: ";".join(map(str, row.steps)) or None),
        Field("is_over", Form.FLAG, lambda row: row.is_over),
        Field("is_overdue", Form.FLAG, lambda row: row.is_overdue),
    ),
    _decisions,
)

TABLES: tuple[PortfolioTable[Any], ...] = (PLANS, LINES, TERMS, TASKS, WEEKS, DECISIONS)


def client_rows(client: Client, plan: AnyPlan) -> Mapping[str, list[Row]]:
    """Return the rows of a client in each table, by the tables' names."""
    whole = Whole(client, plan)
    keys = tuple(column.value(whole) for column in KEYS)
    return {
        table.name: [(*keys, *(column.value(item) for column in table.fields)) for item in table.items(whole)]
        for table in TABLES
    }
