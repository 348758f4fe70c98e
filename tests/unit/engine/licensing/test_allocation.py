"""Groups are shared out under caps at the least weight, or it is said that this is not proven."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zt_planner.engine.licensing import allocation as sharing
from zt_planner.engine.licensing.allocation import NO_WAY, UNPROVEN, Choice, UserGroup, allocate_seats


def user_group(count: int, *choices: tuple[int, tuple[int, ...]]) -> UserGroup:
    """Return a group of so many people from weights and seats."""
    return UserGroup(count, tuple(Choice(weight, use) for weight, use in choices))


def test_everyone_gets_the_lightest_choice_where_no_cap_binds() -> None:
    result = allocate_seats([user_group(5, (3, (1,)), (2, (1,)))], [5])
    assert (result.counts, result.weight, result.prices) == (((0, 5),), 10, (0,))


def test_people_above_a_cap_move_where_it_costs_least_and_a_seat_has_its_price() -> None:
    result = allocate_seats([user_group(4, (1, (1,)), (9, (0,))), user_group(4, (1, (1,)), (3, (0,)))], [5])
    assert (result.counts, result.weight, result.prices) == (((4, 0), (1, 3)), 14, (2,))


def test_two_full_caps_are_proven_together() -> None:
    result = allocate_seats([user_group(7, (20, (1, 0)), (38, (0, 1)), (41, (0, 0)))], [3, 3])
    assert (result.counts, result.prices) == (((3, 3, 1),), (21, 3))


def test_a_move_that_makes_room_elsewhere_is_made_as_a_pair() -> None:
    # The cheapest repair gives the one seat of the second cap to the first, who needs it less than the second does.
    first = user_group(1, (0, (1, 0)), (1, (0, 1)), (2, (0, 0)))
    second = user_group(1, (0, (1, 0)), (2, (0, 1)), (9, (0, 0)))
    result = allocate_seats([first, second], [0, 1])
    assert (result.counts, result.weight, result.is_proven) == (((0, 0, 1), (0, 1, 0)), 4, True)


def test_caps_that_leave_no_way_are_told_alone_and_together() -> None:
    assert allocate_seats([user_group(3, (1, (1,)))], [2]) is NO_WAY
    assert allocate_seats([user_group(7, (1, (1, 0)), (2, (0, 1)))], [3, 3]) is NO_WAY


def test_what_is_not_proven_is_said() -> None:
    # Three people at two seats each under three seats: one gets them, and a third of the cap stays empty.
    assert allocate_seats([user_group(3, (0, (2,)), (10, (0,)))], [3]) is UNPROVEN
    # Two people cannot both have the first choice, and neither the second one.
    assert allocate_seats([user_group(2, (0, (2, 0)), (1, (0, 2)))], [3, 1]) is UNPROVEN


def test_people_go_back_where_a_repair_has_moved_too_many() -> None:
    # The first moves, as a seat costs less there; then the second must, and sets two seats free. Halves would be less.
    assert allocate_seats([user_group(1, (0, (1,)), (2, (0,))), user_group(1, (0, (2,)), (5, (0,)))], [1]) is UNPROVEN


def test_a_proof_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_ROUNDS", 0)
    assert allocate_seats([user_group(1, (0, ()))], []) is UNPROVEN


def least(user_groups: list[UserGroup], caps: list[int]) -> int | None:
    """Return the least weight of all ways, each person tried with each choice."""
    people = [user_group.choices for user_group in user_groups for _ in range(user_group.count)]
    allowed = (
        sum(choice.weight for choice in chosen)
        for chosen in product(*people)
        if all(sum(choice.use[index] for choice in chosen) <= cap for index, cap in enumerate(caps))
    )
    return min(allowed, default=None)


choices = st.lists(
    st.tuples(st.integers(0, 6), st.tuples(st.integers(0, 2), st.integers(0, 1))), min_size=1, max_size=4
)
user_groups = st.lists(
    st.builds(lambda count, some: user_group(count, *some), st.integers(1, 3), choices), min_size=1, max_size=2
)


@given(user_groups, st.lists(st.integers(0, 5), min_size=2, max_size=2))
def test_a_proven_answer_is_the_least_of_all(given_crowds: list[UserGroup], caps: list[int]) -> None:
    result = allocate_seats(given_crowds, caps)
    if result.is_proven:
        assert (None if result.counts is None else result.weight) == least(given_crowds, caps)
