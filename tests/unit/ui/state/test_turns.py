"""Pages that only follow others are drawn after them, one by one; nobody who has done something waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import sleep

import pytest

from zt_planner.ui.state import turns as module
from zt_planner.ui.state.tab import Tab
from zt_planner.ui.state.turns import Turns


def nothing() -> None:
    """Find that the reader of a page has done nothing."""


@pytest.fixture
def turns() -> Turns:
    """Return the turns of a process in which nothing is drawn."""
    return Turns()


def test_one_page_that_follows_is_drawn_at_a_time(turns: Turns) -> None:
    with turns.following(nothing):
        assert not turns.is_free()
    assert turns.is_free()


def test_pages_that_follow_wait_for_all_whose_readers_have_done_something(turns: Turns) -> None:
    with turns.own():
        with turns.own():
            assert not turns.is_free()
        assert not turns.is_free()
    assert turns.is_free()


def test_a_page_that_fails_gives_its_turn_up(turns: Turns) -> None:
    with pytest.raises(ZeroDivisionError), turns.following(nothing):
        _ = 1 // 0
    with pytest.raises(ZeroDivisionError), turns.own():
        _ = 1 // 0
    assert turns.is_free()


def test_a_page_that_waits_stops_where_its_reader_does_something(turns: Turns) -> None:
    looks = []

    def presses_at_the_second_look() -> None:
        looks.append(turns.is_free())
        if len(looks) == 2:
            raise KeyboardInterrupt

    with turns.own(), pytest.raises(KeyboardInterrupt), turns.following(presses_at_the_second_look):
        pytest.fail("it was drawn before its turn")
    assert looks == [False, False]
    assert turns.is_free()


def test_nobody_waits_for_ever(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.001)
    with turns.following(nothing):
        with turns.following(nothing) as next_part:
            next_part()
            assert not turns.is_free()
        assert not turns.is_free(), "whoever had no turn gave one up"
    assert turns.is_free()


def drawn_in_order(turns: Turns, begun: int) -> list[str]:
    """Return in which order three pages are drawn in two parts each, the first of which has begun so many parts."""
    order: list[str] = []

    def draw(name: str) -> None:
        with turns.following(nothing) as next_part:
            order.append(f"{name} headline")
            next_part()
            order.append(f"{name} rest")

    with ThreadPoolExecutor() as pool, turns.following(nothing) as next_part:
        for _ in range(begun):
            next_part()
        pages = []
        for number, name in enumerate("bc", 1):
            pages.append(pool.submit(draw, name))
            while turns.waiting() < number:
                sleep(0.001)
        order.append("a")
        next_part()
        order.append("a rest")
    for page in pages:
        page.result()
    return order


@pytest.mark.parametrize("begun", [0, 1])
def test_all_headlines_come_before_the_rest_of_a_page_and_pages_are_completed_one_after_the_other(
    turns: Turns, begun: int
) -> None:
    assert drawn_in_order(turns, begun) == ["a", "b headline", "c headline", "a rest", "b rest", "c rest"]


def test_a_page_that_has_begun_stops_between_two_parts_while_a_reader_does_something(turns: Turns) -> None:
    looks = []

    def look() -> None:
        looks.append(turns.is_free())
        if len(looks) == 3:
            own.close()

    with turns.following(look) as next_part:
        own = ExitStack()
        own.enter_context(turns.own())
        assert looks == [False]
        next_part()
        assert looks == [False, False, False]
    assert turns.is_free()


def test_a_run_follows_where_the_page_has_asked_for_it_and_its_reader_has_done_nothing() -> None:
    tab = Tab(run=3)
    tab.ask_for_news()
    tab.run += 1
    assert tab.follows
    tab.run += 1
    assert not tab.follows


def test_a_run_that_the_page_and_its_reader_have_asked_for_follows_nobody() -> None:
    tab = Tab(run=3)
    tab.queue(lambda: None)
    tab.ask_for_news()
    tab.run += 1
    assert not tab.follows
