"""Number fields read and show the reader's form, and refuse the rest in words, at the field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.words import ENGLISH
from zt_planner.language import LanguageCode

PEOPLE, RATE = "company.employees:field", "labour.external_day_rate:field"


@pytest.fixture
def german() -> Screen:
    """Return the dashboard in a German reader's browser."""
    screen = Screen(LanguageCode.GERMAN)
    screen.app.context = {"locale": "de-DE"}
    return screen.run()


@pytest.mark.parametrize(
    ("code", "locale", "amount", "share"),
    [
        (LanguageCode.ENGLISH, "en-GB", "localized", "%d%%"),
        (LanguageCode.ENGLISH, "fr-FR", "%.2f", "%d%%"),
        (LanguageCode.GERMAN, "de-DE", "localized", "%d\N{NO-BREAK SPACE}%%"),
        (LanguageCode.GERMAN, "en-GB", "%.2f", "%d\N{NO-BREAK SPACE}%%"),
    ],
)
def test_a_slider_writes_numbers_in_the_readers_form_where_the_browser_can(
    code: LanguageCode, locale: str, amount: str, share: str
) -> None:
    screen = Screen(code, language=code)
    screen.app.context = {"locale": locale}
    screen.run()
    formats = [
        screen.widget(f"{path}:slider").proto.format for path in ("labour.external_day_rate", "finance.contingency")
    ]
    assert formats == [amount, share]


def rate(screen: Screen) -> Decimal | None:
    """Return the consultant's own day rate."""
    return screen.scenario.labour.external_day_rate


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1150,50", "1150.50", "1.150,50"),
        ("1.150,50", "1150.50", "1.150,50"),
        ("1.150", "1150", "1.150,00"),
        (" 990,5 ", "990.5", "990,50"),
    ],
)
def test_a_german_reader_types_amounts_in_german(german: Screen, typed: str, kept: str, shown: str) -> None:
    german.move(RATE, typed)
    assert rate(german) == Decimal(kept)
    assert german.shows(RATE) == shown
    assert not german.errors


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [("1,150.50", "1150.50", "1,150.50"), ("1,150", "1150", "1,150.00"), ("1.15", "1.15", "1.15")],
)
def test_an_english_reader_types_amounts_in_english(screen: Screen, typed: str, kept: str, shown: str) -> None:
    screen.run().move(RATE, typed)
    assert rate(screen) == Decimal(kept)
    assert screen.shows(RATE) == shown
    assert not screen.errors


def test_the_other_form_is_refused_at_the_field_and_stays_to_be_mended(german: Screen, says: Says) -> None:
    before = german.scenario
    german.move(RATE, "1,150.50")
    assert german.scenario == before
    assert german.shows(RATE) == "1,150.50"
    (error,) = german.errors
    says(error)
    german.run()
    assert german.errors == [error]
    german.move(RATE, "1150,50")
    assert rate(german) == Decimal("1150.5")
    assert not german.errors


@pytest.mark.extended
def test_what_can_be_read_in_two_ways_is_asked_about_at_the_field(screen: Screen, says: Says) -> None:
    before = screen.run().scenario
    screen.move(RATE, "1.200")
    assert screen.scenario == before
    assert screen.shows(RATE) == "1.200"
    (error,) = screen.errors
    says(error)
    screen.move(RATE, "1,200")
    assert rate(screen) == 1200
    assert not screen.errors


def test_a_german_reader_is_asked_about_a_comma_before_three_digits(german: Screen) -> None:
    german.move(RATE, "1,200")
    assert rate(german) is None
    assert german.shows(RATE) == "1,200"
    (error,) = german.errors
    assert "Meinten Sie 1.200 oder 1,20?" in error


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5001", "People: 5,001 is not between 1 and 5,000. Write a number from 1 to 5,000. Until then, 120 applies."),
        ("99999999", "People: 99,999,999 is not between 1 and 5,000."),
        ("0", "People: 0 is not between 1 and 5,000."),
        ("-5", "People: −5 is not between 1 and 5,000."),
        ("120.5", "People: '120.5' is not a whole number. Write a whole number from 1 to 5,000."),
        ("many", "People: 'many' is not a whole number."),
    ],
)
def test_a_number_beyond_its_bounds_is_not_clipped_but_explained(screen: Screen, typed: str, said: str) -> None:
    screen.run().move(PEOPLE, typed)
    assert screen.scenario.company.employees == screen.shows("company.employees:slider") == 120
    assert screen.shows(PEOPLE) == typed
    (error,) = screen.errors
    assert error.startswith(said)
    assert screen.state.number == 0


@pytest.mark.extended
def test_what_was_refused_goes_once_the_number_is_set_elsewhere(screen: Screen) -> None:
    screen.run().move(PEOPLE, "5001").move("company.employees:slider", 130)
    assert screen.shows(PEOPLE) == "130"
    assert not screen.errors


@pytest.mark.extended
def test_what_was_refused_is_kept_while_the_field_is_not_drawn(screen: Screen, says: Says) -> None:
    screen.run().unfold("fold:rates").move("finance.monthly_cap", "a lot")
    screen.app.session_state["fold:rates"] = False
    assert not screen.run().errors
    screen.unfold("fold:rates")
    assert screen.shows("finance.monthly_cap") == "a lot"
    says(screen.errors)


def test_numbers_are_shown_in_another_language_at_once(german: Screen) -> None:
    german.move(RATE, "1150,50")
    german.language = ENGLISH
    german.move("language", LanguageCode.ENGLISH)
    assert german.shows(RATE) == "1,150.50"
    assert rate(german) == Decimal("1150.5")


@pytest.mark.extended
def test_a_percentage_is_typed_with_or_without_its_sign(german: Screen, says: Says) -> None:
    german.move("finance.contingency:field", "12,5 %")
    assert german.scenario.finance.contingency == Decimal("0.125")
    assert german.shows("finance.contingency:field") == "12,5"
    german.move("finance.contingency:field", "101")
    assert german.scenario.finance.contingency == Decimal("0.125")
    says(german.errors[0])


def test_a_bound_that_another_field_sets_is_named_at_the_field(screen: Screen, says: Says) -> None:
    screen.unfold("fold:more_about_company").move("company.frontline", 120)
    assert screen.scenario.company.frontline == 0
    says(screen.errors)


@pytest.mark.extended
def test_days_a_session_is_kept_are_read_and_refused_in_words(meeting: Meeting, says: Says) -> None:
    owner = meeting.owner
    owner.move("rule:days_kept", "400")
    assert owner.state.rules.days_kept == 90
    says(owner.errors[0])
    owner.move("rule:days_kept", "")
    assert owner.shows("rule:days_kept") == "90"
    owner.move("rule:days_kept", "30")
    assert owner.state.rules.days_kept == 30
    assert not owner.errors
