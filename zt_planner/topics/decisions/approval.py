"""The page of an approval: which figures, by whom, when, and by what the plan is known again."""

from __future__ import annotations

from collections.abc import Iterator

from zt_planner.domain.scenario.approved import Approved
from zt_planner.engine.approved import approved_checksum
from zt_planner.language import LongDay, Money, Text, Words
from zt_planner.topics.block import Group, Sentence, TableBlock
from zt_planner.topics.table import Table
from zt_planner.topics.view import View

HEADING = Text("Approval")


def approval_group(view: View) -> Group | None:
    """Return what was approved of a plan; None where nothing was."""
    approved = view.plan.scenario.status.approved
    if approved is None:
        return None
    rows = tuple(_rows(approved, view))
    table = TableBlock(HEADING, Table((Text("What"), Text("As approved")), rows))
    return Group("approval", HEADING, (table, Sentence(_note(view))))


def _rows(approved: Approved, view: View) -> Iterator[tuple[Words, Words]]:
    if approved.by:
        yield Text("Approved by"), approved.by
    yield Text("Approved on"), LongDay(approved.on)
    budget = approved.budget if approved.promised_finish is None else approved.promised_budget
    if budget is not None and view.plan.shows_labour:
        yield Text("Budget"), Money(budget)
    yield Text("Finish"), LongDay(approved.promised_finish or approved.finish)
    yield Text("Planned as of"), LongDay(approved.today)
    reference = view.case.scenario.approved_plan
    if reference is not None:
        yield Text("Scenario"), reference.version
    checksum = approved_checksum(view.case)
    if checksum is not None:
        yield Text("Checksum"), checksum


def _note(view: View) -> Words:
    if not view.plan.shows_labour:
        return Text("The checksum of the plan is not shown, because day rates are hidden in this session.")
    return Text("zt-planner verify says whether a plan that was saved with its prices (.ztplan) is the approved one.")
