"""How a controller could treat each kind of cost (M33)."""

from __future__ import annotations

import pytest

from zt_planner.domain.categories import CostCategory, Kind, Treatment, treatment_of


@pytest.mark.parametrize(
    ("category", "kind", "expected"),
    [
        (CostCategory.HARDWARE, Kind.ONE_OFF, Treatment.CAPITALISABLE),
        (CostCategory.HARDWARE, Kind.RECURRING, Treatment.RUNNING),
        (CostCategory.LICENCE, Kind.RECURRING, Treatment.RUNNING),
        (CostCategory.CONSULTANT, Kind.ONE_OFF, Treatment.RUNNING),
        (CostCategory.CONTINGENCY, Kind.ONE_OFF, Treatment.UNDECIDED),
        (CostCategory.INTERNAL, Kind.ONE_OFF, None),
    ],
)
def test_bought_hardware_alone_is_an_asset_and_own_work_is_nothing_to_treat(
    category: CostCategory, kind: Kind, expected: Treatment | None
) -> None:
    assert treatment_of(category, kind) is expected


def test_every_amount_in_cash_has_a_treatment() -> None:
    treated = {category for category in CostCategory for kind in Kind if treatment_of(category, kind)}
    assert treated == {category for category in CostCategory if category.is_cash}
