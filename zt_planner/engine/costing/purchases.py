"""What is bought apart from the mix's licences, how much of it, and with which task it begins (M11, M13 to M15).

Decides quantities; `cost_lines` prices them month by month. Laws: a purchase depends on the company and its choices
alone, on no date; of what has no quantity, at most a least amount is paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import NamedTask
from zt_planner.domain.scenario.counts import Counts
from zt_planner.domain.scenario.scenario import Choices, Operator, RemoteAccess, Scenario
from zt_planner.engine.company_size import CompanySize

KEYS_PER_ADMIN = 2

SIEM_COMPANY, SIEM_USER, MDR = "cloud-siem", "cloud-siem-user", "mdr-endpoint"
SERVER_PROTECTION, ZTNA_USER = "defender-business-servers", "ztna-user"
FIREWALL, SWITCH, ACCESS_POINT = "site-firewall", "managed-switch-24", "access-point"
FIREWALL_SUBSCRIPTION, MANAGED_SERVICE = "firewall-subscription", "managed-service-user"
SECURITY_KEY, TRAINING = "fido2-key", "awareness-user"


class Recurrence(Enum):
    """How often something is bought: once, once and again every year, or month by month."""

    ONCE = auto()
    EVERY_YEAR = auto()
    EVERY_MONTH = auto()


@dataclass(frozen=True, slots=True)
class Purchase:
    """So many units that are bought from the month on in which a task starts.

    `has_minimum`: the row's least amount a month holds. `or_per_unit` is bought instead in each month in which it costs
    more. `is_kept`: it is paid for already. `is_after_finish`: it is bought from the month after the task's finish on,
    after the plan's where the task is not in it. What is given back has a quantity below 0.
    """

    price_id: str
    category: CostCategory
    quantity: int
    task_id: str
    recurrence: Recurrence
    has_minimum: bool = False
    or_per_unit: Purchase | None = None
    is_kept: bool = False
    is_after_finish: bool = False


def licences_beside_the_mix(counts: Counts, choices: Choices) -> Iterator[Purchase]:
    """Yield server protection and Zero Trust network access (M11, M13)."""
    licence, monthly = CostCategory.LICENCE, Recurrence.EVERY_MONTH
    yield Purchase(SERVER_PROTECTION, licence, counts.servers, NamedTask.EDR_ONBOARDING, monthly)
    if choices.remote_access is RemoteAccess.ZTNA:
        yield Purchase(ZTNA_USER, licence, counts.remote_users, NamedTask.ZTNA, monthly)


def monitoring(size: CompanySize, choices: Choices) -> Iterator[Purchase]:
    """Yield SIEM and MDR from the month in which the sources are connected (M13)."""
    category, start, monthly = CostCategory.MONITORING, NamedTask.MONITORING_ONBOARDING, Recurrence.EVERY_MONTH
    if choices.monitoring.has_siem:
        per_user = Purchase(SIEM_USER, category, size.counts.employees, start, monthly)
        yield Purchase(SIEM_COMPANY, category, 1, start, monthly, or_per_unit=per_user)
    if choices.monitoring.has_mdr:
        yield Purchase(MDR, category, size.endpoints, start, monthly, has_minimum=True)


def hardware(size: CompanySize) -> Iterator[Purchase]:
    """Yield firewalls, switches, access points and the firewalls' subscriptions (M14)."""
    category, start, new = CostCategory.HARDWARE, NamedTask.HARDWARE_INSTALL, size.replaced
    yield Purchase(FIREWALL, category, new.firewalls, start, Recurrence.ONCE)
    yield Purchase(SWITCH, category, new.switches, start, Recurrence.ONCE)
    yield Purchase(ACCESS_POINT, category, new.access_points, start, Recurrence.ONCE)
    yield Purchase(FIREWALL_SUBSCRIPTION, category, new.firewalls, start, Recurrence.EVERY_MONTH)


def keys_and_training(counts: Counts) -> Iterator[Purchase]:
    """Yield security keys for administrators, and awareness training for all, again every year (M15)."""
    keys, everyone = KEYS_PER_ADMIN * counts.admins, counts.employees
    yield Purchase(SECURITY_KEY, CostCategory.HARDWARE, keys, NamedTask.ADMIN_MFA, Recurrence.ONCE)
    yield Purchase(TRAINING, CostCategory.TRAINING, everyone, NamedTask.MFA_ROLLOUT, Recurrence.EVERY_YEAR)


def operation(counts: Counts, choices: Choices) -> Iterator[Purchase]:
    """Yield what a partner is paid who operates identities and devices once these are enrolled (M23)."""
    if choices.operation is Operator.PARTNER:
        category, monthly = CostCategory.OPERATION, Recurrence.EVERY_MONTH
        yield Purchase(
            MANAGED_SERVICE,
            category,
            counts.employees,
            NamedTask.ENROLMENT,
            monthly,
            has_minimum=True,
            is_after_finish=True,
        )


def purchases_of(scenario: Scenario, size: CompanySize) -> Iterator[Purchase]:
    """Yield everything that is bought but the mix's licences, whether its task is part of the plan or not."""
    choices = scenario.choices
    yield from licences_beside_the_mix(size.counts, choices)
    yield from monitoring(size, choices)
    yield from operation(size.counts, choices)
    yield from hardware(size)
    yield from keys_and_training(size.counts)
