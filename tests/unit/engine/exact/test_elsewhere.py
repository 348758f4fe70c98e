"""A second population in another process: what comes back, and what happens where nothing does."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.problems import is_allowed, two_side_by_side
from zt_planner.engine.exact import elsewhere
from zt_planner.engine.exact.elsewhere import GENERATIONS, SEED, Elsewhere, advanced
from zt_planner.engine.exact.patience import Patience, Watch
from zt_planner.engine.exact.population import Population
from zt_planner.engine.exact.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.engine.exact.problem import Starts


class Here(Executor):
    """Runs work at once, and dies after so many."""

    def __init__(self, pieces: int, *, dies_at_work: bool = False) -> None:
        """Begin with so many pieces of work to come."""
        self.pieces, self.dies_at_work = pieces, dies_at_work

    def submit(self, fn: Callable[..., object], /, *args: object, **_: object) -> Future[object]:  # type: ignore[override]
        """Run a piece of work, as an executor does."""
        future: Future[object] = Future()
        self.pieces -= 1
        if self.pieces >= 0:
            future.set_result(fn(*args))
        elif self.dies_at_work:
            future.set_exception(BrokenExecutor())
        else:
            raise BrokenExecutor
        return future


FIRST = (0, 2, 4, 6)


def sent_to(executor: Executor | None) -> Elsewhere:
    """Send a population somewhere."""
    return Elsewhere(executor, two_side_by_side(), FIRST)


def people() -> Population:
    """Return a population that can find a schedule of four days."""
    return Population(two_side_by_side(), FIRST, SEED)


def test_it_comes_back_after_some_generations_and_goes_off_again() -> None:
    alone = advanced(people(), 2 * GENERATIONS)
    away = sent_to(Here(9))
    assert away.best() == advanced(people(), GENERATIONS).best
    found = away.best()
    assert found == alone.best
    assert is_allowed(alone.problem, alone.best)


def test_nowhere_to_send_it_to_finds_nothing() -> None:
    assert sent_to(None).best() is None


def test_what_is_not_back_yet_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Here(9)
    monkeypatch.setattr(executor, "submit", lambda *_: Future())
    assert sent_to(executor).best() is None


def test_a_process_that_dies_costs_only_what_it_would_have_found() -> None:
    for dies_at_work in (True, False):
        away = sent_to(Here(1, dies_at_work=dies_at_work))
        assert away.best() is not None
        assert away.best() is None
        assert away.best() is None


@pytest.mark.parametrize(("is_repeatable", "finish"), [(False, 4), (True, 6)])
def test_the_search_takes_what_is_found_elsewhere_where_it_may_differ(
    monkeypatch: pytest.MonkeyPatch, *, is_repeatable: bool, finish: int
) -> None:
    """Nothing is found but elsewhere, as everything else is made to find nothing."""

    def found(population: Population, _: int) -> Population:
        population.best = (0, 0, 2, 2)
        return population

    def begun(asked: Search, first: Starts) -> None:
        asked.best = first

    monkeypatch.setattr(elsewhere, "advanced", found)
    monkeypatch.setattr(Population, "next_generation", lambda _: None)
    monkeypatch.setattr(Search, "_begin", begun)
    monkeypatch.setattr(Search, "_ask", lambda *_: None)
    seconds = count()
    patience = Patience(
        1.0 if is_repeatable else 50.0, lambda: next(seconds), is_repeatable=is_repeatable, elsewhere=Here(9)
    )
    starts = Search(two_side_by_side(), Watch(patience)).run((0, 0, 2, 5)).starts
    assert starts is not None
    assert two_side_by_side().finish_of(starts) == finish
