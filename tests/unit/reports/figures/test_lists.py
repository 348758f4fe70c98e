"""Which figures stand in which list."""

from __future__ import annotations

import pytest

from tests.handouts import handout
from zt_planner.reports.figures.lists import totals_of


@pytest.mark.parametrize(("months", "is_longer_than_a_year"), [(9, False), (18, True)])
def test_the_budget_of_the_introduction_is_a_total_where_it_is_not_that_of_the_first_year(
    *, months: int, is_longer_than_a_year: bool
) -> None:
    plan = handout({"timeline": {"target_months": months}}).plan
    totals = {figure.name: figure.value(plan) for figure in totals_of(plan)}
    assert plan.headlines is not None
    assert (plan.headlines.introduction_budget > plan.headlines.first_year_budget) is is_longer_than_a_year
    assert ("introduction_budget" in totals) is is_longer_than_a_year
    assert totals["first_year_budget"] == plan.headlines.first_year_budget
