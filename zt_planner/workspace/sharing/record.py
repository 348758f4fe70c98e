"""The events of a session as a person sees them: undo, redo, overwritten values, decisions.

Pure functions over events. Laws: undo reverts the participant's own latest change
that is still in effect, field by field, and never touches a field that others have
set since; redo reverts an undo, by the same rule; the effects of all decisions add
up to the difference of the last and the first outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import JsonValue

from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.session import Event, EventKind, FieldChange, ParticipantId
from zt_planner.domain.variants import NAME_OF_PLAN, is_mark, split_path, variant_path
from zt_planner.workspace.sharing.notes import has_all_lines

TAKEN_BACK = frozenset({EventKind.CHANGE, EventKind.LOAD, EventKind.RESTORE})
"""What can be undone."""
ONE_GO, ONE_CONTROL = timedelta(minutes=1), 3
"""Changes of one control, which sets so many fields at most, by the same person within this time are one decision;
events come in the order of their numbers, whatever a clock that was set back says."""
MOST_NOTES = 20
"""Changes of the notes that somebody who writes may not have seen yet."""
CROSSED = timedelta(seconds=30)
"""Somebody who changes a field so soon after another may not have seen that change."""


def stacks(events: Iterable[Event], me: ParticipantId) -> tuple[list[Event], list[Event]]:
    """Return the events that a participant can undo, and the undos that they can redo; the next one last."""
    undo: list[Event] = []
    redo: list[Event] = []
    for event in events:
        if event.participant != me:
            continue
        if event.kind in TAKEN_BACK:
            undo.append(event)
            redo.clear()
        elif event.kind is EventKind.UNDO:
            undo = _without(undo, event.refers_to)
            redo.append(event)
        elif event.kind is EventKind.REDO:
            redo = _without(redo, event.refers_to)
            undo.append(event)
    return undo, redo


def _without(events: Iterable[Event], number: int | None) -> list[Event]:
    return [event for event in events if event.number != number]


def set_by_others(events: Iterable[Event], me: ParticipantId) -> dict[str, int]:
    """Return the fields that others have set, each with the last revision in which they did."""
    return {change.path: event.number for event in events if event.participant != me for change in event.changes}


def notes_of_others(events: Sequence[Event], me: ParticipantId | None) -> list[tuple[str, str]]:
    """Return others' recent changes of the notes, before and after, the latest first."""
    made = [event for event in events if event.participant != me]
    changes = [
        (str(change.before), str(change.after)) for event in made for change in event.changes if change.path == NOTES
    ]
    return changes[: -MOST_NOTES - 1 : -1]


