"""What is asked of a portfolio: the answers follow from its tables, wherever they lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from tests.builders import scenario
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.files.portfolio import queries
from zt_planner.files.portfolio.queries import Asked, answer, asking, write_answers
from zt_planner.files.portfolio.writing import Portfolio, arrow_table, arrow_tables
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.portfolio.questions import BY_NAME, QUESTIONS
from zt_planner.topics.portfolio.rows import TABLES, Client, Row, client_rows

TODAY = date(2026, 11, 6)
PLANS = [
    build_plan(case_of(given, price_book(), phase_model(), today=TODAY))
    for given in (
        scenario(company__name="Acme", company__employees=60, choices__billing="annual_prepaid"),
        scenario(company__name="Bolt", company__employees=350),
    )
]
Tables = Mapping[str, pa.Table]


def tables_of_plans() -> Tables:
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for number, plan in enumerate(PLANS):
        for name, own in client_rows(Client(f"{number}.json", str(number)), plan).items():
            rows[name] += own
    return arrow_tables(rows)


def made_up(**given: list[dict[str, Any]]) -> Tables:
    """Return tables of rows of which a test says what matters to it; the rest is empty."""
    known = {table.name: table for table in TABLES}
    return {
        name: arrow_table(known[name], [tuple(row.get(column.name) for column in known[name].columns) for row in rows])
        for name, rows in given.items()
    }


def asked(tables: Tables | Portfolio, name: str, first_month: int = 1) -> list[dict[str, Any]]:
    with asking(tables) as connection:
        return answer(connection, BY_NAME[name], Asked(TODAY, first_month)).rows


def line(month: date, amount: str | None, **more: object) -> dict[str, Any]:
    """Return a cost line that is used up and paid in one month."""
    plain = {"is_cash": True, "is_recurring": False, "is_after_plan": False, "client": "a", "paid_in": month}
    return {**plain, "month": month, "amount": None if amount is None else Decimal(amount), **more}


@pytest.fixture
def on_disk(tmp_path: Path) -> Portfolio:
    portfolio = Portfolio(tmp_path)
    portfolio.write("", tables_of_plans(), {})
    return portfolio


def test_parquet_and_tables_in_memory_give_the_same_answers(on_disk: Portfolio) -> None:
    for question in QUESTIONS:
        assert asked(on_disk, question.name, 4) == asked(tables_of_plans(), question.name, 4)


def test_no_tables_give_no_rows_and_no_error(tmp_path: Path) -> None:
    for question in QUESTIONS:
        assert asked(Portfolio(tmp_path), question.name) == asked({}, question.name) == []


def test_every_answer_is_a_table_in_every_language() -> None:
    for question in QUESTIONS:
        for code in LanguageCode:
            table = Language(code).written(question.table(asked(tables_of_plans(), question.name)))
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_every_question_has_its_file_and_none_has_that_of_a_table() -> None:
    assert not {question.name for question in QUESTIONS} & {table.name for table in TABLES}
    assert len(BY_NAME) == len(QUESTIONS)


def test_the_months_add_up_to_the_plans_to_the_cent() -> None:
    months = asked(tables_of_plans(), "money_by_month")
    lines = [line for plan in PLANS for line in plan.cost_lines]
    tails = [line for plan in PLANS for line in plan.prepaid_tail]
    cash = sum(line.amount or 0 for line in lines if line.is_cash)
    assert sum(month["used"] for month in months) == cash
    assert sum(month["paid"] for month in months) == cash + sum(line.amount or 0 for line in tails)
    assert sum(month["own_work"] for month in months) == sum(line.amount or 0 for line in lines if not line.is_cash)
    assert tails


@pytest.mark.parametrize("first_month", range(1, 13))
def test_quarters_of_any_fiscal_year_have_the_money_of_their_months(first_month: int) -> None:
    quarters = asked(tables_of_plans(), "money_by_quarter", first_month)
    months = asked(tables_of_plans(), "money_by_month")
    for column in ("used", "recurring", "paid", "own_work"):
        assert sum(row[column] for row in quarters) == sum(row[column] for row in months)
    for row in quarters:
        assert (row["begins"].month - first_month) % 3 == 0
        assert row["quarter"] == (row["begins"].month - first_month) % 12 // 3 + 1


@pytest.mark.parametrize(
    ("first_month", "year", "quarter", "begins"),
    [
        (1, "2027", 1, date(2027, 1, 1)),
        (4, "2026/27", 4, date(2027, 1, 1)),
        (3, "2026/27", 4, date(2026, 12, 1)),
        (2, "2027/28", 1, date(2027, 2, 1)),
        (10, "2026/27", 2, date(2027, 1, 1)),
        (12, "2026/27", 1, date(2026, 12, 1)),
    ],
)
def test_february_lies_in_its_fiscal_quarter(first_month: int, year: str, quarter: int, begins: date) -> None:
    tables = made_up(lines=[line(date(2027, 2, 1), "10.00")])
    (row,) = asked(tables, "money_by_quarter", first_month)
    assert (row["fiscal_year"], row["quarter"], row["begins"]) == (year, quarter, begins)


def test_an_amount_that_is_not_known_makes_its_month_a_lower_bound() -> None:
    may, june = date(2027, 5, 1), date(2027, 6, 1)
    months = asked(made_up(lines=[line(may, "10.00"), line(may, None), line(june, "5.00")]), "money_by_month")
    assert [(row["used"], row["is_lower_bound"]) for row in months] == [(10, True), (5, False)]


def test_what_is_prepaid_is_paid_in_its_month_and_used_up_in_the_plan_only() -> None:
    may, june = date(2027, 5, 1), date(2027, 6, 1)
    prepaid = [line(may, "10.00"), line(june, "10.00", paid_in=may, is_after_plan=True)]
    (row,) = asked(made_up(lines=prepaid), "money_by_month")
    assert (row["month"], row["used"], row["paid"]) == (may, 10, 20)


def test_the_weeks_add_up_to_the_days_of_the_plans() -> None:
    for name in ("team_days", "team_days_by_client"):
        weeks = asked(tables_of_plans(), name)
        for team in ("internal", "external"):
            days = sum(row["days"] for row in weeks if row["team"] == team)
            own = sum(getattr(plan.headlines, f"{team}_days") for plan in PLANS if isinstance(plan, Plan))
            assert abs(days - Decimal(float(own))) < Decimal("0.01")


def test_a_week_names_the_three_who_need_most() -> None:
    names = [{"client": key, "name": key.upper()} for key in "abcd"]
    days = zip("abcd", ("1.5", "0.5", "2", "1"), strict=True)
    weeks = [
        {"client": key, "monday": TODAY, "team": "external", "task_days": Decimal(own), "coordination_days": Decimal(0)}
        for key, own in days
    ]
    (row,) = asked(made_up(plans=names, weeks=weeks), "team_days")
    assert (row["days"], row["clients"], row["most"]) == (5, 4, "C 2.0; A 1.5; D 1.0")


def test_terms_are_counted_in_the_quarter_in_which_they_end() -> None:
    term = {"client": "a", "ends": date(2027, 6, 30), "amount": Decimal(120), "is_held_before": False}
    held = {"client": "b", "ends": date(2027, 5, 31), "amount": None, "is_held_before": True}
    unpriced = line(date(2027, 8, 1), None, is_recurring=True)
    rows = asked(made_up(terms=[term, held], lines=[unpriced]), "renewals")
    assert [(row["quarter"], row["clients"], row["terms"], row["amount"], row["held_before"]) for row in rows] == [
        (2, 2, 1, 120, 1),
        (3, 1, 0, 0, 0),
    ]
    assert [row["is_lower_bound"] for row in rows] == [False, True]


def test_decisions_of_ninety_days_and_overdue_ones_are_next() -> None:
    def decision(day: date, **more: object) -> dict[str, Any]:
        return {"client": "a", "day": day, "title": str(day), "is_over": False, "is_overdue": False, **more}

    days = [
        decision(date(2026, 11, 1), is_over=True),
        decision(date(2026, 10, 1), is_over=True, is_overdue=True),
        decision(TODAY),
        decision(date(2027, 2, 4)),
        decision(date(2027, 2, 5)),
    ]
    rows = asked(made_up(plans=[{"client": "a", "name": "A"}], decisions=days), "next_decisions")
    assert [row["day"] for row in rows] == [date(2026, 10, 1), TODAY, date(2027, 2, 4)]


def test_a_promise_is_kept_missed_in_time_or_late() -> None:
    def promised(client: str, finish: date | None, done: int, **more: object) -> dict[str, Any]:
        then = {"approved_on": TODAY, "promised_finish": date(2027, 6, 1), "promised_budget": Decimal(100)}
        plan = {"client": client, "name": client, "promised_finish_now": finish, "has_schedule": finish is not None}
        return {**then, **plan, "tasks": 2, "tasks_done": done, "promised_budget_now": Decimal(110), **more}

    plans = [
        promised("kept", date(2027, 6, 1), 2),
        promised("missed", date(2027, 6, 3), 2),
        promised("in_time", date(2027, 5, 1), 1),
        promised("late", date(2027, 7, 1), 0),
        promised("unknown", None, 0),
        promised("none", date(2027, 7, 1), 0, approved_on=None),
    ]
    rows = asked(made_up(plans=plans), "promises")
    assert {row["client"]: row["standing"] for row in rows} == {
        name: name for name in ("kept", "missed", "in_time", "late", "unknown")
    }
    assert [row["days_late"] for row in rows] == [30, 2, 0, -31, None]
    assert {row["above"] for row in rows} == {10}


def test_where_the_plan_itself_was_approved_it_is_compared_with_itself() -> None:
    planned = {"approved_finish": date(2027, 5, 1), "approved_budget": Decimal(90), "finish_date": date(2027, 5, 8)}
    now = {"promised_finish_now": date(2027, 9, 1), "promised_budget_now": Decimal(200)}
    plan = {"client": "a", "name": "A", "approved_on": TODAY, "introduction_budget": Decimal(95), **planned, **now}
    (row,) = asked(made_up(plans=[plan]), "promises")
    assert (row["days_late"], row["above"], row["standing"]) == (7, 5, "late")


def test_the_answers_are_files_that_say_the_same(on_disk: Portfolio) -> None:
    for name in write_answers(on_disk, Asked(TODAY)):
        read = pyarrow.csv.read_csv(on_disk.folder / name)
        assert read.num_rows == len(asked(on_disk, name.removesuffix(".csv")))


def test_without_duckdb_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "is_installed", lambda: False)
    with pytest.raises(ScenarioError, match=r'pip install "zt-planner\[portfolio\]"'), asking({}):
        raise AssertionError
