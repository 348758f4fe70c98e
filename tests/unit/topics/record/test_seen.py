"""What a reader may see of events: the same, whether something hidden was changed or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.records import ANNA, BERND, event, outcome
from zt_planner.domain.session import Event, EventKind, FieldChange
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.seen import last_touched, latest_seen, seen_events

PEOPLE = FieldChange("company.employees", 120, 180)
IN_VARIANT = replace(PEOPLE, path="variants.B.company.employees")
RATE = FieldChange("labour.external_day_rate", "1150.00", "1250.00")
NOTES = FieldChange("notes", "", "what was said")
MARK = FieldChange("variants.B.mark", None, "0123abcd")
VIEWER = Visibility(labour=False, notes=False)


def events(*parts: tuple[EventKind, tuple[FieldChange, ...]]) -> list[Event]:
    """Return events of these kinds and changes, numbered from 1."""
    return [
        event(number, outcome(1), outcome(2), changes, kind=kind) for number, (kind, changes) in enumerate(parts, 1)
    ]


def seen(*parts: tuple[EventKind, tuple[FieldChange, ...]], visibility: Visibility = VIEWER) -> list[tuple[str, ...]]:
    """Return the kind and the fields of each event that a reader sees."""
    found = seen_events(events(*parts), visibility)
    return [(each.kind, *(change.path for change in each.changes)) for each in found]


visible = some.sampled_from(
    [
        *((EventKind.CHANGE, (change,)) for change in (PEOPLE, IN_VARIANT)),
        (EventKind.CHANGE, (PEOPLE, RATE)),
        (EventKind.LOAD, (PEOPLE,)),
        (EventKind.UNDO, (PEOPLE,)),
    ]
)
hidden = some.tuples(
    some.sampled_from([EventKind.CHANGE, EventKind.UNDO, EventKind.REDO]),
    some.sampled_from([(RATE,), (NOTES,), (RATE, NOTES), (replace(RATE, path=f"variants.B.{RATE.path}"),)]),
)


@given(parts=some.lists(some.tuples(some.lists(hidden, max_size=2), visible), max_size=8), last=hidden)
def test_a_hidden_change_leaves_no_trace(
    parts: list[tuple[list[tuple[EventKind, tuple[FieldChange, ...]]], tuple[EventKind, tuple[FieldChange, ...]]]],
    last: tuple[EventKind, tuple[FieldChange, ...]],
) -> None:
    without = [part for _, part in parts]
    with_hidden = [each for before, part in parts for each in (*before, part)]
    assert seen(*with_hidden, last) == seen(*without)
    assert latest_seen(events(*with_hidden, last), VIEWER) == len(without)


BASELINE = (EventKind.BASELINE, tuple[FieldChange, ...]())


@pytest.mark.parametrize(
    ("before", "is_seen"),
    [
        ([(EventKind.CHANGE, (PEOPLE,))], True),
        ([(EventKind.CHANGE, (IN_VARIANT,))], False),
        ([(EventKind.CHANGE, (RATE,))], False),
        ([(EventKind.CHANGE, (PEOPLE,)), BASELINE, (EventKind.CHANGE, (RATE,))], False),
        ([(EventKind.LOAD, (PEOPLE,)), (EventKind.CHANGE, (RATE,))], False),
        ([(EventKind.LOAD, (PEOPLE,)), (EventKind.UNDO, (PEOPLE,))], True),
    ],
)
def test_a_baseline_is_seen_where_something_that_is_seen_has_changed_since_the_last_one(
    before: list[tuple[EventKind, tuple[FieldChange, ...]]],
    is_seen: bool,  # noqa: FBT001 - a case's expectation
) -> None:
    count = sum(kind is EventKind.BASELINE for kind, _ in before)
    found = [kind for kind, *_ in seen(*before, BASELINE)]
    assert found.count(EventKind.BASELINE) == count + is_seen
    everything = [kind for kind, *_ in seen(*before, BASELINE, visibility=Visibility())]
    assert everything.count(EventKind.BASELINE) == count + 1


def test_whoever_sees_all_is_given_all_but_marks() -> None:
    made = (EventKind.CHANGE, (PEOPLE, RATE, NOTES, MARK))
    assert seen(made, visibility=Visibility()) == [(EventKind.CHANGE, PEOPLE.path, RATE.path, NOTES.path)]
    assert latest_seen(events(made, made), Visibility()) == 2
    assert latest_seen([], Visibility()) == 0


def test_what_somebody_touched_last_is_the_last_that_is_seen() -> None:
    done = [
        event(1, outcome(1), outcome(1), [PEOPLE], participant=ANNA),
        event(2, outcome(1), outcome(1), [IN_VARIANT], participant=BERND),
        event(3, outcome(1), outcome(1), [RATE, NOTES], participant=ANNA),
    ]
    assert last_touched(seen_events(done, VIEWER)) == {ANNA: PEOPLE.path, BERND: IN_VARIANT.path}
    assert last_touched(seen_events(done, Visibility())) == {ANNA: RATE.path, BERND: IN_VARIANT.path}
