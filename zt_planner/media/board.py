"""The paper for the board: the decision first, to be signed, and behind it what it rests on; the status report.

Decides what stands where; topics say it, `typst` and `docx` set it. Laws: every figure is one of the plan's or of
its simulation's, as every other medium shows it; a plan that has stopped is told without a figure; a plan under way
has its status before all else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from zt_planner.domain.work import WorkScope
from zt_planner.language import LongDay, Text, Words
from zt_planner.topics.block import (
    Answers,
    Block,
    Group,
    PictureBlock,
    PictureForm,
    Placing,
)
from zt_planner.topics.brand import Look, look_of
from zt_planner.topics.budget.blocks import purpose_group
from zt_planner.topics.compare.alternatives import two_alternatives_group
from zt_planner.topics.compare.blocks import alternatives_group
from zt_planner.topics.decisions.approval import approval_group, mark_of
from zt_planner.topics.decisions.blocks import (
    decision_group,
    no_decision_group,
    reserve_note,
    resolution_group,
    stages_group,
    work_answer,
)
from zt_planner.topics.decisions.dates import decisions_group
from zt_planner.topics.decisions.not_covered import not_covered_group
from zt_planner.topics.decisions.stages import may_be_staged
from zt_planner.topics.findings.blocks import first_findings_group
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.licences.blocks import basis_group
from zt_planner.topics.nis2.blocks import coverage_group, insurer_annex, law_answers
from zt_planner.topics.picture.alt import roadmap_alt
from zt_planner.topics.picture.blocks import picture_group
from zt_planner.topics.picture.whole import roadmap_of
from zt_planner.topics.prices.blocks import doubtful_group
from zt_planner.topics.progress.blocks import (
    next_tasks_group,
    status_cards,
    status_findings,
    status_groups,
    status_lines,
)
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.risk.blocks import drivers_group, open_answers, standstill_answers, sureness_group
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.statement_of_work import work_group
from zt_planner.topics.terms import terms_group
from zt_planner.topics.view import AnyView, StoppedView, View


@dataclass(frozen=True, slots=True)
class Opening:
    """What a document begins with: which kind it is, of which day, and its title."""

    kind: Words
    day: Words
    title: Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """The blocks of a sheet, below its opening if it begins a document."""

    name: str
    blocks: tuple[Block, ...]
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """What stands on every sheet, and the sheets in their order; `mark` is by what the approval is known."""

    language: str
    kind: Words
    kicker: Words
    company: str
    title: Words
    stamp: tuple[Words, Words]
    sheets: tuple[Sheet, ...]
    look: Look | None = None
    mark: str = ""


def board_paper_of(view: AnyView) -> BoardPaper:
    """Return the paper for the board."""
    return _paper_of(view, *(stopped_sheets(view) if isinstance(view, StoppedView) else plan_sheets(view)))


def _paper_of(view: AnyView, *sheets: Sheet) -> BoardPaper:
    return BoardPaper(
        language=view.language.code,
        kind=Text("Board paper"),
        kicker=document_title(view),
        company=view.plan.scenario.company.name,
        title=headline_sentence(view),
        stamp=stamp_of(view),
        sheets=sheets,
        look=look_of(view.plan),
        mark=mark_of(view) or "",
    )


def status_report_of(view: AnyView) -> BoardPaper:
    """Return where a plan under way stands, to be handed out alone; a plan that stopped says so."""
    at = view.plan.scenario.status.at
    if isinstance(view, StoppedView) or at is None:
        return replace(board_paper_of(view), kind=Text("Status report"))
    left = _known(
        next_tasks_group(view),
        decisions_group(view, names_past=False),
        sureness_group(view),
        drivers_group(view),
    )
    sheets = (status_sheet(view, at), *((Sheet("left", left),) if left else ()))
    return replace(_paper_of(view), kind=Text("Status report"), title=plan_sentence(view), sheets=sheets)


def work_paper_of(view: AnyView, scope: WorkScope) -> BoardPaper:
    """Return the statement of work alone, to be agreed on with whoever does the work; a plan that stopped says so."""
    kind = Text("Statement of work")
    if isinstance(view, StoppedView):
        return replace(board_paper_of(view), kind=kind)
    opening = Opening(kind, LongDay(view.plan.today), document_title(view))
    sheet = Sheet("work", work_group(view, scope).blocks, opening)
    return replace(_paper_of(view, sheet), kind=kind, title=document_title(view))


def _opening(view: AnyView) -> Opening:
    return Opening(Text("Board paper"), LongDay(view.plan.today), headline_sentence(view))


def stopped_sheets(view: StoppedView) -> Iterator[Sheet]:
    """Yield the sheet of a plan that stopped: what is wrong, and what was entered."""
    yield Sheet("decision", _known(no_decision_group(), first_findings_group(view), basis_group(view)), _opening(view))


def plan_sheets(view: View) -> Iterator[Sheet]:
    """Yield the sheets of a plan: what is decided, and behind it what that rests on, the largest doubts first."""
    plan, status = view.plan, view.plan.scenario.status
    if status.at is not None:
        yield status_sheet(view, status.at)
    why = (*law_answers(view), *open_answers(view), *standstill_answers(view))
    yield Sheet(
        "decision",
        _known(
            Answers((*why, work_answer(plan))),
            decision_group(view),
            decisions_group(view, names_gates=not may_be_staged(plan), names_past=not status.is_under_way),
            resolution_group(view),
            picture_group(view),
            purpose_group(view),
            reserve_note(view),
            _alternatives(view),
            not_covered_group(view),
            coverage_group(view),
            first_findings_group(view),
            sureness_group(view, planned_sentence(view)),
            assumptions_group(view),
            stages_group(plan),
            basis_group(view),
            insurer_annex(view),
            terms_group(),
        ),
        _opening(view),
    )
    approval = approval_group(view)
    if approval is not None:
        yield Sheet("approval", (approval,))


def _alternatives(view: View) -> Group | None:
    """Return the plans that this one is compared with; otherwise, before the work begins, two that are at hand."""
    compared = alternatives_group(view)
    if compared is not None or view.plan.scenario.status.is_under_way:
        return compared
    return two_alternatives_group(view)


def assumptions_group(view: View) -> Group | None:
    """Return what moves the plan most, and below it the prices to have offered first."""
    drivers, doubtful = drivers_group(view), doubtful_group(view)
    if drivers is None or doubtful is None:
        return drivers or doubtful
    return replace(drivers, blocks=(*drivers.blocks, doubtful))


def status_sheet(view: View, at: date) -> Sheet:
    """Return where a plan under way stands, on one sheet."""
    beside = (*status_groups(view), *status_findings(view))
    alt, draw = (
        roadmap_alt(view.plan, view.reference),
        partial(roadmap_of, view.plan, before=view.reference, promised=view.promise.finish_at_confidence),
    )
    roadmap = PictureBlock("roadmap", PictureForm.ROADMAP, alt, draw)
    return Sheet(
        "status",
        (status_cards(view), *status_lines(view), roadmap, Group("beside", "", beside, placing=Placing.BESIDE)),
        Opening(Text("Status report"), LongDay(at), plan_sentence(view)),
    )


def _known(*blocks: Block | None) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block is not None)
