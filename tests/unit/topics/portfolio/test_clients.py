"""What a client's plan comes to on a day: figures that add up, are kept whole, and hide what is hidden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import book, model, quiet, scenario, task, unstopped
from tests.words import ENGLISH, plain
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.data.rules import Who
from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import Team
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.files.portfolio.queries import Asked, answer, asking
from zt_planner.files.portfolio.writing import arrow_table
from zt_planner.topics.block import ChartBlock, Group, TableBlock, flattened
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.portfolio.blocks import client_blocks
from zt_planner.topics.portfolio.client_list import (
    TeamNeed,
    changed_words,
    client_names,
    clients_sentence,
    clients_table,
    state_words,
    team_weeks,
    week_spans,
)
from zt_planner.topics.portfolio.clients import (
    AwaitedDecision,
    ClientFigures,
    ClientRow,
    Clients,
    Quarter,
    changed_since,
    client_figures,
    next_review,
    quarters_from,
)
from zt_planner.topics.portfolio.questions import BY_NAME
from zt_planner.topics.portfolio.rows import TABLES, Client, client_rows

DAY = date(2026, 12, 1)


def figures(**fields: object) -> ClientFigures:
    """Return the figures of a plan that is known to the end of 2028."""
    known: dict[str, object] = {"company": "Mill", "start": date(2027, 1, 4), "until": date(2028, 12, 31), **fields}
    return ClientFigures.model_validate(known)


def clients(*each: ClientFigures) -> Clients:
    """Return clients on the day."""
    return Clients(DAY, tuple(ClientRow(figures=one) for one in each))


def said(clients: Clients, need: TeamNeed | None = None) -> str:
    return plain(ENGLISH.write(clients_sentence(clients, need or TeamNeed())))


@pytest.fixture(scope="module")
def planned(price_book: PriceBook, phase_model: PhaseModel) -> ClientFigures:
    """Return what a client's plan comes to."""
    return client_figures(scenario(company__name=" Mill "), price_book, phase_model, DAY, shows_labour=True)


def test_figures_are_those_of_the_plan(price_book: PriceBook, phase_model: PhaseModel, planned: ClientFigures) -> None:
    plan = unstopped(build_plan(case_of(scenario(company__name="Mill"), price_book, phase_model, today=DAY)))
    months = {month for quarter in quarters_from(DAY) for month in quarter.months}
    paid = sum((line.amount or ZERO for line in plan.cost_lines if line.is_cash and line.month in months), ZERO)
    assert sum(planned.quarters.values(), ZERO) == paid
    assert planned.budget == plan.headlines.introduction_budget
    assert planned.finish == plan.headlines.finish_date
    assert planned.company == "Mill"
    assert planned.promised_finish is not None
    assert planned.finish <= planned.promised_finish
    assert planned.tasks == len(plan.tasks)
    first = planned.next_decision
    assert first is not None
    assert first.day == min(each.day for each in planned.decisions)


def test_the_weeks_add_up_to_the_team_s_days() -> None:
    tasks = model(task("a", days=8), task("b", days=5, external_share="0.5"))
    weeks = client_figures(quiet(), book(), tasks, DAY, shows_labour=True).weeks
    whole = unstopped(build_plan(case_of(quiet(), book(), tasks, today=DAY))).headlines
    assert Fraction(sum(weeks[Team.INTERNAL].values())) == whole.internal_days
    assert Fraction(sum(weeks[Team.EXTERNAL].values())) == whole.external_days
    assert len(weeks[Team.INTERNAL]) > 1


