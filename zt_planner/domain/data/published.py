"""What others have published: how often a company has a loss and what one costs, and what the article claims.

They are shown side by side as they were published; nothing is computed from them (M28). Law: every row names its
population, its source, the year of it, the day on which it was read and its confidence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from zt_planner.domain.data.price_book import Confidence
from zt_planner.domain.month import add_months

STALE_AFTER_MONTHS = 24
"""What others say is marked as old after so long, whatever it is about; prices are earlier (`trust`)."""
MIDDLE_OF_YEAR = 7, 1
"""The day of a source of which only the year is known."""


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


class PublishedLoss(Published):
    """One row of losses.csv: how often a company has a loss in a year, and what one costs.

    `frequency` and `mean` are those of a company of `employees` where there is one of `employees_high` beside it.
    """

    id: str
    view: str
    counted: str
    frequency: Decimal
    frequency_high: Decimal | None = None
    employees: int | None = None
    employees_high: int | None = None
    mean: Decimal | None = None
    mean_high: Decimal | None = None
    median: Decimal | None = None
    p95: Decimal | None = None
    currency: str
    note: str | None = None


class ArticleClaim(Published):
    """One row of article_claims.csv: what the article of the five steps says, and what the sources hold."""

    id: str
    claim: str
    finding: str
