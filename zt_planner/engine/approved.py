"""The plan that was approved: how it is kept, and what later, dearer and slipped are measured against (ADR 0067).

Laws: an approved plan keeps its prices, its model, its rules of the calendar and its day, and nothing that was
recorded; whatever changes in the plan afterwards, the approved one stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.scenario.approved import Approved, packed
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.case import approved_plan_of
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan, plan_of_approved
from zt_planner.engine.slip import without_status

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.engine.case import Case


def approved(case: Case, name: str, on: date) -> Approved | None:
    """Return a plan as it is approved on a day, without what is recorded of it; None where it has no schedule."""
    kept = case.scenario.with_kept_data(KeptBook.of(case.base_book), KeptModel.of(case.base_model))
    kept = kept.model_copy(update={"status": Status()})
    plan = build_plan(case.changed(kept))
    if isinstance(plan, StoppedPlan):
        return None
    return Approved(
        name=name,
        on=on,
        today=case.today,
        plan=packed(kept.model_dump(mode="json")),
        finish=plan.headlines.finish_date,
        budget=plan.headlines.introduction_budget if case.shows_labour and plan.is_complete else None,
    )


def approved_case(case: Case) -> Case | None:
    """Return the case of the plan that was approved; None where none was, or it has no schedule any more."""
    approved = approved_plan_of(case)
    plan = None if approved is None else plan_of_approved(approved)
    return None if plan is None else plan.case


def reference_case(case: Case) -> Case:
    """Return what a plan with a status is measured against: the approved plan, otherwise itself before it began."""
    return approved_case(case) or without_status(case)
