"""A workspace whose plans are remembered from test to test: one follows from scenario, prices, tasks and day alone."""

from __future__ import annotations

import pytest

from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import Workspace
from zt_planner.workspace.plans import Plans


def remembering(store: SessionStore, plans: Plans) -> Workspace:
    """Return a workspace on a store that takes its plans from these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zt_planner.workspace.workspace.Plans", lambda *_: plans)
        return Workspace(store, plans.price_book, plans.phase_model, plans.today)
