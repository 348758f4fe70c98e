"""The plan as CSV files: tasks, cost lines, budget by month, stages, decisions, what can be left out, controls.

Decides which columns a file has; what they hold is declared beside the tables of
the page (`topics`), and `media.csv.dialects` decides how a cell is written. For programs
columns and the words of lists are never translated, items and sources are; for an
Excel all but ids is in its language. Laws: the
columns of `budget_by_month.csv` add up to the cost lines, to the cent, and those
before its total to that total; an unpriced amount is an empty cell, never 0;
equal plans give equal bytes; a plan that stopped has no rows, and one that does
not show labour has no columns for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.domain.variants import PLAN
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.plan import Plan
from zt_planner.media.archive import zipped
from zt_planner.media.csv.dialects import Dialect, csv_bytes
from zt_planner.media.file_names import named
from zt_planner.topics.budget import lines as line_columns
from zt_planner.topics.budget.tables import budget_columns, month_rows
from zt_planner.topics.decisions.dates import decision_columns
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.topics.decisions.stages import csv_columns
from zt_planner.topics.roadmap import tables as task_columns
from zt_planner.topics.table import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zt_planner.domain.data.interview import Interview
    from zt_planner.engine.compare.option import Option
    from zt_planner.engine.decisions import Decision
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.language import Language
    from zt_planner.topics.budget.tables import MonthRow
    from zt_planner.topics.decisions.figures import StageRow
    from zt_planner.topics.table import Column, Row

TASKS, COST_LINES, BUDGET, STAGES = "tasks.csv", "cost_lines.csv", "budget_by_month.csv", "stages.csv"
DECISIONS, LEFT_OUT = "decisions.csv", "left_out.csv"
QUESTIONS = "questions.csv"


def plan_files(plan: AnyPlan, language: Language, dialect: Dialect) -> dict[str, bytes]:
    """Return the files of the plan itself by name; those for an Excel are in its language."""
    language = dialect.words or language
    tasks = chosen(task_columns.task_columns(plan), task_columns.IN_CSV)
    lines = chosen(line_columns.line_columns(plan.case.book), line_columns.IN_CSV)
    months: Sequence[MonthRow] = ()
    stages: Sequence[StageRow] = ()
    decisions: Sequence[Decision] = ()
    done: Sequence[Sequence[Any]] = ()
    if isinstance(plan, Plan):
        months, stages = month_rows(plan.cost_lines, plan.months), stage_rows(plan)
        decisions = decisions_of(plan)
        done = cells_of(task_columns.done_columns(tasks), plan.case.done, is_worded=dialect.words is not None)
    return {
        TASKS: table_bytes(tasks, plan.tasks, dialect, language, done),
        COST_LINES: table_bytes(lines, line_columns.priced_lines(plan.cost_lines, plan), dialect, language),
        BUDGET: table_bytes(budget_columns(plan), months, dialect, language),
        STAGES: table_bytes(csv_columns(plan), stages, dialect, language),
        DECISIONS: table_bytes(decision_columns(plan), decisions, dialect, language),
    }


def left_out_files(
    plan: AnyPlan, language: Language, dialect: Dialect, options: Sequence[Option] | None = None
) -> dict[str, bytes]:
    """Return what can be left out as a file; none without a schedule.

    Where the `options` are not known, some dozen other plans are computed for them.
    """
    from zt_planner.engine.compare.option import options_without  # noqa: PLC0415 - paid only where it is written
    from zt_planner.topics.compare.options import file_columns, row_of  # noqa: PLC0415 - the same

    if not isinstance(plan, Plan):
        return {}
    rows = tuple(row_of(option, plan) for option in (options_without(plan) if options is None else options))
    return {LEFT_OUT: table_bytes(file_columns(plan), rows, dialect, dialect.words or language)}


def questions_file(plan: AnyPlan, interview: Interview, language: Language, dialect: Dialect) -> bytes:
    """Return the questions about a company to fill in, with the answers that a plan holds."""
    from zt_planner.engine.interview import known_answers, questions_for  # noqa: PLC0415 - paid only where it is written
    from zt_planner.topics.interview.form import form_columns  # noqa: PLC0415 - the same

    questions = questions_for(interview, plan.case.base_model)
    known = known_answers(questions, plan.scenario)
    return table_bytes(form_columns(known), questions, dialect, dialect.words or language)


def controls_file(plan: AnyPlan, language: Language) -> bytes:
    """Return the tasks as applied controls for CISO Assistant, which reads one dialect; the texts are in a language."""
    from zt_planner.topics.roadmap.controls import control_columns, controls_of  # noqa: PLC0415 - the same

    return table_bytes(control_columns(), controls_of(plan), Dialect.RFC4180, language)


def plan_archive(files: Mapping[str, bytes], plan: AnyPlan, language: Language, letter: str = PLAN) -> bytes:
    """Return the files of a plan or variant in one, under the names that they are saved by."""
    return zipped(named(files, plan, language, letter), plan.today)


def table_bytes(
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    dialect: Dialect,
    language: Language,
    below: Sequence[Sequence[Any]] = (),
) -> bytes:
    """Write rows under the names of their columns, or for people under their titles, and other rows `below` them."""
    is_worded = dialect.words is not None
    names = [language.write(column.title) if is_worded else column.name for column in columns]
    cells = [*cells_of(columns, rows, is_worded=is_worded), *below]
    return csv_bytes(names, language.written(cells), dialect)


def cells_of(columns: Sequence[Column[Row]], rows: Iterable[Row], *, is_worded: bool) -> list[list[Any]]:
    """Return rows as their columns write them."""
    return [[column.csv_cell(row, is_worded=is_worded) for column in columns] for row in rows]
