"""The answer of the page What if, beside variants: what each costs more or less than the plan, and when it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Listed, Money, Text, Words, sentences
from zt_planner.topics.effects import finish_effect_text, postponed_text
from zt_planner.topics.labels import own_statement

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison, Variant


def compare_answer(comparison: Comparison) -> Words:
    """Say of each plan what it costs more or less to get there than the first one, and how much earlier it is ready."""
    first = comparison.first.plan
    said = sentences(*(_against(first, variant) for variant in comparison.others))
    is_compared = isinstance(first, Plan) and any(isinstance(other.plan, Plan) for other in comparison.others)
    return own_statement(said, first) if is_compared else said


def _against(first: AnyPlan, variant: Variant) -> Words:
    other = variant.plan
    if isinstance(first, StoppedPlan) or isinstance(other, StoppedPlan):
        return Text("{other} cannot be compared: there is no schedule.", other=variant.letter)
    before, after = first.headlines, other.headlines
    days = (after.finish_date - before.finish_date).days
    when = finish_effect_text(days) if days else Text("on the same day")
    lines = (line for plan in (first, other) for line in figure_lines(FigureName.INTRODUCTION_BUDGET, plan))
    if any(line.amount is None for line in lines):
        return Text("{other} is ready {when}; prices are missing to compare its cost.", other=variant.letter, when=when)
    more = rounded(after.introduction_budget - before.introduction_budget, 0)
    values: dict[str, Words] = {"other": variant.letter, "amount": Money(abs(more)), "when": when}
    if not more:
        said = Text("{other} costs the same to get there and is ready {when}", **values)
    elif more > 0:
        said = Text("{other} costs {amount} more to get there and is ready {when}", **values)
    else:
        said = Text("{other} costs {amount} less to get there and is ready {when}", **values)
    return Listed((Listed(filter(None, (said, postponed_text(after, before))), "; "), "."), "")
