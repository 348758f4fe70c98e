"""The plan of three tasks, for tests of its picture, and what stands in a picture."""

from __future__ import annotations

from typing import Any

from tests.builders import book, model, plan, quiet, task
from tests.words import Told
from zt_planner.engine.plan import Plan

FORK = model(
    task("a", name="A", days=2, step="1"),
    task("b", name="B", step="0", after=("a",)),
    task("c", name="C", step="2", after=("a", "b")),
)


def planned(**fields: Any) -> Plan:  # noqa: ANN401 - any field
    """Return the plan of a small model: A runs on 4 and 5 January 2027, B on the 6th, C on the 7th."""
    return plan(quiet(**fields), book(), FORK)


def money_in(picture: Told) -> Told:
    assert picture.money is not None
    return picture.money


def tasks_in(picture: Told) -> dict[str, Told]:
    return {row.id: row for step in picture.rows for row in step.tasks}
