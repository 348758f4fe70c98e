"""The scenario: everything a person may change, validated field by field.

Every bound is checked here, whatever a widget or a file allowed. A field that
follows another one (devices, servers, admins, sites, apps, remote_users) is None
until it is set, so that it keeps following; `counts.counts_of` gives the number
in either case. Laws: a scenario that exists is within its
bounds; saving and loading gives the same scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from zt_planner.domain import units
from zt_planner.domain.data.columns import PEOPLE
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.data.rules import Sector
from zt_planner.domain.scenario.approved import packed, unpacked
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.fields import GIVEN_TEAMS, OF_A_FINISH, ORDER, set_fields
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.domain.scenario.prices import DAY_RATES, OF_THE_BOOK, Prices
from zt_planner.domain.scenario.status import Status
from zt_planner.domain.scenario.task_edits import Tasks
from zt_planner.domain.scenario.uncertainty import Uncertainty
from zt_planner.domain.scenario.values import (
    Closure,
    DaysPerWeek,
    Millions,
    Money,
    Number,
    Part,
    PlainName,
    PlanDay,
    Region,
    Share,
    SignedMoney,
    Whole,
    bounded,
)
from zt_planner.domain.versions import version_of
from zt_planner.errors import msgid

MOST_OWNED = 12
"""Contracts for licences that a company has today."""
MOST_MONTHS = 60
"""So many months away may a finish be that is given."""
SCHEMA_VERSION = 1
FOLLOWS_PEOPLE = msgid("automatic, by the number of people")


def day_rate(name: str) -> Input:
    """Return what an own day rate is to people."""
    return Input(name, InputGroup.DAY_RATES, OF_THE_BOOK, units.MONEY, reveals_rates=True)


class IdentityProvider(StrEnum):
    """Who signs people in."""

    ENTRA = "entra"
    GOOGLE = "google"
    OKTA = "okta"


class Billing(StrEnum):
    """The term on which licences are bought (M3)."""

    ANNUAL_PREPAID = "annual_prepaid"
    ANNUAL_MONTHLY = "annual_monthly"
    MONTHLY = "monthly"


class Monitoring(StrEnum):
    """Who watches: nobody, a SIEM, a managed service (MDR), or both."""

    NONE = "none"
    SIEM = "siem"
    MDR = "mdr"
    SIEM_AND_MDR = "siem_and_mdr"

    @property
    def has_siem(self) -> bool:
        """A SIEM is part of the choice."""
        return self in {Monitoring.SIEM, Monitoring.SIEM_AND_MDR}

    @property
    def has_mdr(self) -> bool:
        """Managed detection and response is part of the choice."""
        return self in {Monitoring.MDR, Monitoring.SIEM_AND_MDR}


class RemoteAccess(StrEnum):
    """How people work from outside."""

    APP_PROXY = "app_proxy"
    ZTNA = "ztna"
    VPN = "vpn"


class RiskAccess(StrEnum):
    """Whose sign-ins are judged by place, time and behaviour."""

    NONE = "none"
    ADMINISTRATORS = "administrators"
    EVERYONE = "everyone"


class Running(StrEnum):
    """What a company may pay for already, and keeps (M13)."""

    SIEM = "siem"
    MDR = "mdr"
    ZTNA = "ztna"
    TRAINING = "training"
    MANAGED_SERVICE = "managed_service"


class ConfidenceLevel(StrEnum):
    """How sure the finish and the budget that are promised must be: the share of the draws that keep them (M34)."""

    PLANNED = "planned"
    HALF = "0.5"
    SURE = "0.8"
    VERY_SURE = "0.9"

    @property
    def share(self) -> float | None:
        """The share of the draws; None where the plan's own figures are promised."""
        return None if self is ConfidenceLevel.PLANNED else float(self)


class StepOrder(StrEnum):
    """Whether steps may overlap, or each waits for the gate of the one before (M9)."""

    OVERLAP = "overlap"
    IN_TURN = "in_turn"


