"""Hidden day rates reach no viewer: not in figures, pictures, tables, explanations, controls or their words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.figures import euros
from tests.ui.meeting import FOLDS, Meeting, everything, texts
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner.domain.session import Rules
from zt_planner.topics.view import View
from zt_planner.ui.addresses import PAGES

LABOUR_WORDS = {"Consultant", "Contingency", "Internal work", "Value of the internal work"}


def test_the_headline_and_figures_say_that_labour_is_left_out(hidden: Screen, meeting: Meeting) -> None:
    text = plain(hidden.headline)
    budget = euros(hidden.plan.headlines.introduction_budget)
    assert text.startswith(f"Zero Trust for 120 people: {budget} without labour as planned; done by")
    assert any("day rates are hidden" in caption for caption in hidden.captions)
    assert sum("without labour" in card["value"] for card in hidden.cards) == 1
    assert "without labour" not in meeting.owner.run().headline


@pytest.mark.extended
def test_without_labour_the_chance_of_both_is_not_explained_and_the_figures_say_what_is_left_out(
    hidden: Screen, meeting: Meeting
) -> None:
    hidden.go("how_sure", "fold:joint")
    assert not hidden.has("why:sure:both")
    columns = hidden.table("Budget and finish at each confidence").columns
    assert all("without labour" in str(column) for column in columns[-3:])
    assert meeting.owner.go("how_sure").has("why:sure:both")


@pytest.mark.extended
def test_no_page_sends_a_hidden_amount(hidden: Screen, meeting: Meeting) -> None:
    owner = meeting.owner.run()
    promised = View(owner.plan, owner.language).promise
    secrets = {
        owner.language.money(amount)
        for amount in (
            promised.rounded_budget or 0,
            promised.budget or 0,
            owner.plan.headlines.first_year_budget,
            owner.plan.headlines.one_off_total,
            owner.plan.headlines.peak_amount,
            owner.plan.headlines.horizon_total,
            owner.plan.headlines.internal_value,
            Decimal(777),
            Decimal(1333),
        )
    }
    assert owner.language.money(promised.rounded_budget or 0) in everything(owner)
    for page in PAGES:
        sent = everything(hidden.go(page, *(f"fold:{fold}" for fold in FOLDS)))
        assert {secret for secret in secrets if secret in sent} == set(), page
        assert not any(word in sent for word in ("777.0", "1333.0")), page
        columns = {str(column) for table in hidden.tables for column in table.columns}
        assert not LABOUR_WORDS & columns, page
        gone = ("labour.external_day_rate:slider", "finance.contingency:slider", "labour.internal_day_cost")
        assert not any(hidden.has(key) for key in (*gone, "finance.monthly_cap")), page


def test_the_same_scenario_has_another_picture_without_labour(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    with_labour = owner.go("budget").picture("budget")
    meeting.set_rules(Rules(hides_rates=True))
    without = viewer.go("budget").picture("budget")
    assert "Consultant" in str(with_labour)
    assert "Consultant" not in str(without)


def test_the_worth_of_internal_work_cannot_be_asked_for(hidden: Screen) -> None:
    (work,) = (card for card in hidden.cards if card["name"] == "promised_internal_days")
    assert "worth" not in work["help"]
    hidden.press("why:promised_internal_days").press("also:internal_days")
    assert not hidden.has("also:internal_value")
    assert hidden.has("also:external_days")
    assert "EUR" not in "".join(hidden.tables[0].to_numpy().ravel())
    hidden.go("budget")
    assert "Value of the internal work" not in hidden.figures
    assert "internal_value" not in hidden.asked


@pytest.mark.parametrize(
    ("card", "figure"), [("promised_budget", "introduction_budget"), ("run_rate_monthly", "run_rate_monthly")]
)
def test_an_explanation_adds_up_without_labour(hidden: Screen, card: str, figure: str) -> None:
    hidden.press(f"why:{card}")
    (table,) = hidden.tables
    assert not LABOUR_WORDS & set(table["Kind"])
    amount = hidden.language.money(getattr(hidden.plan.headlines, figure), 2)
    assert f"**{amount}**" in texts(hidden)
    assert table["Amount"].iloc[-1] == amount


def test_the_price_book_names_no_day_rate(hidden: Screen) -> None:
    hidden.go("prices", "fold:price_book")
    products = set(hidden.table("The whole price book")["Product"])
    assert not {"External IT security consultant", "Internal IT day"} & {said(name) for name in products}
