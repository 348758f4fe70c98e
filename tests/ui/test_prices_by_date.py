"""The Prices page's part about time: the plan as of a day, the what-if, and badges, for everyone alike."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner.domain.scenario.scenario import Monitoring, Scenario

EARLY = b'{"timeline": {"start": "2026-05-04"}, "company": {"owned_licences": [{"licence": "m365-business-standard"}]}}'
SENTENCE = re.compile(
    r"List prices \+10% from 1 July 2027 on cost this plan EUR 0 in the first year, EUR [1-9]\d*,\d{3} over "
    r"36 months, and EUR 0 in the month after the work is finished\."
)


def words(screen: Screen) -> str:
    """Return the running text of a page."""
    found = [said(element.value) for element in (*screen.app.markdown, *screen.app.info)]
    return plain("\n".join((*found, *screen.captions)))


@pytest.mark.extended
def test_the_plan_as_of_a_day_and_back(screen: Screen) -> None:
    screen.load(EARLY).go("prices")
    today = screen.plan.headlines.horizon_total
    screen.move("prices.as_of", date(2026, 6, 15))
    assert screen.scenario.prices.as_of == date(2026, 6, 15)
    assert screen.plan.headlines.horizon_total > today  # the credit stays at 11.37 when the term is renewed
    assert "Prices as of 15 June 2026." in words(screen)
    screen.press("reset:prices.as_of")
    assert screen.shows("prices.as_of") == ""
    assert screen.plan.headlines.horizon_total == today
    assert "Prices as of 6 November 2026." in words(screen)


@pytest.mark.extended
def test_the_prices_of_entra_before_and_after_their_rise_stand_side_by_side(screen: Screen) -> None:
    screen.go("prices").move("prices.as_of", date(2026, 9, 19))
    (since,) = (table for table in screen.tables if "Known then" in table.columns)
    rows = [[plain(said(cell)) for cell in row] for row in since.to_numpy()]
    assert rows[:2] == [["Entra ID P1", "EUR 5.46", "EUR 6.37"], ["Entra ID P2", "EUR 8.18", "EUR 9.09"]]
    screen.press("reset:prices.as_of")
    assert not any("Known then" in table.columns for table in screen.tables)


@pytest.mark.extended
def test_a_day_on_which_no_price_holds_yet_is_said_and_nothing_is_lost(screen: Screen) -> None:
    screen.run().move("company.employees:slider", 130).go("prices")
    before, headline = screen.scenario, screen.headline
    screen.move("prices.as_of", date(2020, 1, 1))
    assert not screen.plan.is_complete
    screen.unfold("fold:price_findings")
    assert any("There is no valid price for" in warning for warning in screen.warnings)
    assert any("no allowed combination of licences" in error for error in screen.go("plan").errors)
    assert "The cost is unknown: prices are missing." in screen.headline
    screen.go("prices").press("reset:prices.as_of")
    assert (screen.scenario, screen.headline) == (before, headline)


@pytest.mark.extended
def test_a_day_is_taken_away_by_emptying_its_field(screen: Screen) -> None:
    screen.go("prices").move("prices.as_of", date(2026, 6, 15)).move("prices.as_of", None)
    assert screen.scenario.prices.as_of is None


@pytest.mark.extended
def test_a_what_if_says_what_it_costs_and_is_named_beside_the_headline(screen: Screen) -> None:
    screen.go("prices")
    assert not screen.has("reset:prices.rise")
    screen.move("prices.rise:field", 10.0).move("prices.rise_from", date(2027, 7, 1))
    assert screen.scenario.prices.rise == Decimal("0.1")
    assert SENTENCE.search(words(screen))
    assert "list prices with +10% from 1 July 2027 on" in words(screen.unfold("fold:price_findings"))
    assert "list prices with +10%" in words(screen.go("plan", "fold:findings"))
    screen.go("prices").press("reset:prices.rise")
    assert screen.scenario.prices.rise == 0
    assert screen.scenario.prices.rise_from is None
    assert "List prices +" not in words(screen)


@pytest.mark.extended
def test_the_comparison_is_computed_only_where_it_is_shown(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Scenario] = []
    screen.go("prices").move("prices.rise:field", 10.0).go("plan").unfold("menu:variants").press("baseline")
    monkeypatch.setattr("zt_planner.ui.state.session.plan_of", asked.append)
    screen.go("plan").go("budget").go("roadmap")
    assert asked == []


@pytest.mark.extended
def test_badges_stand_in_tables_and_under_the_figures(screen: Screen) -> None:
    screen.run().move("prices.overrides.m365-business-premium:field", 18.0).press("why:run_rate_monthly")
    assert ":blue-badge[79.1% own prices]" in words(screen)
    assert ":orange-badge[0.6% assumed]" in words(screen)
    book = screen.go("prices").table("Prices of this plan")
    marked = dict(zip(map(said, book["Product"]), book["In this plan"], strict=True))
    assert "Microsoft 365 Business Premium :blue-badge[own price]" in marked
    assert "FIDO2 security key :orange-badge[over a year old]" in marked
    (mix,) = (table for table in screen.go("budget").tables if "Gets" in table)
    assert "Microsoft 365 Business Premium :blue-badge[own price]" in [said(cell) for cell in mix["Gets"]]


@pytest.mark.extended
def test_badges_stand_under_the_prices_of_the_sidebar(screen: Screen) -> None:
    screen.unfold("fold:rates")
    below = [caption.value for caption in screen.app.sidebar.caption]
    assert below.count(":orange-badge[over a year old]") == 1  # the internal person-day
    screen.move("choices.monitoring", Monitoring.MDR).go("prices").move("prices.rise:field", 10.0)
    below = [said(caption.value) for caption in screen.app.sidebar.caption]
    assert "Microsoft 365 Business Premium :violet-badge[what-if]" in below
    assert "Mean of 156 endpoints: the price falls by steps. :orange-badge[assumed]" in below
    screen.move("labour.internal_day_cost", 500.0)
    assert not any("over a year old" in caption.value for caption in screen.app.sidebar.caption)


@pytest.mark.extended
def test_a_viewer_sees_the_day_and_the_sentence_and_can_move_neither(meeting: Meeting) -> None:
    meeting.owner.go("prices").move("prices.rise:field", 10.0).move("prices.rise_from", date(2027, 7, 1))
    meeting.owner.move("prices.as_of", date(2026, 11, 1))
    viewer = meeting.viewer.go("prices")
    assert SENTENCE.search(words(viewer))
    assert viewer.held("prices.as_of") == date(2026, 11, 1)
    assert all(viewer.widget(key).disabled for key in ("prices.as_of", "prices.rise:field", "prices.rise_from"))


@pytest.mark.extended
def test_hidden_rates_leave_prices_by_date_as_they_are(hidden: Screen, meeting: Meeting) -> None:
    meeting.owner.go("prices").move("prices.rise:field", 10.0).move("prices.rise_from", date(2027, 7, 1))
    hidden.go("prices")
    assert hidden.plan.scenario.prices.rise == Decimal("0.1")
    assert SENTENCE.search(words(hidden))
    assert "own price" in words(meeting.owner.go("plan").press("why:promised_budget").press("also:introduction_budget"))
    assert "own price" not in words(hidden.go("plan").press("why:promised_budget").press("also:introduction_budget"))
