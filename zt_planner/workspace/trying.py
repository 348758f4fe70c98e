"""What can be done with variants: try one, name it, delete it, make it the plan. What returns a state saves nothing.

A variant is named by its mark, so that what somebody does to one never reaches another that has its letter by now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.domain.variants import PLAN, variant_path
from zt_planner.workspace.variants import exchanged, free_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.workspace.state import State


def with_copy(state: State, source: str, mark: str, name: str, values: Mapping[str, Any] | None = None) -> State:
    """Return a state with one more variant, which it shows: a copy of the one with the mark `source`, with fields set.

    Without a source the plan is copied; `mark` becomes the copy's. Raises VariantGone, TooManyVariants, TextRefused.
    """
    copied, letter = state.letter_of(source), free_letter(state.variants)
    fields = {} if copied == PLAN else state.variants[copied].changes
    named = {variant_path(letter): name}
    made = state.with_values(named | {variant_path(letter, path): value for path, value in fields.items()})
    marked = made.variants[letter].model_copy(update={"mark": mark})
    shown = made.with_variants({**made.variants, letter: marked}).showing(letter)
    return shown.with_fields(mark, values) if values else shown


def with_name(state: State, mark: str, name: str) -> State:
    """Return a state with a variant renamed, or the plan; raise VariantGone or TextRefused."""
    return state.with_values({variant_path(state.letter_of(mark)): name})


def without(state: State, mark: str) -> State:
    """Return a state without a variant, which shows the plan; raise VariantGone."""
    return state.with_values({variant_path(state.letter_of(mark)): None}).showing(PLAN)


def with_as_plan(state: State, mark: str, former: str) -> State:
    """Return a state whose plan is a variant's, and that variant the plan so far, called `former` without a name."""
    letter = state.letter_of(mark)
    base, variants = exchanged(state.base, state.variants, letter, state.plan_name or former)
    return state.with_plan(base, state.variants[letter].name, variants).showing(PLAN)
