"""What a levelled plan was found for, and what is doubtful about it since (M20).

Law: equal companies, choices, times and tasks have one basis; money is not
part of it, so that nothing about day rates follows from it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.scenario import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zt_planner.domain.finding import Fact
    from zt_planner.engine.case import Case

BASIS_LENGTH = 12


def basis_of(case: Case) -> str:
    """Return a short hash of everything that decides which tasks there are and when they can be done."""
    scenario = case.scenario
    company = scenario.company.model_copy(update={"name": ""})
    timeline = scenario.timeline.model_copy(update={"mode": Mode.CAPACITY})
    parts = (company, scenario.choices, timeline, scenario.tasks)
    text = "\n".join((*(part.model_dump_json() for part in parts), case.base_model.version))
    return hashlib.sha256(text.encode()).hexdigest()[:BASIS_LENGTH]


def levelling_findings(case: Case, finish: date) -> Iterator[Finding]:
    """Is all done by the day on which it must be, and are levelled dates those of this plan?"""
    levelling = case.scenario.levelling
    if levelling.finish_by is not None and finish > levelling.finish_by:
        missed: dict[str, Fact] = {"day": levelling.finish_by, "finish": finish}
        yield Finding(Code.TIMELINE_FINISH_BY_MISSED, Severity.WARNING, missed)
    if not levelling.starts:
        return
    if case.scenario.timeline.mode is not Mode.CAPACITY:
        yield Finding(Code.TIMELINE_LEVELLING_SET_ASIDE, Severity.INFO)
    elif levelling.basis != basis_of(case):
        yield Finding(Code.TIMELINE_LEVELLING_OUTDATED, Severity.WARNING)
