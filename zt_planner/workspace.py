"""What a person can do with a plan: open it, change it, replace it, set a baseline. No screen, no SQL.

A session's state is a scenario, the baseline's figures and whether it still is
the untouched example. Laws: a change is applied to the latest saved state, so
that two people who change different fields both win; a state that could not
be saved is kept and says so; nothing is saved before the first change.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - pydantic and dataclasses read annotations at run time
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from zt_planner.domain.scenario import Scenario
from zt_planner.engine.calendar import with_start
from zt_planner.engine.planner import build_plan
from zt_planner.engine.references import check_references
from zt_planner.errors import ScenarioError, StoreError
from zt_planner.export.scenario_json import validated
from zt_planner.reports.key_figures import Baseline, baseline_of
from zt_planner.store.protocol import SessionId, SessionStore, StaleRevisionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.price_book import PriceBook

PLANS_REMEMBERED = 256
ATTEMPTS = 20
OWN_PRICES = "prices.overrides."


class _Saved(BaseModel):
    """The form in which a state is kept."""

    model_config = ConfigDict(extra="ignore")

    scenario: Scenario
    baseline: Baseline | None
    is_example: bool


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario with fields set by their dotted paths, validated as a whole.

    None takes an own price away (`prices.overrides.<id>`). Raises ScenarioError.
    """
    data = scenario.model_dump()
    for path, value in values.items():
        *groups, leaf = path.split(".", 2)
        place = data
        for group in groups:
            place = place[group]
        if path.startswith(OWN_PRICES) and value is None:
            place.pop(leaf, None)
        else:
            place[leaf] = value
    return validated(data)


@dataclass(frozen=True)
class State:
    """A session as it stands.

    `number` is its revision, 0 before the first change; `trouble` says why it
    is not saved, `unsaved` holds the fields that then wait to be saved.
    """

    session: SessionId
    number: int
    scenario: Scenario
    baseline: Baseline | None
    is_example: bool
    trouble: StoreError | None = None
    unsaved: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """The state as it is kept."""
        saved = _Saved(scenario=self.scenario, baseline=self.baseline, is_example=self.is_example)
        return saved.model_dump_json()


class Workspace:
    """Plans for any number of sessions, with one price book, phase model, store and clock."""

    def __init__(
        self, store: SessionStore, price_book: PriceBook, phase_model: PhaseModel, today: Callable[[], date]
    ) -> None:
        """Keep the parts; nothing is read yet."""
        self.store = store
        self.price_book = price_book
        self.phase_model = phase_model
        self.today = today
        self._plans: OrderedDict[tuple[str, date], Plan] = OrderedDict()

    def plan(self, scenario: Scenario) -> Plan:
        """Return the plan of a scenario; the latest ones are remembered."""
        key = (scenario.version, self.today())
        plan = self._plans.pop(key, None)
        if plan is None:
            plan = build_plan(scenario, self.price_book, self.phase_model, today=key[1])
        self._plans[key] = plan
        while len(self._plans) > PLANS_REMEMBERED:
            self._plans.popitem(last=False)
        return plan

    def example(self, session: SessionId, scenario: Scenario | None = None) -> State:
        """Return an unsaved state that shows an example, itself the baseline."""
        shown = with_start(Scenario() if scenario is None else scenario, self.today())
        return State(session, 0, shown, baseline_of(self.plan(shown)), is_example=True)

    def open(self, session: SessionId, known: State | None = None) -> State:
        """Return a session's latest state; `known` is given back where nothing newer can be read."""
        try:
            if known is not None and self.store.latest_number(session) <= known.number:
                return known
            revision = self.store.latest(session)
        except StoreError as trouble:
            return replace(known or self.example(session), trouble=trouble)
        if revision is None:
            return known or self.example(session)
        try:
            saved = _Saved.model_validate_json(revision.content)
        except ValidationError:
            unread = StoreError("sessions", "another version of the program has saved this plan")
            return replace(known or self.example(session), trouble=unread)
        return State(session, revision.number, saved.scenario, saved.baseline, saved.is_example)

    def _latest(self, state: State) -> State:
        """Return the latest saved state with what this one could not save; the state itself while nothing is read."""
        found = self.open(state.session, replace(state, trouble=None))
        if found.trouble is not None or found.number == state.number:
            return replace(state, trouble=found.trouble)
        try:
            scenario = with_values(found.scenario, state.unsaved)
        except ScenarioError:
            return found
        return replace(found, scenario=scenario, unsaved=state.unsaved)

    def _saved(self, state: State, change: Callable[[State], State]) -> State:
        """Apply a change to the latest state and keep it; where that fails, the changed state carries the trouble."""
        latest, changed = state, state
        for _ in range(ATTEMPTS):
            latest = self._latest(latest)
            changed = change(latest)
            try:
                revision = self.store.append(state.session, changed.content, based_on=latest.number)
            except StaleRevisionError:
                latest = replace(latest, number=-1)
                continue
            except StoreError as trouble:
                return replace(changed, trouble=trouble)
            return replace(changed, number=revision.number, trouble=None, unsaved={})
        return replace(changed, trouble=StoreError("sessions", "too many changes at once"))

    def change(self, state: State, values: Mapping[str, Any]) -> State:
        """Set fields by their dotted paths; raise ScenarioError where one does not hold, nothing is changed then."""

        def changed(latest: State) -> State:
            scenario = with_values(latest.scenario, values)
            check_references(scenario, self.price_book)
            started = with_start(scenario, self.today())
            return replace(latest, scenario=started, is_example=False, unsaved={**latest.unsaved, **values})

        return self._saved(state, changed)

    def replace_scenario(self, state: State, scenario: Scenario, *, is_example: bool = False) -> State:
        """Put another scenario in place, a file's or an example's; it becomes the baseline."""
        check_references(scenario, self.price_book)
        shown = with_start(scenario, self.today())
        baseline = baseline_of(self.plan(shown))
        fields = shown.model_dump(exclude={"schema_version"})
        return self._saved(
            state,
            lambda latest: replace(latest, scenario=shown, baseline=baseline, is_example=is_example, unsaved=fields),
        )

    def set_baseline(self, state: State) -> State:
        """Compare with the plan as it stands from now on."""
        return self._saved(state, lambda latest: replace(latest, baseline=baseline_of(self.plan(latest.scenario))))

    def save_again(self, state: State) -> State:
        """Try once more to keep a state that could not be saved."""
        return self._saved(state, lambda latest: latest)
