"""What the page Budget answers: the first year, what is largest in it, and what comes afterwards.

Law: where prices are missing, an amount is "at least".
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.language import Money, Plural, Text, Words
from zt_planner.topics.labels import label
from zt_planner.topics.sentence import shown_first_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.categories import CostCategory
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan


def budget_answer(plan: Plan) -> Words:
    """Say what the first year costs, what is largest in it, and what comes afterwards."""
    figures = plan.headlines
    largest = largest_part(figure_lines(FigureName.FIRST_YEAR_BUDGET, plan))
    horizon = Plural("{n} month", "{n} months", len(plan.horizon))
    if largest is None:
        return Text("Nothing in this plan has a price in the first year.")
    category, amount = largest
    values: dict[str, Words] = {
        "first_year": shown_first_year(plan, figures),
        "category": label(category),
        "amount": Money(amount),
        "month": Money(figures.run_rate_monthly),
        "total": Money(figures.horizon_total),
        "horizon": horizon,
    }
    if not plan.is_complete:
        return Text(
            "At least {first_year} (largest item: {category}, {amount}), then at least {month} a month. At least "
            "{total} over {horizon}: prices are missing.",
            **values,
        )
    if len(plan.months) > len(plan.horizon):
        return Text(
            "{first_year} (largest item: {category}, {amount}); {total} over {horizon}, by the end of which the work "
            "is not yet done. After the finish {month} a month.",
            **values,
        )
    return Text(
        "{first_year} (largest item: {category}, {amount}); after the finish {month} a month. In total {total} over "
        "{horizon}.",
        **values,
    )


def largest_part(lines: Sequence[CostLine]) -> tuple[CostCategory, Decimal] | None:
    """Return the kind of cost that is the largest, and what it comes to; None where nothing has a price."""
    sums = {category: sum_of(line for line in lines if line.category is category) for category in CASH_CATEGORIES}
    found = max(sums, key=lambda category: sums[category])
    return (found, sums[found]) if sums[found] > 0 else None
