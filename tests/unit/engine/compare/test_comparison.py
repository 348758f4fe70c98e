"""Plans side by side, on common ground."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.builders import plan, plan_for, scenario, unstopped
from zt_planner import bootstrap
from zt_planner.engine.case import Case
from zt_planner.engine.compare.bridge import bridges_between
from zt_planner.engine.compare.comparison import Comparison, combinations_of, comparison_of


def cases(*fields: dict[str, Any]) -> dict[str, Case]:
    """Return the cases of scenarios, each the default one with fields set."""
    book, model = bootstrap.price_book(), bootstrap.phase_model()
    return {f"plan {index}": builders.case(scenario(**item), book, model) for index, item in enumerate(fields)}


def compared(*fields: dict[str, Any]) -> Comparison:
    """Compare scenarios, each the default one with fields set."""
    return comparison_of(cases(*fields))


def test_the_others_are_compared_with_the_first() -> None:
    result = compared({}, {"company__employees": 150}, {"finance__contingency": 0})
    assert [variant.letter for variant in result.variants] == ["A", "B", "C"]
    assert [variant.name for variant in result.others] == ["plan 1", "plan 2"]
    assert not result.first.bridges
    for variant in result.others:
        assert variant.bridges == bridges_between(result.first.case, variant.case)
        assert variant.plan == plan_for(variant.case)


def test_horizons_that_differ_become_the_shortest() -> None:
    result = compared({"finance__horizon_months": 60}, {}, {"finance__horizon_months": 24})
    assert [variant.own_horizon for variant in result.variants] == [60, 36, 24]
    assert {len(variant.plan.horizon) for variant in result.variants} == {24}
    assert not any(bridge.bars for variant in result.others for bridge in variant.bridges)
    alone = plan(scenario(), bootstrap.price_book(), bootstrap.phase_model()).headlines
    for variant in result.variants:
        figures = unstopped(variant.plan).headlines
        assert {**figures, "horizon_total": alone["horizon_total"]} == dict(alone)


def test_who_follows_hears_of_each_combination_before_it_is_computed() -> None:
    given = cases({}, {"company__employees": 150, "finance__contingency": 0}, {"choices__monitoring": "mdr"})
    heard = list[None]()
    assert comparison_of(given, "ACD", lambda: heard.append(None)).variants[1].letter == "C"
    assert len(heard) == combinations_of(given) == 4 + 2


def test_a_plan_that_is_the_very_same_has_bridges_without_bars() -> None:
    (case,) = cases({}).values()
    result = comparison_of({"plan": case, "copy": case})
    assert [bridge.bars for bridge in result.others[0].bridges] == [()] * 4
