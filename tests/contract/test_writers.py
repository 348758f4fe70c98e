"""Many writers at once lose nothing: threads, processes, and people who change one plan together."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from threading import Barrier, Semaphore

import pytest

from tests.contract.places import NOON, OWNER, SESSION, Place, append, begun, entry, number_of
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import EventKind, Outcome, ParticipantId, Role
from zt_planner.errors import TooManyWriters
from zt_planner.resources import root
from zt_planner.store.changes import StaleRevisionError, WriteRefused
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Key, new_key
from zt_planner.workspace.plans import Plans

APPENDS = 20
WRITERS = 8
EDITS = 125
OTHER_PROCESS = """
import sys
from tests.contract.places import append, opened

store = opened(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    print(append(store).number, flush=True)
store.close()
"""
STARTING_PROCESS = """
import sys
from tests.contract.places import SESSION, opened

print("ready", flush=True)
sys.stdin.readline()
store = opened(sys.argv[1])
print(store.history.latest(SESSION), flush=True)
store.close()
"""
FIELDS: dict[str, Callable[[int], object]] = {
    "company.employees": lambda number: 100 + number,
    "company.sites": lambda number: 1 + number % 100,
    "company.apps": lambda number: number,
    "timeline.target_months": lambda number: 6 + number % 7,
    "company.servers": lambda number: number,
    "company.devices": lambda number: 125 + number,
    "notes": lambda number: f"note {number}",
    "company.name": lambda number: f"Company {number}",
}
"""What each of the eight writers changes, and to what, each time something else."""


@pytest.fixture
def together() -> Callable[[str, str, int], list[str]]:
    """Return how to run a program in several processes that begin at the same moment."""

    def run(program: str, address: str, processes: int) -> list[str]:
        command = [sys.executable, "-c", program, address, str(APPENDS)]
        writers = [
            subprocess.Popen(command, cwd=root(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("\n")
            writer.stdin.flush()
        said = [line for writer in writers for line in writer.communicate(timeout=60)[0].splitlines()]
        assert [writer.returncode for writer in writers] == [0] * processes
        return said

    return run


@pytest.mark.extended
@pytest.mark.parametrize("share_a_store", [True, False], ids=["one store", "a store each"])
def test_threads_that_write_at_once_lose_nothing(place: Place, *, share_a_store: bool) -> None:
    shared, start = begun(place.open()), Barrier(4)

    def write(_writer: int) -> list[int]:
        store = shared if share_a_store else place.open()
        start.wait()
        return [append(store).number for _ in range(APPENDS)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for found in pool.map(write, range(4)) for number in found]
    assert sorted(numbers) == list(range(2, 4 * APPENDS + 2))
    assert number_of(shared) == 4 * APPENDS + 1


@pytest.mark.extended
def test_of_many_appends_to_one_revision_exactly_one_is_taken(place: Place) -> None:
    begun(place.open())
    stores, start = [place.open() for _ in range(WRITERS)], Barrier(WRITERS)
    for store in stores:
        assert number_of(store) == 1

    def write(store: SessionStore) -> list[bool]:
        taken = []
        for number in range(1, 6):
            start.wait()
            try:
                store.history.append(OWNER, entry(), based_on=number, now=NOON)
                taken.append(True)
            except StaleRevisionError:
                taken.append(False)
        return taken

    with ThreadPoolExecutor(WRITERS) as pool:
        rounds = zip(*pool.map(write, stores), strict=True)
        assert [sum(taken) for taken in rounds] == [1] * 5


@pytest.mark.extended
def test_what_is_locked_or_renamed_meanwhile_stands_in_nobody_s_way(place: Place) -> None:
    store, start = begun(place.open()), Barrier(4)

    def write() -> None:
        start.wait()
        for _ in range(APPENDS):
            append(place.open())

    def speak() -> None:
        start.wait()
        for number in range(APPENDS):
            store.seats.rename(OWNER, f"Owner {number}")
            store.sessions.set_rules(SESSION, days_kept=number + 1, by=OWNER)
            store.seats.set_link(SESSION, Role.EDITOR, f"link {number}", NOON, by=OWNER)  # type: ignore[arg-type]  # any text

    def come_and_go(process: str) -> None:
        start.wait()
        for number in range(APPENDS):
            store.presence.announce(process, [(SESSION, OWNER)] * (number % 2), NOON)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write), pool.submit(speak), *(pool.submit(come_and_go, name) for name in "ab")]:
            done.result()
    assert number_of(store) == APPENDS + 1


def test_after_a_lock_nothing_is_written(place: Place) -> None:
    store, start = begun(place.open()), Barrier(2)

    def write() -> int:
        own, written = place.open(), 0
        start.wait()
        try:
            while True:
                written = append(own).number
        except WriteRefused:
            return written

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        start.wait()
        store.sessions.set_rules(SESSION, is_locked=True, by=OWNER)
        at_the_lock = number_of(store)
        assert writing.result() in {at_the_lock, 0}
    assert number_of(store) == at_the_lock


@pytest.mark.extended
def test_processes_that_write_at_once_lose_nothing(
    place: Place, together: Callable[[str, str, int], list[str]]
) -> None:
    store = begun(place.open())
    numbers = [int(line) for line in together(OTHER_PROCESS, place.address, 2)]
    assert sorted(numbers) == list(range(2, 2 * APPENDS + 2))
    assert number_of(store) == 2 * APPENDS + 1


@pytest.mark.extended
def test_processes_that_start_at_once_on_an_empty_place_make_its_tables_once(
    place: Place, together: Callable[[str, str, int], list[str]]
) -> None:
    assert together(STARTING_PROCESS, place.address, 4) == ["None"] * 4
    assert number_of(begun(place.open())) == 1


def test_threads_that_start_at_once_on_an_empty_place_make_its_tables_once(place: Place) -> None:
    store, start = place.open(), Barrier(WRITERS)

    def read(_reader: int) -> int:
        start.wait()
        return number_of(store)

    with ThreadPoolExecutor(WRITERS) as pool:
        assert list(pool.map(read, range(WRITERS))) == [0] * WRITERS


def edited(workspace: Workspace, state: State, path: str, edit: int) -> State:
    """Change a field, again and again where others were faster."""
    state = workspace.change(state, {path: FIELDS[path](edit)})
    while state.trouble is not None:
        assert isinstance(state.trouble, TooManyWriters)
        state = workspace.retry_pending(state)
    return state


@pytest.mark.extended
def test_a_thousand_edits_of_eight_people_end_in_the_same_plan_everywhere(
    place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a plan comes to is another matter, and takes longer than to keep it.
    monkeypatch.setattr(Plans, "outcome", lambda _plans, _scenario: Outcome())

    def workspace() -> Workspace:
        return Workspace(place.open(), price_book, phase_model, lambda: today)

    first = workspace()
    owner = first.change(first.example(new_key()), {"company.name": "We"})
    link = first.people.renew_link(owner, Role.EDITOR)
    joins = [first.people.join(link) for _ in range(WRITERS)]
    at_once = Semaphore(2)  # more would only try again more often

    def write(number: int) -> tuple[Key, ParticipantId]:
        joined, own = joins[number], workspace()
        assert joined is not None
        state = own.open(joined[0])
        for edit in range(EDITS):
            with at_once:
                state = edited(own, state, tuple(FIELDS)[number], edit)
        return joined[0], joined[1].participant.id

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = list(pool.map(write, range(WRITERS)))

    contents = {own.open(key).content for key, _ in writers for own in (first, workspace())}
    assert len(contents) == 1
    state = first.open(writers[0][0])
    scenario = state.scenario
    assert (scenario.company.employees, scenario.company.sites, scenario.company.apps) == (224, 25, 124)
    assert (scenario.company.name, state.notes) == ("Company 124", "note 124")
    events = first.events(state)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    changed = Counter(event.participant for event in events if event.kind is EventKind.CHANGE)
    assert [changed[who] for _, who in writers] == [EDITS] * WRITERS
    for path in FIELDS:
        its = [change for event in events for change in event.changes if change.path == path]
        assert all(before.after == after.before for before, after in pairwise(its))
