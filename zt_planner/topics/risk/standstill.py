"""Why at all: how many days at a standstill cost as much as the plan, what stays open until when (M28).

No loss is estimated: a day's cost is the company's own reckoning, and nothing is derived from people or turnover.
"""

from __future__ import annotations

from datetime import timedelta

from zt_planner.domain import units
from zt_planner.engine.figures import STANDSTILL
from zt_planner.engine.stages import protection_on
from zt_planner.language import Money, Plural, Text, Words, series
from zt_planner.topics.figure import amount_words
from zt_planner.topics.labels import protection_text
from zt_planner.topics.view import View


def standstill_sentence(view: View) -> Words:
    """Say how many days at a standstill cost as much as the plan.

    Nothing where nobody has said what a day costs, and where nothing has a price.
    """
    plan = view.plan
    days = STANDSTILL.amount(plan, plan.headlines)
    if days is not None and days.is_hidden:
        return Text("Days at a standstill are not shown, because labour is hidden.")
    if days is None or days.known is None:
        return ""
    return Text(
        "By your own figure, a day at a standstill costs {amount}. Over {period}, the plan costs as much as a "
        "standstill of {days}.",
        amount=Money(plan.scenario.company.standstill_day_cost or 0),
        period=Plural("{n} month", "{n} months", len(plan.horizon)),
        days=amount_words(days, units.STANDSTILL_DAYS),
    )


def open_sentence(view: View) -> Words:
    """Say which protection everyone has from which day on, and what is open until then; nothing where nothing is."""
    plan = view.plan
    protected = set(protection_on(plan, view.figures.start_date - timedelta(days=1)))
    parts: list[Words] = []
    for day in sorted({task.finish for task in plan.tasks}):
        new = [each for each in protection_on(plan, day) if each not in protected]
        if new:
            parts.append(Text("{protection} until {day}", protection=protection_text(new), day=day))
        protected.update(new)
    return Text("As planned, {parts}.", parts=series(parts)) if parts else ""


def delay_sentence(view: View) -> Words:
    """Say what is open a week longer if everything is finished a week later; nothing where nothing protects."""
    protection = protection_on(view.plan, view.plan.headlines.finish_date)
    if not protection:
        return ""
    return Text(
        "Each week of delay is another week without: {protection}.",
        protection=protection_text(protection),
    )
