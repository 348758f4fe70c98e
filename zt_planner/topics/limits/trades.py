"""What levelling costs in protection, and what it trades for what: which days are kept, which moved, by what (M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step, Task
from zt_planner.domain.scenario.scenario import Monitoring, RemoteAccess, RiskAccess
from zt_planner.engine.levelling.last_days import MFA_TASKS, MfaFor
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Plural, Text, Words
from zt_planner.topics.labels import label
from zt_planner.topics.task_words import task_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zt_planner.engine.levelling.last_days import Delay
    from zt_planner.engine.levelling.limits import Limits
    from zt_planner.engine.levelling.proposal import Proposal
    from zt_planner.engine.plan import AnyPlan, Plan

ALL_KEPT = msgid("MFA comes no later than in the normal order, and no step is finished later.")
MFA_KEPT = msgid("MFA comes no later than in the normal order.")
STEPS_KEPT = msgid("No step is finished later than in the normal order.")

PROTECTED = {
    Step.IDENTITIES: msgid("Identities protected"),
    Step.LEAST_PRIVILEGE: msgid("Least privilege in place"),
    Step.SEGMENTATION: msgid("Networks segmented"),
    Step.DEVICES: msgid("Devices protected"),
    Step.MONITORING: msgid("Monitoring in place"),
}
MFA_NAMES = {MfaFor.ADMINISTRATORS: msgid("MFA for administrators"), MfaFor.EVERYONE: msgid("MFA for everyone")}


def protection_of(proposal: Proposal) -> Words:
    """Say which protection comes how much later than now, what is delayed most first."""
    now, levelled = proposal.current, proposal.plan
    days = [(MFA_NAMES[MfaFor.EVERYONE], mfa_done(now), mfa_done(levelled))]
    days += [(name, step_done(now, step), step_done(levelled, step)) for step, name in PROTECTED.items()]
    later = {name: (after - before).days for name, before, after in days if before and after and after > before}
    if not later:
        return within_steps(now, levelled)
    worst_first = sorted(later, key=lambda name: -later[name])
    spans = {name: Plural("{n} day", "{n} days", later[name]) for name in worst_first}
    return Listed((Listed([Text("{what} {span} later", what=Text(name), span=spans[name]) for name in spans]), "."), "")


def within_steps(now: AnyPlan, levelled: Plan) -> Words:
    """Say which tasks come later although their steps do not, and which of them most."""
    before = {task.task.id: task.finish for task in now.tasks if task.task.step in PROTECTED}
    days = {task: (task.finish - before[task.task.id]).days for task in levelled.tasks if task.task.id in before}
    later = [task for task in days if days[task] > 0]
    if not later:
        return Text("No protection comes later.")
    most = max(later, key=lambda task: days[task])
    return Plural(
        "Steps 1 to 5 are finished no later, but {n} task in them is: {task}, by {span}.",
        "Steps 1 to 5 are finished no later, but {n} tasks in them are, most of all {task}, by {span}.",
        len(later),
        task=task_name(most.task),
        span=Plural("{n} day", "{n} days", days[most]),
    )


def services_lost(now: AnyPlan, then: AnyPlan) -> Iterator[Words]:
    """Yield what services did that another plan does without."""
    before, after = now.scenario.choices, then.scenario.choices
    if before.monitoring is not Monitoring.NONE and after.monitoring is Monitoring.NONE:
        yield Text("Nobody watches what happens in your network.")
    elif before.monitoring.has_mdr and not after.monitoring.has_mdr:
        yield Text("Nobody watches around the clock any more.")
    elif before.monitoring.has_siem and not after.monitoring.has_siem:
        yield Text("Logs are no longer collected in one place.")
    if before.risk_access is not RiskAccess.NONE and after.risk_access is RiskAccess.NONE:
        yield Text("Sign-ins are no longer judged by place, time and behaviour.")
    if before.remote_access is not RemoteAccess.VPN and after.remote_access is RemoteAccess.VPN:
        yield Text("The VPN stays: anyone connected to it can reach the network behind it.")


def identities_done(plan: AnyPlan) -> date | None:
    """Return the day on which the first step is finished, None when it has no task."""
    return step_done(plan, Step.IDENTITIES)


def step_done(plan: AnyPlan, step: Step) -> date | None:
    """Return the day on which a step is finished, None when it has no task."""
    return max((task.finish for task in plan.tasks if task.task.step is step), default=None)


def mfa_done(plan: AnyPlan) -> date | None:
    """Return the day on which everyone has MFA, None when that is not in the plan."""
    return None if isinstance(plan, StoppedPlan) else plan.headlines.mfa_date


def trades_of(proposal: Proposal) -> tuple[Words, ...]:
    """Say which days are kept, which are moved by how much, and by what, against the plan without levelling."""
    return tuple(_trades(proposal))


def _trades(proposal: Proposal) -> Iterator[Words]:
    forced = [delay for delay in proposal.delays if delay.is_forced]
    chosen = [delay for delay in proposal.delays if not delay.is_forced]
    has_mfa = any(task.task.id in tasks for task in proposal.plan.tasks for tasks in MFA_TASKS.values())
    if not proposal.delays:
        yield Text(ALL_KEPT if has_mfa else STEPS_KEPT)
    elif has_mfa and not any(isinstance(delay.of, MfaFor) for delay in proposal.delays):
        yield Text(MFA_KEPT)
    if forced:
        yield limit_text(proposal.limits, delays_text(forced))
        yield Text("No order that moves them less was found; it is not proven that there is none.")
    if chosen:
        yield Text(
            "Your setting puts an early finish first; this moves {what}.",
            what=delays_text(chosen),
        )


def limit_text(limits: Limits, what: Words) -> Words:
    """Say which limit moves something."""
    if limits.finish_by is None and limits.cap is not None:
        return Text("The monthly cap of {amount} moves {what}.", amount=Money(limits.cap), what=what)
    if limits.finish_by is not None and limits.cap is None:
        return Text(
            "The day by which everything must be done, {day}, moves {what}.",
            day=limits.finish_by,
            what=what,
        )
    return Text("Your limits move {what}.", what=what)


def delays_text(delays: Iterable[Delay]) -> Words:
    """List what is finished later, by how much, and when then."""
    return Listed(
        [
            Text(
                "{name} by {span} to {day}",
                name=name_of(delay),
                span=Plural("{n} working day", "{n} working days", delay.days),
                day=delay.levelled,
            )
            for delay in delays
        ]
    )


def name_of(delay: Delay) -> Words:
    """Name what is finished later."""
    if isinstance(delay.of, MfaFor):
        return Text(MFA_NAMES[delay.of])
    if isinstance(delay.of, Task):
        return task_name(delay.of)
    name = label(delay.of)
    return name if delay.of is Step.PREPARATION else Text("step {name}", name=name)
