"""Why a figure is what it is: rows that add up to it, with the source of each price."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import row_values
from tests.papers import UNDER_WAY
from tests.words import plain, told
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.plan import Plan
from zt_planner.topics.budget.amount_traces import explain_amount, gathered
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.trace import Source, Trace, shown_amounts, source_addresses, trace_table

SITUATIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "everything bought": {"choices__monitoring": "siem_and_mdr", "choices__hardware_reuse": Decimal("0.3")},
    "credits": {"company__employees": 350, "company__owned_licences": [{"licence": "m365-business-standard"}]},
    "prices missing": {"timeline__start": "2021-03-01"},
    "under way": UNDER_WAY,
}


@pytest.fixture(params=SITUATIONS.values(), ids=tuple(SITUATIONS))
def plan(request: pytest.FixtureRequest, price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    return builders.plan(builders.scenario(**request.param), price_book, phase_model)


@pytest.fixture
def default(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the default plan, with one own price."""
    own = {"prices__overrides": {"cloud-siem": 450}}
    return builders.plan(builders.scenario(**own), price_book, phase_model)


def cell(trace: Trace, item: str, column: str) -> str:
    """Return one cell of an explanation's table."""
    table = told(trace_table(trace))
    (row,) = (row for row in table.rows if row[0] == item)
    return plain(str(row[table.columns.index(column)]))


@pytest.mark.parametrize("name", FigureName)
def test_the_rows_add_up_to_the_figure(plan: Plan, name: FigureName) -> None:
    found = told(explain_amount(by_name()[name], plan))
    assert found.total == getattr(plan.headlines, name)
    if plan.is_complete:
        assert sum((row.amount for row in found.rows if row.amount is not None), Decimal(0)) == found.total


def test_rows_come_in_the_order_of_the_budget_s_columns(plan: Plan) -> None:
    order = list(CostCategory)
    places = [order.index(group[0].category) for group in gathered(plan.cost_lines)]
    assert places == sorted(places)
    assert sum(map(len, gathered(plan.cost_lines))) == len(plan.cost_lines)


def test_steps_that_cost_the_same_are_so_many_a_month(price_book: PriceBook, phase_model: PhaseModel) -> None:
    row = row_values(price_book.rows_by_id["cloud-siem-user"][-1])
    steps = {"cloud-siem-user": [row | {"from_quantity": first} for first in (1, 101)]}
    asked = builders.plan(builders.scenario(company__employees=200, prices__rows=steps), price_book, phase_model)
    found = told(explain_amount(by_name()[FigureName.FIRST_YEAR_BUDGET], asked))
    (times,) = (row.times for row in found.rows if row.item.startswith("Cloud SIEM"))
    assert times.startswith("200 × ")


PREMIUM = "Microsoft 365 Business Premium"


def test_a_row_says_how_much_at_which_price_from_which_source(default: Plan, says: Says) -> None:
    found = told(explain_amount(by_name()[FigureName.FIRST_YEAR_BUDGET], default))
    year = default.months[:12]
    lines = [line for line in default.cost_lines if line.item == PREMIUM and line.month in year]
    months = len({line.month for line in lines})
    people = int(sum(line.quantity for line in lines)) // months
    assert cell(found, PREMIUM, "Unit price") == "EUR 20.00"
    assert cell(found, PREMIUM, "How much") == f"{people} × {months} months"
    assert cell(found, PREMIUM, "Source")
    says(cell(found, "Contingency", "How much"))
    assert cell(found, "Contingency", "Unit price") == ""
    says(cell(found, "External IT security consultant", "How much"))


ROUNDED = "amounts are rounded task by task, days for showing only"


def test_a_row_says_where_days_times_price_come_to_other_cents(plan: Plan) -> None:
    for row in told(explain_amount(by_name()[FigureName.ONE_OFF_TOTAL], plan)).rows:
        if "person-days" in row.times and row.amount is not None:
            days = Decimal(row.times.removesuffix(" person-days"))
            price = Decimal(row.unit_price.replace("EUR\N{NO-BREAK SPACE}", "").replace(",", ""))
            assert row.how.endswith(ROUNDED) == (days * price != row.amount)
        else:
            assert ROUNDED not in row.how


def test_the_consultants_row_of_the_default_plan_is_off_by_cents_and_says_so(default: Plan) -> None:
    found = told(explain_amount(by_name()[FigureName.ONE_OFF_TOTAL], default))
    assert cell(found, "External IT security consultant", "Calculation") == ROUNDED


def test_an_own_price_has_no_source(default: Plan) -> None:
    found = told(explain_amount(by_name()[FigureName.RUN_RATE_MONTHLY], default))
    (own,) = (row for row in found.rows if row.how == "own price")
    assert own.source == Source()
    assert own.item not in dict(source_addresses(found))


def test_what_has_no_price_says_so(price_book: PriceBook, phase_model: PhaseModel, says: Says) -> None:
    plan = builders.plan(builders.scenario(timeline__start="2021-03-01"), price_book, phase_model)
    found = told(explain_amount(by_name()[FigureName.FIRST_YEAR_BUDGET], plan))
    assert cell(found, "Licences", "Amount") == "no price"
    says(found.notes)


def test_what_is_rounded_adds_up_as_shown() -> None:
    thirds = [Fraction(1, 3), None, Fraction(1, 3), Fraction(1, 3)]
    shown = shown_amounts(thirds, 2)
    assert shown == (Decimal("0.34"), None, Decimal("0.33"), Decimal("0.33"))
    assert shown_amounts([Fraction(4), Fraction(2, 3), Fraction(2, 3)], 0) == tuple(map(Decimal, (4, 0, 1)))
    assert shown_amounts([], 2) == ()


def test_what_was_booked_is_a_row_without_quantity_and_price_and_a_note(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    plan = builders.plan(builders.scenario(**UNDER_WAY), price_book, phase_model)
    found = told(explain_amount(by_name()[FigureName.ONE_OFF_TOTAL], plan))
    booked = [row for row in found.rows if row.item == "Invoiced or bought"]
    assert [(row.times, row.unit_price, row.amount, row.badges) for row in booked] == [
        ("", "", Decimal("-120.00"), ()),
        ("", "", Decimal("23000.01"), ()),
    ]
    says(found.notes)
