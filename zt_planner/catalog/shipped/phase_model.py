"""tasks.csv, the two of NIS2, risk_shares.csv, parameters.csv and operations.csv: what rows must be together.

Laws: ids and letters are unique; every dependency names a task and no task waits for itself through any chain; a wait
lies within its range; every task that a rule names is there; the shares of the risk are at most the whole; every
parameter that a rule uses is there once, within its bounds and in order, and no other; an activity of operation begins
after a task that there is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zt_planner.catalog.csv.cells import different, many, number_reader, one_of
from zt_planner.catalog.csv.tables import CsvTable, Line, texts_in
from zt_planner.catalog.shipped.rules import check_tasks, load_rules
from zt_planner.domain.data.columns import alternatives_of
from zt_planner.domain.data.parameters import IN_ORDER, PARAMETER_IDS, Parameter, Parameters
from zt_planner.domain.data.phase_model import Measure, NamedTask, Operation, PhaseModel, Point, RiskShare, Task
from zt_planner.domain.dependencies import circle_in
from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.errors import CellProblem, CircleProblem, FileProblem, Place, msgid


def check_task(line: Line, task: Task) -> None:
    """Raise for a wait outside its range, factors that do not fit the drivers, and a reach without a need."""
    check_wait(line, task)
    check_drivers(line, task)
    if task.reach is not None and not task.needs:
        problem = msgid("'{value}' says who something is for, but nothing is needed")
        raise line.wrong("reach", problem, msgid("Fill in needs, or leave reach empty"))


def check_wait(line: Line, task: Task) -> None:
    """Raise for a wait outside its own range, and for a range with one end."""
    low, high = task.wait_low, task.wait_high
    if (low is None) != (high is None):
        column = "wait_low" if low is None else "wait_high"
        raise line.wrong(column, msgid("the range has one end only"), msgid("Fill in both wait_low and wait_high"))
    if low is not None and low > task.wait_weeks:
        problem, remedy = msgid("'{value}' is above wait_weeks ({weeks})"), msgid("Write the shortest wait here")
        raise line.wrong("wait_low", problem, remedy, weeks=task.wait_weeks)
    if high is not None and high < task.wait_weeks:
        problem, remedy = msgid("'{value}' is below wait_weeks ({weeks})"), msgid("Write the longest wait here")
        raise line.wrong("wait_high", problem, remedy, weeks=task.wait_weeks)


def check_drivers(line: Line, task: Task) -> None:
    """Raise for factors that are not as many as the drivers."""
    if task.days_per_unit and not task.drivers:
        raise _nothing_to_multiply(line)
    if len(task.drivers) != len(task.days_per_unit):
        problem = msgid("the number of factors ({factors}) differs from the number of drivers ({drivers})")
        remedy = msgid("Write one factor for each driver, with ; between them")
        numbers = {"factors": len(task.days_per_unit), "drivers": len(task.drivers)}
        raise line.wrong("days_per_unit", problem, remedy, **numbers)


def check_operation(line: Line, row: Operation) -> None:
    """Raise for days that grow with nothing."""
    if row.days_per_unit and row.driver is None:
        raise _nothing_to_multiply(line)


def _nothing_to_multiply(line: Line) -> CellProblem:
    problem, remedy = msgid("'{value}' has no driver to multiply"), msgid("Name a driver, or leave the cell empty")
    return line.wrong("days_per_unit", problem, remedy)


TASKS = CsvTable("tasks.csv", Task, key="id", check=check_task, readers={"days_per_unit": many(number_reader("1000"))})
MEASURES = CsvTable("nis2_measures.csv", Measure, key="letter")
POINTS = CsvTable("nis2_points.csv", Point, key="point")
RISK = CsvTable("risk_shares.csv", RiskShare, key="step")
PARAMETERS = CsvTable("parameters.csv", Parameter, key="id")
OPERATIONS = CsvTable(
    "operations.csv", Operation, key="id", check=check_operation, readers={"monitoring": different(one_of(Monitoring))}
)
MODEL_TABLES: Mapping[str, CsvTable[Any]] = {
    "tasks": TASKS,
    "measures": MEASURES,
    "points": POINTS,
    "risk": RISK,
    "parameter_rows": PARAMETERS,
    "operations": OPERATIONS,
}
"""The files by the fields of `PhaseModel`."""


def load_phase_model(folder: Path) -> PhaseModel:
    """Read the phase model's files in a folder; raise CatalogError if one is wrong."""
    model = phase_model_from(texts_in(folder, MODEL_TABLES))
    return replace(model, rules=load_rules(folder, model.by_id))


def phase_model_from(texts: Mapping[str, str]) -> PhaseModel:
    """Build a phase model from the texts of its files; raise CatalogError if one is wrong."""
    measures, tasks = MEASURES.rows(texts[MEASURES.file]), tasks_from(texts[TASKS.file])
    ids = [task.id for task in tasks]
    return PhaseModel(
        tasks,
        measures,
        risk_shares_from(texts[RISK.file]),
        parameters_from(texts[PARAMETERS.file]),
        operations_from(texts[OPERATIONS.file], ids),
        points_from(texts[POINTS.file], ids, [measure.letter for measure in measures]),
    )


