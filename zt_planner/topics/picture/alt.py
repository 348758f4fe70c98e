"""What each chart shows, in words: for screen readers, and wherever a picture cannot be seen.

Law: the words follow from the sums that the chart draws, over the same months
and in the same view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import total
from zt_planner.domain.plan import CostLine
from zt_planner.domain.progress import TaskState
from zt_planner.engine.costing.budget import accrual
from zt_planner.engine.plan import Plan
from zt_planner.language import Listed, Plural, Span, Text, Words, sentences, series
from zt_planner.topics.axes import shown_months
from zt_planner.topics.labels import bounded_money, is_unknown, label
from zt_planner.topics.picture.money import month_totals
from zt_planner.topics.picture.rows import tasks_by_step
from zt_planner.topics.roadmap.days_off import days_off_text
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.task_words import days_later, days_text, is_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from zt_planner.domain.month import Month


def spans_of(plan: Plan, before: Plan | None = None) -> Words:
    """Say from when to when each step lasts, and beside the plan's reference by how much it has slipped."""
    spans = []
    for step, tasks in tasks_by_step(plan):
        last = max(task.finish for task in tasks)
        earlier = () if before is None else [task for task in before.tasks if task.task.step is step]
        slip = days_later(tasks, earlier) if is_reference(before, plan) else 0
        aside = Listed(("(", days_text(slip), ")"), "") if slip else ""
        spans.append(Listed((label(step), Span(tasks[0].start, last), aside), " "))
    return series(spans)


def _with_status(plan: Plan) -> Words:
    """Return what the description of a plan under way begins with: how much is done on which day."""
    at, done = plan.scenario.status.at, sum(task.state is TaskState.DONE for task in plan.tasks)
    if at is None:
        return ""
    return Plural(
        "On {day}, {done} of {n} task is done.",
        "On {day}, {done} of {n} tasks are done.",
        len(plan.tasks),
        day=at,
        done=done,
    )


def roadmap_alt(plan: Plan, before: Plan | None = None) -> Words:
    """Describe the roadmap alone."""
    text = Text(
        "Roadmap of all tasks by step on a time axis, {finish} the last day of work. {steps}. {days_off} "
        "The same dates are in its tables.",
        finish=plan.headlines.finish_date,
        steps=spans_of(plan, before),
        days_off=days_off_text(plan),
    )
    return sentences(_with_status(plan), text)


def roadmap_and_money_alt(plan: Plan, before: Plan | None = None) -> Words:
    """Describe the roadmap and the money below it."""
    cash = month_totals(plan, shown_months(plan), accrual)
    dearest = max(cash, key=lambda month: cash[month])
    text = Text(
        "Roadmap of the steps above, money by month below, on one time axis. {steps}. The highest month "
        "is {month} with {amount}. The same numbers are in its tables.",
        steps=spans_of(plan, before),
        month=dearest,
        amount=money_text(cash[dearest], plan),
    )
    return sentences(_labour_note(plan), _with_status(plan), text)


def picture_alt(plan: Plan, before: Plan | None = None) -> Words:
    """Describe the roadmap and the money where no table stands below them."""
    cash = month_totals(plan, shown_months(plan), accrual)
    dearest = max(cash, key=lambda month: cash[month])
    text = Plural(
        "Roadmap above, money by month below, on one time axis. {steps}. {total} over {n} month, the "
        "highest month {month} with {amount}.",
        "Roadmap above, money by month below, on one time axis. {steps}. {total} over {n} months, the "
        "highest month {month} with {amount}.",
        len(cash),
        steps=spans_of(plan, before),
        total=money_text(total(cash.values()), plan),
        month=dearest,
        amount=money_text(cash[dearest], plan),
    )
    return sentences(_labour_note(plan), _with_status(plan), text)


def budget_alt(plan: Plan, months: Sequence[Month], month_of: Callable[[CostLine], Month] = accrual) -> Words:
    """Describe the money of some months, as it is used up or as it is paid."""
    cash = month_totals(plan, months, month_of)
    dearest = max(cash, key=lambda month: cash[month])
    text = Plural(
        "Money by month, stacked by category: {total} over {n} month, the "
        "highest month {month} with {amount}. The same numbers are in its table.",
        "Money by month, stacked by category: {total} over {n} months, the "
        "highest month {month} with {amount}. The same numbers are in its table.",
        len(months),
        total=money_text(total(cash.values()), plan),
        month=dearest,
        amount=money_text(cash[dearest], plan),
    )
    return sentences(_labour_note(plan), text)


def money_text(amount: Decimal, plan: Plan) -> Words:
    """Write an amount within a sentence; as a lower bound, or as not known, where prices are missing."""
    if is_unknown(amount, is_whole=plan.is_complete):
        return Text("no known amount")
    return bounded_money(amount, is_whole=plan.is_complete)


def _labour_note(plan: Plan) -> Words:
    return "" if plan.shows_labour else labour_note()
