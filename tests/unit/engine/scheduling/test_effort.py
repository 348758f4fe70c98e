"""Which tasks remain and how much work they are (M5, M6)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.builders import model, scenario, task
from zt_planner.domain.data.phase_model import Driver
from zt_planner.engine.scheduling.effort import effort_days, effort_drivers, is_excluded, sites_to_replace, works_of


def test_effort_is_the_base_and_what_grows_with_each_driver() -> None:
    inventory = task("inventory", days=2, drivers=["employees", "sites"], days_per_unit=["0.02", "0.5"])
    # 2 + 0.02 x 120 + 0.5 x 2
    assert effort_days(inventory, effort_drivers(scenario())) == Fraction("5.4")


def test_every_driver_has_its_number() -> None:
    drivers = effort_drivers(scenario(choices__hardware_reuse=0.35))
    assert drivers == {
        Driver.EMPLOYEES: 120,
        Driver.DEVICES: 144,
        Driver.SERVERS: 6,
        Driver.ADMINS: 6,
        Driver.SITES: 2,
        Driver.APPS: 8,
        Driver.SITES_TO_REPLACE: 2,  # ceil(2 x 0.65)
    }


@pytest.mark.parametrize(
    ("sites", "reuse", "replaced"),
    [(10, "0.7", 3), (100, "0.29", 71), (2, "1", 0), (3, "0", 3), (1, "0.99", 1)],
)
def test_sites_to_replace_are_rounded_up_without_a_binary_error(sites: int, reuse: str, replaced: int) -> None:
    # 10 x (1 - 0.7) is 3.0000000000000004 in binary: a float would replace four.
    given = scenario(company__sites=sites, choices__hardware_reuse=float(reuse))
    assert sites_to_replace(given) == replaced


@pytest.mark.parametrize(
    ("condition", "path", "when_gone", "when_there"),
    [
        ("full_reuse", "choices__hardware_reuse", 1, 0.99),
        ("no_works_council", "company__works_council", False, True),
        ("no_monitoring", "choices__monitoring", "none", "mdr"),
        ("keep_vpn", "choices__remote_access", "vpn", "ztna"),
    ],
)
def test_a_task_falls_away_when_a_choice_makes_it_needless(
    condition: str, path: str, when_gone: object, when_there: object
) -> None:
    conditional = task("conditional", falls_away_when=condition)
    assert is_excluded(conditional, scenario(**{path: when_gone}))
    assert not is_excluded(conditional, scenario(**{path: when_there}))
    assert not is_excluded(task("always"), scenario(**{path: when_gone}))


def test_the_teams_share_the_effort() -> None:
    (work,) = works_of(scenario(), model(task("a", days=10, external_share="0.3")))
    assert [work.internal, work.external] == [Fraction(7), Fraction(3)]


def test_a_task_without_effort_falls_away_and_passes_its_predecessors_on() -> None:
    chain = model(
        task("first"),
        task("second"),
        task("gone", days=0, after=("first", "second")),
        task("gone_too", after=("gone",), falls_away_when="full_reuse"),
        task("last", after=("gone_too", "first")),
    )
    task_works = works_of(scenario(), chain)
    assert [work.task.id for work in task_works] == ["first", "second", "last"]
    assert task_works[-1].after == (0, 1)


def test_a_task_that_fell_away_passes_the_same_predecessors_to_all_that_follow() -> None:
    fork = model(
        task("first"), task("gone", days=0, after=("first",)), *(task(name, after=("gone",)) for name in ("b", "c"))
    )
    assert [work.after for work in works_of(scenario(), fork)] == [(), (0,), (0,)]
