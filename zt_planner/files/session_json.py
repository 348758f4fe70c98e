"""A planning session as one JSON file: the plan, the notes, who did what, the named states.

Holds no key, no link, nor what either could be found by. Laws: a participant's file
holds only what that participant may see: without notes, day rates and what is
reckoned from them where these are hidden, and without a trace of when or by whom
these were changed: what is left is numbered again; equal sessions give equal bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.files.imports.kinds import SESSION_KEYS
from zt_planner.files.json_text import json_bytes, json_from
from zt_planner.files.scenario_json import scenario_in
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.record.session import visibility_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.domain.session import Event, Outcome, Participant, Seat, Snapshot

FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptSession:
    """What a session comes to, whoever looks at it."""

    scenario: Scenario
    variants: Mapping[str, tuple[str, Scenario]]
    """The name and the scenario of every variant, by its letter."""
    notes: str
    people: Sequence[Participant]
    events: Sequence[Event]
    snapshots: Sequence[Snapshot]


def scenario_of_session(content: bytes, file: str) -> Scenario | None:
    """Return the plan of a session that was saved as a file; None where it is another file, or none."""
    if not content.lstrip().startswith(b"{"):
        return None
    data = json_from(content, file)
    if not isinstance(data, dict) or not data.keys() >= SESSION_KEYS:
        return None
    return scenario_in(data.get("scenario"), file)


def session_bytes(kept: KeptSession, seat: Seat) -> bytes:
    """Return a session as a participant may see it; participants are numbered in the order of joining."""
    numbers = {person.id: number for number, person in enumerate(kept.people, 1)}
    events = seen_events(kept.events, visibility_of(seat))
    revisions = [event.number for event in events]
    data: dict[str, Any] = {
        "format": FORMAT,
        "scenario": _scenario(kept.scenario, seat),
        "variants": {
            letter: {"name": name, "scenario": _scenario(scenario, seat)}
            for letter, (name, scenario) in kept.variants.items()
        },
        "participants": [
            {
                "number": numbers[person.id],
                "name": person.name,
                "role": str(person.role),
                "joined_at": person.joined_at.isoformat(),
            }
            for person in kept.people
        ],
        "events": [
            {"revision": number, "participant": numbers.get(event.participant), **_event(event, seat)}
            for number, event in enumerate(events, 1)
        ],
        "snapshots": [
            {
                "name": snapshot.name,
                "revision": bisect_right(revisions, snapshot.number),
                "participant": numbers.get(snapshot.participant),
                "at": snapshot.at.isoformat(),
            }
            for snapshot in kept.snapshots
        ],
    }
    return json_bytes(data | {"notes": kept.notes} if seat.sees_notes else data)


def _scenario(scenario: Scenario, seat: Seat) -> dict[str, Any]:
    """Return a scenario as a participant may see it."""
    return (scenario if seat.sees_labour else scenario.without_rates()).model_dump(mode="json")


def _event(event: Event, seat: Seat) -> dict[str, Any]:
    """Return an event that a participant may see."""
    return {
        "at": event.at.isoformat(),
        "kind": str(event.kind),
        "changes": [{"field": each.path, "before": each.before, "after": each.after} for each in event.changes],
        "before": _outcome(event.before, seat),
        "after": _outcome(event.after, seat),
    }


def _outcome(outcome: Outcome, seat: Seat) -> dict[str, str | None]:
    """Return what a plan came to; its part without labour where labour is not shown."""
    shown = {"introduction_without_labour": outcome.without_labour}
    if seat.sees_labour:
        shown = {"introduction_budget": outcome.introduction_budget, **shown}
    amounts = {name: None if amount is None else str(amount) for name, amount in shown.items()}
    return {**amounts, "finish_date": None if outcome.finish_date is None else outcome.finish_date.isoformat()}
