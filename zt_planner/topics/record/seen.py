"""The events of a session as one of its readers may see them.

Law: a reader is given the same whether what is hidden from them was changed or not: no event, no gap between two, no
figure, and no baseline that was set again as only hidden fields had changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.approved import Approved, Forecast
from zt_planner.domain.scenario.fields import APPROVED, FORECASTS, KEPT_BOOK
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.domain.session import Event, EventKind, FieldChange, ParticipantId
from zt_planner.domain.variants import PLAN, is_mark, split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import JsonValue

    from zt_planner.topics.inputs.fields import Visibility


def seen_events(events: Iterable[Event], visibility: Visibility) -> tuple[Event, ...]:
    """Return what a reader may see of events, with the numbers that they have."""
    found = []
    is_baseline = not visibility.labour
    for event in events:
        seen = replace(event, changes=seen_changes(event, visibility))
        if (event.changes and not seen.changes) or (event.kind is EventKind.BASELINE and is_baseline):
            continue
        if seen.letter == PLAN:
            is_baseline = not visibility.labour and event.kind in {EventKind.BASELINE, EventKind.LOAD}
        found.append(seen)
    return tuple(found)


def seen_changes(event: Event, visibility: Visibility) -> tuple[FieldChange, ...]:
    """Return what a reader may see of what an event changed; nobody reads a mark."""
    found = (FieldChange(change.path, *_values(change, visibility)) for change in event.changes)
    seen = (change for change in found if visibility.sees(change.path) and not is_mark(change.path))
    return tuple(change for change in seen if visibility.labour or change.before != change.after)


def _values(change: FieldChange, visibility: Visibility) -> tuple[JsonValue, JsonValue]:
    if visibility.labour:
        return change.before, change.after
    return _without_labour(change.path, change.before), _without_labour(change.path, change.after)


def _without_labour(path: str, value: JsonValue) -> JsonValue:
    """Return a field's value: of a price book, a plan or a forecast without what day rates are in."""
    field = split_path(path)[1]
    if not isinstance(value, dict):
        return value
    if field == KEPT_BOOK:
        return KeptBook.model_validate(value).without(DAY_RATES).model_dump(mode="json")
    if field == APPROVED:
        status = Scenario(status=Status(approved=Approved.model_validate(value))).without_rates().status
        return None if status.approved is None else status.approved.model_dump(mode="json")
    if field.startswith(FORECASTS):
        return Forecast.model_validate(value).without_amounts().model_dump(mode="json")
    return value


def latest_seen(events: Sequence[Event], visibility: Visibility) -> int:
    """Return the number of the latest revision; of a reader who may not see all, of how many they see something."""
    if visibility.labour and visibility.notes:
        return events[-1].number if events else 0
    return len(seen_events(events, visibility))


def last_touched(events: Iterable[Event]) -> dict[ParticipantId, str]:
    """Return the path of the field that each participant changed last, of events as a reader sees them."""
    return {event.participant: event.changes[0].path for event in events if event.changes}
