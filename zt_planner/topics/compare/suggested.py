"""The variants that people ask for most, ready to be tried: MDR instead of SIEM, three months later, by a partner.

Laws: each changes something of the plan that it is offered for; where that has the other choice already, it leads
back; none equals a plan that is there.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.scenario import MOST_MONTHS, Mode, Monitoring, Operator
from zt_planner.domain.variants import COMMON
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Plural, Text, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import AnyPlan

MONTHS_LATER = 3
MONITORING: Mapping[Monitoring, tuple[str, Monitoring]] = {
    Monitoring.SIEM: (msgid("MDR instead of SIEM"), Monitoring.MDR),
    Monitoring.MDR: (msgid("SIEM instead of MDR"), Monitoring.SIEM),
    Monitoring.SIEM_AND_MDR: (msgid("MDR alone"), Monitoring.MDR),
    Monitoring.NONE: (msgid("With MDR"), Monitoring.MDR),
}
OPERATION: Mapping[Operator, tuple[str, Operator]] = {
    Operator.OWN: (msgid("A partner runs it"), Operator.PARTNER),
    Operator.PARTNER: (msgid("Our own team runs it"), Operator.OWN),
}
"""What is tried instead of a choice, and what that is called."""


class SuggestedVariant(NamedTuple):
    """A variant's name, and what differs in its scenario: values by the dotted paths of their fields."""

    name: Words
    changes: Mapping[str, object]


def suggested_variants(plan: AnyPlan, there: Collection[Scenario]) -> Iterator[SuggestedVariant]:
    """Yield what can be compared with a plan by one press; `there` are the scenarios that it stands beside already."""
    for offer in _offers(plan):
        tried = plan.scenario
        for path, value in offer.changes.items():
            tried = tried.changed(path, value)
        if not any(_is_same(tried, other) for other in there):
            yield offer


def _is_same(one: Scenario, other: Scenario) -> bool:
    """Tell whether two scenarios are equal but for what all variants have in common."""
    return all(change.path.startswith(COMMON) for change in differences(one, other))


def _offers(plan: AnyPlan) -> Iterator[SuggestedVariant]:
    """Yield what people ask for most, whatever stands beside the plan."""
    choices = plan.scenario.choices
    name, monitoring = MONITORING[choices.monitoring]
    yield SuggestedVariant(Text(name), {"choices.monitoring": monitoring})
    months = _months_until_later(plan)
    if months is not None:
        later = Plural("Finish {n} month later", "Finish {n} months later", MONTHS_LATER)
        yield SuggestedVariant(later, {"timeline.mode": Mode.DEADLINE, "timeline.target_months": months})
    name, operator = OPERATION[choices.operation]
    yield SuggestedVariant(Text(name), {"choices.operation": operator})


def _months_until_later(plan: AnyPlan) -> int | None:
    """Return the deadline that gives a plan more months than it has and takes; None beyond the latest one.

    Where the teams are given, there is no deadline but what the work takes.
    """
    timeline = plan.scenario.timeline
    taken = 0 if isinstance(plan, StoppedPlan) else ceil(plan.headlines.duration_months)
    given = timeline.target_months if timeline.mode is Mode.DEADLINE else 0
    months = max(given, taken) + MONTHS_LATER
    return months if max(given, taken) and months <= MOST_MONTHS else None
