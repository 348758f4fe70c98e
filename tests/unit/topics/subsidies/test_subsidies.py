"""Public funding in words: a date and a chance, and what waiting costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.approval import Says
from tests.handouts import handout
from tests.words import ENGLISH, plain, told
from zt_planner.engine.decisions import first_commitment
from zt_planner.topics.decisions.dates import decision_words, funding_note, next_decision_line
from zt_planner.topics.subsidies.subsidies import (
    approval_sentence,
    subsidy_sentence,
    subsidy_table,
    waiting_sentence,
)
from zt_planner.topics.view import View


def asked(region: str | None = "DE-NW", people: int = 120, **timeline: object) -> View:
    given = handout({"timeline": {"region": region, **timeline}, "company": {"employees": people}})
    return View(given.plan, ENGLISH)


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


def test_an_approval_must_be_there_before_the_first_contract_and_else_before_the_start(says: Says) -> None:
    given = asked(start="2027-03-01")
    signed = first_commitment(given.plan)
    assert signed is not None
    said = plain(told(approval_sentence(given)))
    assert signed.row.id == "consultant"
    assert plain(ENGLISH.day(signed.day)) in said
    says(said)
    rules = replace(given.case.base_model.rules, decisions=())
    case = replace(given.case, base_model=replace(given.case.base_model, rules=rules))
    bare = replace(given, plan=replace(given.plan, case=case))
    says(plain(told(approval_sentence(bare))))
    assert told(approval_sentence(asked("AT-9"))) == ""


def test_a_contract_that_is_overdue_waits_for_the_approval_and_so_does_the_plan(says: Says) -> None:
    soon = asked(start="2026-11-30")
    signed = first_commitment(soon.plan)
    assert signed is not None
    assert signed.is_overdue
    says(plain(told(approval_sentence(soon))))
    assert told(decision_words(signed)) in told(funding_note(soon))


def test_the_decision_that_would_lose_the_funding_says_so_on_the_day_of_the_approval() -> None:
    given = asked(start="2027-03-01")
    signed = first_commitment(given.plan)
    assert signed is not None
    line, note = told(next_decision_line(given)), told(funding_note(given))
    assert "if you apply for public funding, wait for its approval first" in line
    assert ENGLISH.short_day(signed.day) in line
    assert "MID-Digitale Sicherheit" in note
    assert told(decision_words(signed)) in note
    without = asked("AT-9", start="2027-03-01")
    assert "funding" not in told(next_decision_line(without))
    assert told(funding_note(without)) == ""


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
