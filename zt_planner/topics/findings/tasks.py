"""Findings on tasks in plain words: dates that are not kept, and what is not bought (a part of `findings`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code, Finding, Hindrance
from zt_planner.domain.plan import Team
from zt_planner.engine.findings.task_checks import TaskPurchase
from zt_planner.engine.scheduling.calendar import DayOff
from zt_planner.errors import msgid
from zt_planner.topics.findings.status import (
    NO_DATE_CLOSED,
    OUT_OF_SEQUENCE,
    STATUS_TEXTS,
    approved_texts,
)
from zt_planner.topics.findings.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping


NOT_KEPT = msgid("A fixed date cannot be kept")
MOVE_A_DATE = msgid("Move one of the dates, or allow a larger team.")
MISSED: Mapping[object, Texts] = {
    Hindrance.START: Texts(
        NOT_KEPT,
        msgid("“{task}” is set to start on {day}, before the plan begins on {plan_start}. It starts on {start}."),
        msgid("Move the date, or start the plan earlier."),
    ),
    Hindrance.STATUS: Texts(
        NOT_KEPT,
        msgid("“{task}” is set to start on {day}, but had not begun by {until}. It starts on {start}."),
        msgid("Move the date, or record when it was started."),
    ),
    Hindrance.PREDECESSORS: Texts(
        NOT_KEPT,
        msgid(
            "“{task}” is set to start on {day}, but what it waits for is not over before {until}: {others}. "
            "It starts on {start}."
        ),
        msgid("Move the date, shorten what comes before it, remove the dependency, or let the steps overlap."),
    ),
    Team.INTERNAL: Texts(
        NOT_KEPT,
        msgid("“{task}” is set to start on {day}, but your team is busy then: {others}. It starts on {start}."),
        MOVE_A_DATE,
    ),
    Team.EXTERNAL: Texts(
        NOT_KEPT,
        msgid("“{task}” is set to start on {day}, but the consultant is busy then: {others}. It starts on {start}."),
        MOVE_A_DATE,
    ),
    None: Texts(
        NOT_KEPT,
        msgid("More tasks do not start on their fixed dates: {tasks}."),
        msgid("Look at their dates on the “Roadmap” page."),
    ),
}
OFF: Mapping[bool, Texts] = {
    True: Texts(
        msgid("A fixed date is a day off"),
        msgid("“{task}” is set to start on {day}, when nobody works ({off}): the next working day counts."),
        msgid("Choose a working day."),
    ),
    False: Texts(
        msgid("A fixed date is a day off"),
        msgid("More tasks are set to start on days when nobody works: {tasks}."),
        msgid("Look at their dates on the “Roadmap” page."),
    ),
}
NOT_BOUGHT = Texts(
    msgid("Out of scope, and not bought"),
    msgid("Out of scope: {tasks}. So the plan does not buy: {bought}."),
    msgid("Put the tasks back in scope, or make sure that something else covers this."),
)
NO_EFFORT = Texts(
    msgid("In scope, but without work"),
    msgid("These tasks are in scope, but take no days in this company: {tasks}."),
    msgid("Enter an effort for them, or leave them out."),
)
PLAIN: Mapping[Code, Texts] = {
    Code.TASKS_DONE_WITHOUT_TASK: Texts(
        msgid("Done, but not part of the plan"),
        msgid("Marked as done, but the plan has no such task here: {tasks}. It changes nothing."),
        msgid("Check the choices: is this left out on purpose? If so, nothing needs to change."),
    ),
    Code.TASKS_DONE_BEFORE: Texts(
        msgid("Done, although earlier tasks are open"),
        msgid("Done already: {tasks}. Still open, although they come first: {others}."),
        msgid("If that is done too, mark it as done; otherwise check what is really in place."),
    ),
    Code.TASK_NOT_BOUGHT: NOT_BOUGHT,
    Code.TASK_NO_EFFORT: NO_EFFORT,
    Code.TIMELINE_FINISH_BY_MISSED: Texts(
        msgid("The deadline is missed"),
        msgid("Everything must be done by {day}; the plan is finished on {finish}."),
        msgid("Reorder the tasks on the “What if” page, or move the date."),
    ),
    **STATUS_TEXTS,
    Code.TIMELINE_LEVELLING_SET_ASIDE: Texts(
        msgid("Dates of the reordered tasks are set aside"),
        msgid(
            "The tasks were reordered before the finish, the teams, people, choices or tasks were changed. The plan "
            "looks for the smallest teams that finish in time, in the normal order."
        ),
        msgid("Reorder the tasks again on the “What if” page, or use the normal order."),
    ),
    Code.TIMELINE_LEVELLING_OUTDATED: Texts(
        msgid("Dates of the reordered tasks belong to another plan"),
        msgid(
            "Since the tasks were reordered, people, choices, time or tasks have changed. No task starts before the "
            "date that reordering gave it, and some start later."
        ),
        msgid("Reorder the tasks again on the “What if” page, or use the normal order."),
    ),
}

WORDS: Mapping[str, str] = {
    DayOff.WEEKEND: msgid("weekend"),
    DayOff.HOLIDAY: msgid("public holiday"),
    DayOff.FREEZE: msgid("turn of the year"),
    DayOff.CLOSURE: msgid("company holidays or change freeze"),
    TaskPurchase.KEYS: msgid("security keys for administrators"),
    TaskPurchase.TRAINING: msgid("awareness training"),
    TaskPurchase.SERVER_PROTECTION: msgid("protection of servers"),
    TaskPurchase.HARDWARE: msgid("network hardware"),
    TaskPurchase.MONITORING: msgid("monitoring"),
    TaskPurchase.WATCHING: msgid("managed detection and response (MDR)"),
    TaskPurchase.NETWORK_ACCESS: msgid("Zero Trust network access"),
}
"""Days off, and what is bought with tasks."""


def task_texts(finding: Finding) -> Texts | None:
    """Return the texts of a finding on tasks, by what stands in the way; None for any other finding."""
    facts = finding.facts
    if finding.code is Code.TASK_FIXED_DATE_MISSED:
        return MISSED[None if facts["task"] is None else facts.get("team") or facts["by"]]
    if finding.code is Code.TASK_FIXED_ON_DAY_OFF:
        return OFF[facts["task"] is not None]
    if finding.code is Code.STATUS_OUT_OF_SEQUENCE:
        return OUT_OF_SEQUENCE[facts["task"] is not None]
    if finding.code is Code.STATUS_CLOSED_AHEAD and facts["day"] is None:
        return NO_DATE_CLOSED
    if finding.code is Code.STATUS_APPROVED_DIFFERS:
        return approved_texts(facts)
    return PLAIN.get(finding.code)
