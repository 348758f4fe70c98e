"""One of something is said in the singular, in every medium and both languages."""

from __future__ import annotations

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, GERMAN, told
from zt_planner.catalog import load_price_book
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.month import Month
from zt_planner.domain.units import Unit
from zt_planner.entries import Entry
from zt_planner.errors import NumberRefused, sentences
from zt_planner.gaps import Count
from zt_planner.resources import data_dir
from zt_planner.topics.error_texts import explain
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.licences.cliffs import SPANS, Radar, company_name, radar_alt
from zt_planner.topics.task_words import figure_text


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (0, "0 days", "0 Tage"),
        (1, "1 day", "1 Tag"),
        (2, "2 days", "2 Tage"),
        (1001, "1,001 days", "1.001 Tage"),
        ("1", "1 day", "1 Tag"),
        ("0.5", "0.5 days", "0.5 Tage"),
        ("1.00", "1.00 days", "1.00 Tage"),
    ],
)
def test_what_a_reader_sees_decides_between_singular_and_plural(number: int | str, english: str, german: str) -> None:
    assert ENGLISH.plural("{n} day", "{n} days", number) == english
    assert GERMAN.plural("{n} day", "{n} days", number) == german


@pytest.mark.parametrize(
    ("places", "english", "german"),
    [
        (1, "'0.123' has more than 1 decimal. Write at most 1 decimal.", "mehr als 1 Nachkommastelle."),
        (2, "'0.123' has more than 2 decimals. Write at most 2 decimals.", "mehr als 2 Nachkommastellen."),
    ],
)
def test_an_error_counts_in_the_readers_language(places: int, english: str, german: str) -> None:
    form = Entry(Unit("some", typed_places=places), 0, 10)
    with pytest.raises(NumberRefused) as refused:
        form.read("0.123", ENGLISH)
    assert str(refused.value) == english
    assert told(explain(refused.value)) == (english,)
    assert german in told(explain(refused.value), GERMAN)[0]


@pytest.mark.parametrize(("number", "text"), [(1, "It takes 1 day."), (3, "It takes 3 days.")])
def test_an_error_has_its_own_text_in_english(number: int, text: str) -> None:
    days = Count("{n} day", "{n} days", number)
    assert sentences("It takes {days}", "", {"days": days}).startswith(text)


def test_a_company_of_one_person_is_one_person_beside_the_curves(says: Says) -> None:
    nothing = Radar(Month(2027, 3), ())
    book = load_price_book(data_dir())
    says(ENGLISH.write(company_name(1, SPANS["all"])["text"]))
    assert GERMAN.write(company_name(2, SPANS["all"])["text"]) == "heute 2 Personen"
    says(ENGLISH.write(radar_alt(nothing, 1, SPANS["all"], book)))


def test_figures_of_a_task_are_counted() -> None:
    assert ENGLISH.write(figure_text("effort_days", 1, {})) == "1 day"
    assert GERMAN.write(figure_text("effort_days", 1.5, {})) == "1,5 Tage"
    assert GERMAN.write(figure_text("wait_weeks", 1, {})) == "1 Woche"


def test_a_finding_about_one_seat_counts_one_seat(says: Says) -> None:
    found = Finding(Code.LICENCE_SEAT_CAP, Severity.INFO, {"family": "ms-business", "cap": 1})
    says(told(describe(found, builders.book())).message)
    assert "(Grenze: 1 Platz);" in told(describe(found, builders.book()), GERMAN).message
