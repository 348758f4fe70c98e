"""What somebody will ask for next, if they go on as they do: a slider that is stepped through with the keyboard.

Law: nothing is changed by it; it is only a guess about what to compute while nobody waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import ScenarioError
from zt_planner.workspace.fields import differences, with_values

if TYPE_CHECKING:
    from zt_planner.domain.scenario import Scenario


def next_step(before: Scenario, after: Scenario) -> Scenario | None:
    """Return the scenario after the same step once more; None where it was not one whole number, or is at its end."""
    changes = differences(before, after)
    if len(changes) != 1:
        return None
    path, old, new = changes[0].path, changes[0].before, changes[0].after
    if type(old) is not int or type(new) is not int:
        return None
    try:
        return with_values(after, {path: 2 * new - old})
    except ScenarioError:
        return None
