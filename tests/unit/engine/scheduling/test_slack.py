"""Slack and the critical path in the resource-linked order (M9)."""

from __future__ import annotations

from datetime import date

from tests.builders import book, model, plan, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel


def slack(phase_model: PhaseModel) -> dict[str, int]:
    """Return each task's slack with a quiet calendar and a day of work a day."""
    return {task.task.id: task.slack_days for task in plan(quiet(), book(), phase_model).tasks}


def links(phase_model: PhaseModel) -> dict[str, tuple[str, ...]]:
    """Return what held each task back through a team."""
    return {task.task.id: task.links for task in plan(quiet(), book(), phase_model).tasks}


def test_a_task_beside_the_longest_one_can_move_to_its_end() -> None:
    # Different teams: nothing but the finish holds the short one.
    assert slack(model(task("long", days=5), task("short", days=2, external_share=1))) == {"long": 0, "short": 3}


def test_a_team_that_is_busy_links_tasks_that_do_not_depend_on_each_other() -> None:
    chain = model(task("first", days=2), task("second", days=2))
    assert links(chain) == {"first": (), "second": ("first",)}
    assert slack(chain) == {"first": 0, "second": 0}


def test_a_predecessor_that_ends_the_day_before_is_no_link_through_a_team() -> None:
    chain = model(task("first"), task("second", after=("first",)))
    assert links(chain) == {"first": (), "second": ()}


def test_a_task_is_linked_only_to_tasks_of_the_team_that_is_busy() -> None:
    # "both" waits for the consultant, who is busy with "consulting" until Tuesday; "own" ends on Tuesday too.
    chain = model(
        task("consulting", days=2, external_share=1, head_start_days=9),
        task("own", days=1, min_length_days=2, head_start_days=9),
        task("both", days=1, external_share="0.5"),
    )
    assert links(chain)["both"] == ("consulting",)


def test_a_task_that_a_levelled_date_holds_comes_after_those_that_the_team_had_to_finish_first() -> None:
    # "first" and "second" take the team on Monday and Tuesday, and on Thursday and Friday; "apart" another one.
    starts = (("second", date(2027, 1, 7)), ("apart", date(2027, 1, 8)))
    chain = model(task("first", days=2), task("second", days=2), task("apart", external_share=1))
    levelled = plan(quiet(levelling__starts=starts), book(), chain).tasks
    assert {item.task.id: item.links for item in levelled} == {"first": (), "second": ("first",), "apart": ()}
    assert {item.task.id: item.slack_days for item in levelled} == {"first": 1, "second": 0, "apart": 0}


def test_a_task_that_starts_as_soon_as_it_can_is_linked_to_the_last_day_before_it_only() -> None:
    # "both" waits for the consultant on Thursday; its own team was full on Monday, too, and free since.
    busy = model(
        task("own", days=1, head_start_days=9),
        task("consulting", days=3, external_share=1, head_start_days=9),
        task("both", days=1, external_share="0.5"),
    )
    assert links(busy)["both"] == ("consulting",)


def test_a_levelled_date_beside_free_days_of_the_team_links_nothing() -> None:
    beside = model(task("half", min_length_days=4, days=2), task("later", min_length_days=2, days=1))
    levelled = plan(quiet(levelling__starts=(("later", date(2027, 1, 6)),)), book(), beside).tasks
    assert [item.links for item in levelled] == [(), ()]


def test_a_wait_leaves_slack_before_a_weekend() -> None:
    # "order" ends on Monday 4 January and waits a week; its successor starts on Tuesday 12.
    # "long" ends on Friday 15: "install" can move three days, "order" the same three.
    chain = model(
        task("order", wait_weeks=1),
        task("install", after=("order",)),
        task("long", days=10, external_share=1),
    )
    assert slack(chain) == {"order": 3, "install": 3, "long": 0}


def test_a_wait_that_ends_on_a_weekend_is_slack_of_the_task_before_it() -> None:
    # A closure pushes "install" to Friday 15: "order" may finish up to Thursday 7, its wait then ends on the 14th.
    given = quiet(timeline__closures=[["2027-01-12", "2027-01-14"]])
    chain = model(task("order", wait_weeks=1), task("install", after=("order",)))
    results = {task.task.id: task.slack_days for task in plan(given, book(), chain).tasks}
    assert results == {"order": 3, "install": 0}
