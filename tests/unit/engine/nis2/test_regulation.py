"""Whether a law probably applies to a company, and when it registers (M29)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import book, case, directive, law, model, plan, quiet, scenario, task
from zt_planner.domain.data.rules import ANNEX_I, ANNEX_II, ExcludedSubsector, Rules, Sector
from zt_planner.domain.finding import Code, Severity
from zt_planner.engine.findings.checks import registration_findings
from zt_planner.engine.nis2.regulation import Applicability, Registration, applicability, register_by, registration

TODAY = date(2026, 11, 27)
RULES = Rules((directive(), law("DE")))


def judged(country: str = "DE", rules: Rules = RULES, **company: Any) -> Applicability:  # noqa: ANN401 - any field
    """Return how the law of a country probably concerns a company."""
    fields = {f"company__{name}": value for name, value in company.items()}
    return applicability(scenario(**fields).company, country, rules)


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ({"employees": 250, "sector": "energy"}, Applicability.ESSENTIAL),
        ({"employees": 249, "sector": "energy"}, Applicability.IMPORTANT),
        ({"employees": 250, "sector": "food"}, Applicability.IMPORTANT),
        ({"employees": 50, "sector": "food"}, Applicability.IMPORTANT),
        ({"employees": 49, "sector": "food"}, Applicability.NOT_DIRECTLY),
        ({"employees": 5000, "sector": "other"}, Applicability.NOT_DIRECTLY),
        ({"employees": 49, "sector": "digital_infrastructure"}, Applicability.SOME_KINDS),
        ({"employees": 5000}, Applicability.UNKNOWN),
    ],
)
def test_sector_and_people_decide(company: dict[str, Any], expected: Applicability) -> None:
    assert judged(**company) is expected


@pytest.mark.parametrize(
    ("turnover", "balance", "expected"),
    [
        (11, 11, Applicability.IMPORTANT),
        (11, 10, Applicability.NOT_DIRECTLY),  # both must be more
        (10, 11, Applicability.NOT_DIRECTLY),
        (999, None, Applicability.NOT_DIRECTLY),
        (51, 44, Applicability.ESSENTIAL),
        (51, 43, Applicability.IMPORTANT),
    ],
)
def test_money_counts_only_where_turnover_and_balance_are_both_above(
    turnover: int, balance: int | None, expected: Applicability
) -> None:
    given = judged(employees=20, sector="energy", turnover_millions=turnover, balance_millions=balance)
    assert given is expected


def test_a_sub_sector_that_the_definition_leaves_out_is_excluded_whatever_its_size() -> None:
    row = ExcludedSubsector(
        sector=Sector.HEALTH, subsector="long_term_care", name="Care", why="Art. 3", source="own", confidence="assumed"
    )
    rules = Rules(RULES.laws, subsectors=(row,))
    assert judged(rules=rules, employees=500, sector="health", subsector="long_term_care") is Applicability.EXCLUDED
    assert judged(rules=rules, employees=500, sector="health") is Applicability.ESSENTIAL


def test_a_country_without_a_row_is_judged_by_the_directive_and_no_directive_by_nothing() -> None:
    assert judged("FR", employees=60, sector="waste") is Applicability.IMPORTANT
    assert judged("FR", Rules(), employees=60, sector="waste") is Applicability.UNKNOWN
    only_large = Rules((directive(size_important=None),))
    assert judged("FR", only_large, employees=60, sector="waste") is Applicability.NOT_DIRECTLY


def test_the_limits_of_the_law_go_before_those_of_the_directive() -> None:
    strict = Rules((directive(), law("DE", size_important=(10, 1, 1), size_essential=(20, 5, 5))))
    assert judged(rules=strict, employees=20, sector="energy") is Applicability.ESSENTIAL
    assert judged("AT", strict, employees=20, sector="energy") is Applicability.NOT_DIRECTLY


def test_where_there_is_no_such_law_no_size_makes_it_apply() -> None:
    swiss = Rules((directive(), law("CH", status="other_law")))
    assert judged("CH", swiss, employees=5000, sector="energy") is Applicability.NO_SUCH_LAW
    assert judged("US", employees=5000, sector="energy") is Applicability.NO_SUCH_LAW
    unread = Rules((directive(), law("NO", status="not_verified"), law("FR", status="not_verified")))
    assert judged("NO", unread, employees=5000, sector="energy") is Applicability.NO_SUCH_LAW
    assert judged("FR", unread, employees=5000, sector="energy") is Applicability.ESSENTIAL
    assert judged("", employees=5000, sector="energy") is Applicability.ESSENTIAL


def test_every_sector_is_in_one_annex_or_in_none() -> None:
    assert ANNEX_I | ANNEX_II | {Sector.OTHER} == frozenset(Sector)
    assert (len(ANNEX_I), len(ANNEX_II)) == (11, 7)


@pytest.mark.parametrize(
    ("since", "by"),
    [
        (None, date(2027, 1, 1)),
        (date(2020, 1, 1), date(2027, 1, 1)),  # before the law there was nothing to register for
        (date(2027, 3, 15), date(2027, 6, 15)),
    ],
)
def test_a_company_registers_so_many_months_after_it_falls_under_the_law(since: date | None, by: date) -> None:
    austria = law("AT", in_force=date(2026, 10, 1), register_months=3)
    assert registration(austria, since, TODAY) == Registration(by)


@pytest.mark.parametrize(
    ("window", "today", "expected"),
    [
        (("01-01", "02-28"), TODAY, Registration(date(2027, 2, 28), date(2027, 1, 1))),
        (("01-01", "02-28"), date(2027, 2, 1), Registration(date(2027, 2, 28), date(2027, 1, 1))),
        (("01-01", "02-28"), date(2027, 3, 1), Registration(date(2028, 2, 28), date(2028, 1, 1))),
        (("12-01", "01-31"), date(2027, 1, 15), Registration(date(2027, 1, 31), date(2026, 12, 1))),
    ],
)
def test_a_yearly_registration_is_the_next_one(window: tuple[str, str], today: date, expected: Registration) -> None:
    italy = law("IT", in_force=date(2024, 10, 16), register_window=window)
    assert registration(italy, None, today) == expected
    later = registration(italy, date(2030, 6, 1), today)
    assert later is not None
    assert later.by.year == 2031


def test_there_is_no_registration_where_the_law_names_none_or_is_not_in_force() -> None:
    assert registration(law("CH", in_force=date(2025, 4, 1)), None, TODAY) is None
    assert registration(law("FR", register_months=3), None, TODAY) is None


@pytest.mark.parametrize(("today", "is_stale"), [(date(2028, 11, 6), False), (date(2028, 11, 7), True)])
def test_a_source_is_stale_after_two_years(today: date, is_stale: bool) -> None:  # noqa: FBT001 - what is expected
    assert law(read_on=date(2026, 11, 6)).is_stale(today) is is_stale


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"company__sector": "energy"}, date(2027, 1, 1)),
        ({"company__sector": "energy", "company__under_law_since": "2026-11-01"}, date(2027, 2, 1)),
        ({"company__sector": "digital_infrastructure", "company__employees": 20}, None),  # nobody knows of which kind
        ({"company__sector": "other"}, None),
        ({}, None),
        ({"company__sector": "energy", "timeline__region": "FR"}, None),
        ({"company__sector": "energy", "timeline__region": "DK"}, None),
        ({"company__sector": "energy", "timeline__region": None}, None),
    ],
)
def test_a_plan_has_a_day_of_registration_only_where_the_law_of_its_region_probably_applies(
    fields: dict[str, Any], expected: date | None
) -> None:
    austria = law("AT", in_force=date(2026, 10, 1), register_months=3)
    rules = Rules((directive(), austria, law("FR", status="not_verified")))
    given = quiet(**{"timeline__region": "AT-9", **fields})
    phase_model = model(task("a"), rules=rules)
    assert register_by(case(given, book(), phase_model)) == expected
    assert plan(given, book(), phase_model).register_by == expected


def test_a_registration_whose_day_is_over_is_a_finding() -> None:
    day = date(2026, 3, 6)
    (finding,) = registration_findings(day, date(2026, 3, 7))
    assert (finding.code, finding.severity) == (Code.NIS2_REGISTRATION_OVERDUE, Severity.WARNING)
    assert finding.facts == {"day": day}
    assert not list(registration_findings(day, day))
    assert not list(registration_findings(None, day))


def test_a_plan_that_is_late_to_register_has_the_finding() -> None:
    rules = Rules((directive(), law("DE", in_force=date(2025, 12, 6), register_months=3)))
    for sector, is_late in (("energy", True), ("other", False)):
        result = plan(quiet(timeline__region="DE", company__sector=sector), book(), model(task("a"), rules=rules))
        assert (Code.NIS2_REGISTRATION_OVERDUE in {finding.code for finding in result.findings}) is is_late
