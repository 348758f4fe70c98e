"""The result of levelling in plain words: which tasks move and why, what it does, and what would help (M20).

Laws: a figure is that of the plan it belongs to; a change is the difference of
the two figures as they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.levelling.conflict import Relaxed
from zt_planner.engine.levelling.proposal import ConstraintKind
from zt_planner.errors import msgid
from zt_planner.language import MINUS
from zt_planner.topics.labels import label
from zt_planner.topics.limits.trades import mfa_done, protection_of, step_done, trades_of
from zt_planner.topics.task_words import task_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zt_planner.domain.month import Month
    from zt_planner.engine.levelling.conflict import Conflict, LimitRelaxation
    from zt_planner.engine.levelling.proposal import BindingConstraint, Move, Proposal
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

DAYS_A_WEEK = 7
TASKS_NAMED = 1
SUMS = {FigureName.FIRST_YEAR_BUDGET: msgid("First year"), FigureName.HORIZON_TOTAL: msgid("Whole horizon")}
BUSY = {
    Team.INTERNAL: msgid("your team is busy with {tasks}"),
    Team.EXTERNAL: msgid("the consultant is busy with {tasks}"),
}


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A task that moves: by signed working days, and why it does not start earlier."""

    task: str
    step: str
    before: str
    after: str
    days: int
    why: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure before and after, and what changes, empty where nothing does; `is_better` is None then."""

    label: str
    before: str
    after: str
    change: str = ""
    is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class LevellingReport:
    """A proposal in words: what it costs in protection, its finish, what it trades, how good it is, and so on."""

    protection: str
    headline: str
    trades: tuple[str, ...]
    quality: str
    effects: tuple[Effect, ...]
    moves: tuple[MoveRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConflictReport:
    """Limits in conflict in words, and the steps that would help, each alone; `lead` comes before them, if any."""

    headline: str
    lead: str
    steps: tuple[str, ...]


def report_of(proposal: Proposal, language: Language) -> LevellingReport:
    """Return a proposal in the reader's words."""
    return LevellingReport(
        protection=protection_of(proposal, language),
        headline=headline_of(proposal, language),
        trades=trades_of(proposal, language),
        quality=quality_of(proposal, language),
        effects=tuple(marked_effects(proposal, language)),
        moves=tuple(move_rows(proposal, language)),
        note=teams_note(proposal, language),
    )


def marked_effects(proposal: Proposal, language: Language) -> Iterator[Effect]:
    """Yield what levelling changes; what gets worse says so, and what for if the finish is earlier."""
    finish, *others = effects_of(proposal.current, proposal.plan, language)
    worse = (
        msgid("{change}: given up for the earlier finish") if finish.is_better else msgid("{change}: worse than now")
    )
    for effect in (finish, *others):
        is_worse = effect.is_better is False
        yield replace(effect, change=language.say(worse, change=effect.change)) if is_worse else effect


def finish_of(plan: Plan) -> date | None:
    """Return a plan's finish."""
    return None if plan.headlines is None else plan.headlines.finish_date


def headline_of(proposal: Proposal, language: Language) -> str:
    """Say when the levelled plan is done, and how much earlier or later than now."""
    finish, now = finish_of(proposal.plan), finish_of(proposal.current)
    say = language.say
    done = "" if finish is None else language.day(finish)
    if finish is None or now is None:
        return say("Levelled, the plan is done on {day}.", day=done)
    if finish == now:
        return say("Levelled, the plan is done on {day}, as now.", day=done)
    span = calendar_days(finish, now, language)
    if finish < now:
        return say("Levelled, the plan is done on {day}: {span} earlier than now.", day=done, span=span)
    last = proposal.limits.finish_by
    if last is not None and finish > last:
        return say("Levelled, the plan is done on {day}: {span} later than now.", day=done, span=span)
    return say("Levelled, the plan is done on {day}: {span} later than now, within your limits.", day=done, span=span)


def calendar_days(one: date, other: date, language: Language) -> str:
    """Say how many days lie between two, days off included."""
    return language.plural("{n} calendar day", "{n} calendar days", abs((one - other).days))


