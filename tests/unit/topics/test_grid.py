"""Both grids that are edited: what they show is read again as itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.entries import Entry
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.grid import Grid
from zt_planner.topics.risk.ranges_grid import range_grid
from zt_planner.topics.roadmap.grid import task_grid
from zt_planner.topics.view import View


@pytest.mark.parametrize("language", LanguageCode)
@pytest.mark.parametrize("grid_of", [task_grid, range_grid])
def test_numbers_that_are_typed_as_they_stand_change_nothing(
    grid_of: Callable[[View], Grid],
    language: LanguageCode,
    price_book: PriceBook,
    phase_model: PhaseModel,
) -> None:
    plan = builders.plan(builders.scenario(), price_book, phase_model)
    grid = grid_of(View(plan, Language(language)))
    typed = {
        (row, column): cell
        for (row, column), cell in grid.cells.items()
        if isinstance(grid.columns[column].entry, Entry)
    }
    found = list(grid.edits(typed))
    assert len(found) == len(grid.rows) == len(set(grid.names.values()))
    assert not [edit.problems for edit in found if edit.problems]
    assert {value for edit in found for value in edit.fields.values()} == {None}
