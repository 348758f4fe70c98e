"""The phase model: preparation and the five steps, their tasks and dependencies, and the points of NIS2.

Holds what tasks.csv, nis2_measures.csv, nis2_points.csv, risk_shares.csv, parameters.csv and operations.csv say.
Laws: every dependency names a task of the model, no task depends on itself through any chain, ids are unique.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from zt_planner.domain.data.columns import MOST_EFFORT_DAYS, HighFactor, LowFactor, Row, Share, WaitWeeks, Word
from zt_planner.domain.data.parameters import Parameter, Parameters
from zt_planner.domain.data.price_book import Capability, Confidence
from zt_planner.domain.data.rules import NO_RULES, Rules
from zt_planner.domain.versions import text_of, version_of

MODEL_VERSION = "5"
"""Raised when a rule of calculation changes: equal inputs then give other figures."""


class Driver(StrEnum):
    """A number of the company that effort grows with (M5)."""

    EMPLOYEES = "employees"
    DEVICES = "devices"
    SERVERS = "servers"
    ADMINS = "admins"
    SITES = "sites"
    APPS = "apps"
    MACHINES = "machines"
    SITES_TO_REPLACE = "sites_to_replace"


class ExclusionRule(StrEnum):
    """When a task is not needed (M6)."""

    FULL_REUSE = "full_reuse"
    VLANS_ONLY = "vlans_only"
    NO_WORKS_COUNCIL = "no_works_council"
    NO_LOCAL_DIRECTORY = "no_local_directory"
    NO_MACHINES = "no_machines"
    NO_MONITORING = "no_monitoring"
    NO_SIEM = "no_siem"
    NO_MDR = "no_mdr"
    NO_RISK_ACCESS = "no_risk_access"
    KEEP_VPN = "keep_vpn"


class Reach(StrEnum):
    """Who works with what a task needs: with it their licences begin (M11)."""

    PILOT = "pilot"
    EVERYONE = "everyone"
    ADMINISTRATORS = "administrators"
    RISK_ACCESS = "risk_access"
    """Those whose sign-ins are judged by place, time and behaviour."""


class Step(StrEnum):
    """Preparation and the five steps; the value is the number in tasks.csv."""

    PREPARATION = "0"
    IDENTITIES = "1"
    LEAST_PRIVILEGE = "2"
    SEGMENTATION = "3"
    DEVICES = "4"
    MONITORING = "5"


class NamedTask(StrEnum):
    """The tasks that a rule names: with their start something is bought, or licences begin (M11, M13 to M15).

    The catalog refuses a file that lacks one, as what is bought for it would cost nothing. The engine takes any
    model: a task that is dropped is not there either.
    """

    LICENCE_ORDER = "licence_order"
    ADMIN_MFA = "admin_mfa"
    MFA_ROLLOUT = "mfa_rollout"
    REMOTE_MFA = "remote_mfa"
    JUST_IN_TIME = "just_in_time"
    ENROLMENT = "enrolment"
    EDR_ONBOARDING = "edr_onboarding"
    HARDWARE_INSTALL = "hardware_install"
    MONITORING_ONBOARDING = "monitoring_onboarding"
    MDR_ONBOARDING = "mdr_onboarding"
    RISK_POLICIES = "risk_policies"
    ZTNA = "ztna"


MFA_FOR_EVERYONE = frozenset({NamedTask.MFA_ROLLOUT, NamedTask.REMOTE_MFA})
"""The tasks after which everyone signs in with MFA, from outside too."""


MOST_DAYS_PER_UNIT = Decimal(1_000)
DaysPerUnit = Annotated[Decimal, Field(ge=0, le=MOST_DAYS_PER_UNIT)]


class Task(Row):
    """One row of tasks.csv: effort in person-days, length in working days, waits in calendar weeks.

    `pace` is how many of the first driver a working day can take at most, `reach` who works with what it needs.

    `low`, `high`, `wait_low` and `wait_high` say how far off effort and wait may be; no figure of a plan uses
    them, they are kept for its uncertainty.
    """

    is_own: ClassVar[bool] = False
    has_own_effort: ClassVar[bool] = False
    """Its effort was set by a person: it grows with nothing."""

    id: Word
    step: Step
    name: str
    after: tuple[Word, ...] = ()
    drivers: tuple[Driver, ...] = ()
    base_days: Annotated[Decimal, Field(ge=0, le=MOST_EFFORT_DAYS)]
    days_per_unit: tuple[DaysPerUnit, ...] = ()
    low: LowFactor
    high: HighFactor
    external_share: Share
    team_share: Annotated[Decimal, Field(ge=Decimal("0.01"), le=1)]
    min_length_days: Annotated[int, Field(ge=0, le=5_000)]
    pace: Annotated[int, Field(ge=1, le=5_000)] | None = None
    wait_weeks: WaitWeeks
    wait_low: WaitWeeks | None = None
    wait_high: WaitWeeks | None = None
    head_start_days: Annotated[int, Field(ge=0, le=10_000)]
    falls_away_when: ExclusionRule | None = None
    needs: tuple[Capability, ...] = ()
    reach: Reach | None = None
    note: str | None = None

    @property
    def least_days(self) -> int:
        """The working days that it takes at least: one, also where none is said."""
        return max(self.min_length_days, 1)


class TaskWithOwnEffort(Task):
    """A task of the model whose effort a person has set."""

    has_own_effort: ClassVar[bool] = True


class AddedTask(TaskWithOwnEffort):
    """A task that a person has added; its name is theirs and is not translated.

    `is_outside` marks one that answers a question that the five steps leave open: a proposed task.
    """

    is_own: ClassVar[bool] = True
    is_outside: bool = False
    low: Share


class Measure(Row):
    """One of the ten measures of NIS2 Art. 21(2)."""

    letter: Word
    measure: str
    bsig_30_2: str
    cir_2024_2690: str


class Coverage(StrEnum):
    """How far the five steps can serve a point at best."""

    MAINLY = "mainly"
    PARTLY = "partly"
    NONE = "none"


class Point(Row):
    """One of the 49 points of the annex of Implementing Regulation (EU) 2024/2690, under a letter of Art. 21(2).

    Each of `main` is the id of a task, or of several with `|` between them, of which one is enough.
    """

    point: Word
    title: str
    letter: Word
    main: tuple[Word, ...] = ()
    partial: tuple[Word, ...] = ()
    covered: Coverage
    note: str | None = None


class RiskShare(Row):
    """The share of the risk that a step stands for, 0 to 1: how much its tasks count where protection comes early."""

    step: Step
    share: Share
    source: str | None = None
    confidence: Confidence
    note: str | None = None


class Operated(StrEnum):
    """How a partner changes an activity of operation: it takes it over, or there is none without one."""

    TAKEN_OVER = "x"
    NEEDS_PARTNER = "partner"


class Operation(Row):
    """One row of operations.csv: days of the own team a month, from the month after the finish of a task (M23).

    `monitoring` names the choices with which there is such work, none where it is the same with any.
    """

    id: Word
    activity: str
    from_finish_of: Word
    monitoring: tuple[str, ...] = ()
    driver: Driver | None = None
    base_days_per_month: Annotated[Decimal, Field(ge=0, le=1_000)]
    days_per_unit: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(0)
    by_partner: Operated | None = None
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True)
class PhaseModel:
    """The tasks in the order of the file, the points they serve, the steps' shares of the risk, and its numbers."""

    tasks: tuple[Task, ...]
    measures: tuple[Measure, ...]
    risk: tuple[RiskShare, ...] = ()
    parameter_rows: tuple[Parameter, ...] = ()
    operations: tuple[Operation, ...] = ()
    points: tuple[Point, ...] = ()
    rules: Rules = NO_RULES
    """Laws and insurers' questions: those of the program, whatever model a plan keeps (ADR 0071)."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all its tables, without the rules."""
        return *self.tasks, *self.measures, *self.points, *self.risk, *self.parameter_rows, *self.operations

    @cached_property
    def parameters(self) -> Parameters:
        """Its numbers by name."""
        return Parameters.model_validate({row.id: row.value for row in self.parameter_rows})

    @cached_property
    def by_id(self) -> Mapping[str, Task]:
        return {task.id: task for task in self.tasks}

    @cached_property
    def version(self) -> str:
        """The rules' version and a short hash of every row."""
        return f"{MODEL_VERSION}-{version_of(text_of(self.rows))}"
