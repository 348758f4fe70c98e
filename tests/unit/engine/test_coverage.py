"""What finished tasks do for the ten measures of NIS2 (M19)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import measure, model, placed
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.coverage import coverage_of, measure_coverage

EARLY, MIDDLE, LATE = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)


def test_a_measure_is_supported_from_the_day_on_which_its_last_main_task_is_finished() -> None:
    tasks = (
        placed("first", EARLY, MIDDLE, main=("i",)),
        placed("last", MIDDLE, LATE, main=("i",)),
        placed("side", EARLY, partial=("i",)),
    )
    found = measure_coverage(measure("i"), tasks)
    assert (found.state, found.reached_on, found.partly_from) == (CoverageState.SUPPORTED, LATE, EARLY)
    assert (found.main_tasks, found.partial_tasks) == (("first", "last"), ("side",))


def test_a_measure_without_main_task_is_partly_served_from_the_first_task_that_names_it() -> None:
    tasks = (placed("later", MIDDLE, LATE, partial=("e",)), placed("first", EARLY, MIDDLE, partial=("e",)))
    found = measure_coverage(measure("e"), tasks)
    assert (found.state, found.reached_on) == (CoverageState.PARTLY, MIDDLE)


@pytest.mark.parametrize("letter", ["a", "c", "d"])
def test_three_measures_are_never_more_than_partly_served(letter: str) -> None:
    found = measure_coverage(measure(letter), (placed("task", EARLY, main=(letter,)),))
    assert (found.state, found.reached_on) == (CoverageState.PARTLY, EARLY)


def test_a_measure_that_the_steps_serve_partly_is_never_supported() -> None:
    found = measure_coverage(measure("i", covered="partly"), (placed("task", EARLY, main=("i",)),))
    assert found.state is CoverageState.PARTLY


def test_a_measure_that_no_task_names_stays_open() -> None:
    found = measure_coverage(measure("h"), (placed("task", EARLY),))
    assert (found.state, found.reached_on, found.partly_from) == (CoverageState.OPEN, None, None)


def test_every_measure_of_the_model_is_answered() -> None:
    assert [found.letter for found in coverage_of(model(measures=(measure("b"), measure("c"))), ())] == ["b", "c"]
