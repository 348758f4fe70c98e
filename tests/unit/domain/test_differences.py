"""In which fields two scenarios differ."""

from __future__ import annotations

from decimal import Decimal

from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import FieldChange


def test_what_differs_is_named_with_both_values_and_what_is_not_there_is_none() -> None:
    first = Scenario()
    other = first.changed("company.employees", 90).changed("prices.overrides", {"siem-month": Decimal(7)})
    assert differences(first, other) == (
        FieldChange("company.employees", 120, 90),
        FieldChange("prices.overrides.siem-month", None, "7.00"),
    )
    assert differences(first, first) == differences(first, Scenario()) == ()
