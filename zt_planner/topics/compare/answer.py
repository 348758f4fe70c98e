"""The answer of the page What if, beside variants: what each costs more or less than the plan, and when it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Listed, Money, Text, Words, sentences, series
from zt_planner.topics.compare.side_by_side import promise_difference, promised_statements
from zt_planner.topics.effects import finish_effect_text, postponed_text
from zt_planner.topics.labels import own_statement
from zt_planner.topics.sentence import has_whole_budget
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.topics.view import AnyView


def compare_answer(comparison: Comparison) -> Words:
    """Say of each plan what it costs more or less to get there than the first one, and when it is ready, as planned."""
    first = comparison.first.plan
    said = sentences(*(_own_difference(first, variant) for variant in comparison.others))
    return own_statement(said, first) if _is_compared(comparison) else said


def promise_answer(comparison: Comparison, views: Mapping[str, AnyView]) -> Words:
    """Say the same of what the plans promise."""
    first = views[comparison.first.letter]
    said = sentences(*(_promised_difference(first, views[variant.letter], variant) for variant in comparison.others))
    return promised_statements(first, said) if isinstance(first, View) and _is_compared(comparison) else said


def _is_compared(comparison: Comparison) -> bool:
    return isinstance(comparison.first.plan, Plan) and any(isinstance(each.plan, Plan) for each in comparison.others)


def _promised_difference(first: AnyView, other: AnyView, variant: Variant) -> Words:
    if not (isinstance(first, View) and isinstance(other, View)):
        return _stopped(variant)
    more, days = promise_difference(other, first)
    return _against(first.plan, other.plan, variant, more, days)


def _own_difference(first: AnyPlan, variant: Variant) -> Words:
    other = variant.plan
    if isinstance(first, StoppedPlan) or isinstance(other, StoppedPlan):
        return _stopped(variant)
    before, after = first.headlines, other.headlines
    is_known = has_whole_budget(first) and has_whole_budget(other)
    more = rounded(after.introduction_budget - before.introduction_budget, 0) if is_known else None
    return _against(first, other, variant, more, (after.finish_date - before.finish_date).days)


def _stopped(variant: Variant) -> Words:
    return Text("{other} cannot be compared: there is no schedule.", other=variant.letter)


def _against(first: Plan, other: Plan, variant: Variant, more: Decimal | None, days: int) -> Words:
    when = finish_effect_text(days) if days else Text("on the same day")
    if more is None:
        return Text("{other} is ready {when}; prices are missing to compare its cost.", other=variant.letter, when=when)
    values: dict[str, Words] = {"other": variant.letter, "amount": Money(abs(more)), "when": when}
    if not more:
        said = Text("{other} costs the same to get there and is ready {when}", **values)
    elif more > 0:
        said = Text("{other} costs {amount} more to get there and is ready {when}", **values)
    else:
        said = Text("{other} costs {amount} less to get there and is ready {when}", **values)
    return Listed((series(filter(None, (said, postponed_text(other.headlines, first.headlines)))), "."), "")
