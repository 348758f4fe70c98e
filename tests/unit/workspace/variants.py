"""A variant in a session."""

from __future__ import annotations

from functools import partial

from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.variants import new_mark

MDR = {"choices.monitoring": Monitoring.MDR}


def with_variant(workspace: Workspace, state: State, name: str = "MDR") -> State:
    """Return a state that shows one more variant, with MDR."""
    return workspace.edit(state, partial(State.with_copy, source=state.mark, mark=new_mark(), name=name, values=MDR))
