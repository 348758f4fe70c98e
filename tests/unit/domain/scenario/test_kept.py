"""Prices and a phase model that a scenario keeps: they hold in place of the shipped ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import plan
from zt_planner import bootstrap
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import ScenarioError

DEARER = replace(
    bootstrap.price_book(),
    prices=tuple(row.model_copy(update={"amount": row.amount * 2}) for row in bootstrap.price_book().prices),
)
LONGER = replace(
    bootstrap.phase_model(),
    tasks=tuple(task.model_copy(update={"base_days": task.base_days * 2}) for task in bootstrap.phase_model().tasks),
)
KEEPING = Scenario().with_kept_data(KeptBook.of(DEARER), KeptModel.of(LONGER))


def test_a_plan_with_data_of_its_own_is_the_plan_that_was_made_with_them() -> None:
    there = plan(Scenario(), DEARER, LONGER)
    here = plan(KEEPING, bootstrap.price_book(), bootstrap.phase_model())
    assert here.headlines == there.headlines
    assert (here.case.book.version, here.case.base_model.version) == (
        there.case.book.version,
        there.case.base_model.version,
    )
    assert here.headlines != plan(Scenario(), bootstrap.price_book(), bootstrap.phase_model()).headlines


def test_what_is_kept_is_read_again_from_the_file() -> None:
    again = Scenario.model_validate_json(KEEPING.model_dump_json())
    assert again == KEEPING
    assert again.version == KEEPING.version != Scenario().version
    assert KEEPING.without_kept_data() == Scenario()


def test_own_figures_and_rows_are_set_in_what_is_kept() -> None:
    edited = KEEPING.changed("tasks.edits.mfa_rollout.effort_days", Decimal(9))
    assert edited.tasks.version
    assert not KEEPING.tasks.version
    there = plan(edited.without_kept_data(), DEARER, LONGER)
    assert plan(edited, bootstrap.price_book(), bootstrap.phase_model()).headlines == there.headlines


def test_a_price_is_looked_for_in_the_book_that_is_kept() -> None:
    short = replace(bootstrap.price_book(), prices=bootstrap.price_book().prices[:1])
    gone = bootstrap.price_book().prices[-1].id
    scenario = Scenario().with_kept_data(KeptBook.of(short), None).changed(f"prices.overrides.{gone}", Decimal(1))
    with pytest.raises(ScenarioError, match="is not in the price book"):
        plan(scenario, bootstrap.price_book(), bootstrap.phase_model())


def test_who_sees_no_labour_gets_no_day_rate_that_is_kept() -> None:
    seen = plan(KEEPING, bootstrap.price_book(), bootstrap.phase_model(), shows_labour=False)
    text = seen.scenario.model_dump_json()
    assert not [rate for rate in DayRate if f'"{rate}"' in text]
    assert seen.scenario.without_rates().prices.kept_book == seen.scenario.prices.kept_book
