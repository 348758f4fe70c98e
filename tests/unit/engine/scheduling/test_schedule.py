"""Tasks on working days: lengths, waits, priorities and two teams (M7, M9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import model, quiet, schedule, task, works
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.scheduling.calendar import calendar_of
from zt_planner.engine.scheduling.effort import days_for, weekly_need
from zt_planner.engine.scheduling.schedule import (
    UNLIMITED,
    Network,
    Teams,
    earliest_finish,
    place_works,
    precedence_start,
)


def dates(given: Scenario, phase_model: PhaseModel) -> dict[str, tuple[str, str]]:
    """Return start and finish of each task."""
    result = schedule(given, phase_model)
    placement = result.placement
    return {
        work.task.id: (
            result.calendar.day(placement.starts[index]).isoformat(),
            result.calendar.day(placement.finish_of(index)).isoformat(),
        )
        for index, work in enumerate(result.network.task_works)
    }


def lengths(given: Scenario, phase_model: PhaseModel, internal: str, external: str = "5") -> list[int]:
    """Return the lengths of all tasks with these teams."""
    return Network(works(given, phase_model)).lengths(Teams(Fraction(internal), Fraction(external)))


def test_a_length_of_nine_days_is_not_ten() -> None:
    # 2.7 / 0.3 is 9.000000000000002 in binary. 0.3 a day is half of 3 days a week.
    assert lengths(quiet(), model(task("a", days="2.7", team_share="0.5")), "3") == [9]


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ({"days": 1}, 1),
        ({"days": "1.01"}, 2),
        ({"days": 1, "min_length_days": 10}, 10),
        ({"days": 4, "team_share": "0.5"}, 8),
        ({"days": 4, "external_share": "0.75"}, 3),
        ({"days": "0.01"}, 1),
        ({"days": "0.01", "min_length_days": 0}, 1),
    ],
)
def test_a_task_is_as_long_as_its_slower_team_needs(fields: dict[str, str], length: int) -> None:
    assert lengths(quiet(), model(task("a", **fields)), "5") == [length]


def test_a_team_without_limits_or_work_needs_no_days() -> None:
    needs = [weekly_need(effort, Decimal("0.5")) for effort in (Fraction(0), Fraction(1), Fraction(3, 2))]
    assert days_for(needs, None) == [0, 0, 0]
    assert days_for(needs, Fraction(0)) == [0, 0, 0]
    # Half of 3 days a week is 0.3 a day: 3.33 and 5 days.
    assert days_for(needs, Fraction(3)) == [0, 4, 5]


def test_tasks_follow_each_other_over_a_weekend() -> None:
    # Four days from Monday 4 January to Thursday; two more are Friday and Monday.
    result = dates(quiet(), model(task("first", days=4), task("second", days=2, after=("first",))))
    assert result == {"first": ("2027-01-04", "2027-01-07"), "second": ("2027-01-08", "2027-01-11")}


def test_a_wait_runs_in_calendar_weeks_after_the_last_working_day() -> None:
    # Finished on Wednesday 6 January; two weeks end on Wednesday 20; the successor starts on Thursday 21.
    result = dates(quiet(), model(task("order", days=3, wait_weeks=2), task("install", after=("order",))))
    assert result["install"] == ("2027-01-21", "2027-01-21")


def test_tasks_that_end_on_one_day_and_wait_equally_long_free_their_followers_together() -> None:
    half: dict[str, Any] = {"days": 1, "team_share": "0.5", "wait_weeks": 1}
    pairs = model(
        task("a", **half), task("b", **half), task("c", after=("a",), days="0.1"), task("d", after=("b",), days="0.1")
    )
    # a and b end on Tuesday 5 January, their waits on Tuesday 12.
    assert {start for name, (start, _) in dates(quiet(), pairs).items() if name in "cd"} == {"2027-01-13"}


def test_a_wait_that_ends_on_a_closure_moves_the_successor_past_it() -> None:
    given = quiet(timeline__closures=[["2027-01-21", "2027-01-22"]])
    result = dates(given, model(task("order", days=3, wait_weeks=2), task("install", after=("order",))))
    assert result["install"] == ("2027-01-25", "2027-01-25")


def test_a_task_runs_without_a_break_over_days_that_nobody_works() -> None:
    given = quiet(timeline__closures=[["2027-01-05", "2027-01-05"]])
    assert dates(given, model(task("a", days=2))) == {"a": ("2027-01-04", "2027-01-06")}


def test_two_tasks_that_take_half_a_team_run_side_by_side_and_a_third_waits() -> None:
    half: dict[str, Any] = {"days": 1, "team_share": "0.5"}
    result = dates(quiet(), model(task("a", **half), task("b", **half), task("c", **half)))
    assert [start for start, _ in result.values()] == ["2027-01-04", "2027-01-04", "2027-01-06"]


def test_a_busy_consultant_holds_a_task_back_as_well() -> None:
    busy: dict[str, Any] = {"days": 2, "external_share": 1}
    result = dates(quiet(), model(task("a", **busy), task("b", **busy)))
    assert result["b"] == ("2027-01-06", "2027-01-07")


def test_of_equal_tasks_the_first_in_the_phase_model_comes_first() -> None:
    result = dates(quiet(), model(task("b"), task("a")))
    assert result["b"] < result["a"]


def test_the_longer_chain_comes_first_a_week_of_waiting_counting_five_days() -> None:
    # "late" has 1 day and 2 weeks = 11 days behind it, "short" 2 days.
    result = dates(quiet(), model(task("short", days=2), task("late", wait_weeks=2)))
    assert result["late"] == ("2027-01-04", "2027-01-04")


@pytest.mark.parametrize(("protection_first", "first"), [(1, "urgent"), (0, "long"), (0.4, "long")])
def test_a_head_start_protects_early_as_far_as_protection_comes_first(protection_first: float, first: str) -> None:
    # long: 3 days. urgent: 1 day + head start 5 x protection_first; 0.4 x 5 is 2, a tie that the order decides.
    given = quiet(timeline__protection_first=protection_first)
    result = dates(given, model(task("long", days=3), task("urgent", head_start_days=5)))
    assert min(result, key=lambda name: result[name]) == first


def test_the_longest_chain_without_teams_bounds_every_schedule_from_below() -> None:
    given, chain = quiet(), model(task("a", min_length_days=3, wait_weeks=1), task("b", after=("a",)), task("c"))
    network = Network(works(given, chain))
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    first = calendar.index_from(date(2027, 1, 4))
    # a: 4 to 6 January, the wait to the 13th, b on the 14th.
    last = earliest_finish(network, network.lengths(UNLIMITED), calendar, first)
    assert calendar.day(last) == date(2027, 1, 14)


def test_unlimited_teams_start_everything_at_once() -> None:
    given, both = quiet(), model(task("a"), task("b", external_share=1))
    calendar = calendar_of(given.timeline, date(2027, 1, 4))
    placement = place_works(Network(works(given, both)), UNLIMITED, calendar, Decimal(1), 1)
    assert placement.starts == (1, 1)
    assert precedence_start(0, placement, Network(works(given, both)), calendar, 1) == 1


IN_TURN: dict[str, Any] = {"timeline__steps": "in_turn", "timeline__internal_days_per_week": 50}


def test_in_turn_a_step_begins_when_the_one_before_is_finished_whatever_others_wait_for_after_it() -> None:
    order = task("order", step="1", days=2, team_share="0.1", wait_weeks=2)
    result = dates(quiet(**IN_TURN), model(order, task("install", step="3", after=("order",)), task("other", step="2")))
    # The order is over on 5 January, its wait on the 19th; step 3 waits for step 2 too.
    assert result == {
        "order": ("2027-01-04", "2027-01-05"),
        "install": ("2027-01-20", "2027-01-20"),
        "other": ("2027-01-06", "2027-01-06"),
    }


def test_the_chain_of_a_priority_follows_the_steps_in_turn_without_their_waits() -> None:
    def chains(days: int) -> list[int]:
        tasks = (task("a", step="1", wait_weeks=2), task("b", step="2", days=days))
        network = Network(works(quiet(timeline__steps="in_turn"), model(*tasks)))
        return network.remaining_chains(network.lengths(Teams(Fraction(5), Fraction(5))))

    assert chains(3) == [11, 3]  # one day and two weeks of five are longer than one day and three
    assert chains(20) == [21, 20]


def test_tasks_are_placed_in_a_given_order_and_new_ones_last() -> None:
    tasks = [task("a", days=3), task("new", days=4), task("b", days=2), task("c", after=("a",))]
    found = schedule(quiet(levelling__order=("b", "gone", "a", "c")), model(*tasks))
    starts = dict(zip(["a", "new", "b", "c"], found.placement.starts, strict=True))
    first = starts["b"]
    assert starts == {"b": first, "a": first + 2, "c": first + 5, "new": first + 6}
