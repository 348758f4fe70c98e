"""A second core, where the machine has one."""

from __future__ import annotations

import os

import pytest

from tests.problems import is_allowed, two_side_by_side
from zt_planner.bootstrap import second_core
from zt_planner.engine.exact.elsewhere import Elsewhere, advanced
from zt_planner.engine.exact.population import Population


def test_a_population_crosses_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    people = Population(two_side_by_side(), (0, 2, 4, 6))
    with second_core() as executor:
        assert executor is not None
        assert executor.submit(os.getpid).result() != os.getpid()
        away = executor.submit(advanced, people, 5).result()
    assert away.best == advanced(people, 5).best
    assert is_allowed(people.problem, away.best)


@pytest.mark.parametrize("count", [1, None])
def test_where_there_is_one_core_nothing_runs_beside(monkeypatch: pytest.MonkeyPatch, count: int | None) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: count)
    with second_core() as executor:
        assert executor is None
        assert Elsewhere(executor, two_side_by_side(), (0, 2, 4, 6)).best() is None
