"""What is asked of a portfolio: the answers follow from its tables, wherever they lie."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from tests.builders import TODAY, case, scenario
from tests.words import ENGLISH
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.files.portfolio import queries
from zt_planner.files.portfolio.queries import Asked, answer, asking, write_answers
from zt_planner.files.portfolio.writing import Portfolio, arrow_table, arrow_tables, beside
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.portfolio.questions import BY_NAME, QUESTIONS
from zt_planner.topics.portfolio.rows import TABLES, Client, Row, client_rows

PLANS = [
    build_plan(case(given, price_book(), phase_model()))
    for given in (
        scenario(company__name="Acme", company__employees=60, choices__billing="annual_prepaid"),
        scenario(company__name="Bolt", company__employees=350),
    )
]
Tables = Mapping[str, pa.Table]


@cache
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
        rows = asked(tables_of_plans(), question.name)
        for code in LanguageCode:
            table = Language(code).written(question.table(rows))
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


def test_a_client_without_a_schedule_makes_every_month_and_quarter_a_lower_bound() -> None:
    plans = [{"client": key, "has_schedule": key == "a"} for key in "ab"]
    term = {"client": "a", "ends": date(2027, 6, 30), "amount": Decimal(120), "is_held_before": False}
    tables = made_up(plans=plans, terms=[term], lines=[line(date(2027, month, 1), "10.00") for month in (5, 8)])
    assert asked(tables, "renewals")[0]["is_lower_bound"]
    for name in ("money_by_month", "money_by_quarter"):
        assert [(row["used"], row["is_lower_bound"]) for row in asked(tables, name)] == [(10, True)] * 2


def test_a_client_without_a_schedule_makes_the_days_of_every_week_a_lower_bound() -> None:
    week = {"client": "a", "monday": TODAY, "team": "external", "task_days": 2, "coordination_days": 1}
    for others, days in (((), "3.00"), (("b",), "at least 3.00")):
        plans = [{"client": key, "name": key, "has_schedule": key == "a"} for key in ("a", *others)]
        table = BY_NAME["team_days"].table(asked(made_up(plans=plans, weeks=[week]), "team_days"))
        assert ENGLISH.written(table).rows[0][2] == days


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


def test_clients_of_one_name_are_told_apart_by_their_files() -> None:
    plans = [{"client": key, "name": name, "points": 1} for key, name in (("a", "Acme"), ("b", "Acme"), ("c", "Core"))]
    assert [row["name"] for row in asked(made_up(plans=plans), "nis2")] == ["Acme (a)", "Acme (b)", "Core"]


def test_terms_are_counted_in_the_quarter_in_which_they_end() -> None:
    term = {"client": "a", "ends": date(2027, 6, 30), "amount": Decimal(120), "is_held_before": False}
    held = {"client": "b", "ends": date(2027, 5, 31), "amount": None, "is_held_before": True}
    later = {**term, "ends": date(2027, 9, 30)}
    rows = asked(made_up(terms=[term, held, later]), "renewals")
    assert [(row["quarter"], row["clients"], row["terms"], row["amount"], row["held_before"]) for row in rows] == [
        (2, 2, 1, 120, 1),
        (3, 1, 1, 120, 0),
    ]
    assert [row["is_lower_bound"] for row in rows] == [True, False]


def test_what_a_term_costs_that_was_held_before_is_not_known() -> None:
    held = {"client": "a", "ends": date(2027, 5, 31), "amount": None, "is_held_before": True}
    (row,) = asked(made_up(terms=[held]), "renewals")
    assert (row["terms"], row["held_before"], row["amount"], row["is_lower_bound"]) == (0, 1, None, True)


def test_what_recurs_without_a_price_is_no_term_and_makes_its_quarter_a_lower_bound() -> None:
    term = {"client": "a", "ends": date(2027, 6, 30), "amount": Decimal(120), "is_held_before": False}
    unpriced = [line(date(2027, month, 1), None, is_recurring=True, client="b") for month in (5, 8)]
    rows = asked(made_up(terms=[term], lines=unpriced), "renewals")
    assert [(row["quarter"], row["clients"], row["terms"], row["amount"], row["is_lower_bound"]) for row in rows] == [
        (2, 1, 1, 120, True),
        (3, 0, 0, None, True),
    ]


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


@pytest.fixture
def many(tmp_path: Path) -> Portfolio:
    """Give a portfolio of which DuckDB cannot sort the weeks in 64 MB."""
    count, each = 4000, 200
    plans = [{"client": f"{number}.json", "name": f"Client {number}"} for number in range(count)]
    keys = pa.array([plan["client"] for plan in plans for _ in range(each)])
    mondays = pa.array([date.fromordinal(TODAY.toordinal() + 7 * week) for week in range(each)] * count, pa.date32())
    one = made_up(weeks=[{"team": "external", "task_days": Decimal(1), "coordination_days": Decimal(1)}])["weeks"]
    weeks = one.take(pa.array([0] * count * each))
    for name, column in (("client", keys), ("monday", mondays)):
        index = weeks.schema.get_field_index(name)
        weeks = weeks.set_column(index, weeks.schema.field(index), column)
    portfolio = Portfolio(tmp_path / "many")
    portfolio.write("", {**arrow_tables({}), **made_up(plans=plans), "weeks": weeks}, {})
    return portfolio


@pytest.mark.extended
def test_what_does_not_fit_into_memory_lies_on_the_disk_until_it_is_answered(
    many: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk = beside(many.folder / "answers")
    monkeypatch.setattr(queries, "MOST_MEMORY", "64MB")
    with asking(many) as connection:
        rows = connection.sql(queries.query_of("team_days_by_client")).to_arrow_reader(10_000)
        assert any(on_disk.iterdir())
        assert sum(batch.num_rows for batch in rows) == 800_000
    assert not on_disk.exists()


def test_a_folder_without_room_for_what_does_not_fit_into_memory_is_named(
    many: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "beside", lambda target: target / "nowhere" / "else")
    monkeypatch.setattr(queries, "MOST_MEMORY", "64MB")
    with pytest.raises(ScenarioError, match=r"many: the folder cannot be written to \(IO Error"):
        write_answers(many, Asked(TODAY))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_duckdb_answers_ends_the_program_as_it_does_elsewhere(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "THREADS", "1")  # with two, one looks for signals when the other one is done
    before = signal.signal(number, signal.default_int_handler)
    sending = Timer(1, os.kill, (os.getpid(), number))
    sending.start()
    try:
        with pytest.raises(KeyboardInterrupt), asking({}) as connection:
            connection.execute("SELECT max(hash(a.range + b.range)) FROM range(1000000) a, range(1000000) b")
    finally:
        sending.join()
        signal.signal(number, before)


def test_another_error_while_duckdb_answers_stays_as_it_is() -> None:
    with pytest.raises(RuntimeError, match="a bug"), asking({}):
        raise RuntimeError("a bug")


def test_without_duckdb_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "is_installed", lambda: False)
    with pytest.raises(ScenarioError, match=r'pip install "zt-planner\[portfolio\]"'), asking({}):
        raise AssertionError
