"""The files of what others say: laws, insurers' questions, proposed tasks, losses, claims, benchmarks, subsidies.

Laws: a row is there once; the directive has a row with both limits of size; what is named is a task; a country that was
not verified names no amount and no date of its own, every other one says since when its law is in force; limits of size
come in twos; a law that is named was read on a day. A range of frequencies has both ends and both sizes of company, a
range of means such a range of frequencies; the end of a range is not below its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from zt_planner.catalog.csv.cells import Reader, WrongCell, different, many, number_reader, one_of, read_day
from zt_planner.catalog.csv.tables import CsvColumn, CsvTable, Line, texts_in
from zt_planner.domain.data.columns import alternatives_of
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.rules import (
    DIRECTIVE,
    ArticleClaim,
    Benchmark,
    Deliverable,
    ExcludedSubsector,
    InsurerQuestion,
    KnownDecision,
    LawStatus,
    Moment,
    NotCovered,
    OutsideView,
    ProposedTask,
    PublishedLoss,
    Regulation,
    Rules,
    SizeLimit,
    Subsidy,
)
from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.errors import FileProblem, Place, msgid

MONTH_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
ANY_YEAR = "2001"
"""A year without 29 February: a day that not every year has is refused."""
UNVERIFIED_HAS_NO = (
    *("in_force", "register_months", "register_window", "changes_weeks"),
    *("ceiling_essential", "ceiling_important"),
)
SIZES = ("size_important", "size_essential")
NUMBERED = "DE"
"""The country whose numbers of the measures nis2_measures.csv holds."""
RANGE = ("frequency_high", "employees", "employees_high")
IN_ORDER = (
    ("frequency", "frequency_high"),
    ("employees", "employees_high"),
    ("mean", "mean_high"),
    ("median", "mean"),
    ("median", "p95"),
)


def month_day(value: str) -> str:
    """Read a day of every year, as in 02-28."""
    with suppress(ValueError):
        if MONTH_DAY.fullmatch(value):
            date.fromisoformat(f"{ANY_YEAR}-{value}")
            return value
    raise WrongCell(value, msgid("'{value}' is not a day of every year"), msgid("Write it as 02-28"))


def exactly(count: int, read: Reader) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for so many values in one cell."""

    def read_all(value: str) -> tuple[Any, ...]:
        parts = many(read)(value)
        if len(parts) != count:
            problem, remedy = (
                msgid("'{value}' does not have the number of parts needed: {count}"),
                msgid("Separate them with ;"),
            )
            raise WrongCell(value, problem, remedy, count=count)
        return parts

    return read_all


def size_limit(value: str) -> SizeLimit:
    """Read people, turnover and balance."""
    people, turnover, balance = exactly(3, number_reader("1000000"))(value)
    return SizeLimit(int(people), turnover, balance)


def check_law(line: Line, law: Regulation) -> None:
    """Raise for figures of its own where nothing was verified, and for half of what belongs together."""
    given = next((name for name in UNVERIFIED_HAS_NO if line.cells[name]), None)
    if law.status is LawStatus.NOT_VERIFIED and given is not None:
        problem, remedy = (
            msgid("'{value}' is in a row without a law in force"),
            msgid("Give the law's first day and its status, or empty it"),
        )
        raise line.wrong(given, problem, remedy)
    if law.status is not LawStatus.NOT_VERIFIED:
        line.read("in_force", CsvColumn(read_day))
    if any(line.cells[column] for column in SIZES):
        for column in SIZES:
            line.read(column, CsvColumn(size_limit))
    if law.measure_reference is not None and law.country != NUMBERED:
        problem = msgid("nis2_measures.csv holds the numbers of {country} only")
        raise line.wrong("measure_reference", problem, msgid("Empty the cell"), country=NUMBERED)
    if (law.law is None or law.read_on is None) and (
        law.law or law.read_on or law.status is not LawStatus.NOT_VERIFIED
    ):
        missing = "law" if law.law is None else "read_on"
        raise line.wrong(missing, msgid("a law has a name and a day on which it was read"), msgid("Fill in both"))


