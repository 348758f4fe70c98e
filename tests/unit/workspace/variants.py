"""A variant in a session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.workspace.trying import with_copy
from zt_planner.workspace.variants import new_mark

if TYPE_CHECKING:
    from zt_planner.workspace import State, Workspace

MDR = {"choices.monitoring": Monitoring.MDR}


def with_variant(workspace: Workspace, state: State, name: str = "MDR") -> State:
    """Return a state that shows one more variant, with MDR."""
    return workspace.edit(state, partial(with_copy, source=state.mark, mark=new_mark(), name=name, values=MDR))
