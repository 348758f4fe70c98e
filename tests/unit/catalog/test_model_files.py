"""What the files of the phase model say, and steps of graduated prices: as the rules need them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zt_planner.catalog import load_phase_model, price_book_from
from zt_planner.domain.data.phase_model import Coverage, Driver, Operated, Reach
from zt_planner.errors import CellProblem
from zt_planner.resources import data_dir


def shipped(name: str) -> str:
    """Return a shipped file's text."""
    return (data_dir() / name).read_text("utf-8")


PRICES_HEADER = shipped("prices.csv").splitlines()[0]


def test_a_task_is_read_with_its_factors_waits_and_pace() -> None:
    by_id = load_phase_model(data_dir()).by_id
    inventory, council, rollout = by_id["inventory"], by_id["works_council"], by_id["mfa_rollout"]
    assert [str(driver) for driver in inventory.drivers] == ["employees", "sites"]
    assert inventory.days_per_unit == (Decimal("0.02"), Decimal("0.5"))
    assert (inventory.after, inventory.pace, rollout.pace) == (("kickoff",), None, 25)
    assert (council.wait_weeks, council.wait_low, council.wait_high) == (8, 4, 20)
    assert council.days_per_unit == ()


def test_a_task_is_read_with_its_reach() -> None:
    model = load_phase_model(data_dir())
    assert {task.reach for task in model.tasks if task.needs} == set(Reach)
    assert all(task.reach is None for task in model.tasks if not task.needs)


def test_a_point_of_nis2_is_read_with_the_tasks_that_serve_it() -> None:
    points = {point.point: point for point in load_phase_model(data_dir()).points}
    assert points["3.4"].main == ("incident_process", "tuning|mdr_onboarding")
    assert points["3.2"].partial == ("data_alerts", "risk_policies")
    assert [points[key].covered for key in ("1.1", "3.4")] == [Coverage.NONE, Coverage.MAINLY]


def test_parameters_and_operation_are_read_with_their_numbers() -> None:
    model = load_phase_model(data_dir())
    assert (model.parameters.size_exponent, model.parameters.port_reserve) == (Decimal("0.4"), Decimal("1.3"))
    watch, contact = (row for row in model.operations if row.id in {"watch_siem", "mdr_contact"})
    assert (watch.monitoring, watch.driver, watch.days_per_unit) == (("siem",), Driver.EMPLOYEES, Decimal("0.0155"))
    assert contact.monitoring == ("mdr", "siem_and_mdr")
    assert {row.id for row in model.operations if not row.monitoring} == {
        "run_identity",
        "run_devices",
        "partner_contact",
    }
    assert {row.by_partner for row in model.operations} == {None, *Operated}


@pytest.mark.parametrize("column", ["vendor", "category", "unit", "currency", "term", "valid_to"])
def test_steps_of_a_graduated_price_differ_in_nothing_but_their_amount(column: str) -> None:
    step = dict.fromkeys(PRICES_HEADER.split(","), "") | {
        "id": "mdr",
        "vendor": "V",
        "product": "P",
        "category": "monitoring",
        "unit": "endpoint/month",
        "amount": "24",
        "currency": "EUR",
        "term": "monthly",
        "valid_from": "2026-01-01",
        "confidence": "assumption",
    }
    other = {"vendor": "W", "category": "hardware", "unit": "piece", "currency": "USD", "term": "usage"}
    second = step | {"from_quantity": "51", "amount": "12"}
    good = "\n".join((PRICES_HEADER, ",".join(step.values()), ",".join(second.values())))
    assert len(price_book_from(good, shipped("fx.csv")).prices) == 2
    wrong = second | {column: other.get(column, "2027-12-31")}
    bad = "\n".join((PRICES_HEADER, ",".join(step.values()), ",".join(wrong.values())))
    with pytest.raises(CellProblem, match=rf"row 3, column {column}: '{wrong[column]}' differs from the row of mdr"):
        price_book_from(bad, shipped("fx.csv"))
    licence = {"category": "licence", "unit": "user/month", "grants": "mfa"}
    of_a_licence = "\n".join((PRICES_HEADER, *(",".join((row | licence).values()) for row in (step, second))))
    with pytest.raises(CellProblem, match="row 3, column from_quantity: '51' is a step, but a licence of the mix"):
        price_book_from(of_a_licence, shipped("fx.csv"))


def test_the_shares_of_the_risk_add_up_to_the_whole_and_are_assumptions() -> None:
    risk = load_phase_model(data_dir()).risk
    assert sum(row.share for row in risk) == 1
    assert {row.confidence for row in risk} == {"assumption"}
    assert len([row for row in risk if row.source]) == 2
