"""The scenario of the baseline: the example before the first change, the revision that was set, or none."""

from __future__ import annotations

from tests.unit.conftest import Room
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import EventKind
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Key

KEY = Key("a-key-of-more-than-twenty-signs")


def people(workspace: Workspace, state: State) -> int:
    return workspace.baseline_scenario(state).company.employees


def test_the_example_is_its_own_baseline_and_that_of_what_follows(workspace: Workspace) -> None:
    example = workspace.open(KEY)
    assert workspace.baseline_scenario(example) == example.scenario
    state = workspace.change(workspace.change(example, {"company.employees": 180}), {"company.employees": 200})
    assert (state.baseline_number, people(workspace, state)) == (0, 120)


def test_a_plan_of_one_s_own_begins_as_its_baseline(workspace: Workspace) -> None:
    state = workspace.make_own(workspace.open(KEY), {"company.employees": 80})
    assert (state.baseline_number, people(workspace, state)) == (1, 80)
    assert people(workspace, workspace.change(state, {"company.employees": 90})) == 80


def test_a_baseline_that_is_set_is_the_revision_it_was_set_with(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    state = workspace.set_baseline(state)
    assert (state.number, state.baseline_number, people(workspace, state)) == (2, 2, 180)
    state = workspace.change(state, {"company.employees": 200})
    assert people(workspace, workspace.open(KEY)) == 180
    assert people(workspace, workspace.undo(state)) == 180


def test_setting_the_baseline_where_it_stands_is_no_event(workspace: Workspace) -> None:
    state = workspace.set_baseline(workspace.change(workspace.open(KEY), {"company.employees": 180}))
    again = workspace.set_baseline(state)
    assert again.number == state.number
    assert [event.kind for event in workspace.events(again)] == [EventKind.CHANGE, EventKind.BASELINE]


def test_a_loaded_scenario_is_the_baseline_and_a_restored_state_has_its_own(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    loaded = workspace.replace_scenario(state, Scenario().changed("company.employees", 60))
    assert people(workspace, workspace.change(loaded, {"company.employees": 61})) == 60
    assert people(workspace, workspace.restore(loaded, 1)) == 120


def test_an_undo_of_the_first_change_brings_back_the_example_and_its_baseline(workspace: Workspace) -> None:
    example = workspace.open(KEY)
    own = workspace.make_own(example, {"company.employees": 80})
    undone = workspace.undo(own)
    assert (undone.is_example, undone.baseline_number, people(workspace, undone)) == (True, 0, 120)
    assert undone.baseline == example.baseline
    again = workspace.redo(undone)
    assert (again.is_example, again.baseline_number, again.baseline) == (False, 1, own.baseline)
    assert workspace.undo(again).is_example


def test_a_baseline_that_was_set_since_stays_after_an_undo(workspace: Workspace) -> None:
    own = workspace.make_own(workspace.open(KEY), {"company.employees": 80})
    compared = workspace.set_baseline(workspace.change(own, {"company.sites": 2}))
    undone = workspace.undo(workspace.undo(compared))
    assert (undone.is_example, undone.baseline_number, people(workspace, undone)) == (True, 3, 80)


def test_a_plan_that_somebody_else_has_changed_is_no_example_after_an_undo(room: Room) -> None:
    workspace = room.workspace
    joined = workspace.change(room.joined(), {"company.sites": 3})
    undone = workspace.undo(workspace.open(room.owner.key, room.owner))
    assert undone.scenario.company.sites == joined.scenario.company.sites == 3
    assert not undone.is_example


def test_an_undo_of_a_loaded_scenario_brings_back_the_baseline_before(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    loaded = workspace.replace_scenario(state, Scenario().changed("company.employees", 60))
    undone = workspace.undo(loaded)
    assert (undone.baseline_number, people(workspace, undone), undone.is_example) == (0, 120, False)
