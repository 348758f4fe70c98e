"""A table of cells that a person edits: its columns and rows, what typed cells set, or why they are refused.

The other modules beside it declare one each. Laws: every row has a name of its
own; a number within its bounds is read again as it is shown; every typed cell
either sets something or is refused in words that name row and column; a row that
is refused keeps no other back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from zt_planner.domain.units import DAY, TEXT, Unit, UnitKind
from zt_planner.entries import Entry, ask_for_one_day, day_in, month_first
from zt_planner.errors import CellProblem, InputRefused, Place, PlannerError, msgid
from zt_planner.gaps import Title, shortened
from zt_planner.language import Text, Words, in_table
from zt_planner.topics.error_texts import explain
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import is_of_a_task, task_label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from zt_planner.language import Language

CellValue: TypeAlias = "str | bool | date | tuple[str, ...] | None"
"""What a cell holds; a number, and a day that is edited, as a text in the reader's form, other rows by their names."""
CellAddress: TypeAlias = "tuple[str, str]"
"""Where a cell stands: the ids of its row and its column."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its title, what may be typed into its cells, and its width in pixels where the title needs it.

    Cells of flags and of tasks are ticked and chosen. A text that only follows is not edited.
    """

    title: str
    entry: Entry | Unit | None = None
    width: int | None = None

    @property
    def unit(self) -> Unit | None:
        """What its cells hold; None where they are not edited."""
        return self.entry.unit if isinstance(self.entry, Entry) else self.entry


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as it is shown: its cells by column."""

    id: str
    name: str
    cells: Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What the typed cells of one row set, as fields by path, or what is wrong with them."""

    addresses: tuple[CellAddress, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[PlannerError, ...] = ()


def no_conflicts(_row: GridRow, _figures: Mapping[str, Any]) -> tuple[CellProblem, ...]:
    """Return nothing: any cells go together."""
    return ()


@dataclass(frozen=True)
class Grid:
    """A table to edit.

    `fields` returns what the typed figures of a row (by id) set, as fields by path; None is an empty cell.
    `conflicts` returns which figures of a row do not go together. `name_width` is in pixels; the longest name of a
    task of the model has room.
    """

    title: str
    row_title: str
    columns: Mapping[str, GridColumn]
    rows: tuple[GridRow, ...]
    language: Language
    fields: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
    conflicts: Callable[[GridRow, Mapping[str, Any]], Iterable[CellProblem]] = no_conflicts
    name_width: int = 435

    def only(self, ids: Iterable[str]) -> Grid:
        """Return the rows with these ids, in their order."""
        rows = {row.id: row for row in self.rows}
        return replace(self, rows=tuple(rows[key] for key in ids))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The rows' names by their ids."""
        return {row.id: row.name for row in self.rows}

    @cached_property
    def cells(self) -> Mapping[CellAddress, CellValue]:
        """Every cell that is edited."""
        edited = [name for name, column in self.columns.items() if column.entry is not None]
        return {(row.id, name): self._typed(name, row.cells[name]) for row in self.rows for name in edited}

    def _typed(self, column: str, cell: CellValue) -> CellValue:
        """Return a cell as it is edited."""
        if self.columns[column].unit is DAY:
            return "" if cell is None else self.language.typed_day(cast("date", cell))
        return cell

    def row_ids(self, cell: CellValue) -> CellValue:
        """Return a cell with the ids of the rows that it names, so that it outlives their names; one as it is."""
        ids = {name: row_id for row_id, name in self.names.items()}
        return tuple(ids.get(name, name) for name in cell) if isinstance(cell, tuple) else cell

    def row_names(self, cell: CellValue) -> CellValue:
        """Return a cell with the names of the rows whose ids it holds; an id without a row stays."""
        return tuple(self.names.get(row_id, row_id) for row_id in cell) if isinstance(cell, tuple) else cell

    def edits(self, typed: Mapping[CellAddress, CellValue]) -> Iterator[RowEdit]:
        """Yield what typed cells set, row by row.

        A column of days is read in one way: where one of them has its month first, none is taken for its other reading.
        """
        american = {column for (_, column), value in typed.items() if self._has_month_first(column, value)}
        for row in self.rows:
            cells = {column: value for (row_id, column), value in typed.items() if row_id == row.id}
            if cells:
                yield self._edit(row, cells, american)

    def _has_month_first(self, column: str, cell: CellValue) -> bool:
        """Tell whether a cell is a day only with its month before its day."""
        if self.columns[column].unit is not DAY or month_first(str(cell), self.language) is None:
            return False
        try:
            day_in(str(cell), self.language)
        except InputRefused:
            return True
        return False

    def _edit(self, row: GridRow, cells: Mapping[str, CellValue], american: Collection[str]) -> RowEdit:
        addresses = tuple((row.id, column) for column in cells)
        figures: dict[str, Any] = {}
        problems: list[PlannerError] = []
        for column, cell in cells.items():
            try:
                place = cell_place(row, self.columns[column])
                figures[column] = self._read(column, cell, place, is_american=column in american)
            except CellProblem as refused:
                problems.append(refused)
        problems += self.conflicts(row, figures)
        return RowEdit(addresses, {} if problems else self.fields(row.id, figures), tuple(problems))

    def _read(self, column: str, cell: CellValue, place: Place, *, is_american: bool) -> Any:  # noqa: ANN401 - figures of every kind
        """Return a typed cell as its figure, None where it is empty; raise CellProblem."""
        entry = self.columns[column].entry
        if isinstance(entry, Entry):
            try:
                if is_american:
                    ask_for_one_day(str(cell), self.language)
                return entry.read(str(cell), self.language) if str(cell or "").strip() else None
            except InputRefused as refused:
                raise CellProblem(place, refused.problem, refused.remedy, **refused.values) from None
        if isinstance(cell, tuple):
            unknown = set(cell) - set(self.names.values())
            if unknown:
                raise CellProblem(
                    place, msgid("there is no {name} any more"), msgid("Take it out"), name=shortened(min(unknown))
                )
            return list(cast("tuple[str, ...]", self.row_ids(cell)))
        return cell

    def is_same(self, column: str, one: CellValue, other: CellValue) -> bool:
        """Tell whether two cells say the same, however a number or a day is written."""
        unit = self.columns[column].unit
        if one == other or unit is None or unit.kind is UnitKind.WORDS:
            return one == other
        read = partial(day_in, language=self.language) if unit is DAY else self.language.number_in
        try:
            return read(str(one)) == read(str(other))
        except InputRefused:
            return False


def read_only(grid: Grid) -> Table:
    """Return a grid as a table to read."""
    return Table(
        (Text(grid.row_title), *(Text(column.title) for column in grid.columns.values())),
        tuple((row.name, *(in_table(row.cells[name], TEXT) for name in grid.columns)) for row in grid.rows),
        numbers=tuple(n for n, column in enumerate(grid.columns.values(), 1) if column.unit and column.unit.is_number),
    )


def cell_place(row: GridRow, column: GridColumn) -> Place:
    """Return where a cell stands, as a message names it."""
    return Place(row.name, None, Title(column.title))


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, of equal ones each with its id."""
    count = Counter(names.values())
    return {
        key: name if count[name] == 1 else f"{name} ({key.partition(':')[2] or key})" for key, name in names.items()
    }


def error_lines(errors: Iterable[PlannerError], names: Mapping[str, str]) -> tuple[Words, ...]:
    """Return what errors say, a field of a task named by the task; each line once."""

    def name_of(path: str) -> Words:
        return task_label(path, names) if is_of_a_task(path) else path

    return tuple(dict.fromkeys(line for error in errors for line in explain(error, name_of)))
