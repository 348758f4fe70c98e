"""How often an address may do something, and that beginning sessions is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.server.house import House
from zt_planner.defaults import SESSIONS_A_MINUTE
from zt_planner.errors import TooManySessions
from zt_planner.workspace import limits
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.limits import SECONDS, RateLimit

HERE, THERE = "203.0.113.7", "203.0.113.8"


class Clock:
    """A clock that stands until it is set."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_an_address_may_do_it_so_often_a_minute() -> None:
    limit = RateLimit(2, Clock())
    assert [limit.allows(HERE) for _ in range(3)] == [True, True, False]
    assert limit.allows(THERE)


def test_the_minute_slides() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    limit.allows(HERE)
    clock.now = SECONDS - 1
    assert limit.allows(HERE)
    assert not limit.allows(HERE)
    clock.now = SECONDS
    assert [limit.allows(HERE), limit.allows(HERE)] == [True, False]


def test_who_is_refused_does_not_wait_longer_for_trying() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    limit.allows(HERE)
    clock.now = SECONDS - 1
    assert not limit.allows(HERE)
    clock.now = SECONDS
    assert limit.allows(HERE)


def test_the_addresses_of_one_network_count_as_one() -> None:
    limit = RateLimit(1, Clock())
    assert limit.allows("2001:db8:1:2::1")
    assert not limit.allows("2001:db8:1:2:ffff::1")
    assert limit.allows("2001:db8:1:3::1")


def test_an_ipv4_address_counts_as_itself_however_it_is_written() -> None:
    limit = RateLimit(1, Clock())
    assert limit.allows(HERE)
    assert not limit.allows(f"::ffff:{HERE}")
    assert limit.allows(f"::ffff:{THERE}")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ADDRESSES_REMEMBERED", 2)
    limit = RateLimit(1, Clock())
    assert all(limit.allows(address) for address in ("a", "b", "c"))
    assert not limit.allows("c")
    assert limit.allows("a")


@pytest.mark.extended
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
