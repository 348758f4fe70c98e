"""What is refused is said at the head of the page, once, however the page came to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import NothingToUndo
from zt_planner.ui.state.tab import TAB

if TYPE_CHECKING:
    from tests.ui.screen import Screen
    from tests.ui.typed_table import Table


def test_a_refusal_is_shown_after_a_grid_has_had_the_page_drawn_again(screen: Screen, table: Table) -> None:
    screen.go("roadmap", "fold:task_rows")
    screen.app.session_state[TAB].refused = (NothingToUndo(),)
    table.type("MFA roll-out in waves, with training", "effort_days", "8")
    screen.run()
    assert screen.scenario.tasks.edits
    assert len(screen.errors) == 1
    assert screen.errors[0].startswith("You have no change left to undo")
    assert not screen.run().errors
