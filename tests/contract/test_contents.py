"""Revisions are kept as differences, and read to the letter."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tests.contract.places import NOON, OWNER, SESSION, Place, append, begun, entry, number_of
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.errors import StoreError
from zt_planner.store.changes import Revision, StaleRevisionError, digest_of
from zt_planner.store.contents import WHOLE_EVERY, DamagedError, content_of, difference_of
from zt_planner.store.session_store import SessionStore
from zt_planner.store.tables import revisions
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import new_key

texts = st.text(st.characters(codec="utf-8"), max_size=200)


def plan_of(number: int) -> str:
    """Return a content of some length that differs from the others in a few signs."""
    return json.dumps({"people": number, "more": "ä👩" * 500}, ensure_ascii=False)


def stored(store: SessionStore) -> list[str]:
    """Return what the rows hold."""
    with store.database.reading() as connection:
        return list(connection.execute(select(revisions.c.content).order_by(revisions.c.number)).scalars())


@given(before=texts, after=texts)
def test_a_difference_makes_the_second_text_of_the_first(before: str, after: str) -> None:
    assert content_of(before, 2, 1, difference_of(before, after)) == after


@given(before=texts, start=texts, end=texts, difference=texts)
def test_any_text_is_read_as_a_difference_or_refused(before: str, start: str, end: str, difference: str) -> None:
    assert content_of(start + end, 2, 1, difference_of(start + end, start + before + end)) == start + before + end
    try:
        content_of(before, 2, 1, difference)
    except DamagedError:
        return
    json.loads(difference)  # what is no JSON is refused


@pytest.mark.parametrize("difference", ["", "{}", "[1,2]", '[-1,0,"x"]', '[9,0,"x"]', '[0,9,"x"]', '["a",0,"x"]', "7"])
def test_what_is_no_difference_is_refused(difference: str) -> None:
    with pytest.raises(DamagedError):
        content_of("before", 2, 1, difference)


@pytest.mark.extended
def test_every_revision_of_many_is_read_to_the_letter(place: Place) -> None:
    store = begun(place.open())
    last = 2 * WHOLE_EVERY + 10
    for number in range(2, last + 1):
        append(store, plan_of(number))
    again = place.open()
    assert again.history.latest(SESSION) == Revision(last, plan_of(last))
    for number in range(2, last + 1):
        assert again.history.revision(SESSION, number) == Revision(number, plan_of(number))
    assert sum(len(content) > 1000 for content in stored(again)) <= last / WHOLE_EVERY + 1


def test_the_last_before_a_restart_is_what_the_next_follows(place: Place) -> None:
    for number in range(2, 6):
        append(place.open() if number > 2 else begun(place.open()), plan_of(number))
    assert place.open().history.latest(SESSION) == Revision(5, plan_of(5))


@pytest.mark.extended
def test_a_step_of_a_slider_takes_a_part_of_what_a_plan_does(
    place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    store = place.open()
    workspace = Workspace(store, price_book, phase_model, lambda: today)
    state = workspace.open(new_key())
    for people in range(150, 161):
        state = workspace.change(state, {"company.employees": people})
    state = workspace.set_baseline(workspace.set_notes(state, "agreed"))
    whole, *steps, _notes, _baseline = stored(store)
    assert len(whole) > 1400
    assert max(map(len, steps)) < 20
    assert state.session is not None
    assert place.open().history.revision(state.session, 13) == Revision(13, state.content)
    assert workspace.restore(state, 5).scenario.company.employees == 154


@pytest.mark.parametrize("damage", [{"content": '[0,0,"x"]'}, {"content": "?"}, {"digest": "0" * 16}, {"whole": 4}])
def test_a_revision_that_is_not_as_it_was_written_is_reported_and_the_others_are_read(
    place: Place, damage: dict[str, object]
) -> None:
    store = place.open()
    begun(store)
    for number in range(2, 5):
        append(store, plan_of(number))
    its = (revisions.c.session == SESSION) & (revisions.c.number == 4)
    with store.database.writing() as connection:
        connection.execute(update(revisions).where(its).values(damage))
    with pytest.raises(StoreError, match="a saved state is damaged"):
        store.history.latest(SESSION)
    with pytest.raises(StoreError, match="a saved state is damaged"):
        append(store, "over it")
    assert store.history.revision(SESSION, 3) == Revision(3, plan_of(3))


def test_a_row_that_is_missing_is_noticed(place: Place) -> None:
    store = place.open()
    begun(store)
    for number in range(2, 5):
        append(store, plan_of(number))
    with store.database.writing() as connection:
        connection.execute(revisions.delete().where(revisions.c.number == 2))
        assert connection.execute(select(func.count()).select_from(revisions)).scalar() == 3
    with pytest.raises(StoreError, match="a saved state is damaged"):
        store.history.latest(SESSION)


def test_an_append_that_is_based_on_another_content_of_that_number_is_refused(store: SessionStore) -> None:
    append(store, "theirs")
    with pytest.raises(StaleRevisionError):
        store.history.append(OWNER, entry("mine", base=digest_of("what was there before")), based_on=2, now=NOON)
    assert store.history.latest(SESSION) == Revision(2, "theirs")
    assert store.history.append(OWNER, entry("mine", base=digest_of("theirs")), based_on=2, now=NOON).number == 3
    assert number_of(store) == 3


def test_a_store_says_what_a_revision_takes(store: SessionStore) -> None:
    sizes = [append(store, plan_of(number)).size for number in range(2, 6)]
    assert sizes[0] > 3000  # bytes, not signs
    assert all(100 < size < 500 for size in sizes[1:])