def test_quarters_and_weeks_are_those_that_duckdb_finds_in_the_tables_of_the_portfolio(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = [scenario(company__employees=people, timeline__start="2026-12-07") for people in (60, 180)]
    plans = [build_plan(case_of(each, price_book, phase_model, today=DAY)) for each in given]
    rows = [client_rows(Client(str(number), ""), plan) for number, plan in enumerate(plans)]
    tables = {table.name: arrow_table(table, [row for each in rows for row in each[table.name]]) for table in TABLES}
    with asking(tables) as connection:
        money = answer(connection, BY_NAME["money_by_quarter"], Asked(DAY)).rows
        team = answer(connection, BY_NAME["team_days"], Asked(DAY)).rows
    found = [client_figures(each, price_book, phase_model, DAY, shows_labour=True) for each in given]
    used = {f"{row['begins'].year}-Q{row['quarter']}": row["used"] for row in money}
    for quarter in quarters_from(DAY):
        assert sum(each.quarters.get(quarter.key, ZERO) for each in found) == used.get(quarter.key, ZERO)
    days = {row["monday"]: row["days"] for row in team if row["team"] == Team.EXTERNAL}
    shown = team_weeks(Clients(DAY, tuple(ClientRow(figures=each) for each in found)), Team.EXTERNAL)
    assert any(shown.values())
    assert all(abs(need - days.get(monday, 0)) < Decimal("0.00001") for monday, need in shown.items())


def test_what_is_kept_reads_back_as_itself(planned: ClientFigures) -> None:
    row = ClientRow(figures=planned, next_review=DAY, changed=changed_since(DAY, planned, planned))
    again = ClientRow.model_validate_json(row.model_dump_json())
    assert again == row
    assert hash(again) == hash(row)


def test_hidden_day_rates_change_no_figure_and_leave_the_days(price_book: PriceBook, phase_model: PhaseModel) -> None:
    hidden = [
        client_figures(
            scenario(labour__external_day_rate=rate, finance__contingency=0.1),
            price_book,
            phase_model,
            DAY,
            shows_labour=False,
        )
        for rate in (900, 1400)
    ]
    assert hidden[0] == hidden[1]
    assert hidden[0].weeks[Team.EXTERNAL]
    assert not hidden[0].is_whole


def test_whoever_may_not_see_rates_any_more_sees_no_kept_amount(planned: ClientFigures) -> None:
    row = ClientRow(figures=planned, changed=changed_since(DAY, planned, planned)).without_amounts()
    kept = row.model_dump_json()
    assert row.figures.promised_finish == planned.promised_finish
    assert str(planned.promised_budget) not in kept
    assert not row.figures.quarters
    assert row.changed is not None
    assert row.changed.budget is None


def test_a_plan_without_a_schedule_has_no_figure_and_makes_the_sum_a_lower_bound() -> None:
    stuck = quiet(timeline__internal_days_per_week=0.25)
    found = client_figures(stuck, book(), model(task("a", days=5000)), DAY, shows_labour=True)
    assert not found.has_schedule
    assert found.promised_budget is None
    assert "2 clients: at least EUR 1,000 from Q4 2026 to Q3 2027" in said(
        clients(figures(quarters={"2027-Q1": 1000}), found)
    )


def test_quarters_follow_one_another_over_the_year() -> None:
    assert [quarter.key for quarter in quarters_from(DAY, 3)] == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert [str(month) for month in Quarter(2026, 4).months] == ["2026-10", "2026-11", "2026-12"]


def test_the_sentence_adds_up_clients_and_names_full_weeks_and_decisions() -> None:
    awaited = AwaitedDecision(day=date(2027, 1, 8), title="Decide", who=Who.IT, is_overdue=False)
    late = awaited.model_copy(update={"day": date(2026, 11, 20), "is_overdue": True})
    far = awaited.model_copy(update={"day": date(2027, 6, 1)})
    weeks = {Team.EXTERNAL: {"2027-02-15": 4, "2027-02-22": 4, "2027-03-01": 2}}
    both = clients(
        figures(quarters={"2026-Q4": "1000.40", "2027-Q4": 9}, weeks=weeks, decisions=(late, awaited)),
        figures(company="Harbour", quarters={"2027-Q1": 2000}, weeks=weeks, decisions=(far,)),
    )
    assert said(both) == (
        "2 clients: EUR 3,000 from Q4 2026 to Q3 2027; the consultants busiest in week 7 (8 days); "
        "2 decisions until 1 March 2027, 1 of them overdue."
    )
    assert "the consultants more than full in weeks 7 to 8;" in said(both, TeamNeed(capacity=Decimal(5)))
    assert "busiest" not in said(both, TeamNeed(Team.INTERNAL))


@pytest.mark.parametrize(
    "lacking", [{"is_complete": False}, {"shows_labour": False}, {"until": date(2027, 9, 29)}, {"has_schedule": False}]
)
def test_a_sum_that_lacks_something_says_at_least(lacking: dict[str, object]) -> None:
    assert "at least" not in said(clients(figures()))
    assert "at least" in said(clients(figures(), figures(**lacking)))


def test_sums_lack_who_has_no_schedule_and_its_own_amounts_are_not_known() -> None:
    shown = clients(figures(quarters={"2027-Q1": 1000}), figures(company="Harbour", has_schedule=False))
    blocks = list(flattened(client_blocks(shown, TeamNeed())))
    chart = next(block for block in blocks if isinstance(block, ChartBlock))
    table = next(block.table for block in blocks if isinstance(block, TableBlock))
    hovered = ENGLISH.written(chart.draw(LIGHT))["data"][1]["hovertext"]
    assert all(text.endswith("not known") for text in hovered)
    known, unknown, both = (plain(" ".join(row[1:])) for row in ENGLISH.written(table).rows)
    assert "EUR 1,000" in known
    assert "at least" not in known
    assert set(unknown.split("not known")) <= {"", " "}
    assert both.endswith("at least EUR 1,000")


def test_weeks_that_follow_one_another_are_one_span_over_the_year() -> None:
    mondays = [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 2, 1)]
    assert ENGLISH.write(week_spans(mondays)) == "weeks 52 to 1 and week 5"


