"""losses.csv, controls.csv and article_claims.csv: what each column means and what rows must be together.

Laws: every view has a row, and its first one gives a curve; a range of frequencies has both ends and both sizes, a
range of means such a range of frequencies; a control is brought by tasks that there are.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import (
    currency,
    different,
    money,
    number_reader,
    one_of,
    read_day,
    text,
    whole_number_reader,
    word,
)
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines, lines_by
from zt_planner.catalog.shipped.parameters import monitoring
from zt_planner.catalog.shipped.rates import confidence
from zt_planner.domain.data.losses import (
    LEAST_FACTOR,
    PUBLISHED_VIEWS,
    ArticleClaim,
    Control,
    LossData,
    LossSource,
    PublishedView,
)
from zt_planner.errors import FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from zt_planner.catalog.csv.tables import Line

LOSSES, CONTROLS, CLAIMS = "losses.csv", "controls.csv", "article_claims.csv"
LOSS_FILES = (LOSSES, CONTROLS, CLAIMS)
RANGE = ("frequency_high", "employees", "employees_high")

view = one_of(PUBLISHED_VIEWS, msgid("'{value}' is not a known view of losses"))
frequency = number_reader("1")
people = whole_number_reader("5000", least="1")
factor = number_reader("1", least=str(LEAST_FACTOR))

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
    "view": CsvColumn(view),
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
CONTROL_COLUMNS = {
    "id": CsvColumn(word),
    "control": CsvColumn(text),
    "group": CsvColumn(word),
    "tasks": CsvColumn(different(word)),
    "own_task": CsvColumn(word, is_needed=False),
    "monitoring": CsvColumn(monitoring),
    "on_frequency": CsvColumn(factor),
    "on_severity": CsvColumn(factor),
    "evidence": CsvColumn(text),
    **PUBLISHED_COLUMNS,
}
CLAIM_COLUMNS = {
    "id": CsvColumn(word),
    "claim": CsvColumn(text),
    "finding": CsvColumn(text),
    **PUBLISHED_COLUMNS,
}


def loss_data_from(texts: Mapping[str, str], tasks: Collection[str]) -> LossData:
    """Return the three tables; raise CatalogError for a row that is wrong."""
    claims = lines_by("id", csv_lines(CLAIMS, texts[CLAIMS], CLAIM_COLUMNS))
    return LossData(
        sources=sources_from(texts[LOSSES]),
        controls=controls_from(texts[CONTROLS], tasks),
        claims=tuple(built(ArticleClaim, line, CLAIM_COLUMNS) for line in claims.values()),
    )


def sources_from(content: str) -> tuple[LossSource, ...]:
    """Return the published losses; raise for a view without a row, and for figures that give no loss."""
    lines = lines_by("id", csv_lines(LOSSES, content, LOSS_COLUMNS))
    rows, seen = [], set[PublishedView]()
    for line in lines.values():
        row = built(LossSource, line, LOSS_COLUMNS)
        check_range(line, row)
        check_severity(line, row, has_curve=row.view not in seen)
        seen.add(row.view)
        rows.append(row)
    missing = next((each for each in PUBLISHED_VIEWS if each not in seen), None)
    if missing is not None:
        problem, remedy = msgid("the view '{value}' is missing"), msgid("Add its row")
        raise FileProblem(Place(LOSSES), problem, remedy, value=str(missing))
    return tuple(rows)


def check_range(line: Line, row: LossSource) -> None:
    """Raise for a range that lacks an end or a size, and for ends that are not in order."""
    given = [name for name in RANGE if getattr(row, name) is not None]
    if given and len(given) < len(RANGE):
        missing = next(name for name in RANGE if name not in given)
        remedy = msgid("Fill in all of {columns}, or none")
        raise line.wrong(missing, msgid("the range of frequencies is not whole"), remedy, columns=", ".join(RANGE))
    for low, high in (("frequency", "frequency_high"), ("employees", "employees_high")):
        if given and not 0 < getattr(row, low) < getattr(row, high):
            problem, remedy = msgid("'{value}' is not above {low}, or {low} is 0"), msgid("Write a larger number")
            raise line.wrong(high, problem, remedy, low=low)
    if row.mean_high is None:
        return
    if row.mean is None or not given:
        raise line.wrong("mean_high", msgid("'{value}' needs a mean and a range of frequencies"), msgid("Fill them in"))
    if row.mean_high <= row.mean:
        problem = msgid("'{value}' is not above {low}")
        raise line.wrong("mean_high", problem, msgid("Write a larger number"), low="mean")


def check_severity(line: Line, row: LossSource, *, has_curve: bool) -> None:
    """Raise for figures that give no mean; a row that is a view needs a spread, another one may have no figure."""
    known = [(name, getattr(row, name)) for name in ("median", "mean", "p95") if getattr(row, name) is not None]
    names = {name for name, _ in known}
    is_whole = names in ({"median", "mean"}, {"median", "p95"}) or (not has_curve and names <= {"mean"})
    if not is_whole:
        problem = msgid("these figures do not give the size of a loss")
        raise line.wrong("median", problem, msgid("Fill in the median, and either mean or p95"))
    for (lower, less), (name, more) in pairwise([("", 0), *known]):
        if less >= more:
            problem = msgid("'{value}' is not above {low}")
            raise line.wrong(name, problem, msgid("Write a larger number"), low=lower or "0")


def controls_from(content: str, tasks: Collection[str]) -> tuple[Control, ...]:
    """Return the controls; raise for one that an unknown task would bring."""
    lines = lines_by("id", csv_lines(CONTROLS, content, CONTROL_COLUMNS))
    rows = []
    for line in lines.values():
        row = built(Control, line, CONTROL_COLUMNS)
        unknown = next((task for task in row.tasks if task not in tasks), None)
        if unknown is not None:
            problem, remedy = msgid("'{value}' is not a task of tasks.csv"), msgid("Correct the id or add the task")
            raise line.wrong("tasks", problem, remedy, value=unknown)
        rows.append(row)
    return tuple(rows)
