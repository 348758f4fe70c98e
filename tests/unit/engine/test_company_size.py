"""What effort and quantities grow with: size, hardware that is replaced, endpoints (M5, M6, M13, M14)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import parameters, scenario, size, task
from zt_planner.domain.data.phase_model import AddedTask, Driver, TaskWithOwnEffort
from zt_planner.engine.company_size import Hardware, hardware_of

NUMBERS = {
    "company__devices": 100,
    "company__servers": 4,
    "company__admins": 5,
    "company__sites": 2,
    "company__apps": 8,
}


def test_effort_is_the_base_and_what_grows_with_each_driver() -> None:
    inventory = task("inventory", days=2, drivers=["employees", "sites"], days_per_unit=["0.02", "0.5"])
    # 2 + 0.02 x 120 + 0.5 x 2
    assert size(scenario()).effort_days(inventory) == Fraction("5.4")


@pytest.mark.parametrize(
    ("employees", "days"),
    [
        (50, "2.9"),  # 0.70 x 2 + 0.02 x 50 + 0.5 x 1
        (250, "9.18"),  # 1.34 x 2 + 0.02 x 250 + 0.5 x 3
        (500, "16.04"),  # 1.77 x 2 + 0.02 x 500 + 0.5 x 5
    ],
)
def test_only_the_fixed_part_of_an_effort_grows_with_the_company(employees: int, days: str) -> None:
    inventory = task("inventory", days=2, drivers=["employees", "sites"], days_per_unit=["0.02", "0.5"])
    assert size(scenario(company__employees=employees)).effort_days(inventory) == Fraction(days)


@pytest.mark.parametrize(
    ("employees", "factor"),
    [(1, "0.30"), (5, "0.30"), (6, "0.30"), (7, "0.32"), (120, "1.00"), (1870, "3.00"), (5000, "3.00")],
)
def test_the_size_is_rounded_and_has_a_least_and_a_most(employees: int, factor: str) -> None:
    # (6 / 120)^0.4 = 0.302, (7 / 120)^0.4 = 0.321, (1,870 / 120)^0.4 = 3.0003
    assert size(scenario(company__employees=employees)).factor == Decimal(factor)


@pytest.mark.parametrize("of_a_person", [TaskWithOwnEffort, AddedTask])
def test_an_effort_that_a_person_has_set_grows_with_nothing(of_a_person: type[TaskWithOwnEffort]) -> None:
    own = of_a_person.model_validate(task("a", days=9).model_dump())
    for fields in ({}, {"company__employees": 500}, {"company__employees": 50, "choices__monitoring": "mdr"}):
        assert size(scenario(**fields)).effort_days(own) == 9


def test_every_driver_has_its_number() -> None:
    assert size(scenario(choices__hardware_reuse=0.35)).drivers == {
        Driver.EMPLOYEES: 120,
        Driver.DEVICES: 144,
        Driver.SERVERS: 6,
        Driver.ADMINS: 6,
        Driver.SITES: 2,
        Driver.APPS: 8,
        Driver.MACHINES: 0,
        Driver.SITES_TO_REPLACE: 1,  # 2 x 0.65 = 1.3
    }


@pytest.mark.parametrize(
    ("fields", "needed"),
    [
        # 2 sites x ceil(144 / 2 x 1.3 / 24 = 3.9) switches, 2 x ceil(120 / 2 / 20 = 3) access points
        ({}, Hardware(2, 8, 6)),
        # 60 devices a site x 1.3 / 24 = 3.25
        ({"company__devices": 120}, Hardware(2, 8, 6)),
        # 240 / 1 x 1.3 / 24 is 13 exactly, and no float may make it 14
        ({"company__devices": 240, "company__sites": 1}, Hardware(1, 13, 6)),
        ({"company__devices": 0}, Hardware(2, 0, 6)),
        # (144 + 100) / 2 x 1.3 / 24 = 6.6: machines have ports too
        ({"company__machines": 100}, Hardware(2, 14, 6)),
        # 122 / 2 x 1.3 / 24 = 3.3; 101 / 2 / 20 = 2.5
        ({"company__employees": 101}, Hardware(2, 8, 6)),
        ({"company__employees": 121}, Hardware(2, 8, 8)),
    ],
)
def test_each_site_has_a_firewall_spare_ports_and_enough_access_points(
    fields: dict[str, int], needed: Hardware
) -> None:
    result = size(scenario(**fields))
    assert result.needed == needed == hardware_of(result.counts, parameters())


@pytest.mark.parametrize(
    ("reuse", "replaced", "sites"),
    [
        ("1", Hardware(0, 0, 0), 0),
        ("0.99", Hardware(0, 0, 0), 0),  # 0.02 of 2, 0.08 of 8, 0.06 of 6
        ("0.94", Hardware(0, 0, 0), 0),  # 0.48 switches
        ("0.93", Hardware(0, 1, 0), 1),  # 0.56 switches, no firewall: somebody still has to go there
        ("0.75", Hardware(1, 2, 2), 1),  # 0.5 and 1.5 are rounded up
        ("0.5", Hardware(1, 4, 3), 1),
        ("0.35", Hardware(1, 5, 4), 1),  # 1.3, 5.2 and 3.9
        ("0.25", Hardware(2, 6, 5), 2),  # 1.5 and 4.5 are rounded up
        ("0", Hardware(2, 8, 6), 2),
    ],
)
def test_what_is_replaced_is_rounded_half_up(reuse: str, replaced: Hardware, sites: int) -> None:
    result = size(scenario(choices__hardware_reuse=float(reuse)))
    assert (result.replaced, result.drivers[Driver.SITES_TO_REPLACE]) == (replaced, sites)


@pytest.mark.parametrize(
    ("sites", "reuse", "firewalls"), [(10, "0.7", 3), (100, "0.29", 71), (10, "0.05", 10), (10, "0.06", 9)]
)
def test_no_binary_error_replaces_a_firewall_more_or_less(sites: int, reuse: str, firewalls: int) -> None:
    result = size(scenario(company__sites=sites, choices__hardware_reuse=float(reuse)))
    assert result.replaced.firewalls == firewalls


def test_a_server_counts_as_two_endpoints() -> None:
    assert size(scenario(**NUMBERS)).endpoints == 100 + 2 * 4
