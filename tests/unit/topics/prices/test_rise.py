"""What a rise costs a plan, in words; badges; and how a risen price is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.month import Month
from zt_planner.domain.plan import HeldLicence
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.topics.badges import figure_badges
from zt_planner.topics.budget.amount_traces import explain_amount
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.licences.tables import mix_table
from zt_planner.topics.prices.rise import RiseCost, cost_of_rise, rise_sentence
from zt_planner.topics.prices.tables import price_table

JULY = date(2027, 7, 1)


@pytest.fixture
def planned(price_book: PriceBook, phase_model: PhaseModel) -> Any:  # noqa: ANN401 - a function
    """Return a way to plan for the default company with prices by date."""

    def plan_of(**prices: Any) -> Plan:  # noqa: ANN401 - any field of prices
        return builders.plan(Scenario.model_validate({"prices": prices}), price_book, phase_model)

    return plan_of


def test_a_rise_in_july_is_paid_from_the_renewals_on(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    # Bought 120 seats in February 2027, once they are ordered, and renewed a year later, 20.00 becoming 22.00:
    # 23 x 120 x 2.00 = 5,520.00; Entra ID P2 from April 21 x 6 x (10.00 - 9.09) = 114.66;
    # Defender for servers from March 22 x 6 x (3.00 - 2.73) = 35.64. Together 5,670.30.
    raised = planned(rise=0.1, rise_from=JULY)
    cost = cost_of_rise(raised, planned())
    assert cost == RiseCost(Decimal("0.00"), Decimal("5670.30"), Decimal("0.00"), Month(2028, 2))
    says(plain(ENGLISH.write(rise_sentence(cost, raised))))


def test_a_fall_is_said_with_its_sign(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    # At once: 20.00 becomes 18.00 from the first purchase on; 120 x -2.00 = -240.00 a month and more.
    raised = planned(rise=-0.1)
    cost = cost_of_rise(raised, planned())
    assert cost is not None
    assert not cost.is_dearer
    text = plain(ENGLISH.write(rise_sentence(cost, raised)))
    says(text)


def test_a_rise_after_the_horizon_changes_no_month(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    raised = planned(rise=0.1, rise_from=date(2050, 1, 1))
    cost = cost_of_rise(raised, planned())
    assert cost == RiseCost(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"), None)
    says(ENGLISH.write(rise_sentence(cost, raised)))
    missing = replace(raised, cost_lines=(replace(raised.cost_lines[0], amount=None),))
    says(ENGLISH.write(rise_sentence(cost, missing)))


def test_without_a_rise_or_without_figures_there_is_nothing_to_say(planned: Any) -> None:  # noqa: ANN401 - a function
    raised, without = planned(rise=0.1), planned()
    assert cost_of_rise(without, without) is None
    assert cost_of_rise(StoppedPlan(raised.case, ()), without) is None
    assert cost_of_rise(raised, StoppedPlan(without.case, ())) is None


def test_a_risen_price_is_marked_in_an_explanation(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    rows = told(explain_amount(by_name()[FigureName.RUN_RATE_MONTHLY], planned(rise=0.1))).rows
    marked = {row.item: (row.how, [badge.text for badge in row.badges]) for row in rows}
    says(marked["Microsoft 365 Business Premium"])
    assert marked["Defender for Business servers"][1] == ["assumed", "what-if"]
    assert marked["Cloud SIEM for SMEs"] == ("", [])


def test_a_risen_price_is_marked_in_the_price_table(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    table = told(price_table(planned(rise=0.1, rise_from=JULY)))
    says(plain(table.rows[0][1]))
    at_once = told(price_table(planned(rise=0.1)))
    assert plain(at_once.rows[0][1]) == "EUR 22.00"
    assert [badge.text for badge in at_once.badges[0]] == ["what-if"]
    assert len(at_once.badges) == len(at_once.rows)


def test_the_price_table_shows_what_was_known_on_the_day(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    (old, new) = (row for row in told(price_table(planned(as_of=date(2026, 6, 15)))).rows if "Basic" in row[0])
    assert plain(old[1]) == "EUR 5.46"  # 6.00 x 0.866 x 1.05 = 5.4558
    says(new[1])


def test_a_figure_says_how_much_of_it_rests_on_which_prices_the_largest_share_first(planned: Any) -> None:  # noqa: ANN401 - a function
    # A month after the end, of it 6 x 2.73 = 16.38 assumed, 120 x 18.00 = 2,160.00 own, each 2.00 below the book.
    plan, usual = planned(overrides={"m365-business-premium": 18}), planned().headlines
    whole = usual.run_rate_monthly - 240
    assert plan.headlines.run_rate_monthly == whole
    shown = [told(badge.text) for badge in figure_badges(plan.run_rate_lines, plan)]
    assert shown == [f"{2160 / whole:.1%} own prices", f"{Decimal('16.38') / whole:.1%} assumed"]


def test_the_mix_names_the_product_that_a_badge_is_about(planned: Any, says: Says) -> None:  # noqa: ANN401 - a function
    table = told(mix_table(planned(overrides={"m365-business-premium": 18})))
    texts = [[badge.text for badge in badges] for badges in table.badges]
    says(texts)
    assert table.columns[table.badge_column] == "Gets"


def test_the_mix_has_no_column_without_any_text(planned: Any) -> None:  # noqa: ANN401 - a function
    assert told(mix_table(planned())).columns == ("Who", "People", "Gets")
    mix = planned().mix
    kept = replace(planned(), mix=replace(mix, holdings=(replace(mix.holdings[0], kept=(HeldLicence("m365-e3"),)),)))
    assert told(mix_table(kept)).columns == ("Who", "People", "Gets", "Keeps")
