"""Public funding, in the order in which it is read."""

from __future__ import annotations

from zt_planner.language import Text
from zt_planner.topics.block import Group, Role, TableBlock, notes
from zt_planner.topics.subsidies.subsidies import (
    approval_sentence,
    subsidy_sentence,
    subsidy_table,
    waiting_sentence,
)
from zt_planner.topics.view import View


def subsidy_group(view: View) -> Group | None:
    """Return which money from the state could fit; None where the plan has no region."""
    sentence, schemes = subsidy_sentence(view), subsidy_table(view)
    if not sentence:
        return None
    listed = TableBlock(Text("Schemes, sizes and conditions"), schemes, name="schemes")
    blocks = (
        *notes((sentence, approval_sentence(view), waiting_sentence(view)), Role.TEXT),
        *((listed,) if schemes.rows else ()),
    )
    return Group("support", Text("Public funding"), blocks)
