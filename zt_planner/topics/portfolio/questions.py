"""The questions that are asked of a portfolio, and how the columns of each answer are read.

`files.portfolio.queries` answers them. Laws: a column of an answer has the name that its query gives it; an amount of
which something is not known, and days of teams whose clients do not all have a schedule, are read as lower bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from zt_planner.domain import units
from zt_planner.domain.data.rules import Who
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.errors import msgid
from zt_planner.language import Text, Words, in_table
from zt_planner.topics.labels import bounded, bounded_money, label
from zt_planner.topics.roadmap.team_load import TEAMS
from zt_planner.topics.table import Column, Table, table_of

AnswerRow: TypeAlias = Mapping[str, Any]
TEAM_NAMES = {Team.INTERNAL: msgid("Clients' own"), Team.EXTERNAL: TEAMS[Team.EXTERNAL]}
STANDINGS = {
    "kept": msgid("kept"),
    "missed": msgid("missed"),
    "in_time": msgid("in time"),
    "late": msgid("late"),
    "unknown": msgid("unknown"),
}
"""How a promise stands: of a plan that is done, of one that is not, and of one without a schedule."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, as files and commands have it, what it asks, and the columns of its answer."""

    name: str
    title: str
    columns: tuple[Column[AnswerRow], ...]

    def table(self, rows: Iterable[AnswerRow]) -> Table:
        """Return the rows of an answer as a table to read."""
        return table_of(self.columns, rows)


def _column(name: str, title: str, unit: units.Unit = units.TEXT, **more: Any) -> Column[AnswerRow]:  # noqa: ANN401 - as in `Column`
    return Column(Text(title), unit, lambda row: row[name], name=name, **more)


def _worded(name: str, title: str, words: Callable[[Any], Words]) -> Column[AnswerRow]:
    """Return a column of ids, read as their words."""
    return _column(name, title, words=lambda row: words(row[name]))


def _money(name: str, title: str) -> Column[AnswerRow]:
    """Return a column of amounts, lower bounds where something is not known."""
    return _column(name, title, units.MONEY, words=partial(_amount, name))


def _amount(name: str, row: AnswerRow) -> Words:
    return "" if row[name] is None else bounded_money(row[name], is_whole=not row["is_lower_bound"])


def _days(row: AnswerRow) -> Words:
    return bounded(in_table(row["days"], units.PERSON_DAYS), is_whole=not row["is_lower_bound"])


QUARTER = (
    _column("fiscal_year", msgid("Year")),
    _column("quarter", msgid("Quarter"), units.COUNT),
    _column("begins", msgid("Begins"), units.DAY),
)
MONTH: Column[AnswerRow] = Column(Text("Month"), units.MONTH, lambda row: Month.of(row["month"]), name="month")
TEAM = _worded("team", msgid("Team"), lambda team: Text(TEAM_NAMES[Team(team)]))
CLIENTS = _column("clients", msgid("Clients"), units.COUNT)
CLIENT = _column("name", msgid("Client"))
MONEY = (
    CLIENTS,
    _money("used", msgid("Budget")),
    _money("recurring", msgid("of which recurring")),
    _money("paid", msgid("Paid")),
    _money("own_work", msgid("Own work")),
)
QUESTIONS = (
    Question("money_by_month", msgid("Money by month"), (MONTH, *MONEY)),
    Question("money_by_quarter", msgid("Money by quarter"), (*QUARTER, *MONEY)),
    Question(
        "team_days",
        msgid("Days of the teams by week"),
        (
            _column("monday", msgid("Week of"), units.DAY),
            TEAM,
            _column("days", msgid("Person-days"), units.PERSON_DAYS, words=_days),
            CLIENTS,
            _column("most", msgid("Most for")),
        ),
    ),
    Question(
        "team_days_by_client",
        msgid("Days of the teams by week and client"),
        (
            _column("monday", msgid("Week of"), units.DAY),
            TEAM,
            CLIENT,
            _column("days", msgid("Person-days"), units.PERSON_DAYS),
        ),
    ),
    Question(
        "renewals",
        msgid("Renewals and ends of terms by quarter"),
        (
            *QUARTER,
            CLIENTS,
            _column("terms", msgid("Terms that end"), units.COUNT),
            _money("amount", msgid("Cost of these terms")),
            _column("held_before", msgid("Held before the plan"), units.COUNT),
        ),
    ),
    Question(
        "next_decisions",
        msgid("Decisions of the next 90 days"),
        (
            _column("day", msgid("Decide by"), units.DAY),
            CLIENT,
            _worded("title", msgid("Decision"), Text),
            _worded("who", msgid("Who"), lambda who: label(Who(who))),
            _worded("is_overdue", msgid("Overdue"), lambda is_overdue: Text("overdue") if is_overdue else ""),
        ),
    ),
    Question(
        "nis2",
        msgid("Points of NIS2"),
        (
            CLIENT,
            _column("points_supported_now", msgid("Supported now"), units.COUNT),
            _column("points_supported", msgid("Supported in the end"), units.COUNT),
            _column("points_partly", msgid("Partly supported"), units.COUNT),
            _column("points", msgid("Points"), units.COUNT),
            _column("finish_date", msgid("Finish"), units.DAY),
            _column("register_by", msgid("Register by"), units.DAY),
        ),
    ),
    Question(
        "promises",
        msgid("Promises"),
        (
            CLIENT,
            _column("promised_finish", msgid("Promised finish"), units.DAY),
            _column("finish", msgid("Promised now"), units.DAY),
            _worded("standing", msgid("Stands"), lambda standing: Text(STANDINGS[standing])),
            _column("promised_budget", msgid("Promised budget"), units.MONEY),
            _money("budget", msgid("Budget now")),
            _money("above", msgid("Difference")),
        ),
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}
