"""What is bought apart from the mix's licences, how much of it, and with which task it begins (M11, M13 to M15).

Decides quantities; `cost_lines` prices them month by month. Laws: a purchase depends on the company and its choices
alone, on no date; of what has no quantity, at most a least amount is paid.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from math import floor

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import NamedTask
from zt_planner.domain.scenario.counts import Counts
from zt_planner.domain.scenario.scenario import Choices, Operator, RemoteAccess, Running, Scenario
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.scheduling.effort import done_share

KEYS_PER_ADMIN, KEYS_PER_FRONTLINE = 2, 1
"""FIDO2 keys for each person (M15)."""

SIEM_COMPANY, SIEM_USER, MDR = "cloud-siem", "cloud-siem-user", "mdr-endpoint"
SERVER_PROTECTION, ZTNA_USER = "defender-business-servers", "ztna-user"
FIREWALL, SWITCH, ACCESS_POINT = "site-firewall", "managed-switch-24", "access-point"
FIREWALL_SUBSCRIPTION, MANAGED_SERVICE = "firewall-subscription", "managed-service-user"
SECURITY_KEY, TRAINING = "fido2-key", "awareness-user"


class Recurrence(Enum):
    """How often something is bought: once, every year from a year later on, or month by month."""

    ONCE = auto()
    YEARLY_AFTER = auto()
    EVERY_MONTH = auto()


@dataclass(frozen=True, slots=True)
class Purchase:
    """So many units that are bought from the month on in which a task starts; from the plan's first where it is done.

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

    @property
    def is_bought(self) -> bool:
        """Tell whether anything is paid for it: of nothing, the least amount of a month."""
        return bool(self.quantity) or self.has_minimum

    def paid_already(self, running: Container[Running], what: Running) -> Purchase:
        """Return it as paid for already where a company runs it."""
        return replace(self, is_kept=True, has_minimum=False, or_per_unit=None) if what in running else self


def left_of(pieces: int, task_id: str, scenario: Scenario) -> int:
    """Return how many pieces are still to be bought for a task that was done in part, rounded half up (M35)."""
    return floor(pieces * (1 - done_share(task_id, scenario)) + Fraction(1, 2))


def licences_beside_the_mix(counts: Counts, scenario: Scenario) -> Iterator[Purchase]:
    """Yield server protection and Zero Trust network access (M11, M13)."""
    licence, monthly = CostCategory.LICENCE, Recurrence.EVERY_MONTH
    yield Purchase(SERVER_PROTECTION, licence, counts.servers, NamedTask.EDR_ONBOARDING, monthly)
    if scenario.choices.remote_access is RemoteAccess.ZTNA:
        access = Purchase(ZTNA_USER, licence, counts.remote_users, NamedTask.ZTNA, monthly)
        yield access.paid_already(scenario.company.running, Running.ZTNA)


def monitoring(size: CompanySize, choices: Choices, running: Container[Running]) -> Iterator[Purchase]:
    """Yield SIEM and MDR, each from the month in which its sources are connected (M13)."""
    category, monthly = CostCategory.MONITORING, Recurrence.EVERY_MONTH
    if choices.monitoring.has_siem:
        start = NamedTask.MONITORING_ONBOARDING
        per_user = Purchase(SIEM_USER, category, size.counts.employees, start, monthly)
        siem = Purchase(SIEM_COMPANY, category, 1, start, monthly, or_per_unit=per_user)
        yield siem.paid_already(running, Running.SIEM)
    if choices.monitoring.has_mdr:
        mdr = Purchase(MDR, category, size.endpoints, NamedTask.MDR_ONBOARDING, monthly, has_minimum=True)
        yield mdr.paid_already(running, Running.MDR)


def hardware(size: CompanySize, scenario: Scenario) -> Iterator[Purchase]:
    """Yield firewalls, switches, access points and the firewalls' subscriptions (M14)."""
    category, start, once = CostCategory.HARDWARE, NamedTask.HARDWARE_INSTALL, Recurrence.ONCE
    firewalls, switches, access_points = (left_of(pieces, start, scenario) for pieces in size.replaced)
    yield Purchase(FIREWALL, category, firewalls, start, once)
    yield Purchase(SWITCH, category, switches, start, once)
    yield Purchase(ACCESS_POINT, category, access_points, start, once)
    yield Purchase(FIREWALL_SUBSCRIPTION, category, firewalls, start, Recurrence.EVERY_MONTH)


def keys_and_training(counts: Counts, scenario: Scenario) -> Iterator[Purchase]:
    """Yield security keys for administrators and frontline people, and training for all, again every year (M15)."""
    rollout, running = NamedTask.MFA_ROLLOUT, scenario.company.running
    keys = {
        NamedTask.ADMIN_MFA: KEYS_PER_ADMIN * counts.admins,
        rollout: KEYS_PER_FRONTLINE * scenario.company.frontline,
    }
    for task_id, pieces in keys.items():
        left = left_of(pieces, task_id, scenario)
        yield Purchase(SECURITY_KEY, CostCategory.HARDWARE, left, task_id, Recurrence.ONCE)
    first = Purchase(
        TRAINING, CostCategory.TRAINING, left_of(counts.employees, rollout, scenario), rollout, Recurrence.ONCE
    )
    yield first.paid_already(running, Running.TRAINING)
    again = replace(first, quantity=counts.employees, recurrence=Recurrence.YEARLY_AFTER)
    yield again.paid_already(running, Running.TRAINING)


def operation(counts: Counts, choices: Choices, running: Container[Running]) -> Iterator[Purchase]:
    """Yield what a partner is paid who operates identities and devices once these are enrolled (M23)."""
    if choices.operation is Operator.PARTNER:
        fee = Purchase(
            MANAGED_SERVICE,
            CostCategory.OPERATION,
            counts.employees,
            NamedTask.ENROLMENT,
            Recurrence.EVERY_MONTH,
            has_minimum=True,
            is_after_finish=True,
        )
        yield fee.paid_already(running, Running.MANAGED_SERVICE)


def purchases_of(scenario: Scenario, size: CompanySize) -> Iterator[Purchase]:
    """Yield everything that is bought but the mix's licences, whether its task is part of the plan or not."""
    choices, running = scenario.choices, scenario.company.running
    yield from licences_beside_the_mix(size.counts, scenario)
    yield from monitoring(size, choices, running)
    yield from operation(size.counts, choices, running)
    yield from hardware(size, scenario)
    yield from keys_and_training(size.counts, scenario)
