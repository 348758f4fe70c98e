"""How large a company's work and network are: what effort grows with, and the hardware of its sites (M5, M6, M14).

Laws: no more is replaced than there is; where all hardware stays, nothing is replaced; the numbers are rounded
half up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from zt_planner.domain.data.parameters import Parameters
from zt_planner.domain.data.phase_model import Driver, Task
from zt_planner.domain.scenario.counts import Counts, counts_of, size_factor
from zt_planner.domain.scenario.scenario import Scenario

ENDPOINTS_PER_SERVER = 2
"""What an MDR counts a server as (M13)."""


class Hardware(NamedTuple):
    """Network hardware of all sites, in pieces."""

    firewalls: int
    switches: int
    access_points: int


@dataclass(frozen=True, slots=True)
class CompanySize:
    """What effort and quantities grow with.

    `needed` is the hardware of all sites, `replaced` the part of it that is bought anew, `drivers` are the
    numbers that effort grows with (M5).
    """

    counts: Counts
    endpoints: int
    pilot_people: int
    needed: Hardware
    replaced: Hardware
    parameters: Parameters
    drivers: Mapping[Driver, int]

    @property
    def factor(self) -> Decimal:
        """What fixed efforts are multiplied by (M6)."""
        return size_factor(self.counts.employees, self.parameters)

    def effort_days(self, task: Task) -> Fraction:
        """Return a task's person-days: its base, and what grows with its drivers (M6)."""
        if task.has_own_effort:
            return Fraction(task.base_days)
        growing = zip(task.drivers, task.days_per_unit, strict=True)
        fixed = Fraction(self.factor * task.base_days)
        return sum((Fraction(days) * self.drivers[driver] for driver, days in growing), fixed)


def company_size(scenario: Scenario, parameters: Parameters) -> CompanySize:
    counts = counts_of(scenario.company, parameters)
    needed, share = hardware_of(counts, parameters), 1 - Fraction(scenario.choices.hardware_reuse)
    replaced = Hardware(*(floor(number * share + Fraction(1, 2)) for number in needed))
    return CompanySize(
        counts=counts,
        endpoints=counts.devices + counts.servers * ENDPOINTS_PER_SERVER,
        pilot_people=ceil(counts.employees * parameters.exact["pilot_share"]),
        needed=needed,
        replaced=replaced,
        parameters=parameters,
        drivers={
            Driver.EMPLOYEES: counts.employees,
            Driver.DEVICES: counts.devices,
            Driver.SERVERS: counts.servers,
            Driver.ADMINS: counts.admins,
            Driver.SITES: counts.sites,
            Driver.APPS: counts.apps,
            Driver.MACHINES: counts.machines,
            Driver.SITES_TO_REPLACE: max(1, replaced.firewalls) if any(replaced) else 0,
        },
    )


def hardware_of(counts: Counts, parameters: Parameters) -> Hardware:
    """Return the hardware that all sites need, spare ports included (M14)."""
    sites, exact = counts.sites, parameters.exact
    return Hardware(
        firewalls=sites,
        switches=sites
        * ceil(exact["port_reserve"] * (counts.devices + counts.machines) / sites / exact["switch_ports"]),
        access_points=sites * ceil(counts.employees / exact["people_per_access_point"] / sites),
    )
