"""How often an address may do something, and that beginning sessions is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.limited import HERE, THERE, Clock
from tests.unit.server.house import House
from zt_planner.defaults import SECONDS, SESSIONS_A_MINUTE, Rate
from zt_planner.errors import TooManySessions
from zt_planner.workspace import limits
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.limits import RateLimit


@pytest.fixture
def limit(house: House, clock: Clock) -> RateLimit:
    """Return a limit of two a minute."""
    return RateLimit(house.store.buckets, "tries", 2, clock)


def test_an_address_may_do_it_so_often_and_so_many_times_a_minute(limit: RateLimit, clock: Clock) -> None:
    assert [limit.allows(HERE) for _ in range(3)] == [True, True, False]
    assert limit.allows(THERE)
    clock.now = SECONDS
    assert [limit.allows(HERE) for _ in range(3)] == [True, True, False]


def test_who_is_refused_does_not_wait_longer_for_trying(limit: RateLimit, clock: Clock) -> None:
    assert [limit.allows(HERE) for _ in range(2)] == [True, True]
    for second in range(int(SECONDS / 2)):
        clock.now = second
        assert not limit.allows(HERE)
    clock.now = SECONDS / 2
    assert [limit.allows(HERE), limit.allows(HERE)] == [True, False]


def test_whoever_is_refused_costs_the_store_nothing_until_there_is_something_again(
    house: House, limit: RateLimit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    take = house.store.buckets.take

    def record(name: str, rate: Rate) -> bool:
        taken.append(name)
        return take(name, rate)

    monkeypatch.setattr(house.store.buckets, "take", record)
    assert [limit.allows(HERE) for _ in range(100)] == [True, True] + [False] * 98
    assert len(taken) == 3
    clock.now = SECONDS / 2
    assert [limit.allows(HERE) for _ in range(100)] == [True] + [False] * 99
    assert len(taken) == 5


def test_a_store_that_cannot_count_refuses_nobody(house: House, limit: RateLimit) -> None:
    with house.store:
        assert all(limit.allows(HERE) for _ in range(5))
        limit.give_back(HERE)
    assert [limit.allows(HERE) for _ in range(3)] == [True, True, False]


def test_the_addresses_of_one_network_count_as_one(limit: RateLimit) -> None:
    assert limit.allows("2001:db8:1:2::1")
    assert limit.allows("2001:db8:1:2::1")
    assert not limit.allows("2001:db8:1:2:ffff::1")
    assert limit.allows("2001:db8:1:3::1")


def test_an_ipv4_address_counts_as_itself_however_it_is_written(limit: RateLimit) -> None:
    assert limit.allows(HERE)
    assert limit.allows(HERE)
    assert not limit.allows(f"::ffff:{HERE}")
    assert limit.allows(f"::ffff:{THERE}")


def test_what_a_process_remembers_is_bounded(house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ADDRESSES_REMEMBERED", 2)
    limit = RateLimit(house.store.buckets, "tries", 1, clock)
    for address in "abc":
        assert [limit.allows(address), limit.allows(address)] == [True, False]
    assert len(limit._refusals._until) == 2  # noqa: SLF001 - memory is the point


@pytest.mark.extended
@pytest.mark.usefixtures("clock")
def test_an_address_that_begins_sessions_without_end_is_told_to_wait(house: House) -> None:
    def begin(address: str) -> int:
        state = replace(house.workspace.open(new_key()), address=address)
        return house.change(state, 130).number

    assert [begin(HERE) for _ in range(SESSIONS_A_MINUTE)] == [1] * SESSIONS_A_MINUTE
    with pytest.raises(TooManySessions, match="Wait a minute"):
        begin(HERE)
    assert begin(THERE) == 1
    assert begin("") == 1


@pytest.mark.extended
def test_a_session_that_is_there_is_changed_as_often_as_one_likes(house: House) -> None:
    state = replace(house.owner, address=HERE)
    for people in range(200, 200 + SESSIONS_A_MINUTE + 1):
        state = house.change(state, people)
    assert state.number == SESSIONS_A_MINUTE + 2


def test_duplicates_are_counted_as_sessions(house: House) -> None:
    house.workspace.session_limit.most = 1
    state = replace(house.owner, address=HERE)
    house.workspace.people.duplicate(state)
    with pytest.raises(TooManySessions):
        house.workspace.people.duplicate(state)
