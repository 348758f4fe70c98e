"""The page of an approval: which figures, by whom, when, and by what the plan is known again."""

from __future__ import annotations

from collections.abc import Iterator

from zt_planner.domain.scenario.approved import Approved
from zt_planner.engine.under_way.approved import approval_mark, approved_case, has_changed, plan_checksum
from zt_planner.language import LongDay, Money, Text, Words
from zt_planner.topics.block import Group, Role, Sentence, TableBlock
from zt_planner.topics.table import Table
from zt_planner.topics.view import AnyView, View

HEADING = Text("Approval")
CHANGED = Text("The plan has changed since it was approved: the figures on the pages before are not the approved ones.")


def approval_held(view: View) -> Approved | None:
    """Return the approval that a plan has as it stands; None where it has none, or has changed since."""
    approved = view.approval or view.plan.scenario.status.approved
    return None if approved is None or has_changed(view.case) else approved


def approval_group(view: View) -> Group | None:
    """Return what was approved of a plan; None where nothing was."""
    approved = view.approval or view.plan.scenario.status.approved
    if approved is None:
        return None
    rows = tuple(_rows(approved, view))
    table = TableBlock(HEADING, Table((Text("What"), Text("As approved")), rows))
    changed = (Sentence(CHANGED, Role.LEAD),) if has_changed(view.case) else ()
    return Group("approval", HEADING, (*changed, table, Sentence(_note(view))))


def mark_of(view: AnyView) -> str | None:
    """Return by what the approval of a plan is known; None where nothing was approved, or day rates are hidden."""
    return plan_checksum(view.case) if view.approval else approval_mark(view.case)


def _rows(approved: Approved, view: View) -> Iterator[tuple[Words, Words]]:
    if approved.by:
        yield Text("Approved by"), approved.by
    yield Text("Approved on"), LongDay(approved.on)
    if approved.agreed_budget is not None and view.plan.shows_labour:
        yield Text("Budget"), Money(approved.agreed_budget)
    yield Text("Finish"), LongDay(approved.agreed_finish)
    yield Text("Planned as of"), LongDay(approved.today)
    kept = view.case if view.approval else approved_case(view.case)
    if kept is not None:
        yield Text("Scenario"), kept.scenario.version
    mark = mark_of(view)
    if mark is not None:
        yield Text("Checksum"), mark


def _note(view: View) -> Words:
    if not view.plan.shows_labour:
        return Text("The checksum of the plan is not shown, because day rates are hidden in this session.")
    return Text("zt-planner verify says whether a plan that was saved with its prices (.ztplan) is the approved one.")
