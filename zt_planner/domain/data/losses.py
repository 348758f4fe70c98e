"""What is published about losses without the plan, and what controls change: the rows of three files of data/ (M28).

Nothing here is computed. Law: every row names its population, its source, the year of it, the day on which it was
read and its confidence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from zt_planner.domain.data.price_book import Confidence
from zt_planner.domain.month import add_months

LEAST_FACTOR = Decimal("0.2")
"""No chance of a loss is multiplied by less, whatever controls there are."""
STALE_AFTER_MONTHS = 24
"""What others say is marked as old after so long, whatever it is about; prices are earlier (`trust`)."""
MIDDLE_OF_YEAR = 7, 1
"""The day of a source of which only the year is known."""
Chance = Annotated[Decimal, Field(ge=0, le=1)]
Factor = Annotated[Decimal, Field(ge=LEAST_FACTOR, le=1)]


class LossView(StrEnum):
    """Whose figures of losses they are, published or own; they count different things and are never mixed."""

    INSURERS = "insurers"
    PUBLIC_EVENTS = "public_events"
    SURVEYS = "surveys"
    OWN = "own"


PublishedView = Literal[LossView.INSURERS, LossView.PUBLIC_EVENTS, LossView.SURVEYS]
PUBLISHED_VIEWS: tuple[PublishedView, ...] = get_args(PublishedView)


def is_stale(said_on: date, today: date) -> bool:
    """Tell whether what somebody said on a day, or was read then, is so old that it may have changed."""
    return add_months(said_on, STALE_AFTER_MONTHS) < today


class Sourced(BaseModel):
    """What is said of everything that others say: of whom, by whom, when it was read, how sure it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    population: str
    source: str
    source_year: int | None = None
    read_on: date
    confidence: Confidence

    def is_stale(self, today: date) -> bool:
        """Tell whether its source, or when that was read, is so old that it may have changed."""
        said = self.read_on if self.source_year is None else date(self.source_year, *MIDDLE_OF_YEAR)
        return is_stale(min(said, self.read_on), today)


class Published(Sourced):
    """A published figure; `source_year` is the year of the source, `read_on` when it was read."""

    source_url: str | None = None
    source_year: int


class LossSource(Published):
    """One row of losses.csv: how often a company has a loss in a year, and what one costs.

    With `frequency_high` the frequency grows from that of a company of `employees` to that of `employees_high`, with
    `mean_high` so does the size of a loss, its median and P95 with it. The first row of a view is the view; a mean
    alone gives an expected loss and no curve, a frequency alone neither.
    """

    id: str
    view: PublishedView
    counted: str
    frequency: Chance
    frequency_high: Chance | None = None
    employees: int | None = None
    employees_high: int | None = None
    mean: Decimal | None = None
    mean_high: Decimal | None = None
    median: Decimal | None = None
    p95: Decimal | None = None
    currency: str
    note: str | None = None


class Control(Published):
    """One row of controls.csv: the tasks that bring a control, and what it multiplies frequency and severity by.

    `own_task` is a proposed task that it takes too. `monitoring` names the choices with which it is there, none for
    any; of one group the strongest counts.
    """

    id: str
    control: str
    group: str
    tasks: tuple[str, ...]
    own_task: str | None = None
    monitoring: tuple[str, ...] = ()
    on_frequency: Factor
    on_severity: Factor
    evidence: str

    @property
    def needed(self) -> tuple[str, ...]:
        """Every task that it takes."""
        return self.tasks if self.own_task is None else (*self.tasks, self.own_task)


class ArticleClaim(Published):
    """One row of article_claims.csv: what the article of the five steps says, and what the sources hold."""

    id: str
    claim: str
    finding: str


class LossData(BaseModel):
    """All three tables; empty for a model that was saved before there were any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[LossSource, ...] = ()
    controls: tuple[Control, ...] = ()
    claims: tuple[ArticleClaim, ...] = ()

    @property
    def rows(self) -> tuple[Published, ...]:
        """Every row."""
        return *self.sources, *self.controls, *self.claims


NO_LOSSES = LossData()
