"""The panel draws every number and day as it was loaded, at the bounds that its type sets, and every slider moves."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.ui.screen import Screen
from tests.ui.test_panel import MDR, PREMIUM, SIEM, field_of
from zt_planner.domain import units
from zt_planner.domain.differences import values_of
from zt_planner.domain.scenario.declared import DeclaredField, field_at
from zt_planner.domain.scenario.fields import set_fields
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.domain.units import UnitKind

FOLDS = ("more_about_company", "choices", "calendar_and_teams", "rates")
ON_OTHER_PAGES = (
    *("company.turnover_millions", "company.balance_millions", "company.under_law_since"),
    *("company.standstill_day_cost", "levelling.", "status.", "uncertainty.", "prices.as_of", "prices.rise"),
)
"""How the paths of numbers and days begin that other pages ask for."""
BY_MODE = {
    Mode.DEADLINE: {"timeline.target_months"},
    Mode.CAPACITY: {"timeline.internal_days_per_week", "timeline.external_days_per_week"},
}


def declared(path: str) -> DeclaredField:
    """Return what a field is that there is."""
    field = field_at(path)
    assert field is not None
    return field


PATHS = tuple(
    path
    for path in (*values_of(Scenario()), PREMIUM, SIEM, MDR)
    if declared(path).unit.kind is not UnitKind.WORDS and not path.startswith(ON_OTHER_PAGES)
)
"""Every number and day of the panel."""


def as_in_a_file(value: Any, field: DeclaredField) -> str | float:  # noqa: ANN401 - whatever a field may hold
    """Return a value of a field as a scenario's file has it."""
    return (
        str(value)
        if field.unit in {units.MONEY, units.DAY}
        else int(value)
        if field.unit is units.COUNT
        else float(value)
    )


def at_its_bounds(*, most: bool, mode: Mode) -> dict[str, Any]:
    """Return a scenario's fields, each at the bound that its type or another field sets."""
    data: dict[str, Any] = {path.split(".")[0]: {} for path in PATHS} | {"choices": {"monitoring": "siem_and_mdr"}}
    data |= {"labour": {"coordination_share": {}}, "prices": {"overrides": {}}}
    for path in PATHS:
        field = declared(path)
        bound = field.most if most else field.least
        if bound is not None:
            set_fields(data, {path: as_in_a_file(bound, field)})
    people = data["company"]["employees"]
    data["company"] |= {"frontline": people - 1, "admins": 1, "remote_users": people if most else 0}
    data["timeline"]["mode"] = mode
    return data


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("most", [False, True], ids=["least", "most"])
@pytest.mark.extended
def test_every_field_is_drawn_at_its_bound_and_stands(screen: Screen, most: bool, mode: Mode) -> None:  # noqa: FBT001
    screen.go("prices", *(f"fold:{fold}" for fold in FOLDS))
    screen.load(json.dumps(at_its_bounds(most=most, mode=mode)).encode())
    loaded = screen.scenario
    for _ in range(2):
        widgets = {path: key for path in PATHS for key in (f"{path}:field", path) if screen.has(key)}
        (other,) = set(Mode) - {mode}
        assert set(PATHS) - widgets.keys() == BY_MODE[other]
        for path, widget in widgets.items():
            field: Any = field_of(loaded, path)
            assert screen.held(widget) == (100 * field if declared(path).unit is units.SHARE else field), path
        screen.run()
        assert screen.scenario == loaded


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.extended
def test_every_slider_moves_its_field(screen: Screen, mode: Mode) -> None:
    screen.load(json.dumps({"choices": {"monitoring": "siem_and_mdr"}, "timeline": {"mode": mode}}).encode())
    sliders = [path for path in PATHS if screen.has(f"{path}:slider")]
    assert BY_MODE[mode] < set(sliders)
    for path in sliders:
        slider = screen.widget(f"{path}:slider")
        shown = slider.min + slider.step
        screen.move(f"{path}:slider", shown)
        kept = Decimal(str(shown)) / (100 if declared(path).unit is units.SHARE else 1)
        assert field_of(screen.scenario, path) == kept, path
        assert screen.number(f"{path}:field") == Decimal(str(shown)), path
        assert not screen.errors, path
