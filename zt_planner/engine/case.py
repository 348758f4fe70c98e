"""A case: a scenario with all that it is planned with, resolved once and passed on as that.

The entrances of the engine resolve what they are given; nothing behind them
asks again which book, which model or which tasks hold. A scenario that names
prices, countries or currencies that the book does not know, or tasks that there
are not, has no case. Law: resolving the scenario of a case again, with the
book and the model of the case, gives the same case.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import Capability, PriceBook
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.scenario.counts import counts_of
from zt_planner.domain.scenario.declared import INPUTS
from zt_planner.domain.scenario.display import Currency, Display
from zt_planner.domain.scenario.fields import (
    EFFORT_RANGES,
    PRICE_RANGES,
    WAIT_RANGES,
    first_problems,
)
from zt_planner.domain.scenario.scenario import Company, Mode, RiskAccess, Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.domain.versions import version_of
from zt_planner.engine.company_size import CompanySize, company_size
from zt_planner.engine.costing.own_prices import base_book, joined_book, row_problems
from zt_planner.engine.costing.pricing import PriceList, price_list_of
from zt_planner.engine.licensing.seats import Opening, opening_ids
from zt_planner.engine.scheduling.calendar import start_of, with_start
from zt_planner.engine.scheduling.edited_model import base_model, edited_model, task_problems
from zt_planner.engine.scheduling.effort import Scope, TaskWork, scope_of, works_of
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.gaps import Alternatives, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


MOVE_NOTHING = {
    path.removeprefix("company.")
    for path, declared in INPUTS.items()
    if path.startswith("company.") and declared.group is None
} | {"full_time_equivalents", "standstill_day_cost"}
"""Fields of the company that decide whether a law applies, what it is called or costs, and no date of the plan."""
DID_YOU_MEAN = msgid("Did you mean {candidates}?")
USE_ONE_OF = msgid("Use one of: {candidates}")


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario that has its start, and what holds for it.

    `base_book` and `base_model` are those that the scenario keeps, otherwise the shipped ones; `prices` know the
    scenario's own rows, `model` what it sets for tasks. `task_works` are the tasks that remain, `done` those that
    were done before the plan begins, `opening` says with which of them licences begin, `size` is what effort grows
    with.
    """

    scenario: Scenario
    today: date
    shows_labour: bool
    base_book: PriceBook
    base_model: PhaseModel
    model: PhaseModel
    task_works: tuple[TaskWork, ...]
    done: tuple[Task, ...]
    opening: Opening
    size: CompanySize
    prices: PriceList = field(compare=False)

    @property
    def book(self) -> PriceBook:
        """The price book with the scenario's own rows in it."""
        return self.prices.book

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that remain and those that were done before: what licences are needed for."""
        return *(work.task for work in self.task_works), *self.done

    @property
    def start(self) -> date:
        """The day on which the plan begins."""
        return self.opening.start

    @property
    def horizon(self) -> tuple[Month, ...]:
        """The months that horizon figures are about."""
        return months_from(Month.of(self.start), self.scenario.finance.horizon_months)

    @property
    def basis(self) -> str:
        """What levelled dates of this case are found for."""
        return basis_of(self.scenario, self.base_model, self.scenario.timeline.mode)

    @property
    def is_levelled_for(self) -> bool:
        """Tell whether the levelled dates are those of this plan, whatever was given when they were found."""
        return self.scenario.levelling.basis in [basis_of(self.scenario, self.base_model, mode) for mode in Mode]

    def __reduce__(self) -> tuple[Callable[..., Case], tuple[object, ...]]:
        """Be pickled as what it was resolved from, and be resolved again where it is read."""
        resolve = partial(case_of, today=self.today, shows_labour=self.shows_labour)
        return resolve, (self.scenario, self.base_book, self.base_model)

    def shown_as(self, display: Display) -> Case:
        """Return the case with something else shown beside its amounts: that decides nothing else."""
        return replace(self, scenario=self.scenario.shown_as(display))

    def as_of(self, day: date | None) -> Case:
        """Return the case with another status date, and all that is recorded; without one nothing has begun."""
        status = self.scenario.status.model_copy(update={"at": day})
        return self.changed(self.scenario.model_copy(update={"status": status}))

    def changed(self, scenario: Scenario) -> Case:
        """Return the case of another scenario, with the same book, model and day."""
        return case_of(scenario, self.base_book, self.base_model, today=self.today, shows_labour=self.shows_labour)


def case_of(
    scenario: Scenario,
    price_book: PriceBook,
    phase_model: PhaseModel,
    *,
    today: date,
    shows_labour: bool = True,
) -> Case:
    """Resolve a scenario; raise ScenarioError if it names what book and model do not have, or a circle of tasks.

    Without `shows_labour` the case holds no day rate of the scenario (ADR 0013).
    """
    seen = scenario if shows_labour else scenario.without_rates()
    base, model = base_book(price_book, seen.prices), base_model(phase_model, seen.tasks)
    book = joined_book(base, seen.prices)
    if problems := first_problems(_problems(seen, base, book, model)):
        raise ScenarioError(problems)
    started, edited = with_start(seen, today), edited_model(model, seen.tasks)
    size, prices = company_size(started, model.parameters), price_list_of(started, book, model.parameters)
    scope, start = scope_of(started, edited, size), start_of(started.timeline, today)
    opens = opening_ids(started, scope.tasks, prices, size, start)
    opening = Opening(opens, scope.done, started.choices.risk_access, start)
    awaiting = _awaiting_ids(opens, started, scope, prices, size, start)
    task_works = works_of(started, edited, size, scope, start, awaiting, levelled_starts(started, model))
    return Case(started, today, shows_labour, base, model, edited, task_works, scope.done, opening, size, prices)


def _awaiting_ids(
    opens: frozenset[str], scenario: Scenario, scope: Scope, prices: PriceList, size: CompanySize, start: date
) -> frozenset[str]:
    """Return which tasks with which licences begin wait for their order: in the order of another plan, no others (M36).

    What was left out may change who the pilot people are, and so make a task open licences that did not. Where the
    other plan judged sign-ins and this one does not, it is not known of whom: it may have been anyone.
    """
    if not scenario.task_order:
        return opens
    left = {task.id for task in scope.left}
    is_dropped = scenario.choices.risk_access is RiskAccess.NONE and any(
        Capability.RISK_ACCESS in task.needs for task in scope.ordered if task.id not in left
    )
    tasks = *scope.ordered, *scope.done
    for whom in RiskAccess if is_dropped else (scenario.choices.risk_access,):
        choices = scenario.choices.model_copy(update={"risk_access": whom})
        opens &= opening_ids(scenario.model_copy(update={"choices": choices}), tasks, prices, size, start)
    return opens


def basis_of(scenario: Scenario, base_model: PhaseModel, mode: Mode) -> str:
    """Return a short hash of everything that decides which tasks there are and when they can be done, but no money."""
    company = scenario.company.model_dump_json(exclude=MOVE_NOTHING)
    timeline = scenario.timeline.model_copy(update={"mode": mode})
    parts = (scenario.choices, timeline, scenario.tasks)
    text = "\n".join((company, *(part.model_dump_json() for part in parts), base_model.version))
    return version_of(text)


def levelled_starts(scenario: Scenario, base_model: PhaseModel) -> Mapping[str, date]:
    """Return the levelled starts that hold: with a finish given, only those that were found for just this plan."""
    levelling, mode = scenario.levelling, scenario.timeline.mode
    if not levelling.starts:
        return {}
    holds = mode is Mode.CAPACITY or levelling.basis == basis_of(scenario, base_model, mode)
    return levelling.start_of if holds else {}


@dataclass(frozen=True, slots=True)
class ApprovedPlan:
    """An approved plan, which keeps all that it is planned with; the data at hand, where somebody took that away."""

    packed: str
    today: date
    shows_labour: bool
    versions: tuple[str, str]
    scenario: Scenario = field(compare=False)
    book: PriceBook = field(compare=False)
    model: PhaseModel = field(compare=False)


def approved_plan_of(case: Case) -> ApprovedPlan | None:
    """Return the plan that was approved, None where none was."""
    approved, scenario = case.scenario.status.approved, case.scenario.approved_plan
    if approved is None or scenario is None:
        return None
    book, model = case.base_book, case.base_model
    versions = book.version, model.version
    return ApprovedPlan(approved.plan, approved.today, case.shows_labour, versions, scenario, book, model)


@lru_cache(maxsize=16)
def case_of_approved(plan: ApprovedPlan) -> Case | None:
    """Return the case of an approved plan; None for one that can no longer be planned."""
    scenario = plan.scenario.model_copy(update={"status": Status()})
    with suppress(ScenarioError):
        return case_of(scenario, plan.book, plan.model, today=plan.today, shows_labour=plan.shows_labour)
    return None


def _problems(scenario: Scenario, base: PriceBook, book: PriceBook, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield what a scenario names that book and model do not have; `book` is `base` with the scenario's own rows."""
    yield from _company_problems(scenario.company, model)
    yield from row_problems(scenario.prices.rows, base, book)
    yield from _book_problems(scenario, book)
    yield from task_problems(scenario, model)
    yield from _range_problems(scenario, model)


