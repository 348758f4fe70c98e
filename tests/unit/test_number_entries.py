"""How a number is typed: in the reader's form, within the field's bounds, never rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.units import COUNT
from zt_planner.entries import Entry, decimals_of, entry_at
from zt_planner.errors import NumberRefused
from zt_planner.language import Language
from zt_planner.topics.error_texts import explain

MONEY = entry_at("labour.external_day_rate")


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1150", "1150", "1150"),
        ("1.150", "1.150", "1150"),
        ("1,150", "1150", "1.150"),
        ("1.15", "1.15", None),
        ("1,15", None, "1.15"),
        ("1150,50", None, "1150.50"),
        ("1150.50", "1150.50", None),
        ("1.150,50", None, "1150.50"),
        ("1,150.50", "1150.50", None),
        ("0,5", None, "0.5"),
        ("0.5", "0.5", None),
        ("1.234.567", None, "1234567"),
        ("12.34.567", None, None),
        ("+7", "7", "7"),
        ("\N{MINUS SIGN}7", "-7", "-7"),
        (" 7\N{NO-BREAK SPACE}", "7", "7"),
        ("", None, None),
        (".", None, None),
        ("1e3", None, None),
        ("1_000", None, None),
        ("NaN", None, None),
        ("Infinity", None, None),
        ("\N{ARABIC-INDIC DIGIT ONE}", None, None),
        ("\N{FULLWIDTH DIGIT ONE}", None, None),
        ("1 150", None, None),
        ("EUR 5", None, None),
        ("9" * 30, None, None),
    ],
)
def test_a_number_is_read_as_the_reader_writes_it(text: str, english: str | None, german: str | None) -> None:
    for language, expected in ((ENGLISH, english), (GERMAN, german)):
        if expected is None:
            with pytest.raises(NumberRefused):
                language.number_in(text)
        else:
            assert language.number_in(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            ENGLISH,
            "1150,50",
            "'1150,50' cannot be read as a number. Did you mean 115,050 or 1,150.5?",
        ),
        (ENGLISH, "1.250,50", "'1.250,50' cannot be read as a number. Did you mean 1,250.5?"),
        (GERMAN, "1,250.50", "„1,250.50“ lässt sich nicht als Zahl lesen. Meinten Sie 1.250,5?"),
        (GERMAN, "x", "„x“ lässt sich nicht als Zahl lesen. Schreiben Sie sie wie 1.150,50."),
        (ENGLISH, "18.555", "'18.555' has more than 2 decimals. Write at most 2 decimals."),
        (
            ENGLISH,
            "-1",
            "−1 is not between 0.00 and 999,999,999,999.99. Write a number from 0.00 to 999,999,999,999.99.",
        ),
    ],
)
def test_a_refusal_says_what_to_write_in_the_readers_form(language: Language, text: str, said: str) -> None:
    refused = MONEY.refusal(text, language)
    assert refused is not None
    assert told(explain(refused), language) == (said,)


@pytest.mark.parametrize(
    ("language", "path", "text", "said"),
    [
        (ENGLISH, "labour.external_day_rate", "1.200", "Did you mean 1,200 or 1.20?"),
        (GERMAN, "labour.external_day_rate", "1,200", "Meinten Sie 1.200 oder 1,20?"),
        (ENGLISH, "labour.external_day_rate", "12.000", "Did you mean 12,000 or 12.00?"),
        (ENGLISH, "prices.overrides.mdr-endpoint", "1.200", "Did you mean 1,200 or 1.20?"),
        (ENGLISH, "company.employees", "1.000", "Did you mean 1,000 or 1?"),
        (ENGLISH, "company.employees", "1.200", "Did you mean 1,200?"),
        (GERMAN, "company.employees", "1,200", "Meinten Sie 1.200?"),
        (ENGLISH, "tasks.own.any.effort_days", "1.234", "Did you mean 1,234 or 1.2340?"),
        (GERMAN, "tasks.own.any.effort_days", "1,234", "Meinten Sie 1.234 oder 1,2340?"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about_with_how_to_write_each(
    language: Language, path: str, text: str, said: str
) -> None:
    refused = entry_at(path).refusal(text, language)
    assert refused is not None
    (line,) = told(explain(refused), language)
    assert line.endswith(said)
    assert text in line


@pytest.mark.parametrize(
    ("language", "path", "text", "kept"),
    [
        (ENGLISH, "labour.external_day_rate", "1,200", "1200"),
        (GERMAN, "labour.external_day_rate", "1.200", "1200"),
        (ENGLISH, "labour.external_day_rate", "1.20", "1.2"),
        (ENGLISH, "labour.external_day_rate", "1200.500", "1200.5"),
        (ENGLISH, "tasks.own.any.effort_days", "1.2340", "1.234"),
        (GERMAN, "tasks.own.any.effort_days", "1,2340", "1.234"),
        (ENGLISH, "tasks.own.any.effort_days", "0.125", "0.125"),
        # 1,500 days a week and 12,500 % are beyond the bounds, so that the one reading is left.
        (ENGLISH, "timeline.internal_days_per_week", "1.500", "1.5"),
        (GERMAN, "timeline.internal_days_per_week", "1,500", "1.5"),
        (ENGLISH, "finance.contingency", "12.500 %", "0.125"),
    ],
)
def test_what_has_one_reading_in_its_language_is_taken(language: Language, path: str, text: str, kept: str) -> None:
    assert entry_at(path).read(text, language) == Decimal(kept)


@pytest.mark.parametrize(("language", "text"), [(ENGLISH, "1.2340"), (GERMAN, "1,2340")])
def test_three_decimals_that_could_be_thousands_are_shown_as_four(language: Language, text: str) -> None:
    entry = entry_at("tasks.own.any.effort_days")
    assert entry.written(Decimal("1.234"), language) == text
    assert entry_at("timeline.internal_days_per_week").written(Decimal("1.234"), ENGLISH) == "1.234"


def test_an_error_reads_in_english_by_itself() -> None:
    with pytest.raises(NumberRefused, match="5,001 is not between 1 and 5,000"):
        entry_at("company.employees").read("5001", ENGLISH)


@pytest.mark.parametrize(
    ("path", "value", "english", "german"),
    [
        ("company.employees", 1200, "1,200", "1.200"),
        ("labour.external_day_rate", Decimal(1200), "1,200.00", "1.200,00"),
        ("prices.overrides.mdr-endpoint", Decimal("0.5325"), "0.5325", "0,5325"),
        ("finance.contingency", Decimal("0.125"), "12.5", "12,5"),
        ("finance.contingency", Decimal(1), "100", "100"),
        ("timeline.internal_days_per_week", Decimal("2.50"), "2.5", "2,5"),
        ("prices.rise", Decimal("-0.05"), "−5", "−5"),
    ],
)
def test_a_number_is_written_with_every_decimal_that_it_has(
    path: str, value: Decimal | int, english: str, german: str
) -> None:
    assert (entry_at(path).written(value, ENGLISH), entry_at(path).written(value, GERMAN)) == (english, german)


def test_a_field_for_whole_numbers_gives_whole_numbers() -> None:
    found = entry_at("company.employees").read("1,200", ENGLISH)
    assert (found, type(found)) == (1200, int)


@pytest.mark.parametrize("text", ["12.5 %", "12.5%", "12.5"])
def test_a_percentage_is_kept_as_a_share(text: str) -> None:
    assert entry_at("finance.contingency").read(text, ENGLISH) == Decimal("0.125")


def test_only_percentages_have_a_percent_sign() -> None:
    assert MONEY.refusal("12.5%", ENGLISH) is not None


def test_a_bound_of_another_field_must_be_given() -> None:
    assert entry_at("company.admins", 40) == Entry(COUNT, 1, 40)
    with pytest.raises(LookupError):
        entry_at("company.admins")


@pytest.mark.parametrize(("number", "places"), [("7", 0), ("700", 0), ("7.50", 1), ("0.0001", 4)])
def test_zeros_at_the_end_are_no_decimals(number: str, places: int) -> None:
    assert decimals_of(Decimal(number)) == places
