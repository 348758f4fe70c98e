"""The rules for scans: which controls are known, what they stand for, and which price a product has."""

from __future__ import annotations

import pytest

from zt_planner.domain.data.scan_rules import ScanControl, ScanRules, Sku, TickRule
from zt_planner.domain.scan import ScanKind

GUID = "05e9a617-0261-4cee-bb44-138d3ef5d965"
RULES = ScanRules(
    (
        ScanControl(task="a", scan=ScanKind.ZTA, controls=("1", "2"), how=TickRule.ALL, meanings=("one", "two")),
        ScanControl(
            task="a",
            scan=ScanKind.SCUBAGEAR,
            controls=("MS.1",),
            how=TickRule.ALL,
            versions=("v2",),
            meanings=("three",),
        ),
    ),
    (Sku(sku="SPE_E3", guid=GUID, price_id="m365-e3"), Sku(sku="SPE_E5", guid="x", price_id="m365-e5")),
)


def test_the_controls_of_a_scan_are_known_with_their_versions() -> None:
    assert RULES.known_controls[ScanKind.ZTA] == {"1": "", "2": ""}
    assert RULES.known_controls[ScanKind.SCUBAGEAR] == {"MS.1": "v2"}
    assert RULES.known_controls[ScanKind.USERS] == {}


def test_each_control_has_its_meaning() -> None:
    assert RULES.meanings == {
        (ScanKind.ZTA, "1"): "one",
        (ScanKind.ZTA, "2"): "two",
        (ScanKind.SCUBAGEAR, "MS.1"): "three",
    }


@pytest.mark.parametrize(
    ("sku", "guid", "price_id"),
    [
        ("anything", GUID.upper(), "m365-e3"),
        ("SPE_E5", GUID, "m365-e3"),
        ("spe_e3", None, "m365-e3"),
        ("SPE_E3", "of another country", "m365-e3"),
        ("LOOM_PREMIUM", "0", None),
    ],
)
def test_a_product_is_known_by_its_id_before_its_name(sku: str, guid: str | None, price_id: str | None) -> None:
    assert RULES.price_of(sku, guid) == price_id
