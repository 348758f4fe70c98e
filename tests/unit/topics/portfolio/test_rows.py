"""The rows of a client: what they add up to is what its plan says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import TODAY, book, case, model, quiet, scenario, task
from tests.unit.engine.test_learning import finished
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.simulation.result import simulate
from zt_planner.engine.under_way.approved import approved
from zt_planner.topics.portfolio.rows import TABLES, Client, client_rows

CLIENT = Client("a/acme.json", "acme")


def planned(given: Scenario) -> AnyPlan:
    return build_plan(case(given, price_book(), phase_model()))


def rows_of(plan: AnyPlan, name: str) -> list[dict[str, Any]]:
    (table,) = [table for table in TABLES if table.name == name]
    columns = [column.name for column in table.columns]
    return [dict(zip(columns, row, strict=True)) for row in client_rows(CLIENT, plan)[name]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    made = planned(scenario(company__employees=180, company__name="Acme", choices__billing="annual_prepaid"))
    assert isinstance(made, Plan)
    return made


def test_no_table_has_two_columns_of_one_name() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)


def test_the_lines_are_the_cost_lines_to_the_cent(plan: Plan) -> None:
    lines = rows_of(plan, "lines")
    for is_after, own in ((False, plan.cost_lines), (True, plan.prepaid_tail)):
        ours = [line["amount"] for line in lines if line["is_after_plan"] is is_after]
        assert ours == [line.amount for line in own]
    horizon = {month.first_day for month in plan.horizon}
    within = [line for line in lines if line["is_cash"] and line["month"] in horizon and not line["is_after_plan"]]
    assert sum(line["amount"] for line in within) == plan.headlines.horizon_total


def test_the_weeks_add_up_to_the_days_of_each_team(plan: Plan) -> None:
    for team in ("internal", "external"):
        weeks = [week for week in rows_of(plan, "weeks") if week["team"] == team]
        days = sum((week["task_days"] + week["coordination_days"] for week in weeks), Decimal(0))
        assert abs(days - Decimal(float(getattr(plan.headlines, f"{team}_days")))) < Decimal("0.001")


def test_a_term_is_what_its_lines_cost(plan: Plan) -> None:
    terms = rows_of(plan, "terms")
    assert terms
    for term in terms:
        assert term["ends"] > term["begins"]
        assert term["amount"] > 0
    prepaid = [line for line in (*plan.cost_lines, *plan.prepaid_tail) if line.price_id == terms[0]["price"]]
    same = sum(term["amount"] for term in terms if term["price"] == terms[0]["price"])
    assert same == sum(line.amount or 0 for line in prepaid)


def test_a_licence_that_is_held_ends_on_its_day() -> None:
    owned = [{"licence": "m365-business-standard", "seats": 30, "until": "2027-06-30"}]
    (held,) = [
        term for term in rows_of(planned(scenario(company__owned_licences=owned)), "terms") if term["is_held_before"]
    ]
    assert (held["ends"], held["quantity"], held["amount"]) == (date(2027, 6, 30), 30, None)


def test_the_decisions_are_those_of_the_plan(plan: Plan) -> None:
    ours = [(row["decision"], row["day"]) for row in rows_of(plan, "decisions")]
    assert ours == [(decision.row.id, decision.day) for decision in decisions_of(plan)]


def test_a_client_has_the_name_of_its_company_or_of_its_file(plan: Plan) -> None:
    (row,) = rows_of(plan, "plans")
    assert (row["client"], row["name"], row["scenario_version"]) == (CLIENT.key, "Acme", plan.scenario.version)
    (nameless,) = rows_of(planned(scenario()), "plans")
    assert nameless["name"] == "acme"


def test_a_plan_under_way_says_what_is_done_and_what_was_promised() -> None:
    under_way = planned(finished({"sso": 1.5}).scenario)
    (row,) = rows_of(under_way, "plans")
    assert row["tasks"] == row["tasks_done"] > 0
    assert row["status_date"] == under_way.scenario.status.at
    assert row["points_supported_now"] == row["points_supported"] > 0


def test_points_are_supported_now_by_what_is_recorded_and_not_by_days_that_have_passed() -> None:
    (row,) = rows_of(planned(scenario(company__employees=100, timeline__start=date(2025, 1, 7))), "plans")
    assert row["finish_date"] < TODAY
    assert (row["tasks_done"], row["points_supported_now"]) == (0, 0)
    assert row["points_supported"] > 0


def test_a_missing_price_is_no_amount_and_makes_a_lower_bound(plan: Plan) -> None:
    assert rows_of(plan, "plans")[0]["is_lower_bound"] is False
    missing = build_plan(case(quiet(), book(), model(task("mfa_rollout", needs=("mfa",)))))
    assert None in [line["amount"] for line in rows_of(missing, "lines")]
    assert rows_of(missing, "plans")[0]["is_lower_bound"] is True


def test_a_plan_without_a_schedule_is_one_row_that_says_why() -> None:
    stopped = build_plan(case(quiet(timeline__internal_days_per_week=0.25), book(), model(task("a", days=5000))))
    assert isinstance(stopped, StoppedPlan)
    (row,) = rows_of(stopped, "plans")
    assert (row["has_schedule"], row["stopped_by"]) == (False, str(stopped.findings[0].code))
    unknown = ("introduction_budget", "tasks", "tasks_running", "tasks_done", "points", "points_partly")
    assert {row[name] for name in (*unknown, "points_supported", "points_supported_now")} == {None}
    assert row["is_lower_bound"] is True
    assert {name: len(rows) for name, rows in client_rows(CLIENT, stopped).items() if rows} == {"plans": 1}


def test_an_approved_plan_has_what_it_promises_now_and_no_other_plan_has(plan: Plan) -> None:
    approval = approved(plan.case, "Board", TODAY)
    assert approval is not None
    given = plan.scenario.model_copy(update={"status": Status(approved=approval)})
    now = planned(given)
    assert isinstance(now, Plan)
    promise = promise_of(now, simulate(now))
    (row,) = rows_of(now, "plans")
    assert (row["promised_budget_now"], row["promised_finish_now"]) == (promise.rounded_budget, promise.finish)
    (other,) = rows_of(plan, "plans")
    assert (other["promised_budget_now"], other["promised_finish_now"]) == (None, None)
