"""What is bought apart from the mix's licences, how much of it, and with which task it begins (M11, M13 to M15).

Decides quantities; `charges` says what they come to in each month. Laws: a
purchase depends on the company and its choices alone, on no date; of what has
no quantity, at most a least amount is paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import NamedTask
from zt_planner.domain.plan import CostCategory
from zt_planner.domain.scenario.scenario import RemoteAccess
from zt_planner.engine.scheduling.effort import sites_to_replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.scenario.scenario import Choices, Company, Scenario

KEYS_PER_ADMIN = 2
PORT_RESERVE = Fraction(13, 10)
PORTS_PER_SWITCH = 24

SIEM_COMPANY, SIEM_USER, MDR = "cloud-siem", "cloud-siem-user", "mdr-endpoint"
SERVER_PROTECTION, ZTNA_USER = "defender-business-servers", "ztna-user"
FIREWALL, SWITCH, FIREWALL_SUBSCRIPTION = "site-firewall", "managed-switch-24", "firewall-subscription"
SECURITY_KEY, TRAINING = "fido2-key", "awareness-user"


class Recurrence(Enum):
    """How often something is bought: once, once and again every year, or month by month."""

    ONCE = auto()
    EVERY_YEAR = auto()
    EVERY_MONTH = auto()


@dataclass(frozen=True, slots=True)
class Purchase:
    """So many units that are bought from the month on in which a task starts.

    `has_minimum` says that the row's least amount a month holds, `or_per_unit` what
    is bought instead in each month in which it costs more, `is_kept` that it is
    paid for already. What is given back has a quantity below 0.
    """

    price_id: str
    category: CostCategory
    quantity: int
    task_id: str
    recurrence: Recurrence
    has_minimum: bool = False
    or_per_unit: Purchase | None = None
    is_kept: bool = False


def switches_in_all(scenario: Scenario) -> int:
    """Return the switches that all sites need, spare ports included (M14)."""
    company = scenario.company
    ports = Fraction(company.device_count, company.sites) * PORT_RESERVE
    return company.sites * ceil(ports / PORTS_PER_SWITCH)


def licences_beside_the_mix(company: Company, choices: Choices) -> Iterator[Purchase]:
    """Yield server protection and Zero Trust network access (M11, M13)."""
    licence, monthly = CostCategory.LICENCE, Recurrence.EVERY_MONTH
    yield Purchase(SERVER_PROTECTION, licence, company.server_count, NamedTask.EDR_ONBOARDING, monthly)
    if choices.remote_access is RemoteAccess.ZTNA:
        yield Purchase(ZTNA_USER, licence, company.remote_count, NamedTask.ZTNA, monthly)


def monitoring(company: Company, choices: Choices) -> Iterator[Purchase]:
    """Yield SIEM and MDR from the month in which the sources are connected (M13)."""
    category, start, monthly = CostCategory.MONITORING, NamedTask.MONITORING_ONBOARDING, Recurrence.EVERY_MONTH
    if choices.monitoring.has_siem:
        per_user = Purchase(SIEM_USER, category, company.employees, start, monthly)
        yield Purchase(SIEM_COMPANY, category, 1, start, monthly, or_per_unit=per_user)
    if choices.monitoring.has_mdr:
        endpoints = company.device_count + company.server_count
        yield Purchase(MDR, category, endpoints, start, monthly, has_minimum=True)


def hardware(scenario: Scenario) -> Iterator[Purchase]:
    """Yield firewalls, switches and the firewalls' subscriptions (M14)."""
    category, start = CostCategory.HARDWARE, NamedTask.HARDWARE_INSTALL
    firewalls = sites_to_replace(scenario)
    switches = ceil(switches_in_all(scenario) * (1 - Fraction(scenario.choices.hardware_reuse)))
    yield Purchase(FIREWALL, category, firewalls, start, Recurrence.ONCE)
    yield Purchase(SWITCH, category, switches, start, Recurrence.ONCE)
    yield Purchase(FIREWALL_SUBSCRIPTION, category, firewalls, start, Recurrence.EVERY_MONTH)


def keys_and_training(company: Company) -> Iterator[Purchase]:
    """Yield security keys for administrators, and awareness training for all, again every year (M15)."""
    keys, everyone = KEYS_PER_ADMIN * company.admin_count, company.employees
    yield Purchase(SECURITY_KEY, CostCategory.HARDWARE, keys, NamedTask.ADMIN_MFA, Recurrence.ONCE)
    yield Purchase(TRAINING, CostCategory.TRAINING, everyone, NamedTask.MFA_ROLLOUT, Recurrence.EVERY_YEAR)


def purchases_of(scenario: Scenario) -> Iterator[Purchase]:
    """Yield everything that is bought but the mix's licences, whether its task is part of the plan or not."""
    company, choices = scenario.company, scenario.choices
    yield from licences_beside_the_mix(company, choices)
    yield from monitoring(company, choices)
    yield from hardware(scenario)
    yield from keys_and_training(company)
