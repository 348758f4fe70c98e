"""losses.csv and article_claims.csv: what each column means and what rows must be together.

Laws: a range of frequencies has both ends and both sizes of company, a range of means such a range of frequencies;
what is higher is higher.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import (
    currency,
    money,
    number_reader,
    read_day,
    text,
    whole_number_reader,
    word,
)
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines, lines_by
from zt_planner.catalog.shipped.rates import confidence
from zt_planner.domain.data.published import ArticleClaim, PublishedLoss
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from zt_planner.catalog.csv.tables import Line

LOSSES, CLAIMS = "losses.csv", "article_claims.csv"
RANGE = ("frequency_high", "employees", "employees_high")
IN_ORDER = (
    ("frequency", "frequency_high"),
    ("employees", "employees_high"),
    ("mean", "mean_high"),
    ("median", "mean"),
    ("median", "p95"),
)

frequency = number_reader("1")
people = whole_number_reader("5000", least="1")

PUBLISHED_COLUMNS = {
    "population": CsvColumn(text),
    "source": CsvColumn(text),
    "source_url": CsvColumn(text, is_needed=False),
    "source_year": CsvColumn(whole_number_reader("2100", least="1990")),
    "read_on": CsvColumn(read_day),
    "confidence": CsvColumn(confidence),
}
LOSS_COLUMNS = {
    "id": CsvColumn(word),
    "view": CsvColumn(word),
    "counted": CsvColumn(text),
    "frequency": CsvColumn(frequency),
    "frequency_high": CsvColumn(frequency, is_needed=False),
    "employees": CsvColumn(people, is_needed=False),
    "employees_high": CsvColumn(people, is_needed=False),
    "mean": CsvColumn(money, is_needed=False),
    "mean_high": CsvColumn(money, is_needed=False),
    "median": CsvColumn(money, is_needed=False),
    "p95": CsvColumn(money, is_needed=False),
    "currency": CsvColumn(currency),
    **PUBLISHED_COLUMNS,
    "note": CsvColumn(text, is_needed=False),
}
CLAIM_COLUMNS = {
    "id": CsvColumn(word),
    "claim": CsvColumn(text),
    "finding": CsvColumn(text),
    **PUBLISHED_COLUMNS,
}


def losses_from(content: str) -> tuple[PublishedLoss, ...]:
    """Return the published losses; raise CatalogError for a row that is wrong."""
    return tuple(loss_from(line) for line in lines_by("id", csv_lines(LOSSES, content, LOSS_COLUMNS)).values())


def claims_from(content: str) -> tuple[ArticleClaim, ...]:
    """Return what the article claims; raise CatalogError for a row that is wrong."""
    lines = lines_by("id", csv_lines(CLAIMS, content, CLAIM_COLUMNS))
    return tuple(built(ArticleClaim, line, CLAIM_COLUMNS) for line in lines.values())


def loss_from(line: Line) -> PublishedLoss:
    """Return a row; raise for a range that lacks an end or a size, and for figures that are not in order."""
    row = built(PublishedLoss, line, LOSS_COLUMNS)
    given = [name for name in RANGE if getattr(row, name) is not None]
    if given and len(given) < len(RANGE):
        missing = next(name for name in RANGE if name not in given)
        remedy = msgid("Fill in all of {columns}, or none")
        raise line.wrong(missing, msgid("the range of frequencies is not whole"), remedy, columns=", ".join(RANGE))
    if row.mean_high is not None and (row.mean is None or not given):
        raise line.wrong("mean_high", msgid("'{value}' needs a mean and a range of frequencies"), msgid("Fill them in"))
    for low, high in IN_ORDER:
        less, more = getattr(row, low), getattr(row, high)
        if less is not None and more is not None and less >= more:
            raise line.wrong(high, msgid("'{value}' is not above {low}"), msgid("Write a larger number"), low=low)
    return row
