"""Days at a standstill and what others have published about losses, in the order in which it is read (M28)."""

from __future__ import annotations

from zt_planner.language import Text
from zt_planner.topics.block import Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.published import claims_table, losses_table
from zt_planner.topics.risk.standstill import delay_sentence, standstill_sentence
from zt_planner.topics.view import AnyView, View


def standstill_group(view: AnyView) -> Group:
    """Return days at a standstill, what a week of delay leaves open, and published losses beside the article."""
    asks = "standstill_days" if view.plan.shows_labour else ""
    days, delay = (standstill_sentence(view), delay_sentence(view)) if isinstance(view, View) else ("", "")
    tables = (
        TableBlock(Text("What others report about losses"), losses_table(view), name="published"),
        TableBlock(Text("The article and the sources"), claims_table(view), name="article"),
    )
    published = tuple(block for block in tables if block.table.rows)
    folded = Group(
        "losses", Text("What others report about losses, and what the article says"), published, is_folded=True
    )
    blocks = (
        *((Sentence(days, Role.TEXT, asks),) if days else ()),
        *notes((delay,)),
        *((folded,) if published else ()),
    )
    return Group("why", Text("If we do nothing"), blocks)
