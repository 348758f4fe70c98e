"""What was done, read as a person would: values that were overwritten, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome, ParticipantId
from zt_planner.workspace.sharing.record import Overwritten, decisions, overwritten

ME, OTHER, THIRD = ParticipantId("me"), ParticipantId("other"), ParticipantId("third")
BEGIN = datetime(2027, 1, 4, 9, tzinfo=UTC)


def event(
    number: int,
    who: ParticipantId,
    path: str,
    value: int,
    second: int,
    seen: int | None = None,
    **more: Any,  # noqa: ANN401
) -> Event:
    """Return the change of a field that was 0, at a second; it has seen everything before unless a test says less."""
    changes = (FieldChange(path, 0, value),) if path else ()
    based_on = number - 1 if seen is None else seen
    kind = more.get("kind", EventKind.CHANGE)
    return Event(number, who, BEGIN + timedelta(seconds=second), kind, changes, Outcome(), Outcome(), based_on)


MINE = event(1, ME, "company.sites", 5, 0)
LOST = Overwritten("company.sites", 5, 9, OTHER, 2)


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ((event(2, OTHER, "company.sites", 9, 1, seen=0),), (LOST,)),
        ((event(2, OTHER, "company.sites", 9, 500, seen=0),), (LOST,)),
        ((event(2, OTHER, "company.sites", 9, 30),), (LOST,)),
        ((event(2, OTHER, "company.sites", 9, 31),), ()),
        ((event(2, OTHER, "company.sites", 9, -500),), ()),
        ((event(2, OTHER, "company.sites", 5, 1, seen=0),), ()),
        ((event(2, OTHER, "company.apps", 9, 1, seen=0),), ()),
        ((event(2, OTHER, "company.sites", 9, 1, seen=0), event(3, ME, "company.sites", 5, 3)), ()),
        ((event(2, OTHER, "company.sites", 9, 1, seen=0), event(3, ME, "company.apps", 5, 3)), (LOST,)),
        ((event(2, OTHER, "company.sites", 9, 1, seen=0), event(3, THIRD, "company.sites", 4, 100)), ()),
        ((event(2, OTHER, "company.sites", 9, 1, seen=0), event(3, THIRD, "company.sites", 5, 2)), ()),
    ],
    ids=[
        "not seen",
        "not seen for long",
        "at the same moment",
        "seen and later",
        "seen, and the clock was set back",
        "the same value",
        "another field",
        "set again",
        "something else set",
        "gone on long after",
        "somebody restored mine",
    ],
)
def test_who_is_told_whose_value_stands(later: tuple[Event, ...], told: tuple[Overwritten, ...]) -> None:
    assert overwritten((MINE, *later), ME) == told


def test_the_later_one_is_told_nothing() -> None:
    assert overwritten((MINE, event(2, OTHER, "company.sites", 9, 1, seen=0)), OTHER) == ()


def test_a_slider_that_is_pulled_is_one_decision() -> None:
    pulled = [event(number, ME, "company.sites", number, number) for number in range(1, 6)]
    (found,) = decisions(pulled)
    assert (found.number, found.changes) == (5, (FieldChange("company.sites", 0, 5),))


def test_a_control_that_is_moved_several_times_within_a_minute_is_one_decision() -> None:
    moved = [event(number, ME, "company.sites", number, 50 * number) for number in range(1, 6)]
    (found,) = decisions(moved)
    assert (found.changes, found.overruled) == ((FieldChange("company.sites", 0, 5),), ())


def test_a_control_that_sets_two_fields_is_one_decision_whichever_of_them_it_moves() -> None:
    both = replace(MINE, changes=(FieldChange("company.sites", 0, 5), FieldChange("company.apps", 1, 2)))
    (found,) = decisions((both, event(2, ME, "company.sites", 7, 40)))
    assert found.changes == (FieldChange("company.sites", 0, 7), FieldChange("company.apps", 1, 2))


def test_a_conflict_is_one_decision_that_names_what_it_overrules() -> None:
    for theirs in (event(2, OTHER, "company.sites", 9, 1), event(2, OTHER, "company.sites", 9, 50, seen=0)):
        (found,) = decisions((MINE, theirs))
        assert (found.participant, found.changes) == (OTHER, (FieldChange("company.sites", 0, 9),))
        assert found.overruled == ((ME, FieldChange("company.sites", 0, 5)),)
        (again,) = decisions((MINE, theirs, event(3, ME, "company.sites", 6, 20)))
        assert (again.participant, again.overruled) == (ME, ((OTHER, FieldChange("company.sites", 0, 9)),))
    (alike,) = decisions((MINE, event(2, OTHER, "company.sites", 5, 1)))
    assert alike.overruled == ()


def test_a_state_that_was_saved_ends_a_decision() -> None:
    pulled = [event(number, ME, "company.sites", number, number) for number in range(1, 6)]
    found = decisions(pulled, saved={2, 3, 5})
    assert [(made.number, made.changes[0].after) for made in found] == [(2, 2), (3, 3), (5, 5)]


@pytest.mark.parametrize(
    "second",
    [
        event(2, OTHER, "company.sites", 9, 31),
        event(2, ME, "company.apps", 9, 1),
        event(2, ME, "company.sites", 9, 61),
        event(2, ME, "company.sites", 9, -500),
        event(2, ME, "company.sites", 9, 1, kind=EventKind.UNDO),
    ],
    ids=["somebody else", "another field", "later", "later, and the clock was set back", "an undo"],
)
def test_what_is_another_decision(second: Event) -> None:
    assert decisions((MINE, second)) == (MINE, second)


def test_a_variant_that_is_made_or_deleted_is_a_decision_of_its_own() -> None:
    made = replace(MINE, changes=(FieldChange("variants.B", None, "MDR"),))
    moved = event(2, ME, "variants.B.company.sites", 9, 1)
    gone = (FieldChange("variants.B", "MDR", None), FieldChange("variants.B.company.sites", 9, None))
    deleted = replace(event(3, ME, "", 0, 2), changes=gone)
    assert decisions((made, moved, deleted)) == (made, moved, deleted)


def test_a_row_that_ends_where_it_began_is_no_decision_but_a_baseline_is_one() -> None:
    baseline = event(3, ME, "", 0, 9, kind=EventKind.BASELINE)
    assert decisions((MINE, event(2, ME, "company.sites", 0, 1), baseline)) == (baseline,)