def check_loss(line: Line, row: PublishedLoss) -> None:
    """Raise for a range that lacks an end or a size, and for figures that are not in order."""
    given = [name for name in RANGE if getattr(row, name) is not None]
    if given and len(given) < len(RANGE):
        missing = next(name for name in RANGE if name not in given)
        remedy = msgid("Fill in all of {columns}, or none")
        raise line.wrong(missing, msgid("the range of frequencies is not whole"), remedy, columns=", ".join(RANGE))
    if row.mean_high is not None and (row.mean is None or not given):
        raise line.wrong("mean_high", msgid("'{value}' needs a mean and a range of frequencies"), msgid("Fill them in"))
    for low, high in IN_ORDER:
        less, more = getattr(row, low), getattr(row, high)
        if less is not None and more is not None and less >= more:
            raise line.wrong(high, msgid("'{value}' is not above {low}"), msgid("Write a larger number"), low=low)


def check_benchmark(line: Line, row: Benchmark) -> None:
    """Raise for a share above 1, and for a span whose end is below its beginning."""
    if row.kind.is_share:
        for name in ("low", "high"):
            line.read(name, CsvColumn(number_reader("1"), is_needed=name == "low"))
    problem, remedy = msgid("'{value}' is below {low}"), msgid("Write a larger number")
    for low, high in (("low", "high"), ("yearly_low", "yearly_high")):
        first, last = getattr(row, low), getattr(row, high)
        if last is not None and (first is None or last < first):
            raise line.wrong(high, problem, remedy, low=low)


LAWS = CsvTable(
    "regulation.csv",
    Regulation,
    key="country",
    check=check_law,
    readers={
        "register_window": exactly(2, month_day),
        "size_important": size_limit,
        "size_essential": size_limit,
    },
)
QUESTIONS = CsvTable(
    "insurer_questions.csv", InsurerQuestion, key="id", readers={"monitoring": different(one_of(Monitoring))}
)
PROPOSALS = CsvTable("proposed_tasks.csv", ProposedTask, key="id", readers={"step": one_of(Step)})
BENCHMARKS = CsvTable("benchmarks.csv", Benchmark, key="id", check=check_benchmark)
SUBSIDIES = CsvTable("subsidies.csv", Subsidy, key="id")
LOSSES = CsvTable("losses.csv", PublishedLoss, key="id", check=check_loss)
CLAIMS = CsvTable("article_claims.csv", ArticleClaim, key="id")
SUBSECTORS = CsvTable("excluded_subsectors.csv", ExcludedSubsector, key="subsector")
OUTSIDE_VIEW = CsvTable("outside_view.csv", OutsideView)
DECISIONS = CsvTable("decisions.csv", KnownDecision, key="id")
NOT_COVERED = CsvTable("not_covered.csv", NotCovered, key="id")
DELIVERABLES = CsvTable("deliverables.csv", Deliverable, key="task")
RULE_TABLES: Mapping[str, CsvTable[Any]] = {
    "laws": LAWS,
    "questions": QUESTIONS,
    "proposals": PROPOSALS,
    "benchmarks": BENCHMARKS,
    "subsidies": SUBSIDIES,
    "losses": LOSSES,
    "claims": CLAIMS,
    "subsectors": SUBSECTORS,
    "outside_view": OUTSIDE_VIEW,
    "decisions": DECISIONS,
    "not_covered": NOT_COVERED,
    "deliverables": DELIVERABLES,
}
"""The files by the fields of `Rules`."""


def load_rules(folder: Path, tasks: Collection[str]) -> Rules:
    """Read the rules' files in a folder; raise CatalogError if one is wrong, or names a task that is not there."""
    return rules_from(texts_in(folder, RULE_TABLES), tasks)


