"""VAT and another currency stand beside each amount, in whoever's language, and move no figure."""

from __future__ import annotations

import pytest

from tests.figures import FRANC, VAT, cents, default_figures, drawn, euros
from tests.handouts import handout
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.words import plain
from zt_planner.domain.scenario.display import Currency

FIGURES, PROMISE = default_figures(), drawn(handout()).promise
NET, THEN, EXACT = PROMISE.rounded_budget or 0, FIGURES.run_rate_monthly, PROMISE.budget or 0
GERMAN_VAT = f"With 19% VAT (Germany): {euros(NET * VAT)} to get there, then {euros(THEN * VAT)} a month."


def small_print(screen: Screen) -> list[str]:
    """Return every line of small print, that of the cards included, with plain spaces."""
    texts = (*screen.captions, *(note for card in screen.cards for note in card["notes"]))
    return [line.strip() for text in texts for line in plain(text).split("\n")]


def asking(screen: Screen) -> Screen:
    """Ask for German VAT and francs."""
    screen.unfold("fold:display")
    return screen.move("display.vat_country", "DE").move("display.currency", Currency.CHF)


@pytest.mark.extended
def test_each_card_shows_its_amount_with_vat_and_in_francs(screen: Screen) -> None:
    before = screen.run().figures
    lines = small_print(asking(screen))
    assert GERMAN_VAT in lines
    for line in (
        f"{euros(NET * VAT)} with 19% VAT",
        f"{euros(THEN * VAT)} with 19% VAT",
        f"{euros(NET / FRANC, 'CHF')} net",
        f"{euros(NET * VAT / FRANC, 'CHF')} with VAT",
    ):
        assert lines.count(line) == 1
    assert lines.count("rate of 1 Jun 2026, assumed") == 2
    assert screen.figures == before
    screen.move("display.vat_country", "").move("display.currency", Currency.EUR)
    assert not any("19% VAT" in line or "CHF" in line for line in small_print(screen))


@pytest.mark.extended
def test_the_totals_of_the_budget_show_it_and_internal_work_without_vat(screen: Screen) -> None:
    lines = small_print(asking(screen).go("budget"))
    whole, internal = FIGURES.horizon_total, FIGURES.internal_value
    for line in (
        f"{euros(whole * VAT)} with 19% VAT",
        f"{euros(whole / FRANC, 'CHF')} net",
        euros(internal / FRANC, "CHF"),
    ):
        assert line in lines
    assert sum("with 19% VAT" in line for line in lines) == 2


@pytest.mark.extended
def test_an_explanation_shows_it_under_its_total(screen: Screen) -> None:
    asking(screen).press("why:promised_budget")
    lines = small_print(screen)
    assert lines.count(f"{euros(NET * VAT)} with 19% VAT") == lines.count(f"{cents(EXACT * VAT)} with 19% VAT") == 1
    assert f"{cents(EXACT * VAT / FRANC, 'CHF')} with VAT" in lines


@pytest.mark.extended
@pytest.mark.parametrize("page", ["roadmap", "nis2", "prices"])
def test_the_headline_has_it_below_on_every_page(screen: Screen, page: str) -> None:
    assert GERMAN_VAT in small_print(asking(screen).go(page))


@pytest.mark.extended
def test_a_viewer_without_labour_sees_vat_on_what_is_left(meeting: Meeting, hidden: Screen) -> None:
    asking(meeting.owner)
    lines = small_print(hidden.run())
    assert f"{euros(hidden.plan.headlines.introduction_budget * VAT)} with 19% VAT" in lines
    assert not any(euros(NET * VAT) in line for line in lines)
