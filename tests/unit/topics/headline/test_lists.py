"""Which figures stand in which list."""

from __future__ import annotations

import pytest

from tests.handouts import handout
from tests.words import told
from zt_planner.domain.headlines import FigureName
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.explanations.registry import figure_title
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.headline.figures import totals_of
from zt_planner.topics.view import View


@pytest.mark.parametrize(("months", "is_longer_than_a_year"), [(9, False), (18, True)])
def test_the_budget_of_the_introduction_is_a_total_where_it_is_not_that_of_the_first_year(
    *, months: int, is_longer_than_a_year: bool
) -> None:
    plan = handout({"timeline": {"target_months": months}}).plan
    totals = {figure.name: figure.known(plan) for figure in totals_of(plan)}
    assert (plan.headlines.introduction_budget > plan.headlines.first_year_budget) is is_longer_than_a_year
    assert ("introduction_budget" in totals) is is_longer_than_a_year
    assert totals["first_year_budget"] == plan.headlines.first_year_budget


@pytest.mark.parametrize("code", LanguageCode)
def test_the_budget_is_called_the_same_on_its_card_and_where_it_is_explained(code: LanguageCode) -> None:
    given, language, name = handout(), Language(code), FigureName.INTRODUCTION_BUDGET
    cards = {each.key: each.label for each in told(key_figures(given, None), language)}
    assert cards["promised_budget"] == figure_title(name, View(given.plan, language))
    assert code is not LanguageCode.ENGLISH or cards["promised_budget"] == "Budget to get there"
