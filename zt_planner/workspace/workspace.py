"""What a person can do with a plan: open it, change it, undo, replace it, set a baseline. No screen, no SQL.

Laws: a change is applied to the latest saved state, so that two people who change different fields both win; while the
store is unavailable, edits wait in their order, and each is then saved on top of what others have saved since, or
reported as refused; a revision that another version of the program has saved is never overwritten, nor one that the
page has not seen, even in another store; nothing is saved before the first change; without the right to change a plan
nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from zt_planner.defaults import INVALID_LINKS_A_MINUTE, LINK_REQUESTS_A_MINUTE, SESSIONS_A_MINUTE
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, EventKind, FieldChange, ProposalEnd, SessionId
from zt_planner.domain.variants import PLAN
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.errors import (
    NotAllowed,
    NothingToUndo,
    PlanGone,
    PlannerError,
    PlanReplaced,
    SeatEnded,
    StoreError,
    TooManyWriters,
    UnreadableRevision,
)
from zt_planner.files.session_json import KeptSession, session_bytes
from zt_planner.store.changes import Revision, StaleRevisionError, WriteRefused
from zt_planner.workspace.catalogues import OwnCatalogues
from zt_planner.workspace.clients import OwnClients
from zt_planner.workspace.import_cache import ImportCache
from zt_planner.workspace.keys import Key, hash_of, new_participant
from zt_planner.workspace.limits import Allowance, RateLimit
from zt_planner.workspace.plans import Cache, Plans
from zt_planner.workspace.runners.job_runner import Jobs
from zt_planner.workspace.sharing.accounts import Accounts
from zt_planner.workspace.sharing.notes import edited_base, merged_notes
from zt_planner.workspace.sharing.people import People
from zt_planner.workspace.sharing.record import next_reverted, notes_of_others, reverted_values, set_by_others
from zt_planner.workspace.sharing.session_cache import SessionCache
from zt_planner.workspace.state import SAVED, Edit, State
from zt_planner.workspace.variants import checked_variants, new_mark

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.language import Language
    from zt_planner.store.session_store import SessionStore
    from zt_planner.topics.view import AnyView

ATTEMPTS = 20
BASELINES_REMEMBERED = 64
COMPARISONS_REMEMBERED = 16
"""Plans side by side: a page that shows some is drawn again and again."""
BASELINE_FIELDS = ("baseline", "baseline_without_labour", "baseline_number")
RESTORED = tuple(name for name in SAVED if name != "notes")


class Workspace:
    """Plans for any number of sessions, with one price book, phase model, store and clock."""

    def __init__(
        self, store: SessionStore, price_book: PriceBook, phase_model: PhaseModel, today: Callable[[], date]
    ) -> None:
        self.store = store
        self.plans = Plans(price_book, phase_model, today)
        self.session_limit = RateLimit(store.buckets, "sessions", SESSIONS_A_MINUTE)
        self.link_limit = RateLimit(store.buckets, "links", LINK_REQUESTS_A_MINUTE)
        self.invalid_link_limit = RateLimit(store.buckets, "invalid links", INVALID_LINKS_A_MINUTE)
        self.cache = SessionCache(store.history)
        self._baselines: Cache[Hashable, Scenario] = Cache(BASELINES_REMEMBERED)
        self.write_allowance = Allowance(store.buckets)
        self.people = People(store, self.plans, self.session_limit, self.write_allowance)
        self.accounts = Accounts(store)
        self.catalogues = OwnCatalogues(store, self.plans, self.write_allowance)
        self.clients = OwnClients(store, self.plans, self.cache, self.write_allowance)
        self.jobs = Jobs()
        self.imports = ImportCache()
        self.comparisons: Cache[Hashable, Comparison] = Cache(COMPARISONS_REMEMBERED)
        self.price_book = price_book
        self.phase_model = phase_model
        self.today = today

    def plan(self, state: State) -> AnyPlan:
        """Return the plan of a state as its viewer may see it."""
        return self.plans.shown(state)

    def view(self, state: State, language: Language) -> AnyView:
        """Return the plan of a state as its viewer reads it: files, the record and draws are made of it."""
        return self.plans.shown_view(state, language)

    def basis(self, state: State) -> Hashable:
        """Return all inputs of what is computed from a state for its viewer."""
        return self.plans.inputs_of(state.scenario), state.sees_labour

    def example(self, key: Key, scenario: Scenario | None = None) -> State:
        """Return an unsaved state that shows an example, itself the baseline."""
        shown = with_start(Scenario() if scenario is None else scenario, self.today())
        return self._as_baseline(State(key, None, shown, None, is_example=True), 0)

    def _as_baseline(self, state: State, number: int | None = None) -> State:
        """Return a state that is compared with itself: its number is the next one where none is given."""
        return replace(
            state,
            baseline_number=state.number + 1 if number is None else number,
            baseline=self.plans.baseline(state.base),
            baseline_without_labour=self.plans.baseline(state.base, shows_labour=False),
        )

    def open(self, key: Key, known: State | None = None) -> State:
        """Return the latest state of a key's session, with the edits that wait to be saved.

        `known` is what the page shows; it is returned if nothing newer can be read.
        """
        shown = self.example(key) if known is None or known.key != key else known
        is_new = shown is not known
        if shown.pending:
            shown = self.retry_pending(shown)
        if shown.pending:
            return shown
        try:
            seat = self.store.seats.by_key(hash_of(key))
            if seat is None:
                return shown.without_trouble(None) if shown.seat is None else self._without_session(shown)
            if (shown.session, shown.number, shown.digest) == (seat.participant.session, seat.number, seat.digest):
                return shown.without_trouble(seat)
            revision = self.cache.latest(seat)
        except StoreError as trouble:
            return replace(shown, trouble=trouble)
        except PlanGone:
            return self._without_session(shown)
        latest = self._read(shown.without_trouble(seat), revision)
        return latest.showing(PLAN) if is_new else latest

    def reopened(self, state: State) -> State:
        """Return the latest state of a page, with its present rights; raise SeatEnded where its seat is gone."""
        latest = self.open(state.key, state)
        if latest.seat is None and state.seat is not None:
            raise SeatEnded
        return latest

    def _without_session(self, ended: State) -> State:
        """Return the example for somebody whose session is gone, with the edits that were refused."""
        return replace(self.example(ended.key), refused=ended.refused or (PlanGone(),))

    @staticmethod
    def _read(shown: State, revision: Revision) -> State:
        """Return a state with the content of a revision, or with trouble if it cannot be read."""
        try:
            return shown.with_content(revision)
        except ValidationError:
            return replace(shown, trouble=UnreadableRevision())

    def _with_change(
        self,
        state: State,
        kind: EventKind,
        apply: Callable[[State], State],
        ends: tuple[int, ProposalEnd] | None = None,
    ) -> State:
        """Apply an edit to the latest state and save it, after the edits that wait; see `_with_edit`."""
        return self._with_edit(self.retry_pending(state), Edit(kind, apply, seen=state.revision_seen, ends=ends))

    def retry_pending(self, state: State) -> State:
        """Retry saving the waiting edits on top of others' changes; `refused` lists those that are no longer valid."""
        if state.saved is None:
            return state
        saved, refused = state.saved, state.refused
        for edit in state.pending:
            try:
                saved = self._with_edit(saved, edit)
            except StoreError as trouble:
                saved = replace(saved, trouble=trouble, saved=saved.saved or saved, pending=(*saved.pending, edit))
            except PlannerError as error:
                refused = (*refused, error)
        return replace(saved, refused=refused)

    def _with_edit(self, state: State, edit: Edit) -> State:
        """Return a state with one more edit, saved or waiting; raise PlannerError if it is refused."""
        if state.pending:
            return state.with_pending(edit)
        latest = state
        for _ in range(ATTEMPTS):
            latest = self._latest(latest)
            if latest.trouble is not None:
                return latest.with_pending(edit, latest.trouble)
            changed = latest if edit.was_saved(latest.session, self.store) else edit.apply(latest)
            is_begun = latest.seat is not None or edit.kind is not EventKind.LOAD
            if is_begun and changed.content == latest.content:
                return latest
            try:
                return self._saved(latest, changed, edit)
            except StaleRevisionError:
                latest = replace(latest, is_latest=False)
            except WriteRefused:
                raise NotAllowed from None
            except StoreError as trouble:
                return latest.with_pending(edit.waiting(latest, changed), trouble)
        return latest.with_pending(edit, TooManyWriters())

    def _latest(self, state: State) -> State:
        """Return the latest saved state; raise SeatEnded or NotAllowed where its participant may not change it."""
        latest = state if state.is_latest else self.reopened(state)
        if not latest.may_change:
            raise NotAllowed
        return latest

    def _saved(self, latest: State, changed: State, edit: Edit) -> State:
        """Save a changed state as a new revision, or create its session with it."""
        self.write_allowance.check(changed.address)
        entry = edit.entry(latest, changed, self.plans.outcome)
        if latest.seat is None:
            seat, revision = self.people.begin(changed, entry, new_participant())
        else:
            me, now = latest.seat.participant.id, datetime.now(UTC)
            revision = self.store.history.append(me, entry, based_on=latest.number, now=now, origin=changed.origin)
            seat = replace(latest.seat, number=revision.number, digest=revision.digest)
        self.write_allowance.charge(changed.address, revision.size)
        seen = changed.seen if changed.seen is None or edit.seen != latest.number else revision.number
        return replace(changed, seat=seat, number=revision.number, digest=revision.digest, seen=seen)

    def change(self, state: State, values: Mapping[str, Any]) -> State:
        """Set fields of the plan that is shown by their dotted paths; raise ScenarioError if one is not valid."""
        return self.edit(state, lambda latest: latest.with_fields(state.mark, values))

    def edit(self, state: State, apply: Callable[[State], State], ends: tuple[int, ProposalEnd] | None = None) -> State:
        """Change the latest plan and its variants; raise PlannerError, and change nothing then.

        With what it changes, a proposal `ends`: both are kept, or neither.
        """
        return self._with_change(state, EventKind.CHANGE, lambda latest: self.checked(apply(latest)), ends)

    def with_values(self, latest: State, values: Mapping[str, Any]) -> State:
        """Return a state with fields set and not saved, its start filled in; raise ScenarioError as `change` does."""
        return self.checked(latest.with_fields(latest.mark, values))

    def checked(self, changed: State) -> State:
        """Return a state whose plan and variants have been checked, with their starts; raise ScenarioError."""
        base = self._checked(changed.base)
        return replace(changed, base=base, variants=checked_variants(base, changed.variants, self._checked))

    def _checked(self, scenario: Scenario) -> Scenario:
        """Return a scenario with its start; raise ScenarioError if it names what price book or tasks do not have."""
        return self.plans.case(scenario).scenario

    def make_own(self, state: State, values: Mapping[str, Any]) -> State:
        """Set fields as `change` does; an example becomes one's own plan, which is compared with itself."""

        def apply(latest: State) -> State:
            if not latest.is_example:
                return latest.with_fields(state.mark, values)
            return self._as_baseline(self.with_values(latest, values))

        return self.edit(state, apply)

    def begin(self, state: State) -> State:
        """Begin the session with the current plan."""
        return self._with_change(state, EventKind.LOAD, lambda latest: latest)

    def set_notes(self, state: State, notes: str) -> State:
        """Save somebody's notes, merged with others' changes since; raise NotesRefused if too long."""
        return self._with_change(
            state, EventKind.CHANGE, lambda latest: latest.with_values({NOTES: self._joined(notes, latest)})
        )

    def _joined(self, notes: str, latest: State) -> str:
        """Return notes merged with the saved ones; while the store is unavailable, as written."""
        try:
            changes = notes_of_others(self.events(latest), None if latest.me is None else latest.me.id)
        except StoreError:
            return notes
        return merged_notes(edited_base(notes, latest.notes, changes), notes, latest.notes)

    def replace_scenario(self, state: State, scenario: Scenario, *, is_example: bool = False) -> State:
        """Replace the scenario by a file's or an example's; it becomes the baseline."""
        checked, mark = self._checked(scenario), new_mark()

        def apply(latest: State) -> State:
            loaded = self.checked(replace(latest, is_example=is_example).with_scenario(state.mark, checked, mark))
            return self._as_baseline(loaded) if loaded.shown == PLAN else loaded

        return self._with_change(state, EventKind.LOAD, apply)

    def set_baseline(self, state: State) -> State:
        """Compare with the current plan from now on; nothing is done where that is so already.

        Raises PlanReplaced where what a page showed as the plan is not the plan any more.
        """

        def apply(latest: State) -> State:
            if latest.letter == PLAN and latest.letter_of(latest.mark) != PLAN:
                raise PlanReplaced
            compared = self._as_baseline(latest)
            is_same = compared.baseline == latest.baseline and self._baseline_of_plan(latest) == latest.base
            return latest if is_same else compared

        return self._with_change(state, EventKind.BASELINE, apply)

    def baseline_scenario(self, state: State) -> Scenario:
        """Return the scenario that a state is compared with, for a variant that of the plan; raise StoreError."""
        return self._baseline_of_plan(state) if state.shown == PLAN else state.base

    def _baseline_of_plan(self, state: State) -> Scenario:
        if state.session is None:
            return state.base
        number = state.baseline_number

        def read() -> Scenario:
            """Read the revision; the example before the first one is that without its changes."""
            first = () if number else self.events(state)[0].changes
            return self.scenario_at(state, number or 1, first)

        return self._baselines.get((state.session, number), read)

    def restore(self, state: State, number: int) -> State:
        """Restore the scenario and the baseline of an earlier revision; the notes stay."""
        earlier = self._earlier(state, self._latest(state).session, number)
        self.checked(earlier)
        kept = {name: getattr(earlier, name) for name in RESTORED}
        return self._with_change(
            state, EventKind.RESTORE, lambda latest: replace(latest, **kept).with_shown_letter(latest)
        )

    def scenario_at(
        self, state: State, number: int, without: Iterable[FieldChange] = (), letter: str = PLAN
    ) -> Scenario:
        """Return the plan or a variant of a revision, perhaps with changes taken back; raise NothingToUndo for none."""
        earlier = self._earlier(state, state.session, number)
        return earlier.with_values({change.path: change.before for change in without}).scenario_of(letter)

    def _earlier(self, state: State, session: SessionId | None, number: int) -> State:
        """Return a state with the content of an earlier revision."""
        revision = None if session is None else self.store.history.revision(session, number)
        if revision is None:
            raise NothingToUndo
        earlier = self._read(state, revision)
        if isinstance(earlier.trouble, UnreadableRevision):
            raise earlier.trouble
        return earlier

    def events(self, state: State) -> tuple[Event, ...]:
        """Return what was done in a state's session; raise StoreError."""
        return () if state.seat is None else self.cache.events(state.seat)

    def file_of(self, state: State) -> bytes:
        """Return a session as one file, as its viewer may see it now; raise SeatEnded if they have no seat."""
        latest = self.reopened(state)
        if latest.seat is None:
            raise SeatEnded
        session = latest.seat.participant.session
        people = [person for person in self.store.seats.people(session) if not person.waits]
        snapshots = self.store.history.snapshots(session)
        kept = KeptSession(latest.base, latest.named_scenarios, latest.notes, people, self.events(latest), snapshots)
        return session_bytes(kept, latest.seat)

    def undo(self, state: State) -> State:
        """Undo one's own latest change that is still in effect; raise NothingToUndo if there is none.

        What the change took away comes back with it: that the plan is an example, and what it was compared with.
        """
        return self._with_reverted(state, EventKind.UNDO)

    def redo(self, state: State) -> State:
        """Redo one's own latest undo; raise NothingToUndo if there is none, or others have changed the fields since."""
        return self._with_reverted(state, EventKind.REDO)

    def _with_reverted(self, state: State, kind: EventKind) -> State:
        """Revert the next event on the participant's own stack; raise StoreError while edits wait to be saved."""
        shown = self._latest(self.retry_pending(state))
        if shown.trouble is not None:
            raise shown.trouble
        event = None if shown.me is None else next_reverted(self.events(shown), shown.me.id, kind, shown.values)
        if event is None:
            raise NothingToUndo

        before, after = (self._revision(shown, number) for number in (event.number - 1, event.number))

        def apply(latest: State) -> State:
            values = reverted_values(event, set_by_others(self.events(latest), event.participant), latest.values)
            if not values:
                raise NothingToUndo
            reverted = self.checked(latest.with_values(values).with_shown_letter(latest))
            if before.baseline_number != after.baseline_number == latest.baseline_number:
                reverted = replace(reverted, **{name: getattr(before, name) for name in BASELINE_FIELDS})
            is_as_before = (reverted.base, reverted.variants) == (before.base, before.variants)
            return replace(reverted, is_example=before.is_example and is_as_before)

        return self._with_edit(shown, Edit(kind, apply, seen=state.revision_seen, refers_to=event.number))

    def _revision(self, state: State, number: int) -> State:
        """Return a state with the content of an earlier revision; before the first one there was an example."""
        if number:
            return self._earlier(state, state.session, number)
        return self.example(state.key, self.scenario_at(state, 1, self.events(state)[0].changes))
