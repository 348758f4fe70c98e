"""A day by which all must be done, the days of a levelled plan (M20), and the order of another plan (M36).

Days are kept as one list, so that they are accepted, undone and overwritten
as a whole: half of a levelled plan would be none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from zt_planner.domain.scenario.fields import LEVELLED, ORDER
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.task_edits import MOST_TASKS, TaskId
from zt_planner.domain.scenario.values import Part, PlainName, PlanDay
from zt_planner.errors import msgid

MOST_LEVELLED = 2 * MOST_TASKS
"""Tasks of the phase model and own ones."""

NOT_LEVELLED: Mapping[str, Any] = {LEVELLED: (), "levelling.basis": "", ORDER: ()}
"""What to set so that levelled dates and an order are dropped, by path."""


class Levelling(Part):
    """What levelling is asked to hold, and what it has found; the order in which tasks are placed.

    `starts` are pairs of task id and day; `basis` says what they were found for
    (`engine.case`). They hold while the teams are given, and with a finish given until something they hang on changes.
    `order` are ids of tasks: while the teams are given, tasks are placed in it, others last; empty, by priority.
    """

    finish_by: Annotated[PlanDay | None, Input(msgid("Must be done by"), InputGroup.CALENDAR)] = None
    starts: Annotated[
        tuple[tuple[TaskId, PlanDay], ...],
        Field(max_length=MOST_LEVELLED),
        Input(msgid("Dates of the reordered tasks"), InputGroup.CALENDAR),
    ] = ()
    basis: Annotated[
        PlainName,
        Input(msgid("Tasks reordered for"), InputGroup.CALENDAR, is_shown=False),
    ] = ""

    order: Annotated[
        tuple[TaskId, ...], Field(max_length=MOST_LEVELLED), Input(msgid("Order of tasks"), InputGroup.CALENDAR)
    ] = ()

    @cached_property
    def start_of(self) -> Mapping[str, date]:
        """The levelled start of each task that has one."""
        return dict(self.starts)
