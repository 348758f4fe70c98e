"""What operation takes of the own team every month once the introduction is done (M23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import (
    FREE_SUITE,
    book,
    case,
    day_rate,
    model,
    operation,
    placed,
    plan,
    quiet,
    scenario,
    task,
)
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.phase_model import Operation, PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.engine.operation import activities_of, first_month, operation_lines
from zt_planner.engine.plan import Plan

OWN = day_rate("internal-day", 520)
IDENTITY = operation("identity", days="0.3", driver="employees", days_per_unit="0.002", by_partner="x")
SIEM = operation("siem", "tuning", days="3.5", driver="employees", days_per_unit="0.0155", monitoring=("siem",))
MDR = operation("mdr", "tuning", days="0.85", monitoring=("mdr", "siem_and_mdr"))
PARTNER = operation("partner", days="0.5", by_partner="partner")
ALL = (IDENTITY, SIEM, MDR, PARTNER)


def activities(*rows: Operation, **fields: Any) -> dict[str, Fraction]:  # noqa: ANN401 - any field of a scenario
    """Return the days a month of each activity of the own team."""
    asked = case(scenario(**fields), book(), model(task("any"), operations=rows or ALL))
    return {item.row.id: item.days for item in activities_of(asked)}


@pytest.mark.parametrize(
    ("monitoring", "watching"),
    [
        ("none", {}),
        ("siem", {"siem": Fraction("5.36")}),  # 3.5 + 0.0155 x 120
        ("mdr", {"mdr": Fraction("0.85")}),
        ("siem_and_mdr", {"mdr": Fraction("0.85")}),
    ],
)
def test_who_watches_decides_what_is_left_to_the_own_team(monitoring: str, watching: dict[str, Fraction]) -> None:
    identity = {"identity": Fraction("0.54")}  # 0.3 + 0.002 x 120
    assert activities(choices__monitoring=monitoring) == identity | watching
    partner = {"partner": Fraction("0.5")}
    assert activities(choices__monitoring=monitoring, choices__operation="partner") == partner | watching


def test_days_grow_with_any_driver_of_the_company() -> None:
    sites = operation("sites", days="0.25", driver="sites", days_per_unit="0.5")
    assert activities(sites, company__sites=7) == {"sites": Fraction("3.75")}


def test_an_activity_begins_in_the_month_after_its_task_is_finished_or_the_plan() -> None:
    finish, tasks = date(2027, 5, 31), (placed("enrolment", date(2027, 3, 1), date(2027, 3, 31)), placed("other"))
    asked = case(quiet(), book(), model(*(each.task for each in tasks)))
    assert first_month(asked, "enrolment", tasks, finish) == Month(2027, 4)
    assert first_month(asked, "tuning", tasks, finish) == Month(2027, 6)


def test_an_activity_of_a_done_task_begins_with_the_plan() -> None:
    asked = case(
        quiet(tasks__edits={"enrolment": {"done": 1}}), book(), model(task("enrolment"), task("other"), task("tuning"))
    )
    assert first_month(asked, "enrolment", (placed("other"),), date(2027, 5, 31)) == Month(2027, 1)


def test_what_runs_already_is_watched_by_the_own_team_all_the_same() -> None:
    assert activities(company__running=["siem"]) == activities()
    given = {"choices__operation": "partner"}
    assert activities(**given, company__running=["managed_service"]) == activities(**given)


def test_an_activity_is_a_line_a_month_that_is_no_money() -> None:
    asked = case(quiet(), book(OWN), model(task("any"), operations=(IDENTITY,)))
    enrolment = placed("enrolment", date(2027, 3, 1), date(2027, 3, 31))
    results = list(operation_lines(asked, (enrolment,), date(2027, 5, 31), Month(2027, 6)))
    assert [line.month for line in results] == [Month(2027, 4), Month(2027, 5), Month(2027, 6)]
    # 0.54 x 520.00
    assert {(line.quantity, line.amount) for line in results} == {(Fraction("0.54"), Decimal("280.80"))}
    assert {(line.category, line.kind, line.is_cash) for line in results} == {
        (CostCategory.INTERNAL, Kind.RECURRING, False)
    }
    assert {(line.task_id, line.price_id, line.item) for line in results} == {("enrolment", "internal-day", "identity")}


def test_what_begins_after_the_last_month_has_no_line() -> None:
    asked = case(quiet(), book(OWN), model(task("any"), operations=(IDENTITY,)))
    assert list(operation_lines(asked, (), date(2027, 5, 31), Month(2027, 5))) == []


def test_days_without_a_rate_are_counted_and_not_priced() -> None:
    asked = case(quiet(), book(), model(task("any"), operations=(IDENTITY,)))
    (line,) = operation_lines(asked, (), date(2027, 5, 31), Month(2027, 6))
    assert (line.quantity, line.amount) == (Fraction("0.54"), None)


def planned(**fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    """Return a plan that is finished on Friday 15 January 2027, its enrolment a week before."""
    tasks = (task("enrolment", days=5), task("tuning", days=5, after=["enrolment"]))
    return plan(quiet(**fields), book(OWN, FREE_SUITE), model(*tasks, operations=ALL))


def test_operation_is_no_part_of_the_introduction() -> None:
    figures = planned(labour__coordination_share={"internal": 0, "external": 0}).headlines
    assert figures is not None
    assert (figures.internal_days, figures.internal_value) == (Fraction(10), Decimal("5200.00"))
    # identities 0.54, watching the SIEM 5.36
    assert figures.operation_days_monthly == Fraction("5.9")
    assert figures.run_rate_monthly == 0


def test_operation_goes_on_for_every_month_of_the_horizon() -> None:
    lines = [line for line in planned().cost_lines if line.kind is Kind.RECURRING and line.item == "identity"]
    assert [line.month for line in lines] == [Month(2027, 1).plus(step) for step in range(1, 36)]


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        # run_identity 0.3 + 0.002 x 120, run_devices 0.3 + 0.002 x 144, watch_siem 3.5 + 0.0155 x 120,
        # mdr_contact 0.85 + 0.0018 x 120, partner_contact 0.5
        ({}, "6.488"),
        ({"choices__monitoring": "mdr"}, "2.194"),
        ({"choices__monitoring": "siem_and_mdr"}, "2.194"),
        ({"choices__monitoring": "none"}, "1.128"),
        ({"choices__operation": "partner"}, "5.86"),
        ({"choices__operation": "partner", "choices__monitoring": "mdr"}, "1.566"),
        ({"tasks__edits": {"enrolment": {"in_scope": False}}}, "6.488"),
    ],
)
def test_the_shipped_activities_come_to_the_days_that_were_worked_out_by_hand(
    fields: dict[str, Any], days: str, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    figures = plan(scenario(**fields), price_book, phase_model).headlines
    assert figures is not None
    assert figures.operation_days_monthly == Fraction(days)
