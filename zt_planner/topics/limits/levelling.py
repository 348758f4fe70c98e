"""The result of levelling in plain words: which tasks move and why, what it does, and what would help (M20).

Laws: a figure is that of the plan it belongs to; a change is the difference of
the two figures as they are shown. Where the plan breaks the cap and levelling
would keep it, the line on what levelling brings says that first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.levelling.conflict import Relaxed
from zt_planner.engine.levelling.proposal import ConstraintKind
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import (
    Listed,
    LongDay,
    LongMonth,
    Money,
    Number,
    Plural,
    Share,
    ShortDay,
    Text,
    Trimmed,
    Words,
    sentences,
    series,
)
from zt_planner.topics.effects import signed
from zt_planner.topics.labels import label, own_title
from zt_planner.topics.limits.trades import mfa_done, step_done

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zt_planner.domain.month import Month
    from zt_planner.engine.levelling.conflict import Conflict, LimitRelaxation
    from zt_planner.engine.levelling.proposal import BindingConstraint, Move, Proposal
    from zt_planner.engine.plan import AnyPlan

TASKS_NAMED = 1
SUMS = {
    FigureName.INTRODUCTION_BUDGET: msgid("Budget to get there"),
    FigureName.FIRST_YEAR_BUDGET: msgid("First year"),
    FigureName.HORIZON_TOTAL: msgid("All months"),
}
BUSY = {
    Team.INTERNAL: msgid("your team is busy with {tasks}"),
    Team.EXTERNAL: msgid("the consultant is busy with {tasks}"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure before and after, and what changes, empty where nothing does; `is_better` is None then."""

    label: Words
    before: Words
    after: Words
    change: Words = ""
    is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class ConflictReport:
    """Limits in conflict in words, and the steps that would help, each alone; `lead` comes before them, if any."""

    headline: Words
    lead: Words
    steps: tuple[Words, ...]


def marked_effects(proposal: Proposal) -> Iterator[Effect]:
    """Yield what levelling changes; what gets worse says so, and what for if the finish is earlier."""
    finish, *others = effects_of(proposal.current, proposal.plan)
    worse = (
        msgid("{change}: given up for the earlier finish") if finish.is_better else msgid("{change}: worse than now")
    )
    for effect in (finish, *others):
        is_worse = effect.is_better is False
        yield replace(effect, change=Text(worse, change=effect.change)) if is_worse else effect


def finish_of(plan: AnyPlan) -> date | None:
    """Return a plan's finish."""
    return None if isinstance(plan, StoppedPlan) else plan.headlines.finish_date


def headline_of(proposal: Proposal) -> Words:
    """Say when the levelled plan is done, and how much earlier or later than now."""
    finish, now = finish_of(proposal.plan), finish_of(proposal.current)
    done = "" if finish is None else finish
    if finish is None or now is None:
        return Text("In the new order, the plan is done on {day}.", day=done)
    if finish == now:
        return Text("In the new order, the plan is done on {day}, as now.", day=done)
    span = Plural("{n} calendar day", "{n} calendar days", abs((finish - now).days))
    if finish < now:
        return Text("In the new order, the plan is done on {day}: {span} earlier than now.", day=done, span=span)
    last = proposal.limits.finish_by
    if last is not None and finish > last:
        return Text("In the new order, the plan is done on {day}: {span} later than now.", day=done, span=span)
    return Text(
        "In the new order, the plan is done on {day}: {span} later than now, within your limits.", day=done, span=span
    )


def quality_of(proposal: Proposal) -> Words:
    """Say how far from the best possible finish the plan can be at most."""
    if proposal.is_proven:
        return Text("Proven: within these limits, no order that keeps these dates finishes earlier.")
    return Plural(
        "{n} working day; no order that keeps these dates takes less than {bound}: at most {gap} above the best.",
        "{n} working days; no order that keeps these dates takes less than {bound}: at most {gap} above the best.",
        proposal.length,
        bound=Number(proposal.bound),
        gap=Share(Decimal(str(round(proposal.gap, 3))), 1),
    )


