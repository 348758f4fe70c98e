"""What a figure of a task is, declared once, as metadata of the field that holds it.

The fields of `TaskEdit` and `OwnTask` are set, those of `TaskRecord` are recorded. The words of the record, tables,
grids, marks, files and what comes back from them follow from the declaration. Laws: every such field has one; fields
of one name have the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer

from zt_planner.domain.scenario.values import Part
from zt_planner.domain.units import Unit


@dataclass(frozen=True, slots=True)
class TaskFigure:
    """A figure of a task.

    `label` is its name in the record, with the gap `{task}`. `title` stands above its column and beside its field in a
    form, `grid_title` where it is typed into a table, if that is another. `mark` stands beside a task for which a
    person has set it, with the gap `{day}` for a day. What is recorded has a column in tasks.csv and on the sheet
    Actuals; what is set has one in tasks.csv and on the sheet Roadmap where `has_column` says so: the planned days tell
    most of it.
    """

    label: str
    unit: Unit
    title: str = ""
    grid_title: str = ""
    mark: str = ""
    has_column: bool = False


class TaskFigures(Part):
    """What is set for a task, or recorded of it: written without what is as it would be anyway."""

    @model_serializer(mode="wrap")
    def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        return {name: value for name, value in handler(self).items() if getattr(self, name) != fields[name].default}


def figures_of(model: type[BaseModel]) -> Mapping[str, TaskFigure]:
    """Return the declarations of a model's fields by their names; raise ValueError for a field that has none."""
    figures = {}
    for name, field in model.model_fields.items():
        (figures[name],) = (mark for mark in field.metadata if isinstance(mark, TaskFigure))
    return figures
