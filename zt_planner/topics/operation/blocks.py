"""What operation takes after the finish, in the order in which it is read."""

from __future__ import annotations

from zt_planner.language import Text
from zt_planner.topics.block import Block, Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.labels import ROUNDED
from zt_planner.topics.operation.operation import (
    activity_table,
    has_operation,
    operation_sentences,
    setup_table,
    setups_of,
)
from zt_planner.topics.view import View


def operation_group(view: View) -> Group | None:
    """Return what operation takes every month, and who does what; None where the model knows no operation."""
    if not has_operation(view):
        return None
    days, nights, *others = operation_sentences(view)
    tables: tuple[Block, ...] = (
        TableBlock(Text("Days of operation by activity"), lambda: activity_table(view)),
        *notes(others, Role.TEXT),
        TableBlock(Text("Who does what, and what it takes"), lambda: setup_table(view, setups_of(view))),
        Sentence(ROUNDED, Role.NOTE),
    )
    folded = Group("operation_tables", Text("Other choices, and a partner, as tables"), tables, is_folded=True)
    lead = Sentence(days, Role.LEAD, asks="operation_days_monthly")
    return Group("operation", Text("After the finish"), (lead, Sentence(nights), folded))
