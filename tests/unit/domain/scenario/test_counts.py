"""The company in numbers: set, or following its people; and the factor of fixed efforts (M5, M6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.builders import parameters, scenario
from zt_planner.domain.scenario.counts import FOLLOWING, Counts, counts_of, most_days_a_week, size_factor
from zt_planner.domain.scenario.scenario import Company


def counts(employees: int, **numbers: int) -> Counts:
    """Return the numbers of a company without machines."""
    return Counts(employees=employees, machines=0, **numbers)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # devices ceil(1.2 n), servers max(2, ceil(n / 20)), administrators max(2, ceil(2 + n / 30)) and no more than
        # there are office staff, sites max(1, ceil(n / 100)), applications ceil(4 + n / 30), remote ceil(n / 2)
        ({"employees": 1}, counts(1, devices=2, servers=2, admins=1, sites=1, apps=5, remote_users=1)),
        ({"employees": 41}, counts(41, devices=50, servers=3, admins=4, sites=1, apps=6, remote_users=21)),
        ({"employees": 60}, counts(60, devices=72, servers=3, admins=4, sites=1, apps=6, remote_users=30)),
        ({"employees": 100}, counts(100, devices=120, servers=5, admins=6, sites=1, apps=8, remote_users=50)),
        ({"employees": 101}, counts(101, devices=122, servers=6, admins=6, sites=2, apps=8, remote_users=51)),
        ({}, counts(120, devices=144, servers=6, admins=6, sites=2, apps=8, remote_users=60)),
        ({"employees": 350}, counts(350, devices=420, servers=18, admins=14, sites=4, apps=16, remote_users=175)),
        # Frontline people share devices: 1.2 x 70 + 0.3 x 50 = 99
        (
            {"employees": 120, "frontline": 50},
            counts(120, devices=99, servers=6, admins=6, sites=2, apps=8, remote_users=60),
        ),
        # One of ten is office staff: there cannot be three administrators. 1.2 x 1 + 0.3 x 9 = 3.9, rounded once
        (
            {"employees": 10, "frontline": 9},
            counts(10, devices=4, servers=2, admins=1, sites=1, apps=5, remote_users=5),
        ),
    ],
)
def test_what_is_not_set_follows_the_people(fields: dict[str, int], expected: Counts) -> None:
    given = scenario(**{f"company__{name}": value for name, value in fields.items()})
    assert counts_of(given.company, parameters()) == expected


def test_what_is_set_stays_whatever_the_parameters_say() -> None:
    company = Company(employees=10, devices=0, servers=0, admins=1, sites=3, apps=0, remote_users=0, machines=7)
    for numbers in (parameters(), parameters(devices_per_employee="9", employees_per_site="1")):
        assert counts_of(company, numbers) == Counts(10, 0, 0, 1, 3, 0, 0, 7)
    assert Company.model_fields.keys() >= set(FOLLOWING)
    assert set(FOLLOWING) | {"employees", "machines"} == set(Counts.__dataclass_fields__)


def test_each_parameter_moves_the_number_that_follows_it() -> None:
    changed = parameters(
        devices_per_employee="2",
        devices_per_frontline="1",
        employees_per_server="10",
        employees_per_site="60",
        apps_base="10",
        employees_per_app="12",
        admins_base="0",
        employees_per_admin="60",
        remote_share="0.25",
    )
    # 2 x 100 + 1 x 20 devices
    assert counts_of(Company(frontline=20), changed) == Counts(120, 220, 12, 2, 2, 20, 30, 0)


@pytest.mark.parametrize(
    ("employees", "factor"),
    [
        (1, "0.30"),  # (1 / 120)^0.4 = 0.147: no company needs less than three tenths
        (5, "0.30"),  # 0.0417^0.4 = 0.2804
        (6, "0.30"),  # 0.05^0.4 = 0.3017
        (7, "0.32"),  # 0.0583^0.4 = 0.3209
        (50, "0.70"),  # 0.4167^0.4 = 0.7046
        (120, "1.00"),
        (250, "1.34"),  # 2.0833^0.4 = 1.3412
        (500, "1.77"),  # 4.1667^0.4 = 1.7698
        (1870, "3.00"),  # 15.583^0.4 = 2.9997
        (5000, "3.00"),  # 41.667^0.4 = 4.445: no more than three times
    ],
)
def test_fixed_efforts_grow_with_the_company_between_their_bounds(employees: int, factor: str) -> None:
    assert size_factor(employees, parameters()) == Decimal(factor)


def test_a_factor_is_rounded_half_up_to_two_places() -> None:
    # 121 of 200 people to the power of 1: 0.605
    assert size_factor(121, parameters(size_reference="200", size_exponent="1")) == Decimal("0.61")


@pytest.mark.parametrize(
    ("fields", "most"),
    [
        # max(10, ceil(n / 40)), no more than 50 days a week
        ({}, (10, 10)),
        ({"company__employees": 400}, (10, 10)),
        ({"company__employees": 401}, (11, 11)),
        ({"company__employees": 5000}, (50, 50)),
        ({"company__employees": 5000, "timeline__max_external_days_per_week": 2.5}, (50, Decimal("2.5"))),
    ],
)
def test_the_most_that_a_deadline_may_ask_of_a_team_grows_with_the_people(
    fields: dict[str, Any], most: tuple[Decimal, Decimal]
) -> None:
    assert most_days_a_week(scenario(**fields), parameters()) == most
