"""What the controller asks: each amount of cash has one treatment, and they add up."""

from __future__ import annotations

from tests.handouts import handout
from tests.words import ENGLISH, told
from zt_planner.domain.categories import CostCategory, Treatment, treatment_of
from zt_planner.topics.budget.tax import tax_table
from zt_planner.topics.labels import label

NEW_HARDWARE = {"choices": {"hardware_reuse": 0}}


def test_the_treatments_add_up_to_the_cash_of_all_months() -> None:
    plan = handout(NEW_HARDWARE).plan
    table = told(tax_table(plan))
    *months, last = table.rows
    found = dict(zip(table.columns, last, strict=True))
    cash = [line for line in plan.cost_lines if line.is_cash and line.month in plan.months]
    assert (found["Month"], len(months)) == ("Total", len(plan.months))
    assert found["Total"] == ENGLISH.money(sum(line.amount for line in cash if line.amount is not None))
    for each in Treatment:
        lines = [line.amount for line in cash if line.amount and treatment_of(line.category, line.kind) is each]
        assert found[ENGLISH.write(label(each))] == ENGLISH.money(sum(lines))
    assert found["Could be capitalised"] != ENGLISH.money(0)


def test_each_month_names_the_categories_of_its_running_cost() -> None:
    plan = handout(NEW_HARDWARE).plan
    table = told(tax_table(plan))
    assert table.columns == (
        *("Month", "Running cost", "of which Licences", "of which Monitoring", "of which Hardware and keys"),
        *("of which Training", "of which Consultant", "Could be capitalised", "Undecided until it is spent", "Total"),
    )
    for month, row in zip(plan.months, table.rows, strict=False):
        lines = [line for line in plan.cost_lines if line.month == month and line.category is CostCategory.LICENCE]
        assert row[2] == ENGLISH.money(sum(line.amount for line in lines if line.amount is not None))


def test_without_a_price_an_amount_is_no_zero() -> None:
    rows = tax_table(handout({"timeline": {"start": "2021-03-01"}}).plan).rows
    assert rows[-1][1] != ENGLISH.money(0)
