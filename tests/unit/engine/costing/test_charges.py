"""What something costs that is bought from a month on: one answer for the plan's lines, its payments and its draws."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.builders import book, case, model, price, prices_for, rate, scenario
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CostCategory, Kind
from zt_planner.engine.costing.charges import BillingWindow, charges
from zt_planner.engine.costing.cost_lines import CostLineBuilder
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.simulation.costs import PriceHorizon, PurchaseAmounts, counted, purchase_amounts

FIRST = Month(2027, 1)
MONTHS = months_from(FIRST, 30)
EVERY = Recurrence.EVERY_MONTH
PRICES = (
    price("suite", "12.34", valid_to="2027-09-30"),
    price("suite", "15", valid_from="2027-10-01", currency="USD"),
    price("later", 4, valid_from="2027-04-01"),
    price("entry", 90, term="monthly", vendor="various", valid_to="2028-03-31"),
    price("entry", 120, term="monthly", vendor="various", valid_from="2028-04-01"),
    price("watch", 7, vendor="various", min_per_month=Decimal(100)),
    price("stepped", 8, vendor="various", min_per_month=Decimal(60), from_quantity=1),
    price("stepped", 5, vendor="various", from_quantity=11),
    price("key", 30, vendor="various", unit="piece", term="one_off", category="hardware"),
)
LICENCE = CostCategory.LICENCE
PURCHASES = (
    Purchase("suite", LICENCE, 17, "a", EVERY),
    Purchase("suite", LICENCE, -3, "a", EVERY),
    Purchase("suite", LICENCE, 5, "a", EVERY, is_kept=True),
    Purchase("later", LICENCE, 2, "a", EVERY),
    Purchase("entry", LICENCE, 1, "a", EVERY, or_per_unit=Purchase("suite", LICENCE, 7, "a", EVERY)),
    Purchase("watch", LICENCE, 3, "a", EVERY, has_minimum=True),
    Purchase("watch", LICENCE, 30, "a", EVERY, has_minimum=True),
    Purchase("stepped", LICENCE, 7, "a", EVERY, has_minimum=True),
    Purchase("stepped", LICENCE, 25, "a", EVERY, has_minimum=True),
    Purchase("key", CostCategory.HARDWARE, 4, "a", Recurrence.ONCE),
    Purchase("key", CostCategory.TRAINING, 4, "a", Recurrence.EVERY_YEAR),
    Purchase("none", LICENCE, 4, "a", EVERY),
)


@pytest.mark.parametrize("billing", ["monthly", "annual_monthly", "annual_prepaid"])
@pytest.mark.parametrize("purchase", PURCHASES)
def test_draws_read_what_the_cost_lines_come_to_whenever_a_purchase_begins(purchase: Purchase, billing: str) -> None:
    asked = case(scenario(choices__billing=billing), book(*PRICES, rates=(rate("USD", "0.5"),)), model())
    builder, shared = CostLineBuilder(asked, BillingWindow(MONTHS[-1], MONTHS[-1])), counted(purchase)
    amounts = PurchaseAmounts(PriceHorizon(asked.prices, MONTHS), shared[0])
    amounts.make(range(len(MONTHS)))
    for row, month in enumerate(MONTHS):
        lines = [line for line in builder.bought(purchase, month) if line.month in MONTHS]
        for (price_id, is_one_off), sums in amounts.sums.items():
            mine = [
                (line.month, to_cents(line.amount or Decimal(0)))
                for line in lines
                if line.price_id == price_id and (line.kind is Kind.ONE_OFF) is is_one_off
            ]
            first_year = sum(cents for paid, cents in mine if paid in MONTHS[:12])
            assert (shared[1] * sums[:, row]).tolist() == [first_year, sum(cents for _, cents in mine)]
        assert {line.price_id for line in lines} <= {price_id for price_id, _ in amounts.sums}


def test_rows_are_made_once_and_what_begins_after_the_horizon_costs_nothing() -> None:
    asked = PriceHorizon(prices_for(scenario(), book(*PRICES, rates=(rate("USD", "0.5"),))), MONTHS)
    shared, count = counted(PURCHASES[0])
    assert (shared.quantity, shared.task_id, count) == (1, "", 17)
    amounts = purchase_amounts(asked, shared)
    assert purchase_amounts(asked, counted(PURCHASES[1])[0]) is amounts
    amounts.make([3, 5])
    (sums,) = amounts.sums.values()
    assert np.flatnonzero(sums[1]).tolist() == [3, 5]
    sums[:, 3] = 1
    amounts.make([3, len(MONTHS)])
    assert sums[:, 3].tolist() == [1, 1]
    assert sums[:, -1].tolist() == [0, 0]


def test_a_charge_without_a_price_has_no_amount() -> None:
    prices = prices_for(scenario(), book(*PRICES, rates=(rate("USD", "0.5"),)))
    (unpriced, *_) = charges(prices, BillingWindow(MONTHS[-1], MONTHS[-1]), PURCHASES[-1], FIRST)
    assert (unpriced.price, unpriced.cents) == (None, None)
