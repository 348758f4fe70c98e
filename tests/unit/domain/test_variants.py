"""The paths of variants in a session."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from zt_planner.domain.session import Event, EventKind, FieldChange, Outcome, ParticipantId, letter_of
from zt_planner.domain.variants import LETTERS, PLAN, is_mark, mark_path, split_path, variant_path

PATHS = ("company.employees", "prices.overrides.suite-2.1", "tasks.edits.mfa_rollout.effort_days")


@pytest.mark.parametrize(("letter", "path"), list(product(LETTERS, PATHS)))
def test_a_path_names_one_plan_and_a_field_in_it(letter: str, path: str) -> None:
    assert split_path(variant_path(letter, path)) == (letter, path)


@pytest.mark.parametrize("path", ["company.name", "status.at", "display.currency", "notes"])
def test_what_all_have_in_common_is_the_plans(path: str) -> None:
    assert variant_path("B", path) == path


def test_a_variant_without_a_field_is_its_name() -> None:
    assert variant_path("C") == "variants.C"
    assert split_path("variants.C") == ("C", "")


@pytest.mark.parametrize("letter", LETTERS)
def test_a_mark_is_told_from_every_field(letter: str) -> None:
    assert is_mark(mark_path(letter))
    assert not any(is_mark(variant_path(letter, path)) for path in PATHS)


def changed(*letters: str) -> tuple[FieldChange, ...]:
    """Return a change of the same field of each of these."""
    return tuple(FieldChange(variant_path(letter, PATHS[0]), 1, 2) for letter in letters)


def test_an_event_is_that_of_the_plan_that_it_moves() -> None:
    at, nothing = datetime(2026, 11, 6, tzinfo=UTC), Outcome()
    made = Event(2, ParticipantId("p"), at, EventKind.CHANGE, changed("C"), nothing, nothing, 1)
    assert made.letter == "C"


def test_changes_belong_to_the_plan_where_they_move_that_or_nothing() -> None:
    assert [letter_of(changed(*letters)) for letters in ("", "A", "B", "BA", "CD")] == [PLAN, PLAN, "B", PLAN, "C"]
