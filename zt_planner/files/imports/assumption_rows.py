"""Import of assumptions: fields of the scenario by their paths. Law: values as they were exported give no edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.readings import has_two_readings
from zt_planner.domain.scenario.fields import leaves_of
from zt_planner.errors import msgid
from zt_planner.files.imports.rows import Returned, cannot_be_read, number_in
from zt_planner.files.imports.task_rows import LANGUAGES
from zt_planner.gaps import shortened
from zt_planner.media.xlsx.assumptions import typed_value
from zt_planner.topics.inputs.field_names import CHOICES, SHARES, TEXTS
from zt_planner.topics.labels import label
from zt_planner.topics.table import CellFormat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from pydantic import JsonValue

    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.files.imports.result import ImportResult


def assumption_edits(rows: Sequence[Returned], scenario: Scenario, result: ImportResult) -> None:
    """Compare rows with the fields of the scenario that was exported."""
    fields = dict(leaves_of(scenario.model_dump(mode="json", exclude={"schema_version"})))
    for row in rows:
        path = row.text("path")
        if path not in fields:
            problem, remedy = msgid("there is no field '{value}'"), msgid("Leave the last column as it was")
            result.leave(row.at("path"), problem, remedy, value=shortened(path))
        elif isinstance(fields[path], list | dict):
            if row.text("value"):
                problem, remedy = msgid("'{value}' has several parts"), msgid("Change it on the dashboard")
                result.leave(row.at("value"), problem, remedy, value=shortened(path))
        elif path not in TEXTS and has_two_readings(row.text("value").removesuffix("%").strip()):
            cannot_be_read(row, "value", result)
        elif not is_unchanged(path, fields[path], row.text("value")):
            result.edit(path, value_in(path, fields[path], row.text("value")), row.at("value"))


def is_unchanged(path: str, value: JsonValue, text: str) -> bool:
    """Tell whether a cell still says what was exported."""
    typed, form = typed_value(path, value)
    if typed is None:
        return not text
    if path in CHOICES:
        return choice_in(path, text) == value
    if isinstance(typed, bool):
        return text.casefold() == str(typed).casefold()
    if form in {CellFormat.TEXT, CellFormat.DATE}:
        return text == str(typed).strip()
    return number_in(text) == typed


def choice_in(path: str, text: str) -> str:
    """Return the value that a word stands for in a language; a word that stands for none as it was written."""
    words = {label(each, language).casefold(): str(each) for language in LANGUAGES for each in CHOICES[path]}
    return words.get(text.casefold(), text)


def value_in(path: str, before: JsonValue, text: str) -> JsonValue | Decimal:
    """Return a changed cell as a field takes it; nothing for an empty cell."""
    if not text:
        return "" if path in TEXTS else None
    if path in CHOICES:
        return choice_in(path, text)
    if text.casefold() in {"true", "false"}:
        return text.casefold() == "true"
    number = number_in(text)
    if path in SHARES and text.endswith("%"):
        percent = number_in(text.removesuffix("%").strip())
        number = None if percent is None else percent / 100
    if number is None or path in TEXTS or (isinstance(before, str) and number_in(before) is None):
        return text
    return int(number) if number == number.to_integral_value() else number
