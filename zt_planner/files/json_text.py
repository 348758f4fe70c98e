"""JSON as it is kept: strict when it is read, the same bytes for the same data when it is written.

Numbers keep their decimals. What JSON leaves open is refused: NaN, infinities,
a key that stands twice, nesting without end. Law: any bytes are either read or
raise ScenarioError with a remedy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_FILE_BYTES = 1_000_000
DEEPEST_NESTING = 20
LARGEST_MAGNITUDE = 40
LONGEST_EXPONENT = 4


@dataclass(frozen=True, slots=True)
class Outlandish:
    """A number beyond anything a plan could need, kept as it was written: no field accepts it."""

    written: str


class _RefusedError(Exception):
    """Something that JSON's grammar allows and a scenario does not; caught where the file is known."""

    def __init__(self, problem: str, remedy: str, value: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.value = value


def json_bytes(data: object) -> bytes:
    """Write data as UTF-8, indented, with a newline at the end."""
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def json_from(content: bytes, file: str) -> Any:  # noqa: ANN401 - what a file holds is known after validation only
    """Read JSON, numbers as exact decimals; raise ScenarioError with the file's name for what cannot be read."""
    if len(content) > LARGEST_FILE_BYTES:
        problem = msgid("it has {size} bytes, more than the limit of {most}")
        remedy = msgid("Open a scenario that ZT Planner saved")
        raise _file_error(file, problem, remedy, size=len(content), most=LARGEST_FILE_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = msgid("it is not UTF-8: a byte in line {line} cannot be read")
        raise _file_error(file, problem, msgid("Save it in UTF-8"), line=line) from None
    return _parsed(text, file)


def value_from(text: str) -> Any:  # noqa: ANN401 - known after validation only
    """Read one value: as JSON where it is JSON, otherwise as the text it is."""
    try:
        return _loads(text)
    except (ValueError, RecursionError, _RefusedError):
        return text


def _loads(text: str) -> Any:  # noqa: ANN401 - known after validation only
    return json.loads(
        text,
        parse_float=_exact,
        parse_int=_whole,
        parse_constant=_no_number,
        object_pairs_hook=_without_twins,
    )


def _parsed(text: str, file: str) -> Any:  # noqa: ANN401 - known after validation only
    try:
        data = _loads(text)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise _file_error(file, msgid("it is empty"), msgid("Open a scenario that ZT Planner saved")) from None
        problem = msgid("it is not JSON: line {line}, column {column} cannot be read")
        remedy = msgid("Check quotes, commas and braces there")
        raise _file_error(file, problem, remedy, line=error.lineno, column=error.colno) from None
    except _RefusedError as refused:
        raise _file_error(file, refused.problem, refused.remedy, value=refused.value) from None
    except RecursionError:
        raise _too_deep(file) from None
    if _is_deep(data):
        raise _too_deep(file)
    return data


def _file_error(file: str, problem: str, remedy: str, **values: object) -> ScenarioError:
    return ScenarioError((FieldProblem(file, problem, remedy, values),))


def _too_deep(file: str) -> ScenarioError:
    problem = msgid("it is nested more than {most} levels deep")
    return _file_error(file, problem, msgid("Open a scenario that ZT Planner saved"), most=DEEPEST_NESTING)


def _is_deep(data: object) -> bool:
    """Tell whether data is nested too deeply, without descending into it by recursion."""
    level: Sequence[object] = [data]
    for _ in range(DEEPEST_NESTING + 1):
        level = [
            part
            for whole in level
            if isinstance(whole, dict | list)
            for part in (whole.values() if isinstance(whole, dict) else whole)
        ]
        if not level:
            return False
    return True


def _exact(written: str) -> Decimal | Outlandish:
    """Keep a number's decimals; a huge exponent is set aside, as turning it into a whole number would take for ever."""
    exponent = written.lower().partition("e")[2].lstrip("+-0")
    if len(exponent) >= LONGEST_EXPONENT:
        return Outlandish(written)
    number = Decimal(written)
    return Outlandish(written) if abs(number.adjusted()) > LARGEST_MAGNITUDE else number


def _whole(written: str) -> int | Outlandish:
    return int(written) if len(written) <= LARGEST_MAGNITUDE else Outlandish(written)


def _no_number(written: str) -> NoReturn:
    problem = msgid("{value} is not a number")
    raise _RefusedError(problem, msgid("Write digits, with a decimal point where needed"), written)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; refuse one in which a key stands twice, as only one of the two could be meant."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(
                msgid("'{value}' appears twice in one object"), msgid("Keep one of them"), shortened(key)
            )
        found[key] = value
    return found
