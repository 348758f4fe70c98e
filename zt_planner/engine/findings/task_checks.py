"""What is doubtful about own figures of tasks: fixed dates that are not kept, and what is not bought any more.

Decides nothing about words (`topics.findings.findings`). Laws: a task with a fixed date starts on it, or a finding says
what prevents it; nothing that a rule buys for a task is dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from zt_planner.domain.data.phase_model import NamedTask, Task
from zt_planner.domain.finding import Code, Fact, Finding, Hindrance, Severity
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import RemoteAccess, Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.licensing.licences import needs_of
from zt_planner.engine.scheduling.calendar import day_off
from zt_planner.engine.scheduling.effort import is_unnecessary
from zt_planner.engine.scheduling.schedule import starts_behind
from zt_planner.engine.scheduling.timeline import Schedule

MOST_NAMED = 3
"""How many tasks have a finding of their own; the others share one."""


class TaskPurchase(StrEnum):
    """What is bought with a task (M11, M13 to M15)."""

    KEYS = "keys"
    TRAINING = "training"
    SERVER_PROTECTION = "server_protection"
    HARDWARE = "hardware"
    MONITORING = "monitoring"
    WATCHING = "watching"
    NETWORK_ACCESS = "network_access"


def few(code: Code, by_task: Sequence[dict[str, Fact]]) -> Iterator[Finding]:
    """Yield a warning for each of the first tasks, and one for all others."""
    for facts in by_task[:MOST_NAMED]:
        yield Finding(code, Severity.WARNING, facts)
    left = tuple(str(facts["task"]) for facts in by_task[MOST_NAMED:])
    if left:
        yield Finding(code, Severity.WARNING, {"task": None, "tasks": left})


def date_findings(scenario: Scenario, schedule: Schedule) -> Iterator[Finding]:
    """Does every task with a fixed date start on it, and is it a working day?"""
    network, calendar = schedule.network, schedule.calendar
    missed, off = [], []
    for index, wanted in network.wanted(calendar).items():
        day, begins = network.dates[index], calendar.day(schedule.placement.starts[index])
        facts: dict[str, Fact] = {"task": network.task_works[index].task.name, "day": day, "start": begins}
        reason = day_off_of(day, scenario)
        if day < calendar.start:
            missed.append({**facts, "by": Hindrance.START, "plan_start": calendar.start})
        elif schedule.placement.starts[index] != wanted:
            missed.append({**facts, **hindrance_of(index, wanted, schedule)})
        if reason is not None and day >= calendar.start:
            off.append({**facts, "off": reason})
    yield from few(Code.TASK_FIXED_ON_DAY_OFF, off)
    yield from few(Code.TASK_FIXED_DATE_MISSED, missed)


def day_off_of(day: date, scenario: Scenario) -> str | None:
    """Return why nobody works on a day, None for a working day."""
    timeline = scenario.timeline
    return day_off(day, timeline.region, year_end_freeze=timeline.year_end_freeze, closures=timeline.closures)


def hindrance_of(index: int, wanted: int, schedule: Schedule) -> dict[str, Fact]:
    """Return what keeps a work from its fixed date: the status date, what comes before it, or a busy team.

    When the work was placed, a team was full on its date, and the tasks that filled it have stayed.
    """
    network, placement, calendar = schedule.network, schedule.placement, schedule.calendar
    task_works, fact = network.task_works, network.task_works[index].fact
    if fact is not None and network.pins.floors[index] > wanted:
        return {"by": Hindrance.STATUS, "until": fact.not_before}
    late = {
        before: start for before, start in starts_behind(index, placement, network, calendar).items() if start > wanted
    }
    if late:
        others = tuple(task_works[before].task.name for before in late)
        return {"by": Hindrance.PREDECESSORS, "others": others, "until": calendar.day(max(late.values()))}
    team, busy = busy_team(index, wanted, schedule)
    return {"by": Hindrance.TEAM, "team": team, "others": tuple(task_works[other].task.name for other in busy)}


def busy_team(index: int, wanted: int, schedule: Schedule) -> tuple[Team, list[int]]:
    """Return the team with the least room for a work from an index on, and what it does on its fullest day."""
    network, placement = schedule.network, schedule.placement
    lengths = network.spread_over(placement.lengths, schedule.teams)
    candidates: list[tuple[float, Team, list[int]]] = []
    for team in Team:
        rate, limit = network.efforts[index].of(team) / lengths[index], schedule.teams.daily_limits.of(team)
        if not rate or limit is None:
            continue
        others = [other for other, efforts in enumerate(network.efforts) if other != index and efforts.of(team)]
        for day in range(wanted, wanted + placement.lengths[index]):
            busy = [other for other in others if placement.starts[other] <= day <= placement.finish_of(other)]
            use = sum(network.efforts[other].of(team) / lengths[other] for other in busy)
            candidates.append((limit - rate - use, team, busy))
    _, team, busy = min(candidates, key=lambda candidate: candidate[0])
    return team, busy


def scope_findings(case: Case) -> Iterator[Finding]:
    """What is bought no more because a task is out of scope, and which tasks are wanted but have no effort?"""
    scenario = case.scenario
    if scenario.tasks.is_empty:
        return
    left_out, idle = [], []
    for task in case.model.tasks:
        in_scope = scenario.tasks.given_for(task.id).in_scope
        has_effort = bool(case.size.effort_days(task))
        if in_scope and not has_effort:
            idle.append(task.name)
        if in_scope is False and has_effort and not is_unnecessary(task, scenario, case.size):
            left_out.append(task)
    bought, needs = what_is_bought(left_out, case), needs_of(case.tasks)
    unmet = tuple(dict.fromkeys(str(need) for task in left_out for need in task.needs if need not in needs))
    if bought or unmet:
        names = tuple(task.name for task in left_out if task.needs or what_is_bought([task], case))
        facts: dict[str, Fact] = {"tasks": names, "bought": (*bought, *unmet)}
        yield Finding(Code.TASK_NOT_BOUGHT, Severity.WARNING, facts)
    if idle:
        yield Finding(Code.TASK_NO_EFFORT, Severity.INFO, {"tasks": tuple(idle)})


def what_is_bought(tasks: Sequence[Task], case: Case) -> tuple[str, ...]:
    """Return what is bought with tasks, licences for everybody left out."""
    counts = case.size.counts
    has_network_access = case.scenario.choices.remote_access is RemoteAccess.ZTNA and counts.remote_users
    bought = {
        NamedTask.ADMIN_MFA: TaskPurchase.KEYS,
        NamedTask.MFA_ROLLOUT: TaskPurchase.TRAINING,
        NamedTask.EDR_ONBOARDING: TaskPurchase.SERVER_PROTECTION if counts.servers else None,
        NamedTask.HARDWARE_INSTALL: TaskPurchase.HARDWARE,
        NamedTask.MONITORING_ONBOARDING: TaskPurchase.MONITORING,
        NamedTask.MDR_ONBOARDING: TaskPurchase.WATCHING,
        NamedTask.ZTNA: TaskPurchase.NETWORK_ACCESS if has_network_access else None,
    }
    ids = {task.id for task in tasks}
    return tuple(str(what) for task_id, what in bought.items() if task_id in ids and what is not None)
