"""Why at all: how many days at a standstill cost as much as the plan, and what a week of delay leaves open (M28).

No loss is estimated: a day's cost is the company's own reckoning, and nothing is derived from people or turnover.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.plan import FigureName
from zt_planner.engine.plan import figure_lines, standstill_days
from zt_planner.engine.stages import protection_on
from zt_planner.topics.decisions.stages import protection_text
from zt_planner.topics.labels import bounded

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View


def standstill_text(plan: Plan, language: Language) -> str:
    """Write how many days at a standstill cost as much as the plan, of one that lacks prices as a lower bound."""
    days = language.plural("{n} day", "{n} days", language.number(standstill_days(plan) or 0, 1))
    is_whole = all(line.amount is not None for line in figure_lines(FigureName.HORIZON_TOTAL, plan))
    return language.write(bounded(days, is_whole=is_whole))


def standstill_sentence(context: View) -> str:
    """Say how many days at a standstill cost as much as the plan; nothing where nobody has said what a day costs."""
    plan, language, figures = context.plan, context.language, context.plan.headlines
    day_cost = plan.scenario.company.standstill_day_cost
    if day_cost is None or figures is None:
        return ""
    if not plan.shows_labour:
        return language.say("Days at a standstill are not shown, because labour is hidden.")
    return language.say(
        "By your own figure, a day at a standstill costs {amount}. Over {period}, the plan costs as much as a "
        "standstill of {days}.",
        amount=language.money(day_cost),
        period=language.plural("{n} month", "{n} months", len(plan.horizon)),
        days=standstill_text(plan, language),
    )


def delay_sentence(context: View) -> str:
    """Say what is open a week longer if everything is finished a week later; nothing where nothing protects."""
    plan, language, figures = context.plan, context.language, context.plan.headlines
    protection = () if figures is None else protection_on(plan.tasks, figures.finish_date)
    if not protection:
        return ""
    return language.say(
        "Each week of delay is another week without: {protection}.",
        protection=protection_text(protection, language),
    )


def standstill_sentences(context: View) -> tuple[str, ...]:
    """Return all that is said of doing nothing."""
    return tuple(filter(None, (standstill_sentence(context), delay_sentence(context))))
