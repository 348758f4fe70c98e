"""Plans and simulations, computed once and cached, with one price book, phase model and clock.

Law: a change of display settings alone neither recomputes nor redraws a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

from cachetools import LRUCache

from zt_planner.domain.categories import LABOUR_CATEGORIES
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Outcome
from zt_planner.domain.variants import AS_APPROVED
from zt_planner.engine.case import Case, approved_plan_of, case_of
from zt_planner.engine.compare.done_before import without_done
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan, plan_of_approved
from zt_planner.engine.simulation.drivers import Drivers, drivers_of
from zt_planner.engine.simulation.result import SimulationResult, simulate
from zt_planner.engine.under_way.approved import is_measured, reference_case
from zt_planner.engine.under_way.slip import Slip, slip_between
from zt_planner.language import Language
from zt_planner.metrics import PLAN_SECONDS
from zt_planner.topics.headline.cards import Baseline, baseline_of
from zt_planner.topics.learning import promised_by
from zt_planner.topics.view import AnyView, StoppedView, View

if TYPE_CHECKING:
    from zt_planner.workspace.state import State

PLANS_REMEMBERED = 256
CASES_REMEMBERED = 32
"""Between the check of an edit and its plan; a plan holds its case itself."""
SIMULATIONS_REMEMBERED = 24
"""A simulation of 10,000 draws takes half a megabyte."""

CacheKey = TypeVar("CacheKey", bound="Hashable")
Result = TypeVar("Result")


class Cache(Generic[CacheKey, Result]):
    """A bounded cache of computed values: threads that need the same one at once wait for the first."""

    def __init__(self, most: int, size: Callable[[Result], int] = lambda _: 1) -> None:
        """Evict the least recently used values once the sizes add up to more than `most`."""
        self._kept: LRUCache[CacheKey, Result] = LRUCache(most, size)
        self._lock = Lock()
        self._computing: WeakValueDictionary[CacheKey, Lock] = WeakValueDictionary()

    def get(self, key: CacheKey, compute: Callable[[], Result]) -> Result:
        """Return the value of a key, and compute it if it is not there."""
        with self._lock:
            with suppress(KeyError):
                return self._kept[key]
            computing = self._computing.setdefault(key, Lock())
        with computing:
            with self._lock, suppress(KeyError):
                return self._kept[key]
            computed = compute()
            with self._lock:
                self._kept[key] = computed
        return computed


@dataclass
class Plans:
    """Computes plans; several threads may use it at once."""

    price_book: PriceBook
    phase_model: PhaseModel
    today: Callable[[], date]
    _cases: Cache[tuple[str, date, bool], Case] = field(default_factory=lambda: Cache(CASES_REMEMBERED))
    _plans: Cache[tuple[str, date, bool], AnyPlan] = field(default_factory=lambda: Cache(PLANS_REMEMBERED))
    _simulations: Cache[Hashable, SimulationResult] = field(default_factory=lambda: Cache(SIMULATIONS_REMEMBERED))
    _drivers: Cache[Hashable, Drivers] = field(default_factory=lambda: Cache(SIMULATIONS_REMEMBERED))
    _outcomes: Cache[Hashable, Outcome] = field(default_factory=lambda: Cache(PLANS_REMEMBERED))
    _promises: Cache[Hashable, date] = field(default_factory=lambda: Cache(PLANS_REMEMBERED))
    _slips: Cache[Hashable, Slip | None] = field(default_factory=lambda: Cache(PLANS_REMEMBERED))
    _measured: Cache[Hashable, bool] = field(default_factory=lambda: Cache(PLANS_REMEMBERED))

    def case(self, scenario: Scenario, *, shows_labour: bool = True) -> Case:
        """Return the case of a scenario as of today; raise ScenarioError as `case_of` does."""
        return self._case(scenario, self.today(), shows_labour=shows_labour)

    def plan(self, scenario: Scenario, *, shows_labour: bool = True) -> AnyPlan:
        """Return the plan of a scenario, without labour and its day rates for those who may not see them."""
        today = self.today()
        compute = partial(self._computed, scenario, today, shows_labour=shows_labour)
        return self._plans.get((scenario.version, today, shows_labour), compute)

    def approved(self, state: State) -> Plan | None:
        """Return the approved plan as it was, if the page shows it; None where it can no longer be planned."""
        if state.shown != AS_APPROVED:
            return None
        approved = approved_plan_of(self.plan(state.base, shows_labour=state.sees_labour).case)
        return None if approved is None else plan_of_approved(approved)

    def shown(self, state: State) -> AnyPlan:
        """Return the plan that a page shows, as its viewer may see it; the plan where the approved one is lost."""
        scenario = state.base if state.shown == AS_APPROVED else state.scenario
        return self.approved(state) or self.plan(scenario, shows_labour=state.sees_labour)

    def simulation(self, plan: Plan) -> SimulationResult:
        """Return 10,000 draws of a plan."""
        return self._simulations.get(self._key_of_draws(plan), lambda: simulate(plan))

    def quoted(self, plan: Plan) -> SimulationResult:
        """Return as many draws with a fixed price for the consultant."""
        key = "quoted", self._key_of_draws(plan)
        return self._simulations.get(key, lambda: simulate(plan, has_fixed_quote=True))

    def baseline(self, scenario: Scenario, *, shows_labour: bool = True) -> Baseline | None:
        """Return a scenario's figures to compare with later; None for a plan without a schedule.

        Dates and days are drawn alike whether labour is shown or not, and where it is hidden no drawn amount is told.
        """
        plan, whole = self.plan(scenario, shows_labour=shows_labour), self.plan(scenario)
        if isinstance(plan, StoppedPlan) or isinstance(whole, StoppedPlan):
            return None
        return baseline_of(plan, self.simulation(whole))

    def without_done(self, plan: AnyPlan) -> AnyPlan | None:
        """Return a plan without what was done before it begins; None where nothing was."""
        case = without_done(plan.case)
        return None if case is None else self._plan_of(case)

    def _plan_of(self, case: Case) -> AnyPlan:
        return self._plans.get(_key_of(case), lambda: build_plan(case))

    def drivers(self, plan: Plan) -> Drivers:
        """Return what causes the spread of a plan; it takes a part of a second the first time."""
        return self._drivers.get(self._key_of_draws(plan), lambda: drivers_of(plan, self.simulation(plan)))

    def _case(self, scenario: Scenario, today: date, *, shows_labour: bool) -> Case:
        resolve = partial(case_of, scenario, self.price_book, self.phase_model, today=today, shows_labour=shows_labour)
        return self._cases.get((scenario.version, today, shows_labour), resolve)

    def _computed(self, scenario: Scenario, today: date, *, shows_labour: bool) -> AnyPlan:
        """Return a plan that is not remembered; of one that only shows more beside its amounts, the plan that is."""
        case = self._case(scenario, today, shows_labour=shows_labour)
        if scenario.display == Display():
            return _built(case)
        bare = case.shown_as(Display())
        key = scenario.shown_as(Display()).version, today, shows_labour
        return replace(self._plans.get(key, partial(_built, bare)), case=case)

    def inputs_of(self, scenario: Scenario, today: date | None = None) -> Hashable:
        """Return everything that is computed from a scenario follows from; what is only shown is not part of it."""
        versions = self.price_book.version, self.phase_model.version
        return scenario.shown_as(Display()).version, *versions, today or self.today()

    def reference(self, plan: AnyPlan) -> AnyPlan | None:
        """Return what a plan is measured against, once it has changed since its approval or is under way; else None."""
        is_changed = self._measured.get(_key_of(plan.case), lambda: is_measured(plan.case))
        return self._plan_of(reference_case(plan.case)) if is_changed else None

    def slip(self, plan: AnyPlan) -> Slip | None:
        """Return how a plan's finish has moved from that of its reference; None where there is no schedule."""
        return self._slips.get(_key_of(plan.case), lambda: slip_between(reference_case(plan.case), plan.case))

    def _key_of_draws(self, plan: Plan) -> Hashable:
        return self.inputs_of(plan.scenario, plan.today), plan.shows_labour

    def view(self, scenario: Scenario, language: Language, *, shows_labour: bool) -> AnyView:
        """Return the plan of a scenario as it is read; what is drawn for it is remembered."""
        return self._view(self.plan(scenario, shows_labour=shows_labour), language)

    def shown_view(self, state: State, language: Language) -> AnyView:
        """Return the plan that a page shows as it is read: which variant it is, or when it was approved."""
        view, approved, variant = self._view(self.shown(state), language), state.base.status.approved, state.variant
        if approved is not None and self.approved(state) is not None:
            return replace(view, approval=approved)
        return view if variant is None else replace(view, variant=f"{state.shown} {variant.name}")

    def _view(self, plan: AnyPlan, language: Language) -> AnyView:
        if isinstance(plan, StoppedPlan):
            return StoppedView(plan, language, written_at=datetime.now(UTC))
        draws, references = partial(self.simulation, plan), partial(self.reference, plan)
        slips = partial(self.slip, plan)
        return View(plan, language, draws, references, slips=slips, written_at=datetime.now(UTC))

    def promised(self, view: View) -> date:
        """Return the day that was promised before a plan began; the draws that it takes are not remembered."""
        return self._promises.get(_key_of(view.case), lambda: promised_by(view))

    def outcome(self, scenario: Scenario) -> Outcome:
        """Return the figures of a scenario's plan that events keep."""
        plan = self.plan(scenario)
        return self._outcomes.get((scenario.version, plan.today), partial(outcome_of, plan))


def _key_of(case: Case) -> tuple[str, date, bool]:
    return case.scenario.version, case.today, case.shows_labour


def _built(case: Case) -> AnyPlan:
    with PLAN_SECONDS.time():
        return build_plan(case)


def outcome_of(plan: AnyPlan) -> Outcome:
    """Return the figures of a plan that events keep."""
    if isinstance(plan, StoppedPlan):
        return Outcome()
    budget = plan.headlines[FigureName.INTRODUCTION_BUDGET]
    return Outcome(
        introduction_budget=budget.value,
        without_labour=sum_of(line for line in budget.parts if line.category not in LABOUR_CATEGORIES),
        finish_date=plan.headlines.finish_date,
    )