def _company_problems(company: Company, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield more Macs than devices, where these follow the people, and a part of a sector that the rules don't have.

    Where devices are given, the scenario is refused at once.
    """
    devices = counts_of(company, model.parameters).devices
    if company.macs > devices:
        problem, remedy = msgid("fewer devices ({devices}) than Macs"), msgid("Set the devices, or fewer Macs")
        yield FieldProblem("company.macs", problem, remedy, {"devices": devices})
    known = tuple(row.subsector for row in model.rules.subsectors)
    if known and company.subsector is not None and company.subsector not in known:
        problem = msgid("'{value}' is not an excluded sub-sector")
        yield _unknown("company.subsector", problem, company.subsector, known)


def _unknown(path: str, problem: str, wrong: str, known: Sequence[str]) -> FieldProblem:
    close = get_close_matches(wrong, known, n=3)
    values = {"value": shortened(wrong), "candidates": Alternatives(close) if close else ", ".join(known)}
    return FieldProblem(path, problem, DID_YOU_MEAN if close else USE_ONE_OF, values)


def _book_problems(scenario: Scenario, book: PriceBook) -> Iterator[FieldProblem]:
    """Yield prices, licences, countries and currencies that the book, own rows in it, does not have."""
    for index, owned in enumerate(scenario.company.owned_licences):
        if owned.licence not in book.user_licences:
            problem = msgid("'{value}' is not a licence per user and month in the price book")
            yield _unknown(f"company.owned_licences.{index}.licence", problem, owned.licence, book.user_licences)
    for prefix, given in (
        ("prices.overrides.", scenario.prices.overrides),
        (PRICE_RANGES, scenario.uncertainty.price_ranges),
    ):
        for price_id in given:
            if price_id not in book.rows_by_id:
                problem = msgid("'{value}' is not in the price book")
                yield _unknown(prefix + shortened(price_id), problem, price_id, tuple(book.rows_by_id))
    shown = scenario.display
    if shown.vat_country is not None and shown.vat_country not in book.vat_countries:
        problem = msgid("'{value}' is not a country whose VAT is in the price book")
        yield _unknown("display.vat_country", problem, shown.vat_country, book.vat_countries)
    convertible = tuple(str(name) for name in Currency if name in {HOME_CURRENCY, *book.rates_by_currency})
    if shown.currency not in convertible:
        problem = msgid("'{value}' has no exchange rate in the price book")
        yield _unknown("display.currency", problem, shown.currency, convertible)


def _range_problems(scenario: Scenario, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield ranges of tasks that the phase model does not have; own tasks hold their range themselves."""
    given = scenario.uncertainty
    for prefix, ranges in ((EFFORT_RANGES, given.effort_ranges), (WAIT_RANGES, given.wait_ranges)):
        for task_id in ranges:
            if task_id not in model.by_id:
                yield _unknown(
                    prefix + shortened(task_id), msgid("there is no task '{value}'"), task_id, tuple(model.by_id)
                )
