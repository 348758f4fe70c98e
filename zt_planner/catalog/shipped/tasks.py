"""tasks.csv, nis2_measures.csv and risk_shares.csv: what each column means and what rows must be together.

The phase model is made here, of these and of what `parameters` reads.

Laws: ids and letters are unique; every dependency names a task and no task
waits for itself through any chain; a wait lies within its range; every task
that a rule names is there; the shares of the risk are at most the whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import different, many, number_reader, one_of, text, whole_number_reader, word
from zt_planner.catalog.csv.tables import CsvColumn, Line, built, csv_lines, lines_by, read_text
from zt_planner.catalog.shipped.parameters import OPERATIONS, PARAMETERS, operations_from, parameters_from
from zt_planner.catalog.shipped.prices import capability
from zt_planner.catalog.shipped.rates import confidence, high_factor, low_factor
from zt_planner.catalog.shipped.rules import load_rules
from zt_planner.domain.data.phase_model import (
    Coverage,
    Driver,
    ExclusionRule,
    Measure,
    NamedTask,
    PhaseModel,
    Reach,
    RiskShare,
    Step,
    Task,
)
from zt_planner.domain.dependencies import circle_in
from zt_planner.errors import CircleProblem, FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

TASKS, MEASURES, RISK = "tasks.csv", "nis2_measures.csv", "risk_shares.csv"
MODEL_FILES = (TASKS, MEASURES, RISK, PARAMETERS, OPERATIONS)

step = one_of(Step, msgid("'{value}' is not a known step"))
driver = one_of(Driver, msgid("'{value}' is not a known driver"))
condition = one_of(ExclusionRule, msgid("'{value}' is not a known condition"))
reach = one_of(Reach, msgid("'{value}' is not a known reach"))
coverage = one_of(Coverage, msgid("'{value}' is not a known extent"))
share = number_reader("1")
weeks = whole_number_reader("520")

TASK_COLUMNS = {
    "id": CsvColumn(word),
    "phase": CsvColumn(step, "step"),
    "task": CsvColumn(text, "name"),
    "after": CsvColumn(different(word), is_needed=False),
    "driver": CsvColumn(different(driver, "+"), "drivers", is_needed=False),
    "base_days": CsvColumn(number_reader("10000")),
    "days_per_unit": CsvColumn(many(number_reader("1000"))),
    "low": CsvColumn(low_factor),
    "high": CsvColumn(high_factor),
    "external_share": CsvColumn(share),
    "with_mdr": CsvColumn(number_reader("10"), is_needed=False),
    "team_share": CsvColumn(number_reader("1", least="0.01")),
    "min_length_days": CsvColumn(whole_number_reader("5000")),
    "wait_weeks": CsvColumn(weeks),
    "wait_low": CsvColumn(weeks, is_needed=False),
    "wait_high": CsvColumn(weeks, is_needed=False),
    "head_start_days": CsvColumn(whole_number_reader("10000")),
    "falls_away_when": CsvColumn(condition, is_needed=False),
    "needs": CsvColumn(different(capability), is_needed=False),
    "reach": CsvColumn(reach, is_needed=False),
    "main": CsvColumn(different(word), is_needed=False),
    "partial": CsvColumn(different(word), is_needed=False),
    "note": CsvColumn(text, is_needed=False),
}
MEASURE_COLUMNS = {
    "letter": CsvColumn(word),
    "measure": CsvColumn(text),
    "bsig_30_2": CsvColumn(text),
    "cir_2024_2690": CsvColumn(text),
    "covered_by_the_five_steps": CsvColumn(coverage),
}
RISK_COLUMNS = {
    "step": CsvColumn(step),
    "share": CsvColumn(share),
    "source": CsvColumn(text, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}


def load_phase_model(folder: Path) -> PhaseModel:
    """Read the phase model's files in a folder; raise CatalogError if one is wrong."""
    model = phase_model_from({name: read_text(folder / name) for name in MODEL_FILES})
    return replace(model, rules=load_rules(folder, model.by_id))


