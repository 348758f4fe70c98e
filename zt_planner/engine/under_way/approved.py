"""The plan that was approved: how it is kept, and what later, dearer and slipped are measured against (ADR 0067).

Laws: an approved plan keeps its prices, its model, its rules of the calendar and its day, and nothing that was
recorded; whatever changes in the plan afterwards, the approved one stays.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.approved import Approved, packed
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.status import Status
from zt_planner.domain.versions import text_of
from zt_planner.engine.case import approved_plan_of
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan, plan_of_approved

CHECKSUM, CHANGED_SINCE = "sha256:", "changed-since:sha256-"
"""How the checksum of a plan begins, and that of the approved one in the paper of a plan that has changed since.

Neither is part of the other, so that a document from which a part was lost is never taken for an approved one.
"""

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.case import Case


def approved(case: Case, by: str, on: date) -> Approved | None:
    """Return a plan as somebody approves it on a day, without what is recorded of it; None where it has no schedule."""
    kept = case.scenario.with_kept_data(KeptBook.of(case.base_book), KeptModel.of(case.base_model))
    kept = kept.model_copy(update={"status": Status()})
    plan = build_plan(case.changed(kept))
    if isinstance(plan, StoppedPlan):
        return None
    return Approved(
        by=by,
        on=on,
        today=case.today,
        plan=packed(kept.model_dump(mode="json")),
        finish=plan.headlines.finish_date,
        budget=plan.headlines.introduction_budget if case.shows_labour and plan.is_complete else None,
    )


def checksum_of(scenario: Scenario, book: PriceBook, model: PhaseModel) -> str:
    """Return a checksum of all that a plan follows from, whatever is recorded of it or shown beside it."""
    bare = scenario.with_kept_data(None, None).shown_as(Display()).model_copy(update={"status": Status()})
    text = text_of((bare, *book.rows, *model.rows))
    return f"{CHECKSUM}{hashlib.sha256(text.encode()).hexdigest()}"


def plan_checksum(case: Case) -> str | None:
    """Return the checksum of a plan; None where day rates are hidden: whoever knows the rest could find them by it."""
    return _checksum(case) if case.shows_labour else None


def approval_mark(case: Case) -> str | None:
    """Return by what the approval of a plan is known: the approved plan's checksum, marked where this is another plan.

    None where nothing was approved, or day rates are hidden.
    """
    approved = approved_case(case)
    checksum = None if approved is None else plan_checksum(approved)
    if checksum is None or checksum == plan_checksum(case):
        return checksum
    return changed_mark(checksum)


def changed_mark(checksum: str) -> str:
    """Return the mark of a paper whose plan has changed since the one with a checksum was approved."""
    return f"{CHANGED_SINCE}{checksum.removeprefix(CHECKSUM)}"


def has_changed(case: Case) -> bool:
    """Tell whether a plan is another than the one that was approved, whatever is recorded of it or shown beside it."""
    approved = approved_case(case)
    return approved is not None and _checksum(approved) != _checksum(case)


def _checksum(case: Case) -> str:
    """Return the checksum of all that a case shows: of no day rate that is hidden."""
    prices = tuple(row for row in case.base_book.prices if case.shows_labour or row.id not in DAY_RATES)
    return checksum_of(case.scenario, replace(case.base_book, prices=prices), case.base_model)


def approved_case(case: Case) -> Case | None:
    """Return the case of the plan that was approved; None where none was, or it has no schedule any more."""
    approved = approved_plan_of(case)
    plan = None if approved is None else plan_of_approved(approved)
    return None if plan is None else plan.case


def is_measured(case: Case) -> bool:
    """Tell whether a plan is measured against another: it is under way, or has changed since it was approved."""
    return case.scenario.status.is_under_way or has_changed(case)


def reference_case(case: Case) -> Case:
    """Return what a plan is measured against: the approved plan, otherwise itself before it began."""
    return approved_case(case) or case.as_of(None)
