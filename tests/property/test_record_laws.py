"""However the edits of two people mix: undo takes back one's own only, and the record tells the whole story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome, ParticipantId, Role
from zt_planner.errors import NothingToUndo
from zt_planner.resources import data_dir
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.sharing.record import decisions, overwritten

FIELDS = {"company.sites": (1, 2, 3), "company.apps": (7, 8), "timeline.target_months": (9, 10)}
edits = st.sampled_from([{path: value} for path, values in FIELDS.items() for value in values]) | st.just(
    {"company.sites": 3, "company.apps": 7}
)
steps = edits | st.sampled_from((EventKind.UNDO, EventKind.REDO))
mixed = st.lists(st.tuples(st.integers(0, 1), steps), max_size=14)
alone = st.lists(steps, max_size=10)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace for all examples; each has a session of its own."""
    store = SessionStore.in_file(tmp_path_factory.mktemp("laws") / "s.sqlite")
    return Workspace(store, load_price_book(data_dir()), load_phase_model(data_dir()), lambda: date(2026, 11, 6))


def done(workspace: Workspace, state: State, step: dict[str, int] | EventKind) -> State:
    """Return the state after a step; an undo or redo of nothing does nothing."""
    shown = workspace.open(state.key, state)
    if isinstance(step, dict):
        return workspace.change(shown, step)
    with suppress(NothingToUndo):
        return workspace.undo(shown) if step is EventKind.UNDO else workspace.redo(shown)
    return shown


def pair(workspace: Workspace) -> list[State]:
    """Return the pages of two people in a new session."""
    owner = workspace.change(workspace.open(new_key()), {"company.employees": 100})
    joined = workspace.people.join(workspace.people.renew_link(owner, Role.EDITOR))
    assert joined is not None
    return [owner, workspace.open(joined[0])]


def undos(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Yield each undo or redo with the event that it takes back."""
    by_number = {event.number: event for event in events}
    for event in events:
        if event.refers_to is not None:
            yield event, by_number[event.refers_to]


@given(moves=mixed)
def test_nobody_undoes_what_somebody_else_has_set(
    workspace: Workspace, moves: list[tuple[int, dict[str, int] | EventKind]]
) -> None:
    pages = pair(workspace)
    first = pages[0].values
    for who, step in moves:
        pages[who] = done(workspace, pages[who], step)
    latest = workspace.open(pages[0].key)
    events = workspace.events(latest)
    for back, taken in undos(events):
        assert back.participant == taken.participant
        between = [event for event in events if taken.number < event.number < back.number]
        theirs = {change.path for event in between if event.participant != back.participant for change in event.changes}
        turned = {(change.path, change.after, change.before) for change in taken.changes}
        for change in back.changes:
            assert change.path not in theirs
            assert (change.path, change.before, change.after) in turned
    values = dict(first)
    for event in events[1:]:
        for change in event.changes:
            assert values[change.path] == change.before
            values[change.path] = change.after
    assert values == latest.values
    assert [event.number for event in events] == list(range(1, latest.number + 1))


@given(moves=alone)
def test_who_is_alone_undoes_everything_and_brings_it_again(
    workspace: Workspace, moves: list[dict[str, int] | EventKind]
) -> None:
    first = workspace.open(new_key())
    state = workspace.change(first, {"company.employees": 100})
    for step in moves:
        state = done(workspace, state, step)
    last, undone = state, 0
    with suppress(NothingToUndo):
        for undone in range(1, 100):  # noqa: B007 - how often is what counts
            before = workspace.undo(state)
            assert workspace.redo(before).scenario == state.scenario
            state = workspace.undo(workspace.open(state.key))
            assert state.scenario == before.scenario
    assert state.scenario == first.scenario
    for _ in range(undone - 1):
        state = workspace.redo(state)
    assert state.scenario == last.scenario


ME, OTHER = ParticipantId("me"), ParticipantId("other")
BEGIN = datetime(2027, 1, 4, 9, tzinfo=UTC)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Event, ...]:
    """Draw events of two people over three fields, whose figures follow from the fields."""
    values, at, events = dict.fromkeys("abc", 0), BEGIN, []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        before = dict(values)
        chosen = draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1, max_size=2))
        values |= chosen
        at += timedelta(seconds=draw(st.sampled_from((1, 10, 31, 100))))
        events.append(
            Event(
                number=number,
                participant=draw(st.sampled_from((ME, OTHER))),
                at=at,
                kind=draw(st.sampled_from((EventKind.CHANGE, EventKind.CHANGE, EventKind.UNDO, EventKind.LOAD))),
                changes=tuple(FieldChange(path, before[path], values[path]) for path in chosen),
                before=Outcome(Decimal(sum(before.values()))),
                after=Outcome(Decimal(sum(values.values()))),
                based_on=draw(st.integers(0, number - 1)),
            )
        )
    return tuple(events)


def amount(outcome: Outcome) -> Decimal:
    """Return a figure that is there."""
    assert outcome.introduction_budget is not None
    return outcome.introduction_budget


@given(events=stories())
def test_the_effects_of_all_decisions_add_up(events: tuple[Event, ...]) -> None:
    effects = sum(amount(found.after) - amount(found.before) for found in decisions(events))
    assert effects == amount(events[-1].after) - amount(events[0].before)


@given(events=stories())
def test_who_is_told_of_a_value_did_not_set_it_again(events: tuple[Event, ...]) -> None:
    for lost in overwritten(events, ME):
        mine = max(event.number for event in events if event.participant == ME and lost.path in dict(ends(event)))
        theirs = [event for event in events if event.participant == OTHER and lost.path in dict(ends(event))]
        assert lost.number in {event.number for event in theirs if event.number > mine}
        assert lost.theirs == dict(ends(theirs[-1]))[lost.path] != lost.mine


def ends(event: Event) -> Iterator[tuple[str, object]]:
    return ((change.path, change.after) for change in event.changes)
