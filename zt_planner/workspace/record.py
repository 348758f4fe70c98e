"""What was done in a session, read as a person would: undo, redo, overwritten values, decisions.

Pure functions over events. Laws: undo takes back the participant's own latest
change that still stands, field by field, and leaves what others have changed
since; the effects of all decisions add up to the difference of the last and
the first outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from zt_planner.domain.session import Event, EventKind, FieldChange, ParticipantId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

TAKEN_BACK = frozenset({EventKind.CHANGE, EventKind.LOAD, EventKind.RESTORE})
"""What can be undone."""
ONE_GO = timedelta(seconds=30)
"""Changes of the same fields by the same person within this time are one decision."""
CROSSED = timedelta(seconds=30)
"""Whoever changes a field so soon after somebody else may not have seen it."""


def stacks(events: Sequence[Event], me: ParticipantId) -> tuple[list[Event], list[Event]]:
    """Return what a participant can undo and redo, the next one last."""
    undo: list[Event] = []
    redo: list[Event] = []
    for event in events:
        if event.participant != me:
            continue
        if event.kind in TAKEN_BACK:
            undo.append(event)
            redo.clear()
        elif event.kind is EventKind.UNDO:
            redo += [found for found in undo if found.number == event.refers_to]
            undo = [found for found in undo if found.number != event.refers_to]
        elif event.kind is EventKind.REDO:
            undo += [found for found in redo if found.number == event.refers_to]
            redo = [found for found in redo if found.number != event.refers_to]
    return undo, redo


def taken_back(event: Event, now: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the values that undo an event, of the fields that still hold what it set."""
    return {change.path: change.before for change in event.changes if now.get(change.path) == change.after}


def brought_again(event: Event, now: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the values that redo an event, of the fields that still hold what was there before it."""
    return {change.path: change.after for change in event.changes if now.get(change.path) == change.before}


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A field that I set and somebody else set right after, without having seen mine: theirs stands."""

    path: str
    mine: JsonValue
    theirs: JsonValue
    by: ParticipantId
    number: int


def overwritten(events: Sequence[Event], me: ParticipantId) -> tuple[Overwritten, ...]:
    """Return my values that others have set anew at the same time, and that I have not set again."""
    mine: dict[str, tuple[Event, FieldChange]] = {}
    lost: dict[str, Overwritten] = {}
    for event in events:
        for change in event.changes:
            if event.participant == me:
                mine[change.path] = event, change
                lost.pop(change.path, None)
            elif change.path in mine:
                own, set_to = mine[change.path]
                crossed = event.based_on < own.number or event.at - own.at <= CROSSED
                if crossed and set_to.after != change.after:
                    lost[change.path] = Overwritten(
                        change.path, set_to.after, change.after, event.participant, event.number
                    )
                else:
                    lost.pop(change.path, None)
    return tuple(lost.values())


def decisions(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return events in order, a row of the same person's changes of the same fields gathered into one.

    An undo is a decision like any other; a row that ends where it began is none.
    """
    gathered: list[Event] = []
    for event in events:
        last = gathered[-1] if gathered else None
        if last is not None and _continues(last, event):
            gathered[-1] = _joined(last, event)
        else:
            gathered.append(event)
    return tuple(event for event in gathered if event.changes or event.kind is EventKind.BASELINE)


def _continues(last: Event, event: Event) -> bool:
    """Tell whether an event goes on with the last one: the same person, the same fields, in one go."""
    return (
        last.kind is event.kind is EventKind.CHANGE
        and last.participant == event.participant
        and event.at - last.at <= ONE_GO
        and {change.path for change in last.changes} == {change.path for change in event.changes}
    )


def _joined(first: Event, last: Event) -> Event:
    """Return two events as one: from what was before the first to what is after the last."""
    ends = {change.path: change.after for change in last.changes}
    changes = tuple(
        FieldChange(change.path, change.before, ends[change.path])
        for change in first.changes
        if change.before != ends[change.path]
    )
    return replace(last, changes=changes, before=first.before)
