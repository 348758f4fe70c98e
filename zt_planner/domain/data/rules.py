"""What others say: laws, insurers' questions and tasks that answer them, published losses, costs and subsidies.

Holds what the files of data/ say that are no part of a plan: no figure is computed from them, they are no part of a
model's version, and a plan does not keep them (ADR 0071). Law: every row names its source, the day on which that was
read and its confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field

from zt_planner.domain.data.columns import (
    MOST_FACTOR,
    CountryCode,
    CurrencyCode,
    EffortDays,
    HighFactor,
    LengthDays,
    LowFactor,
    Millions,
    Money,
    People,
    Printable,
    RegionCode,
    Row,
    Share,
    Word,
    Year,
)
from zt_planner.domain.data.price_book import Confidence
from zt_planner.domain.month import add_months

DIRECTIVE = "EU"
"""The row that holds what the directive itself says."""
Multiple = Annotated[Decimal, Field(ge=0, le=MOST_FACTOR)]
STALE_AFTER_MONTHS = 24
"""What others say is marked as old after so long, whatever it is about; prices are earlier (`trust`)."""
MIDDLE_OF_YEAR = 7, 1
"""The day of a source of which only the year is known."""


def is_stale(said_on: date, today: date) -> bool:
    """Tell whether what somebody said on a day, or was read then, is so old that it may have changed."""
    return add_months(said_on, STALE_AFTER_MONTHS) < today


class Sourced(Row):
    """What is said of everything that others say: of whom, by whom, when it was read, how sure it is."""

    population: str
    source: str
    read_on: date
    confidence: Confidence

    @property
    def said_on(self) -> date:
        """The day as of which it is true."""
        return self.read_on

    def is_stale(self, today: date) -> bool:
        """Tell whether its source, or when that was read, is so old that it may have changed."""
        return is_stale(self.said_on, today)


class Published(Sourced):
    """A published figure; `source_year` is the year of the source, `read_on` when it was read."""

    source_url: str | None = None
    source_year: Year

    @property
    def said_on(self) -> date:
        """The middle of the source's year, but no later than it was read."""
        return min(date(self.source_year, *MIDDLE_OF_YEAR), self.read_on)


class LawStatus(StrEnum):
    """How far a country's law is."""

    DIRECTIVE = "directive"
    IN_FORCE = "in_force"
    OTHER_LAW = "other_law"
    NOT_VERIFIED = "not_verified"


class Duty(StrEnum):
    """What the management of a company has to do itself."""

    APPROVE = "approve"
    IMPLEMENT = "implement"
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


class Regulation(Row):
    """One row of regulation.csv: a country's law; None where nothing was found, never 0.

    `register_window` is the first and the last day of a yearly registration, each as in `01-31`; `changes_weeks` is how
    long a change of what was registered may take to be told, `documentation` where it says that measures must be
    documented. Without a source there is neither a law's name nor a day on which it was read.
    """

    country: CountryCode
    law: str | None = None
    status: LawStatus
    in_force: date | None = None
    register_months: Annotated[int, Field(ge=1, le=60)] | None = None
    register_window: tuple[str, str] | None = None
    register_where: str | None = None
    register_confidence: Confidence | None = None
    changes_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    documentation: str | None = None
    report_hours: tuple[Annotated[int, Field(ge=1, le=8760)], ...] = ()
    final_report: str | None = None
    ceiling_essential: Money | None = None
    ceiling_important: Money | None = None
    share_essential: Share | None = None
    share_important: Share | None = None
    currency: CurrencyCode | None = None
    ceiling_note: str | None = None
    registration_fine: Money | None = None
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


class Match(StrEnum):
    """How many of the tasks of a question must be finished."""

    ALL = "all"
    ANY = "any"


class InsurerQuestion(Sourced):
    """One row of insurer_questions.csv: a question, and by which tasks a plan turns it to yes.

    Of `tasks` all must be finished, or any of them. `monitoring` names the choices with which it can be yes, none
    where it is the same with any; `own_task` is a proposed task without which it is not; `open` is what stays open
    without these two, whatever the plan does where there is neither.
    """

    id: Word
    question: str
    tasks: tuple[Word, ...]
    match: Match
    monitoring: tuple[str, ...] = ()
    own_task: Word | None = None
    open: str | None = None


class ProposedTask(Row):
    """One row of proposed_tasks.csv: a task outside the five steps, in the form of an own task."""

    id: Word
    name: str
    step: str
    after: tuple[Word, ...] = ()
    effort_days: EffortDays
    external_share: Share
    min_length_days: LengthDays
    low: LowFactor
    high: HighFactor
    confidence: Confidence
    note: str


class PublishedLoss(Published):
    """One row of losses.csv: how often a company has a loss in a year, and what one costs.

    `frequency` and `mean` are those of a company of `employees` where there is one of `employees_high` beside it.
    """

    id: Word
    counted: str
    frequency: Share
    frequency_high: Share | None = None
    employees: People | None = None
    employees_high: People | None = None
    mean: Money | None = None
    mean_high: Money | None = None
    median: Money | None = None
    p95: Money | None = None
    currency: CurrencyCode
    note: str | None = None


