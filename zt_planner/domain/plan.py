"""What a plan is made of: cost lines, tasks with their dates, the licence mix, coverage, headline figures.

`engine.plan.Plan` has them all; `engine.planner.build_plan` fills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.data.price_book import Price, PriceUnit
from zt_planner.domain.month import Month
from zt_planner.domain.progress import Progress, TaskState


class Team(StrEnum):
    """Who works: the company's own people or the consultant's."""

    INTERNAL = "internal"
    EXTERNAL = "external"


OfTeam = TypeVar("OfTeam")


class ByTeam(NamedTuple, Generic[OfTeam]):
    """What each team has, in the order of `Team`."""

    internal: OfTeam
    external: OfTeam

    def of(self, team: Team) -> OfTeam:
        return self.internal if team is Team.INTERNAL else self.external


class Work(NamedTuple):
    """What a task takes: the person-days of the whole of it by team, and working days.

    `least_days` are those that it takes at least, `left` those that are left of its length on the status date; None
    while none of it has passed.
    """

    whole: ByTeam[Fraction]
    least_days: int
    left: int | None = None

    @property
    def days(self) -> Fraction:
        """The person-days of both teams."""
        return self.whole.internal + self.whole.external


class Group(StrEnum):
    """Who gets licences: administrators, who are office staff with a second account, the others, frontline people."""

    ADMIN = "admin"
    OFFICE = "office"
    FRONTLINE = "frontline"


SHARE: Literal["share"] = "share"
"""The unit of contingency: not a price's, but a share of other lines."""

LineUnit: TypeAlias = PriceUnit | Literal["share", ""]
"""What a line's quantity counts; empty where no price book knows the price."""
ACTUAL = "actual"
"""What stands for the price of money that was booked: that has none."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one unit costs in EUR in a month, with its whole trace.

    `row` is the book's row (None for an own price without one), `rate` and
    `rate_date` the exchange rate used, `term_factor` what the billing term did
    to it, `rise_factor` what a what-if did, `priced_in` the month whose price it is.
    An own price is an override, or comes from an own row, which has a trace like
    a row of the book.
    """

    amount: Decimal
    price_id: str
    row: Price | None
    priced_in: Month
    is_own: bool = False
    is_override: bool = False
    rate: Decimal = Decimal(1)
    rate_date: date | None = None
    rate_extrapolated: bool = False
    term_factor: Fraction = Fraction(1)
    rise_factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class CostLine:
    """One price (or rate) bought for one task in one month: the atom of every total.

    `month` is when it is used up (accrual), `paid_in` when the money leaves. `amount` is EUR, None when the
    price is missing. `task_id` is empty for what belongs to no task: coordination and contingency. Coordination
    is told from the work of tasks by that alone, as it is bought at the same day rates. What was booked has an
    amount and no unit price.
    """

    month: Month
    task_id: str
    price_id: str
    item: str
    category: CostCategory
    kind: Kind
    quantity: Fraction
    unit: LineUnit
    unit_price: UnitPrice | None
    amount: Decimal | None
    paid_in: Month

    @property
    def is_cash(self) -> bool:
        """Tell money from effort (M18)."""
        return self.category.is_cash

    @property
    def is_actual(self) -> bool:
        """Tell whether it was booked, not planned (M27)."""
        return self.price_id == ACTUAL


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A task with its dates. `finish` is its last working day, `wait_until` the last day of its wait.

    `after` names the predecessors that remain, inherited ones included;
    `gates` those whose finish it awaits without their waits;
    `slack_days` are working days in the resource-linked order (M9).
    `earliest_start` and `fixed_start` are the task's own dates; one that starts
    on its fixed date cannot move. `levelled_start` is its day in the levelled plan.
    `state` is how far it is on the status date, and `progress` None where the plan has
    none; dates and length of a task that has begun are those that are recorded, and
    what is left after them.
    """

    task: Task
    start: date
    finish: date
    length_days: int
    wait_until: date | None
    work: Work
    slack_days: int
    after: tuple[str, ...]
    links: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    earliest_start: date | None = None
    fixed_start: date | None = None
    keeps_date: bool = False
    levelled_start: date | None = None
    state: TaskState = TaskState.NOT_BEGUN
    progress: Progress | None = None

    @property
    def has_begun(self) -> bool:
        """Tell whether it runs or is done: it stands where it started, and waits for nothing."""
        return self.state is not TaskState.NOT_BEGUN

    @property
    def known_start(self) -> date | None:
        """Its first day; None where it is done and nobody recorded when it began."""
        return self.start if self.progress is None or self.progress.is_start_known else None

    @property
    def left_days(self) -> int:
        """The working days that are left of its length."""
        return self.length_days if self.work.left is None else self.work.left

    @property
    def passed_days(self) -> int:
        """The working days that have passed of its length."""
        return self.length_days - self.left_days

    @property
    def is_critical(self) -> bool:
        """A task without slack moves the finish, or a fixed date, when it moves; one that is done moves nothing."""
        return self.slack_days == 0 and self.state is not TaskState.DONE


class HeldLicence(NamedTuple):
    """A licence that is held today, and the last day that is paid for; None where it can be ended at any time."""

    product: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """So many people of one group with equal licences.

    `products` are bought, `kept` are held today and stay, `replaced` are held today and credited.
    """

    group: Group
    count: int
    products: tuple[str, ...]
    kept: tuple[HeldLicence, ...] = ()
    replaced: tuple[HeldLicence, ...] = ()

    @property
    def held(self) -> tuple[str, ...]:
        """Everything that these people have in the end."""
        return *self.products, *(held.product for held in self.kept)


@dataclass(frozen=True, slots=True)
class Mix:
    """The licence mix: who holds what, and what it costs a month, credits deducted (M12)."""

    holdings: tuple[Holding, ...]
    monthly_cost: Decimal
    seats: Mapping[str, int]
    family_seats: Mapping[str, int]

    @property
    def largest_product(self) -> str | None:
        """The product with the most seats bought, of equal ones the first in the mix."""
        return max(self.seats, key=lambda key: self.seats[key], default=None)


class CoverageState(StrEnum):
    """How far a point of NIS2 is served by finished tasks (M19)."""

    OPEN = "open"
    PARTLY = "partly"
    SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class PointCoverage:
    """A point's state at the end of the plan and the day on which it is reached.

    `partly_from` is the finish of the first task that serves it; `main_tasks` and `partial_tasks` are the ids of those
    that do. `missing_tasks` would be main ones, and were left out or chosen away: it is at most partly served without
    them.
    """

    point: str
    letter: str
    state: CoverageState
    reached_on: date | None
    partly_from: date | None
    main_tasks: tuple[str, ...]
    partial_tasks: tuple[str, ...]
    missing_tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """Person-days a week of both teams: a peak, not an average."""

    internal: Decimal
    external: Decimal
