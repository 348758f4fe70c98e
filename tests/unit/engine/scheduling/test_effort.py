"""Which tasks remain and how much work they are (M6)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.builders import model, scenario, size, task, works
from zt_planner.engine.scheduling.effort import is_excluded


@pytest.mark.parametrize(
    ("condition", "path", "when_gone", "when_there"),
    [
        ("full_reuse", "choices__hardware_reuse", 1, 0.9),
        ("full_reuse", "choices__hardware_reuse", 0.99, 0.9),
        ("vlans_only", "choices__segmentation", "vlans", "micro"),
        ("no_works_council", "company__works_council", False, True),
        ("no_monitoring", "choices__monitoring", "none", "mdr"),
        ("keep_vpn", "choices__remote_access", "vpn", "ztna"),
    ],
)
def test_a_task_falls_away_when_a_choice_makes_it_needless(
    condition: str, path: str, when_gone: object, when_there: object
) -> None:
    conditional = task("conditional", falls_away_when=condition)
    gone, there = scenario(**{path: when_gone}), scenario(**{path: when_there})
    assert is_excluded(conditional, gone, size(gone))
    assert not is_excluded(conditional, there, size(there))
    assert not is_excluded(task("always"), gone, size(gone))


def test_the_teams_share_the_effort() -> None:
    (work,) = works(scenario(), model(task("a", days=10, external_share="0.3")))
    assert [*work.work.whole] == [Fraction(7), Fraction(3)]


def test_a_task_without_effort_falls_away_and_passes_its_predecessors_on() -> None:
    chain = model(
        task("first"),
        task("second"),
        task("gone", days=0, after=("first", "second")),
        task("gone_too", after=("gone",), falls_away_when="full_reuse"),
        task("last", after=("gone_too", "first")),
    )
    task_works = works(scenario(), chain)
    assert [work.task.id for work in task_works] == ["first", "second", "last"]
    assert task_works[-1].after == (0, 1)


def test_a_task_of_which_an_mdr_leaves_nothing_falls_away() -> None:
    watched = model(task("tuning", days=6, with_mdr=0), task("other"))
    assert [work.task.id for work in works(scenario(choices__monitoring="mdr"), watched)] == ["other"]


def test_a_task_that_fell_away_passes_the_same_predecessors_to_all_that_follow() -> None:
    fork = model(
        task("first"), task("gone", days=0, after=("first",)), *(task(name, after=("gone",)) for name in ("b", "c"))
    )
    assert [work.after for work in works(scenario(), fork)] == [(), (0,), (0,)]
