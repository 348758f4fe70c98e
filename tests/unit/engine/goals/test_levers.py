"""What may be decided otherwise, and what is never proposed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import book, model, plan, quiet, task
from zt_planner.domain.data.phase_model import Step, Task
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.goals.changes import MOST_CUTS, Nature, Topic, applied, choices_of, cuts_of, services_of


def values(scenario: Scenario, field: str) -> list[Any]:
    """Return to what a choice could be changed."""
    changes = (*choices_of(scenario), *services_of(scenario))
    return [value for change in changes for path, value in change.fields if path == f"choices.{field}"]


def cuts(*tasks: Task, **fields: Any) -> list[tuple[str, ...]]:  # noqa: ANN401 - any field of a scenario
    """Return the tasks that could be left out of a plan, those with the most work first."""
    return [cut.tasks for cut in cuts_of(plan(quiet(**fields), book(), model(*tasks)).tasks)]


def test_every_other_provider_and_term_is_a_choice() -> None:
    assert values(quiet(), "identity_provider") == ["google", "okta"]
    assert values(quiet(choices__billing="monthly"), "billing") == ["annual_prepaid", "annual_monthly"]


@pytest.mark.parametrize(
    ("now", "others"),
    [
        ("siem_and_mdr", ["mdr", "siem", "none"]),
        ("mdr", ["siem", "none"]),
        ("siem", ["mdr", "none"]),
        ("none", []),
    ],
)
def test_nobody_is_proposed_to_watch_more_than_now(now: str, others: list[str]) -> None:
    assert values(quiet(choices__monitoring=now), "monitoring") == others


@pytest.mark.parametrize(("now", "others"), [("ztna", ["app_proxy", "vpn"]), ("app_proxy", ["vpn"]), ("vpn", [])])
def test_no_remote_access_is_proposed_that_takes_more(now: str, others: list[str]) -> None:
    assert values(quiet(choices__remote_access=now), "remote_access") == others


def test_how_much_hardware_can_stay_is_a_fact_and_never_proposed() -> None:
    assert values(quiet(choices__hardware_reuse=0), "hardware_reuse") == []


def test_hardware_that_has_to_be_replaced_may_be_left_out_with_what_waits_for_it() -> None:
    order = task("order", step=Step.SEGMENTATION, falls_away_when="full_reuse")
    install = task("install", step=Step.SEGMENTATION, after=["order"], falls_away_when="full_reuse")
    assert cuts(order, install, choices__hardware_reuse=0) == [("order", "install"), ("install",)]


def test_one_of_siem_and_mdr_alone_is_less_and_one_for_the_other_is_a_choice() -> None:
    both, one = quiet(choices__monitoring="siem_and_mdr"), quiet(choices__monitoring="mdr")
    assert Topic.MONITORING not in {change.topic for change in choices_of(both)}
    assert [change.fields for change in choices_of(one) if change.topic is Topic.MONITORING] == [
        (("choices.monitoring", "siem"),)
    ]


@pytest.mark.parametrize(("now", "others"), [(1, [0]), (0.25, [0]), (0, [])])
def test_an_order_that_finishes_early_is_a_choice_where_it_is_not_the_order_already(
    now: float, others: list[int]
) -> None:
    changes = choices_of(quiet(timeline__protection_first=now))
    assert [value for change in changes for path, value in change.fields if path.endswith("protection_first")] == others


def test_to_do_without_a_service_is_told_from_another_choice() -> None:
    assert {change.nature for change in choices_of(quiet())} == {Nature.MIX}
    assert {change.nature for change in services_of(quiet())} == {Nature.SERVICES}


def test_a_task_goes_with_all_that_waits_for_it() -> None:
    result = cuts(
        task("a", step=Step.SEGMENTATION),
        task("b", step=Step.SEGMENTATION, after=["a"]),
        task("c", step=Step.DEVICES, days=9),
    )
    assert result == [("c",), ("a", "b"), ("b",)]


@pytest.mark.parametrize("fields", [{"step": Step.IDENTITIES}, {"step": Step.PREPARATION}, {"head_start_days": 100}])
def test_what_everything_rests_on_stays_and_what_it_waits_for(fields: dict[str, Any]) -> None:
    kept = task("kept", after=["before"], **{"step": Step.DEVICES, **fields})
    assert cuts(task("before", step=Step.DEVICES), kept, task("free", step=Step.DEVICES)) == [("free",)]


def test_a_task_that_a_choice_takes_away_goes_with_others_but_not_by_itself() -> None:
    watch = task("watch", step=Step.MONITORING, after=["logs"], falls_away_when="no_monitoring")
    result = cuts(task("logs", step=Step.MONITORING), watch)
    assert result == [("logs", "watch")]


def test_an_own_task_is_left_out_by_its_own_field() -> None:
    own = {"training": {"step": "4", "name": "Training", "effort_days": 3}}
    scenario = quiet(tasks__own=own)
    (cut,) = cuts_of(plan(scenario, book(), model(task("a", step=Step.PREPARATION))).tasks)
    assert cut.fields == (("tasks.own.training.in_scope", False),)
    assert not applied(scenario, (cut,)).tasks.own["training"].in_scope


def test_of_many_tasks_those_with_the_most_work_are_proposed() -> None:
    many = [task(f"t{number:02}", step=Step.DEVICES, days=number + 1) for number in range(MOST_CUTS + 5)]
    result = cuts(*many)
    assert len(result) == MOST_CUTS
    assert result[0] == (f"t{MOST_CUTS + 4:02}",)


def test_no_change_leaves_a_scenario_as_it_is() -> None:
    scenario = quiet()
    assert applied(scenario, ()) is scenario
