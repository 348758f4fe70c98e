"""Pages are drawn one by one, in the order of their due times; a slow page does not hold up those after it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import count
from threading import Condition
from time import monotonic

import pytest

from zt_planner.ui.state import turns as module
from zt_planner.ui.state.tab import BrowserTab
from zt_planner.ui.state.turns import PageRun, Turns

SECONDS = 20.0
"""What a thread may take on the slowest machine; nothing waits for it."""
FOLLOWERS = 8


class Line(set[PageRun]):
    """The pages that wait; it tells when one has come."""

    def __init__(self) -> None:
        super().__init__()
        self.has_come = Condition()

    def add(self, page: PageRun) -> None:
        with self.has_come:
            super().add(page)
            self.has_come.notify_all()


def nothing() -> None:
    """Find that the reader of a page has done nothing."""


def stops_at(most: int) -> Callable[[], None]:
    """Return a look that ends the run when it is called for the `most`-th time."""
    looks = count(1)

    def look() -> None:
        if next(looks) == most:
            raise KeyboardInterrupt

    return look


@pytest.fixture
def turns() -> Turns:
    """Return the turns of a process in which nothing is drawn."""
    found = Turns()
    found._waiting = Line()  # noqa: SLF001 - a page that waits tells nobody else that it has come
    return found


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, which passes only when a test says so; pages that wait look again at once."""
    found = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: found[0])
    monkeypatch.setattr(module, "LOOK", 0.001)
    return found


def test_one_page_is_drawn_at_a_time(turns: Turns) -> None:
    for draw in (partial(turns.own, monotonic()), partial(turns.following, nothing, monotonic())):
        with draw():
            assert not turns.is_free()
        assert turns.is_free()


def test_a_page_that_fails_gives_its_turn_up(turns: Turns) -> None:
    with pytest.raises(ZeroDivisionError), turns.following(nothing, monotonic()):
        _ = 1 // 0
    with pytest.raises(ZeroDivisionError), turns.own(monotonic()):
        _ = 1 // 0
    assert turns.is_free()


@pytest.mark.extended
def test_a_page_that_waits_stops_where_its_reader_does_something(turns: Turns) -> None:
    looks = []

    def presses_at_the_second_look() -> None:
        looks.append(turns.is_free())
        if len(looks) == 2:
            raise KeyboardInterrupt

    with (
        turns.own(monotonic()),
        pytest.raises(KeyboardInterrupt),
        turns.following(presses_at_the_second_look, monotonic()),
    ):
        pytest.fail("it was drawn before its turn")
    assert looks == [False, False]
    assert turns.is_free()


@pytest.mark.parametrize("at", [1, 2])
def test_a_run_that_ends_at_any_look_gives_its_turn_up(turns: Turns, at: int) -> None:
    with pytest.raises(KeyboardInterrupt), turns.following(stops_at(at), monotonic()) as next_part:
        next_part()
    assert turns.is_free()


