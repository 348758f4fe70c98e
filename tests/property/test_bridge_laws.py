"""A bridge adds up, leads back the way it came, and shows nothing where nothing changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import plan_for
from tests.property.any_plan import MODEL, SHIPPED, planned, small_scenario
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.declared import INPUTS
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.compare.bridge import BridgeFigure, bridges_between, order_free
from zt_planner.engine.compare.inputs import differing_groups, mixed
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.engine.planner import build_plan

few_groups = st.sets(st.sampled_from(InputGroup), min_size=1, max_size=3)
cents = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number).scaleb(-2))


@st.composite
def amounts_by_set(draw: st.DrawFn) -> tuple[tuple[int, ...], list[Decimal]]:
    """Draw up to five causes and an amount for each set of them."""
    count = draw(st.integers(0, 5))
    return tuple(range(count)), draw(st.lists(cents, min_size=2**count, max_size=2**count))


@given(drawn=amounts_by_set())
def test_bars_add_up_and_the_way_back_flips_every_sign(drawn: tuple[tuple[int, ...], list[Decimal]]) -> None:
    causes, result = drawn
    bars, back = (order_free(causes, way, 2) for way in (result, result[::-1]))
    assert sum(bar.amount for bar in bars) == result[-1] - result[0]
    assert [bar.amount for bar in back] == [-bar.amount for bar in bars]


@given(drawn=amounts_by_set(), index=st.integers(0, 5))
def test_what_moves_nothing_has_zero(drawn: tuple[tuple[int, ...], list[Decimal]], index: int) -> None:
    causes, result = drawn
    low = (1 << index) - 1
    with_idle = [result[(mask >> index + 1 << index | mask & low) % len(result)] for mask in range(2 * len(result))]
    if index > len(causes):
        return
    bars = order_free((*causes, len(causes)), with_idle, 2)
    assert bars[index].is_idle
    assert bars[index].amount == 0
    others = [bar for place, bar in enumerate(bars) if place != index]
    assert [bar.amount for bar in others] == [bar.amount for bar in order_free(causes, result, 2)]


def cases(before: Scenario, after: Scenario, groups: set[InputGroup]) -> tuple[Case, Case]:
    """Return the case of a scenario, and one that differs from it in these groups at most."""
    first, other = (builders.case(item, SHIPPED, MODEL) for item in (before, after))
    return first, mixed(first, other, groups)


def with_what_moves_no_figure(before: Scenario, after: Scenario) -> Scenario:
    """Return the other scenario with what no bridge takes over from it: a sector, for example, or what was approved."""
    data, kept = after.model_dump(), before.model_dump()
    for path, declared in INPUTS.items():
        part, _, name = path.partition(".")
        if declared.group is None and name:
            data[part][name] = kept[part].get(name)
    return Scenario.model_validate(data)


def amount_in(plan: AnyPlan, figure: BridgeFigure) -> Decimal | None:
    """Return a figure of a plan; None where it has none."""
    if isinstance(plan, StoppedPlan):
        return None
    if figure is BridgeFigure.FINISH_DATE:
        return Decimal(plan.headlines.finish_date.toordinal())
    lines = figure_lines(FigureName(figure), plan)
    return None if any(line.amount is None for line in lines) else getattr(plan.headlines, figure)


@given(before=small_scenario, after=small_scenario)
@pytest.mark.extended
def test_no_group_is_the_one_plan_and_all_groups_are_the_other(before: Scenario, after: Scenario) -> None:
    after = with_what_moves_no_figure(before, after)
    first, other = cases(before, after, set(InputGroup))
    for scenario, case in ((before, mixed(first, other, ())), (after, other)):
        built, taken = planned(scenario), plan_for(case)
        assert replace(built, case=case, findings=taken.findings) == taken


@given(before=small_scenario, after=small_scenario, groups=few_groups)
@pytest.mark.extended
def test_bars_are_the_mean_over_every_order(before: Scenario, after: Scenario, groups: set[InputGroup]) -> None:
    first, other = cases(before, after, groups)
    differing = differing_groups(first, other)
    assert set(differing) <= groups
    orders = list(permutations(differing))
    sets = {frozenset(order[:size]) for order in orders for size in range(len(order) + 1)}
    plans = {taken: build_plan(mixed(first, other, taken)) for taken in sets}
    for bridge in bridges_between(first, other):
        amounts = {taken: amount_in(plan, bridge.figure) for taken, plan in plans.items()}
        known = {taken: amount for taken, amount in amounts.items() if amount is not None}
        if len(known) < len(sets):
            assert bridge.gap is not None
            assert frozenset(bridge.gap.groups) not in known
            continue
        assert bridge.gap is None
        unit = Decimal(1).scaleb(-bridge.figure.places)
        for bar in bridge.bars:
            before_it = [frozenset(order[: order.index(bar.cause)]) for order in orders]
            steps = [known[taken | {bar.cause}] - known[taken] for taken in before_it]
            assert abs(bar.amount * len(orders) - sum(steps)) < len(orders) * unit
            assert bar.is_idle is not any(steps)
        assert bridge.total == known[frozenset(differing)] - known[frozenset()]


@given(before=small_scenario, after=small_scenario, groups=few_groups)
def test_the_way_back_flips_every_sign(before: Scenario, after: Scenario, groups: set[InputGroup]) -> None:
    first, other = cases(before, after, groups)
    for there, back in zip(bridges_between(first, other), bridges_between(other, first), strict=True):
        assert [(bar.cause, -bar.amount) for bar in there.bars] == [(bar.cause, bar.amount) for bar in back.bars]
        assert (there.gap is None) is (back.gap is None)


@given(scenario=small_scenario)
def test_equal_plans_have_no_bars(scenario: Scenario) -> None:
    case = builders.case(scenario, SHIPPED, MODEL)
    assert not any(bridge.bars for bridge in bridges_between(case, case))
    assert all(bridge.gap is None or not bridge.gap.groups for bridge in bridges_between(case, case))