def teams_note(proposal: Proposal) -> Words:
    """Say what becomes of a finish that is given."""
    given, levelled = proposal.current.scenario.timeline, proposal.plan.scenario.timeline
    if given.mode is Mode.CAPACITY:
        return ""
    if levelled.mode is Mode.DEADLINE:
        text = (
            msgid("If you apply it, “Finish in months” stays at {months}.")
            if given.target_months == levelled.target_months
            else msgid("If you apply it, “Finish in months” becomes {months}, the fewest that this plan keeps.")
        )
        return Text(text, months=Number(levelled.target_months))
    return Plural(
        "If you apply it, the teams are set instead of the finish: {n} day a week of your own people and "
        "{external} of the consultant, as in this plan.",
        "If you apply it, the teams are set instead of the finish: {n} days a week of your own people "
        "and {external} of the consultant, as in this plan.",
        Trimmed(proposal.limits.internal),
        external=Trimmed(proposal.limits.external),
    )


def peak_of(plan: AnyPlan) -> tuple[Month, Decimal] | None:
    """Return the month that pays most, the earliest of equal ones, and what it pays."""
    paid = cash_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment)
    month = max(plan.months, key=lambda it: paid[it], default=None)
    return None if month is None else (month, paid[month])


def effects_of(before: AnyPlan, after: AnyPlan) -> Iterator[Effect]:
    """Yield what changes for a managing director: dates, of each step too, the most expensive month, the sums."""
    yield date_effect(Text("Finish"), finish_of(before), finish_of(after))
    yield mfa_effect(before, after)
    steps = {task.task.step for plan in (before, after) for task in plan.tasks}
    for step in sorted(steps):
        yield date_effect(label(step), step_done(before, step), step_done(after, step))
    peak, later = peak_of(before), peak_of(after)
    change, is_better = money_change(amount_of(peak), amount_of(later))
    text = Text("Highest month, as paid")
    yield Effect(text, dearest_month_text(peak), dearest_month_text(later), change, is_better)
    yield from sum_effects(before, after)


def mfa_effect(before: AnyPlan, after: AnyPlan) -> Effect:
    """Return the day on which everyone has MFA, before and after."""
    return date_effect(Text("Everyone has MFA"), mfa_done(before), mfa_done(after))


def sum_effects(
    before: AnyPlan, after: AnyPlan, budget: FigureName = FigureName.INTRODUCTION_BUDGET
) -> Iterator[Effect]:
    """Yield what changes of the sums: a budget, and the whole horizon."""
    for name in (budget, FigureName.HORIZON_TOTAL):
        sums = headline_value(before, name), headline_value(after, name)
        change, is_better = money_change(*sums)
        yield Effect(Text(SUMS[name]), Money(sums[0]), Money(sums[1]), change, is_better)


def headline_value(plan: AnyPlan, name: FigureName) -> Decimal:
    """Return a headline figure of a plan, 0 of one that has no schedule."""
    return Decimal(0) if isinstance(plan, StoppedPlan) else Decimal(getattr(plan.headlines, name))


def amount_of(peak: tuple[Month, Decimal] | None) -> Decimal:
    """Return what the most expensive month pays."""
    return Decimal(0) if peak is None else peak[1]


def dearest_month_text(peak: tuple[Month, Decimal] | None) -> Words:
    """Write the most expensive month with what it pays."""
    return "" if peak is None else Listed((Money(peak[1]), Listed(("(", LongMonth(peak[0]), ")"), "")), " ")


def date_effect(text: Words, before: date | None, after: date | None) -> Effect:
    """Return a day before and after with the calendar days between them."""
    none = Text("not in the plan")
    was, will = (none if day is None else LongDay(day) for day in (before, after))
    days = 0 if before is None or after is None else (after - before).days
    if not days:
        return Effect(text, was, will)
    span = Plural("{n} day", "{n} days", abs(days))
    change = Text("{span} later", span=span) if days > 0 else Text("{span} earlier", span=span)
    return Effect(text, was, will, change, days < 0)


def money_change(before: Decimal, after: Decimal) -> tuple[Words, bool | None]:
    """Return what an amount changes by in whole EUR, as it is shown, and whether that is better."""
    difference = rounded(after, 0) - rounded(before, 0)
    return (Money(difference, is_signed=True), difference < 0) if difference else ("", None)


def signed_working_days(days: int) -> Words:
    """Write working days with their sign and their unit."""
    return signed(days, Plural("{n} working day", "{n} working days", abs(days)))


def why_of(move: Move, names: Mapping[str, Words]) -> Words:
    """Say what keeps a task from starting earlier; of two constraints by one limit, the one right before it starts."""
    last = {(constraint.limit, constraint.team): constraint for constraint in move.constraints}
    return series(constraint_text(constraint, names) for constraint in last.values())


