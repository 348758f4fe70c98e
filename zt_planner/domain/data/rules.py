"""The rules of others: the law of a country on cybersecurity, what cyber insurers ask, and tasks that answer it.

Holds what regulation.csv, insurer_questions.csv and proposed_tasks.csv say, and carries what others say of the money
(`benchmarks`). No figure of a plan is computed
from them: they are no part of a model's version, and a plan does not keep them (ADR 0071).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict

from zt_planner.domain.data.price_book import Confidence
from zt_planner.domain.data.published import Sourced, is_stale

if TYPE_CHECKING:
    from zt_planner.domain.data.benchmarks import Benchmark, Subsidy
    from zt_planner.domain.data.published import ArticleClaim, PublishedLoss

DIRECTIVE = "EU"
"""The row that holds what the directive itself says."""


class LawStatus(StrEnum):
    """How far a country's law is."""

    DIRECTIVE = "directive"
    IN_FORCE = "in_force"
    OTHER_LAW = "other_law"
    NOT_VERIFIED = "not_verified"


class Duty(StrEnum):
    """What the management of a company has to do itself."""

    APPROVE = "approve"
    SUPERVISE = "supervise"
    TRAIN = "train"


class Sector(StrEnum):
    """What a company does, as the annexes of the directive name it (SOURCES.md); `other` is in neither."""

    ENERGY = "energy"
    TRANSPORT = "transport"
    BANKING = "banking"
    FINANCIAL_MARKETS = "financial_markets"
    HEALTH = "health"
    DRINKING_WATER = "drinking_water"
    WASTE_WATER = "waste_water"
    DIGITAL_INFRASTRUCTURE = "digital_infrastructure"
    ICT_SERVICES = "ict_services"
    PUBLIC_ADMINISTRATION = "public_administration"
    SPACE = "space"
    POST = "post"
    WASTE = "waste"
    CHEMICALS = "chemicals"
    FOOD = "food"
    MANUFACTURING = "manufacturing"
    DIGITAL_PROVIDERS = "digital_providers"
    RESEARCH = "research"
    OTHER = "other"


ANNEX_II = frozenset(
    {
        *(Sector.POST, Sector.WASTE, Sector.CHEMICALS, Sector.FOOD, Sector.MANUFACTURING),
        *(Sector.DIGITAL_PROVIDERS, Sector.RESEARCH),
    }
)
ANNEX_I = frozenset(Sector) - ANNEX_II - {Sector.OTHER}
MEMBERS = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
"""The countries that the directive binds."""
WHATEVER_SIZE = frozenset({Sector.DIGITAL_INFRASTRUCTURE, Sector.PUBLIC_ADMINISTRATION})
"""Sectors of which some kinds fall under the directive whatever their size: its Art. 2(2)."""


class SizeLimit(NamedTuple):
    """From so many people on, or above turnover and balance together, in millions of EUR."""

    people: int
    turnover: Decimal
    balance: Decimal


class Ceiling(NamedTuple):
    """The most that a fine may be: an amount, and a share of the turnover."""

    amount: Decimal | None
    share: Decimal | None


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Regulation(_Row):
    """One row of regulation.csv: a country's law; None where nothing was found, never 0.

    `register_window` is the first and the last day of a yearly registration, each as in `01-31`; `changes_weeks` is how
    long a change of what was registered may take to be told, `documentation` where it says that measures must be
    documented. Without a source there is neither a law's name nor a day on which it was read.
    """

    country: str
    law: str | None = None
    status: LawStatus
    in_force: date | None = None
    register_months: int | None = None
    register_window: tuple[str, str] | None = None
    register_where: str | None = None
    register_confidence: Confidence | None = None
    changes_weeks: int | None = None
    documentation: str | None = None
    report_hours: tuple[int, ...] = ()
    final_report: str | None = None
    ceiling_essential: Decimal | None = None
    ceiling_important: Decimal | None = None
    share_essential: Decimal | None = None
    share_important: Decimal | None = None
    currency: str | None = None
    ceiling_note: str | None = None
    registration_fine: Decimal | None = None
    duties: tuple[Duty, ...] = ()
    duties_note: str | None = None
    measure_list: str | None = None
    measure_reference: str | None = None
    size_important: SizeLimit | None = None
    size_essential: SizeLimit | None = None
    population: str
    source: str
    read_on: date | None = None
    confidence: Confidence
    note: str | None = None

    @property
    def essential(self) -> Ceiling:
        """What an essential entity may have to pay."""
        return Ceiling(self.ceiling_essential, self.share_essential)

    @property
    def important(self) -> Ceiling:
        """What an important entity may have to pay."""
        return Ceiling(self.ceiling_important, self.share_important)

    def is_stale(self, today: date) -> bool:
        """Tell whether it was read so long ago that it may have changed."""
        return self.read_on is not None and is_stale(self.read_on, today)


class InsurerQuestion(Sourced):
    """One row of insurer_questions.csv: a question, and by which tasks a plan turns it to yes.

    Of `tasks` all must be finished, or any of them. `monitoring` names the choices with which it can be yes, none
    where it is the same with any; `own_task` is a proposed task without which it is not; `open` is what stays open
    without these two, whatever the plan does where there is neither.
    """

    id: str
    question: str
    tasks: tuple[str, ...]
    needs_all: bool
    monitoring: tuple[str, ...] = ()
    own_task: str | None = None
    open: str | None = None


class ProposedTask(_Row):
    """One row of proposed_tasks.csv: a task outside the five steps, in the form of an own task."""

    id: str
    name: str
    step: str
    after: tuple[str, ...] = ()
    effort_days: Decimal
    external_share: Decimal
    min_length_days: int
    low: Decimal
    high: Decimal
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The laws by country, the insurers' questions, the proposed tasks; what others report; subsidies."""

    laws: tuple[Regulation, ...] = ()
    questions: tuple[InsurerQuestion, ...] = ()
    proposals: tuple[ProposedTask, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    losses: tuple[PublishedLoss, ...] = ()
    claims: tuple[ArticleClaim, ...] = ()

    def law_of(self, country: str) -> Regulation | None:
        """Return a country's row; None where there is none."""
        return next((law for law in self.laws if law.country == country), None)


NO_RULES = Rules()
