"""The law of a country in words: what is due when, what is the directive's, and what nobody is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests import builders, papers
from tests.approval import Says
from tests.builders import TODAY, book, directive, law, model, plan, quiet, task
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.rules import ExcludedSubsector, Regulation, Rules
from zt_planner.domain.scenario.approved import packed
from zt_planner.topics.nis2.concerned import overdue_sentence
from zt_planner.topics.nis2.dues import due_table
from zt_planner.topics.nis2.regulation import (
    TRAINING,
    CountryLaw,
    applies_sentence,
    countries_known,
    duty_table,
    law_badges,
    law_in,
    law_notes,
    law_sentence,
)
from zt_planner.topics.view import View

EU = directive(
    law="Directive",
    report_hours=(24, 72),
    final_report="at last",
    ceiling_essential=10_000_000,
    ceiling_important=7_000_000,
    share_essential="0.02",
    share_important="0.014",
    currency="EUR",
    duties=("approve", "supervise", "train"),
)


def context(*laws: Regulation, changes: Mapping[str, Any] | None = None, **fields: Any) -> View:  # noqa: ANN401
    """Return what is asked about: a plan in Germany, by default under the directive alone."""
    given, phase_model = quiet(timeline__region="DE", **fields), model(task("kickoff"), rules=Rules((EU, *laws)))
    for path, value in (changes or {}).items():
        given = given.changed(path, value)
    return View(plan(given, book(), phase_model), ENGLISH)


def found(*laws: Regulation, country: str | None = None, **fields: Any) -> CountryLaw:  # noqa: ANN401
    """Return the law of a country, by default of the plan's."""
    answer = law_in(context(*laws, **fields), country)
    assert answer is not None
    return answer


def dues(asked: CountryLaw) -> dict[str, tuple[str, str]]:
    """Return when what is due, and what is to be known about it."""
    return {what: (plain(when), plain(remark)) for what, when, remark in told(due_table(asked)).rows}


AUSTRIA = law("AT", law="NISG", in_force=date(2026, 10, 1), register_months=3, register_confidence="unverified")


@pytest.mark.parametrize(
    ("since", "today_is", "when"),
    [
        (None, date(2026, 11, 6), "by 1 January 2027, in 8 weeks"),
        (None, date(2026, 12, 29), "by 1 January 2027, in 3 days"),
        (None, date(2027, 1, 1), "by 1 January 2027, today"),
        (None, date(2027, 1, 2), "past: it was due by 1 January 2027"),
        ("2026-11-01", date(2026, 11, 6), "by 1 February 2027, in 12 weeks"),
    ],
)
def test_a_registration_is_past_or_due_by_a_day_that_the_companys_own_decides(
    since: str | None, today_is: date, when: str
) -> None:
    asked = found(AUSTRIA, country="AT", company__sector="energy", company__under_law_since=since)
    object.__setattr__(asked.view.plan.case, "today", today_is)
    assert dues(asked)["Registration"] == (when, "3 months after the company falls under the law")
    assert [told(badge.text) for badge in told(due_table(asked)).badges[0]] == ["assumed"]


def test_a_yearly_registration_names_its_window(says: Says) -> None:
    italy = law("IT", in_force=date(2024, 10, 16), register_window=("01-01", "02-28"), register_where="a portal")
    says(dues(found(italy, country="IT", company__sector="energy"))["Registration"])


@pytest.mark.parametrize("sector", [None, "other"])
def test_where_the_law_probably_does_not_apply_the_registration_would_be_due(sector: str | None) -> None:
    past = law("DE", in_force=date(2025, 12, 6), register_months=3)
    said = "would have been due by 6 March 2026, if the law applies"
    assert dues(found(past, company__sector=sector))["Registration"][0] == said
    yearly = law("DE", in_force=date(2024, 10, 16), register_window=("01-01", "02-28"))
    said = "would be due from 1 January 2027 to 28 February 2027, every year, if the law applies"
    assert dues(found(yearly, company__sector=sector))["Registration"][0] == said


