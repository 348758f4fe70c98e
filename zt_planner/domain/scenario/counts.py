"""The company in numbers: each one set, or following how many people there are (M5, M6).

Law: a number that is set stays as it is, whatever the parameters say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.values import MOST_DAYS_A_WEEK

if TYPE_CHECKING:
    from zt_planner.domain.data.parameters import Parameters
    from zt_planner.domain.scenario.scenario import Company, Scenario

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
    machines: int


def counts_of(company: Company, parameters: Parameters) -> Counts:
    """Return a company's numbers; what is not set follows its people."""
    people, exact = company.employees, parameters.exact
    admins = max(FEWEST_ADMINS, ceil(exact["admins_base"] + people / exact["employees_per_admin"]))
    following = {
        "devices": ceil(
            (people - company.frontline) * exact["devices_per_employee"]
            + company.frontline * exact["devices_per_frontline"]
        ),
        "servers": max(FEWEST_SERVERS, ceil(people / exact["employees_per_server"])),
        "admins": min(people - company.frontline, admins),
        "sites": max(1, ceil(people / exact["employees_per_site"])),
        "apps": ceil(exact["apps_base"] + people / exact["employees_per_app"]),
        "remote_users": ceil(people * exact["remote_share"]),
    }
    given = {name: getattr(company, name) for name in following}
    values = {name: following[name] if value is None else value for name, value in given.items()}
    return Counts(employees=company.employees, machines=company.machines, **values)


FEWEST_MOST_DAYS = 10
"""The most days a week that a deadline may ask a team for are never fewer, unless they are set (M10)."""


def most_days_a_week(scenario: Scenario, parameters: Parameters) -> tuple[Decimal, Decimal]:
    """Return the most days a week that a deadline may ask of your team and of the consultant's (M10)."""
    following = min(
        MOST_DAYS_A_WEEK,
        Decimal(max(FEWEST_MOST_DAYS, ceil(scenario.company.employees / parameters.most_days_employees))),
    )
    timeline = scenario.timeline
    given = timeline.max_internal_days_per_week, timeline.max_external_days_per_week
    internal, external = (following if most is None else most for most in given)
    return internal, external


def size_factor(employees: int, parameters: Parameters) -> Decimal:
    """Return what fixed efforts are multiplied by for a company of so many people, two decimals (M6)."""
    grown = _grown(employees, parameters.size_reference, parameters.size_exponent)
    return max(parameters.size_least, min(parameters.size_most, grown))


@lru_cache(maxsize=4096)
def _grown(employees: int, reference: Decimal, exponent: Decimal) -> Decimal:
    """Return the factor before its bounds; remembered, as a power takes longer than all else here."""
    return ((Decimal(employees) / reference) ** exponent).quantize(CENT, rounding=ROUND_HALF_UP)