def reverted_values(event: Event, others: Mapping[str, int], now: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the values that revert an event: only for fields that others have not set since.

    `now` holds the values of all fields. A new variant stays, with its first values, if others have set something in
    it; a deleted one comes back whole.
    """
    made = {split_path(change.path)[0] for change in event.changes if is_made(change)}
    gone = {split_path(change.path)[0] for change in event.changes if is_deleted(change)}
    comes_back = {letter for letter in gone if variant_path(letter) not in now}
    stays = {letter for letter in made if last_in(letter, others) > event.number} | (gone - comes_back)
    values = {
        change.path: change.before
        for change in event.changes
        for letter in (split_path(change.path)[0],)
        if letter not in stays
        and (letter in comes_back or now.get(change.path) == change.after)
        and (letter in comes_back or others.get(change.path, 0) < event.number)
    }
    return {} if all(map(is_mark, values)) else values


def is_made(change: FieldChange) -> bool:
    """Tell whether a change makes a variant."""
    return change.before is None and split_path(change.path)[1] == "" and change.path != NAME_OF_PLAN


def is_deleted(change: FieldChange) -> bool:
    """Tell whether a change deletes a variant."""
    return change.after is None and split_path(change.path)[1] == "" and change.path != NAME_OF_PLAN


def last_in(letter: str, numbers: Mapping[str, int]) -> int:
    """Return the last revision that set something in a variant, given that of each field; 0 for none."""
    return max((number for path, number in numbers.items() if split_path(path)[0] == letter), default=0)


def next_reverted(
    events: Sequence[Event], me: ParticipantId, kind: EventKind, now: Mapping[str, JsonValue]
) -> Event | None:
    """Return the event that a participant's next undo or redo reverts, None if there is none."""
    undo, redo = stacks(events, me)
    others = set_by_others(events, me)
    stack = reversed(undo if kind is EventKind.UNDO else redo)
    return next((event for event in stack if reverted_values(event, others, now)), None)


def has_been_set_by_others(events: Sequence[Event], me: ParticipantId, kind: EventKind) -> bool:
    """Tell whether others have since set a field that an undo or a redo of a participant would set."""
    undo, redo = stacks(events, me)
    others = set_by_others(events, me)
    return any(
        (last_in(split_path(change.path)[0], others) if is_made(change) else others.get(change.path, 0)) > event.number
        for event in (undo if kind is EventKind.UNDO else redo)
        for change in event.changes
    )


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A field that somebody else set right after me, without having seen my value; theirs applies."""

    path: str
    mine: JsonValue
    theirs: JsonValue
    by: ParticipantId
    number: int


def overwritten(events: Sequence[Event], me: ParticipantId) -> tuple[Overwritten, ...]:
    """Return my values that others overwrote at nearly the same time, and that I have not set again."""
    mine: dict[str, tuple[Event, FieldChange]] = {}
    lost: dict[str, Overwritten] = {}
    for event in events:
        for change in event.changes:
            if event.participant == me:
                mine[change.path] = event, change
                lost.pop(change.path, None)
            elif change.path in mine:
                own, set_to = mine[change.path]
                crossed = event.based_on < own.number or abs(event.at - own.at) <= CROSSED
                is_merged = change.path == NOTES and has_all_lines(str(change.after), str(set_to.after))
                if crossed and set_to.after != change.after and not is_merged:
                    lost[change.path] = Overwritten(
                        change.path, set_to.after, change.after, event.participant, event.number
                    )
                else:
                    lost.pop(change.path, None)
    return tuple(lost.values())


def decisions(events: Sequence[Event], saved: Collection[int] = ()) -> tuple[Event, ...]:
    """Return events in order, consecutive changes of the same fields by the same person as one, and so a conflict.

    A row ends at a revision that was `saved` under a name, so that the record leads there. An undo is a decision like
    any other; a row that ends where it began is none.
    """
    gathered: list[Event] = []
    for event in events:
        last = gathered[-1] if gathered else None
        if last is not None and last.number not in saved and _continues(last, event):
            gathered[-1] = _joined(last, event)
        else:
            gathered.append(event)
    return tuple(event for event in gathered if event.changes or event.kind is EventKind.BASELINE)


def _continues(last: Event, event: Event) -> bool:
    """Tell whether an event continues the last one: by the same control, of the same person or at the same time."""
    if not last.kind is event.kind is EventKind.CHANGE or abs(event.at - last.at) >= ONE_GO:
        return False
    if any(is_made(change) or is_deleted(change) for each in (last, event) for change in each.changes):
        return False  # no control makes a variant or deletes it: what was decided in it before stays a line
    before, after = ({change.path for change in each.changes} for each in (last, event))
    if last.participant != event.participant:
        return before == after and (event.based_on < last.number or abs(event.at - last.at) <= CROSSED)
    return before == after or (max(len(before), len(after)) <= ONE_CONTROL and (before <= after or after <= before))


def _joined(first: Event, last: Event) -> Event:
    """Return two events as one: from what was before the first to what is after the last, and what that overruled."""
    ends = {change.path: change.after for change in (*first.changes, *last.changes)}
    befores = {change.path: change.before for change in (*last.changes, *first.changes)}
    changes = tuple(FieldChange(path, befores[path], ends[path]) for path in ends if befores[path] != ends[path])
    others = (*first.overruled, *((first.participant, change) for change in first.changes))
    overruled = {
        (person, change.path): (person, change)
        for person, change in others
        if person != last.participant and change.after != ends[change.path]
    }
    return replace(last, changes=changes, before=first.before, overruled=tuple(overruled.values()))
