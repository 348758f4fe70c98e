"""A session's parts as the tables hold them, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from zt_planner.domain.session import (
    AccountId,
    CopiedFrom,
    Event,
    EventKind,
    FieldChange,
    HeldSeat,
    Outcome,
    Participant,
    ParticipantId,
    PresentedPage,
    Proposal,
    ProposalEnd,
    Role,
    Rules,
    Seat,
    SessionId,
    Snapshot,
)
from zt_planner.store.changes import NewRevision
from zt_planner.store.contents import Kept

_CHANGES = TypeAdapter(tuple[FieldChange, ...])
_OUTCOME = TypeAdapter(Outcome)
_RULES = TypeAdapter(Rules)
_VIEW = TypeAdapter(PresentedPage)

BYTES_OF_A_NUMBER = 8

READ: dict[tuple[str, str], Callable[[str], object]] = {
    ("sessions", "rules"): _RULES.validate_json,
    ("sessions", "view"): _VIEW.validate_json,
    ("participants", "role"): Role,
    ("links", "role"): Role,
    ("revisions", "kind"): EventKind,
    ("revisions", "changes"): _CHANGES.validate_json,
    ("revisions", "before"): _OUTCOME.validate_json,
    ("revisions", "after"): _OUTCOME.validate_json,
    ("proposals", "changes"): _CHANGES.validate_json,
    ("proposals", "end"): ProposalEnd,
}
"""How the texts of columns are parsed, by table and name; each raises ValueError for a text that does not belong there.

Plans are not read by the store: `revisions.content` is not parsed.
"""


def rules_json(rules: Rules) -> str:
    return _RULES.dump_json(rules).decode()


def rules_of(text: str) -> Rules:
    return _RULES.validate_json(text)


def view_json(view: PresentedPage | None) -> str | None:
    return None if view is None else _VIEW.dump_json(view).decode()


def entry_values(
    entry: NewRevision, kept: Kept, session: SessionId, number: int, participant: ParticipantId, at: datetime
) -> dict[str, object]:
    return {
        **kept._asdict(),
        "session": session,
        "number": number,
        "participant": participant,
        "saved_at": at,
        "kind": entry.kind,
        "changes": _CHANGES.dump_json(entry.changes).decode(),
        "before": _OUTCOME.dump_json(entry.before).decode(),
        "after": _OUTCOME.dump_json(entry.after).decode(),
        "seen": entry.seen,
        "refers_to": entry.refers_to,
    }


def stored_bytes(values: Mapping[str, object]) -> int:
    """Return how many bytes a revision takes in the store, about."""
    return sum(len(value.encode()) if isinstance(value, str) else BYTES_OF_A_NUMBER for value in values.values())


def participant_values(participant: Participant) -> dict[str, object]:
    """Return the columns of a participant, except for the key and the link."""
    return {
        "id": participant.id,
        "session": participant.session,
        "role": participant.role,
        "name": participant.name,
        "colour": participant.colour,
        "joined_at": participant.joined_at,
        "account": participant.account,
    }


def event_of(row: Any) -> Event:  # noqa: ANN401 - SQLAlchemy's rows have the columns that were asked for
    return Event(
        number=row.number,
        participant=ParticipantId(row.participant),
        at=row.saved_at,
        kind=EventKind(row.kind),
        changes=_CHANGES.validate_json(row.changes),
        before=_OUTCOME.validate_json(row.before),
        after=_OUTCOME.validate_json(row.after),
        based_on=row.seen,
        refers_to=row.refers_to,
    )


def participant_of(row: Any) -> Participant:  # noqa: ANN401 - as above
    return Participant(
        id=ParticipantId(row.id),
        session=SessionId(row.session),
        role=Role(row.role),
        name=row.name,
        colour=row.colour,
        joined_at=row.joined_at,
        has_seat=row.key is not None,
        account=None if row.account is None else AccountId(row.account),
        waits=row.waiting_key is not None,
        left_at=row.left_at,
    )


def seat_of(row: Any) -> Seat:  # noqa: ANN401 - as above
    """Read a seat from a participant's row joined with the session's."""
    may_change = Role(row.role).may_change
    return Seat(
        participant=participant_of(row),
        rules=rules_of(row.rules),
        number=row.latest or 0,
        presenter=None if row.presenter is None else ParticipantId(row.presenter),
        view=None if row.view is None else _VIEW.validate_json(row.view),
        digest=row.digest or "",
        waiting=row.waiting if row.role == Role.OWNER else 0,
        proposals_made=row.proposals_made if may_change else 0,
        proposals_open=row.proposals_open if may_change else 0,
        copied_from=None if row.source is None else CopiedFrom(ParticipantId(row.source), row.mark),
        has_link=bool(row.has_link),
    )


def held_seat_of(row: Any) -> HeldSeat:  # noqa: ANN401 - as above
    """Read a held seat from the row of a seat with the times when its session was used and saved."""
    used_at = max(row.used_at, row.saved_at or row.used_at)
    return HeldSeat(seat_of(row), used_at, row.archived_at is not None, row.seen_at or row.joined_at)


def snapshot_values(snapshot: Snapshot, session: SessionId) -> dict[str, object]:
    return {
        "session": session,
        "name": snapshot.name,
        "number": snapshot.number,
        "participant": snapshot.participant,
        "made_at": snapshot.at,
    }


def snapshot_of(row: Any) -> Snapshot:  # noqa: ANN401 - as above
    return Snapshot(name=row.name, number=row.number, participant=ParticipantId(row.participant), at=row.made_at)


def proposal_values(proposal: Proposal, session: SessionId) -> dict[str, object]:
    return {
        "session": session,
        "number": proposal.number,
        "participant": proposal.participant,
        "made_at": proposal.at,
        "mark": proposal.mark,
        "changes": _CHANGES.dump_json(proposal.changes).decode(),
    }


def proposal_of(row: Any) -> Proposal:  # noqa: ANN401 - as above
    return Proposal(
        number=row.number,
        participant=ParticipantId(row.participant),
        at=row.made_at,
        mark=row.mark,
        changes=_CHANGES.validate_json(row.changes),
        end=None if row.end is None else ProposalEnd(row.end),
        ended_by=None if row.ended_by is None else ParticipantId(row.ended_by),
        ended_at=row.ended_at,
    )
