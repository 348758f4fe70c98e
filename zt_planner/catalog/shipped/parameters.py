"""parameters.csv and operations.csv: what each column means and what rows must be together.

Laws: every parameter that a rule uses is there once, within its bounds and in order, and no other; an activity of
operation begins after a task that there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from zt_planner.catalog.csv.cells import different, number_reader, one_of, text, word
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines, lines_by
from zt_planner.catalog.shipped.rates import confidence
from zt_planner.domain.data.parameters import IN_ORDER, PARAMETER_IDS, Parameter, Parameters
from zt_planner.domain.data.phase_model import Driver, Operated, Operation
from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.errors import FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from zt_planner.catalog.csv.tables import Line
    from zt_planner.errors import CellProblem

PARAMETERS, OPERATIONS = "parameters.csv", "operations.csv"
ANY = "any"

driver = one_of(Driver, msgid("'{value}' is not a known driver"))
operated = one_of(Operated, msgid("'{value}' is not a known way to operate"))
watched = one_of(Monitoring, msgid("'{value}' is not a known monitoring"))


def monitoring(value: str) -> tuple[Monitoring, ...]:
    """Read the choices of monitoring with which there is an activity; none for any."""
    return () if value == ANY else different(watched)(value)


PARAMETER_COLUMNS = {
    "id": CsvColumn(word),
    "value": CsvColumn(number_reader("100000")),
    "unit": CsvColumn(text, is_needed=False),
    "source": CsvColumn(text, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}
OPERATION_COLUMNS = {
    "id": CsvColumn(word),
    "activity": CsvColumn(text),
    "from_finish_of": CsvColumn(word),
    "monitoring": CsvColumn(monitoring),
    "driver": CsvColumn(driver, is_needed=False),
    "base_days_per_month": CsvColumn(number_reader("1000")),
    "days_per_unit": CsvColumn(number_reader("100"), is_needed=False),
    "by_partner": CsvColumn(operated, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}


def parameters_from(content: str) -> tuple[Parameter, ...]:
    """Return the parameters; raise for one that is unknown, missing, there twice or out of bounds."""
    lines = lines_by("id", csv_lines(PARAMETERS, content, PARAMETER_COLUMNS))
    for key, line in lines.items():
        if key not in PARAMETER_IDS:
            problem, remedy = msgid("'{value}' is not a parameter of the model"), msgid("Use one of: {known}")
            raise line.wrong("id", problem, remedy, known=", ".join(PARAMETER_IDS))
    missing = next((key for key in PARAMETER_IDS if key not in lines), None)
    if missing is not None:
        problem, remedy = msgid("the parameter '{value}' is missing"), msgid("Add its row")
        raise FileProblem(Place(PARAMETERS), problem, remedy, value=missing)
    rows = tuple(built(Parameter, line, PARAMETER_COLUMNS) for line in lines.values())
    values = {row.id: row.value for row in rows}
    try:
        Parameters.model_validate(values)
    except ValidationError as error:
        key = str(error.errors(include_url=False)[0]["loc"][0])
        raise out_of_bounds(lines[key], key) from None
    check_order(lines, values)
    return rows


def check_order(lines: Mapping[str, Line], values: Mapping[str, Decimal]) -> None:
    """Raise for a parameter that is more than the one that it must not exceed."""
    for lower, upper in IN_ORDER:
        if values[lower] > values[upper]:
            problem = msgid("'{value}' of {id} is more than {upper} in row {other}, which is {most}")
            remedy, most, other = msgid("Write {most} or less, or raise {upper}"), values[upper], lines[upper].row
            raise lines[lower].wrong("value", problem, remedy, id=lower, upper=upper, other=other, most=most)


def out_of_bounds(line: Line, key: str) -> CellProblem:
    """Return the error of a parameter beyond its bounds, with both of them."""
    lower, upper = Parameters.model_fields[key].metadata
    problem = msgid("'{value}' is out of range")
    if hasattr(lower, "gt"):
        return line.wrong(
            "value", problem, msgid("Write more than {least}, {most} at most"), least=lower.gt, most=upper.le
        )
    return line.wrong("value", problem, msgid("Write a number from {least} to {most}"), least=lower.ge, most=upper.le)


def operations_from(content: str, tasks: Collection[str]) -> tuple[Operation, ...]:
    """Return the activities of operation; raise for one after an unknown task, or with days for no driver."""
    lines = lines_by("id", csv_lines(OPERATIONS, content, OPERATION_COLUMNS))
    rows = []
    for line in lines.values():
        row = built(Operation, line, OPERATION_COLUMNS)
        if row.from_finish_of not in tasks:
            problem, remedy = msgid("'{value}' is not a task of tasks.csv"), msgid("Correct the id or add the task")
            raise line.wrong("from_finish_of", problem, remedy)
        if row.days_per_unit and row.driver is None:
            problem, remedy = msgid("'{value}' has no driver to multiply"), msgid("Name a driver or write 0")
            raise line.wrong("days_per_unit", problem, remedy)
        rows.append(row)
    return tuple(rows)
