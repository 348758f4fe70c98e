"""Plans of scenarios, the latest ones remembered, with one price book, phase model and clock.

Law: what is shown beside amounts is no reason to compute a plan again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - dataclasses read annotations at run time
from threading import Lock
from typing import TYPE_CHECKING

from zt_planner.domain.display import Display
from zt_planner.domain.session import Outcome
from zt_planner.engine.budget import first_year_of
from zt_planner.engine.own_prices import joined_book
from zt_planner.engine.planner import build_plan
from zt_planner.engine.references import check_references

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.scenario import Scenario

PLANS_REMEMBERED = 256


@dataclass
class Plans:
    """Computes plans; several threads may ask at once."""

    price_book: PriceBook
    phase_model: PhaseModel
    today: Callable[[], date]
    _remembered: OrderedDict[tuple[str, date, bool], Plan] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def plan(self, scenario: Scenario, *, shows_labour: bool = True) -> Plan:
        """Return the plan of a scenario, without labour and its day rates for those who may not see them."""
        key = (scenario.version, self.today(), shows_labour)
        with self._lock:
            found = self._remembered.get(key)
        if found is None:
            found = self._computed(scenario, key[1], shows_labour=shows_labour)
        with self._lock:
            self._remembered[key] = found
            self._remembered.move_to_end(key)
            while len(self._remembered) > PLANS_REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _computed(self, scenario: Scenario, today: date, *, shows_labour: bool) -> Plan:
        """Return a plan that is not remembered; of one that only shows more beside its amounts, the plan that is."""
        if scenario.display == Display():
            return build_plan(scenario, self.price_book, self.phase_model, today=today, shows_labour=shows_labour)
        check_references(scenario, self.price_book, self.phase_model)
        bare = self.plan(scenario.shown_as(Display()), shows_labour=shows_labour)
        return replace(bare, scenario=bare.scenario.shown_as(scenario.display))

    def basis_of(self, scenario: Scenario) -> Hashable:
        """Return everything that is computed from a scenario follows from; what is only shown is not part of it."""
        versions = self.price_book.version, self.phase_model.version
        return scenario.shown_as(Display()).version, *versions, self.today()

    def book(self, scenario: Scenario) -> PriceBook:
        """Return the price book of a scenario, its own rows in it."""
        return joined_book(self.price_book, scenario.prices)

    def outcome(self, scenario: Scenario) -> Outcome:
        """Return what a scenario's plan comes to."""
        plan = self.plan(scenario)
        if plan.headlines is None:
            return Outcome()
        return Outcome(
            first_year_budget=plan.headlines.first_year_budget,
            without_labour=first_year_of(plan.cost_lines, plan.horizon, shows_labour=False),
            finish_date=plan.headlines.finish_date,
        )
