"""The prices that the controls show, and what replaced hardware comes to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.builders import case, row_values
from tests.words import told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.company_size import company_size
from zt_planner.engine.planner import build_plan
from zt_planner.topics.inputs.controls import hardware_words, shown_prices


@pytest.mark.parametrize(
    ("reuse", "words"),
    [("1", "Nothing is replaced."), ("0", "Replaced: 1 of 1 firewall, 4 of 4 switches, 3 of 3 access points.")],
)
def test_what_is_replaced_is_said_in_words(reuse: str, words: str, phase_model: PhaseModel) -> None:
    given = Scenario().changed("company.employees", 50).changed("choices.hardware_reuse", Decimal(reuse))
    assert told(hardware_words(company_size(given, phase_model.parameters))) == words


@pytest.mark.parametrize(("employees", "amount"), [(120, 500), (250, 800)])
def test_the_price_of_the_siem_is_that_of_the_companys_size_step_by_step(
    employees: int, amount: int, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    (flat,) = price_book.rows_by_id["cloud-siem-user"]
    rows = [row_values(flat) | {"from_quantity": at, "amount": each} for at, each in ((1, "3.50"), (101, "3.00"))]
    own = Scenario().changed("prices.rows", {"cloud-siem-user": rows}).changed("choices.monitoring", "siem")
    plan = build_plan(case(own.changed("company.employees", employees), price_book, phase_model))
    shown = shown_prices(plan).siem
    assert shown is not None
    assert shown.amount == amount


def test_the_licence_whose_price_is_moved_is_one_of_the_mix_and_not_network_access(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    own = Scenario().changed("prices.overrides", {"ztna-user": Decimal(12)})
    plan = build_plan(case(own, price_book, phase_model))
    shown = shown_prices(plan).licence
    assert shown is not None
    assert plan.mix is not None
    assert shown.price_id == plan.mix.largest_product