def phase_model_from(texts: Mapping[str, str]) -> PhaseModel:
    """Build a phase model from the texts of its files; raise CatalogError if one is wrong."""
    tasks, measures = texts[TASKS], texts[MEASURES]
    measure_lines = csv_lines(MEASURES, measures, MEASURE_COLUMNS)
    measure_rows = tuple(built(Measure, line, MEASURE_COLUMNS) for line in measure_lines)
    letters = lines_by("letter", measure_lines)
    task_lines = csv_lines(TASKS, tasks, TASK_COLUMNS)
    task_rows = tuple(task_from(line) for line in task_lines)
    check_tasks(task_lines, task_rows, sorted(letters))
    ids = [task.id for task in task_rows]
    return PhaseModel(
        task_rows,
        measure_rows,
        risk_shares_from(texts[RISK]),
        parameters_from(texts[PARAMETERS]),
        operations_from(texts[OPERATIONS], ids),
    )


def risk_shares_from(content: str) -> tuple[RiskShare, ...]:
    """Return the steps' shares of the risk; raise where a step is there twice, or all are above 1."""
    lines = csv_lines(RISK, content, RISK_COLUMNS)
    lines_by("step", lines)
    rows = tuple(built(RiskShare, line, RISK_COLUMNS) for line in lines)
    total = sum(row.share for row in rows)
    if total > 1:
        problem, remedy = msgid("the shares add up to {value}"), msgid("Write shares that add up to 1 at most")
        raise FileProblem(Place(RISK), problem, remedy, value=str(total))
    return rows


def task_from(line: Line) -> Task:
    """Return a task; one without drivers has no factors, its file says 0."""
    task = built(Task, line, TASK_COLUMNS)
    check_wait(line, task)
    if not task.drivers and any(task.days_per_unit):
        problem, remedy = msgid("'{value}' has no driver to multiply"), msgid("Name a driver or write 0")
        raise line.wrong("days_per_unit", problem, remedy)
    if task.drivers and len(task.drivers) != len(task.days_per_unit):
        problem = msgid("the number of factors ({factors}) differs from the number of drivers ({drivers})")
        remedy = msgid("Write one factor for each driver, with ; between them")
        numbers = {"factors": len(task.days_per_unit), "drivers": len(task.drivers)}
        raise line.wrong("days_per_unit", problem, remedy, **numbers)
    if task.reach is not None and not task.needs:
        problem, remedy = (
            msgid("'{value}' says who something is for, but nothing is needed"),
            msgid("Fill in needs, or leave reach empty"),
        )
        raise line.wrong("reach", problem, remedy)
    return task if task.drivers else task.model_copy(update={"days_per_unit": ()})


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


def check_tasks(lines: Sequence[Line], tasks: Sequence[Task], letters: Sequence[str]) -> None:
    """Raise for ids that are there twice, unknown predecessors or measures, and circles."""
    by_id = lines_by("id", lines)
    for line, task in zip(lines, tasks, strict=True):
        for before in task.after:
            if before not in by_id:
                problem, remedy = msgid("'{value}' is not a task of this file"), msgid("Correct the id or add the task")
                raise line.wrong("after", problem, remedy, value=before)
        for column, named in (("main", task.main), ("partial", task.partial)):
            for letter in named:
                if letter not in letters:
                    problem, remedy = msgid("'{value}' is not a measure of {file}"), msgid("Use one of: {known}")
                    known = ", ".join(letters)
                    raise line.wrong(column, problem, remedy, value=letter, file=MEASURES, known=known)
    circle = circle_in({task.id: task.after for task in tasks})
    if circle:
        raise CircleProblem(by_id[circle[0]].place("after"), circle)
    check_named_tasks(by_id)


def check_named_tasks(known: Container[str]) -> None:
    """Raise where a task is missing that a rule names: what is bought for it would silently cost nothing."""
    for name in NamedTask:
        if name not in known:
            problem = msgid("the task '{value}' is missing: what is bought for it would cost nothing")
            remedy = msgid("Add its row; if the task is not needed, write 0 days")
            raise FileProblem(Place(TASKS), problem, remedy, value=str(name))
