"""Days as they are typed, pasted and read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.units import DAY
from zt_planner.entries import Entry, entry_at
from zt_planner.errors import DayRefused
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.error_texts import explain

ENTRY = Entry(DAY, date(2020, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("code", LanguageCode)
def test_every_day_is_read_as_it_is_written_and_in_iso(code: LanguageCode) -> None:
    language = Language(code)
    for day in (date(2027, 1, 1) + timedelta(days) for days in range(366)):
        assert ENTRY.read(ENTRY.written(day, language), language) == ENTRY.read(day.isoformat(), language) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04.01.2027", date(2027, 1, 4)),
        ("13.01.2027", date(2027, 1, 13)),
        ("4.1.2027", date(2027, 1, 4)),
        ("4.1.27", date(2027, 1, 4)),
        (" 4. 1. 2027\N{NO-BREAK SPACE}", date(2027, 1, 4)),
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_german_days_are_read_with_the_day_first(text: str, day: date) -> None:
    assert ENTRY.read(text, GERMAN) == day


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize(
    "text",
    [
        *("3 April 2027", "3. Apr 27", "03-Apr-2027", "3rd April 2027", "April 3, 2027", "Apr. 3 2027"),
        *("3. April 2027", "3 avril 2027", "3 avr. 2027", "3 de abril de 2027", "3 abr 27"),
    ],
)
def test_a_day_with_the_name_of_its_month_has_one_reading_on_every_page(text: str, code: LanguageCode) -> None:
    assert ENTRY.read(text, Language(code)) == date(2027, 4, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("1. März 2027", date(2027, 3, 1)), ("1. Maerz 2027", date(2027, 3, 1)), ("1 Mrz 27", date(2027, 3, 1))),
        *(("1er août 2027", date(2027, 8, 1)), ("1 AOUT 2027", date(2027, 8, 1)), ("2 févr. 2027", date(2027, 2, 2))),
        *(("5 dic 2027", date(2027, 12, 5)), ("5 Dez. 2027", date(2027, 12, 5)), ("6 ene 2027", date(2027, 1, 6))),
    ],
)
def test_months_are_named_in_every_language_with_and_without_accents(text: str, day: date) -> None:
    assert ENTRY.read(text, ENGLISH) == day


@pytest.mark.parametrize("text", ["31 Feb 2027", "3 Jui 2027", "April 2027", "3 Nonsense 2027", "0 April 2027"])
def test_what_names_a_month_and_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DayRefused, match="is not a date"):
        ENTRY.read(text, ENGLISH)


def test_on_an_english_page_the_day_stands_first_too() -> None:
    assert ENTRY.read("01/04/2027", ENGLISH) == date(2027, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("31.02.2027", "29.02.2027", "01.13.2027", "heute", "", "13", "4.1.", "4.1.127", "13.01.2027 08:00"),
        *("1 3.01.2027", "1/4/2027", "04-01-27", "21-01-27", "2027-1-13", "2027-02-30", "20270113", "2027-W02-3"),
        "\N{ARABIC-INDIC DIGIT FOUR}.\N{ARABIC-INDIC DIGIT ONE}.2027",
    ],
)
def test_what_is_no_day_in_the_pages_form_or_iso_is_refused(text: str) -> None:
    with pytest.raises(DayRefused, match=r"is not a date. Write a date as in 31\.12\.2027\."):
        ENTRY.read(text, GERMAN)


@pytest.mark.parametrize("text", ["12/31/2027", "04.01.2027"])
def test_a_day_in_another_pages_form_is_refused_with_that_of_this_page(text: str) -> None:
    refused = ENTRY.refusal(text, ENGLISH)
    assert refused is not None
    assert told(explain(refused)) == (f"'{text}' is not a date. Write a date as in 31/12/2027.",)


def test_a_day_beyond_the_bounds_is_refused_with_both() -> None:
    assert ENTRY.refusal("31.12.2100", GERMAN) is None
    with pytest.raises(DayRefused, match=r"'01\.01\.2101' .* from 01\.01\.2020 to 31\.12\.2100"):
        ENTRY.read("01.01.2101", GERMAN)


def test_a_days_form_has_the_bounds_of_its_field() -> None:
    assert entry_at("status.at") == ENTRY
