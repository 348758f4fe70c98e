"""One suite for every store: what the protocol promises holds for each implementation.

A store joins by an entry in `PLACES`: how it is opened on a folder. What only
a file can suffer (damage, a lock, a full disk) stands in `test_sqlite_faults`.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zt_planner.resources import root
from zt_planner.store.protocol import Revision, SessionId, SessionStore, StaleRevisionError
from zt_planner.store.sql import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SESSION, OTHER = SessionId("a-session-of-twenty-signs"), SessionId("another-session-of-theirs")
APPENDS = 20
OTHER_PROCESS = """
import sys
from pathlib import Path
from zt_planner.store.protocol import SessionId, StaleRevisionError
from zt_planner.store.sql import SqlStore

store, session = SqlStore.in_file(Path(sys.argv[1])), SessionId(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
done = 0
while done < int(sys.argv[3]):
    try:
        print(store.append(session, "{}", based_on=store.latest_number(session)).number, flush=True)
        done += 1
    except StaleRevisionError:
        pass
"""


class Place(Protocol):
    """Where a store keeps its sessions: `open` gives a new store on the same place."""

    path: Path

    def open(self) -> SessionStore:
        """Return a store that has seen nothing yet."""
        ...


class SqliteFile:
    """A SQLite file in a folder that does not exist yet."""

    def __init__(self, folder: Path) -> None:
        """Keep the path; nothing is made."""
        self.path = folder / "made" / "when needed" / "sessions.sqlite"
        self.opened: list[SqlStore] = []

    def open(self) -> SqlStore:
        """Return a store that has seen nothing yet."""
        self.opened.append(SqlStore.in_file(self.path))
        return self.opened[-1]

    def close(self) -> None:
        """Let go of every connection."""
        for store in self.opened:
            store.engine.dispose()


PLACES: dict[str, Callable[[Path], SqliteFile]] = {"sqlite": SqliteFile}


@pytest.fixture(params=PLACES.values(), ids=tuple(PLACES))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Return an empty place, one for each implementation."""
    found: SqliteFile = request.param(tmp_path)
    yield found
    found.close()


def appended(store: SessionStore, session: SessionId) -> int:
    """Append to what is there, again and again until nobody was faster; return the number that it became."""
    while True:
        try:
            return store.append(session, "{}", based_on=store.latest_number(session)).number
        except StaleRevisionError:
            continue


def test_a_session_that_nobody_saved_is_empty(place: Place) -> None:
    store = place.open()
    assert store.latest(SESSION) is None
    assert store.latest_number(SESSION) == 0


def test_numbers_rise_by_one(place: Place) -> None:
    store = place.open()
    for number in range(1, 6):
        content = f'{{"n": {number}}}'
        assert store.append(SESSION, content, based_on=number - 1) == Revision(number, content)
        assert store.latest_number(SESSION) == number
        assert store.latest(SESSION) == Revision(number, content)


@pytest.mark.parametrize("based_on", [-1, 0, 1, 3, 1000])
def test_an_append_that_is_not_based_on_the_latest_is_refused(place: Place, based_on: int) -> None:
    store = place.open()
    store.append(SESSION, "first", based_on=0)
    store.append(SESSION, "second", based_on=1)
    with pytest.raises(StaleRevisionError):
        store.append(SESSION, "overwrites what it has not seen", based_on=based_on)
    assert store.latest(SESSION) == Revision(2, "second")


def test_sessions_do_not_see_each_other(place: Place) -> None:
    store = place.open()
    store.append(SESSION, "mine", based_on=0)
    store.append(OTHER, "theirs", based_on=0)
    assert store.append(OTHER, "theirs again", based_on=1).number == 2
    assert store.latest(SESSION) == Revision(1, "mine")


def test_what_was_appended_is_there_after_a_restart(place: Place) -> None:
    place.open().append(SESSION, "kept", based_on=0)
    again = place.open()
    assert again.latest(SESSION) == Revision(1, "kept")
    assert again.append(SESSION, "goes on", based_on=1).number == 2


def test_two_stores_on_one_place_see_each_other_at_once(place: Place) -> None:
    one, two = place.open(), place.open()
    one.append(SESSION, "from one", based_on=0)
    assert two.latest(SESSION) == Revision(1, "from one")
    two.append(SESSION, "from two", based_on=1)
    with pytest.raises(StaleRevisionError):
        one.append(SESSION, "too late", based_on=1)
    assert one.latest(SESSION) == Revision(2, "from two")


@given(content=st.text(st.characters(codec="utf-8"), max_size=2000))
def test_content_is_kept_to_the_letter(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    store = SqlStore.in_file(tmp_path_factory.getbasetemp() / "letters.sqlite")
    number = store.append(SESSION, content, based_on=store.latest_number(SESSION)).number
    assert store.latest(SESSION) == Revision(number, content)
    store.engine.dispose()


@pytest.mark.parametrize("share_a_store", [True, False], ids=["one store", "a store each"])
def test_threads_that_write_at_once_lose_nothing(place: Place, *, share_a_store: bool) -> None:
    shared, start = place.open(), Barrier(4)

    def write(_writer: int) -> list[int]:
        store = shared if share_a_store else place.open()
        start.wait()
        return [appended(store, SESSION) for _ in range(APPENDS)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for found in pool.map(write, range(4)) for number in found]
    assert sorted(numbers) == list(range(1, 4 * APPENDS + 1))
    assert shared.latest_number(SESSION) == 4 * APPENDS


def test_of_two_appends_to_one_revision_exactly_one_is_taken(place: Place) -> None:
    one, two, start = place.open(), place.open(), Barrier(2)
    one.latest_number(SESSION)

    def write(store: SessionStore) -> bool:
        start.wait()
        try:
            store.append(SESSION, "{}", based_on=0)
        except StaleRevisionError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, (one, two))) == [False, True]


def test_processes_that_write_at_once_lose_nothing(place: Place) -> None:
    command = [sys.executable, "-c", OTHER_PROCESS, str(place.path), SESSION, str(APPENDS)]
    writers = [
        subprocess.Popen(command, cwd=root(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    numbers = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert sorted(numbers) == list(range(1, 2 * APPENDS + 1))
    assert place.open().latest_number(SESSION) == 2 * APPENDS