def quality_of(proposal: Proposal, language: Language) -> str:
    """Say how far from the best possible finish the plan can be at most."""
    if proposal.is_proven:
        return language.say("Proven: within these limits, no order that keeps these dates finishes earlier.")
    return language.plural(
        "{n} working day; no order that keeps these dates takes less than {bound}: at most {gap} above the best.",
        "{n} working days; no order that keeps these dates takes less than {bound}: at most {gap} above the best.",
        proposal.length,
        bound=language.number(proposal.bound),
        gap=language.percent(Decimal(str(round(proposal.gap, 3))), 1),
    )


def teams_note(proposal: Proposal, language: Language) -> str:
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
        return language.say(text, months=language.number(levelled.target_months))
    return language.plural(
        "If you apply it, the teams are set instead of the finish: {n} day a week of your own people and "
        "{external} of the consultant, as in this plan.",
        "If you apply it, the teams are set instead of the finish: {n} days a week of your own people "
        "and {external} of the consultant, as in this plan.",
        language.trimmed(proposal.limits.internal),
        external=language.trimmed(proposal.limits.external),
    )


def peak_of(plan: Plan) -> tuple[Month, Decimal] | None:
    """Return the month that pays most, the earliest of equal ones, and what it pays."""
    paid = cash_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment)
    month = max(plan.months, key=lambda it: paid[it], default=None)
    return None if month is None else (month, paid[month])


def effects_of(before: Plan, after: Plan, language: Language) -> Iterator[Effect]:
    """Yield what changes for a managing director: dates, of each step too, the most expensive month, the sums."""
    say = language.say
    yield date_effect(say("Finish"), finish_of(before), finish_of(after), language)
    yield mfa_effect(before, after, language)
    steps = {task.task.step for plan in (before, after) for task in plan.tasks}
    for step in sorted(steps):
        yield date_effect(language.write(label(step)), step_done(before, step), step_done(after, step), language)
    peak, later = peak_of(before), peak_of(after)
    change, is_better = money_change(amount_of(peak), amount_of(later), language)
    text = say("Highest month, as paid")
    yield Effect(text, dearest_month_text(peak, language), dearest_month_text(later, language), change, is_better)
    yield from sum_effects(before, after, language)


def mfa_effect(before: Plan, after: Plan, language: Language) -> Effect:
    """Return the day on which everyone has MFA, before and after."""
    return date_effect(language.say("Everyone has MFA"), mfa_done(before), mfa_done(after), language)


def sum_effects(before: Plan, after: Plan, language: Language) -> Iterator[Effect]:
    """Yield what changes of the sums."""
    for name, heading in SUMS.items():
        sums = headline_value(before, name), headline_value(after, name)
        change, is_better = money_change(*sums, language)
        yield Effect(language.say(heading), language.money(sums[0]), language.money(sums[1]), change, is_better)


def headline_value(plan: Plan, name: FigureName) -> Decimal:
    """Return a headline figure of a plan, 0 of one that has no schedule."""
    return Decimal(0) if plan.headlines is None else Decimal(getattr(plan.headlines, name))


def amount_of(peak: tuple[Month, Decimal] | None) -> Decimal:
    """Return what the most expensive month pays."""
    return Decimal(0) if peak is None else peak[1]


def dearest_month_text(peak: tuple[Month, Decimal] | None, language: Language) -> str:
    """Write the most expensive month with what it pays."""
    return "" if peak is None else f"{language.money(peak[1])} ({language.month(peak[0])})"


def date_effect(text: str, before: date | None, after: date | None, language: Language) -> Effect:
    """Return a day before and after with the calendar days between them."""
    none = language.say("not in the plan")
    was, will = (none if day is None else language.day(day) for day in (before, after))
    days = 0 if before is None or after is None else (after - before).days
    if not days:
        return Effect(text, was, will)
    span = language.plural("{n} day", "{n} days", abs(days))
    change = language.say("{span} later", span=span) if days > 0 else language.say("{span} earlier", span=span)
    return Effect(text, was, will, change, days < 0)


def money_change(before: Decimal, after: Decimal, language: Language) -> tuple[str, bool | None]:
    """Return what an amount changes by in whole EUR, as it is shown, and whether that is better."""
    difference = rounded(after, 0) - rounded(before, 0)
    return (language.signed_money(difference), difference < 0) if difference else ("", None)


def signed_days(days: int) -> str:
    """Write working days with their sign."""
    return f"+{days}" if days > 0 else f"{MINUS}{-days}" if days else "0"


