"""What finished tasks do for the ten measures of NIS2 (M19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import (
    MONDAY,
    book,
    case,
    measure,
    model,
    placed,
    plan,
    quiet,
    scenario,
    task,
)
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState, MeasureCoverage
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.coverage import coverage_of, measure_coverage

EARLY, MIDDLE, LATE = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)


def test_a_measure_is_supported_from_the_day_on_which_its_last_main_task_is_finished() -> None:
    tasks = (
        placed("first", EARLY, MIDDLE, main=("i",)),
        placed("last", MIDDLE, LATE, main=("i",)),
        placed("side", EARLY, partial=("i",)),
    )
    result = measure_coverage(measure("i"), tasks)
    assert (result.state, result.reached_on, result.partly_from) == (CoverageState.SUPPORTED, LATE, EARLY)
    assert (result.main_tasks, result.partial_tasks) == (("first", "last"), ("side",))


def test_a_measure_without_main_task_is_partly_served_from_the_first_task_that_names_it() -> None:
    tasks = (placed("later", MIDDLE, LATE, partial=("e",)), placed("first", EARLY, MIDDLE, partial=("e",)))
    result = measure_coverage(measure("e"), tasks)
    assert (result.state, result.reached_on) == (CoverageState.PARTLY, MIDDLE)


def test_a_measure_that_the_steps_serve_partly_is_never_supported() -> None:
    result = measure_coverage(measure("i", covered="partly"), (placed("task", EARLY, main=("i",)),))
    assert result.state is CoverageState.PARTLY


def test_a_measure_that_no_task_names_stays_open() -> None:
    result = measure_coverage(measure("h"), (placed("task", EARLY),))
    assert (result.state, result.reached_on, result.partly_from) == (CoverageState.OPEN, None, None)


def covered(given: Scenario, *tasks: Task, phase_model: PhaseModel | None = None) -> dict[str, MeasureCoverage]:
    """Return the coverage of a and b, that may be supported, and e, that may not, once a plan of some tasks is done."""
    measures = (measure("a"), measure("b"), measure("e", covered="partly"))
    asked = case(given, book(), phase_model or model(*tasks, measures=measures))
    placed_tasks = tuple(
        placed(work.task.id, main=work.task.main, partial=work.task.partial) for work in asked.task_works
    )
    return {item.letter: item for item in coverage_of(asked, placed_tasks)}


def test_every_measure_of_the_model_is_answered() -> None:
    assert list(covered(quiet(), task("any"))) == ["a", "b", "e"]


PROCESS = task("incident_process", main=("b",))
WATCHED = task("tuning", main=("b",), falls_away_when="no_monitoring")
REMOTE = task("ztna", main=("b",), falls_away_when="keep_vpn")
COUNCIL = task("works_council", main=("b",), falls_away_when="no_works_council")
HARDWARE = task("hardware_install", main=("b",), falls_away_when="full_reuse")
SSO = task("sso", days=0, main=("b",), drivers=["apps"], days_per_unit=[1])
MICRO = task("micro_segmentation", main=("b",), falls_away_when="vlans_only")


def test_a_measure_is_supported_where_all_its_main_tasks_are_in_the_plan() -> None:
    result = covered(quiet(), PROCESS, WATCHED)["b"]
    assert (result.state, result.missing_tasks) == (CoverageState.SUPPORTED, ())


@pytest.mark.parametrize(
    ("fields", "away", "missing"),
    [
        ({"choices__monitoring": "none"}, WATCHED, "tuning"),
        ({"choices__remote_access": "vpn"}, REMOTE, "ztna"),
        ({"tasks__edits": {"tuning": {"in_scope": False}}}, WATCHED, "tuning"),
    ],
)
def test_a_main_task_that_was_chosen_away_leaves_a_measure_partly_served_and_is_named(
    fields: dict[str, Any], away: Task, missing: str
) -> None:
    result = covered(quiet(**fields), PROCESS, away)
    assert (result["b"].state, result["b"].missing_tasks) == (CoverageState.PARTLY, (missing,))
    assert result["a"].missing_tasks == ()


@pytest.mark.parametrize(
    ("fields", "needless"),
    [
        ({"company__works_council": False}, COUNCIL),
        ({"choices__hardware_reuse": 1}, HARDWARE),
        ({"choices__segmentation": "vlans"}, MICRO),
        ({"company__apps": 0}, SSO),
    ],
)
def test_a_main_task_for_which_there_is_nothing_to_do_counts_as_done(fields: dict[str, Any], needless: Task) -> None:
    result = covered(quiet(**fields), PROCESS, needless)["b"]
    assert (result.state, result.missing_tasks) == (CoverageState.SUPPORTED, ())


def test_where_there_is_nothing_to_do_a_task_set_aside_by_hand_is_not_missed_either() -> None:
    given = quiet(company__works_council=False, tasks__edits={"works_council": {"in_scope": False}})
    assert covered(given, PROCESS, COUNCIL)["b"].state is CoverageState.SUPPORTED
    no_apps = quiet(company__apps=0, tasks__edits={"sso": {"in_scope": False}})
    assert covered(no_apps, PROCESS, SSO)["b"].missing_tasks == ()


def test_a_measure_without_any_main_task_left_is_not_open_where_another_task_names_it() -> None:
    result = covered(quiet(choices__monitoring="none"), task("choice", partial=("b",)), WATCHED)["b"]
    assert (result.state, result.reached_on, result.missing_tasks) == (CoverageState.PARTLY, MONDAY, ("tuning",))
    alone = covered(quiet(choices__monitoring="none"), task("other"), WATCHED)["b"]
    assert (alone.state, alone.missing_tasks) == (CoverageState.OPEN, ("tuning",))


def test_of_a_measure_that_is_never_more_than_partly_served_a_main_task_is_missed_as_well() -> None:
    away = task("tuning", main=("e",), falls_away_when="no_monitoring")
    result = covered(quiet(choices__monitoring="none"), task("other", partial=("e",)), away)["e"]
    assert (result.state, result.missing_tasks) == (CoverageState.PARTLY, ("tuning",))


@pytest.mark.extended
@pytest.mark.parametrize(
    ("fields", "supported"),
    [
        ({}, "bfhi"),
        ({"choices__monitoring": "none"}, "hi"),
        ({"tasks__edits": {"access_review": {"in_scope": False}}}, "bfh"),
        ({"tasks__edits": {"enrolment": {"in_scope": False}}}, "bf"),
        ({"tasks__edits": {"vlans": {"in_scope": False}}}, "bfhi"),
        ({"company__works_council": False}, "bfhi"),
    ],
)
def test_the_default_supports_four_of_ten_and_leaving_something_out_shows(
    fields: dict[str, Any], supported: str, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    result = plan(scenario(**fields), price_book, phase_model).coverage
    states = {item.letter: item.state for item in result}
    assert "".join(letter for letter, state in states.items() if state is CoverageState.SUPPORTED) == supported
    assert set(states.values()) <= {CoverageState.SUPPORTED, CoverageState.PARTLY}
    assert len(states) == 10


def test_a_main_task_that_is_left_out_is_named_for_each_measure_that_it_mainly_serves(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = scenario(tasks__edits={"edr_onboarding": {"in_scope": False}})
    result = plan(given, price_book, phase_model).coverage
    named = {item.letter for item in result if item.missing_tasks == ("edr_onboarding",)}
    assert named == set(phase_model.by_id["edr_onboarding"].main)
    assert "e" in named
