"""The scenario of the baseline: the example before the first change, the revision that was set, or none."""

from __future__ import annotations

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
