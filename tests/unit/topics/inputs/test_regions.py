"""Regions by name: every one of the list is one that a scenario accepts."""

from __future__ import annotations

import pytest

from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.scheduling.calendar import public_holidays
from zt_planner.topics.inputs.regions import (
    NAMES,
    SCHOOL_HOLIDAYS_ONLY,
    Region,
    countries,
    parts,
    region_code,
    split,
)


@pytest.mark.extended
def test_every_region_of_the_list_is_accepted_and_has_a_name() -> None:
    for country, name in told(countries()).items():
        assert name != country
        Scenario().changed("timeline.region", country)
        for part in parts(country):
            Scenario().changed("timeline.region", region_code(country, part))
    assert len(countries()) > 200


@pytest.mark.parametrize(
    ("region", "english", "german"),
    [
        ("DE-NW", "Germany, North Rhine-Westphalia", "Deutschland, Nordrhein-Westfalen"),
        ("AT-6", "Austria, Styria", "Österreich, Steiermark"),
        ("CH-BE", "Switzerland, Bern", "Schweiz, Bern"),
        ("FR-6AE", "France, Alsace", "Frankreich, Elsass"),
        ("ES-VC", "Spain, Valencian Community", "Spanien, Region Valencia"),
        ("BE", "Belgium", "Belgien"),
        ("LU", "Luxembourg", "Luxemburg"),
        ("CH-JU", "Switzerland, Jura", "Schweiz, Jura"),
        ("FR-Zone A", "France, Zone A", "Frankreich, Zone A"),
        ("GB", "United Kingdom", "Vereinigtes Königreich"),
        ("DE-Augsburg", "Germany, Augsburg", "Deutschland, Augsburg"),
        ("UK-SCT", "UK, Scotland", "UK, Scotland"),
    ],
)
def test_a_region_has_a_name_in_the_readers_language(region: str, english: str, german: str) -> None:
    assert (ENGLISH.write(Region(region)), GERMAN.write(Region(region))) == (english, german)


def test_names_are_in_the_order_of_the_alphabet() -> None:
    german = list(GERMAN.sorted(countries()).values())
    assert german.index("Afghanistan") < german.index("Ägypten") < german.index("Albanien")
    assert list(GERMAN.sorted(parts("DE")).values())[:3] == ["Augsburg", "Baden-Württemberg", "Bayern"]
    assert list(ENGLISH.sorted(parts("DE")).values())[:3] == ["Augsburg", "Baden-Württemberg", "Bavaria"]


@pytest.mark.parametrize(
    ("region", "country", "part"), [("DE-NW", "DE", "NW"), ("DE", "DE", ""), (None, "", ""), ("", "", "")]
)
def test_a_region_is_its_country_and_its_part(region: str | None, country: str, part: str) -> None:
    assert split(region) == (country, part)
    assert region_code(country, part) == (region or None)


def test_an_unknown_country_has_no_parts() -> None:
    assert not parts("XX")


def test_what_is_named_is_a_region_and_school_holidays_make_none() -> None:
    for region in NAMES:
        country, part = split(region)
        assert part in parts(country), region
    assert not parts("BE")
    assert not {"Zone A", "Zone B", "Zone C"} & parts("FR").keys()
    for country, school in SCHOOL_HOLIDAYS_ONLY.items():
        assert {public_holidays(f"{country}-{part}", 2027) for part in school} == {public_holidays(country, 2027)}
