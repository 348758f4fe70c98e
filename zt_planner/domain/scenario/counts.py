"""The company in numbers: each one set, or following how many people there are (M5, M6).

Law: a number that is set stays as it is, whatever the parameters say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_planner.domain.data.parameters import Parameters
    from zt_planner.domain.scenario.scenario import Company

FOLLOWING = ("devices", "servers", "admins", "sites", "apps", "remote_users")
"""Fields of the company that follow the number of people where they are not set."""
FEWEST_SERVERS = FEWEST_ADMINS = 2
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of everything that effort and prices grow with."""

    employees: int
    devices: int
    servers: int
    admins: int
    sites: int
    apps: int
    remote_users: int


def counts_of(company: Company, parameters: Parameters) -> Counts:
    """Return a company's numbers; what is not set follows its people."""
    people = Fraction(company.employees)

    def per(one_in: Decimal) -> Fraction:
        return people / Fraction(one_in)

    most_admins = company.employees - company.frontline
    admins = max(FEWEST_ADMINS, ceil(Fraction(parameters.admins_base) + per(parameters.employees_per_admin)))
    following = {
        "devices": ceil(people * Fraction(parameters.devices_per_employee)),
        "servers": max(FEWEST_SERVERS, ceil(per(parameters.employees_per_server))),
        "admins": min(most_admins, admins),
        "sites": max(1, ceil(per(parameters.employees_per_site))),
        "apps": ceil(Fraction(parameters.apps_base) + per(parameters.employees_per_app)),
        "remote_users": ceil(people * Fraction(parameters.remote_share)),
    }
    given = {name: getattr(company, name) for name in following}
    values = {name: following[name] if value is None else value for name, value in given.items()}
    return Counts(employees=company.employees, **values)


def size_factor(employees: int, parameters: Parameters) -> Decimal:
    """Return what fixed efforts are multiplied by for a company of so many people, two decimals (M6)."""
    grown = (Decimal(employees) / parameters.size_reference) ** parameters.size_exponent
    factor = grown.quantize(CENT, rounding=ROUND_HALF_UP)
    return max(parameters.size_least, min(parameters.size_most, factor))
