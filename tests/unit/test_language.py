"""Numbers, amounts and shares as a reader's language writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from gettext import GNUTranslations
from typing import Any, NamedTuple

import pytest

from tests.words import ENGLISH, GERMAN, plain
from zt_planner import language
from zt_planner.domain.month import Month
from zt_planner.language import Language, LanguageCode, Listed, Money, Plural, Share, sentences


@pytest.mark.parametrize("code", LanguageCode)
def test_what_is_rounded_to_nothing_has_no_sign(code: LanguageCode) -> None:
    language, little = Language(code), Decimal("-0.0001")
    written: dict[Callable[[Decimal], str], str] = {
        language.number: "0",
        language.trimmed: "0",
        language.money: language.money(Decimal(0)),
        language.signed_money: language.money(Decimal(0)),
        language.percent: language.percent(Decimal(0)),
    }
    assert [form(little) for form in written] == list(written.values())
    assert language.signed_money(-little) == language.money(Decimal(0))
    assert not [form for form in written if "-" in form(little)]


def test_a_day_without_its_year_is_written_in_each_language() -> None:
    day = date(2027, 9, 27)
    written = {code: plain(Language(code).day_in_year(day)) for code in LanguageCode}
    assert written == {"en": "27 Sept", "de": "27. Sept.", "fr": "27 sept.", "es": "27 sept"}


def test_a_span_of_days_has_a_dash_and_is_one_day_where_it_is_one() -> None:
    first, last = date(2027, 7, 26), date(2027, 8, 13)
    written = {code: plain(Language(code).span(first, last)) for code in (LanguageCode.ENGLISH, LanguageCode.GERMAN)}
    assert written == {"en": "26 Jul 2027 – 13 Aug 2027", "de": "26.07.2027 – 13.08.2027"}
    assert GERMAN.span(first, first) == "26.07.2027"


def test_the_first_of_a_month_is_written_as_the_language_has_it() -> None:
    first, tenth = ({code: plain(Language(code).day(date(2027, 9, day))) for code in LanguageCode} for day in (1, 10))
    assert first == {
        "en": "1 September 2027",
        "de": "1. September 2027",
        "fr": "1er septembre 2027",
        "es": "1 de septiembre de 2027",
    }
    assert tenth[LanguageCode.FRENCH] == "10 septembre 2027"
    french = Language(LanguageCode.FRENCH)
    assert (french.short_day(date(2027, 5, 1)), french.day_in_year(date(2027, 5, 1))) == (
        "1er\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2027",
        "1er\N{NO-BREAK SPACE}mai",
    )


@pytest.mark.parametrize(
    ("items", "joined", "either"),
    [
        (("plan", "informe"), "plan e informe", "plan o informe"),
        (("agua", "hierro"), "agua y hierro", "agua o hierro"),
        (("siete", "ocho"), "siete y ocho", "siete u ocho"),
        (("uno", "dos", "hijo"), "uno, dos e hijo", "uno, dos o hijo"),
        (("y informe",), "y informe", "y informe"),
        ((), "", ""),
    ],
)
def test_a_spanish_list_is_joined_by_a_word_that_suits_its_last(
    items: tuple[str, ...], joined: str, either: str
) -> None:
    spanish = Language(LanguageCode.SPANISH)
    assert (spanish.listed(items), spanish.either(items)) == (joined, either)


def test_a_colon_and_a_semicolon_stand_after_a_space_in_french_alone() -> None:
    said = {code: Language(code).labelled("A", Language(code).series(("b, c", "d"))) for code in LanguageCode}
    space = "\N{NARROW NO-BREAK SPACE}"
    assert said.pop(LanguageCode.FRENCH) == f"A{space}: b, c{space}; d"
    assert set(said.values()) == {"A: b, c; d"}
    assert {Language(code).labelled("A") for code in LanguageCode} == {"A:", f"A{space}:"}
    assert Language(LanguageCode.FRENCH).listed(["a, b", "c"]) == f"a, b{space}; c"


@pytest.mark.parametrize(
    ("code", "singular"),
    [
        ("en", {"1"}),
        ("de", {"1"}),
        ("fr", {"0", "1", "0,5", "1,5", "1,00"}),
        ("es", {"1", "1,00"}),
    ],
)
def test_a_number_as_it_is_shown_decides_the_form(
    code: str, singular: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = GNUTranslations()
    monkeypatch.setattr(forms, "ngettext", lambda one, many, n: one if n == 1 or (code == "fr" and n == 0) else many)
    monkeypatch.setattr(language, "_catalogue", lambda _code: forms)
    point = Language(LanguageCode(code)).separators[0]
    shown = [each.replace(",", point) for each in ("0", "1", "2", "0,5", "1,5", "1,00", "2,5", "1000", "no", "11")]
    found = {each for each in shown if Language(LanguageCode(code)).plural("{n} day", "{n} days", each).endswith("day")}
    assert found == {each.replace(",", point) for each in singular}


@pytest.mark.parametrize("code", LanguageCode)
def test_dates_are_typed_with_all_their_digits(code: LanguageCode) -> None:
    assert sorted(re.findall(r"\w+", Language(code).date_format)) == ["DD", "MM", "YYYY"]


def test_a_language_is_called_by_its_name_in_each_language() -> None:
    called = [Language(code).tongue(GERMAN) for code in LanguageCode]
    assert called == ["German", "Deutsch", "allemand", "alemán"]


def test_a_statement_keeps_its_values_until_a_language_writes_it() -> None:
    statement = Plural(
        "{company}: {n} day, {budget} by {finish}",
        "{company}: {n} days, {budget} by {finish}",
        2,
        company="Müller",
        budget=Listed([Money(Decimal(500)), Money(Decimal(-5), is_signed=True)]),
        finish=date(2027, 9, 27),
    )
    assert statement["finish"] == date(2027, 9, 27)
    assert plain(statement.written(ENGLISH)) == ("Müller: 2 days, EUR 500 and −EUR 5 by 27 September 2027")


def test_what_is_empty_is_left_out_of_a_list() -> None:
    assert GERMAN.write(sentences("Eins.", "", "Zwei.")) == "Eins. Zwei."
    assert not sentences("", "")
    assert (
        GERMAN.write(Listed([Share(Decimal("0.5")), 1000, Month(2027, 3)], ", "))
        == "50\N{NO-BREAK SPACE}%, 1.000, März 2027"
    )


class Pair(NamedTuple):
    """Two parts of a report."""

    first: Any
    last: Any


class Kept(tuple[Any, ...]):
    """Parts of a report of a kind of their own."""

    __slots__ = ()


@pytest.mark.parametrize("kind", [list, tuple, Kept, Pair._make])
def test_what_is_written_is_of_the_same_kind_and_the_same_object_where_it_held_no_statement(kind: Any) -> None:  # noqa: ANN401 - kinds of sequences
    report, words = kind([Share(Decimal("0.5")), 1]), kind(["a", None])
    assert ENGLISH.written(report) == kind(["50%", 1])
    assert type(ENGLISH.written(report)) is type(report)
    assert ENGLISH.written(words) == words
    assert isinstance(words, list) or ENGLISH.written(words) is words