class Segmentation(StrEnum):
    """How far networks are separated: VLANs, or host firewalls and rules between servers on top."""

    VLANS = "vlans"
    MICRO = "micro"


class Operator(StrEnum):
    """Who operates identities and devices after the finish: the company itself, or a partner."""

    OWN = "own"
    PARTNER = "partner"


class Mode(StrEnum):
    """What is given: the finish (deadline) or the teams (capacity)."""

    DEADLINE = "deadline"
    CAPACITY = "capacity"


def _each_once(value: tuple[Running, ...]) -> tuple[Running, ...]:
    """Return what runs in the order of the list, so that equal lists give one version."""
    return tuple(running for running in Running if running in value)


def _confidence(value: object) -> object:
    """Accept a share as a number."""
    return value if isinstance(value, bool | str) else str(value)


def _confidence_written(value: ConfidenceLevel) -> str | float:
    """Write a share as a JSON number."""
    return str(value) if value.share is None else value.share


class OwnedLicence(Part):
    """A licence per user and month that the company pays for today: how many seats, and until when.

    Without `seats` everyone whom it serves has it; without `until` it can be ended at any time.
    """

    licence: PlainName
    seats: Annotated[Whole, PEOPLE] | None = None
    until: PlanDay | None = None


class Company(Part):
    """Who plans: people, machines and places; what decides whether NIS2 applies, which moves no figure."""

    name: Annotated[PlainName, Input(msgid("Company name"))] = ""
    employees: Annotated[Whole, PEOPLE, Input(msgid("People"), InputGroup.PEOPLE)] = 120
    frontline: Annotated[Whole, Field(ge=0), Input(msgid("Frontline people"), InputGroup.PEOPLE)] = 0
    devices: Annotated[
        Whole | None, Field(ge=0, le=20_000), Input(msgid("Devices"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)
    ] = None
    servers: Annotated[
        Whole | None, Field(ge=0, le=2_000), Input(msgid("Servers"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)
    ] = None
    admins: Annotated[Whole | None, Field(ge=1), Input(msgid("Administrators"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)] = (
        None
    )
    sites: Annotated[Whole | None, Field(ge=1, le=100), Input(msgid("Sites"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)] = None
    apps: Annotated[
        Whole | None, Field(ge=0, le=500), Input(msgid("Business applications"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)
    ] = None
    remote_users: Annotated[
        Whole | None, Field(ge=0), Input(msgid("Remote users"), InputGroup.PEOPLE, FOLLOWS_PEOPLE)
    ] = None
    works_council: Annotated[bool, Field(strict=True), Input(msgid("There is a works council"), InputGroup.SCOPE)] = (
        True
    )
    owned_licences: Annotated[
        tuple[OwnedLicence, ...],
        Field(max_length=MOST_OWNED),
        Input(msgid("Licences you have today"), InputGroup.LICENCES, msgid("Nothing yet")),
    ] = ()
    running: Annotated[
        tuple[Running, ...],
        AfterValidator(_each_once),
        Input(msgid("What you pay for already"), InputGroup.MONITORING, msgid("Nothing yet")),
    ] = ()
    macs: Annotated[Whole, Field(ge=0, le=20_000), Input(msgid("Macs among the devices"), InputGroup.PEOPLE)] = 0
    machines: Annotated[Whole, Field(ge=0, le=5_000), Input(msgid("Networked machines"), InputGroup.PEOPLE)] = 0
    local_directory: Annotated[
        bool, Field(strict=True), Input(msgid("Directory on your own servers"), InputGroup.HARDWARE)
    ] = True
    full_time_equivalents: Annotated[
        Number | None,
        Field(gt=0, le=5_000, decimal_places=1),
        Input(msgid("Full-time equivalents"), InputGroup.PEOPLE, FOLLOWS_PEOPLE, units.EQUIVALENTS),
    ] = None
    """Annual work units of Recommendation 2003/361/EC, linked companies included: what the law counts (M29)."""
    sector: Annotated[Sector | None, Input(msgid("Sector"))] = None
    subsector: Annotated[PlainName | None, Input(msgid("Sub-sector"))] = None
    turnover_millions: Annotated[Millions | None, Input(msgid("Turnover a year, EUR million"))] = None
    balance_millions: Annotated[Millions | None, Input(msgid("Balance sheet total, EUR million"))] = None
    under_law_since: Annotated[
        PlanDay | None, Input(msgid("Subject to the law since"), unset=msgid("since the law is in force"))
    ] = None
    standstill_day_cost: Annotated[
        SignedMoney | None,
        Field(gt=0),
        Input(msgid("A day at a standstill, EUR"), InputGroup.FINANCE, unit=units.MONEY),
    ] = None
    """What a day at a standstill costs, by the company's own reckoning; it moves no figure of the plan (M28)."""

    @field_validator("frontline")
    @classmethod
    def _some_office_staff(cls, value: int, info: ValidationInfo) -> int:
        employees = info.data.get("employees")
        return value if employees is None else bounded(value, 0, employees - 1, "at most employees - 1")

    @field_validator("admins")
    @classmethod
    def _admins_are_office_staff(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is None or not {"employees", "frontline"} <= info.data.keys():
            return value
        return bounded(value, 1, info.data["employees"] - info.data["frontline"], "at most employees - frontline")

    @field_validator("macs")
    @classmethod
    def _macs_are_devices(cls, value: int, info: ValidationInfo) -> int:
        devices = info.data.get("devices")
        return value if devices is None else bounded(value, 0, devices, "at most devices")

    @field_validator("remote_users")
    @classmethod
    def _no_more_than_employees(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is None or "employees" not in info.data:
            return value
        return bounded(value, 0, info.data["employees"], "at most employees")


class Choices(Part):
    """What is decided in the meeting."""

    identity_provider: Annotated[IdentityProvider, Input(msgid("Identity provider"), InputGroup.LICENCES)] = (
        IdentityProvider.ENTRA
    )
    billing: Annotated[Billing, Input(msgid("Billing of licences"), InputGroup.LICENCES)] = Billing.ANNUAL_MONTHLY
    monitoring: Annotated[Monitoring, Input(msgid("Monitoring"), InputGroup.MONITORING)] = Monitoring.SIEM
    risk_access: Annotated[RiskAccess, Input(msgid("Risk-based sign-in"), InputGroup.MONITORING)] = (
        RiskAccess.ADMINISTRATORS
    )
    remote_access: Annotated[RemoteAccess, Input(msgid("Remote access"), InputGroup.HARDWARE)] = RemoteAccess.APP_PROXY
    segmentation: Annotated[Segmentation, Input(msgid("Segmentation"), InputGroup.HARDWARE)] = Segmentation.VLANS
    operation: Annotated[Operator, Input(msgid("Operation after the finish"), InputGroup.MONITORING)] = Operator.OWN
    hardware_reuse: Annotated[
        Share, Input(msgid("Network hardware that can stay"), InputGroup.HARDWARE, unit=units.SHARE)
    ] = Decimal(1)


class Timeline(Part):
    """When, and with which teams. `start` is None until `engine.scheduling.calendar.with_start` fills it from today."""

    start: Annotated[PlanDay | None, Input(msgid("Start"), InputGroup.CALENDAR)] = None
    mode: Annotated[Mode, Input(msgid("Plan by"), InputGroup.CALENDAR)] = Mode.DEADLINE
    target_months: Annotated[
        Whole, Field(ge=1, le=MOST_MONTHS), Input(msgid("Finish in months"), InputGroup.CALENDAR)
    ] = 12
    confidence: Annotated[
        ConfidenceLevel,
        BeforeValidator(_confidence),
        PlainSerializer(_confidence_written, when_used="json"),
        Input(msgid("How sure?"), InputGroup.CALENDAR),
    ] = ConfidenceLevel.SURE
    steps: Annotated[StepOrder, Input(msgid("Steps"), InputGroup.CALENDAR)] = StepOrder.OVERLAP
    internal_days_per_week: Annotated[DaysPerWeek, Input(msgid("Your team, days a week"), InputGroup.CALENDAR)] = (
        Decimal("2.5")
    )
    external_days_per_week: Annotated[DaysPerWeek, Input(msgid("Consultant, days a week"), InputGroup.CALENDAR)] = (
        Decimal("2.0")
    )
    max_internal_days_per_week: Annotated[
        DaysPerWeek | None, Input(msgid("Your team, most days a week"), InputGroup.CALENDAR, FOLLOWS_PEOPLE)
    ] = None
    max_external_days_per_week: Annotated[
        DaysPerWeek | None, Input(msgid("Consultant, most days a week"), InputGroup.CALENDAR, FOLLOWS_PEOPLE)
    ] = None
    protection_first: Annotated[Share, Input(msgid("Protect early (1) or finish early (0)"), InputGroup.CALENDAR)] = (
        Decimal(1)
    )
    region: Annotated[
        Region,
        Input(msgid("Region of the public holidays"), InputGroup.CALENDAR, msgid("no public holidays"), units.REGION),
    ] = "DE-NW"
    year_end_freeze: Annotated[
        bool, Field(strict=True), Input(msgid("Nobody works from 24 December to 1 January"), InputGroup.CALENDAR)
    ] = True
    closures: Annotated[
        tuple[Closure, ...], Input(msgid("Company holidays and change freezes"), InputGroup.CALENDAR)
    ] = ()


class CoordinationShare(Part):
    """Days of steering for each day of work, by team; None takes the model's."""

    internal: Annotated[
        Share | None, Field(le=Decimal("0.5")), Input(msgid("Coordination, of your team's work"), unit=units.SHARE)
    ] = None
    external: Annotated[
        Share | None, Field(le=Decimal("0.5")), Input(msgid("Coordination, of the consultant's work"), unit=units.SHARE)
    ] = None


class Labour(Part):
    """What a day of work costs; None takes the price book's rate."""

    internal_day_cost: Annotated[Money | None, day_rate(msgid("Internal person-day, EUR"))] = None
    external_day_rate: Annotated[Money | None, day_rate(msgid("Consultant, EUR a day"))] = None
    coordination_share: Annotated[CoordinationShare, Input(group=InputGroup.FINANCE)] = CoordinationShare()

    @property
    def own_rates(self) -> Mapping[DayRate, Decimal | None]:
        """The own rates by the ids of the price book, None when the book's holds."""
        return {DayRate.INTERNAL: self.internal_day_cost, DayRate.EXTERNAL: self.external_day_rate}


class Finance(Part):
    """Reserve, horizon and the most that may be spent in a month."""

    contingency: Annotated[
        Share, Input(msgid("Contingency"), InputGroup.FINANCE, unit=units.SHARE, reveals_rates=True)
    ] = Decimal("0.15")
    horizon_months: Annotated[Whole, Field(ge=12, le=120), Input(msgid("Months that count"), InputGroup.FINANCE)] = 36
    monthly_cap: Annotated[
        Money | None,
        Field(gt=0),
        Input(msgid("Monthly cap, EUR"), InputGroup.FINANCE, msgid("no limit"), units.MONEY, reveals_rates=True),
    ] = None


class Scenario(Part):
    """One company's situation and choices; `Scenario()` is the default of 120 people."""

    schema_version: Annotated[Whole, Field(ge=SCHEMA_VERSION, le=SCHEMA_VERSION)] = SCHEMA_VERSION
    company: Company = Company()
    choices: Choices = Choices()
    timeline: Timeline = Timeline()
    labour: Labour = Labour()
    finance: Finance = Finance()
    prices: Prices = Prices()
    tasks: Tasks = Tasks()
    status: Status = Status()
    levelling: Levelling = Levelling()
    uncertainty: Uncertainty = Uncertainty()
    display: Display = Display()

    @field_validator("status")
    @classmethod
    def _approved_is_a_plan(cls, value: Status) -> Status:
        try:
            if value.approved is not None:
                _scenario_in(value.approved.plan)
        except (ValueError, RecursionError):
            raise PydanticCustomError("not_packed", "the approved plan cannot be read", {}) from None
        return value

    @cached_property
    def version(self) -> str:
        """A short hash of every field, so that a figure can be reproduced."""
        return version_of(self.model_dump_json())

    @property
    def task_order(self) -> tuple[str, ...]:
        """The ids in whose order tasks are placed: empty while a finish is given, or where there is none (M36)."""
        return self.levelling.order if self.timeline.mode is Mode.CAPACITY else ()

    def uses(self, path: str) -> bool:
        """Tell whether a field counts: with a finish given no teams and no order do, with teams given no finish."""
        if self.timeline.mode is Mode.CAPACITY:
            return path not in OF_A_FINISH
        return path != ORDER and (path not in GIVEN_TEAMS or bool(self.levelling.starts))

    @property
    def own_prices(self) -> dict[str, Decimal]:
        """Every own price by id; an override wins over a day rate of `labour`."""
        given = {str(key): rate for key, rate in self.labour.own_rates.items() if rate is not None}
        return {**given, **self.prices.overrides}

    def without_rates(self) -> Self:
        """Return the scenario without its own day rates, and without the limit that payments are measured by."""
        return self.model_copy(
            update={
                "labour": Labour(coordination_share=self.labour.coordination_share),
                "prices": self.prices.without_rates(),
                "finance": self.finance.model_copy(update={"monthly_cap": None}),
                "uncertainty": self.uncertainty.without_rates(DAY_RATES),
                "status": self.status.without_rates(_packed_without_rates),
            }
        )

    @property
    def approved_plan(self) -> Scenario | None:
        """The scenario of the plan that was approved, with its prices and its model; None where none was."""
        return None if self.status.approved is None else _scenario_in(self.status.approved.plan)

    def without_kept_data(self) -> Self:
        """Return the scenario without prices and a phase model of its own: the shipped ones hold, and no catalogue."""
        return self.with_kept_data(None, None).shown_as(self.display.model_copy(update={"catalogue": None}))

    def with_kept_data(self, book: KeptBook | None, model: KeptModel | None) -> Self:
        """Return the scenario with prices and a phase model of its own, None for the shipped ones."""
        return self.model_copy(
            update={
                "prices": self.prices.model_copy(update={"kept_book": book}),
                "tasks": self.tasks.model_copy(update={"kept_model": model}),
            }
        )

    def shown_as(self, display: Display) -> Self:
        """Return the scenario with something else shown beside its amounts; itself where it is shown so already."""
        return self if display == self.display else self.model_copy(update={"display": display})

    def changed(self, path: str, value: object) -> Self:
        """Return a scenario with one field set, as `with_fields` does."""
        return self.with_fields({path: value})

    def with_fields(self, values: Mapping[str, Any]) -> Self:
        """Return a scenario with fields set together by their dotted paths (`company.employees`), validated as a whole.

        None takes away what need not be there: an own price, own rows, an own task. Raises pydantic's ValidationError
        if a value or another field's bound does not hold, KeyError where there is no group of a field.
        """
        data: dict[str, Any] = self.model_dump()
        set_fields(data, values)
        return type(self).model_validate(data)


@lru_cache(maxsize=16)
def _scenario_in(plan: str) -> Scenario:
    """Return the scenario that was packed; raise ValueError where there is none."""
    return Scenario.model_validate(unpacked(plan))


@lru_cache(maxsize=16)
def _packed_without_rates(plan: str) -> str:
    return packed(_scenario_in(plan).without_rates().model_dump(mode="json"))