def constraint_text(constraint: BindingConstraint, names: Mapping[str, Words]) -> Words:
    """Say which limit holds a task back."""
    if constraint.limit is ConstraintKind.CAP and constraint.month is not None:
        return Text("the monthly cap is used up in {month}", month=constraint.month)
    if constraint.limit is ConstraintKind.DAYS_OFF and constraint.until is not None:
        return Text("nobody works until {day}", day=ShortDay(constraint.until))
    tasks = Listed([names[task] for task in constraint.tasks[:TASKS_NAMED]])
    if constraint.limit is ConstraintKind.TEAM:
        return Text(BUSY[constraint.team or Team.INTERNAL], tasks=tasks)
    if constraint.limit is ConstraintKind.PREDECESSORS:
        return Text("waits for {tasks}", tasks=tasks)
    return Text(
        {
            ConstraintKind.START: msgid("starts with the plan"),
            ConstraintKind.OWN_DATE: msgid("its own date"),
            ConstraintKind.NOTHING: msgid("could start earlier, but spending is more even this way"),
        }[constraint.limit]
    )


def conflict_report(conflict: Conflict, proposal: Proposal | None) -> ConflictReport:
    """Return limits in conflict in the reader's words."""
    headline = (
        Text("These limits cannot be kept together.")
        if conflict.is_proven
        else Text("No order of the tasks was found that keeps all these limits; it is not proven that there is none.")
    )
    steps = tuple(relaxation_text(relaxation, proposal) for relaxation in conflict.relaxations)
    if not steps:
        return ConflictReport(headline, "", (Text("No limit was found that would help if relaxed alone."),))
    alone = msgid("This step alone would help:") if len(steps) == 1 else msgid("One of these steps alone would help:")
    return ConflictReport(headline, Text(alone), steps)


def enough_text(limit: Relaxed, enough: Decimal) -> Words:
    """Say how much a month, or of a team's week, would do."""
    if limit is Relaxed.CAP:
        return Text("{amount} a month would be enough.", amount=Money(enough))
    days = Trimmed(enough)
    if limit is Relaxed.INTERNAL:
        return Plural(
            "{n} day a week of your own people would be enough.",
            "{n} days a week of your own people would be enough.",
            days,
        )
    return Plural(
        "{n} day a week of the consultant would be enough.", "{n} days a week of the consultant would be enough.", days
    )


def relaxation_text(relaxation: LimitRelaxation, proposal: Proposal | None) -> Words:
    """Say how far one limit would have to give way."""
    value = relaxation.value
    least = Text("It is proven that less is not enough.") if relaxation.is_least else ""
    if isinstance(value, date):
        last = None if proposal is None else proposal.limits.finish_by
        weeks = 0 if last is None else -(-(value - last).days // CALENDAR_DAYS_A_WEEK)
        text = Plural(
            "{n} more week would be enough: done on {day}.",
            "{n} more weeks would be enough: done on {day}.",
            weeks,
            day=value,
        )
        return sentences(text, least)
    if isinstance(value, Decimal):
        return sentences(enough_text(relaxation.limit, value), least)
    if relaxation.limit is Relaxed.CLOSURES:
        return Text("Removing company holidays and change freezes would be enough.")
    return Text("Removing the dates set for tasks would be enough.")


def gain_title(proposal: Proposal) -> Words | None:
    """Say in a line what another order of the tasks would bring; None where that is nothing.

    Against the quick plan of the same teams and the same order of aims.
    """
    finish, quick = finish_of(proposal.plan), finish_of(proposal.quick)
    if finish is None or quick is None:
        return None
    if keeps_cap(proposal):
        return Text("Keep the monthly cap with the same people: see what moves")
    if finish >= quick:
        return None
    earlier = Text("Finish {span} earlier", span=time_span((quick - finish).days))
    return Text("{finish} with the same people: see what moves", finish=own_title(earlier, proposal.plan))


def time_span(days: int) -> Words:
    """Write a number of days, many as weeks."""
    weeks = days // CALENDAR_DAYS_A_WEEK
    return Plural("{n} week", "{n} weeks", weeks) if weeks > 1 else Plural("{n} day", "{n} days", days)


def keeps_cap(proposal: Proposal) -> bool:
    """Tell whether levelling would keep a monthly cap that the plan breaks, and be done by the day that is set."""
    broken, by = Code.FINANCE_CAP_EXCEEDED, proposal.current.scenario.levelling.finish_by
    is_late = by is not None and (finish_of(proposal.plan) or by) > by
    return proposal.current.has_finding(broken) and not proposal.plan.has_finding(broken) and not is_late
