"""What a plan saves by what scans say is done: money and weeks, beside the same scenario without it (M35).

Both plans have the counts and the licences that were found. Laws: the money is that of the bridge "already done"; the
days are those with the same team, so that they are never negative (M36).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.engine.case import Case
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.same_team import with_same_team
from zt_planner.engine.scans.edit import done_lines, edits_of
from zt_planner.engine.scans.proposal import Proposal


@dataclass(frozen=True, slots=True)
class DoneEffect:
    """What is saved: money of the introduction, None where a price is missing, and whole weeks until the finish."""

    money: Decimal | None
    weeks: int


def effect_of(proposal: Proposal, case: Case, left_out: frozenset[str] = frozenset()) -> DoneEffect | None:
    """Return what is saved by what is done; None where nothing is, or where a plan has no schedule or is under way.

    What was finished since a plan began was paid: it saves nothing.
    """
    done = done_lines(proposal, case.scenario)
    if done <= left_out or case.scenario.status.is_under_way:
        return None
    without, scenario = (
        case.scenario.with_fields(edits_of(proposal, case.scenario, names)) for names in (left_out | done, left_out)
    )
    before, after = build_plan(case.changed(without)), build_plan(case.changed(scenario))
    if not (isinstance(before, Plan) and isinstance(after, Plan)):
        return None
    same_team = with_same_team(before, scenario)
    finish = same_team.headlines.finish_date if isinstance(same_team, Plan) else before.headlines.finish_date
    is_known = before.is_complete and after.is_complete and case.shows_labour
    money = before.headlines.introduction_budget - after.headlines.introduction_budget
    return DoneEffect(money if is_known else None, (before.headlines.finish_date - finish).days // CALENDAR_DAYS_A_WEEK)
