"""The line on what levelling would bring, against the quick plan.

Law: where the plan breaks the monthly cap and levelling would keep it, that is said first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.errors import msgid
from zt_planner.topics.limits.levelling import calendar_days, finish_of
from zt_planner.topics.limits.trades import trades_of

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.engine.levelling.proposal import Proposal
    from zt_planner.language import Language

NO_GAIN = msgid("Levelling found no order that finishes earlier without delaying MFA or a step.")
NO_GAIN_WITH_MFA = msgid("Levelling found no order that finishes earlier without delaying MFA.")


def gain_of(proposal: Proposal, language: Language) -> str:
    """Say in a line what levelling would bring, against the quick plan of the same teams and the same order of aims."""
    say = language.say
    finish, quick = finish_of(proposal.plan), finish_of(proposal.quick)
    if finish is not None and quick is not None and keeps_cap(proposal):
        return " ".join((kept_cap_text(finish, quick, language), *trades_of(proposal, language)))
    if finish is None or quick is None or finish >= quick:
        protects = proposal.plan.scenario.timeline.protection_first == 1
        return say(NO_GAIN if protects else NO_GAIN_WITH_MFA)
    line = say(
        "Levelling would finish on {day} instead of {quick}, {span} earlier.",
        day=language.day(finish),
        quick=language.day(quick),
        span=calendar_days(finish, quick, language),
    )
    return " ".join((line, *trades_of(proposal, language)))


def keeps_cap(proposal: Proposal) -> bool:
    """Tell whether levelling would keep a monthly cap that the plan breaks, and be done by the day that is set."""
    broken, by = Code.FINANCE_CAP_EXCEEDED, proposal.current.scenario.levelling.finish_by
    is_late = by is not None and (finish_of(proposal.plan) or by) > by
    return proposal.current.has_finding(broken) and not proposal.plan.has_finding(broken) and not is_late


def kept_cap_text(finish: date, quick: date, language: Language) -> str:
    """Say that levelling would keep the monthly cap, and when the work would be done then."""
    day, span = language.day(finish), calendar_days(finish, quick, language)
    if finish == quick:
        return language.say("Levelling would keep the monthly cap and finish on {day}, as now.", day=day)
    text = (
        msgid("Levelling would keep the monthly cap and finish on {day}, {span} later.")
        if finish > quick
        else msgid("Levelling would keep the monthly cap and finish on {day}, {span} earlier.")
    )
    return language.say(text, day=day, span=span)
