"""The plan as one page for a browser: its parts in their order, each with its words, charts and tables.

Decides what stands where, not how it looks (`media/web/page_files`). Laws: every chart
has its description, and a table with the same numbers stands in its part; a plan
that has stopped has no part about time or money.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.media.board.basis import board_findings
from zt_planner.media.board.figures import first_screen_figures, sure_of
from zt_planner.media.web.parts import (
    basis,
    drivers,
    lines,
    money,
    operation,
    part_of,
    prices,
    roadmap,
    status,
    sureness,
)
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.nis2.blocks import insurer_group, law_group, measures_group
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.risk.blocks import standstill_group
from zt_planner.topics.stamp import document_title, stamp_of
from zt_planner.topics.subsidies.blocks import subsidy_group
from zt_planner.topics.view import StoppedView, View

if TYPE_CHECKING:
    from zt_planner.language import Words
    from zt_planner.media.board.basis import BoardFinding
    from zt_planner.media.board.figures import BoardFigure, Sure
    from zt_planner.media.web.parts import Part
    from zt_planner.topics.view import AnyView


@dataclass(frozen=True, slots=True)
class WebPage:
    """All that stands on the page."""

    language: str
    kicker: Words
    title: Words
    stamp: tuple[Words, Words]
    day: str
    figures_heading: str
    facts: tuple[BoardFigure, ...]
    amount_notes: tuple[str, ...]
    sure: Sure | None
    sure_table: str
    parts: tuple[Part, ...]
    findings_heading: str
    findings: tuple[BoardFinding, ...]
    skip: str
    contents: str
    chart_note: str


def web_page_of(view: AnyView) -> WebPage:
    """Return the page; of a plan that stopped what is wrong, what was entered, and the prices."""
    plan, language, say = view.plan, view.language, view.language.say
    return WebPage(
        language=language.code,
        kicker=document_title(view),
        title=plan_sentence(view),
        stamp=stamp_of(view),
        day=language.day(plan.today),
        figures_heading=say("In figures"),
        facts=first_screen_figures(view) if isinstance(view, View) else (),
        amount_notes=tuple(map(language.write, amount_notes(plan))),
        sure=sure_of(view) if isinstance(view, View) else None,
        sure_table=say("Budget and finish at each confidence"),
        parts=tuple(part for part in page_parts(view) if part is not None),
        findings_heading=say("What to look at"),
        findings=board_findings(plan.findings, view),
        skip=say("Skip to the plan"),
        contents=say("Contents"),
        chart_note=say("The charts need JavaScript. Their numbers are in the tables below them."),
    )


def page_parts(view: AnyView) -> tuple[Part | None, ...]:
    """Return the parts of the page in their order."""
    if isinstance(view, StoppedView):
        return (basis(view), prices(view))
    return (
        status(view),
        money(view),
        operation(view),
        roadmap(view),
        sureness(view),
        drivers(view),
        part_of(standstill_group(view)),
        part_of(law_group(view)),
        part_of(measures_group(view)),
        part_of(insurer_group(view)),
        part_of(subsidy_group(view)),
        basis(view),
        prices(view),
        lines(view),
    )
