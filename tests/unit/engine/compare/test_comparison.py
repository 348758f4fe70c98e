"""Plans side by side, on common ground."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import scenario
from zt_planner import bootstrap
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.bridge import bridges_between
from zt_planner.engine.compare.comparison import Comparison, comparison_of
from zt_planner.engine.planner import plan_of

TODAY = date(2026, 11, 24)


def compared(*fields: dict[str, Any]) -> Comparison:
    """Compare scenarios, each the default one with fields set."""
    book, model = bootstrap.price_book(), bootstrap.phase_model()
    return comparison_of(
        {f"plan {index}": case_of(scenario(**each), book, model, today=TODAY) for index, each in enumerate(fields)}
    )


def test_the_others_are_compared_with_the_first() -> None:
    found = compared({}, {"company__employees": 150}, {"finance__contingency": 0})
    assert [variant.letter for variant in found.variants] == ["A", "B", "C"]
    assert [variant.name for variant in found.others] == ["plan 1", "plan 2"]
    assert not found.first.bridges
    for variant in found.others:
        assert variant.bridges == bridges_between(found.first.case, variant.case)
        assert variant.plan == plan_of(variant.case)


def test_horizons_that_differ_become_the_shortest() -> None:
    found = compared({"finance__horizon_months": 60}, {}, {"finance__horizon_months": 24})
    assert [variant.own_horizon for variant in found.variants] == [60, 36, 24]
    assert {len(variant.plan.horizon) for variant in found.variants} == {24}
    assert not any(bridge.bars for variant in found.others for bridge in variant.bridges)
    alone = plan_of(case_of(scenario(), bootstrap.price_book(), bootstrap.phase_model(), today=TODAY)).headlines
    assert alone is not None
    for variant in found.variants:
        figures = variant.plan.headlines
        assert figures is not None
        assert (
            replace(
                figures,
                horizon_total=alone.horizon_total,
                per_employee_month=alone.per_employee_month,
            )
            == alone
        )
