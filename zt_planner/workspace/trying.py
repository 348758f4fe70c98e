"""What can be done with variants: try one, name it, delete it, make it the plan. What returns a state saves nothing.

A variant is named by its mark, so that what somebody does to one never reaches another that has its letter by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.variants import PLAN, KeptVariant, variant_path
from zt_planner.workspace.state import State
from zt_planner.workspace.variants import exchanged, free_letter, own_fields


def with_copy(state: State, source: str, mark: str, name: str, values: Mapping[str, Any] | None = None) -> State:
    """Return a state with one more variant, which it shows: a copy of the one with the mark `source`, with fields set.

    `mark` becomes the copy's. Raises VariantGone, PlanReplaced, TooManyVariants, TextRefused.
    """
    copied, letter = state.letter_of(source), free_letter(state.variants)
    fields = {} if copied == PLAN else state.variants[copied].changes
    named = {variant_path(letter): name}
    made = state.with_values(named | {variant_path(letter, path): value for path, value in fields.items()})
    shown = made.with_marks({letter: mark}).showing(letter)
    return shown.with_fields(mark, values) if values else shown


def with_name(state: State, mark: str, name: str) -> State:
    """Return a state with a variant renamed, or the plan; raise VariantGone, PlanReplaced or TextRefused."""
    return state.with_values({variant_path(state.letter_of(mark)): name})


def without(state: State, mark: str) -> State:
    """Return a state without a variant, which shows the plan; raise VariantGone."""
    return state.with_values({variant_path(state.letter_of(mark)): None}).showing(PLAN)


def with_as_plan(state: State, mark: str, former: str) -> State:
    """Return a state whose plan is a variant's, and that variant the plan so far, called `former` without a name."""
    letter = state.letter_of(mark)
    plan_before = KeptVariant(name=state.plan_name or former, mark=state.plan_mark)
    base, variants = exchanged(state.base, state.variants, letter, plan_before)
    name, its = state.variants[letter].name, state.variants[letter].mark
    plan = replace(state, base=base, plan_name=name, plan_mark=its, variants=variants, is_example=False)
    return plan.showing(PLAN)


def with_another(state: State, mark: str, scenario: Scenario, new: str) -> State:
    """Return a state that shows another scenario instead of what has a mark; raise VariantGone or PlanReplaced.

    It gets the mark `new` where it differs: what somebody does at that moment to the one before is not done to it.
    """
    letter = state.letter_of(mark)
    if letter == PLAN:
        changed = replace(state, base=scenario)
    else:
        own = state.variants[letter].model_copy(update={"changes": own_fields(state.base, scenario)})
        changed = replace(state, variants={**state.variants, letter: own})
    is_new = changed.scenario_of(letter) != state.scenario_of(letter)
    return (changed.with_marks({letter: new}) if is_new else changed).showing(letter)