def tasks_from(content: str) -> tuple[Task, ...]:
    """Return the tasks; raise for unknown predecessors, a circle, and a missing one that a rule names."""
    rows = TASKS.read(content)
    check_order_of_tasks(rows)
    check_named_tasks({task.id for _, task in rows})
    return tuple(task for _, task in rows)


def check_order_of_tasks(rows: Sequence[tuple[Line, Task]], others: Iterable[Task] = ()) -> None:
    """Raise for a predecessor that is neither among the rows nor the others, and for a circle."""
    lines = {task.id: line for line, task in rows}
    after = {**{task.id: task.after for task in others}, **{task.id: task.after for _, task in rows}}
    for line, task in rows:
        for before in task.after:
            if before not in after:
                problem, remedy = msgid("'{value}' is not a task of this file"), msgid("Correct the id or add the task")
                raise line.wrong("after", problem, remedy, value=before)
    circle = circle_in(after)
    if circle:
        raise CircleProblem(next(lines[key] for key in circle if key in lines).place("after"), circle)


def points_from(content: str, tasks: Container[str], letters: Sequence[str]) -> tuple[Point, ...]:
    """Return the points of NIS2; raise for one of an unknown measure, or that an unknown task serves."""
    rows = POINTS.read(content)
    for line, point in rows:
        if point.letter not in letters:
            problem, remedy = msgid("'{value}' is not a measure of {file}"), msgid("Use one of: {known}")
            known = ", ".join(letters)
            raise line.wrong("letter", problem, remedy, file=MEASURES.file, known=known)
        for column, named in (("main", point.main), ("partial", point.partial)):
            check_tasks(line, column, [key for word in named for key in alternatives_of(word)], tasks)
    return tuple(point for _, point in rows)


def check_named_tasks(known: Container[str]) -> None:
    """Raise where a task is missing that a rule names: what is bought for it would silently cost nothing."""
    for name in NamedTask:
        if name not in known:
            problem = msgid("the task '{value}' is missing: what is bought for it would cost nothing")
            remedy = msgid("Add its row; if the task is not needed, write 0 days")
            raise FileProblem(Place(TASKS.file), problem, remedy, value=str(name))


def risk_shares_from(content: str) -> tuple[RiskShare, ...]:
    """Return the steps' shares of the risk; raise where all are above 1."""
    rows = RISK.rows(content)
    total = sum(row.share for row in rows)
    if total > 1:
        problem, remedy = msgid("the shares add up to {value}"), msgid("Write shares that add up to 1 at most")
        raise FileProblem(Place(RISK.file), problem, remedy, value=str(total))
    return rows


def parameters_from(content: str) -> tuple[Parameter, ...]:
    """Return the parameters; raise for one that is unknown, missing or out of bounds."""
    pairs = PARAMETERS.read(content)
    lines = {row.id: line for line, row in pairs}
    for key, line in lines.items():
        if key not in PARAMETER_IDS:
            problem, remedy = msgid("'{value}' is not a parameter of the model"), msgid("Use one of: {known}")
            raise line.wrong("id", problem, remedy, known=", ".join(PARAMETER_IDS))
    missing = next((key for key in PARAMETER_IDS if key not in lines), None)
    if missing is not None:
        problem, remedy = msgid("the parameter '{value}' is missing"), msgid("Add its row")
        raise FileProblem(Place(PARAMETERS.file), problem, remedy, value=missing)
    values = {row.id: row.value for _, row in pairs}
    try:
        Parameters.model_validate(values)
    except ValidationError as error:
        key = str(error.errors(include_url=False)[0]["loc"][0])
        raise out_of_bounds(lines[key], key) from None
    check_order(lines, values)
    return tuple(row for _, row in pairs)


def check_order(lines: Mapping[str, Line], values: Mapping[str, Decimal]) -> None:
    """Raise for a parameter that is more than the one that it must not exceed."""
    for lower, upper in IN_ORDER:
        if values[lower] > values[upper]:
            problem = msgid("'{value}' of {id} is more than {upper} in row {other}, which is {most}")
            remedy, most, other = msgid("Write {most} or less, or raise {upper}"), values[upper], lines[upper].row
            raise lines[lower].wrong("value", problem, remedy, id=lower, upper=upper, other=other, most=most)


def out_of_bounds(line: Line, key: str) -> CellProblem:
    """Return the error of a parameter beyond its bounds, with both of them."""
    lower, upper = Parameters.model_fields[key].metadata
    problem = msgid("'{value}' is out of range")
    if hasattr(lower, "gt"):
        return line.wrong(
            "value", problem, msgid("Write more than {least}, {most} at most"), least=lower.gt, most=upper.le
        )
    return line.wrong("value", problem, msgid("Write a number from {least} to {most}"), least=lower.ge, most=upper.le)


def operations_from(content: str, tasks: Container[str]) -> tuple[Operation, ...]:
    """Return the activities of operation; raise for one after an unknown task."""
    rows = OPERATIONS.read(content)
    for line, row in rows:
        check_tasks(line, "from_finish_of", [row.from_finish_of], tasks)
    return tuple(row for _, row in rows)
