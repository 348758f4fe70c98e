"""Every figure of a task is declared once, beside the field that holds it."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from zt_planner.domain import units
from zt_planner.domain.scenario.fields import FIGURES
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.domain.scenario.task_edits import OwnTask, TaskEdit
from zt_planner.domain.scenario.task_figures import TaskFigure, figures_of


def test_every_field_of_a_task_is_declared() -> None:
    models = (TaskEdit, OwnTask, TaskRecord)
    assert [tuple(figures) for figures in FIGURES.values()] == [tuple(model.model_fields) for model in models]


def test_figures_of_one_name_are_declared_alike() -> None:
    edits, own, records = FIGURES.values()
    assert {name: own[name] for name in edits} == edits
    assert not records.keys() & own.keys()


def test_what_can_be_set_or_recorded_has_a_title_and_what_can_be_set_a_mark() -> None:
    edits, _, records = FIGURES.values()
    assert all(figure.title for figure in (*edits.values(), *records.values()))
    assert all(figure.mark for figure in edits.values())
    assert all("{task}" in figure.label for figures in FIGURES.values() for figure in figures.values())


def test_a_field_without_a_declaration_is_refused() -> None:
    class Halved(BaseModel):
        half: Annotated[bool, TaskFigure("Half of {task}", units.FLAG)]
        other: bool

    with pytest.raises(ValueError, match="not enough values to unpack"):
        figures_of(Halved)
