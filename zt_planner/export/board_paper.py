"""The paper for the board as PDF: tagged, in the reader's language, with the figures as text.

Law: equal plans give equal bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.export.typesetting import typeset
from zt_planner.reports.board_paper import board_paper_of

if TYPE_CHECKING:
    from zt_planner.reports.handout import Handout

TEMPLATE = "board.typ"


def pdf_bytes(handout: Handout) -> bytes:
    """Return the paper."""
    return typeset(TEMPLATE, board_paper_of(handout), "pdf", handout.plan.today)