def signed_working_days(days: int, language: Language) -> str:
    """Write working days with their sign and their unit."""
    sign = "+" if days > 0 else MINUS if days else ""
    return sign + language.plural("{n} working day", "{n} working days", abs(days))


def move_rows(proposal: Proposal, language: Language) -> Iterator[MoveRow]:
    """Yield the tasks that move, in the order of their new days."""
    tasks = {task.task.id: task.task for task in proposal.plan.tasks}
    names = {key: task_name(task, language) for key, task in tasks.items()}
    for move in proposal.moves:
        yield MoveRow(
            task=names[move.task_id],
            step=language.write(label(tasks[move.task_id].step)),
            before=language.short_day(move.current),
            after=language.short_day(move.levelled),
            days=move.days,
            why=why_of(move, names, language),
        )


def why_of(move: Move, names: Mapping[str, str], language: Language) -> str:
    """Say what keeps a task from starting earlier; of two constraints by one limit, the one right before it starts."""
    last = {(constraint.limit, constraint.team): constraint for constraint in move.constraints}
    return language.series(constraint_text(constraint, names, language) for constraint in last.values())


def constraint_text(constraint: BindingConstraint, names: Mapping[str, str], language: Language) -> str:
    """Say which limit holds a task back."""
    say = language.say
    if constraint.limit is ConstraintKind.CAP and constraint.month is not None:
        return say("the monthly cap is used up in {month}", month=language.month(constraint.month))
    if constraint.limit is ConstraintKind.DAYS_OFF and constraint.until is not None:
        return say("nobody works until {day}", day=language.short_day(constraint.until))
    tasks = language.listed([names[task] for task in constraint.tasks[:TASKS_NAMED]])
    if constraint.limit is ConstraintKind.TEAM:
        return say(BUSY[constraint.team or Team.INTERNAL], tasks=tasks)
    if constraint.limit is ConstraintKind.PREDECESSORS:
        return say("waits for {tasks}", tasks=tasks)
    return say(
        {
            ConstraintKind.START: msgid("starts with the plan"),
            ConstraintKind.OWN_DATE: msgid("its own date"),
            ConstraintKind.NOTHING: msgid("could start earlier, but spending is more even this way"),
        }[constraint.limit]
    )


def conflict_report(conflict: Conflict, proposal: Proposal | None, language: Language) -> ConflictReport:
    """Return limits in conflict in the reader's words."""
    say = language.say
    headline = (
        say("These limits cannot be kept together.")
        if conflict.is_proven
        else say("No order of the tasks was found that keeps all these limits; it is not proven that there is none.")
    )
    steps = tuple(relaxation_text(relaxation, proposal, language) for relaxation in conflict.relaxations)
    if not steps:
        return ConflictReport(headline, "", (say("No limit was found that would help if relaxed alone."),))
    alone = msgid("This step alone would help:") if len(steps) == 1 else msgid("One of these steps alone would help:")
    return ConflictReport(headline, say(alone), steps)


def enough_text(limit: Relaxed, enough: Decimal, language: Language) -> str:
    """Say how much a month, or of a team's week, would do."""
    if limit is Relaxed.CAP:
        return language.say("{amount} a month would be enough.", amount=language.money(enough))
    days = language.trimmed(enough)
    if limit is Relaxed.INTERNAL:
        return language.plural(
            "{n} day a week of your own people would be enough.",
            "{n} days a week of your own people would be enough.",
            days,
        )
    return language.plural(
        "{n} day a week of the consultant would be enough.", "{n} days a week of the consultant would be enough.", days
    )


def relaxation_text(relaxation: LimitRelaxation, proposal: Proposal | None, language: Language) -> str:
    """Say how far one limit would have to give way."""
    say, value = language.say, relaxation.value
    least = " " + say("It is proven that less is not enough.") if relaxation.is_least else ""
    if isinstance(value, date):
        last = None if proposal is None else proposal.limits.finish_by
        weeks = 0 if last is None else -(-(value - last).days // DAYS_A_WEEK)
        text = language.plural(
            "{n} more week would be enough: done on {day}.",
            "{n} more weeks would be enough: done on {day}.",
            weeks,
            day=language.day(value),
        )
        return text + least
    if isinstance(value, Decimal):
        return enough_text(relaxation.limit, value, language) + least
    if relaxation.limit is Relaxed.CLOSURES:
        return say("Removing company holidays and change freezes would be enough.")
    return say("Removing the dates set for tasks would be enough.")
