"""The panel draws every field as it was loaded, at the bounds that its type sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.test_panel import MDR, PREMIUM, SIEM, field_of
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from tests.ui.screen import Screen

MONEY = ("prices.", "labour.internal_day_cost", "labour.external_day_rate", "finance.monthly_cap")
TEAMS = ("internal", "external")
FOLDS = ("more_about_company", "choices", "calendar_and_teams", "rates")
SHARES = ("choices.hardware_reuse", "finance.contingency")
WIDGETS: tuple[tuple[str, str], ...] = (
    *(
        (f"{path}:field", path)
        for path in (
            "company.employees",
            "timeline.target_months",
            "timeline.internal_days_per_week",
            "timeline.external_days_per_week",
            PREMIUM,
            SIEM,
            MDR,
            "labour.external_day_rate",
            *SHARES,
        )
    ),
    *((f"company.{name}",) * 2 for name in ("frontline", "devices", "servers", "admins", "sites", "apps")),
    *(
        (path, path)
        for path in (
            "timeline.start",
            "company.remote_users",
            "timeline.max_internal_days_per_week",
            "timeline.max_external_days_per_week",
            "timeline.protection_first",
            "labour.internal_day_cost",
            "labour.coordination_days_per_month.internal",
            "labour.coordination_days_per_month.external",
            "finance.horizon_months",
            "finance.monthly_cap",
        )
    ),
)
"""Every number and date of the panel: its widget, and its field."""


def at_its_bounds(*, most: bool, mode: Mode) -> dict[str, Any]:
    """Return a scenario's fields, each at the bound that its type or another field sets."""

    def bound(path: str) -> str | float:
        field = field_at(path)
        assert field is not None
        found = field.most if most else field.least
        assert found is not None
        return str(found) if path.startswith(MONEY) else float(found)

    people = 5000 if most else 1
    counts = {name: int(bound(f"company.{name}")) for name in ("employees", "devices", "servers", "sites", "apps")}
    frontline = {"frontline": people - 1, "admins": 1, "remote_users": people if most else 0}
    teams = {
        f"{which}{team}_days_per_week": bound(f"timeline.{which}{team}_days_per_week")
        for which in ("", "max_")
        for team in TEAMS
    }
    return {
        "company": {**counts, **frontline},
        "choices": {"monitoring": "siem_and_mdr", "hardware_reuse": bound("choices.hardware_reuse")},
        "timeline": {
            "start": str(LAST_DAY if most else FIRST_DAY),
            "mode": mode,
            "target_months": int(bound("timeline.target_months")),
            "protection_first": bound("timeline.protection_first"),
            **teams,
        },
        "labour": {
            "internal_day_cost": bound("labour.internal_day_cost"),
            "external_day_rate": bound("labour.external_day_rate"),
            "coordination_days_per_month": dict.fromkeys(TEAMS, 20 if most else 0),
        },
        "finance": {
            "contingency": bound("finance.contingency"),
            "horizon_months": int(bound("finance.horizon_months")),
            "monthly_cap": bound("finance.monthly_cap"),
        },
        "prices": {"overrides": {path.removeprefix("prices.overrides."): bound(path) for path in (PREMIUM, SIEM, MDR)}},
    }


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("most", [False, True], ids=["least", "most"])
@pytest.mark.extended
def test_every_field_is_drawn_at_its_bound_and_stands(screen: Screen, most: bool, mode: Mode) -> None:  # noqa: FBT001
    screen.go("prices", *(f"fold:{fold}" for fold in FOLDS))
    screen.load(json.dumps(at_its_bounds(most=most, mode=mode)).encode())
    loaded = screen.scenario
    for _ in range(2):
        seen = [(widget, path) for widget, path in WIDGETS if screen.has(widget)]
        assert len(WIDGETS) - len(seen) == (2 if mode is Mode.DEADLINE else 1)
        for widget, path in seen:
            field: Any = field_of(loaded, path)
            assert screen.held(widget) == (100 * field if path in SHARES else field), path
        screen.run()
        assert screen.scenario == loaded
