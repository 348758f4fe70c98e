"""Sensitivity in words and tables: what moves budget and finish, and critical tasks.

Laws: words, table and picture name the same quantities in the same order; what
certainty would cost more is said, not hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.progress import TaskState
from zt_planner.engine.simulation.drivers import MOST_JUDGED
from zt_planner.engine.simulation.result import SURE
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.risk.ranges import KINDS, range_names, range_subject
from zt_planner.topics.table import CellFormat, Column, Table, table_of
from zt_planner.topics.task_words import STATES, task_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.drivers import Drivers, Swing
    from zt_planner.language import Language
    from zt_planner.topics.view import View

OFTEN = 0.5


@dataclass(frozen=True, slots=True)
class Moved:
    """The quantities that move one figure most, the largest first, each with its name; `left` are as many more."""

    swings: tuple[Swing, ...]
    names: tuple[str, ...]
    left: int


def largest_swing(swings: Sequence[Swing], context: View) -> Moved:
    """Return the largest of some swings."""
    shown = tuple(swings[:MOST_JUDGED])
    names = range_names((each.name for each in shown), context)
    return Moved(shown, tuple(names[each.name] for each in shown), len(swings) - len(shown))


def _kind(swing: Swing, language: Language) -> str:
    """Return what is uncertain: effort, wait or price."""
    return language.say(KINDS[range_subject(swing.name)[0]])


# Money


def money_text(moved: Moved, drivers: Drivers, language: Language) -> str:
    """Say what moves the budget most, and what it would save to know it."""
    if not moved.swings:
        return language.say("No uncertainty moves the budget.")
    first = moved.swings[0]
    said = language.say(
        "{name} moves the budget most: alone, from {low} to {high}.",
        name=moved.names[0],
        low=language.money(first.low_budget),
        high=language.money(first.high_budget),
    )
    saving = drivers.savings[first.name].budget
    if saving <= 0:
        return said
    known = language.say(
        "If this estimate were certain, {sure} confidence would need {amount} less.",
        sure=chance_text(SURE, language),
        amount=language.money(saving),
    )
    return f"{said} {known}"


def money_drivers_table(moved: Moved, drivers: Drivers, language: Language) -> Table:
    """Return what each quantity does to the budget, and what knowing it would save."""
    say = language.say
    columns: tuple[Column[tuple[str, Swing]], ...] = (
        Column(say("What is uncertain"), value=lambda row: row[0]),
        Column(say("Kind"), value=lambda row: _kind(row[1], language)),
        Column(say("Budget at its P10"), CellFormat.EUROS, lambda row: row[1].low_budget),
        Column(say("Budget at its P90"), CellFormat.EUROS, lambda row: row[1].high_budget),
        Column(say("Difference"), CellFormat.EUROS, lambda row: row[1].money),
        Column(say("P80 saving if known"), CellFormat.EUROS, lambda row: drivers.savings[row[1].name].budget),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def dearer_text(moved: Moved, drivers: Drivers, language: Language) -> str:
    """Say why certainty may cost more, where it does."""
    if all(drivers.savings[each.name].budget >= 0 for each in moved.swings):
        return ""
    return language.say(
        "A negative amount is not a mistake: work done earlier starts its monthly costs earlier, so more "
        "of them fall into the first year."
    )


# Days


def days_text(moved: Moved, drivers: Drivers, language: Language) -> str:
    """Say what moves the finish most, and how many days it would save to know it."""
    if not moved.swings:
        return language.say("No uncertainty moves the finish.")
    first = moved.swings[0]
    said = language.say(
        "{name} moves the finish most: alone, from {low} to {high}.",
        name=moved.names[0],
        low=language.day(first.low_finish),
        high=language.day(first.high_finish),
    )
    saving = drivers.savings[first.name].days
    if saving is None or saving <= 0:
        return said
    known = language.plural(
        "If this estimate were certain, the date with {sure} confidence would be {n} day earlier.",
        "If this estimate were certain, the date with {sure} confidence would be {n} days earlier.",
        saving,
        sure=chance_text(SURE, language),
    )
    return f"{said} {known}"


def days_table(moved: Moved, drivers: Drivers, language: Language) -> Table:
    """Return what each quantity does to the finish, and how many days knowing it would save."""
    say = language.say
    columns: tuple[Column[tuple[str, Swing]], ...] = (
        Column(say("What is uncertain"), value=lambda row: row[0]),
        Column(say("Kind"), value=lambda row: _kind(row[1], language)),
        Column(say("Finish at its P10"), CellFormat.NUMBER, lambda row: row[1].low_finish),
        Column(say("Finish at its P90"), CellFormat.NUMBER, lambda row: row[1].high_finish),
        Column(say("Calendar days"), CellFormat.WHOLE, lambda row: row[1].days),
        Column(say("Days saved at P80 if known"), CellFormat.WHOLE, lambda row: drivers.savings[row[1].name].days),
    )
    return table_of(columns, zip(moved.names, moved.swings, strict=True))


def left_text(moved: Moved, language: Language) -> str:
    """Say how many more move a figure less; nothing where all are named."""
    if not moved.left:
        return ""
    return language.plural("{n} other matters less.", "{n} others matter less.", moved.left)


def tornado_alt(text: str, moved: Moved, language: Language) -> str:
    """Describe the picture of what moves a figure."""
    return language.say(
        "One bar for each uncertainty, from its P10 to its P90, the longest on top: {names}. {text} The "
        "same numbers are in the table below.",
        names=language.series(moved.names),
        text=text,
    )


# Critical tasks


def by_criticality(drivers: Drivers, plan: Plan) -> tuple[tuple[ScheduledTask, float], ...]:
    """Return the tasks with the share of the draws in which each is critical, the most critical first."""
    pairs = ((task, drivers.critical[task.task.id]) for task in plan.tasks)
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def critical_text(drivers: Drivers, plan: Plan, language: Language) -> str:
    """Say how many tasks are often critical, and which one of them the plan does not show."""
    ranked = by_criticality(drivers, plan)
    often = sum(share > OFTEN for _, share in ranked)
    text = language.plural(
        "{n} task decides the finish in more than half of the draws.",
        "{n} tasks decide the finish in more than half of the draws.",
        often,
    )
    hidden = next((pair for pair in ranked if not pair[0].is_critical), None)
    if hidden is None or not hidden[1]:
        return text
    more = language.say(
        "Watch {task}: it has slack in the plan, but decides the finish in {share} of the draws.",
        task=task_name(hidden[0].task, language),
        share=chance_text(hidden[1], language),
    )
    return f"{text} {more}"


def critical_table(drivers: Drivers, plan: Plan, language: Language) -> Table:
    """Return how often each task is critical, beside what the plan says; one that is done has no such share."""
    say = language.say

    def often(task: ScheduledTask, share: float) -> str:
        if task.state is TaskState.DONE:
            return ""
        return chance_text(share, language) if share else say("no draw")

    def in_plan(task: ScheduledTask) -> str:
        if task.state is TaskState.DONE:
            return say(STATES[TaskState.DONE])
        if task.is_critical:
            return say("critical")
        return language.plural("{n} day of slack", "{n} days of slack", task.slack_days)

    columns: tuple[Column[tuple[ScheduledTask, float]], ...] = (
        Column(say("Task"), value=lambda row: task_name(row[0].task, language)),
        Column(say("Critical in"), CellFormat.SHARE, words=lambda row: often(*row)),
        Column(say("In the plan"), value=lambda row: in_plan(row[0])),
    )
    return table_of(columns, by_criticality(drivers, plan))
