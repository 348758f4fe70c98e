"""Why this effect? What a decision did to the budget as planned, and the way from the first figure to the last.

Amounts are whole euros, as in the minutes. The record keeps figures, not
lines: where the plans before and after a decision, computed today, come to
just these figures, the lines in which they differ are named; otherwise the two
figures are. Laws: an effect is the figure after a decision less the one before
it; the first figure and all effects add up to the last.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain import units
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.variants import PLAN
from zt_planner.engine.compare.bridge import Figures, figures_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Listed, Money, Plural, Text, Words, sentences
from zt_planner.topics.budget.amount_traces import explain_amount
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.explanations.change import rows_between
from zt_planner.topics.figure_names import EFFECT
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.record.minutes_words import earlier_basis, figures_text, what_of
from zt_planner.topics.sentence import labour_note
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zt_planner.domain.session import FieldChange, Snapshot
    from zt_planner.topics.record.minutes import Item, Minutes, RecordedDecision
    from zt_planner.topics.record.minutes_words import MinutesWords

PlanAt: TypeAlias = "Callable[[int, tuple[FieldChange, ...], str], AnyPlan | None]"
"""What gives the plan of a revision without some changes, or that variant, computed today; None if unreadable."""

WAY, SAVED = "way", "saved"
MOST_ROWS = 50
"""The way shows so many decisions one by one, the latest; what lies before them is one row."""


def explain_decided(name: str, minutes: Minutes, words: MinutesWords, plan_at: PlanAt) -> Trace | None:
    """Return the trace of an effect or of the way as a whole; None for any other name."""
    head, _, index = name.partition(":")
    if name == WAY and minutes.first is not None and minutes.last is not None:
        return explain_way(minutes, words)
    if head == EFFECT and index.isdecimal() and int(index) < len(minutes.items):
        return explain_effect(int(index), minutes, words, plan_at)
    return None


def explain_effect(index: int, minutes: Minutes, words: MinutesWords, plan_at: PlanAt) -> Trace | None:
    """Return why a decision had its effect; None when that is not known."""
    item = minutes.items[index]
    before = item.before
    if item.effect is None or item.after is None or before is None:
        return None
    both = [TraceRow(Text("Budget after this decision"), amount=item.after.budget)]
    both.append(TraceRow(Text("Minus the budget before it"), amount=-before.budget))
    rows = None if item.cause is None else _lines(item.cause, before, item.after, plan_at)
    figures = Text(
        "Budget: {before} before, {after} after.",
        before=Money(before.budget),
        after=Money(item.after.budget),
    )
    return Trace(
        name=f"{EFFECT}:{index}",
        title=Text("Effect on the plan’s own budget"),
        value=item.effect,
        shown=effect_text(item.effect),
        rule=_rule(
            Text("The plan’s own budget after the decision, less the one before it, in whole euros."),
            minutes,
        ),
        rows=tuple(both if rows is None else rows),
        unit=units.EUROS,
        notes=(
            _what(item, words),
            figures,
            *([] if rows is not None or item.cause is None else [_since()]),
            Text(
                "Finish: {before} before, {after} after: {change}.",
                before=before.finish,
                after=item.after.finish,
                change=finish_effect_text(item.days),
            ),
        ),
    )


def _lines(decision: RecordedDecision, before: Figures, after: Figures, plan_at: PlanAt) -> list[TraceRow] | None:
    """Return the lines in which the plans around a decision differ; None when today's figures are others."""
    old, new = (plan_at(decision.number, changes, decision.letter) for changes in (decision.changes, ()))
    if not (isinstance(old, Plan) and isinstance(new, Plan) and (figures_of(old), figures_of(new)) == (before, after)):
        return None
    lines = [figure_lines(FigureName.INTRODUCTION_BUDGET, plan) for plan in (old, new)]
    rows = list(rows_between(lines[0], lines[1], new))
    exact = sum((Fraction(row.amount) for row in rows if row.amount is not None), Fraction(0))
    if exact != after.budget - before.budget:
        rows.append(TraceRow(Text("Rounded to whole euros"), amount=Fraction(after.budget - before.budget) - exact))
    return rows


def _since() -> Words:
    return Text(
        "The lines are not listed: prices or the date have changed since, so today's plan gives another figure."
    )


def explain_saved(
    name: str,
    snapshots: Sequence[Snapshot],
    recorded: Callable[[Snapshot], Figures | None],
    plan_at: PlanAt,
) -> Trace | None:
    """Return why a saved state has its figures; None for any other name, and without a schedule."""
    head, _, named = name.partition(":")
    found = next((each for each in snapshots if head == SAVED and each.name == named), None)
    figures = None if found is None else recorded(found)
    if found is None or figures is None:
        return None
    plan = plan_at(found.number, (), PLAN)
    rule = Text("The budget to get there, as it stood when it was given this name.")
    recorded_only = Trace(
        name=name,
        title=found.name,
        value=figures.budget,
        shown=figures_text(figures, "" if plan is None else earlier_basis(plan)),
        rule=rule,
        rows=(TraceRow(Text("As recorded"), amount=figures.budget),),
        unit=units.EUROS,
        notes=(_since(),),
    )
    if not isinstance(plan, Plan) or figures_of(plan) != figures:
        return recorded_only
    whole = explain_amount(by_name()[FigureName.INTRODUCTION_BUDGET], plan)
    return replace(whole, name=name, title=found.name, shown=recorded_only.shown, rule=sentences(rule, whole.rule))


def explain_way(minutes: Minutes, words: MinutesWords) -> Trace | None:
    """Return how the decisions lead from the first figure to the last; None when none is known."""
    first, last = minutes.first, minutes.last
    if first is None or last is None:
        return None
    known = [item for item in minutes.way if item.effect is not None]
    old, new = known[:-MOST_ROWS], known[-MOST_ROWS:]
    rows = [TraceRow(Text("The first figure"), amount=first.budget)]
    if old:
        text = Plural("{n} earlier decision", "{n} earlier decisions", len(old))
        rows.append(TraceRow(text, amount=sum(item.effect for item in old if item.effect is not None)))
    rows += [TraceRow(_what(item, words), amount=item.effect) for item in new]
    return Trace(
        name=WAY,
        title=Text("From the first figure to the last"),
        value=last.budget,
        shown=Money(last.budget),
        rule=_rule(
            Text("The first figure and the effect of each decision, in whole euros, add up to the last."),
            minutes,
        ),
        rows=tuple(rows),
        unit=units.EUROS,
    )


def _what(item: Item, words: MinutesWords) -> Words:
    what = what_of(item.cause, words)
    return what if item.cause is None else Listed((item.cause.position, ". ", what), "")


def _rule(rule: Words, minutes: Minutes) -> Words:
    return rule if minutes.visibility.labour else sentences(rule, labour_note())
