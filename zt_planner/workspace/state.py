"""A session as one page sees it: the plan, the viewer, and the edits that wait to be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from zt_planner.domain.differences import differences, values_of
from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.domain.session import (
    NOTES_LENGTH,
    EventKind,
    FieldChange,
    Outcome,
    Participant,
    ProposalEnd,
    Rules,
    Seat,
    SessionId,
    letter_of,
)
from zt_planner.domain.variants import (
    AS_APPROVED,
    LETTERS,
    NAME_OF_PLAN,
    PLAN,
    VARIANT_NAME_LENGTH,
    KeptVariant,
    is_mark,
    mark_path,
    split_path,
    variant_path,
)
from zt_planner.errors import (
    NotesRefused,
    PlannerError,
    PlanReplaced,
    StoreError,
    TooManyUnsaved,
    TooMuchWritten,
    VariantGone,
)
from zt_planner.files.scenario_json import with_values
from zt_planner.store.changes import NewRevision, Revision, digest_of
from zt_planner.topics.headline.cards import Baseline
from zt_planner.workspace.keys import Account, Browser, Holder, Key
from zt_planner.workspace.names import clean_name
from zt_planner.workspace.runners.job_runner import Requester
from zt_planner.workspace.variants import (
    exchanged,
    free_letter,
    own_fields,
    scenario_of,
    variant_changes,
    variant_values,
    with_variant_values,
)

if TYPE_CHECKING:
    from zt_planner.store.session_store import SessionStore

MOST_EDITS_OWED = 20
"""That a page keeps for an address that has written too much."""


class SavedState(BaseModel):
    """The content of a revision: what is kept of a `State`, by the names of its fields; its base as `scenario`.

    Another version of the program may have written one that cannot be read.
    """

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    base: Annotated[Scenario, Field(alias="scenario")]
    plan_name: str
    plan_mark: str
    variants: dict[str, KeptVariant]
    baseline: Baseline | None
    baseline_without_labour: Baseline | None
    baseline_number: int
    is_example: bool
    notes: str


SAVED = tuple(SavedState.model_fields)


@lru_cache(maxsize=32)
def saved_in(content: str) -> SavedState:
    """Return the content of a revision; remembered, as all who see it read the same. Raises ValidationError."""
    return SavedState.model_validate_json(content)


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: its kind, its effect on the latest state, and the revision its author saw."""

    kind: EventKind
    apply: Callable[[State], State]
    seen: int
    refers_to: int | None = None
    tried: tuple[int, str] | None = None
    """The number and digest of the revision that it would have been, where the store failed before it answered."""
    ends: tuple[int, ProposalEnd] | None = None
    """The number of the proposal that it decides on, and how."""

    def waiting(self, latest: State, changed: State) -> Edit:
        """Return the edit with the revision by which `was_saved` recognises it."""
        return replace(self, tried=(latest.number + 1, digest_of(changed.content)))

    def was_saved(self, session: SessionId | None, store: SessionStore) -> bool:
        """Tell whether the edit was saved, and only the answer was lost."""
        if self.tried is None or session is None:
            return False
        number, digest = self.tried
        revision = store.history.revision(session, number)
        return revision is not None and revision.digest == digest

    def entry(self, latest: State, changed: State, outcome: Callable[[Scenario], Outcome]) -> NewRevision:
        """Return the entry of a state that this edit has changed; a deleted variant keeps its last outcome."""
        changes = changed.changes_since(latest)
        letter = letter_of(changes)
        before = outcome(latest.scenario_of(letter))
        is_deleted = letter in latest.variants and letter not in changed.variants
        return NewRevision(
            content=changed.content,
            kind=self.kind,
            changes=changes,
            before=before,
            after=before if is_deleted else outcome(changed.scenario_of(letter)),
            refers_to=self.refers_to,
            seen=self.seen,
            base=latest.digest,
            ends=self.ends,
        )