def test_a_registration_that_is_over_is_said_with_what_it_takes() -> None:
    past = law("DE", in_force=date(2025, 12, 6), register_months=3)
    said = "The registration was due by 6 March 2026: register now if you have not done so yet."
    asked = context(past, company__sector="energy")
    assert plain(told(overdue_sentence(asked, None))) == said
    assert plain(told(overdue_sentence(asked, "a portal"))) == f"{said} (a portal)"
    assert told(overdue_sentence(context(past), None)) == ""
    late = past.model_copy(update={"in_force": TODAY})
    assert told(overdue_sentence(context(late, company__sector="energy"), None)) == ""


def test_changes_and_documentation_stand_where_the_law_names_them(says: Says) -> None:
    asked = dues(found(law(in_force=TODAY, changes_weeks=2, documentation="§ 30")))
    says(asked["Changes of what was registered"])
    says(asked["Documentation of the measures"])
    assert "Documentation of the measures" not in dues(found(law(in_force=TODAY)))


@pytest.mark.parametrize(
    ("country", "row", "sector", "words"),
    [
        ("DE", {}, "digital_infrastructure", "Some kinds may be essential at any size"),
        ("DE", {}, "banking", "(DORA) may come first. Ask."),
        ("DE", {}, "financial_markets", "(DORA) may come first. Ask."),
        ("DE", {}, "public_administration", "municipalities may be outside it. Ask."),
        ("FR", {"status": "not_verified"}, "energy", "no source says that the country has a law in force."),
        ("CH", {"status": "other_law", "law": "ISG"}, "energy", "The country's own law may concern Energy: ISG. Ask."),
    ],
)
def test_what_sector_and_size_do_not_decide_is_said(country: str, row: dict[str, Any], sector: str, words: str) -> None:
    asked = found(law(country, **row), country=country, company__sector=sector)
    assert words in told(applies_sentence(asked))
    assert words not in told(applies_sentence(found(law(country, **row), country=country, company__sector="other")))


def test_a_country_whose_law_nobody_has_read_names_none_and_no_day(says: Says) -> None:
    unread = law("LU", law=None, read_on=None, status="not_verified", source="no source was found")
    asked = found(unread, country="LU")
    says(told(law_sentence(asked)))
    says(told(law_notes(asked))[-1])
    assert [told(badge.text) for badge in law_badges(asked)] == ["no law in force was found"]


def test_what_a_law_does_not_say_is_the_directives_and_said_to_be(says: Says) -> None:
    asked = dues(found(law("AT", in_force=TODAY), country="AT"))
    says(asked["Early warning of a significant incident"])
    says(asked["Fine at most, important entity"])
    own = law("AT", report_hours=(12,), ceiling_essential=5, currency="EUR", ceiling_note="why", registration_fine=50)
    asked = dues(found(own, country="AT"))
    assert asked["Early warning of a significant incident"] == ("within 12 hours of becoming aware of it", "")
    assert "Notification of an incident" not in asked
    assert asked["Fine at most, essential entity"] == ("EUR 5", "why")
    assert asked["Fine at most for not registering"] == ("EUR 50", "")
    says(asked["Fine at most, important entity"])


def test_another_law_has_nothing_of_the_directive(says: Says) -> None:
    swiss = found(law("CH", status="other_law", in_force=TODAY, ceiling_essential=5, currency="CHF"), country="CH")
    says(dues(swiss))  # what was not found is no 0
    assert told(duty_table(swiss)).rows == ()


def test_a_registration_whose_day_was_not_found_says_so(says: Says) -> None:
    belgium = found(law("BE", in_force=TODAY, register_where="a portal"), country="BE")
    says(dues(belgium)["Registration"])


def test_duties_that_are_known_from_the_directive_alone_say_so(says: Says) -> None:
    rows = told(duty_table(found(law("AT", duties=("train",)), country="AT"))).rows
    says([row[-1] for row in rows])


