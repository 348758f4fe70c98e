"""The paper for the board: a plan on four sheets, the decision first, and its alternatives on one more.

Decides what is said and in which order, not how it looks (`media/typst/paper`). Laws:
every figure is one of the plan's or of its simulation's, as every other medium
shows it; a plan that has stopped is told on one sheet, without a figure; a plan under way
has its status report on a sheet before all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.media.board.alternatives import alternatives_of
from zt_planner.media.board.basis import (
    coverage_lines,
    doubtful_prices,
    drivers_in,
    inputs_of,
    remarks_of,
)
from zt_planner.media.board.decision import decision_of, no_decision
from zt_planner.media.board.figures import first_screen_figures, money_for, stages_in, sure_of
from zt_planner.media.board.picture import paper_picture_of
from zt_planner.media.board.reasons import after_in, insurer_in, reasons_of
from zt_planner.media.board.status import status_sheet_of
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.view import StoppedView

if TYPE_CHECKING:
    from zt_planner.language import Words
    from zt_planner.media.board.alternatives import Alternatives
    from zt_planner.media.board.basis import CoverageLines, Remarks
    from zt_planner.media.board.decision import BoardDecision, Point
    from zt_planner.media.board.figures import BoardFigure, Sure, TableWithWords
    from zt_planner.media.board.picture import PaperPicture
    from zt_planner.media.board.status import StatusSheet
    from zt_planner.topics.view import AnyView


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """All that stands on the sheets, in their order; None when there is nothing to say."""

    language: str
    kind: str
    status: StatusSheet | None
    kicker: Words
    company: str
    day: str
    title: str
    stamp: tuple[Words, Words]
    reasons: tuple[Point, ...]
    decision: BoardDecision
    figures_heading: str
    facts: tuple[BoardFigure, ...]
    amount_notes: tuple[str, ...]
    sure: Sure | None
    picture_heading: str
    picture: PaperPicture | None
    money: TableWithWords | None
    after: TableWithWords | None
    coverage: CoverageLines | None
    stages: TableWithWords | None
    drivers_heading: str
    drivers_lead: str
    drivers: tuple[TableWithWords, ...]
    prices: TableWithWords | None
    inputs: TableWithWords
    insurer: TableWithWords | None
    remarks: Remarks | None
    alternatives: Alternatives | None


def board_paper_of(view: AnyView) -> BoardPaper:
    """Return the paper for the board."""
    if isinstance(view, StoppedView):
        return stopped_paper_of(view)
    plan, language, say = view.plan, view.language, view.language.say
    return BoardPaper(
        language=language.code,
        kind=say("Board paper"),
        status=status_sheet_of(view),
        kicker=document_title(view),
        company=plan.scenario.company.name,
        day=language.day(plan.today),
        title=language.write(headline_sentence(plan, names_mfa=True)),
        stamp=stamp_of(view),
        reasons=reasons_of(view),
        decision=decision_of(view),
        figures_heading=say("In figures"),
        facts=first_screen_figures(view),
        amount_notes=tuple(map(language.write, amount_notes(plan))),
        sure=sure_of(view),
        picture_heading=say("What happens when, and what it costs"),
        picture=paper_picture_of(view, by_step=True),
        money=money_for(plan, language),
        after=after_in(view),
        coverage=coverage_lines(view),
        stages=stages_in(plan, language),
        drivers_heading=say("The assumptions that matter most"),
        drivers_lead=say(
            "Each line is one uncertainty alone, everything else as estimated: in eight of ten cases the result lies "
            "between its two figures."
        ),
        drivers=drivers_in(view),
        prices=doubtful_prices(view),
        inputs=inputs_of(view),
        insurer=insurer_in(view),
        remarks=remarks_of(view),
        alternatives=alternatives_of(view),
    )


def stopped_paper_of(view: StoppedView) -> BoardPaper:
    """Return the paper of a plan that stopped: what is wrong, and what was entered."""
    plan, language, say = view.plan, view.language, view.language.say
    return BoardPaper(
        language=language.code,
        kind=say("Board paper"),
        status=None,
        kicker=document_title(view),
        company=plan.scenario.company.name,
        day=language.day(plan.today),
        title=language.write(headline_sentence(plan)),
        stamp=stamp_of(view),
        reasons=(),
        decision=no_decision(language),
        figures_heading="",
        facts=(),
        amount_notes=(),
        sure=None,
        picture_heading="",
        picture=None,
        money=None,
        after=None,
        coverage=None,
        stages=None,
        drivers_heading="",
        drivers_lead="",
        drivers=(),
        prices=None,
        inputs=inputs_of(view),
        insurer=None,
        remarks=remarks_of(view),
        alternatives=None,
    )
