"""The prices and rates of the sidebar, and what hardware is replaced: moved, taken back, and said in words."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.ui.screen import Screen
from tests.ui.test_panel import MDR, PREMIUM, SIEM, WATCHED, field_of


@pytest.mark.extended
def test_the_licence_price_starts_at_the_books_and_becomes_an_own_one(screen: Screen) -> None:
    screen.run()
    book = screen.shows(f"{PREMIUM}:slider")
    assert not screen.has("reset:m365-business-premium")
    screen.move(f"{PREMIUM}:slider", 15.0)
    own = screen.headline
    assert screen.has("reset:m365-business-premium")
    screen.press("reset:m365-business-premium")
    assert screen.headline != own
    assert not screen.scenario.prices.overrides
    assert screen.shows(f"{PREMIUM}:slider") == screen.number(f"{PREMIUM}:field") == book
    assert not screen.has("reset:m365-business-premium")


@pytest.mark.extended
def test_the_hardware_control_says_what_is_replaced(screen: Screen) -> None:
    screen.run()
    assert "Nothing is replaced." in screen.captions
    screen.move("choices.hardware_reuse:field", 99)
    assert "Nothing is replaced." in screen.captions
    screen.move("choices.hardware_reuse:field", 50)
    assert "Replaced: 1 of 2 firewalls, 4 of 8 switches, 3 of 6 access points." in screen.captions


@pytest.mark.extended
def test_the_price_of_an_endpoint_is_a_mean_until_it_is_ones_own(screen: Screen) -> None:
    screen.run().move(*WATCHED)
    assert screen.number(f"{MDR}:field") == Decimal("15.73")
    assert any("Mean of 156 endpoints: the price falls by steps." in caption for caption in screen.captions)
    screen.move(f"{MDR}:field", 12.0)
    assert not any("falls by steps" in caption for caption in screen.captions)


@pytest.mark.extended
def test_an_own_price_that_drives_the_licence_out_says_so(screen: Screen) -> None:
    screen.run().move(f"{PREMIUM}:field", 90.0)
    assert any("another licence is cheaper" in caption for caption in screen.captions)
    assert screen.has("reset:m365-business-premium")


@pytest.mark.extended
@pytest.mark.parametrize(("path", "first"), [(SIEM, None), (MDR, WATCHED)])
def test_the_monitoring_price_is_taken_back(screen: Screen, path: str, first: tuple[str, Any] | None) -> None:
    screen.run()
    if first is not None:
        screen.move(*first)
    book = screen.number(f"{path}:field")
    assert book is not None
    screen.move(f"{path}:field", book + 7)
    screen.press(f"reset:{path.removeprefix('prices.overrides.')}")
    assert Decimal(str(screen.shows(f"{path}:slider"))) == book
    assert not screen.scenario.prices.overrides


@pytest.mark.extended
@pytest.mark.parametrize(
    ("price_id", "rate"),
    [("external-day", "labour.external_day_rate"), ("internal-day", "labour.internal_day_cost")],
)
@pytest.mark.parametrize("has_rate", [False, True], ids=["override", "override and rate"])
def test_a_day_is_moved_where_its_price_comes_from(screen: Screen, price_id: str, rate: str, has_rate: bool) -> None:  # noqa: FBT001
    override = f"prices.overrides.{price_id}"
    own = {
        "prices": {"overrides": {price_id: 700}},
        "labour": {rate.removeprefix("labour."): 900 if has_rate else None},
    }
    screen.load(json.dumps(own).encode()).unfold("fold:rates")
    widget = override if price_id == "internal-day" else f"{override}:field"
    assert screen.number(widget) == 700
    screen.move(widget, 810.0)
    assert field_of(screen.scenario, override) == 810
    assert screen.number(widget) == 810
    screen.press(f"reset:{price_id}")
    assert (field_of(screen.scenario, override), field_of(screen.scenario, rate)) == (None, None)
    assert not screen.has(f"reset:{price_id}")


@pytest.mark.extended
@pytest.mark.parametrize(
    ("price_id", "widget"),
    [("external-day", "labour.external_day_rate:field"), ("internal-day", "labour.internal_day_cost")],
)
def test_an_own_day_rate_is_taken_back(screen: Screen, price_id: str, widget: str) -> None:
    screen.unfold("fold:rates")
    book = screen.number(widget)
    assert book is not None
    assert not screen.has(f"reset:{price_id}")
    screen.move(widget, book + 100).press(f"reset:{price_id}")
    assert screen.number(widget) == book
    assert field_of(screen.scenario, widget.removesuffix(":field")) is None
