"""Elements, times and durations as Project writes them; texts without what XML cannot carry.

Laws: every text gives a file that can be read; a whole day lasts from 8 to 17 o'clock
with an hour's break, so that its eight hours are a person-day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias
from xml.etree.ElementTree import Element

NAMESPACE = "http://schemas.microsoft.com/project"
HOURS_A_DAY = 8
SECONDS_A_DAY = HOURS_A_DAY * 3600
TENTHS_A_WEEK = 7 * 24 * 60 * 10
"""A week of calendar time in tenths of a minute, as lags are written."""
MORNING, NOON, AFTERNOON, EVENING = "08:00:00", "12:00:00", "13:00:00", "17:00:00"
IN_DAYS, ELAPSED_WEEKS = 7, 10
"""Formats of durations and lags: working days, and weeks in which weekends count."""
FINISH_TO_START = 1
"""The kind of a link that a plan has."""
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INSTEAD = "\N{REPLACEMENT CHARACTER}"

XmlValue: TypeAlias = "str | int | Decimal | bool | None"


def writable(text: str) -> str:
    """Return a text with a mark instead of each character that XML cannot carry."""
    return UNWRITABLE.sub(INSTEAD, text)


def element(name: str, *parts: Element | tuple[str, XmlValue]) -> Element:
    """Return an element with its parts in order: elements, or names with values; those without one are left out."""
    made = Element(name)
    for part in parts:
        if isinstance(part, Element):
            made.append(part)
        elif part[1] is not None:
            child = Element(part[0])
            child.text = _text(part[1])
            made.append(child)
    return made


def _text(value: str | int | Decimal | bool) -> str:  # noqa: FBT001 - a value of the file
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:f}" if isinstance(value, Decimal) else writable(str(value))


def workday_start(day: date) -> str:
    """Return the moment at which a day's work starts."""
    return f"{day.isoformat()}T{MORNING}"


def end_of(day: date) -> str:
    """Return the moment at which a day's work ends."""
    return f"{day.isoformat()}T{EVENING}"


def duration_of(seconds: int) -> str:
    """Return hours of work: `PT28H30M0S`."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"PT{hours}H{minute}M{second}S"


def days_from(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
