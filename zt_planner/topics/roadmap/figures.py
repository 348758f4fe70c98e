"""How a figure of a task stands in a table and is typed into one, as its declaration says (`TaskFigure`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import FIGURES
from zt_planner.domain.scenario.task_figures import TaskFigure
from zt_planner.domain.units import UnitKind
from zt_planner.entries import Entry, TypedNumber, entry_at
from zt_planner.language import Language, Text, Writable
from zt_planner.topics.grid import GridColumn
from zt_planner.topics.table import Column

WIDTH, WIDTH_OF_TASKS = 13, 34


def entry_of(group: str, name: str) -> Entry:
    """Return the entry of a number or a day of a task, by its group of fields and its name."""
    return entry_at(f"{group}any.{name}")


def grid_column(group: str, name: str) -> GridColumn:
    """Return the column in which a figure is typed."""
    figure = FIGURES[group][name]
    is_typed = figure.unit.kind is not UnitKind.WORDS
    return GridColumn(figure.grid_title or figure.title, entry_of(group, name) if is_typed else figure.unit)


def grid_cell(value: Any, column: GridColumn) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a figure as its column holds it once it is written; an empty cell for none."""
    if isinstance(column.entry, Entry) and column.entry.unit.is_number:
        return "" if value is None else TypedNumber(value, column.entry)
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
        return language.series(names.get(key, key) for key in self.ids)


def figure_column(
    name: str,
    figure: TaskFigure,
    value: Callable[[ScheduledTask], Any],
    names: Callable[[Language], Mapping[str, str]],
) -> Column[ScheduledTask]:
    """Return the column in which a figure is read and comes back from files; `names` are those of tasks in lists."""
    title, unit = Text(figure.title), figure.unit
    if unit is not units.TASKS:
        keeps_decimals = unit.kind is UnitKind.NUMBER and unit.typed_places
        return Column(title, units.NUMBER if keeps_decimals else unit, value, name=name, width=WIDTH)
    return Column(
        title,
        units.TEXT,
        lambda task: ";".join(value(task)),
        lambda task: TasksInList(value(task), names),
        name=name,
        width=WIDTH_OF_TASKS,
    )
