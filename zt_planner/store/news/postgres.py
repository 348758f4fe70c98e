"""News between any number of processes, by PostgreSQL's NOTIFY and LISTEN.

Laws: news leaves with the transaction that made it, or not at all; a payload
names what has changed and holds nothing of it; a listener that was away is
told, when it is back, that anything may have changed (`News("", "plan")`).
There is no polling: the thread sleeps until the server sends.
"""

from __future__ import annotations

import json
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from threading import Event, Lock, Thread

import psycopg
from sqlalchemy import Connection, Engine, func, select

from zt_planner.domain.session import SessionId
from zt_planner.store.database import SERVER
from zt_planner.store.news.news import News

CHANNEL = "zt_planner"
LONGEST_ORIGIN = 100
"""Of what a page calls itself; NOTIFY refuses payloads of 8,000 bytes."""
SECONDS_UNTIL_NEXT_TRY = 0.5
"""While the server is away."""
ANYTHING = News(SessionId(""), "plan")
"""Sent when nobody knows what has changed."""


def payload_of(news: News) -> str:
    """Write news as JSON."""
    return json.dumps({**asdict(news), "origin": news.origin[:LONGEST_ORIGIN]})


def news_of(payload: bytes) -> News:
    """Read news; what another program or version has sent may mean anything."""
    try:
        return News(**json.loads(payload))
    except (ValueError, TypeError):
        return ANYTHING


class PostgresMessenger:
    """Sends within the transaction, and listens on a connection of its own in a thread."""

    def __init__(self, engine: Engine) -> None:
        """Open nothing before somebody listens."""
        self._engine = engine
        self._listeners: list[Callable[[News], None]] = []
        self._starting = Lock()
        self._thread: Thread | None = None
        self._is_closed = Event()
        self._waking: socket.socket | None = None

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call a listener for all news from now on, from a thread of its own."""
        with self._starting:
            self._listeners.append(listener)
            if self._thread is None:
                self._waking, woken = socket.socketpair()
                self._thread = Thread(target=self._listen, args=(woken,), name="news, again and again", daemon=True)
                self._thread.start()

    def within(self, connection: Connection, news: News) -> None:
        connection.execute(select(func.pg_notify(CHANNEL, payload_of(news))))

    def after(self, news: News) -> None:
        """Do nothing: the server sends to every process, this one included."""

    def close(self) -> None:
        self._is_closed.set()
        if self._thread is not None and self._waking is not None:
            self._waking.close()
            self._thread.join()

    def _listen(self, woken: socket.socket) -> None:
        """Listen until closed, again and again where the server goes away.

        Each time in a thread of its own: a bug ends that thread, which writes its traceback, and not the listening.
        """
        with woken:
            while not self._is_closed.is_set():
                receiving = Thread(target=self._receive, args=(woken,), name="news", daemon=True)
                receiving.start()
                receiving.join()
                self._is_closed.wait(SECONDS_UNTIL_NEXT_TRY)

    def _receive(self, woken: socket.socket) -> None:
        """Tell the listeners what the server sends, until it goes away."""
        arguments, settings = self._engine.dialect.create_connect_args(self._engine.url)
        with (
            suppress(psycopg.Error, OSError),
            psycopg.connect(*arguments, **{**SERVER, **settings}, autocommit=True) as connection,
            selectors.DefaultSelector() as ready,
        ):
            connection.execute(f"LISTEN {CHANNEL}")
            self._tell(ANYTHING)  # nobody received earlier notifications
            ready.register(connection.fileno(), selectors.EVENT_READ)
            ready.register(woken, selectors.EVENT_READ)
            while not self._is_closed.is_set():
                ready.select()
                connection.pgconn.consume_input()
                while (sent := connection.pgconn.notifies()) is not None:
                    self._tell(news_of(sent.extra))

    def _tell(self, news: News) -> None:
        for listener in tuple(self._listeners):
            listener(news)
