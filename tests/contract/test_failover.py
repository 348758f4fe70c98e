"""A PostgreSQL that dies under edits: its replica takes over, or it starts again; every edit is kept, once, in order.

A process names both servers in its address and finds the one that can be written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from queue import Queue
from threading import Event
from time import monotonic

import pytest

from tests.contract.places import opened
from tests.postgres import Postgres, Replica
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.store.news.news import News
from zt_planner.store.news.postgres import ANYTHING
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import new_key

SECONDS = 120
"""What the slowest machine may take; nothing waits for it."""
BEFORE, ALL = 110, range(101, 131)
"""How many people an edit sets; the server dies once the first ten are saved."""


@pytest.fixture
def server() -> Iterator[Postgres]:
    """Return a server of this test's own: the others' must not wait for a replica."""
    found = Postgres()
    yield found
    found.end()


def edits(workspace: Workspace, state: State, begun: Event) -> State:
    """Edit again and again as a page does, which keeps what cannot be saved and tries again."""
    deadline = monotonic() + SECONDS
    for people in ALL:
        state = workspace.change(state, {"company.employees": people})
        while state.pending:
            assert monotonic() < deadline, state.trouble
            state = workspace.open(state.key, state)
        if people == BEFORE:
            begun.set()
    return state


@pytest.mark.extended
@pytest.mark.parametrize("how", ["promoted", "restarted"])
def test_a_database_that_fails_over_loses_no_edit_and_tells_the_others(
    server: Postgres, price_book: PriceBook, phase_model: PhaseModel, today: date, how: str
) -> None:
    address = server.new_database()
    replica = Replica(server) if how == "promoted" else None
    if replica is not None:
        address += f"&host={replica.folder}&target_session_attrs=read-write"
    heard: Queue[News] = Queue()
    store, other = opened(address), opened(address)
    other.messenger.listen(heard.put)
    assert heard.get(timeout=SECONDS) == ANYTHING
    workspace = Workspace(store, price_book, phase_model, lambda: today)
    begun = Event()
    with ThreadPoolExecutor() as threads:
        edited = threads.submit(edits, workspace, workspace.open(new_key()), begun)
        assert begun.wait(SECONDS)
        server.kill()
        server.start() if replica is None else replica.promote()
        state = edited.result(SECONDS)
    session = state.session
    assert session is not None
    assert (state.trouble, state.refused, state.scenario.company.employees) == (None, (), ALL[-1])
    assert [event.changes[0].after for event in other.history.events(session)] == list(ALL)
    while heard.get(timeout=SECONDS) != ANYTHING:
        pass
    for opened_store in (store, other):
        opened_store.close()
    if replica is not None:
        replica.end()
