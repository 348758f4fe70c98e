"""Which tasks remain, how much work they are and what they wait for (M6, M7, M9, M35)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import MONDAY, model, quiet, scenario, size, task, works
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.engine.scheduling.effort import is_excluded, scope_of, works_of


@pytest.mark.parametrize(
    ("condition", "path", "when_gone", "when_there"),
    [
        ("full_reuse", "choices__hardware_reuse", 1, 0.9),
        ("full_reuse", "choices__hardware_reuse", 0.99, 0.9),
        ("vlans_only", "choices__segmentation", "vlans", "micro"),
        ("no_works_council", "company__works_council", False, True),
        ("no_monitoring", "choices__monitoring", "none", "mdr"),
        ("no_siem", "choices__monitoring", "mdr", "siem"),
        ("no_siem", "choices__monitoring", "none", "siem_and_mdr"),
        ("no_mdr", "choices__monitoring", "siem", "mdr"),
        ("no_mdr", "choices__monitoring", "none", "siem_and_mdr"),
        ("no_machines", "company__machines", 0, 1),
        ("no_local_directory", "company__local_directory", False, True),
        ("no_risk_access", "choices__risk_access", "none", "administrators"),
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


def test_a_task_that_fell_away_passes_the_same_predecessors_to_all_that_follow() -> None:
    fork = model(
        task("first"), task("gone", days=0, after=("first",)), *(task(name, after=("gone",)) for name in ("b", "c"))
    )
    assert [work.after for work in works(scenario(), fork)] == [(), (0,), (0,)]


def done(**shares: float) -> dict[str, Any]:
    """Return a scenario's fields with which shares of tasks were done before the plan begins."""
    return {"tasks__edits": {task_id: {"done": share} for task_id, share in shares.items()}}


def test_what_was_done_before_is_taken_off_the_work_and_what_it_takes_at_least() -> None:
    # 60 % of ten days, of which three tenths are the consultant's; 60 % of four days, rounded up.
    half = model(task("a", days=10, external_share="0.3", min_length_days=4))
    (work,) = works(scenario(**done(a=0.4)), half)
    assert [*work.work.whole] == [Fraction("4.2"), Fraction("1.8")]
    assert work.work.least_days == 3


def test_so_many_people_a_day_at_most_make_a_task_as_long() -> None:
    # 120 people, 7 a day: 17.1 days; of three quarters 12.9.
    paced = model(task("a", drivers=("employees",), days_per_unit=("0.01",), pace=7, min_length_days=2))
    assert [work.work.least_days for work in works(scenario(), paced)] == [18]
    assert [work.work.least_days for work in works(scenario(**done(a=0.25)), paced)] == [13]


def test_what_is_done_is_not_scheduled_and_frees_what_waited_for_it() -> None:
    chain = model(task("a"), task("b", after=("a",)), task("c", after=("b",)), task("d", after=("b", "a")))
    task_works = works(scenario(**done(b=1)), chain)
    assert [work.task.id for work in task_works] == ["a", "c", "d"]
    assert [work.after for work in task_works] == [(), (), (0,)]


def test_an_own_length_shrinks_by_what_was_done_and_an_own_task_can_be_done() -> None:
    edits = {"a": {"effort_days": 8, "min_length_days": 6, "done": 0.5}}
    own = {"x": {"step": "1", "name": "X", "effort_days": 4, "done": 1}}
    (work,) = works(scenario(tasks__edits=edits, tasks__own=own), model(task("a")))
    assert (work.work.days, work.work.least_days) == (Fraction(4), 3)


def test_what_falls_away_is_not_done_and_passes_its_predecessors_on() -> None:
    chain = model(task("a"), task("b", after=("a",), falls_away_when="full_reuse"), task("c", after=("b",)))
    given = scenario(**done(b=1))
    assert [work.after for work in works(given, chain)] == [(), (0,)]
    assert not scope_of(given, chain, size(given, chain)).done


def test_a_record_of_a_task_wins_over_what_was_done_before() -> None:
    given = quiet(**done(a=1), status__at=date(2027, 1, 11), status__tasks={"a": {"started": MONDAY}})
    assert [work.work.days for work in works(given, model(task("a", days=10)))] == [10]


def opened(order: PhaseModel, *opening: str) -> dict[str, tuple[str, ...]]:
    """Return what each task waits for where some open licences."""
    given, large = scenario(), size(scenario(), order)
    found = works_of(given, order, large, scope_of(given, order, large), MONDAY, opening)
    return {work.task.id: tuple(found[before].task.id for before in work.after) for work in found}


def test_what_opens_licences_waits_for_their_order_and_what_the_order_waits_for_does_not() -> None:
    tasks = (task("pilot"), task("licence_order", after=("pilot",)), task("rollout", after=("pilot",)), task("other"))
    assert opened(model(*tasks), "pilot", "rollout") == {
        "pilot": (),
        "licence_order": ("pilot",),
        "rollout": ("pilot", "licence_order"),
        "other": (),
    }
    assert opened(model(*tasks[:1], *tasks[2:]), "pilot", "rollout")["rollout"] == ("pilot",)


def gates(*tasks: Task) -> dict[str, tuple[str, ...]]:
    """Return which finished tasks of earlier steps each task waits for where the steps come in turn."""
    found = works(scenario(timeline__steps="in_turn"), model(*tasks))
    return {work.task.id: tuple(found[before].task.id for before in work.gates) for work in found}


def test_in_turn_each_step_waits_for_the_nearest_earlier_one_and_preparation_for_nobody() -> None:
    found = gates(
        task("kickoff", step="0"),
        task("mfa", step="1"),
        task("sso", step="1"),
        task("alarms", step="5"),
        task("law", step="4", head_start_days=200),
        task("soon", step="4", head_start_days=199),
    )
    assert found == {
        "kickoff": (),
        "mfa": (),
        "sso": (),
        "alarms": ("law", "soon"),
        "law": (),
        "soon": ("mfa", "sso"),
    }
    assert not any(gates(task("kickoff", step="0"), task("alarms", step="2")).values())


def test_a_task_that_waits_for_a_later_step_keeps_none_waiting() -> None:
    # "micro" is of step 3 and waits for endpoints of step 4: step 4 waits for what else there is of step 3.
    tasks = (task("mfa", step="1"), task("vlans", step="3"), task("edr", step="4"))
    micro = task("micro", step="3", after=("edr",))
    assert gates(*tasks, micro)["edr"] == ("vlans",)
    assert gates(tasks[0], tasks[2], micro)["edr"] == ("mfa",)
    assert gates(*tasks, micro)["micro"] == ("mfa",)
