"""The variants that people ask for most, ready to be tried: MDR instead of SIEM, three months later, by a partner.

A choice keeps the team and the order of the plan (M36); a later finish is another team's. Laws: each changes something
of the plan that it is offered for; where that has the other choice already, it leads back; none equals a plan that is
there.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.fields import ORDER
from zt_planner.domain.scenario.scenario import MOST_MONTHS, Mode, Monitoring, Operator
from zt_planner.domain.variants import COMMON
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.same_team import same_team_values, with_changes
from zt_planner.errors import msgid
from zt_planner.language import Labelled, Plural, Text, Words
from zt_planner.topics.effects import team_in_time_text
from zt_planner.topics.operation.own_days import exchange_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.plan import Capacity
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import View

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
    """A variant's name, what is chosen otherwise, and what else its scenario needs: values by paths of fields.

    `kept` are the team and the order of the plan, which stay (M36).
    """

    name: Words
    chosen: Mapping[str, object]
    kept: Mapping[str, object] = {}

    @property
    def changes(self) -> Mapping[str, object]:
        """Everything that differs."""
        return {**self.chosen, **self.kept}


def suggested_variants(plan: AnyPlan, there: Collection[Scenario]) -> Iterator[SuggestedVariant]:
    """Yield what can be compared with a plan by one press; `there` are the scenarios that it stands beside already."""
    for offer in _offers(plan):
        tried = with_changes(plan.scenario, offer.changes)
        if not any(_is_same(tried, other) for other in there):
            yield offer


def _is_same(one: Scenario, other: Scenario) -> bool:
    """Tell whether two scenarios are equal but for what all variants have in common."""
    return all(change.path.startswith(COMMON) for change in differences(one, other))


def _offers(plan: AnyPlan) -> Iterator[SuggestedVariant]:
    """Yield what people ask for most, whatever stands beside the plan."""
    choices = plan.scenario.choices
    kept = {} if isinstance(plan, StoppedPlan) else same_team_values(plan)
    name, monitoring = MONITORING[choices.monitoring]
    yield SuggestedVariant(Text(name), {"choices.monitoring": monitoring}, kept)
    months = _months_until_later(plan)
    if months is not None:
        later = Plural("{n} month later, another team", "{n} months later, another team", MONTHS_LATER)
        yield SuggestedVariant(later, {"timeline.mode": Mode.DEADLINE, ORDER: (), "timeline.target_months": months})
    name, operator = OPERATION[choices.operation]
    yield SuggestedVariant(Text(name), {"choices.operation": operator}, kept)


def offer_notes(offers: Iterable[SuggestedVariant], view: View) -> Iterator[Words]:
    """Yield what other monitoring and another operator cost a month, and save of the own team's days."""
    for offer in offers:
        choices = {path.removeprefix("choices."): value for path, value in offer.chosen.items()}
        if choices.keys() <= {"monitoring", "operation"}:
            yield exchange_words(Text("“{name}”", name=offer.name), view, choices)


def team_notes(offers: Sequence[SuggestedVariant], teams: Sequence[Capacity | None]) -> Iterator[Words]:
    """Yield the smallest team that keeps the day with each variant that keeps the team, where there is one (M36)."""
    for offer, team in zip(offers, teams, strict=True):
        if team is not None:
            yield Labelled(Text("“{name}”", name=offer.name), team_in_time_text(team))


def _months_until_later(plan: AnyPlan) -> int | None:
    """Return the deadline that gives a plan more months than it has and takes; None beyond the latest one.

    Where the teams are given, there is no deadline but what the work takes.
    """
    timeline = plan.scenario.timeline
    taken = 0 if isinstance(plan, StoppedPlan) else ceil(plan.headlines.duration_months)
    given = timeline.target_months if timeline.mode is Mode.DEADLINE else 0
    months = max(given, taken) + MONTHS_LATER
    return months if max(given, taken) and months <= MOST_MONTHS else None
