"""How a figure of a task stands in a table and is typed into one, as its declaration says (`TaskFigure`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import FIGURES
from zt_planner.domain.scenario.task_figures import TaskFigure, TaskUnit
from zt_planner.language import Language, Text, Writable
from zt_planner.topics.grid import CellForm, GridColumn
from zt_planner.topics.inputs.number_forms import NumberForm, form_of
from zt_planner.topics.inputs.typed_forms import TypedForm, day_form_of
from zt_planner.topics.table import CellFormat, Column

CELLS = {
    TaskUnit.DAY: CellFormat.DATE,
    TaskUnit.PERSON_DAYS: CellFormat.NUMBER,
    TaskUnit.WORKING_DAYS: CellFormat.WHOLE,
    TaskUnit.WEEKS: CellFormat.WHOLE,
    TaskUnit.SHARE: CellFormat.SHARE,
    TaskUnit.MULTIPLE: CellFormat.NUMBER,
    TaskUnit.TASKS: CellFormat.TEXT,
}
"""How a figure is written in a table to read, in files and in the workbook, by its unit."""
CHOSEN = {TaskUnit.YES_NO: CellForm.SWITCH, TaskUnit.TASKS: CellForm.ROWS}
"""How a figure that is not typed is edited in a grid, by its unit."""
WIDTH, WIDTH_OF_TASKS = 13, 34


def typed_form(group: str, name: str) -> TypedForm:
    """Return how a number or a day of a task is typed, by its group of fields and its name; a share in per cent."""
    path = f"{group}any.{name}"
    return day_form_of(path) if FIGURES[group][name].unit is TaskUnit.DAY else form_of(path)


def grid_column(group: str, name: str) -> GridColumn:
    """Return the column in which a figure is typed."""
    figure = FIGURES[group][name]
    form = CHOSEN.get(figure.unit) or typed_form(group, name)
    return GridColumn(figure.grid_title or figure.title, form)


@dataclass(frozen=True, slots=True)
class TypedNumber(Writable):
    """A number as it is typed into its column."""

    value: Decimal | int
    form: NumberForm

    def written(self, language: Language) -> str:
        """Write it with every decimal that it has."""
        return self.form.written(self.value, language)


def grid_cell(value: Any, column: GridColumn) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a figure as its column holds it once it is written; an empty cell for none."""
    if isinstance(column.form, NumberForm):
        return "" if value is None else TypedNumber(value, column.form)
    return value


@dataclass(frozen=True, slots=True)
class TasksInList(Writable):
    """Tasks between semicolons, as they are called in lists that are read back."""

    ids: tuple[str, ...]
    names: Callable[[Language], Mapping[str, str]]

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.ids)

    def written(self, language: Language) -> str:
        """Write their names."""
        names = self.names(language)
        return "; ".join(names.get(key, key) for key in self.ids)


def figure_column(
    name: str,
    figure: TaskFigure,
    value: Callable[[ScheduledTask], Any],
    names: Callable[[Language], Mapping[str, str]],
) -> Column[ScheduledTask]:
    """Return the column in which a figure is read and comes back from files; `names` are those of tasks in lists."""
    title, form = Text(figure.title), CELLS[figure.unit]
    if figure.unit is not TaskUnit.TASKS:
        return Column(title, form, value, name=name, width=WIDTH)
    return Column(
        title,
        form,
        lambda task: ";".join(value(task)),
        lambda task: TasksInList(value(task), names),
        name=name,
        width=WIDTH_OF_TASKS,
    )
