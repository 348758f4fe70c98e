"""What finished tasks do for the points of NIS2 (M19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import (
    MONDAY,
    TODAY,
    book,
    case,
    measure,
    model,
    placed,
    plan,
    point,
    quiet,
    scenario,
    task,
)
from zt_planner.domain.data.phase_model import PhaseModel, Point, Task
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState, PointCoverage
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.nis2.coverage import coverage_of, point_coverage, recorded_coverage, state_on

EARLY, MIDDLE, LATE = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)
PAST = date(2025, 1, 7)
FINISHED = {"first": MIDDLE, "last": LATE, "side": EARLY}


def one_point(asked: Point, finished: dict[str, date] | None = None) -> PointCoverage:
    """Return the coverage of a point by tasks that all had something to do."""
    days = FINISHED if finished is None else finished
    return point_coverage(asked, days, frozenset(days))


def test_a_point_is_supported_from_the_day_on_which_its_last_main_task_is_finished() -> None:
    result = one_point(point("3.1", "first", "last", partial=["side"]))
    assert (result.state, result.reached_on, result.partly_from) == (CoverageState.SUPPORTED, LATE, EARLY)
    assert (result.main_tasks, result.partial_tasks) == (("first", "last"), ("side",))


def test_a_point_without_main_task_is_partly_served_from_the_first_task_that_names_it() -> None:
    result = one_point(point("3.1", partial=["last", "first"]))
    assert (result.state, result.reached_on) == (CoverageState.PARTLY, MIDDLE)


def test_a_point_that_the_steps_serve_partly_is_never_supported() -> None:
    assert one_point(point("3.1", "first", covered="partly")).state is CoverageState.PARTLY


def test_a_point_that_no_task_names_stays_open() -> None:
    result = one_point(point("3.1", covered="none"))
    assert (result.state, result.reached_on, result.partly_from) == (CoverageState.OPEN, None, None)


def test_of_two_tasks_one_is_enough_from_the_earlier_day() -> None:
    result = one_point(point("3.1", "last|first", "side"))
    assert (result.state, result.reached_on, result.main_tasks) == (CoverageState.SUPPORTED, MIDDLE, ("first", "side"))
    without = one_point(point("3.1", "last|gone"))
    assert (without.reached_on, without.missing_tasks) == (LATE, ())
    assert one_point(point("3.1", "away|gone", "side")).missing_tasks == ("away", "gone")


def test_of_two_tasks_that_had_nothing_to_do_the_other_one_makes_a_point_partly_supported() -> None:
    asked = point("3.1", "first|last", "away")
    result = point_coverage(asked, {"first": EARLY, "last": LATE}, frozenset({"last"}))
    assert (result.state, result.reached_on) == (CoverageState.PARTLY, LATE)


def test_a_point_is_open_then_partly_supported_then_supported() -> None:
    covered = one_point(point("3.1", "first", "last"))
    days = (EARLY, MIDDLE, LATE)
    assert [state_on(covered, day) for day in days] == ["open", "partly", "supported"]
    short = one_point(point("3.1", "first", covered="partly"))
    assert [state_on(short, day) for day in days] == ["open", "partly", "partly"]


def covered(given: Scenario, *tasks: Task, points: tuple[Point, ...] = ()) -> dict[str, PointCoverage]:
    """Return the coverage of a plan of some tasks, all of which are finished on the first day."""
    asked = case(given, book(), model(*tasks, measures=(measure("b"),), points=points or POINTS))
    placed_tasks = tuple(placed(work.task.id) for work in asked.task_works)
    return {item.point: item for item in coverage_of(asked, placed_tasks)}


PROCESS = task("incident_process")
WATCHED = task("tuning", falls_away_when="no_monitoring")
REMOTE = task("ztna", falls_away_when="keep_vpn")
COUNCIL = task("works_council", falls_away_when="no_works_council")
HARDWARE = task("hardware_install", falls_away_when="full_reuse")
SSO = task("sso", days=0, drivers=["apps"], days_per_unit=[1])
MICRO = task("micro_segmentation", falls_away_when="vlans_only")
MACHINES = task("machine_zones", falls_away_when="no_machines")
DIRECTORY = task("ad_hardening", falls_away_when="no_local_directory")
BOTH = point("3.1", "incident_process", "tuning")
POINTS = (point("3.1", "incident_process"), point("3.2", "tuning"))


def served_by(needed: Task, **fields: Any) -> PointCoverage:  # noqa: ANN401 - any field of a scenario
    """Return the coverage of a point that the process and another task mainly serve."""
    asked = point("3.1", "incident_process", needed.id)
    return covered(quiet(**fields), PROCESS, needed, points=(asked,))["3.1"]


def test_every_point_of_the_model_is_answered() -> None:
    assert list(covered(quiet(), PROCESS, WATCHED)) == ["3.1", "3.2"]


def test_a_point_is_supported_where_all_its_main_tasks_are_in_the_plan() -> None:
    result = served_by(WATCHED)
    assert (result.state, result.missing_tasks) == (CoverageState.SUPPORTED, ())


@pytest.mark.parametrize(
    ("fields", "away"),
    [
        ({"choices__monitoring": "none"}, WATCHED),
        ({"choices__remote_access": "vpn"}, REMOTE),
        ({"choices__segmentation": "vlans"}, MICRO),
        ({"tasks__edits": {"tuning": {"in_scope": False}}}, WATCHED),
    ],
)
def test_a_main_task_that_was_chosen_away_leaves_a_point_partly_served_and_is_named(
    fields: dict[str, Any], away: Task
) -> None:
    result = served_by(away, **fields)
    assert (result.state, result.missing_tasks) == (CoverageState.PARTLY, (away.id,))


@pytest.mark.parametrize(
    ("fields", "needless"),
    [
        ({"company__works_council": False}, COUNCIL),
        ({"choices__hardware_reuse": 1}, HARDWARE),
        ({"company__machines": 0}, MACHINES),
        ({"company__local_directory": False}, DIRECTORY),
        ({"company__apps": 0}, SSO),
    ],
)
def test_a_main_task_for_which_there_is_nothing_to_do_counts_as_in_the_plan(
    fields: dict[str, Any], needless: Task
) -> None:
    result = served_by(needless, **fields)
    assert (result.state, result.reached_on, result.missing_tasks) == (CoverageState.SUPPORTED, MONDAY, ())


def test_what_has_nothing_to_do_makes_no_point_partly_supported() -> None:
    asked = point("3.1", "works_council", "away", partial=["hardware_install"])
    alone = covered(quiet(company__works_council=False), task("other"), COUNCIL, HARDWARE, points=(asked,))["3.1"]
    assert (alone.state, alone.partly_from) == (CoverageState.OPEN, None)


def test_a_task_left_out_by_hand_is_missed_even_where_there_is_nothing_to_do() -> None:
    result = served_by(COUNCIL, company__works_council=False, tasks__edits={"works_council": {"in_scope": False}})
    assert (result.state, result.missing_tasks) == (CoverageState.PARTLY, ("works_council",))


def test_what_was_done_before_counts_from_the_start() -> None:
    done = quiet(tasks__edits={"tuning": {"done": 1}})
    result = covered(done, PROCESS, WATCHED)["3.2"]
    assert (result.state, result.reached_on) == (CoverageState.SUPPORTED, MONDAY)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, CoverageState.OPEN),
        ({"status__at": TODAY}, CoverageState.OPEN),
        ({"status__tasks": {"tuning": {"started": PAST, "finished": PAST}}}, CoverageState.PARTLY),
        (
            {"status__tasks": {key: {"started": PAST, "finished": PAST} for key in ("tuning", "incident_process")}},
            CoverageState.SUPPORTED,
        ),
        ({"tasks__edits": {"tuning": {"done": 1}, "incident_process": {"done": 1}}}, CoverageState.SUPPORTED),
    ],
)
def test_a_planned_day_that_has_passed_records_nothing(fields: dict[str, Any], state: CoverageState) -> None:
    status = {"status__at": TODAY} if "status__tasks" in fields else {}
    asked = model(PROCESS, WATCHED, task("other"), measures=(measure("b"),), points=(BOTH,))
    made = plan(quiet(timeline__start=PAST, **status, **fields), book(), asked)
    (served,) = recorded_coverage(made.case, made.tasks)
    assert served.state is state
    assert made.coverage[0].state is CoverageState.SUPPORTED


@pytest.mark.extended
@pytest.mark.parametrize(
    ("fields", "supported", "partly"),
    [
        ({}, 15, 19),
        ({"choices__monitoring": "none"}, 13, 20),  # 3.2 and 3.4 are partly left, 5.2 is open without the choice
        ({"choices__monitoring": "mdr"}, 15, 19),
        ({"tasks__edits": {"access_review": {"in_scope": False}}}, 14, 20),
        ({"company__works_council": False}, 15, 19),
    ],
)
def test_the_default_supports_fifteen_points_and_leaving_something_out_shows(
    fields: dict[str, Any], supported: int, partly: int, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    result = plan(scenario(**fields), price_book, phase_model).coverage
    states = [item.state for item in result]
    assert (len(states), states.count(CoverageState.SUPPORTED)) == (49, supported)
    assert states.count(CoverageState.PARTLY) == partly


def test_a_main_task_that_is_left_out_is_named_for_each_point_that_it_mainly_serves(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = scenario(tasks__edits={"edr_onboarding": {"in_scope": False}})
    result = plan(given, price_book, phase_model).coverage
    named = {item.point for item in result if item.missing_tasks == ("edr_onboarding",)}
    assert named == {each.point for each in phase_model.points if "edr_onboarding" in each.main}
    assert named == {"6.9"}
