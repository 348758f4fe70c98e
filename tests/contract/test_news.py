"""News is sent for what was committed, and for nothing else, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue

import pytest

from tests.contract.places import (
    DAY,
    NOON,
    OTHER,
    OWNER,
    SESSION,
    Place,
    append,
    begun,
    entry,
    expire,
    joined,
    key,
    person,
)
from zt_planner.domain.session import ParticipantId, PresentedPage, Role, Snapshot
from zt_planner.errors import StoreError
from zt_planner.store.changes import StaleRevisionError, WriteRefused
from zt_planner.store.news.news import News
from zt_planner.store.news.postgres import ANYTHING
from zt_planner.store.session_store import SessionStore

SECONDS = 30
GUEST = ParticipantId("guest")
PEOPLE = News(SESSION, "people")
END = News(SESSION, "people", 0, "the end")
"""Sent at the end of a test, so that none waits for news that never comes."""


class Ear:
    """Hears what a store says."""

    def __init__(self, store: SessionStore) -> None:
        """Listen; a store that hears a server first says that anything may have changed."""
        self.store = store
        self.heard: Queue[News] = Queue()
        store.messenger.listen(self.heard.put)
        if store.database.file is None:
            assert self.heard.get(timeout=SECONDS) == ANYTHING

    def news(self) -> list[News]:
        """Return all that was said so far."""
        with self.store.database.writing() as connection:
            self.store.messenger.within(connection, END)
        self.store.messenger.after(END)
        found = []
        while (news := self.heard.get(timeout=SECONDS)) != END:
            found.append(news)
        return found


ACTS: dict[str, tuple[Callable[[SessionStore], object], News]] = {
    "append": (
        lambda store: store.history.append(OWNER, entry(), based_on=1, now=NOON, origin="my page"),
        News(SESSION, "plan", 2, "my page"),
    ),
    "rules": (lambda store: store.sessions.set_rules(SESSION, is_locked=True, by=OWNER), PEOPLE),
    "present": (lambda store: store.sessions.present(SESSION, PresentedPage("budget"), by=OWNER), PEOPLE),
    "rename": (lambda store: store.seats.rename(OWNER, "Zoë"), PEOPLE),
    "role": (lambda store: store.seats.set_role(GUEST, Role.VIEWER, by=OWNER), PEOPLE),
    "remove": (lambda store: store.seats.remove(GUEST, by=OWNER), PEOPLE),
    "link": (lambda store: store.seats.set_link(SESSION, Role.VIEWER, key("new"), NOON, by=OWNER), PEOPLE),
    "join": (lambda store: joined(store, "another", Role.EDITOR), PEOPLE),
    "snapshot": (lambda store: store.history.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON)), PEOPLE),
    "forget": (lambda store: store.history.forget_snapshot(SESSION, "first", by=OWNER), PEOPLE),
    "announce": (lambda store: store.presence.announce("process", [(SESSION, OWNER)], NOON), PEOPLE),
    "delete": (lambda store: store.sessions.delete(SESSION, by=OWNER), News(SESSION, "gone")),
    "expire": (lambda store: expire(store, NOON + 100 * DAY), News(SESSION, "gone")),
}
IN_VAIN: dict[str, Callable[[SessionStore], object]] = {
    "stale": lambda store: store.history.append(OWNER, entry(), based_on=7, now=NOON),
    "nobody": lambda store: store.history.append(ParticipantId("nobody"), entry(), based_on=1, now=NOON),
    "no session": lambda store: store.sessions.set_rules(OTHER, is_locked=True, by=OWNER),
    "nobody's name": lambda store: store.seats.rename(ParticipantId("nobody"), "Nobody"),
    "no link": lambda store: store.seats.join(key("guessed"), lambda its, role, *_: person("no", role, its), key("no")),
    "no session to delete": lambda store: store.sessions.delete(OTHER, by=OWNER),
    "none expired": lambda store: store.sessions.delete_expired(NOON),
    "no owner": lambda store: store.sessions.delete(SESSION, by=GUEST),
    "no revision": lambda store: store.history.name_snapshot(SESSION, Snapshot("first", 7, OWNER, NOON)),
    "expired since today": lambda store: store.sessions.delete_expired(NOON + 100 * DAY),
}


def prepared(store: SessionStore) -> SessionStore:
    """Return a store with a session of two."""
    begun(store)
    joined(store, GUEST, Role.EDITOR)
    return store


def fail_at_the_end(store: SessionStore) -> None:
    """Send news in a transaction that does not come to its end."""
    with store.database.writing() as connection:
        store.messenger.within(connection, PEOPLE)
        connection.exec_driver_sql("SELECT * FROM nowhere")


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_is_told_once(place: Place, act: str) -> None:
    store = prepared(place.open())
    ear = Ear(store)
    perform, news = ACTS[act]
    perform(store)
    assert ear.news() == [news]


@pytest.mark.parametrize("act", IN_VAIN)
def test_what_was_not_done_is_not_told(place: Place, act: str) -> None:
    store = prepared(place.open())
    ear = Ear(store)
    try:
        IN_VAIN[act](store)
    except (StaleRevisionError, WriteRefused):
        assert act in {"stale", "nobody"}
    assert ear.news() == []


def test_what_fails_before_it_is_committed_is_not_told(place: Place) -> None:
    store = prepared(place.open())
    ear = Ear(store)
    with pytest.raises(StoreError):
        fail_at_the_end(store)
    assert ear.news() == []


def test_a_new_session_is_told_with_the_page_that_began_it(place: Place) -> None:
    store = place.open()
    ear = Ear(store)
    store.sessions.create(person(OWNER, Role.OWNER), key(OWNER), entry(), origin="my page")
    assert ear.news() == [News(SESSION, "plan", 1, "my page")]


def test_who_is_still_here_is_no_news_and_who_left_is(place: Place) -> None:
    store = prepared(place.open())
    store.presence.announce("process", [(SESSION, OWNER)], NOON)
    ear = Ear(store)
    store.presence.announce("process", [(SESSION, OWNER)], NOON)
    assert ear.news() == []
    store.presence.announce("process", [], NOON)
    assert ear.news() == [PEOPLE]


def test_every_listener_is_told_and_every_store_on_a_server(place: Place) -> None:
    store = prepared(place.open())
    ears = [Ear(store), Ear(place.open() if store.database.file is None else store)]
    append(store)
    for ear in ears:
        assert News(SESSION, "plan", 2) in ear.news()
