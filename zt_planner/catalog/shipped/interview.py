"""questions.csv and answers.csv: what a company is asked, and what each answer sets.

Laws: a question asks for a number or offers answers, never both; each field that is named exists, each value fits it,
each task is in tasks.csv and each proposed one in proposed_tasks.csv; no two questions set one field, of what runs
already none the same service; exactly one answer of a question sets nothing but defaults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zt_planner.catalog.csv.cells import one_of
from zt_planner.catalog.csv.tables import CsvTable, Line, read_text
from zt_planner.catalog.shipped.rules import PROPOSALS, check_tasks
from zt_planner.domain.data.interview import (
    PROPOSED,
    AnswerRow,
    CompanyQuestion,
    Interview,
    OfferedAnswer,
    QuestionRow,
)
from zt_planner.domain.data.phase_model import PhaseModel, Step
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.fields import OPEN, OWN_TASKS, RUNNING, TASK_EDITS, path_parts
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES
from zt_planner.engine.interview import DEFAULTS, value_at
from zt_planner.errors import msgid

NUMBER = ("low", "high")


def check_question(line: Line, row: QuestionRow) -> None:
    """Raise for a number that is none, or lacks a bound or has them in another order; for bounds without a field."""
    if row.field is None:
        given = next((name for name in NUMBER if line.cells[name]), None)
        if given is not None:
            raise line.wrong(given, msgid("'{value}' is the bound of no number"), msgid("Name its field, or empty it"))
        return
    field = field_at(row.field)
    if field is None or field.least is None:
        raise line.wrong("field", msgid("'{value}' is not a number of a scenario"), msgid("Correct it"))
    if row.low is None or row.high is None:
        raise line.wrong("low" if row.low is None else "high", msgid("the cell is empty"), msgid("Fill it in"))
    if row.high < row.low:
        raise line.wrong("high", msgid("'{value}' is below {low}"), msgid("Write a larger number"), low="low")


QUESTIONS = CsvTable("questions.csv", QuestionRow, key="id", check=check_question, readers={"step": one_of(Step)})
ANSWERS = CsvTable("answers.csv", AnswerRow)


def load_interview(folder: Path, model: PhaseModel) -> Interview:
    """Read both files in a folder; raise CatalogError if one is wrong, or names a task that is not there."""
    return interview_from(read_text(folder / QUESTIONS.file), read_text(folder / ANSWERS.file), model)


def interview_from(questions: str, answers: str, model: PhaseModel) -> Interview:
    """Build the questions from the texts of their files."""
    rows = QUESTIONS.read(questions)
    offered = _offered(answers, {row.id: row for _, row in rows}, model)
    return tuple(_question(line, row, [answer for _, answer in offered.get(row.id, ())]) for line, row in rows)


def _question(line: Line, row: QuestionRow, answers: list[OfferedAnswer]) -> CompanyQuestion:
    if row.field is None and not answers:
        remedy = msgid("Add its answers, or name its field")
        raise line.wrong("id", msgid("'{value}' has no answers in answers.csv"), remedy)
    low, high = row.low or Decimal(0), row.high or Decimal(0)
    return CompanyQuestion(row.id, row.step, row.question, row.help, tuple(answers), row.field or "", low, high)


def _offered(
    answers: str, questions: Mapping[str, QuestionRow], model: PhaseModel
) -> Mapping[str, list[tuple[Line, OfferedAnswer]]]:
    """Return the answers of each question with their lines."""
    offered: dict[str, list[tuple[Line, OfferedAnswer]]] = {}
    owners: dict[str, str] = {row.field: row.id for row in questions.values() if row.field}
    for line, row in ANSWERS.read(answers):
        question = questions.get(row.question)
        if question is None or question.field is not None:
            problem = msgid("'{value}' is not a question that offers answers")
            raise line.wrong("question", problem, msgid("Correct the id, or empty the question's field"))
        known = offered.setdefault(row.question, [])
        if any(row.answer == answer.id for _, answer in known):
            raise line.wrong("answer", msgid("'{value}' appears twice"), msgid("Keep one of them"))
        answer = OfferedAnswer(row.answer, row.text, dict(_values(line, row.sets or "", model)))
        for owned in _owned(answer):
            if owners.setdefault(owned, row.question) != row.question:
                problem = msgid("'{value}' is set by the question {other} already")
                raise line.wrong("sets", problem, msgid("Let one question set it"), value=owned, other=owners[owned])
        known.append((line, answer))
    for known in offered.values():
        _check_assumed(known)
    return offered


def _owned(answer: OfferedAnswer) -> Iterator[str]:
    """Yield what belongs to one question only: fields by their paths, and of what runs already each service."""
    for path, value in answer.values.items():
        yield from value if path == RUNNING else (path,)


def _values(line: Line, sets: str, model: PhaseModel) -> Iterator[tuple[str, Any]]:
    """Yield the fields that an answer sets, with their values as a scenario holds them."""
    for setting in filter(None, sets.split(";")):
        path, _, written = setting.partition("=")
        if path.startswith(OWN_TASKS):
            _check_proposal(line, path.removeprefix(OWN_TASKS), written, model)
            yield path, PROPOSED
            continue
        if path.startswith(TASK_EDITS):
            check_tasks(line, "sets", [path.removeprefix(TASK_EDITS).rpartition(".")[0]], model.by_id)
        if not _is_field(path):
            raise line.wrong("sets", msgid("'{value}' is not a field of a scenario"), msgid("Correct it"), value=path)
        yield path, _fitting(line, path, written)


def _is_field(path: str) -> bool:
    """Tell whether an answer can set a path: a field of its own, or a figure of a task."""
    if path.startswith(TASK_EDITS):
        return path_parts(path)[-1] in EDIT_FIGURES
    return field_at(path) is not None and not path.startswith(OPEN)


def _check_proposal(line: Line, task: str, value: str, model: PhaseModel) -> None:
    if value != PROPOSED or task not in {proposal.id for proposal in model.rules.proposals}:
        problem, remedy = msgid("'{value}' is not an id of {file}"), msgid("Correct the id or add the task")
        raise line.wrong("sets", problem, remedy, value=task, file=PROPOSALS.file)


def _fitting(line: Line, path: str, written: str) -> Any:  # noqa: ANN401 - values of every kind
    """Return a value as a scenario holds it; raise where the field does not take it."""
    try:
        given = json.loads(written, parse_float=Decimal)
    except ValueError:
        given = written
    try:
        return value_at(Scenario().with_fields({path: given}), path)
    except ValidationError:
        problem, remedy = msgid("'{value}' does not fit the field {field}"), msgid("Write a value that --set takes")
        raise line.wrong("sets", problem, remedy, value=written, field=path) from None


def _check_assumed(answers: list[tuple[Line, OfferedAnswer]]) -> None:
    """Raise unless exactly one answer is what a plan assumes."""
    assumed = [line for line, answer in answers if is_assumed(answer)]
    if len(assumed) != 1:
        line = assumed[1] if assumed else answers[0][0]
        problem = msgid("{question} needs exactly one answer that keeps the defaults")
        remedy = msgid("Let one answer be what a plan assumes where nobody knows")
        raise line.wrong("sets", problem, remedy, question=line.cells["question"])


def is_assumed(answer: OfferedAnswer) -> bool:
    """Tell whether an answer sets nothing but defaults."""
    return all(value == value_at(DEFAULTS, path) for path, value in answer.values.items())