def rules_from(texts: Mapping[str, str], tasks: Collection[str]) -> Rules:
    """Build the rules from the texts of their files."""
    proposals = proposals_from(texts[PROPOSALS.file], tasks)
    questions = questions_from(texts[QUESTIONS.file], tasks, {proposal.id for proposal in proposals})
    return Rules(
        laws=laws_from(texts[LAWS.file]),
        questions=questions,
        proposals=proposals,
        benchmarks=BENCHMARKS.rows(texts[BENCHMARKS.file]),
        subsidies=SUBSIDIES.rows(texts[SUBSIDIES.file]),
        losses=LOSSES.rows(texts[LOSSES.file]),
        claims=CLAIMS.rows(texts[CLAIMS.file]),
        subsectors=SUBSECTORS.rows(texts[SUBSECTORS.file]),
        outside_view=OUTSIDE_VIEW.rows(texts[OUTSIDE_VIEW.file]),
        decisions=decisions_from(texts[DECISIONS.file], tasks),
        not_covered=not_covered_from(texts[NOT_COVERED.file], {question.id for question in questions if question.open}),
        deliverables=deliverables_from(texts[DELIVERABLES.file], tasks),
    )


def laws_from(content: str) -> tuple[Regulation, ...]:
    """Return the laws; raise where the directive's row is missing or has no limits of size."""
    rows = LAWS.read(content)
    directive = next((line for line, law in rows if law.country == DIRECTIVE), None)
    if directive is None:
        problem, remedy = msgid("the row of the directive, '{value}', is missing"), msgid("Add its row")
        raise FileProblem(Place(LAWS.file), problem, remedy, value=DIRECTIVE)
    for column in SIZES:
        directive.read(column, CsvColumn(size_limit))
    return tuple(law for _, law in rows)


def proposals_from(content: str, tasks: Collection[str]) -> tuple[ProposedTask, ...]:
    """Return the proposed tasks; raise for one after an unknown task."""
    rows = PROPOSALS.read(content)
    for line, proposal in rows:
        check_tasks(line, "after", proposal.after, tasks)
    return tuple(proposal for _, proposal in rows)


def questions_from(content: str, tasks: Collection[str], proposals: Collection[str]) -> tuple[InsurerQuestion, ...]:
    """Return the insurers' questions; raise for one that an unknown task answers."""
    rows = QUESTIONS.read(content)
    for line, question in rows:
        check_tasks(line, "tasks", [key for part in question.tasks for key in alternatives_of(part)], tasks)
        if question.own_task is not None and question.own_task not in proposals:
            problem, remedy = msgid("'{value}' is not an id of {file}"), msgid("Correct the id or add the task")
            raise line.wrong("own_task", problem, remedy, file=PROPOSALS.file)
    return tuple(question for _, question in rows)


def decisions_from(content: str, tasks: Collection[str]) -> tuple[KnownDecision, ...]:
    """Return the decisions; raise for one that follows from a task and names none, or an unknown one."""
    rows = DECISIONS.read(content)
    for line, decision in rows:
        if decision.when in {Moment.START_OF, Moment.FINISH_OF} and decision.task is None:
            raise line.wrong("task", msgid("'{when}' needs a task"), msgid("Name a task"), when=decision.when)
        check_tasks(line, "task", [] if decision.task is None else [decision.task], tasks)
    return tuple(decision for _, decision in rows)


def not_covered_from(content: str, questions: Collection[str]) -> tuple[NotCovered, ...]:
    """Return what no task does; raise for a row that says nothing, or names a question that leaves nothing open."""
    rows = NOT_COVERED.read(content)
    for line, row in rows:
        if (row.question is None) == (row.text is None):
            problem, remedy = msgid("either a question or a text says what is left"), msgid("Fill in one of them")
            raise line.wrong("text", problem, remedy)
        if row.question is not None and row.question not in questions:
            problem = msgid("'{value}' is not a question in {file} with a text for what stays open")
            raise line.wrong("question", problem, msgid("Correct the id"), file=QUESTIONS.file)
    return tuple(row for _, row in rows)


def deliverables_from(content: str, tasks: Collection[str]) -> tuple[Deliverable, ...]:
    """Return what tasks deliver; raise for a row of an unknown task."""
    rows = DELIVERABLES.read(content)
    for line, row in rows:
        check_tasks(line, "task", [row.task], tasks)
    return tuple(row for _, row in rows)


def check_tasks(line: Line, column: str, named: Iterable[str], tasks: Container[str]) -> None:
    """Raise for an id in a cell that no task has."""
    for task in named:
        if task not in tasks:
            problem, remedy = msgid("'{value}' is not a task of tasks.csv"), msgid("Correct the id or add the task")
            raise line.wrong(column, problem, remedy, value=task)
