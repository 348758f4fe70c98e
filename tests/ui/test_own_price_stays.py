"""A price that somebody has set stays, and is shown as set, whatever else is moved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.ui.screen import Screen
from tests.ui.test_panel import MDR, PREMIUM, SIEM, WATCHED

SIZES = (90, 101, 301, 450, 120)


@pytest.mark.parametrize(
    ("path", "price", "first"),
    [(SIEM, 720.0, None), (MDR, 11.5, WATCHED), (PREMIUM, 17.5, None), ("external-day", 1111.0, None)],
)
@pytest.mark.extended
def test_moving_people_moves_no_price_that_was_set(
    screen: Screen, path: str, price: float, first: tuple[str, Any] | None
) -> None:
    screen.run()
    if first is not None:
        screen.move(*first)
    field = path if path.startswith("prices.") else f"prices.overrides.{path}"
    if not screen.has(f"{field}:field"):
        field = "labour.external_day_rate"
    screen.move(f"{field}:field", price)
    for people in SIZES:
        screen.move("company.employees:field", people)
        assert screen.scenario.company.employees == people
        assert screen.number(f"{field}:field") == Decimal(str(price)), people
        assert Decimal(str(screen.shows(f"{field}:slider"))) == Decimal(str(price)), people
        paid = {line.price_id: line.unit_price for line in screen.plan.cost_lines if line.unit_price is not None}
        own = paid.get(path.removeprefix("prices.overrides."))
        assert own is None or own.amount == Decimal(str(price)), people
        assert "cloud-siem-user" not in paid or path != SIEM, people
