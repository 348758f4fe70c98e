"""A session as one page sees it: the plan, the viewer, and the edits that wait to be saved."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from zt_planner.domain.scenario.differences import differences, values_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import NOTES_LENGTH, EventKind, FieldChange, Participant, Rules, Seat, SessionId
from zt_planner.errors import NotesRefused, TooManyUnsaved, TooMuchWritten
from zt_planner.reports.figures.key_figures import Baseline
from zt_planner.reports.words.fields import NOTES
from zt_planner.workspace.fields import with_values
from zt_planner.workspace.job_runner import Asker
from zt_planner.workspace.keys import Key  # noqa: TC001 - dataclasses read annotations at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.errors import PlannerError, StoreError
    from zt_planner.store.changes import Revision

FORMAT = 2
MOST_EDITS_OWED = 20
"""That a page keeps for an address which has had too much written."""


class Saved(BaseModel):
    """The stored form of a revision."""

    model_config = ConfigDict(extra="ignore")

    format: int = 1
    scenario: Scenario
    baseline: Baseline | None
    baseline_without_labour: Baseline | None = None
    baseline_number: int | None = None
    is_example: bool
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: its kind, its effect on the latest state, and the revision its author saw."""

    kind: EventKind
    apply: Callable[[State], State]
    seen: int
    refers_to: int | None = None


@dataclass(frozen=True)
class State:
    """What a page shows of a session.

    `key` is the participant's secret, `seat` their place in the session, None
    before the first change. `baseline_number` is the revision that the baseline was, 0 the example before the
    first; None where that is not known. `number` is the revision shown, `digest` tells its
    content from that of the same number in another store. `trouble` says why
    the state is not saved or not the latest; `pending` holds the edits that
    wait for the store, `saved` the state before them. `seen` is the revision
    that whoever acts has seen, where a page knows it. `refused` says why edits
    that had waited could not be saved after all. `origin` names the page,
    `address` the network address that it was asked from, empty where it was not.
    """

    key: Key
    seat: Seat | None
    scenario: Scenario
    baseline: Baseline | None
    is_example: bool
    baseline_without_labour: Baseline | None = None
    baseline_number: int | None = None
    notes: str = ""
    number: int = 0
    digest: str = ""
    seen: int | None = field(default=None, compare=False)
    trouble: StoreError | None = None
    pending: tuple[Edit, ...] = ()
    saved: State | None = None
    refused: tuple[PlannerError, ...] = ()
    origin: str = ""
    address: str = ""

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
        """Who looks at it, None before the first change."""
        return None if self.seat is None else self.seat.participant

    @property
    def rules(self) -> Rules:
        """What holds in the session."""
        return Rules() if self.seat is None else self.seat.rules

    @property
    def asker(self) -> Asker:
        """As what this page asks for work that takes seconds."""
        return Asker(self.origin, self.address, self.session or "")

    @property
    def may_change(self) -> bool:
        """Tell whether whoever looks may change the plan; a plan that nobody has changed yet is one's own."""
        return self.seat is None or self.seat.may_change

    @property
    def sees_labour(self) -> bool:
        """Tell whether day rates, and all that they could be computed from, are shown."""
        return self.seat is None or self.seat.sees_labour

    @property
    def content(self) -> str:
        """The state as it is kept."""
        return Saved(
            format=FORMAT,
            scenario=self.scenario,
            baseline=self.baseline,
            baseline_without_labour=self.baseline_without_labour,
            baseline_number=self.baseline_number,
            is_example=self.is_example,
            notes=self.notes,
        ).model_dump_json()

    def with_content(self, revision: Revision) -> State:
        """Return the state with a revision's content; raise pydantic's ValidationError if it cannot be read."""
        saved = Saved.model_validate_json(revision.content)
        return replace(
            self,
            scenario=saved.scenario,
            baseline=saved.baseline,
            baseline_without_labour=saved.baseline_without_labour,
            baseline_number=saved.baseline_number,
            is_example=saved.is_example,
            notes=saved.notes,
            number=revision.number,
            digest=revision.digest,
        )

    def with_values(self, values: Mapping[str, Any]) -> State:
        """Return the state with fields set by their paths, the notes included; raise ScenarioError or NotesRefused."""
        if len(values.get(NOTES, "")) > NOTES_LENGTH:
            raise NotesRefused(length=len(values[NOTES]), most=NOTES_LENGTH)
        fields = {path: value for path, value in values.items() if path != NOTES}
        scenario = with_values(self.scenario, fields) if fields else self.scenario
        return replace(self, scenario=scenario, notes=values.get(NOTES, self.notes), is_example=False)

    @property
    def values(self) -> dict[str, Any]:
        """Every field's value by its path, the notes included, as an event holds it."""
        return {**values_of(self.scenario), NOTES: self.notes}

    def with_edit_waiting(self, edit: Edit, trouble: StoreError | None = None) -> State:
        """Return the state with an edit that waits for the store; raise TooManyUnsaved if many do for that."""
        reason = trouble or self.trouble
        if isinstance(reason, TooMuchWritten) and len(self.pending) >= MOST_EDITS_OWED:
            raise TooManyUnsaved
        return replace(
            edit.apply(self),
            trouble=reason,
            pending=(*self.pending, edit),
            saved=self.saved or replace(self, trouble=None),
        )

    def changes_since(self, before: State) -> tuple[FieldChange, ...]:
        """Return the fields in which two states differ."""
        notes = (FieldChange(NOTES, before.notes, self.notes),) if self.notes != before.notes else ()
        return (*differences(before.scenario, self.scenario), *notes)