def test_of_a_country_without_a_law_in_force_the_directive_is_shown_without_a_registration(says: Says) -> None:
    france = law("FR", law="Bill", status="not_verified", note="not in force", measure_list="ReCyF")
    asked = found(france, country="FR")
    says(told(law_sentence(asked)))
    assert [told(badge.text) for badge in law_badges(asked)] == ["no law in force was found"]
    assert "Registration" not in dues(asked)
    assert dues(asked)["Early warning of a significant incident"] == ("within 24 hours of becoming aware of it", "")
    says(told(law_notes(asked))[:3])


def test_a_country_without_a_row_and_a_plan_without_a_region_are_said(says: Says) -> None:
    says(told(law_sentence(found(country="DK"))))
    assert [told(badge.text) for badge in law_badges(found(country="DK"))] == ["no law in force was found"]
    nowhere = found(changes={"timeline.region": None})
    says(told(law_sentence(nowhere)))
    assert law_badges(nowhere) == ()
    assert law_in(View(plan(quiet(), book(), model(task("kickoff"))), ENGLISH)) is None


@pytest.mark.parametrize("laws", [(), (law("NO", status="not_verified"),)])
def test_of_a_country_that_nis2_does_not_bind_nothing_of_the_directive_is_shown(
    laws: tuple[Regulation, ...], says: Says
) -> None:
    asked = found(*laws, country="NO", company__sector="energy")
    says(told(applies_sentence(asked)))
    says(told(law_sentence(asked)))
    assert (told(due_table(asked)).rows, told(duty_table(asked)).rows, told(law_notes(asked))) == ((), (), ())


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("in_force", "Austria: Act, in force from 7 November 2026 on."),
        ("other_law", "Austria: no NIS2. Act, in force from 7 November 2026 on."),
    ],
)
def test_a_law_that_is_not_yet_in_force_will_be(status: str, sentence: str) -> None:
    to_come = law("AT", status=status, in_force=date(2026, 11, 7))
    assert plain(told(law_sentence(found(to_come, country="AT")))) == sentence


def test_an_old_source_gets_a_badge(says: Says) -> None:
    says([told(badge.text) for badge in law_badges(found(law(read_on=date(2024, 11, 5))))])
    assert law_badges(found(law(read_on=date(2024, 11, 6)))) == ()


def test_a_law_in_force_and_another_law_say_since_when(says: Says) -> None:
    day = date(2025, 12, 6)
    says(plain(told(law_sentence(found(law(law="BSIG", in_force=day))))))
    swiss = law("CH", law="ISG", status="other_law", in_force=day, ceiling_essential=100_000, currency="CHF")
    asked = found(swiss, country="CH")
    says(plain(told(law_sentence(asked))))
    assert dues(asked)["Fine at most"] == ("CHF 100,000", "")
    assert told(duty_table(asked)).rows == ()


BY_SIZE = "Probably not directly (Energy, 49.5 full-time equivalents), but customers may ask for the same measures."


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ({}, "Name the sector to see whether the law probably applies."),
        ({"sector": "energy"}, "Probably an important entity: Energy, 120 full-time equivalents."),
        ({"sector": "energy", "employees": 300}, "Probably an essential entity: Energy, 300 full-time equivalents."),
        (
            {"sector": "other"},
            "Probably not directly (Another sector, 120 full-time equivalents), but customers may ask",
        ),
        (
            {"sector": "digital_infrastructure", "employees": 20},
            "Probably not by its size (20 full-time equivalents), but some kinds of Digital infrastructure fall under",
        ),
        (
            {"sector": "energy", "full_time_equivalents": 49.5},
            f"{BY_SIZE} It may apply all the same if turnover is above EUR 10 million and",
        ),
        (
            {"sector": "energy", "full_time_equivalents": 49.5, "turnover_millions": 9, "balance_millions": 20},
            f"{BY_SIZE} This is a first test",
        ),
        (
            {"sector": "energy", "full_time_equivalents": 49.5, "turnover_millions": 9},
            f"{BY_SIZE} This is a first test",
        ),
        (
            {"sector": "energy", "full_time_equivalents": 49.5, "balance_millions": 20},
            f"{BY_SIZE} It may apply all the same",
        ),
        (
            {"sector": "energy", "employees": 300, "full_time_equivalents": 200},
            "Probably an important entity: Energy, 200 full-time equivalents.",
        ),
    ],
)
def test_the_test_of_applicability_is_never_sure(company: dict[str, Any], expected: str) -> None:
    said = told(applies_sentence(found(law(), **{f"company__{name}": value for name, value in company.items()})))
    assert said.startswith(expected)
    assert "you are" not in said.lower()
    assert ("no legal advice: have a lawyer check it." in said) is bool(company)


