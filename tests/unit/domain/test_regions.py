"""The regions are those of the holidays library."""

from __future__ import annotations

from textwrap import fill

import holidays
from holidays.registry import COUNTRIES as MODULES

from zt_planner.domain.regions import LISTED


def test_the_regions_are_those_of_the_library() -> None:
    known = holidays.list_supported_countries()
    countries = []
    for names in MODULES.values():
        codes = [name for name in names if name in known]
        (parts,) = {", ".join(known[code]) for code in codes}
        countries.append(": ".join(filter(None, (" ".join(codes), parts))))
    assert fill("; ".join(countries), 119) == LISTED.strip(), "write this into LISTED, and give new parts their names"
    assert {code for country in countries for code in country.partition(":")[0].split()} == known.keys()