def test_beside_a_page_that_takes_long_the_next_is_drawn(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_TURN", 0.0)
    monkeypatch.setattr(module, "LOOK", 0.001)
    with turns.own(monotonic()):
        with turns.following(nothing, monotonic()) as next_part, turns.own(monotonic()):
            next_part()
            assert not turns.is_free()
        assert turns.is_free(), "the slow page had given its turn away"
    assert turns.is_free()


def test_a_slow_page_that_ends_takes_nobodys_turn(turns: Turns, now: list[float]) -> None:
    slow = ExitStack()
    slow.enter_context(turns.own(now[0]))
    now[0] += module.LONGEST_TURN * 2
    with turns.own(now[0]):
        slow.close()
        assert not turns.is_free()


def draw_own(turns: Turns, order: list[str]) -> None:
    """Draw a page that follows nobody."""
    with turns.own(monotonic()):
        order.append("own")


def draw_following(turns: Turns, name: str, order: list[str]) -> None:
    """Draw a page that follows, in three parts."""
    with turns.following(nothing, monotonic()) as next_part:
        order.append(f"{name}1")
        draw_rest(next_part, name, order)


def draw_rest(next_part: Callable[[], None], name: str, order: list[str]) -> None:
    """Draw the parts after the headline."""
    for part in (2, 3):
        next_part()
        order.append(f"{name}{part}")


def wait_until(turns: Turns, waiting: int) -> None:
    """Wait until so many pages wait."""
    line = turns._waiting  # noqa: SLF001 - as in `turns`
    assert isinstance(line, Line)
    with line.has_come:
        assert line.has_come.wait_for(lambda: len(line) >= waiting, SECONDS), "a page has not come"


@pytest.mark.parametrize("begun", [0, 1])
def test_own_pages_come_first_then_all_headlines_then_page_by_page(
    turns: Turns, monkeypatch: pytest.MonkeyPatch, begun: int
) -> None:
    monkeypatch.setattr(module, "LONGEST_TURN", SECONDS)
    order: list[str] = []
    with ThreadPoolExecutor() as pool, turns.following(nothing, monotonic()) as next_part:
        for _ in range(begun):
            next_part()
        pages = [pool.submit(draw_following, turns, "b", order)]
        wait_until(turns, 1)
        pages.append(pool.submit(draw_following, turns, "c", order))
        wait_until(turns, 2)
        pages.append(pool.submit(draw_own, turns, order))
        wait_until(turns, 3)
        draw_rest(next_part, "a", order)
    for page in pages:
        page.result()
    assert order == ["own", "b1", "c1", "a2", "a3", "b2", "b3", "c2", "c3"]


def test_who_has_let_others_go_first_for_long_enough_is_drawn_before_a_page_that_comes_later(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_TURN", SECONDS)
    monkeypatch.setattr(module, "HEADLINE_DUE", 0.0)
    monkeypatch.setattr(module, "REST_DUE", 0.0)
    order: list[str] = []
    with ThreadPoolExecutor() as pool, turns.own(monotonic()):
        pages = [pool.submit(draw_following, turns, "a", order)]
        wait_until(turns, 1)
        pages.append(pool.submit(draw_own, turns, order))
        wait_until(turns, 2)
    for page in pages:
        page.result()
    assert order == ["a1", "a2", "a3", "own"]


def test_a_page_that_comes_again_before_it_is_drawn_keeps_its_place(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_TURN", SECONDS)
    order: list[str] = []
    came = monotonic()

    def draw_again() -> None:
        with turns.own(came):
            order.append("again")

    with ThreadPoolExecutor() as pool, turns.own(monotonic()):
        pages = [pool.submit(draw_own, turns, order)]
        wait_until(turns, 1)
        pages.append(pool.submit(draw_again))
        wait_until(turns, 2)
    for page in pages:
        page.result()
    assert order == ["again", "own"]


@pytest.mark.extended
def test_a_page_that_has_begun_stops_between_two_parts_while_another_is_drawn(turns: Turns) -> None:
    looks = []

    def look() -> None:
        looks.append(turns.is_free())
        if len(looks) == 3:
            own.close()

    own = ExitStack()
    with ThreadPoolExecutor(1) as pool, turns.following(look, monotonic()) as next_part:
        waits = pool.submit(own.enter_context, turns.own(monotonic()))
        wait_until(turns, 1)
        next_part()
        waits.result()
        assert len(looks) == 3
    assert turns.is_free()


def test_no_page_is_drawn_beside_one_that_has_not_taken_long(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_TURN", SECONDS)
    monkeypatch.setattr(module, "LOOK", 0.001)
    with turns.own(monotonic()), pytest.raises(KeyboardInterrupt), turns.following(stops_at(10), monotonic()):
        pytest.fail("it was drawn beside another")


def test_each_part_of_a_page_may_take_as_long_as_a_turn(turns: Turns, now: list[float]) -> None:
    with turns.following(nothing, monotonic()) as next_part:
        now[0] += module.LONGEST_TURN * 2
        next_part()
        with pytest.raises(KeyboardInterrupt), turns.following(stops_at(10), monotonic()):
            pytest.fail("the second part has only just begun")


def test_a_page_that_gave_its_turn_away_waits_before_its_next_part(turns: Turns, now: list[float]) -> None:
    with turns.following(stops_at(10), now[0]) as next_part:
        now[0] += module.LONGEST_TURN * 2
        with turns.own(now[0]), pytest.raises(KeyboardInterrupt):
            next_part()
    assert turns.is_free()


def test_of_those_that_wait_for_a_slow_page_only_the_first_is_drawn_beside_it(turns: Turns, now: list[float]) -> None:
    order: list[str] = []
    with ThreadPoolExecutor(FOLLOWERS + 1) as pool, turns.own(monotonic()):
        pages = [pool.submit(draw_following, turns, "a", order) for _ in range(FOLLOWERS)]
        wait_until(turns, FOLLOWERS)
        pages.append(pool.submit(draw_own, turns, order))
        wait_until(turns, FOLLOWERS + 1)
        now[0] += module.LONGEST_TURN * 2
        for page in pages:
            page.result(SECONDS)
    assert order == ["own", *["a1"] * FOLLOWERS, *["a2", "a3"] * FOLLOWERS]


def test_a_run_follows_where_the_page_has_asked_for_it_and_its_reader_has_done_nothing() -> None:
    tab = BrowserTab(run=3)
    tab.ask_for_news()
    tab.run += 1
    assert tab.follows
    tab.run += 1
    assert not tab.follows


def test_a_run_that_the_page_and_its_reader_have_asked_for_follows_nobody() -> None:
    tab = BrowserTab(run=3)
    tab.queue(lambda: None)
    tab.ask_for_news()
    tab.run += 1
    assert not tab.follows
