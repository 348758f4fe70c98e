"""regulation.csv, insurer_questions.csv and proposed_tasks.csv: what each column means and what rows must be together.

Laws: a country, a question and a proposed task are there once; the directive has a row with both limits of size;
what is named is a task; a country that was not verified names no amount and no date of its own, every other one says
since when its law is in force; limits of size come in twos; a law that is named was read on a day.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_planner.catalog.csv.cells import (
    WrongCell,
    country,
    currency,
    different,
    many,
    money,
    number_reader,
    one_of,
    read_day,
    text,
    whole_number_reader,
    word,
)
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines, lines_by, read_text
from zt_planner.catalog.shipped.benchmarks import (
    BENCHMARK_FILES,
    BENCHMARKS,
    SUBSIDIES,
    benchmarks_from,
    subsidies_from,
)
from zt_planner.catalog.shipped.parameters import monitoring
from zt_planner.catalog.shipped.published import CLAIMS, LOSSES, claims_from, losses_from
from zt_planner.catalog.shipped.rates import confidence, high_factor, low_factor
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.rules import (
    DIRECTIVE,
    Duty,
    InsurerQuestion,
    LawStatus,
    ProposedTask,
    Regulation,
    Rules,
    SizeLimit,
)
from zt_planner.errors import FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from zt_planner.catalog.csv.tables import Line

REGULATION, QUESTIONS, PROPOSALS = "regulation.csv", "insurer_questions.csv", "proposed_tasks.csv"
RULE_FILES = (REGULATION, QUESTIONS, PROPOSALS, *BENCHMARK_FILES, LOSSES, CLAIMS)
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
ALL, ANY = "all", "any"

status = one_of(LawStatus, msgid("'{value}' is not a known state of a law"))
duty = one_of(Duty, msgid("'{value}' is not a known duty"))
step = one_of(Step, msgid("'{value}' is not a known step"))
share = number_reader("1")


def month_day(value: str) -> str:
    """Read a day of every year, as in 02-28."""
    with suppress(ValueError):
        if MONTH_DAY.fullmatch(value):
            date.fromisoformat(f"{ANY_YEAR}-{value}")
            return value
    raise WrongCell(value, msgid("'{value}' is not a day of every year"), msgid("Write it as 02-28"))


def match(value: str) -> bool:
    """Read whether all tasks are needed, or any of them."""
    if value not in {ALL, ANY}:
        raise WrongCell(
            value, msgid("'{value}' is neither all nor any"), msgid("Use one of: {known}"), known=f"{ALL}, {ANY}"
        )
    return value == ALL


def exactly(count: int, read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for so many values in one cell."""

    def read_all(value: str) -> tuple[Any, ...]:
        found = many(read)(value)
        if len(found) != count:
            problem, remedy = (
                msgid("'{value}' does not have the number of parts needed: {count}"),
                msgid("Separate them with ;"),
            )
            raise WrongCell(value, problem, remedy, count=count)
        return found

    return read_all


def size_limit(value: str) -> SizeLimit:
    """Read people, turnover and balance."""
    people, turnover, balance = exactly(3, number_reader("1000000"))(value)
    return SizeLimit(int(people), turnover, balance)


