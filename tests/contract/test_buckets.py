"""What somebody has used of a limit is counted once for all processes, to the unit, whoever asks at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, update

from tests.contract.places import Place
from tests.limited import HERE, THERE, Clock, written
from zt_planner.defaults import Rate
from zt_planner.store.buckets import SECONDS_A_DAY, Buckets
from zt_planner.store.session_store import SessionStore
from zt_planner.store.tables import buckets
from zt_planner.workspace.limits import Allowance, RateLimit

TEN = Rate(10, 10)


def taken(its: Buckets, tries: int, name: str = HERE) -> int:
    return sum(its.take(name, TEN) for _ in range(tries))


def rows(store: SessionStore) -> list[str]:
    with store.database.reading() as connection:
        return list(connection.execute(select(buckets.c.name)).scalars())


def test_of_those_who_take_at_once_as_many_get_something_as_there_is(place: Place) -> None:
    stores, start = [place.open() for _ in range(4)], Barrier(4)
    clock = Clock()
    for store in stores:
        clock.rules(store.buckets)
        assert rows(store) == []

    def take(store: SessionStore) -> int:
        start.wait()
        return taken(store.buckets, 5)

    with ThreadPoolExecutor(len(stores)) as pool:
        assert sum(pool.map(take, stores)) == TEN.at_once
    assert taken(stores[0].buckets, 20, THERE) == TEN.at_once


def test_those_who_charge_at_once_lose_nothing(place: Place) -> None:
    stores, start, clock = [place.open() for _ in range(4)], Barrier(4), Clock()
    for store in stores:
        clock.rules(store.buckets)
        assert rows(store) == []

    def charge(store: SessionStore) -> None:
        start.wait()
        for _ in range(5):
            store.buckets.charge(HERE, TEN, 1)

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(charge, stores))
    assert stores[0].buckets.charge(HERE, TEN, 0) == pytest.approx((20 - TEN.at_once + 1) * TEN.seconds_each)


def test_what_was_taken_comes_back_one_by_one_and_never_more_than_all(place: Place) -> None:
    clock = Clock()
    its = clock.rules(place.open().buckets)
    assert taken(its, 11) == 10
    clock.now = TEN.seconds_each
    assert taken(its, 3) == 1
    clock.now += TEN.seconds_each / 4
    assert taken(its, 3) == 0
    clock.now += 100 * TEN.seconds_whole
    assert taken(its, 11) == 10


def test_whoever_takes_more_than_there_is_waits_until_it_has_come_back(place: Place) -> None:
    clock = Clock()
    its = clock.rules(place.open().buckets)
    assert its.charge(HERE, TEN, 9) == 0
    seconds = its.charge(HERE, TEN, 5)
    assert seconds == pytest.approx(5 * TEN.seconds_each)
    assert not its.take(HERE, TEN)
    clock.now = seconds
    assert [its.take(HERE, TEN), its.take(HERE, TEN)] == [True, False]
    its.charge(HERE, TEN, -1)
    assert [its.take(HERE, TEN), its.take(HERE, TEN)] == [True, False]


def test_time_is_that_of_the_database(place: Place) -> None:
    its, fast = place.open().buckets, Rate(2, 6_000)
    assert its.charge(HERE, fast, 102) == pytest.approx(1, abs=0.5)
    with its.transactions.reading() as connection:
        assert connection.execute(select(its.now)).scalar_one() > 1_700_000_000
    while its.charge(HERE, fast, 0) > 0:
        pass
    assert its.take(HERE, fast)


def test_a_clock_that_was_set_back_keeps_nobody_out_for_long(place: Place) -> None:
    clock = Clock()
    its = clock.rules(place.open().buckets)
    clock.now = 1_000_000_000
    assert taken(its, 11) == 10
    clock.now = 0
    assert its.charge(HERE, TEN, 0) == pytest.approx(TEN.seconds_whole + TEN.seconds_each)


def test_a_bucket_that_is_full_leaves_no_row_and_one_that_is_not_stays(place: Place) -> None:
    store, clock = place.open(), Clock()
    its = clock.rules(store.buckets)
    for name in ("full", "used", "of a wrong clock"):
        its.take(name, TEN)
    its.charge("used", TEN, 5)
    with store.database.writing() as connection:
        wrong = update(buckets).where(buckets.c.name == "of a wrong clock")
        connection.execute(wrong.values(full_at=3 * SECONDS_A_DAY))
    clock.now = TEN.seconds_each
    its.forget_full()
    assert rows(store) == ["used"]


def test_two_processes_allow_together_what_one_does(place: Place) -> None:
    clock = Clock()
    first, second = (RateLimit(clock.rules(place.open().buckets), "tries", 3, clock) for _ in range(2))
    assert [limit.allows(HERE) for limit in (first, second, first, second, first)] == [True] * 3 + [False] * 2
    assert second.allows(THERE)
    clock.now = 20
    assert [limit.allows(HERE) for limit in (first, second)] == [True, False]


@pytest.mark.parametrize("size", [5, 300])
def test_two_processes_write_together_what_one_may(place: Place, size: int) -> None:
    clock, total = Clock(), 0
    both = [Allowance(clock.rules(place.open().buckets), 1000, 600, clock) for _ in range(2)]
    for second in range(60):
        clock.now = second
        total += sum(written(allowance, size) for allowance in both)
    assert 1000 + 590 <= total <= 1000 + 590 + 2 * (size + 10)


def test_the_store_holds_no_address(place: Place) -> None:
    store = place.open()
    RateLimit(store.buckets, "tries", 3).allows(HERE)
    (name,) = rows(store)
    assert len(name) == 64
    assert HERE not in name
