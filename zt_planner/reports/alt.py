"""What each chart shows, in words: for screen readers, and wherever a picture cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.phase_model import Step
from zt_planner.domain.plan import CoverageState, Plan
from zt_planner.reports.words import label

if TYPE_CHECKING:
    from zt_planner.language import Language


def roadmap_alt(plan: Plan, language: Language) -> str:
    """Describe the roadmap and the money below it."""
    figures = plan.headlines
    if figures is None:
        return language.say("There is no schedule to show.")
    spans = []
    for step in Step:
        tasks = [task for task in plan.tasks if task.task.step is step]
        if tasks:
            first, last = min(task.start for task in tasks), max(task.finish for task in tasks)
            spans.append(f"{label(step, language)} {language.short_day(first)} - {language.short_day(last)}")
    return language.say(
        "Roadmap of the steps above, money by month below, on one time axis. {steps}. The dearest month is {month} "
        "with {amount}. The same numbers stand in the tables below.",
        steps="; ".join(spans),
        month=language.month(figures.peak_month),
        amount=language.money(figures.peak_amount),
    )


def budget_alt(plan: Plan, language: Language) -> str:
    """Describe the budget over the horizon."""
    figures = plan.headlines
    if figures is None:
        return language.say("There is no budget to show.")
    return language.say(
        "Money by month, stacked by category, with the running total: {total} over {months} months, the dearest "
        "month {month} with {amount}. The same numbers stand in the table below.",
        total=language.money(figures.horizon_total),
        months=language.number(len(plan.horizon)),
        month=language.month(figures.peak_month),
        amount=language.money(figures.peak_amount),
    )


def nis2_alt(plan: Plan, language: Language) -> str:
    """Describe since when measures are served."""
    supported = sum(item.state is CoverageState.SUPPORTED for item in plan.coverage)
    return language.say(
        "For each of the ten measures, from when finished tasks serve it partly or fully: {supported} of {all} are "
        "supported at the end. The dates stand in the table below.",
        supported=language.number(supported),
        all=language.number(len(plan.coverage)),
    )