REGULATION_COLUMNS = {
    "country": CsvColumn(country),
    "law": CsvColumn(text, is_needed=False),
    "status": CsvColumn(status),
    "in_force": CsvColumn(read_day, is_needed=False),
    "register_months": CsvColumn(whole_number_reader("60", least="1"), is_needed=False),
    "register_window": CsvColumn(exactly(2, month_day), is_needed=False),
    "register_where": CsvColumn(text, is_needed=False),
    "register_confidence": CsvColumn(confidence, is_needed=False),
    "changes_weeks": CsvColumn(whole_number_reader("52", least="1"), is_needed=False),
    "documentation": CsvColumn(text, is_needed=False),
    "report_hours": CsvColumn(different(whole_number_reader("8760", least="1")), is_needed=False),
    "final_report": CsvColumn(text, is_needed=False),
    "ceiling_essential": CsvColumn(money, is_needed=False),
    "ceiling_important": CsvColumn(money, is_needed=False),
    "share_essential": CsvColumn(share, is_needed=False),
    "share_important": CsvColumn(share, is_needed=False),
    "currency": CsvColumn(currency, is_needed=False),
    "ceiling_note": CsvColumn(text, is_needed=False),
    "registration_fine": CsvColumn(money, is_needed=False),
    "duties": CsvColumn(different(duty), is_needed=False),
    "duties_note": CsvColumn(text, is_needed=False),
    "measure_list": CsvColumn(text, is_needed=False),
    "measure_reference": CsvColumn(text, is_needed=False),
    "size_important": CsvColumn(size_limit, is_needed=False),
    "size_essential": CsvColumn(size_limit, is_needed=False),
    "population": CsvColumn(text),
    "source": CsvColumn(text),
    "read_on": CsvColumn(read_day, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}
QUESTION_COLUMNS = {
    "id": CsvColumn(word),
    "question": CsvColumn(text),
    "tasks": CsvColumn(different(word)),
    "match": CsvColumn(match, "needs_all"),
    "monitoring": CsvColumn(monitoring),
    "own_task": CsvColumn(word, is_needed=False),
    "open": CsvColumn(text, is_needed=False),
    "population": CsvColumn(text),
    "source": CsvColumn(text),
    "read_on": CsvColumn(read_day),
    "confidence": CsvColumn(confidence),
}
PROPOSAL_COLUMNS = {
    "id": CsvColumn(word),
    "name": CsvColumn(text),
    "step": CsvColumn(step),
    "after": CsvColumn(different(word), is_needed=False),
    "effort_days": CsvColumn(number_reader("10000", least="0.01")),
    "external_share": CsvColumn(share),
    "min_length_days": CsvColumn(whole_number_reader("5000", least="1")),
    "low": CsvColumn(low_factor),
    "high": CsvColumn(high_factor),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text),
}


def load_rules(folder: Path, tasks: Collection[str]) -> Rules:
    """Read the rules' files in a folder; raise CatalogError if one is wrong, or names a task that is not there."""
    return rules_from({name: read_text(folder / name) for name in RULE_FILES}, tasks)


def rules_from(texts: Mapping[str, str], tasks: Collection[str]) -> Rules:
    """Build the rules from the texts of their files."""
    law_lines = csv_lines(REGULATION, texts[REGULATION], REGULATION_COLUMNS)
    known_countries = lines_by("country", law_lines)
    laws = tuple(law_from(line) for line in law_lines)
    if DIRECTIVE not in known_countries:
        problem, remedy = msgid("the row of the directive, '{value}', is missing"), msgid("Add its row")
        raise FileProblem(Place(REGULATION), problem, remedy, value=DIRECTIVE)
    for column in SIZES:
        known_countries[DIRECTIVE].read(column, CsvColumn(size_limit))
    proposal_lines = csv_lines(PROPOSALS, texts[PROPOSALS], PROPOSAL_COLUMNS)
    proposals = lines_by("id", proposal_lines)
    for line in proposal_lines:
        check_tasks(line, "after", tasks)
    question_lines = csv_lines(QUESTIONS, texts[QUESTIONS], QUESTION_COLUMNS)
    lines_by("id", question_lines)
    for line in question_lines:
        check_tasks(line, "tasks", tasks)
        own = line.cells["own_task"]
        if own and own not in proposals:
            problem, remedy = msgid("'{value}' is not an id of {file}"), msgid("Correct the id or add the task")
            raise line.wrong("own_task", problem, remedy, file=PROPOSALS)
    return Rules(
        laws,
        tuple(built(InsurerQuestion, line, QUESTION_COLUMNS) for line in question_lines),
        tuple(built(ProposedTask, line, PROPOSAL_COLUMNS) for line in proposal_lines),
        benchmarks_from(texts[BENCHMARKS]),
        subsidies_from(texts[SUBSIDIES]),
        losses_from(texts[LOSSES]),
        claims_from(texts[CLAIMS]),
    )


def law_from(line: Line) -> Regulation:
    """Return a country's law; raise for figures of its own where nothing was verified, and for half of a pair."""
    law = built(Regulation, line, REGULATION_COLUMNS)
    given = next((name for name in UNVERIFIED_HAS_NO if line.cells[name]), None)
    if law.status is LawStatus.NOT_VERIFIED and given is not None:
        problem, remedy = msgid("'{value}' is in an unverified row"), msgid("Verify the row, or empty it")
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
    return law


def check_tasks(line: Line, column: str, tasks: Collection[str]) -> None:
    """Raise for an id in a cell that no task has."""
    named: Sequence[str] = [part.strip() for part in line.cells[column].split(";") if part.strip()]
    for task in named:
        if task not in tasks:
            problem, remedy = msgid("'{value}' is not a task of tasks.csv"), msgid("Correct the id or add the task")
            raise line.wrong(column, problem, remedy, value=task)
