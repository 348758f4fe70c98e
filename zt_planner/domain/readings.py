"""A number that can be read in two ways: `1.200` is twelve hundred to one reader, and 1.2 to another.

That is a single mark with three digits after it, and before it one to three
that begin with no 0. Laws: what is written to be read in one way has never just
three decimals; `0.125`, `1.2000` and `1200` have one reading.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import combining, normalize

from zt_planner.domain.scenario.values import price_text

TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
THOUSAND = 1000


def has_two_readings(text: str) -> bool:
    """Tell whether the mark in a number can be that of the thousands, or that of the decimals."""
    return TWO_READINGS.fullmatch(text) is not None


def readings(text: str) -> tuple[str, str]:
    """Return both readings of such a number as a file has them, each so that it has just one: `1200` and `1.20`."""
    exact = Decimal(text.replace(",", "."))
    return f"{exact * THOUSAND:.0f}", price_text(exact)


def without_accents(text: str) -> str:
    """Return a text in small letters without accents, as names are compared that people type: `Catégorie` is one."""
    parts = normalize("NFKD", text.casefold())
    return " ".join("".join(part for part in parts if not combining(part)).split())
