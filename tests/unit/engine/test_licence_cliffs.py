"""The yearly cost of licences for every number of people, and where it jumps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.builders import SIGN_IN, SUITE, book, case, model, price, prices_for, scenario, task
from tests.licences import ENTERPRISE, PIM, PREMIUM, WORK
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.licence_cliffs import Cliff, Curve, curve_of, fewest_people
from zt_planner.engine.licensing.licences import license_company

MARCH = Month(2027, 3)


def curve(given: Scenario, *prices: Price, most: int = 340, work: PhaseModel = WORK) -> Curve:
    """Return the curve of a company that needs MFA for all and PIM for administrators."""
    return curve_of(case(given, book(*prices), work), MARCH, most)


def yearly_cost(given: Scenario, prices: PriceBook, work: PhaseModel, people: int) -> Decimal | None:
    """Return what the mix itself costs for so many people."""
    grown = given.changed("company.employees", people)
    mix = license_company(grown, work.tasks, prices_for(grown, prices), MARCH).mix
    return None if mix is None else mix.monthly_cost * 12


def steps(drawn: Curve) -> list[tuple[int, Cliff, str, int | None]]:
    """Return where the curve jumps and why."""
    return [(jump.people, jump.cliff, jump.name, jump.cap) for jump in drawn.jumps]


@pytest.mark.parametrize("provider", ["entra", "google", "okta"])
@pytest.mark.parametrize(
    "company",
    [
        {},
        {"frontline": 100, "admins": 7},
        {"owned_licences": [{"licence": "m365-business-standard"}]},
        {"owned_licences": [{"licence": "google-business-plus"}], "frontline": 20},
    ],
    ids=["nothing owned", "fixed numbers", "standard owned", "workspace owned"],
)
@pytest.mark.extended
def test_each_point_is_the_cost_of_the_mix(
    provider: str, company: dict[str, object], price_book: PriceBook, phase_model: PhaseModel
) -> None:
    fields = {f"company__{name}": value for name, value in company.items()}
    given = scenario(choices__identity_provider=provider, company__employees=200, **fields)
    result = curve_of(case(given, price_book, phase_model), MARCH)
    sample = [result.first, result.first + 1, 120, 299, 300, 301, 302, 319, 320, 321, 347, 500, 600, 601, 777, 1000]
    assert [result.cost_at(people) for people in sample] == [
        yearly_cost(given, price_book, phase_model, people) for people in sample
    ]


def test_outside_the_curve_there_is_no_cost() -> None:
    result = curve(scenario(), PREMIUM, ENTERPRISE, PIM)
    assert (result.first, len(result.costs)) == (1, 340)
    assert result.cost_at(0) is None
    assert result.cost_at(341) is None


def test_the_curve_does_not_depend_on_the_number_of_people() -> None:
    suite = (PREMIUM, ENTERPRISE, PIM)
    assert curve(scenario(company__employees=50), *suite) == curve(scenario(company__employees=900), *suite)


def test_a_full_family_is_a_cliff_and_says_what_a_person_more_costs() -> None:
    (jump,) = curve(scenario(), PREMIUM, ENTERPRISE, PIM).jumps
    assert (jump.people, jump.cliff, jump.name, jump.cap) == (301, Cliff.SEAT_CAP, "business", 300)
    assert (jump.before, jump.after) == (Decimal(240), Decimal(480))


def test_a_cap_beside_which_something_as_cheap_stands_is_no_cliff() -> None:
    twin = price("twin", 20, grants=(*SUITE, *SIGN_IN))
    assert steps(curve(scenario(), PREMIUM, twin, PIM)) == []


def test_where_no_mix_is_allowed_any_more_the_curve_ends() -> None:
    result = curve(scenario(), PREMIUM, PIM)
    assert (result.cost_at(300) is None, result.cost_at(301) is None) == (False, True)
    assert steps(result) == [(301, Cliff.SEAT_CAP, "business", 300), (301, Cliff.NO_MIX, "", None)]
    assert [jump.after for jump in result.jumps] == [None, None]


def test_a_book_without_what_is_needed_has_no_cost_anywhere() -> None:
    result = curve(scenario(), PREMIUM)
    assert (set(result.costs), result.jumps) == ({None}, ())


def test_the_seats_of_the_owned_licence_end_somewhere() -> None:
    owned = price("owned", 12, grants=SUITE, seat_family="own", seat_cap=100)
    result = curve(scenario(company__owned_licences=[{"licence": "owned"}]), PREMIUM, ENTERPRISE, PIM, owned, most=120)
    assert steps(result) == [(101, Cliff.OWNED_CAP, "owned", 100)]
    assert [(jump.before, jump.after) for jump in result.jumps] == [(Decimal(96), Decimal(240))]


def test_with_okta_the_suite_can_change() -> None:
    suite = (
        price("cheap", 10, grants=SUITE, seat_family="business", seat_cap=10),
        price("dear", 30, grants=SUITE),
        price("workspace", 12, vendor="Google", grants=SUITE),
        price("okta", 6, vendor="Okta", grants=(*SIGN_IN, "pim")),
    )
    result = curve(scenario(choices__identity_provider="okta"), *suite, most=30)
    assert steps(result) == [(11, Cliff.SEAT_CAP, "business", 10), (12, Cliff.SUITE, "Google", None)]
    assert result.cost_at(11) == Decimal((10 * 10 + 30 + 11 * 6) * 12)


def test_the_suite_changes_where_another_vendor_becomes_cheaper_without_a_cap() -> None:
    # Microsoft's frontline plan is cheap, its suite is not: with more office people, Google's suite for all is cheaper.
    suite = (
        price("suite", 20, grants=SUITE),
        price("frontline", 2, grants=("mail",), audience="frontline"),
        price("workspace", 15, vendor="Google", grants=SUITE),
        price("okta", 6, vendor="Okta", grants=(*SIGN_IN, "pim")),
    )
    result = curve(scenario(choices__identity_provider="okta", company__frontline=10), *suite, most=60)
    assert steps(result) == [(37, Cliff.SUITE, "Google", None)]


@pytest.mark.extended
def test_what_does_not_come_out_even_is_solved() -> None:
    pair = [price(name, 5, grants=what, seat_family="odd", seat_cap=3) for name, what in (("a", SUITE), ("b", SIGN_IN))]
    work = model(task("pilot", needs=("mfa",)))
    given, suite = scenario(), (*pair, price("all", 30, grants=(*SUITE, *SIGN_IN)))
    result = curve(given, *suite, most=5, work=work)
    assert result.costs == tuple(yearly_cost(given, book(*suite), work, people) for people in range(1, 6))


def test_seats_that_do_not_come_out_even_can_leave_no_mix() -> None:
    # Two people cannot both have the first pair, and nobody the second one: it has one seat for two products.
    suite = [
        price("a", 5, grants=SUITE, seat_family="odd", seat_cap=3),
        price("b", 5, grants=SIGN_IN, requires=("a",), seat_family="odd", seat_cap=3),
        price("c", 6, grants=SUITE, seat_family="few", seat_cap=1),
        price("d", 6, grants=SIGN_IN, requires=("c",), seat_family="few", seat_cap=1),
    ]
    result = curve(scenario(), *suite, most=2, work=model(task("pilot", needs=("mfa",))))
    assert result.costs == (Decimal(120), None)


@pytest.mark.parametrize(
    ("fields", "fewest"),
    [
        ({}, 1),
        ({"company__frontline": 20}, 21),
        ({"company__frontline": 20, "company__admins": 5}, 25),
        ({"company__remote_users": 60}, 60),
    ],
)
def test_fixed_numbers_bound_the_range(fields: dict[str, int], fewest: int) -> None:
    given = scenario(**fields)
    assert fewest_people(given.company) == fewest
    assert curve(given, PREMIUM, ENTERPRISE, PIM).first == fewest


def test_needs_that_come_with_a_number_of_the_company_are_kept() -> None:
    work = model(
        task("pilot", needs=("mfa",)),
        task("devices", days=0, needs=("edr",), drivers=("devices",), days_per_unit=(Decimal("0.1"),)),
    )
    suite = (PREMIUM, price("edr", 3, grants=("edr",)))
    assert curve(scenario(company__devices=0), *suite, work=work).cost_at(10) == Decimal(10 * 20 * 12)
    assert curve(scenario(), *suite, work=work).cost_at(10) == Decimal(10 * 23 * 12)
