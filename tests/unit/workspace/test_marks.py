"""The plan and its variants keep their marks: what somebody does goes to what they saw, whatever that is by then."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from tests.unit.workspace.variants import with_variant
from zt_planner.domain.scenario.scenario import Monitoring, Scenario
from zt_planner.errors import NothingToUndo, PlanReplaced, VariantGone
from zt_planner.workspace import State


@pytest.fixture
def promoted(room: Room) -> tuple[State, State, State]:
    """What an editor saw of the plan and of a variant, and what they are now that the owner has exchanged them."""
    made, plan = with_variant(room.workspace, room.owner), room.joined()
    variant = plan.showing("B")
    now = room.workspace.edit(made, partial(State.with_variant_as_plan, mark=made.mark, former="Plan before"))
    assert (now.plan_name, now.variants["B"].name) == ("MDR", "Plan before")
    return plan, variant, now


def monitoring_and_people(state: State) -> dict[str, tuple[Monitoring, int]]:
    """Return two fields of the plan and its variants, by their letters."""
    scenarios = {letter: state.scenario_of(letter) for letter in ("A", *state.variants)}
    return {letter: (each.choices.monitoring, each.company.employees) for letter, each in scenarios.items()}


def test_an_edit_of_the_plan_that_another_has_become_follows_it_to_where_it_is_a_variant(
    room: Room, promoted: tuple[State, State, State]
) -> None:
    plan, _, before = promoted
    moved = room.workspace.change(plan, {"company.employees": 90})
    assert monitoring_and_people(moved) == {
        "A": (Monitoring.MDR, before.base.company.employees),
        "B": (plan.base.choices.monitoring, 90),
    }
    assert moved.shown == "B"


def test_an_edit_of_a_variant_that_has_become_the_plan_is_the_plans(
    room: Room, promoted: tuple[State, State, State]
) -> None:
    plan, variant, _ = promoted
    moved = room.workspace.change(variant, {"choices.monitoring": Monitoring.NONE})
    people, monitoring = plan.base.company.employees, plan.base.choices.monitoring
    assert monitoring_and_people(moved) == {"A": (Monitoring.NONE, people), "B": (monitoring, people)}
    assert moved.shown == "A"


@pytest.mark.parametrize("steps", [1, 2])
def test_an_edit_follows_the_plan_through_an_undo_and_a_redo(
    room: Room, promoted: tuple[State, State, State], steps: int
) -> None:
    plan, variant, now = promoted
    for back in (room.workspace.undo, room.workspace.redo)[:steps]:
        now = back(now)
    assert (now.shown, now.scenario.choices.monitoring) == ("AB"[steps % 2], Monitoring.MDR)
    room.workspace.change(plan, {"company.employees": 90})
    moved = room.workspace.change(variant, {"company.employees": 200})
    own = {variant.scenario.choices.monitoring: 200, plan.base.choices.monitoring: 90}
    assert dict(monitoring_and_people(moved).values()) == own


def test_nobody_makes_a_plan_the_baseline_that_they_have_not_seen(
    room: Room, promoted: tuple[State, State, State]
) -> None:
    plan, _, _ = promoted
    with pytest.raises(PlanReplaced):
        room.workspace.set_baseline(plan)


def test_an_edit_of_a_plan_that_a_file_has_replaced_is_refused_and_counts_once_that_is_undone(room: Room) -> None:
    theirs, other = room.joined(), Scenario.model_validate({"company": {"employees": 70}})
    loaded = room.workspace.replace_scenario(room.owner, other)
    with pytest.raises(PlanReplaced, match=r"The plan was replaced in the meantime\. Your change was not saved"):
        room.workspace.change(theirs, {"company.employees": 90})
    assert room.now(loaded).scenario.company.employees == 70
    room.workspace.undo(loaded)
    assert room.workspace.change(theirs, {"company.employees": 90}).base.company.employees == 90


def test_an_edit_of_a_variant_that_a_file_has_replaced_is_refused(room: Room) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    loaded = room.workspace.replace_scenario(made, Scenario.model_validate({"company": {"employees": 70}}))
    with pytest.raises(VariantGone):
        room.workspace.change(theirs, {"company.employees": 90})
    assert room.now(loaded).scenario_of("B").company.employees == 70


def test_a_file_that_changes_nothing_replaces_nothing(room: Room) -> None:
    theirs = room.joined()
    room.workspace.replace_scenario(room.owner, room.owner.base)
    assert room.workspace.change(theirs, {"company.employees": 90}).base.company.employees == 90


def test_an_edit_that_waits_for_the_store_follows_what_its_author_saw(room: Room, store: BreakableStore) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined()
    with store:
        theirs = room.workspace.change(theirs, {"company.employees": 90})
        assert len(theirs.pending) == 1
    room.workspace.edit(made, partial(State.with_variant_as_plan, mark=made.mark, former="Plan before"))
    saved = room.now(theirs)
    assert not saved.refused
    assert (saved.shown, saved.scenario.company.employees) == ("B", 90)


def test_a_page_goes_on_to_show_its_variant_where_what_waited_is_refused(room: Room, store: BreakableStore) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    with store:
        theirs = room.workspace.change(theirs, {"company.employees": 90})
    room.workspace.change(made.showing("A"), {"company.sites": 3})
    room.workspace.people.set_rules(room.owner, is_locked=True)
    latest = room.now(theirs)
    assert (latest.shown, len(latest.refused), latest.scenario.company.sites) == ("B", 1, 3)


def test_a_variant_that_is_deleted_and_brought_back_takes_what_was_meant_for_it(room: Room) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    room.workspace.undo(room.workspace.edit(made, partial(State.without_variant, mark=made.mark)))
    assert room.workspace.change(theirs, {"company.employees": 90}).scenario_of("B").company.employees == 90


def test_the_plan_and_its_variants_never_have_the_same_mark(room: Room) -> None:
    one = with_variant(room.workspace, room.owner)
    both = with_variant(room.workspace, one, "Another")
    first = room.workspace.edit(both, partial(State.with_variant_as_plan, mark=one.mark, former="Plan before"))
    second = room.workspace.edit(
        room.joined(), partial(State.with_variant_as_plan, mark=both.mark, former="Plan before")
    )
    for _ in range(3):
        with suppress(NothingToUndo):
            first = room.workspace.undo(first)
    assert len(set(room.now(second).marks.values())) == len(room.now(second).variants) + 1
