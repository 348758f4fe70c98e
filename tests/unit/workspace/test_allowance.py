"""How much an address may have written: bounded in the long run, and what is not written yet waits on its page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.breakable import BreakableStore
from tests.limited import HERE, THERE, Clock, written
from tests.signed_in import account
from tests.unit.conftest import Room
from zt_planner.errors import TooManyUnsaved, TooMuchWritten
from zt_planner.store.buckets import Buckets
from zt_planner.workspace import limits as module
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.limits import Allowance
from zt_planner.workspace.state import MOST_EDITS_OWED


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(room: Room, clock: Clock) -> Buckets:
    return clock.rules(room.workspace.store.buckets)


@pytest.mark.parametrize("size", [10, 300, 5000])
def test_what_is_written_in_ten_minutes_is_what_there_was_and_what_filled_up_and_one_piece_at_most(
    buckets: Buckets, clock: Clock, size: int
) -> None:
    allowance, total = Allowance(buckets, 1000, 600, clock), 0
    for second in range(600):
        clock.now = second
        total += written(allowance, size)
    assert 1000 + 600 * 9 <= total <= 1000 + 600 * 10 + size


def test_a_stock_is_never_more_than_full(buckets: Buckets, clock: Clock) -> None:
    allowance = Allowance(buckets, 1000, 600, clock)
    clock.now = 10_000_000
    assert written(allowance, 100) == 1000


def test_each_address_has_its_own_and_an_ipv6_network_one(buckets: Buckets, clock: Clock) -> None:
    allowance = Allowance(buckets, 1000, 600, clock)
    assert written(allowance, 100) == 1000
    assert written(allowance, 100, THERE) == 1000
    assert written(allowance, 100, "2001:db8::1") == 1000
    assert written(allowance, 100, "2001:db8::2") == 0


def test_without_an_address_nothing_is_counted(buckets: Buckets) -> None:
    allowance = Allowance(buckets, 10, 1)
    for _ in range(10):
        allowance.charge("", 100)
        allowance.check("")


def test_what_is_counted_is_bounded(buckets: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ADDRESSES_REMEMBERED", 2)
    allowance = Allowance(buckets, 10, 1)
    for number in range(5):
        allowance.charge(f"192.0.2.{number}", 100)
    for number in range(5):
        allowance.charge(f"198.51.100.{number}", 0)
    assert len(allowance._refusals._until) == len(allowance._untold) == 2  # noqa: SLF001 - memory is the point


def test_what_the_store_could_not_be_told_of_it_is_told_with_the_next_piece(
    room: Room, buckets: Buckets, clock: Clock
) -> None:
    allowance, store = Allowance(buckets, 1000, 600, clock), room.workspace.store
    assert isinstance(store, BreakableStore)
    with store:
        allowance.charge(HERE, 900)
    allowance.check(HERE)
    assert written(allowance, 10) == 100


@pytest.fixture
def small(room: Room, buckets: Buckets, clock: Clock) -> Allowance:
    """Let everybody write five kilobytes at once, and so many a minute."""
    allowance = Allowance(buckets, 5000, 5000, clock)
    room.workspace.write_allowance = room.workspace.people.write_allowance = allowance
    room.workspace.catalogues.write_allowance = allowance
    return allowance


def test_an_edit_that_is_too_much_waits_and_is_saved_later_and_others_go_on(
    room: Room, small: Allowance, clock: Clock
) -> None:
    mine, theirs = replace(room.owner, address=HERE), replace(room.joined(), address=THERE)
    small.charge(HERE, 5000)
    mine = room.workspace.change(mine, {"company.employees": 90})
    assert isinstance(mine.trouble, TooMuchWritten)
    assert (mine.scenario.company.employees, mine.number) == (90, 1)
    theirs = room.workspace.change(theirs, {"company.sites": 5})
    assert (theirs.trouble, theirs.number) == (None, 2)
    assert isinstance(room.now(mine).trouble, TooMuchWritten)
    clock.now = 1
    mine = room.now(mine)
    assert (mine.trouble, mine.number, mine.scenario.company.sites) == (None, 3, 5)
    assert room.now(room.owner).scenario.company.employees == 90


@pytest.mark.extended
def test_a_page_keeps_only_so_many_edits_for_an_address_that_writes_too_much(room: Room, small: Allowance) -> None:
    mine = replace(room.owner, address=HERE)
    small.charge(HERE, 5000)
    for people in range(MOST_EDITS_OWED):
        mine = room.workspace.change(mine, {"company.employees": 90 + people})
    with pytest.raises(TooManyUnsaved, match="This change was not made"):
        room.workspace.change(mine, {"company.employees": 50})
    assert len(room.now(mine).pending) == MOST_EDITS_OWED


def test_whatever_is_written_is_counted(room: Room, small: Allowance, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, people = replace(room.owner, address=HERE), room.workspace.people
    kept = room.workspace.catalogues
    charged: list[int] = []
    charge = small.charge

    def record(address: str, size: int) -> None:
        charged.append(size)
        charge(address, size)

    monkeypatch.setattr(small, "charge", record)
    for act in (
        lambda: room.workspace.change(mine, {"company.employees": 90}),
        lambda: people.name_snapshot(mine, "first"),
        lambda: people.duplicate(mine),
        lambda: kept.save(account("Anna"), mine, "Firm"),
        lambda: kept.keep_learned(account("Anna"), mine, (), "Learned"),
        lambda: room.workspace.change(replace(room.workspace.open(new_key()), address=HERE), {"company.sites": 9}),
    ):
        charged.clear()
        act()
        assert sum(charged) >= 150
    small.charge(HERE, 5000)
    for act in (
        lambda: people.name_snapshot(mine, "second"),
        lambda: people.duplicate(mine),
        lambda: kept.save(account("Anna"), mine, "Firm"),
    ):
        with pytest.raises(TooMuchWritten):
            act()
