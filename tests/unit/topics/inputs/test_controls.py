"""What the controls know about fields: bounds that the scenario itself holds to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from tests.builders import row_values
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.values import LARGEST_AMOUNT
from zt_planner.engine.case import case_of
from zt_planner.engine.company_size import company_size
from zt_planner.engine.planner import build_plan
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.inputs.controls import Bounds, bounds_of, day_bounds_of, hardware_words, shown_prices

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

CENT = Decimal("0.01")
NUMBERS: dict[str, tuple[Bounds, Decimal | int]] = {
    "company.employees": (Bounds(1, 5000), 1),
    "company.devices": (Bounds(0, 20_000), 1),
    "company.servers": (Bounds(0, 2_000), 1),
    "company.sites": (Bounds(1, 100), 1),
    "company.apps": (Bounds(0, 500), 1),
    "choices.hardware_reuse": (Bounds(0, 1), CENT),
    "timeline.target_months": (Bounds(1, 60), 1),
    "timeline.internal_days_per_week": (Bounds(Decimal("0.25"), 50), CENT),
    "timeline.max_external_days_per_week": (Bounds(Decimal("0.25"), 50), CENT),
    "timeline.protection_first": (Bounds(0, 1), CENT),
    "labour.internal_day_cost": (Bounds(0, LARGEST_AMOUNT), CENT),
    "labour.external_day_rate": (Bounds(0, LARGEST_AMOUNT), CENT),
    "labour.coordination_days_per_month.internal": (Bounds(0, 20), CENT),
    "finance.contingency": (Bounds(0, 1), CENT),
    "finance.horizon_months": (Bounds(12, 120), 1),
    "finance.monthly_cap": (Bounds(CENT, LARGEST_AMOUNT), CENT),
    "prices.overrides.cloud-siem": (Bounds(0, LARGEST_AMOUNT), CENT),
}
"""The bounds of each number, and the smallest step beyond them."""


@pytest.mark.parametrize("path", NUMBERS)
def test_a_bound_is_the_last_value_that_holds(path: str) -> None:
    bounds, step = NUMBERS[path]
    assert bounds_of(path) == bounds
    least, most = bounds
    assert least is not None
    assert most is not None
    for value in (least, most):
        Scenario().changed(path, value)
    for value in (least - step, most + step):
        with pytest.raises(ValidationError):
            Scenario().changed(path, value)


@pytest.mark.parametrize(
    ("path", "least"), [("company.frontline", 0), ("company.admins", 1), ("company.remote_users", 0)]
)
def test_a_bound_of_another_field_is_left_open(path: str, least: int) -> None:
    assert bounds_of(path) == Bounds(least, None)


def test_a_date_has_its_first_and_last_day() -> None:
    first, last = day_bounds_of("timeline.start")
    assert (first, last) == (date(2020, 1, 1), date(2100, 12, 31))
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(ValidationError):
            Scenario().changed("timeline.start", day)


def test_an_unknown_field_has_no_bounds() -> None:
    with pytest.raises(KeyError):
        bounds_of("company.dogs")


@pytest.mark.parametrize(
    ("reuse", "words"),
    [("1", "Nothing is replaced."), ("0", "Replaced: 1 of 1 firewall, 4 of 4 switches, 3 of 3 access points.")],
)
def test_what_is_replaced_is_said_in_words(reuse: str, words: str, phase_model: PhaseModel) -> None:
    given = Scenario().changed("company.employees", 50).changed("choices.hardware_reuse", Decimal(reuse))
    assert hardware_words(company_size(given, phase_model.parameters), Language(LanguageCode.ENGLISH)) == words


@pytest.mark.parametrize(("employees", "amount"), [(120, 500), (250, 800)])
def test_the_price_of_the_siem_is_that_of_the_companys_size_step_by_step(
    employees: int, amount: int, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    (flat,) = price_book.rows_by_id["cloud-siem-user"]
    rows = [row_values(flat) | {"from_quantity": at, "amount": each} for at, each in ((1, "3.50"), (101, "3.00"))]
    own = Scenario().changed("prices.rows", {"cloud-siem-user": rows}).changed("choices.monitoring", "siem")
    plan = build_plan(case_of(own.changed("company.employees", employees), price_book, phase_model, today=today))
    shown = shown_prices(plan).siem
    assert shown is not None
    assert shown.amount == amount


def test_the_licence_whose_price_is_moved_is_one_of_the_mix_and_not_network_access(
    price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    own = Scenario().changed("prices.overrides", {"ztna-user": Decimal(12)})
    plan = build_plan(case_of(own, price_book, phase_model, today=today))
    shown = shown_prices(plan).licence
    assert shown is not None
    assert plan.mix is not None
    assert shown.price_id == plan.mix.largest_product
