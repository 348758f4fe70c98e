"""Regions whose public holidays are known: a country, and where it matters a part of it, by their names.

Which there are, the holidays library says; countries have their names in the
reader's language, parts as they are called there. Law: every region of the
list is one that a scenario accepts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.language import Language

LONGEST_CODE = 3
"""What is longer is a name."""


@lru_cache
def countries(language: Language) -> Mapping[str, str]:
    """Return the countries by their code, in the order of their names."""
    import holidays  # noqa: PLC0415 - paid only where regions are asked for

    names = {code: language.country(code) for code in holidays.list_supported_countries(include_aliases=False)}
    return dict(sorted(names.items(), key=lambda country: sort_key(country[1])))


@lru_cache
def parts(country: str) -> Mapping[str, str]:
    """Return the parts of a country that have holidays of their own, by their code, in the order of their names."""
    import holidays  # noqa: PLC0415 - as above

    known = holidays.list_supported_countries().get(country, [])
    named = holidays.country_holidays(country).get_subdivision_aliases() if known else {}
    names = {code: next((name for name in named.get(code, ()) if len(name) > LONGEST_CODE), code) for code in known}
    return dict(sorted(names.items(), key=lambda part: sort_key(part[1])))


def sort_key(name: str) -> str:
    """Return a name as lists are sorted: Ä beside A."""
    return normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def split(region: str | None) -> tuple[str, str]:
    """Return country and part of a region, each empty where there is none."""
    country, _, part = (region or "").partition("-")
    return country, part


def region_code(country: str, part: str) -> str | None:
    """Return the region of a country and a part of it; None for no country."""
    return "-".join(filter(None, (country, part))) or None


def region_name(region: str, language: Language) -> str:
    """Return a region's name: `Germany, Nordrhein-Westfalen`."""
    country, part = split(region)
    return ", ".join(filter(None, (language.country(country), part and parts(country).get(part, part))))
