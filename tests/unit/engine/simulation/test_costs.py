"""What a purchase comes to by the month in which it begins is the same whether it is asked for once or each time."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.builders import book, parameters, price, scenario
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.price_book import Category, PriceUnit, Term
from zt_planner.domain.month import Month
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.simulation.costs import DearerPurchase, PricedMonths, months_before

MARCH, HORIZON = Month(2027, 3), 18
TERMS = (Term.MONTHLY, Term.ANNUAL_MONTHLY, Term.ANNUAL_PREPAID)
USERS = Purchase("per-user", CostCategory.MONITORING, 250, "", Recurrence.EVERY_MONTH)
EITHER = Purchase("entry", CostCategory.MONITORING, 1, "", Recurrence.EVERY_MONTH, or_per_unit=USERS)


def prices(entry: Term, per_user: Term) -> PriceList:
    """Return prices of which one rises a year after the other falls."""
    kind = {"category": Category.MONITORING, "vendor": "Anybody"}
    rows = [
        price("entry", 700, unit=PriceUnit.COMPANY_MONTH, term=entry, valid_to="2027-06-30", **kind),
        price("entry", 900, unit=PriceUnit.COMPANY_MONTH, term=entry, valid_from="2027-07-01", **kind),
        price("per-user", 3, term=per_user, valid_to="2028-02-29", **kind),
        price("per-user", "3.70", term=per_user, valid_from="2028-03-01", **kind),
    ]
    return PriceList(scenario(), book(*rows), parameters())


@pytest.mark.parametrize(
    ("entry", "per_user"), list(product((Term.MONTHLY, Term.ANNUAL_MONTHLY, Term.ANNUAL_PREPAID), repeat=2))
)
@pytest.mark.parametrize("recurrence", list(Recurrence))
def test_every_row_is_what_is_asked_for_alone(entry: Term, per_user: Term, recurrence: Recurrence) -> None:
    asked = PricedMonths(prices(entry, per_user), MARCH, HORIZON + 3, HORIZON, closed=frozenset({2, 5}))
    rows = (5, 0, 1, 11, 12, HORIZON - 1, HORIZON, HORIZON + 2)
    for purchase in (EITHER, USERS):
        given = replace(purchase, recurrence=recurrence)
        results = dict(asked.charges_by_start(given, rows))
        assert list(results) == sorted(rows)
        assert results == {row: list(asked.charges(given, row)) for row in rows}


@pytest.mark.parametrize(("entry", "per_user"), list(product(TERMS, repeat=2)))
@pytest.mark.parametrize("closed", [(), (0,), (2, 5), (0, 12)])
def test_the_dearer_of_two_prices_is_what_is_planned_also_where_a_prepaid_year_was_booked_in_a_closed_month(
    entry: Term, per_user: Term, closed: tuple[int, ...]
) -> None:
    asked = PricedMonths(prices(entry, per_user), MARCH, HORIZON + 3, HORIZON, closed=frozenset(closed))
    rows = (0, 1, 4, 12, HORIZON + 2)
    choice = DearerPurchase(asked, (replace(EITHER, or_per_unit=None), USERS))
    choice.compute(rows)
    first_year, horizon = choice.of(np.array(rows, np.int32), {})
    for row, first, whole in zip(rows, first_year, horizon, strict=True):
        planned = [(charge.cents or 0, months) for charge, months in asked.charges(EITHER, row)]
        assert first == sum(cents * months_before(months, 12) for cents, months in planned)
        assert whole == sum(cents * months_before(months, HORIZON) for cents, months in planned)