def test_the_same_name_is_numbered_and_no_name_is_a_session() -> None:
    names = [ENGLISH.write(name) for name in client_names(["Mill", "", "Mill", ""])]
    assert [name.strip("\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}") for name in names][:2] == [
        "Mill",
        "Planning session",
    ]
    assert names[2].endswith("(2)")
    assert names[3] == "Planning session (2)"


@pytest.mark.parametrize(
    ("fields", "reviewed", "due"),
    [
        ({}, None, date(2027, 1, 4)),
        ({"status_at": date(2026, 11, 30)}, None, date(2026, 12, 30)),
        ({"status_at": date(2026, 10, 15)}, date(2026, 11, 5), date(2026, 12, 5)),
        ({"tasks": 2, "tasks_done": 2, "status_at": DAY}, DAY, None),
    ],
)
def test_a_review_is_due_a_month_after_the_last_status_or_review(
    fields: dict[str, object], reviewed: date | None, due: date | None
) -> None:
    assert next_review(figures(**fields), reviewed) == due


def test_what_changed_since_a_review_is_the_difference_of_the_planned_figures() -> None:
    before = figures(budget=100_000, finish=date(2027, 9, 1))
    now = figures(budget=112_000, finish=date(2027, 9, 15))
    words = ENGLISH.write(changed_words(changed_since(date(2026, 11, 1), before, now)))
    assert plain(words) == "+EUR 12,000, 2 weeks later since the review of 1 Nov 2026"
    hidden = changed_since(date(2026, 11, 1), before, now.without_amounts())
    assert (hidden.budget, hidden.days) == (None, 14)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"has_schedule": False}, "no schedule"),
        ({"tasks": 2, "tasks_done": 2}, "all done"),
        ({"tasks": 9, "tasks_done": 2, "status_at": DAY}, "tasks done: 2 of 9"),
        ({}, "begins on 4 Jan 2027"),
        ({"approved_on": DAY}, "approved, begins on 4 Jan 2027"),
    ],
)
def test_the_state_says_how_far_a_client_is(fields: dict[str, object], state: str) -> None:
    assert plain(ENGLISH.write(state_words(figures(**fields)))) == state


def test_each_picture_has_a_description_and_a_table_of_the_same_numbers(planned: ClientFigures) -> None:
    shown = clients(
        planned,
        figures(
            promised_finish=date(2027, 12, 1), approved_finish=date(2027, 11, 3), quarters={"2027-Q1": Decimal("5.50")}
        ),
    )
    groups = client_blocks(shown, TeamNeed(capacity=Decimal(1)))
    assert [isinstance(group, Group) for group in groups] == [True] * 4
    for group in groups:
        blocks = list(flattened([group]))
        (chart,) = (block for block in blocks if isinstance(block, ChartBlock))
        (table,) = (block for block in blocks if isinstance(block, TableBlock))
        assert ENGLISH.write(chart.alt)
        assert ENGLISH.written(chart.draw(LIGHT))["data"]
        assert table.table.rows
    money = next(block for block in flattened(groups) if isinstance(block, TableBlock)).table
    total = sum(planned.quarters.values(), Decimal("5.50"))
    assert ENGLISH.write(money.rows[-1][-1]) == ENGLISH.money(total)
    assert len(clients_table(shown).rows) == 2


def test_the_team_s_weeks_are_the_sum_of_the_clients_weeks() -> None:
    weeks = {Team.EXTERNAL: {"2026-11-30": "1.5"}}
    both = team_weeks(clients(figures(weeks=weeks), figures(weeks=weeks)), Team.EXTERNAL)
    assert both[date(2026, 11, 30)] == 3
    assert sum(both.values()) == 3
