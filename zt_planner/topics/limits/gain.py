"""The line on what levelling would bring, against the quick plan.

Law: where the plan breaks the monthly cap and levelling would keep it, that is said first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.errors import msgid
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.limits.levelling import calendar_days, finish_of
from zt_planner.topics.limits.trades import trades_of

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.engine.levelling.proposal import Proposal

NO_GAIN = msgid("Levelling found no order that finishes earlier without delaying MFA or a step.")
NO_GAIN_WITH_MFA = msgid("Levelling found no order that finishes earlier without delaying MFA.")


def gain_of(proposal: Proposal) -> Words:
    """Say in a line what levelling would bring, against the quick plan of the same teams and the same order of aims."""
    finish, quick = finish_of(proposal.plan), finish_of(proposal.quick)
    if finish is not None and quick is not None and keeps_cap(proposal):
        return sentences(kept_cap_text(finish, quick), *trades_of(proposal))
    if finish is None or quick is None or finish >= quick:
        protects = proposal.plan.scenario.timeline.protection_first == 1
        return Text(NO_GAIN if protects else NO_GAIN_WITH_MFA)
    line = Text(
        "Levelling would finish on {day} instead of {quick}, {span} earlier.",
        day=finish,
        quick=quick,
        span=calendar_days(finish, quick),
    )
    return sentences(line, *trades_of(proposal))


def keeps_cap(proposal: Proposal) -> bool:
    """Tell whether levelling would keep a monthly cap that the plan breaks, and be done by the day that is set."""
    broken, by = Code.FINANCE_CAP_EXCEEDED, proposal.current.scenario.levelling.finish_by
    is_late = by is not None and (finish_of(proposal.plan) or by) > by
    return proposal.current.has_finding(broken) and not proposal.plan.has_finding(broken) and not is_late


def kept_cap_text(finish: date, quick: date) -> Words:
    """Say that levelling would keep the monthly cap, and when the work would be done then."""
    day, span = finish, calendar_days(finish, quick)
    if finish == quick:
        return Text("Levelling would keep the monthly cap and finish on {day}, as now.", day=day)
    text = (
        msgid("Levelling would keep the monthly cap and finish on {day}, {span} later.")
        if finish > quick
        else msgid("Levelling would keep the monthly cap and finish on {day}, {span} earlier.")
    )
    return Text(text, day=day, span=span)
