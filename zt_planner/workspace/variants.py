"""Variants of a plan as they are kept: their scenarios, their fields by the paths of a session. Pure functions.

Laws: a variant's plan is valid as a whole, whatever is changed in the plan that it follows; what is changed in a
variant moves nothing else; making a variant the plan changes no plan, only which of them is called that.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import JsonValue

from zt_planner.domain.differences import differences, values_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import FieldChange
from zt_planner.domain.variants import (
    COMMON,
    LETTERS,
    MOST_VARIANTS,
    VARIANT_NAME_LENGTH,
    KeptVariant,
    split_path,
    variant_path,
)
from zt_planner.errors import ScenarioError, TooManyVariants, VariantGone, VariantInTheWay
from zt_planner.files.scenario_json import with_values
from zt_planner.workspace.names import clean_name


def scenario_of(base: Scenario, variant: KeptVariant) -> Scenario:
    """Return a variant's scenario; raise ScenarioError where what differs does not fit the plan any more."""
    return with_values(base, variant.changes)


def new_mark() -> str:
    """Return a new mark: it identifies a variant, whatever its letter."""
    return secrets.token_hex(4)


def own_fields(base: Scenario, scenario: Scenario) -> dict[str, JsonValue]:
    """Return the fields in which a scenario differs from the plan, but for what all have in common."""
    changes = differences(base, scenario)
    return {change.path: change.after for change in changes if not change.path.startswith(COMMON)}


def free_letter(variants: Mapping[str, KeptVariant]) -> str:
    """Return the letter of the next variant; raise TooManyVariants where all are taken."""
    for letter in LETTERS[1:]:
        if letter not in variants:
            return letter
    raise TooManyVariants(most=MOST_VARIANTS)


def with_variant_values(
    base: Scenario, variants: Mapping[str, KeptVariant], values: Mapping[str, Any]
) -> dict[str, KeptVariant]:
    """Return variants with values set by the paths of a session: a name makes or renames one, None removes it.

    Raises VariantGone for a field of a variant that is not there, ScenarioError and TextRefused as other fields do.
    """
    changed, fields = dict(variants), dict[str, dict[str, Any]]()
    name = ""
    for path, value in values.items():
        letter, field = split_path(path)
        if field:
            fields.setdefault(letter, {})[field] = value
        elif value is None:
            changed.pop(letter, None)
        else:
            name = clean_name(value, VARIANT_NAME_LENGTH)
            known = changed.get(letter) or KeptVariant(name=name, mark=new_mark())
            changed[letter] = known.model_copy(update={"name": name})
    for letter, own in fields.items():
        if letter in changed:
            changed[letter] = _with_fields(base, changed[letter], own, is_new=letter not in variants)
        elif values.get(variant_path(letter), "") is not None:
            raise VariantGone(letter=letter)
    return dict(sorted(changed.items()))


def _with_fields(base: Scenario, variant: KeptVariant, values: Mapping[str, Any], *, is_new: bool) -> KeptVariant:
    """Return a variant with fields set; of one that was there, what is as in the plan follows the plan again."""
    changed = with_values(scenario_of(base, variant), values)
    kept = {path: value for path, value in variant.changes.items() if path not in values}
    if is_new:
        now = values_of(changed)
        kept |= {path: now.get(path) for path in values}
    return variant.model_copy(update={"changes": kept | own_fields(base, changed)})


def checked_variants(
    base: Scenario, variants: Mapping[str, KeptVariant], check: Callable[[Scenario], Scenario]
) -> dict[str, KeptVariant]:
    """Return variants whose scenarios have been checked; raise VariantInTheWay for one that does not hold."""
    checked = {}
    for letter, variant in variants.items():
        try:
            own = own_fields(base, check(scenario_of(base, variant)))
        except ScenarioError as error:
            raise VariantInTheWay(letter=letter, name=variant.name, reason=error) from error
        checked[letter] = variant.model_copy(update={"changes": variant.changes | own})
    return checked


def exchanged(
    base: Scenario, variants: Mapping[str, KeptVariant], letter: str, former: KeptVariant
) -> tuple[Scenario, dict[str, KeptVariant]]:
    """Make a variant the plan, and the plan that variant, named and marked as `former`; the others stay as they are."""
    if letter not in variants:
        raise VariantGone(letter=letter)
    first, made = scenario_of(base, variants[letter]), variants[letter].changes
    named = clean_name(former.name, VARIANT_NAME_LENGTH)
    changed = {letter: KeptVariant(name=named, mark=former.mark, changes=own_fields(first, base))}
    for other, variant in variants.items():
        if other != letter:
            values = values_of(scenario_of(base, variant))
            fields = (*variant.changes, *made)  # an undo gives the plan its values back, and this variant keeps its own
            changed[other] = variant.model_copy(update={"changes": {path: values.get(path) for path in fields}})
    return first, dict(sorted(changed.items()))


def variant_changes(
    before: tuple[Scenario, Mapping[str, KeptVariant]], after: tuple[Scenario, Mapping[str, KeptVariant]]
) -> tuple[FieldChange, ...]:
    """Return the differences of variants, by the paths of a session, but for those that follow from the plan."""
    changes = list[FieldChange]()
    for letter in LETTERS[1:]:
        (old_base, olds), (new_base, news) = before, after
        old, new = olds.get(letter), news.get(letter)
        if old == new:
            continue
        if old is None or new is None:
            changes += _whole(letter, new_base, new) if new is not None else ()
            if old is not None:
                made = _whole(letter, old_base, old)
                changes += (FieldChange(change.path, change.after, change.before) for change in made)
            continue
        if old.name != new.name:
            changes.append(FieldChange(variant_path(letter), old.name, new.name))
        changes += (
            FieldChange(variant_path(letter, change.path), change.before, change.after)
            for change in differences(scenario_of(old_base, old), scenario_of(new_base, new))
            if not change.path.startswith(COMMON)
        )
    return tuple(changes)


def _whole(letter: str, base: Scenario, variant: KeptVariant) -> Iterator[FieldChange]:
    """Yield the changes that make a variant: its name and its own values, each from the plan's value."""
    yield FieldChange(variant_path(letter), None, variant.name)
    plan, own = values_of(base), values_of(scenario_of(base, variant))
    for path in variant.changes:
        yield FieldChange(variant_path(letter, path), plan.get(path), own.get(path))


def variant_values(base: Scenario, variants: Mapping[str, KeptVariant]) -> dict[str, Any]:
    """Return the names and fields of all variants by the paths of a session."""
    values = dict[str, Any]()
    for letter, variant in variants.items():
        values[variant_path(letter)] = variant.name
        fields = values_of(scenario_of(base, variant)).items()
        values |= {variant_path(letter, path): value for path, value in fields if not path.startswith(COMMON)}
    return values
