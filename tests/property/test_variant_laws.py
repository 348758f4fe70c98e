"""A variant is kept as what differs, whatever that is; what is done to it can be undone, and no plan moves another."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import any_scenario
from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.variants import COMMON, LETTERS, KeptVariant
from zt_planner.workspace.keys import Key
from zt_planner.workspace.state import State
from zt_planner.workspace.variants import own_fields, scenario_of, variant_changes


def own_differences(one: Scenario, other: Scenario) -> list[str]:
    """Return in which fields two plans differ, but for what they have in common."""
    return [change.path for change in differences(one, other) if not change.path.startswith(COMMON)]


def session(base: Scenario, *others: Scenario) -> State:
    """Return a state with variants."""
    kept = {
        letter: KeptVariant(name=letter, mark=letter, changes=own_fields(base, other))
        for letter, other in zip(LETTERS[1:], others, strict=False)
    }
    return State(Key("a-key-of-more-than-twenty-signs"), None, base, None, is_example=False, variants=kept)


@given(base=any_scenario, other=any_scenario)
def test_what_differs_makes_the_variant_of_the_plan(base: Scenario, other: Scenario) -> None:
    kept = KeptVariant(name="x", changes=own_fields(base, other))
    assert own_differences(scenario_of(base, kept), other) == []
    assert not own_fields(base, base)


@given(base=any_scenario, other=any_scenario, third=any_scenario)
def test_a_variant_that_becomes_the_plan_moves_no_plan(base: Scenario, other: Scenario, third: Scenario) -> None:
    before = session(base, other, third)
    after = before.with_variant_as_plan("B", "former")
    assert after.base == before.scenario_of("B")
    assert own_differences(after.scenario_of("B"), base) == []
    assert own_differences(after.scenario_of("C"), before.scenario_of("C")) == []
    assert after.marks == {"A": "B", "B": "", "C": "C"}
    back = after.with_values({change.path: change.before for change in after.changes_since(before)})
    assert back.marks == before.marks
    for letter in "ABC":
        assert own_differences(back.scenario_of(letter), before.scenario_of(letter)) == []


@given(base=any_scenario, other=any_scenario, mark=st.sampled_from(("", "B")))
def test_a_copy_is_as_what_it_was_made_of_and_goes_without_a_trace(base: Scenario, other: Scenario, mark: str) -> None:
    before = session(base, other)
    made = before.with_copy(mark, "new", "copy")
    assert made.scenario == before.scenario_of(mark or "A")
    gone = made.without_variant("new")
    assert (gone.base, gone.variants) == (before.base, before.variants)
    back = gone.with_values({change.path: change.before for change in gone.changes_since(made)})
    assert own_differences(back.scenario_of("C"), made.scenario) == []


@given(base=any_scenario, moved=any_scenario)
def test_a_plan_that_moves_changes_nothing_that_is_kept_of_its_variants(base: Scenario, moved: Scenario) -> None:
    kept = {"B": KeptVariant(name="x", changes={"finance.contingency": 0.07})}
    assert variant_changes((base, kept), (moved, kept)) == ()
    assert scenario_of(moved, kept["B"]).finance.contingency == Decimal("0.07")
