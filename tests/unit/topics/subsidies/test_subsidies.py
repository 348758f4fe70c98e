"""Public funding in words: a date and a chance, and what waiting costs."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.handouts import handout
from tests.words import told
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.subsidies.subsidies import (
    approval_sentence,
    subsidy_sentence,
    subsidy_table,
    waiting_sentence,
)
from zt_planner.topics.view import View

ENGLISH = Language(LanguageCode.ENGLISH)


def asked(region: str | None = "DE-NW", people: int = 120, **timeline: object) -> View:
    """Return a plan in a region."""
    given = handout({"timeline": {"region": region, **timeline}, "company": {"employees": people}})
    return View(given.plan, ENGLISH)


def plain(text: str) -> str:
    """Return a text with spaces that may be broken."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("region", "people", "sentence"),
    [
        (
            "DE-NW",
            120,
            "MID-Digitale Sicherheit could bring EUR 15,000 at most, drawn by lot. This is a chance: nothing of it",
        ),
        ("DE-BY", 40, "Digitalbonus Bayern could bring EUR 7,500 at most. This is a chance: nothing of it is taken"),
        ("DE-BY", 120, "Germany: none of the known schemes fits on this day."),
        ("AT-9", 120, "Austria: none of the known schemes fits on this day."),
        ("CH-ZH", 120, "Switzerland: no scheme was found."),
    ],
)
def test_the_sentence_says_whether_a_scheme_could_fit(region: str, people: int, sentence: str) -> None:
    assert plain(told(subsidy_sentence(asked(region, people)))).startswith(sentence)


def test_without_a_region_nothing_is_said() -> None:
    assert told(subsidy_sentence(asked(None))) == ""
    assert told(subsidy_table(asked(None))).rows == ()


def test_what_waiting_leaves_open_is_said_only_where_a_scheme_fits(says: Says) -> None:
    says(told(waiting_sentence(asked())))
    assert told(waiting_sentence(asked("AT-9"))) == ""


def test_without_a_part_of_the_country_each_scheme_says_where_the_seat_must_be(says: Says) -> None:
    first, second, *_ = plain(told(subsidy_sentence(asked("DE", 40)))).split(". ")
    says(first)
    says(second)


def test_an_approval_must_be_there_before_the_start(says: Says) -> None:
    says(plain(told(approval_sentence(asked(start="2027-01-04")))))
    assert told(approval_sentence(asked("AT-9"))) == ""


def test_what_has_begun_has_no_chance_and_does_not_wait(says: Says) -> None:
    begun = asked(start="2026-09-01")
    says(told(subsidy_sentence(begun)))
    assert (told(approval_sentence(begun)), told(waiting_sentence(begun))) == ("", "")
    says(told(subsidy_table(begun)).rows[0][1])


def test_the_table_says_for_whom_how_much_when_and_by_whom(says: Says) -> None:
    found = told(subsidy_table(asked("DE")))
    first, second = (dict(zip(found.columns, map(plain, row), strict=True)) for row in found.rows)
    says(first["Fits"])
    says(first["Amount"])
    says(first["Open"])
    says(first["For whom"])
    says(first["Conditions"])
    says(second["Fits"])
    assert second["Open"] == "until 31 Dec 2027"
    says(first["Source"])


def test_what_is_not_known_has_no_amount(says: Says) -> None:
    rows = {row[0]: row for row in told(subsidy_table(asked("AT-9"))).rows}
    assert plain(rows["KMU.Cybersecurity (aws)"][2]) == "EUR 20,000"
    says(rows["KMU.Cybersecurity (aws)"][3])
    assert rows["Cyber Security Schecks (FFG)"][2] == "not known"
    assert rows["Cyber Security Schecks (FFG)"][1] == "not open"
