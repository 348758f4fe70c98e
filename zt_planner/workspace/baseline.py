"""The scenario that a plan is compared with.

Laws: a revision never changes, so what was read once is remembered; a plan whose baseline is older than the
record of its number has none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, FieldChange
from zt_planner.domain.variants import PLAN
from zt_planner.errors import PlanReplaced
from zt_planner.workspace.plans import Remembered
from zt_planner.workspace.state import State

SCENARIOS_REMEMBERED = 64


class Baselines:
    """The scenarios of baselines, as a state names them by its `baseline_number`."""

    def __init__(
        self,
        events: Callable[[State], Sequence[Event]],
        scenario_at: Callable[[State, int, tuple[FieldChange, ...]], Scenario],
    ) -> None:
        """Keep how events and revisions are read; both raise StoreError."""
        self._events, self._scenario_at = events, scenario_at
        self._known: Remembered[Hashable, Scenario] = Remembered(SCENARIOS_REMEMBERED)

    def scenario(self, state: State) -> Scenario | None:
        """Return the scenario that a state is compared with, for a variant that of the plan; or raise StoreError.

        None where it is not known.
        """
        return self._of_plan(state) if state.shown == PLAN else state.base

    def _of_plan(self, state: State) -> Scenario | None:
        if state.session is None:
            return state.base
        if state.baseline_number is None:
            return None
        if state.baseline_number:
            return self._at(state, state.baseline_number, ())
        events = self._events(state)
        return self._at(state, 1, events[0].changes) if events else None

    def kept(self, state: State, compared_with_itself: Callable[[State], State]) -> State:
        """Return a state that is compared with itself; the same one where it is so already.

        Raises StoreError, and PlanReplaced where what a page showed as the plan is not the plan any more.
        """
        if state.letter == PLAN and state.letter_of(state.mark) != PLAN:
            raise PlanReplaced
        compared = compared_with_itself(state)
        return state if compared.baseline == state.baseline and self._of_plan(state) == state.base else compared

    def _at(self, state: State, number: int, without: tuple[FieldChange, ...]) -> Scenario:
        key = state.session, number, bool(without)
        return self._known.get(key, lambda: self._scenario_at(state, number, without))
