"""The names of regions whose public holidays are known.

Countries have their names in the reader's language, and so have the parts of a
country that are called otherwise there; the others are called as they are at
home. Law: every region of the list is one that a scenario accepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zt_planner.domain.regions import COUNTRIES, PARTS, holidays_of
from zt_planner.errors import msgid
from zt_planner.language import Country, Text, Words, Writable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.language import Language

LONGEST_CODE = 3
"""What is longer is a name."""
SCHOOL_HOLIDAYS_ONLY = {"FR": {"Zone A", "Zone B", "Zone C"}, "BE": {"Flemish", "French", "German"}}
"""Parts that the library knows for other days than public holidays."""
NAMES = {
    "DE-Augsburg": msgid("Augsburg"),
    "DE-BB": msgid("Brandenburg"),
    "DE-BE": msgid("Berlin"),
    "DE-BW": msgid("Baden-Württemberg"),
    "DE-BY": msgid("Bavaria"),
    "DE-HB": msgid("Bremen"),
    "DE-HE": msgid("Hesse"),
    "DE-HH": msgid("Hamburg"),
    "DE-MV": msgid("Mecklenburg-Western Pomerania"),
    "DE-NI": msgid("Lower Saxony"),
    "DE-NW": msgid("North Rhine-Westphalia"),
    "DE-RP": msgid("Rhineland-Palatinate"),
    "DE-SL": msgid("Saarland"),
    "DE-SN": msgid("Saxony"),
    "DE-ST": msgid("Saxony-Anhalt"),
    "DE-TH": msgid("Thuringia"),
    "AT-2": msgid("Carinthia"),
    "AT-3": msgid("Lower Austria"),
    "AT-4": msgid("Upper Austria"),
    "AT-5": msgid("Salzburg"),
    "AT-6": msgid("Styria"),
    "AT-7": msgid("Tyrol"),
    "AT-9": msgid("Vienna"),
    "CH-AG": msgid("Aargau"),
    "CH-AI": msgid("Appenzell Innerrhoden"),
    "CH-AR": msgid("Appenzell Ausserrhoden"),
    "CH-BE": msgid("Bern"),
    "CH-BL": msgid("Basel-Landschaft"),
    "CH-BS": msgid("Basel-Stadt"),
    "CH-FR": msgid("Fribourg"),
    "CH-GE": msgid("Geneva"),
    "CH-GL": msgid("Glarus"),
    "CH-GR": msgid("Grisons"),
    "CH-LU": msgid("Lucerne"),
    "CH-NE": msgid("Neuchâtel"),
    "CH-NW": msgid("Nidwalden"),
    "CH-OW": msgid("Obwalden"),
    "CH-SG": msgid("St. Gallen"),
    "CH-SH": msgid("Schaffhausen"),
    "CH-SO": msgid("Solothurn"),
    "CH-SZ": msgid("Schwyz"),
    "CH-Stadt Zurich": msgid("City of Zurich"),
    "CH-TG": msgid("Thurgau"),
    "CH-TI": msgid("Ticino"),
    "CH-VD": msgid("Vaud"),
    "CH-VS": msgid("Valais"),
    "CH-ZG": msgid("Zug"),
    "CH-ZH": msgid("Zurich"),
    "FR-57": msgid("Moselle"),
    "FR-6AE": msgid("Alsace"),
    "FR-971": msgid("Guadeloupe"),
    "FR-972": msgid("Martinique"),
    "FR-973": msgid("French Guiana"),
    "FR-974": msgid("Réunion"),
    "FR-BL": msgid("Saint Barthélemy"),
    "FR-MF": msgid("Saint Martin"),
    "FR-NC": msgid("New Caledonia"),
    "FR-PF": msgid("French Polynesia"),
    "FR-PM": msgid("Saint Pierre and Miquelon"),
    "FR-TF": msgid("French Southern Territories"),
    "FR-WF": msgid("Wallis and Futuna"),
    "ES-AN": msgid("Andalusia"),
    "ES-AR": msgid("Aragon"),
    "ES-AS": msgid("Asturias"),
    "ES-Barcelona": msgid("City of Barcelona"),
    "ES-CB": msgid("Cantabria"),
    "ES-CL": msgid("Castile and León"),
    "ES-CM": msgid("Castilla-La Mancha"),
    "ES-CN": msgid("Canary Islands"),
    "ES-CT": msgid("Catalonia"),
    "ES-EX": msgid("Extremadura"),
    "ES-GA": msgid("Galicia"),
    "ES-IB": msgid("Balearic Islands"),
    "ES-MC": msgid("Murcia"),
    "ES-MD": msgid("Madrid"),
    "ES-NC": msgid("Navarre"),
    "ES-PV": msgid("Basque Country"),
    "ES-VC": msgid("Valencian Community"),
}
"""What parts of countries are called, where that depends on the language."""


def countries() -> Mapping[str, Words]:
    """Return the countries by their code."""
    return {code: Country(code) for code in COUNTRIES}


@lru_cache
def parts(country: str) -> Mapping[str, Words]:
    """Return the parts of a country that have holidays of their own, by their code."""
    known = PARTS.get(country, [])
    named = holidays_of(country).get_subdivision_aliases() if known else {}
    names: dict[str, Words] = {}
    for code in known:
        if code not in SCHOOL_HOLIDAYS_ONLY.get(country, ()):
            at_home = next((name for name in named.get(code, ()) if len(name) > LONGEST_CODE), code)
            translated = NAMES.get(f"{country}-{code}")
            names[code] = at_home if translated is None else Text(translated)
    return names


def split(region: str | None) -> tuple[str, str]:
    """Return country and part of a region, each empty where there is none."""
    country, _, part = (region or "").partition("-")
    return country, part


def region_code(country: str, part: str) -> str | None:
    """Return the region of a country and a part of it; None for no country."""
    return "-".join(filter(None, (country, part))) or None


@dataclass(frozen=True, slots=True)
class Region(Writable):
    """A region by its code: `Germany, Bavaria`."""

    code: str

    def written(self, language: Language) -> str:
        """Write the country, and its part if there is one."""
        country, part = split(self.code)
        return ", ".join(filter(None, (language.country(country), part and language.write(RegionPart(self.code)))))


@dataclass(frozen=True, slots=True)
class RegionPart(Writable):
    """A part of a country by the region's code: `Nordrhein-Westfalen`; the country where there is no part."""

    code: str

    def written(self, language: Language) -> str:
        """Write it as the holidays library or the catalogue names it."""
        country, part = split(self.code)
        return language.write(parts(country).get(part, part) if part else Country(country))
