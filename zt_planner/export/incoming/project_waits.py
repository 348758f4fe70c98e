"""Waits in a project file: there they belong to links, in a plan to the task after which is waited.

Laws: a wait is taken where every link that was changed says the same whole
number of weeks; otherwise it is left out, and said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zt_planner.errors import msgid
from zt_planner.export.incoming.project_outline import is_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from zt_planner.export.incoming.project_outline import Outline
    from zt_planner.export.incoming.project_records import FileTask
    from zt_planner.export.incoming.said import Said

LONGEST_WAIT = 520


def lags_of(outline: Outline, said: Said) -> Mapping[int, set[Fraction | None]]:
    """Return the lags after each line, by number; links of other kinds are said, and have none."""
    found: dict[int, set[Fraction | None]] = defaultdict(set)
    for task in outline.by_uid.values():
        for link in task.links:
            target, weeks = outline.by_uid.get(link.uid), outline.weeks_of(link)
            if target is None:
                continue
            if not is_plain(link):
                problem = msgid("a link is not of the kind finish-to-start")
                said.leave(task.place, problem, msgid("It counts as one; set the dates that you want"))
            elif not outline.is_task(target) and weeks != 0:
                problem = msgid("it waits for some time after {task}, on which nobody works")
                said.leave(task.place, problem, msgid("Set the wait of a task before it"), task=target.place)
            else:
                found[link.uid].add(weeks)
    return found


def wait_after(task: FileTask, lags: set[Fraction | None], exported: int, said: Said) -> int | None:
    """Return the weeks of waiting after a line; None where they are as before, or cannot be taken."""
    changed = lags - {exported}
    if not changed:
        return None
    weeks = next(iter(changed))
    if len(lags) > 1:
        problem = msgid("what follows waits for different times")
        said.leave(task.place, problem, msgid("Give all links after it the same lag: a plan has one wait after a task"))
    elif weeks is None or weeks.denominator > 1 or not 0 <= weeks <= LONGEST_WAIT:
        problem = msgid("the lag after it is no whole number of weeks from 0 to {most}")
        said.leave(task.place, problem, msgid("Set the wait on the page Roadmap"), most=LONGEST_WAIT)
    else:
        return int(weeks)
    return None
