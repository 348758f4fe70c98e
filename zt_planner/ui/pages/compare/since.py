"""What each group of inputs did from an earlier plan to the one that is shown, on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.topics.compare.since import since
from zt_planner.ui.components.components import show_lines
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages.compare.waiting import known, wait

if TYPE_CHECKING:
    from zt_planner.engine.case import Case
    from zt_planner.language import Language


def show_since(earlier: str, before: Case, after: Case, title: str, language: Language) -> None:
    """Draw what each group of inputs adds from an earlier plan, named as what it is; `title` names the table."""
    cases = {"A": before, "B": after}
    comparison = known(cases)
    if comparison is None:
        wait(cases, language)
        return
    side = since(earlier, comparison, language)
    if side.bars.rows:
        show_table(side.bars, title, stacks=True)
    show_lines(side.sentences or (language.say("No input differs."),))
