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


def test_the_page_of_the_budget_begins_with_no_figure_that_its_sentence_says() -> None:
    names = [figure.name for figure in totals_of(handout().plan)]
    assert names == ["one_off_total", "horizon_total", "internal_value"]


@pytest.mark.parametrize("code", LanguageCode)
def test_the_budget_is_called_the_same_on_its_card_and_where_it_is_explained(code: LanguageCode) -> None:
    given, language, name = handout(), Language(code), FigureName.INTRODUCTION_BUDGET
    cards = {each.key: each.label for each in told(key_figures(given, None), language)}
    assert cards["promised_budget"] == figure_title(name, View(given.plan, language))
    assert code is not LanguageCode.ENGLISH or cards["promised_budget"] == "Budget to get there"
