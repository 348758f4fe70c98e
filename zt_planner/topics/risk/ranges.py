"""What is uncertain, in the reader's words: the effort of a task, the wait after it, a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.simulation.ranges import EFFORT, PRICE, WAIT
from zt_planner.errors import msgid
from zt_planner.language import Text, Words
from zt_planner.topics.labels import product_name
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.topics.view import View

KINDS = {EFFORT: msgid("Effort"), WAIT: msgid("Wait"), PRICE: msgid("Price")}
"""What a range is of, by what its name begins with."""


def range_subject(name: str) -> tuple[str, str]:
    """Return what an uncertain quantity is of, and the id of its task or price."""
    head, colon, rest = name.partition(":")
    return f"{head}{colon}", rest


def range_names(names: Iterable[str], view: View) -> dict[str, Words]:
    """Return what is uncertain, by name: a task for its effort, the wait after it, a product for its price."""
    tasks = task_names(view.case.model)
    found: dict[str, Words] = {}
    for name in names:
        kind, key = range_subject(name)
        if kind == PRICE:
            found[name] = product_name(key, view.book)
        else:
            task = tasks.get(key, key)
            found[name] = Text("Wait: {task}", task=task) if kind == WAIT else task
    return found