def test_a_part_of_a_sector_that_a_definition_leaves_out_says_why() -> None:
    row = {"sector": "health", "subsector": "care", "name": "Care", "why": "Art. 1", "source": "a", "confidence": "own"}
    rules = Rules((EU, law()), subsectors=(ExcludedSubsector.model_validate(row),))
    said = {}
    for subsector in ("care", None):
        given = quiet(timeline__region="DE", company__sector="health", company__subsector=subsector)
        asked = law_in(View(plan(given, book(), model(task("kickoff"), rules=rules)), ENGLISH))
        assert asked is not None
        said[subsector] = told(applies_sentence(asked))
    assert said["care"].startswith("Probably not, because ")
    assert "Care (Art. 1)" in said["care"]
    assert said[None].startswith("Probably an important entity: Health")


def test_each_duty_says_what_the_plan_does_for_it(says: Says) -> None:
    rows = told(duty_table(found(law(duties=("approve", "supervise", "train"))))).rows
    says([row[2] for row in rows])
    training = {"step": "0", "name": "Training", "effort_days": 1}
    asked = found(law(duties=("train",)), tasks__own={TRAINING: training})
    row = told(duty_table(asked)).rows[-1]
    finish = next(each.finish for each in asked.view.plan.tasks if each.task.id == TRAINING)
    assert row == ("Attend training", "An own task trains them", ENGLISH.day(finish), "")


def test_the_duties_are_those_of_the_country_and_those_that_the_directive_adds() -> None:
    asked = found(law(duties=("implement", "supervise", "train")))
    rows = [(duty, when, source) for duty, _, when, source in told(duty_table(asked)).rows]
    assert rows[:2] == [
        ("Approve the measures", "not approved yet", "under the directive"),
        ("Put the measures into effect", "task by task", ""),
    ]


def test_an_own_task_that_has_no_day_yet_still_trains_the_directors(says: Says) -> None:
    training = {"step": "0", "name": "Training", "effort_days": 1}
    view = papers.any_handout(builders.scenario(**papers.SITUATIONS["never ends"], tasks__own={TRAINING: training}))
    law = law_in(view)
    assert law is not None
    says(told(duty_table(law)).rows[-1][1:3])


def test_the_day_of_the_decision_is_that_of_the_approved_plan() -> None:
    now = quiet()
    approved = {"on": "2026-12-01", "today": "2026-11-06", "finish": "2027-10-01"}
    kept = packed(now.model_dump(mode="json"))
    asked = found(law(duties=("approve",)), changes={"status.approved": {**approved, "plan": kept}})
    assert plain(told(duty_table(asked)).rows[0][2]) == "1 December 2026"


def test_the_list_of_countries_has_the_plans_own_though_it_has_no_row() -> None:
    assert list(countries_known(context(AUSTRIA, law("BE")))) == ["AT", "BE", "DE"]
    assert list(countries_known(context(AUSTRIA, changes={"timeline.region": None}))) == ["AT"]
