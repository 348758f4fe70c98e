"""Who reads which plan: the one context of everything that is said, drawn and written about a plan.

Laws: every medium is made from a view and from nothing else, so that all of them say the same; equal views have equal
stamps, whatever the day on which files are written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.engine.case import Case
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import Promise, promise_of
from zt_planner.engine.under_way.approved import is_measured, reference_case
from zt_planner.engine.under_way.slip import Slip, slip_between
from zt_planner.language import Language

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.simulation.drivers import Drivers, Swing
    from zt_planner.engine.simulation.result import SimulationResult


def no_draws() -> None:
    """Draw nothing: what can be said without draws."""


@dataclass(frozen=True)
class _Reading:
    """A plan, whether it stopped or not, and the language in which it is read.

    `written_at` is when files are written, for calendars, which tell a newer file by it; without it, the beginning of
    the plan's day. `comparison` has this plan as its first. `variant` is the letter and the name of a variant; empty
    for the plan itself. `approval` is that of a plan that is read as it was approved.
    """

    plan: AnyPlan
    language: Language
    written_at: datetime | None = field(default=None, kw_only=True)
    comparison: Comparison | None = field(default=None, kw_only=True)
    variant: str = field(default="", kw_only=True)
    approval: Approved | None = field(default=None, kw_only=True)

    @property
    def case(self) -> Case:
        """The case that the plan was made of."""
        return self.plan.case

    @property
    def book(self) -> PriceBook:
        """The price book with the scenario's own rows in it."""
        return self.case.book

    @property
    def approved_on(self) -> date | None:
        """The day on which a plan was approved that is read as it was; None for every other."""
        return None if self.approval is None else self.approval.on

    @property
    def letter(self) -> str:
        """The letter of the plan or variant; of the approved plan its mark."""
        return AS_APPROVED if self.approval else self.variant[:1] or PLAN


@dataclass(frozen=True)
class StoppedView(_Reading):
    """What can be said of a plan that stopped: why, and what was entered."""

    plan: StoppedPlan
    reference: ClassVar[None] = None


@dataclass(frozen=True)
class View(_Reading):
    """A plan and all that is said beside it.

    `draws` gives draws that are remembered, None while there are none yet, `references` the remembered plan that this
    one is measured against, `slips` how its finish has moved from that one's, `causes` what the spread of the draws
    comes from, and `quotes` the draws with a fixed price for the consultant; what is not given is made when it is
    needed.
    """

    plan: Plan
    draws: Callable[[], SimulationResult | None] | None = field(default=None, compare=False)
    references: Callable[[], AnyPlan | None] | None = field(default=None, compare=False)
    causes: Callable[[], Drivers] | None = field(default=None, compare=False)
    quotes: Callable[[], SimulationResult] | None = field(default=None, compare=False)
    slips: Callable[[], Slip | None] | None = field(default=None, compare=False)

    @property
    def figures(self) -> Headlines:
        """The figures of the plan."""
        return self.plan.headlines

    @cached_property
    def reference(self) -> Plan | None:
        """What the plan is measured against, once it has changed since its approval or is under way; else None."""
        if self.references is not None:
            reference = self.references()
        else:
            reference = build_plan(reference_case(self.case)) if is_measured(self.case) else None
        return reference if isinstance(reference, Plan) else None

    @cached_property
    def reference_view(self) -> View | None:
        """The view of the plan that this one is measured against."""
        if self.reference is None:
            return None
        return replace(self, plan=self.reference, draws=no_draws, causes=None, quotes=None, comparison=None)

    def beside(self, plan: Plan) -> View:
        """Return the view of another plan for the same reader, drawn where this one is."""
        draws = no_draws if self.simulation is None else None
        return replace(
            self, plan=plan, draws=draws, references=None, causes=None, quotes=None, slips=None, comparison=None
        )

    @cached_property
    def slip(self) -> Slip | None:
        """How the finish has moved from that of the reference, and why; None without a status date."""
        if not self.plan.scenario.status.is_under_way:
            return None
        return slip_between(reference_case(self.case), self.case) if self.slips is None else self.slips()

    @cached_property
    def simulation(self) -> SimulationResult | None:
        """The draws of the plan; None while there are none yet."""
        from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - paid only where a plan is drawn

        return simulate(self.plan) if self.draws is None else self.draws()

    @cached_property
    def quoted(self) -> SimulationResult | None:
        """The draws of the plan with a fixed price for the consultant; None where nothing is drawn."""
        from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - paid only where a plan is drawn

        if self.simulation is None:
            return None
        return simulate(self.plan, has_fixed_quote=True) if self.quotes is None else self.quotes()

    @cached_property
    def promise(self) -> Promise:
        """What the plan promises; its own figures while there are no draws."""
        return promise_of(self.plan, self.simulation)

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """What each uncertain quantity of the plan does alone."""
        from zt_planner.engine.simulation.drivers import swings_of  # noqa: PLC0415 - paid only where a plan is drawn
        from zt_planner.engine.simulation.result import SimulationModel  # noqa: PLC0415 - the same

        return swings_of(SimulationModel(self.plan), self.plan)

    @cached_property
    def drivers(self) -> Drivers | None:
        """What the spread comes from; None where nothing is drawn."""
        from zt_planner.engine.simulation.drivers import drivers_of  # noqa: PLC0415 - paid only where a plan is drawn

        if self.simulation is None:
            return None
        return drivers_of(self.plan, self.simulation) if self.causes is None else self.causes()


AnyView: TypeAlias = View | StoppedView


def any_view(
    plan: AnyPlan, language: Language, *, written_at: datetime | None = None, comparison: Comparison | None = None
) -> AnyView:
    """Return the view of a plan, whether it stopped or not."""
    if isinstance(plan, StoppedPlan):
        return StoppedView(plan, language, written_at=written_at, comparison=comparison)
    return View(plan, language, written_at=written_at, comparison=comparison)
