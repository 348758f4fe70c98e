"""What something costs that is bought from a month on: one answer for the plan's lines, its payments and its draws."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.builders import book, case, model, price, prices_for, rate, scenario
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.cost_lines import BillingWindow, CostLineBuilder, charges, periods
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.simulation.costs import PricedMonths, PurchaseAmounts, purchase_amounts, shared_purchase

FIRST = Month(2027, 1)
MONTHS = months_from(FIRST, 30)
LATE = 40
"""Months in which something may begin: more than the horizon has."""
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
    Purchase("entry", LICENCE, 1, "a", EVERY, or_per_unit=Purchase("stepped", LICENCE, 17, "a", EVERY)),
    Purchase("stepped", LICENCE, 25, "a", Recurrence.ONCE),
    Purchase("stepped", LICENCE, 25, "a", Recurrence.YEARLY_AFTER),
    Purchase("watch", LICENCE, 3, "a", EVERY, has_minimum=True),
    Purchase("watch", LICENCE, 30, "a", EVERY, has_minimum=True),
    Purchase("stepped", LICENCE, 7, "a", EVERY, has_minimum=True),
    Purchase("stepped", LICENCE, 25, "a", EVERY, has_minimum=True),
    Purchase("key", CostCategory.HARDWARE, 4, "a", Recurrence.ONCE),
    Purchase("key", CostCategory.TRAINING, 4, "a", Recurrence.YEARLY_AFTER),
    Purchase("none", LICENCE, 4, "a", EVERY),
)


@pytest.mark.parametrize("billing", ["monthly", "annual_monthly", "annual_prepaid"])
@pytest.mark.parametrize("purchase", PURCHASES)
def test_draws_read_what_the_cost_lines_come_to_whenever_a_purchase_begins(purchase: Purchase, billing: str) -> None:
    asked = case(scenario(choices__billing=billing), book(*PRICES, rates=(rate("USD", "0.5"),)), model())
    builder = CostLineBuilder(asked.prices, BillingWindow(MONTHS[-1], MONTHS[-1]), ())
    horizon = PricedMonths(asked.prices, FIRST, LATE, len(MONTHS))
    shared, count = shared_purchase(horizon, purchase)
    amounts = PurchaseAmounts(horizon, shared)
    amounts.compute(range(LATE))
    for row, month in enumerate(months_from(FIRST, LATE)):
        lines = [line for line in builder.bought(purchase, month) if line.kind is Kind.ONE_OFF or line.month in MONTHS]
        for price_id, sums in amounts.sums.items():
            mine = [line for line in lines if line.price_id == price_id and line.amount]
            in_year = [line for line in mine if line.month in MONTHS[:12]]
            once = [line for line in mine if line.kind is Kind.ONE_OFF]
            again = [line for line in in_year if line.kind is Kind.RECURRING]
            results = (once, in_year, [line for line in mine if line.month in MONTHS], again)
            assert (count * sums[:, row]).tolist() == [to_cents(sum_of(part)) for part in results]
        assert {line.price_id for line in lines} <= set(amounts.sums)


def test_rows_are_made_once_and_what_begins_after_all_months_costs_nothing() -> None:
    prices = prices_for(scenario(), book(*PRICES, rates=(rate("USD", "0.5"),)))
    asked = PricedMonths(prices, FIRST, len(MONTHS), len(MONTHS))
    shared, count = shared_purchase(asked, PURCHASES[0])
    assert (shared.quantity, shared.task_id, count) == (1, "", 17)
    amounts = purchase_amounts(asked, shared)
    assert purchase_amounts(asked, shared_purchase(asked, PURCHASES[1])[0]) is amounts
    amounts.compute([3, 5])
    (sums,) = amounts.sums.values()
    assert np.flatnonzero(sums[1]).tolist() == [3, 5]
    sums[:, 3] = 1
    amounts.compute([3, len(MONTHS)])
    assert sums[:, 3].tolist() == [1, 1, 1, 1]
    assert sums[:, -1].tolist() == [0, 0, 0, 0]


def test_a_charge_without_a_price_has_no_amount() -> None:
    prices = prices_for(scenario(), book(*PRICES, rates=(rate("USD", "0.5"),)))
    (unpriced, *_) = charges(prices, BillingWindow(MONTHS[-1], MONTHS[-1]), PURCHASES[-1], FIRST)
    assert (unpriced.price, unpriced.cents) == (None, None)


def test_each_purchase_is_on_the_term_of_its_own_row() -> None:
    rows = [
        price("watch", amount, vendor="various", term=term, valid_from=first, valid_to=last)
        for amount, term, first, last in (
            (10, "monthly", "2027-01-01", "2027-02-28"),
            (8, "annual_prepaid", "2027-03-01", "2028-02-29"),
            (9, "monthly", "2028-03-01", None),
        )
    ]
    prices = prices_for(scenario(), book(*rows))
    bought = periods(prices, BillingWindow(MONTHS[-1], MONTHS[15]), "watch", FIRST)
    assert [(len(period.months), period.paid_in) for period in bought] == [
        *((1, None), (1, None), (12, Month(2027, 3))),
        *((1, None), (1, None)),
    ]
