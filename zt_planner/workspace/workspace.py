"""What a person can do with a plan: open it, change it, undo, replace it, set a baseline. No screen, no SQL.

Laws: a change is applied to the latest saved state, so that two people who
change different fields both win; a state that could not be saved is kept, says
so, and is applied again to what others have saved since; nothing is saved
before the first change; who may not change a plan changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from zt_planner.domain.scenario import Scenario
from zt_planner.domain.session import EventKind, Participant, Role
from zt_planner.engine.calendar import with_start
from zt_planner.engine.references import check_references
from zt_planner.errors import NotAllowed, NothingToUndo, StoreError, TooManyWriters, UnreadableRevision
from zt_planner.export.scenario_json import validated
from zt_planner.reports.key_figures import baseline_of
from zt_planner.store.protocol import Entry, NotAllowedError, SessionStore, StaleRevisionError
from zt_planner.workspace.fields import values_of
from zt_planner.workspace.keys import Key, hash_of, new_participant, new_session
from zt_planner.workspace.limits import SESSIONS_A_MINUTE, Limit
from zt_planner.workspace.people import COLOURS, People
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.record import brought_again, stacks, taken_back
from zt_planner.workspace.state import NOTES, Edit, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.session import Event

ATTEMPTS = 20


class Workspace:
    """Plans for any number of sessions, with one price book, phase model, store and clock."""

    def __init__(
        self, store: SessionStore, price_book: PriceBook, phase_model: PhaseModel, today: Callable[[], date]
    ) -> None:
        """Keep the parts; nothing is read yet."""
        self.store = store
        self.plans = Plans(price_book, phase_model, today)
        self.beginning = Limit(SESSIONS_A_MINUTE)
        self.people = People(store, self.plans, self.beginning)
        self.price_book = price_book
        self.phase_model = phase_model
        self.today = today

    def plan(self, state: State) -> Plan:
        """Return the plan of a state, as whoever looks at it may see it."""
        return self.plans.plan(state.scenario, shows_labour=state.sees_labour)

    # Open

    def example(self, key: Key, scenario: Scenario | None = None) -> State:
        """Return an unsaved state that shows an example, itself the baseline."""
        shown = with_start(Scenario() if scenario is None else scenario, self.today())
        return self._as_baseline(State(key, None, shown, None, is_example=True))

    def _as_baseline(self, state: State) -> State:
        """Return a state that is compared with itself."""
        return replace(
            state,
            baseline=baseline_of(self.plans.plan(state.scenario)),
            baseline_without_labour=baseline_of(self.plans.plan(state.scenario, shows_labour=False)),
        )

    def open(self, key: Key, known: State | None = None) -> State:
        """Return the latest state of a key's session; `known` is given back where nothing newer can be read."""
        try:
            seat = self.store.seat(hash_of(key))
            if seat is None:
                return known if known is not None and known.seat is None else self.example(key)
            if known is not None and known.seat is not None and known.number >= seat.number:
                return replace(known, seat=seat, trouble=None)
            revision = self.store.latest(seat.participant.session)
        except StoreError as trouble:
            return replace(known or self.example(key), trouble=trouble)
        if revision is None:
            return self.example(key)
        shown = replace(known or self.example(key), seat=seat, trouble=None)
        try:
            return shown.with_content(revision.content, revision.number)
        except ValidationError:
            return replace(shown, trouble=UnreadableRevision())

    # Change

    def _latest(self, state: State) -> State:
        """Return the latest saved state with the edits that still wait; raise ScenarioError where one does not hold."""
        found = self.open(state.key, replace(state, pending=(), trouble=None))
        if found.trouble is not None or found.number == state.number:
            return replace(state, seat=found.seat, trouble=found.trouble)
        for edit in state.pending:
            found = edit.apply(found)
        return replace(found, pending=state.pending)

    def _saved(self, state: State, edit: Edit) -> State:
        """Apply an edit to the latest state and keep it; where that fails, the changed state carries the trouble."""
        seen = state.number
        latest = changed = state
        for _ in range(ATTEMPTS):
            latest = self._latest(latest)
            if not latest.may_change:
                raise NotAllowed
            changed = replace(edit.apply(latest), pending=(*latest.pending, edit))
            if latest.trouble is not None:
                return replace(changed, trouble=latest.trouble)
            if not changed.pending[:-1] and changed.content == latest.content:
                return latest
            try:
                return self._kept(latest, changed, edit, seen)
            except StaleRevisionError:
                latest = replace(latest, number=-1)
            except NotAllowedError:
                raise NotAllowed from None
            except StoreError as trouble:
                return replace(changed, trouble=trouble)
        return replace(changed, trouble=TooManyWriters())

    def _kept(self, latest: State, changed: State, edit: Edit, seen: int) -> State:
        """Append a changed state to what is saved, or create its session with it."""
        before = self._before(latest)
        entry = Entry(
            content=changed.content,
            kind=edit.kind,
            changes=changed.changes_since(before),
            before=self.plans.outcome(before.scenario),
            after=self.plans.outcome(changed.scenario),
            refers_to=edit.refers_to,
            seen=max(seen, 0),
        )
        now = datetime.now(UTC)
        if changed.seat is None:
            self.beginning.check(changed.address)
            owner = Participant(new_participant(), new_session(), Role.OWNER, "", COLOURS[0], now)
            self.store.create(owner, hash_of(changed.key), entry, origin=changed.origin)
            number = 1
        else:
            me = changed.seat.participant.id
            number = self.store.append(me, entry, based_on=latest.number, now=now, origin=changed.origin).number
        seat = self.store.seat(hash_of(changed.key))
        return replace(changed, seat=seat, number=number, trouble=None, pending=())

    def _before(self, latest: State) -> State:
        """Return what was saved before the edits that still wait were applied."""
        return self.open(latest.key) if latest.pending else latest

    def change(self, state: State, values: Mapping[str, Any]) -> State:
        """Set fields by their dotted paths; raise ScenarioError where one does not hold, nothing is changed then."""
        return self._saved(state, Edit(EventKind.CHANGE, lambda latest: self._with_values(latest, values)))

    def _with_values(self, latest: State, values: Mapping[str, Any]) -> State:
        """Return a state with fields set, checked against the price book, its start filled in."""
        changed = latest.with_values(values)
        check_references(changed.scenario, self.price_book)
        return replace(changed, scenario=with_start(changed.scenario, self.today()))

    def set_notes(self, state: State, notes: str) -> State:
        """Keep the session's notes."""
        return self.change(state, {NOTES: notes})

    def replace_scenario(
        self, state: State, scenario: Scenario, *, is_example: bool = False, kind: EventKind = EventKind.LOAD
    ) -> State:
        """Put another scenario in place, a file's or an example's; it becomes the baseline."""
        check_references(scenario, self.price_book)
        shown = with_start(scenario, self.today())
        return self._saved(
            state,
            Edit(kind, lambda latest: self._as_baseline(replace(latest, scenario=shown, is_example=is_example))),
        )

    def set_baseline(self, state: State) -> State:
        """Compare with the plan as it stands from now on."""
        return self._saved(state, Edit(EventKind.BASELINE, self._as_baseline))

    def save_again(self, state: State) -> State:
        """Try once more to keep a state that could not be saved; raise ScenarioError where its edits no longer hold."""
        if not state.pending:
            return self.open(state.key, replace(state, trouble=None))
        *earlier, last = state.pending
        return self._saved(replace(state, pending=tuple(earlier), number=-1), last)

    # Undo and redo

    def events(self, state: State, after: int = 0) -> tuple[Event, ...]:
        """Return what was done in a state's session; raise StoreError."""
        return () if state.session is None else self.store.events(state.session, after)

    def undo(self, state: State) -> State:
        """Take back one's own latest change; raise NothingToUndo where there is none, or others have gone on."""
        return self._back_or_forth(state, EventKind.UNDO)

    def redo(self, state: State) -> State:
        """Bring again what was undone last; raise NothingToUndo where there is nothing, or others have gone on."""
        return self._back_or_forth(state, EventKind.REDO)

    def _back_or_forth(self, state: State, kind: EventKind) -> State:
        """Undo or redo the next event on the participant's own stack."""
        if state.me is None:
            raise NothingToUndo
        undo, redo = stacks(self.events(state), state.me.id)
        found = undo if kind is EventKind.UNDO else redo
        if not found:
            raise NothingToUndo
        event = found[-1]
        values_for = taken_back if kind is EventKind.UNDO else brought_again

        def apply(latest: State) -> State:
            values = values_for(event, {**values_of(latest.scenario), NOTES: latest.notes})
            if not values:
                raise NothingToUndo
            return self._with_values(latest, values)

        return self._saved(state, Edit(kind, apply, refers_to=event.number))

    # Snapshots

    def restore(self, state: State, number: int) -> State:
        """Put the scenario of an earlier revision in place; the notes stay."""
        revision = None if state.session is None else self.store.revision(state.session, number)
        if revision is None:
            raise NothingToUndo
        earlier = state.with_content(revision.content, number)
        kept = validated(earlier.scenario.model_dump())
        return self._saved(
            state,
            Edit(
                EventKind.RESTORE,
                lambda latest: replace(
                    latest,
                    scenario=kept,
                    baseline=earlier.baseline,
                    baseline_without_labour=earlier.baseline_without_labour,
                    is_example=earlier.is_example,
                ),
            ),
        )
