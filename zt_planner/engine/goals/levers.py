"""What could be decided otherwise: other choices, fewer services, tasks out of scope (M21).

Decides what may be proposed, not what helps. Never proposed: more than is
planned, people and machines that are not there, prices, dates and closures; and
to leave out preparation, identities, or what is urgent, as everything else
rests on it. A task goes with all that waits for it, so that nothing is left
whose ground is missing.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.phase_model import ExclusionRule, Step
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import Billing, IdentityProvider, Monitoring, RemoteAccess
from zt_planner.engine.goals.changes import Change, Nature, Topic
from zt_planner.engine.scheduling.effort import sites_to_replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from enum import StrEnum

    from zt_planner.domain.data.phase_model import Task
    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.domain.scenario.scenario import Scenario

KEPT_STEPS = frozenset({Step.PREPARATION, Step.IDENTITIES})
URGENT = 100
"""Working days of head start from which on a task is never proposed to be left out."""
BY_CHOICE = frozenset({ExclusionRule.NO_MONITORING, ExclusionRule.KEEP_VPN, ExclusionRule.FULL_REUSE})
"""Tasks that a choice takes out of scope: the choice is proposed in their place."""
MOST_CUTS = 12
PERCENT = Decimal("0.01")
FINISH_FIRST = Change(Topic.ORDER, Nature.MIX, (("timeline.protection_first", Decimal(0)),))
"""What protects most comes first no more: the same work, in an order that is often finished earlier."""


def choices_of(scenario: Scenario) -> tuple[Change, ...]:
    """Return other choices under which everything that is planned stays."""
    chosen = scenario.choices
    providers = (name for name in IdentityProvider if name is not chosen.identity_provider)
    terms = (term for term in Billing if term is not chosen.billing)
    return (
        *(_choice(Topic.PROVIDER, "identity_provider", provider) for provider in providers),
        *(_choice(Topic.BILLING, "billing", term) for term in terms),
        *(_choice(Topic.MONITORING, "monitoring", kind) for kind in _watched_otherwise(chosen.monitoring)),
        *(
            (_choice(Topic.REMOTE_ACCESS, "remote_access", RemoteAccess.APP_PROXY),)
            if chosen.remote_access is RemoteAccess.ZTNA
            else ()
        ),
        *(_choice(Topic.HARDWARE, "hardware_reuse", share) for share in _shares_that_stay(scenario)),
        *((FINISH_FIRST,) if scenario.timeline.protection_first else ()),
    )


def _choice(topic: Topic, field: str, value: StrEnum | Decimal, nature: Nature = Nature.MIX) -> Change:
    return Change(topic, nature, ((f"choices.{field}", value),))


def _watched_otherwise(now: Monitoring) -> tuple[Monitoring, ...]:
    """Return other ways in which somebody still watches, none of them more than now."""
    return {
        Monitoring.SIEM_AND_MDR: (Monitoring.MDR, Monitoring.SIEM),
        Monitoring.MDR: (Monitoring.SIEM,),
        Monitoring.SIEM: (Monitoring.MDR,),
        Monitoring.NONE: (),
    }[now]


def _shares_that_stay(scenario: Scenario) -> tuple[Decimal, ...]:
    """Return larger shares of the hardware that stay: half of the sites that would get new one, and all."""
    replaced, sites = sites_to_replace(scenario), scenario.company.sites
    left = dict.fromkeys((replaced // 2, 0)) if replaced else ()
    return tuple((1 - Decimal(count) / sites).quantize(PERCENT, ROUND_CEILING) for count in left)


def services_of(scenario: Scenario) -> tuple[Change, ...]:
    """Return services that could do without: nobody watches, the VPN stays."""
    chosen = scenario.choices
    nobody = _choice(Topic.MONITORING, "monitoring", Monitoring.NONE, Nature.SERVICES)
    vpn = _choice(Topic.REMOTE_ACCESS, "remote_access", RemoteAccess.VPN, Nature.SERVICES)
    return (
        *((nobody,) if chosen.monitoring is not Monitoring.NONE else ()),
        *((vpn,) if chosen.remote_access is not RemoteAccess.VPN else ()),
    )


def cuts_of(tasks: Sequence[ScheduledTask]) -> tuple[Change, ...]:
    """Return tasks of a plan that could be left out, each with all that waits for it, the most work first."""
    found = {cut for cut in map(frozenset, _closures(tasks)) if cut}
    work = {task.task.id: task.internal_days + task.external_days for task in tasks}
    order = [task.task.id for task in tasks]
    largest = sorted(found, key=lambda cut: (-sum(work[task_id] for task_id in cut), sorted(cut)))[:MOST_CUTS]
    own = frozenset(task.task.id for task in tasks if task.task.is_own)
    return tuple(_cut(tuple(task_id for task_id in order if task_id in cut), own) for cut in largest)


def _cut(tasks: tuple[str, ...], own: frozenset[str]) -> Change:
    paths = (f"{OWN_TASKS if task_id in own else TASK_EDITS}{task_id}.in_scope" for task_id in tasks)
    fields: tuple[tuple[str, Any], ...] = tuple((path, False) for path in paths)
    return Change(Topic.TASKS, Nature.TASKS, fields, tasks)


def _closures(tasks: Sequence[ScheduledTask]) -> Iterator[set[str]]:
    """Yield each task with all that waits for it; nothing where one of them has to stay."""
    by_id = {task.task.id: task for task in tasks}
    with_all: dict[str, set[str]] = {key: {key} for key in by_id}
    for key in reversed(ids_in_order({key: task.after for key, task in by_id.items()})):
        for before in by_id[key].after:
            with_all[before] |= with_all[key]
    for key, cut in with_all.items():
        if by_id[key].task.falls_away_when not in BY_CHOICE and all(_may_go(by_id[key].task) for key in cut):
            yield cut


def _may_go(task: Task) -> bool:
    """Tell whether a task may be proposed to be left out."""
    return task.step not in KEPT_STEPS and task.head_start_days < URGENT
