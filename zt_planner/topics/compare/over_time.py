"""Plans side by side over time: their running totals, and from when to when each step lasts; as tables and in words.

Laws: a running total ends at the plan's cost over the horizon; what a description says stands in the table, too.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.costing.budget import accrual, cash_of, sums_by_month
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Labelled, Money, Plural, Span, Text, Words, sentences, series
from zt_planner.topics.labels import bounded, label
from zt_planner.topics.picture.rows import tasks_by_step
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.table import Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.month import Month
    from zt_planner.engine.compare.comparison import Comparison, Variant


def running_totals(plan: AnyPlan) -> Mapping[Month, Decimal]:
    """Return what is used up by the end of each month of the horizon; nothing without a schedule."""
    if isinstance(plan, StoppedPlan):
        return {}
    sums = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.horizon, accrual)
    return dict(zip(sums, accumulate(map(cash_of, sums.values())), strict=True))


def total_words(plan: AnyPlan, amount: Decimal) -> Words:
    """Write a total; of a plan that lacks a price as the least that it comes to."""
    return bounded(Money(amount), is_whole=isinstance(plan, Plan) and plan.is_complete)


def variant_name(variant: Variant) -> Words:
    """Return a variant's letter with its name."""
    return Labelled(variant.letter, variant.name)


def totals_table(comparison: Comparison) -> Table:
    """Return the running totals month by month, a column a plan."""
    totals = {variant.letter: running_totals(variant.plan) for variant in comparison.variants}

    def column(letter: str) -> Column[Month]:
        return Column(letter, units.EUROS, totals[letter].get)

    months = sorted({month for each in totals.values() for month in each})
    return table_of((Column(Text("Month"), units.MONTH, lambda m: m), *map(column, totals)), months)


def totals_alt(comparison: Comparison) -> Words:
    """Describe the running totals."""
    parts = [
        Text(
            "{plan} comes to {amount}",
            plan=variant_name(variant),
            amount=total_words(variant.plan, last),
        )
        for variant in comparison.variants
        for last in list(running_totals(variant.plan).values())[-1:]
    ]
    if not parts:
        return Text("There is no budget to show.")
    text = Plural(
        "Running totals over {n} month, a line a plan: {parts}. The same numbers are in its table.",
        "Running totals over {n} months, a line a plan: {parts}. The same numbers are in its table.",
        len(comparison.first.plan.horizon),
        parts=series(parts),
    )
    return text if comparison.first.plan.shows_labour else sentences(labour_note(), text)


def step_days(plan: AnyPlan) -> Mapping[Step, tuple[date, date]]:
    """Return from when to when each step that has tasks lasts."""
    return {step: (tasks[0].start, max(task.finish for task in tasks)) for step, tasks in tasks_by_step(plan)}


def roadmaps_table(comparison: Comparison) -> Table:
    """Return from when to when each step lasts, a column a plan."""
    days = {variant.letter: step_days(variant.plan) for variant in comparison.variants}

    def column(letter: str) -> Column[Step]:
        return Column(letter, words=lambda step: Span(*days[letter][step]) if step in days[letter] else "")

    steps = [step for step in Step if any(step in each for each in days.values())]
    named: Column[Step] = Column(Text("Step"), words=label)
    return table_of((named, *map(column, days)), steps)


def roadmaps_alt(comparison: Comparison) -> Words:
    """Describe the roadmaps side by side."""
    parts = [
        Text("{plan} is done on {day}", plan=variant_name(variant), day=variant.plan.headlines.finish_date)
        for variant in comparison.variants
        if isinstance(variant.plan, Plan)
    ]
    if not parts:
        return Text("There is no schedule to show.")
    return Text(
        "Roadmaps on one time axis, a row for each step and plan. {parts}. The same dates are in its table.",
        parts=series(parts),
    )
