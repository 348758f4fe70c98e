"""Why this unit price? The book's row, the exchange rate and the billing term of a price, or that it is an own one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.language import Listed, Money, Number, Text, Words
from zt_planner.topics.budget.amount_traces import converted, price_source
from zt_planner.topics.figure_names import PRICE
from zt_planner.topics.labels import product_name, unit_label
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from zt_planner.topics.view import AnyView


def price_titles(view: AnyView) -> dict[str, Words]:
    """Return what has a price in the plan's first month, by its id; day rates only where labour is shown."""
    prices, plan = view.case.prices, view.plan
    return {
        price_id: product_name(price_id, view.book)
        for price_id in view.book.rows_by_id
        if (plan.shows_labour or price_id not in DAY_RATES) and prices.price_of(price_id, plan.months[0]) is not None
    }


def explain_price(price_id: str, view: AnyView) -> Trace | None:
    """Return why a unit costs what it does in the plan's first month; None without a price or leave to see it."""
    plan, prices = view.plan, view.case.prices
    price, row = prices.price_of(price_id, plan.months[0]), prices.row_of(price_id, plan.months[0])
    if price is None or row is None or (price_id in DAY_RATES and not plan.shows_labour):
        return None
    return Trace(
        name=f"{PRICE}:{price_id}",
        title=product_name(price_id, view.book),
        value=price.amount,
        shown=Money(price.amount, 2),
        rule=Text(
            "The price that applies on the first day of the plan's first month (rule M2), converted into EUR (rule "
            "M4), then to the billing term (rule M3), then rounded to the cent. An own price takes precedence and is "
            "not converted."
        ),
        rows=(
            TraceRow(
                item=product_name(price_id, view.book),
                times=unit_label(row.unit),
                amount=price.amount,
                how=converted(price) or Listed((Number(row.amount, 2), str(row.currency)), " "),
                source=price_source(price),
            ),
        ),
        notes=tuple(
            Text(
                "From number {step} on, each costs {amount} (rule M13).",
                step=Number(first),
                amount=Money(step.amount, 2),
            )
            for first, step in prices.steps_of(price)[1:]
        ),
    )
