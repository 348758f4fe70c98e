"""What can be done with variants: try one, name it, delete it, make it the plan. What returns a state saves nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zt_planner.domain.variants import PLAN, variant_path
from zt_planner.errors import VariantGone
from zt_planner.workspace.variants import exchanged, free_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.workspace.state import State


def tried(state: State, source: str, name: str, values: Mapping[str, Any] | None = None) -> State:
    """Return a state with one more variant, which it shows: a copy of the plan or of a variant, with fields set."""
    letter = free_letter(state.variants)
    if source != PLAN and source not in state.variants:
        raise VariantGone(letter=source)
    copied = state.variants[source].changes if source in state.variants else {}
    made = {variant_path(letter): name} | {variant_path(letter, path): value for path, value in copied.items()}
    changed = {variant_path(letter, path): value for path, value in (values or {}).items()}
    return replace(state.with_values(made | changed), letter=letter)


def renamed(state: State, letter: str, name: str) -> State:
    """Return a state with a variant renamed; raise VariantGone or TextRefused."""
    if letter not in state.variants:
        raise VariantGone(letter=letter)
    return state.with_values({variant_path(letter): name})


def deleted(state: State, letter: str) -> State:
    """Return a state without a variant, which shows the plan."""
    return replace(state.with_values({variant_path(letter): None}), letter=PLAN)


def made_the_plan(state: State, letter: str, former: str) -> State:
    """Return a state whose plan is a variant's, and that variant the plan so far, by the name `former`."""
    base, variants = exchanged(state.base, state.variants, letter, former)
    return replace(state, base=base, variants=variants, letter=PLAN)
