"""A PostgreSQL server that goes away gives StoreError, and news and sessions go on when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Queue

import psycopg
import pytest

from tests.contract.places import NOON, OWNER, SESSION, append, begun, entry, key, number_of, opened
from tests.postgres import Postgres
from zt_planner.errors import StoreError
from zt_planner.store import database
from zt_planner.store.news.news import News
from zt_planner.store.news.postgres import ANYTHING, news_of, payload_of
from zt_planner.store.session_store import SessionStore

SECONDS = 30
"""What news may take on the slowest machine; nothing waits for it."""


@pytest.fixture
def store(postgres: Postgres) -> Iterator[SessionStore]:
    found = opened(postgres.new_database())
    begun(found)
    yield found
    found.close()


@pytest.mark.extended
def test_a_server_that_is_away_is_reported_and_used_when_it_is_back(store: SessionStore, postgres: Postgres) -> None:
    heard: Queue[News] = Queue()
    store.messenger.listen(heard.put)
    assert heard.get(timeout=SECONDS) == ANYTHING
    postgres.stop()
    try:
        for method in (
            lambda: store.history.latest(SESSION),
            lambda: store.seats.by_key(key(OWNER)),
            lambda: store.history.append(OWNER, entry(), based_on=1, now=NOON),
        ):
            with pytest.raises(StoreError) as caught:
                method()
            assert caught.value.values["reason"] == "the server does not answer"
    finally:
        postgres.start()
    assert append(store).number == 2
    while (news := heard.get(timeout=SECONDS)) != ANYTHING:
        assert news == News(SESSION, "plan", 2)


@pytest.mark.extended
def test_a_connection_that_the_server_ended_is_replaced(store: SessionStore) -> None:
    assert number_of(store) == 1
    other = opened(store.database.engine.url.render_as_string(hide_password=False))
    with other.database.writing() as connection:
        ended = connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).all()
    other.close()
    assert ended
    assert append(store).number == 2


def test_an_error_of_one_leaves_nobody_elses_connection_open_for_ever(postgres: Postgres) -> None:
    store = opened(postgres.new_database())
    with store.database.reading() as used:
        kept = used.connection.dbapi_connection
        with pytest.raises(StoreError), store.database.reading() as other:
            other.exec_driver_sql("SELECT * FROM what_is_not_there")
        assert used.exec_driver_sql("SELECT 1").scalar() == 1
    assert isinstance(kept, psycopg.Connection)
    assert kept.closed
    store.close()


@pytest.mark.extended
def test_who_stands_still_in_a_transaction_blocks_nobody_forever(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.1)
    address = postgres.new_database()
    store = opened(address)
    begun(store)
    with psycopg.connect(address) as other:
        other.execute("SELECT * FROM sessions FOR UPDATE")
        with pytest.raises(StoreError, match="lock timeout"):
            append(store)
        assert number_of(store) == 1
    assert append(store).number == 2
    store.close()


@pytest.mark.extended
def test_a_full_disk_of_the_server_is_reported_fills_no_log_and_loses_nothing(
    postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    address = postgres.new_database()
    store = begun(opened(address))
    with psycopg.connect(address, autocommit=True) as administrator:
        administrator.execute(
            "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full"
            " USING MESSAGE = 'could not extend file: No space left on device'; END $$"
        )
        administrator.execute("CREATE TRIGGER is_full BEFORE INSERT ON revisions EXECUTE FUNCTION is_full()")
        for _ in range(20):
            with pytest.raises(StoreError, match="No space left on device"):
                append(store)
            assert number_of(store) == 1
        administrator.execute("DROP TRIGGER is_full ON revisions")
    assert append(store).number == 2
    assert caplog.messages == [f"{store.database.place} cannot be used: could not extend file: No space left on device"]
    store.close()


def test_messages_hold_no_address_and_no_password() -> None:
    store = opened("postgresql://somebody:secret@127.0.0.1:1/plans")
    with pytest.raises(StoreError) as caught:
        store.history.latest(SESSION)
    assert str(caught.value).startswith("PostgreSQL (plans) cannot be used (the server does not answer).")
    store.close()


@pytest.mark.parametrize(
    "news", [News(SESSION, "plan", 7, "a-page"), News(SESSION, "people"), News(SESSION, "gone"), ANYTHING]
)
def test_news_arrives_as_it_was_sent(news: News) -> None:
    assert news_of(payload_of(news).encode()) == news


def test_a_payload_is_never_too_long() -> None:
    assert len(payload_of(News(SESSION, "plan", 10**9, "👩" * 100_000)).encode()) < 8000


@pytest.mark.parametrize("payload", [b"", b"hello", b"[]", b"7", b'{"unknown": 1}', b'{"session": "one"}'])
def test_what_another_program_sends_may_mean_anything(payload: bytes) -> None:
    assert news_of(payload) == ANYTHING
