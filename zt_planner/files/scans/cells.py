"""What single values of a scan are: numbers that may be texts, days with a time, texts with HTML in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY

TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
LONGEST = 120
"""Characters of an id or a result; a longer one is none."""


def plain(value: object) -> str:
    """Return a short text without tags; what is no text, or none of a sensible length, is empty.

    An id may be a number in one row and a text in the next.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = TAG.sub(" ", str(value)[: 10 * LONGEST]).strip()
    return text if len(text) <= LONGEST and text.isprintable() else ""


def whole(value: object) -> int | None:
    """Return a count, which may be a text; None for what is none, and for -1, which means that nobody counted."""
    number = decimal(value)
    return int(number) if number is not None and number == int(number) else None


def decimal(value: object) -> float | None:
    """Return a number from 0 on, which may be a text."""
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) if 0 <= value <= 10**9 else None


def day_of(value: object) -> date | None:
    """Return the day that a time begins with, as it is written there, whatever the time zone."""
    match = DAY.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def scan_day(value: object) -> date | None:
    """Return the day of a scan; None beyond the days of a plan, as 0001-01-01 stands for no day in .NET."""
    day = day_of(value)
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def is_true(value: object) -> bool:
    """Tell whether something is a yes, which may be a text."""
    return value is True or (isinstance(value, str) and value.strip().casefold() in {"true", "yes", "1"})


def objects(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list; nothing for what is none."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def object_of(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one for what is none."""
    return value if isinstance(value, dict) else {}