class ArticleClaim(Published):
    """One row of article_claims.csv: what the article of the five steps says, and what the sources hold."""

    id: Word
    claim: str
    finding: str


class BenchmarkKind(StrEnum):
    """What a figure is of: a share of the total, EUR once and a year, or people."""

    LICENCES = "licences"
    WORK = "work"
    OPERATION = "operation"
    COST = "cost"
    WATCH = "watch"

    @property
    def is_share(self) -> bool:
        """A share of what the whole costs."""
        return self in {BenchmarkKind.LICENCES, BenchmarkKind.WORK, BenchmarkKind.OPERATION}


class Benchmark(Published):
    """One row of benchmarks.csv: a span, or one figure without `high`; `note` says why it may not fit."""

    id: Word
    kind: BenchmarkKind
    what: str
    low: Money
    high: Money | None = None
    yearly_low: Money | None = None
    yearly_high: Money | None = None
    note: str


class SubsidyState(StrEnum):
    """Whether one could apply when it was read."""

    OPEN = "open"
    CLOSED = "closed"


class Subsidy(Published):
    """One row of subsidies.csv: for whom a scheme is, and what it brings at most; None where nothing was found.

    `region` is a country or a part of it, turnover and balance are in millions of EUR, `most` in EUR.
    """

    id: Word
    region: RegionCode
    scheme: str
    state: SubsidyState
    opens: date | None = None
    closes: date | None = None
    people_below: People | None = None
    turnover_most: Millions | None = None
    balance_most: Millions | None = None
    share: Share | None = None
    most: Money | None = None
    by_lot: bool = False
    conditions: str
    note: str


class Moment(StrEnum):
    """From what the day of a decision follows: the plan's start, a task, the law, or each gate."""

    START = "start"
    START_OF = "start_of"
    FINISH_OF = "finish_of"
    LAW = "law"
    GATE = "gate"


class Who(StrEnum):
    """Who decides."""

    MANAGEMENT = "management"
    IT = "IT"


class KnownDecision(Row):
    """One row of decisions.csv: what somebody has to decide, so many weeks before a day of the plan.

    What `commits` is signed or ordered by it.
    """

    id: Word
    when: Moment
    lead_weeks: Annotated[int, Field(ge=0, le=520)] = 0
    task: Word | None = None
    decision: str
    who: Who
    commits: bool = False
    note: str | None = None


class CompanyAsset(StrEnum):
    """What a company has, by its fields, of which a plan may leave something uncovered."""

    MACHINES = "machines"
    MACS = "macs"
    APPS = "apps"
    SITES = "sites"
    LOCAL_DIRECTORY = "local_directory"


class NotCovered(Row):
    """One row of not_covered.csv: what no task does, for what a company has, or for whatever company without `has`.

    With a `question` it is what the insurer's question leaves open, until its answer is yes; otherwise it is `text`.
    """

    id: Word
    subject: str
    has: CompanyAsset | None = None
    question: Word | None = None
    text: str | None = None


class Deliverable(Row):
    """One row of deliverables.csv: what a task delivers, how that is accepted, and who does what for it.

    `assumed` is what must be true for its days and dates, `excluded` what is no part of it.
    """

    task: Word
    delivered: Printable
    accepted: Printable
    consultant: Printable | None = None
    team: Printable | None = None
    assumed: Printable
    excluded: Printable


class Measured(StrEnum):
    """What of finished projects is compared with their estimates."""

    EFFORT = "effort"
    DURATION = "duration"


class OutsideView(Row):
    """One row of outside_view.csv: what finished projects took, as multiples of their estimates.

    `over_half` is the share of the projects that took more than half as much again.
    """

    what: Measured
    population: str
    n: Annotated[int, Field(ge=1, le=1_000_000)]
    p50: Multiple
    p80: Multiple
    p90: Multiple
    over_half: Share
    source: str
    year: Year


class ExcludedSubsector(Row):
    """One row of excluded_subsectors.csv: a part of a sector that a directive's definition leaves out."""

    sector: Sector
    subsector: Word
    name: str
    why: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The laws by country, the insurers' questions, the proposed tasks; what others report; decisions; what is left."""

    laws: tuple[Regulation, ...] = ()
    questions: tuple[InsurerQuestion, ...] = ()
    proposals: tuple[ProposedTask, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    losses: tuple[PublishedLoss, ...] = ()
    claims: tuple[ArticleClaim, ...] = ()
    subsectors: tuple[ExcludedSubsector, ...] = ()
    outside_view: tuple[OutsideView, ...] = ()
    decisions: tuple[KnownDecision, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()

    def deliverable_of(self, task_id: str) -> Deliverable | None:
        """Return what a task delivers; None where nobody has described it."""
        return next((row for row in self.deliverables if row.task == task_id), None)

    def law_of(self, country: str) -> Regulation | None:
        """Return a country's row; None where there is none."""
        return next((law for law in self.laws if law.country == country), None)


NO_RULES = Rules()
