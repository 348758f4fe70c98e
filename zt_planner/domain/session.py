"""The words of a planning session: who takes part, as what, and what they did.

Laws: only owners and editors change a plan, and only while it is not locked;
an event says for each field what it was and what it became; the figures after
an event are the figures before the next one, as long as prices stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, TypeAlias, TypedDict

from pydantic import JsonValue

from zt_planner.domain.variants import PLAN, split_path
from zt_planner.domain.versions import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SessionId = NewType("SessionId", str)
ParticipantId = NewType("ParticipantId", str)
AccountId = NewType("AccountId", str)
"""Of somebody who signs in: a hash of what their provider calls them."""
BrowserId = NewType("BrowserId", str)
"""The hash of a browser's key."""
HolderId: TypeAlias = AccountId | BrowserId
"""Who holds a seat: an account or, without signing in, a browser."""

NAME_LENGTH = 40
NOTES_LENGTH = 20_000
SNAPSHOT_LENGTH = 60
DAYS_KEPT = 90
"""After so many days without use a session expires, unless its owner says otherwise."""


class Role(StrEnum):
    """What a participant may do: change who may do what, change the plan, or watch."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"

    @property
    def may_change(self) -> bool:
        """Owners and editors change the plan; a viewer sees everything and changes nothing."""
        return self is not Role.VIEWER


class EventKind(StrEnum):
    """How a revision came about."""

    CHANGE = "change"
    LOAD = "load"
    BASELINE = "baseline"
    RESTORE = "restore"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the scenario: its dotted path, its value before and after, as in the file."""

    path: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan's budget of the introduction in EUR, the part of it without labour, and its finish.

    All None for a plan without a schedule.
    """

    introduction_budget: Decimal | None = None
    without_labour: Decimal | None = None
    finish_date: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What one revision changed: who, when (UTC), what, and its effect.

    `based_on` is the revision that the participant saw; `refers_to` the event
    that an undo takes back, or the undo that a redo takes back. `overruled` has
    what others set at the same time, where several events are told as one.
    """

    number: int
    participant: ParticipantId
    at: datetime
    kind: EventKind
    changes: tuple[FieldChange, ...]
    before: Outcome
    after: Outcome
    based_on: int
    refers_to: int | None = None
    overruled: tuple[tuple[ParticipantId, FieldChange], ...] = ()

    @property
    def letter(self) -> str:
        """The plan whose outcome `before` and `after` are."""
        return letter_of(self.changes)


def letter_of(changes: Sequence[FieldChange]) -> str:
    """Return the letter of the variant that changes move; that of the plan where they move that, or nothing."""
    letters = [split_path(change.path)[0] for change in changes] or [PLAN]
    return PLAN if PLAN in letters else letters[0]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a session: the name is given at joining, the colour by the session; most have no account."""

    id: ParticipantId
    session: SessionId
    role: Role
    name: str
    colour: str
    joined_at: datetime
    has_seat: bool = True
    """False for who was removed, or came by a link that was renewed: what they did stays in the record."""
    account: AccountId | None = None
    waits: bool = False
    """Whether they have asked to join, and no owner has let them in yet."""
    left_at: datetime | None = None
    """When they gave up their seat themselves."""


@dataclass(frozen=True, slots=True)
class CopiedFrom:
    """What a session was copied from: by whose seat, and the mark of the plan or the variant that was shown there."""

    participant: ParticipantId
    mark: str


class ProposalEnd(StrEnum):
    """What has become of a proposal."""

    TAKEN_OVER = "taken over"
    COMPARED = "compared"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes to a session out of a copy of their own: fields, as they were copied and as they would be.

    `mark` is that of the plan or the variant that was copied; `end` says what has become of it, by whom and when.
    """

    number: int
    participant: ParticipantId
    at: datetime
    mark: str
    changes: tuple[FieldChange, ...]
    end: ProposalEnd | None = None
    ended_by: ParticipantId | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PresentedPage:
    """What a presenter looks at: a page of the dashboard, the figure that is explained there, and of which variant."""

    page: str
    figure: str | None = None
    letter: str = PLAN


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everyone in a session, set by its owner."""

    is_locked: bool = False
    hides_rates: bool = False
    hides_notes: bool = True
    days_kept: int = DAYS_KEPT
    has_lobby: bool = False
    """Whether whoever comes by a link gives a name and waits until an owner lets them in."""


class RulesSet(TypedDict, total=False):
    """Rules that an owner sets, by name; those that are not in it stay as they stand."""

    is_locked: bool
    hides_rates: bool
    hides_notes: bool
    days_kept: int
    has_lobby: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant's place in a session now: its rules, its latest revision, who presents what."""

    participant: Participant
    rules: Rules
    number: int
    presenter: ParticipantId | None = None
    view: PresentedPage | None = None
    digest: str = ""
    """What tells the content of the latest revision from any other, empty where there is none."""
    waiting: int = 0
    """How many wait for this participant to let them in: an owner hears of them."""
    proposals_made: int = 0
    proposals_open: int = 0
    """How many proposals were made, and how many of them wait: whoever may change the plan hears of them."""
    copied_from: CopiedFrom | None = None
    """What the session was copied from, to try something out."""
    has_link: bool = False
    """Whether there is a link by which others may join."""

    @property
    def is_owner(self) -> bool:
        """Tell whether this participant decides who may do what."""
        return self.participant.role is Role.OWNER

    @property
    def may_change(self) -> bool:
        """Tell whether this participant may change the plan now."""
        return self.participant.role.may_change and not self.rules.is_locked

    @property
    def presents(self) -> bool:
        """Tell whether this participant presents."""
        return self.presenter == self.participant.id

    @property
    def sees_labour(self) -> bool:
        """Tell whether day rates, and all that they could be computed from, are shown."""
        return self.participant.role.may_change or not self.rules.hides_rates

    @property
    def stamp(self) -> str:
        """What changes when a page must be redrawn although the plan stays: role, name, rules, presenter, requests.

        Where a presenter looks is news to the others only.
        """
        view = None if self.presents else self.view
        me, asked = self.participant, (self.waiting, self.proposals_made, self.proposals_open)
        text = repr((me.role, me.name, self.rules, self.presenter, view, asked))
        return version_of(text)

    @property
    def sees_notes(self) -> bool:
        """Tell whether the notes are shown."""
        return self.participant.role.may_change or not self.rules.hides_notes


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat in its holder's list: when its session was used last, and whether its holder has archived it.

    `seen_at` is when its holder came or went last.
    """

    seat: Seat
    used_at: datetime
    is_archived: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A revision with a name."""

    name: str
    number: int
    participant: ParticipantId
    at: datetime
