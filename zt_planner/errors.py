"""Every error of ZT Planner, in one tree.

    PlannerError                 bad input or a fault outside; the message says what to do next
    ├── CatalogError             a data file is wrong
    │   ├── FileProblem          the file as a whole: missing, empty, too large, not UTF-8
    │   ├── ColumnProblem        a column is missing or unknown
    │   ├── CellProblem          one value in one row
    │   └── CircleProblem        tasks that wait for each other
    ├── ScenarioError            a scenario does not hold together; keeps every faulty field
    └── StoreError               the plan could not be kept or fetched

An error keeps its parts (file, row, column, value, remedy), so that every
medium can arrange them; its text is composed from them. A doubtful but usable
input is not an error: it is a `Finding` beside the plan. An exception that is
not a `PlannerError` is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field

__all__ = [
    "CatalogError",
    "CellProblem",
    "CircleProblem",
    "ColumnProblem",
    "FieldProblem",
    "FileProblem",
    "PlannerError",
    "ScenarioError",
    "StoreError",
    "msgid",
    "shortened",
]


def msgid(text: str) -> str:
    """Mark a text for translation that is shown later, by `Language.say`."""
    return text


class PlannerError(Exception):
    """Base of all errors that a person can mend."""


class CatalogError(PlannerError):
    """A data file is wrong. `file` is its name without folders."""

    def __init__(self, file: str, message: str) -> None:
        """Keep the file's name beside the composed message."""
        super().__init__(message)
        self.file = file


class FileProblem(CatalogError):
    """The file cannot be used as a whole."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        """Compose `prices.csv: it is empty. Write a header line first.`"""
        super().__init__(file, f"{file}: {problem}. {remedy}")
        self.problem = problem
        self.remedy = remedy


class ColumnProblem(CatalogError):
    """A column is missing or unknown."""

    def __init__(self, file: str, column: str, problem: str, remedy: str) -> None:
        """Compose `prices.csv, row 1, column amount: the column is missing. ...`"""
        super().__init__(file, f"{file}, row 1, column {column}: {problem}. {remedy}")
        self.row = 1
        self.column = column
        self.value = column
        self.problem = problem
        self.remedy = remedy


class CellProblem(CatalogError):
    """One value in one row. `row` counts as a spreadsheet does: the header is row 1."""

    def __init__(self, file: str, row: int, column: str, value: str, problem: str, remedy: str) -> None:
        """Compose `prices.csv, row 41, column amount: '1.200' is not a number. Write 1200.`"""
        super().__init__(file, f"{file}, row {row}, column {column}: '{shortened(value)}' {problem}. {remedy}")
        self.row = row
        self.column = column
        self.value = value
        self.problem = problem
        self.remedy = remedy


class CircleProblem(CellProblem):
    """A task depends on itself through a chain; `circle` spells it out, first task repeated."""

    def __init__(self, file: str, row: int, column: str, circle: tuple[str, ...]) -> None:
        """Compose the circle as `a -> b -> a`."""
        self.circle = circle
        super().__init__(
            file,
            row,
            column,
            " -> ".join(circle),
            "is a circle: each task waits for the next",
            "Take one of these dependencies out",
        )


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a scenario: its dotted path, the problem and the remedy.

    Problem and remedy are texts to translate, with gaps like `{value}` that `values` fill.
    """

    path: str
    problem: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Read as one line of an error message, in English."""
        return f"{self.path}: {self.problem.format(**self.values)}. {self.remedy.format(**self.values)}"


class ScenarioError(PlannerError):
    """A scenario that cannot be planned; `problems` holds one entry a faulty field."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        """Compose one line a field."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class StoreError(PlannerError):
    """The plan could not be kept or fetched; the message says where and what to do."""


def shortened(value: str, length: int = 60) -> str:
    """Cut a long value for a message, control characters made visible."""
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
    return visible if len(visible) <= length else f"{visible[: length - 1]}…"