@dataclass(frozen=True)
class State:
    """What a page shows of a session.

    `base` is the plan's scenario, `plan_name` its name where it has one, `plan_mark` its mark, `variants` those beside
    it. `mark` tells which of them the page shows, `letter` what that was called when the page was drawn. `key` is the
    participant's secret, `seat` their place in the session, None before the first change. `baseline_number` is the
    revision that is the baseline, 0 the example before the first. `number` is the revision shown, `digest` that of its
    content. `trouble` says why the state is not saved or not the latest; `pending` holds the edits that wait for the
    store, `saved` the state before them. `refused` says why edits that had waited could not be saved after all. `seen`
    is the revision that whoever acts has seen, where a page knows it. `is_latest` tells that it has just been read: an
    edit then reads nothing again unless somebody was faster. `origin` names the page, `address` the network address
    that it was asked from, empty where it was not; `holder` is whose seat it is.
    """

    key: Key
    seat: Seat | None
    base: Scenario
    baseline: Baseline | None
    is_example: bool
    baseline_without_labour: Baseline | None = None
    baseline_number: int = 0
    notes: str = ""
    variants: Mapping[str, KeptVariant] = field(default_factory=dict)
    letter: str = PLAN
    mark: str = ""
    plan_name: str = ""
    plan_mark: str = ""
    number: int = 0
    digest: str = ""
    seen: int | None = field(default=None, compare=False)
    is_latest: bool = field(default=False, compare=False)
    trouble: StoreError | None = None
    pending: tuple[Edit, ...] = ()
    saved: State | None = None
    refused: tuple[PlannerError, ...] = ()
    origin: str = ""
    address: str = ""
    holder: Holder | None = None

    @property
    def shown(self) -> str:
        """The letter of the plan that the page shows: that of the plan itself where what it showed is gone."""
        if self.mark == AS_APPROVED and self.base.status.approved is not None:
            return AS_APPROVED
        return next((letter for letter, mark in self.marks.items() if mark == self.mark), PLAN)

    @property
    def variant(self) -> KeptVariant | None:
        """The variant that the page shows; None for the plan, and for the approved one."""
        return self.variants.get(self.shown)

    @property
    def marks(self) -> dict[str, str]:
        """The marks of the plan and of the variants, by their letters."""
        return {PLAN: self.plan_mark, **{letter: variant.mark for letter, variant in self.variants.items()}}

    def showing(self, letter: str) -> State:
        """Return the state of a page that shows a variant or the approved plan; the plan where there is no such one."""
        if letter == AS_APPROVED and self.base.status.approved is not None:
            return replace(self, letter=AS_APPROVED, mark=AS_APPROVED)
        shown = letter if letter in self.variants else PLAN
        return replace(self, letter=shown, mark=self.marks[shown])

    def with_shown_letter(self, before: State) -> State:
        """Return the state, showing the same letter, if an undo has moved the plans between letters."""
        return self if self.marks == before.marks else self.showing(self.shown)

    def letter_of(self, mark: str) -> str:
        """Return the letter that a variant or the plan has by now; raise VariantGone or PlanReplaced."""
        for letter, known in self.marks.items():
            if known == mark:
                return letter
        raise PlanReplaced if self.letter == PLAN else VariantGone(letter=self.letter)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario of the plan that the page shows."""
        return self.scenario_of(self.shown)

    def scenario_of(self, letter: str) -> Scenario:
        """Return the scenario of a variant or of the approved plan, that of the plan where there is no such one."""
        if letter == AS_APPROVED and self.base.approved_plan is not None:
            return self.base.approved_plan.model_copy(update={"status": Status()})
        return scenario_of(self.base, self.variants[letter]) if letter in self.variants else self.base

    @property
    def session(self) -> SessionId | None:
        """The session, None before the first change."""
        return None if self.seat is None else self.seat.participant.session

    @property
    def revision_seen(self) -> int:
        """The revision that whoever acts has seen; others may have changed the plan since."""
        return self.number if self.seen is None else self.seen

    @property
    def me(self) -> Participant | None:
        """The viewer as a participant, None before the first change."""
        return None if self.seat is None else self.seat.participant

    @property
    def held_by(self) -> Holder:
        """The holder of the seat, and of the sessions that are begun from it."""
        return Browser(self.key) if self.holder is None else self.holder

    @property
    def account(self) -> Account | None:
        """The account that is signed in."""
        return self.holder if isinstance(self.holder, Account) else None

    @property
    def rules(self) -> Rules:
        """What holds in the session."""
        return Rules() if self.seat is None else self.seat.rules

    @property
    def requester(self) -> Requester:
        """This page as it requests jobs."""
        return Requester(self.origin, self.address, self.session or "")

    @property
    def shared_requester(self) -> Requester:
        """All pages that show the same to those who see the same, as they request by themselves what they show."""
        return replace(self.requester, owner=self._shared_owner(self.session or self.origin), is_person=False)

    @property
    def earlier_owner(self) -> str:
        """What this page was as a `shared_requester` before it had a session."""
        return self._shared_owner(self.origin)

    def _shared_owner(self, of: str) -> str:
        return f"{of}:{self.shown}:{self.sees_labour}"

    @property
    def only_watches(self) -> bool:
        """Tell whether the viewer may change nothing; a plan that nobody has changed yet is their own."""
        return self.seat is not None and not self.seat.may_change

    @property
    def may_change(self) -> bool:
        """Tell whether the viewer may change the plan that is shown; what was approved is not changed."""
        return self.shown != AS_APPROVED and not self.only_watches

    @property
    def sees_labour(self) -> bool:
        """Tell whether the viewer sees day rates, and all that they could be computed from."""
        return self.seat is None or self.seat.sees_labour

    @property
    def content(self) -> str:
        """The state as it is kept."""
        return SavedState(**{name: getattr(self, name) for name in SAVED}).model_dump_json(by_alias=True)

    def with_content(self, revision: Revision) -> State:
        """Return the state with a revision's content; raise pydantic's ValidationError if it cannot be read."""
        saved = saved_in(revision.content)
        kept = {name: getattr(saved, name) for name in SAVED}
        return replace(self, **kept, number=revision.number, digest=revision.digest)

    def with_values(self, values: Mapping[str, Any]) -> State:
        """Return the state with fields set by the paths of a session, those of variants and the notes included.

        Raises ScenarioError, VariantGone, TextRefused or NotesRefused.
        """
        if len(values.get(NOTES, "")) > NOTES_LENGTH:
            raise NotesRefused(length=len(values[NOTES]), most=NOTES_LENGTH)
        marks = {split_path(path)[0]: mark for path, mark in values.items() if is_mark(path)}
        fields = {path: value for path, value in values.items() if path != NOTES and not is_mark(path)}
        name = fields.pop(NAME_OF_PLAN, self.plan_name)
        own = {path: value for path, value in fields.items() if split_path(path)[0] == PLAN}
        base = with_values(self.base, own) if own else self.base
        variants = with_variant_values(base, self.variants, {path: fields[path] for path in fields if path not in own})
        changed = replace(
            self,
            base=base,
            plan_name=clean_name(name, VARIANT_NAME_LENGTH) if name else "",
            variants=variants,
            notes=values.get(NOTES, self.notes),
            is_example=False,
        )
        return changed.with_marks(marks)

    def with_marks(self, marks: Mapping[str, str | None]) -> State:
        """Return the state with other marks of the plan and of variants that are there; the same if two were alike."""
        changed = self.marks | {letter: mark for letter, mark in marks.items() if mark is not None}
        variants = {
            letter: variant.model_copy(update={"mark": changed[letter]}) for letter, variant in self.variants.items()
        }
        is_clear = len({changed[letter] for letter in (PLAN, *variants)}) > len(variants)
        return replace(self, plan_mark=changed[PLAN], variants=variants) if is_clear else self

    def with_fields(self, mark: str, values: Mapping[str, Any]) -> State:
        """Return the state with fields set of what has a mark; raise PlanReplaced, or as `with_values` does."""
        letter = self.letter_of(mark)
        return self.with_values({variant_path(letter, path): value for path, value in values.items()})

    @property
    def named_scenarios(self) -> dict[str, tuple[str, Scenario]]:
        """The name and the scenario of every variant, by its letter."""
        return {letter: (variant.name, self.scenario_of(letter)) for letter, variant in self.variants.items()}

    def without_trouble(self, seat: Seat | None) -> State:
        """Return the state with its seat and without trouble; the same one if nothing is new."""
        return self if self.trouble is None and self.seat == seat else replace(self, seat=seat, trouble=None)

    @property
    def values(self) -> dict[str, Any]:
        """Every field's value by its path in a session, the notes included, as an event holds it."""
        marks = {mark_path(letter): mark for letter, mark in self.marks.items()}
        own = {NAME_OF_PLAN: self.plan_name or None, NOTES: self.notes, **marks}
        return {**values_of(self.base), **variant_values(self.base, self.variants), **own}

    def with_pending(self, edit: Edit, trouble: StoreError | None = None) -> State:
        """Return the state with an edit that waits for the store; raise TooManyUnsaved if too many do."""
        reason = trouble or self.trouble
        if isinstance(reason, TooMuchWritten) and len(self.pending) >= MOST_EDITS_OWED:
            raise TooManyUnsaved
        return replace(
            edit.apply(self),
            trouble=reason,
            pending=(*self.pending, edit),
            saved=self.saved or replace(self, trouble=None, is_latest=False),
        )

    def changes_since(self, before: State) -> tuple[FieldChange, ...]:
        """Return the fields in which two states differ."""
        notes = (FieldChange(NOTES, before.notes, self.notes),) if self.notes != before.notes else ()
        variants = variant_changes((before.base, before.variants), (self.base, self.variants))
        names = [state.plan_name or None for state in (before, self)]
        named = (FieldChange(NAME_OF_PLAN, *names),) if names[0] != names[1] else ()
        marks = [(letter, before.marks.get(letter), self.marks.get(letter)) for letter in LETTERS]
        marked = (FieldChange(mark_path(letter), old, new) for letter, old, new in marks if old != new)
        return (*differences(before.base, self.base), *named, *variants, *notes, *marked)

    # Variants, named by their marks: what somebody does to one never reaches another that has its letter by now.

    def with_copy(self, source: str, mark: str, name: str, values: Mapping[str, Any] | None = None) -> State:
        """Return a state with one more variant, which it shows: a copy of that with the mark `source`, with fields set.

        `mark` becomes the copy's. Raises VariantGone, PlanReplaced, TooManyVariants, TextRefused.
        """
        copied, letter = self.letter_of(source), free_letter(self.variants)
        fields = {} if copied == PLAN else self.variants[copied].changes
        named = {variant_path(letter): name}
        made = self.with_values(named | {variant_path(letter, path): value for path, value in fields.items()})
        shown = made.with_marks({letter: mark}).showing(letter)
        return shown.with_fields(mark, values) if values else shown

    def with_variant_name(self, mark: str, name: str) -> State:
        """Return a state with a variant renamed, or the plan; raise VariantGone, PlanReplaced or TextRefused."""
        return self.with_values({variant_path(self.letter_of(mark)): name})

    def without_variant(self, mark: str) -> State:
        """Return a state without a variant, which shows the plan; raise VariantGone."""
        return self.with_values({variant_path(self.letter_of(mark)): None}).showing(PLAN)

    def with_variant_as_plan(self, mark: str, former: str) -> State:
        """Return a state in which a variant and the plan change places; a plan without a name becomes `former`."""
        letter = self.letter_of(mark)
        plan_before = KeptVariant(name=self.plan_name or former, mark=self.plan_mark)
        base, variants = exchanged(self.base, self.variants, letter, plan_before)
        name, its = self.variants[letter].name, self.variants[letter].mark
        plan = replace(self, base=base, plan_name=name, plan_mark=its, variants=variants, is_example=False)
        return plan.showing(PLAN)

    def with_scenario(self, mark: str, scenario: Scenario, new: str) -> State:
        """Return a state that shows another scenario instead of what has a mark; raise VariantGone or PlanReplaced.

        It gets the mark `new` where it differs: what somebody does at that moment to the one before is not done to it.
        """
        letter = self.letter_of(mark)
        if letter == PLAN:
            changed = replace(self, base=scenario)
        else:
            own = self.variants[letter].model_copy(update={"changes": own_fields(self.base, scenario)})
            changed = replace(self, variants={**self.variants, letter: own})
        is_new = changed.scenario_of(letter) != self.scenario_of(letter)
        return (changed.with_marks({letter: new}) if is_new else changed).showing(letter)
