"""Two alternatives to a plan for those who decide: something is left out, and somebody else watches (M36).

Each has the team and the order of the plan, and is promised as sure as it. Laws: what is lost is what the plan reaches
and the other does not; left out is what saves most of what costs no answer to the insurer, if there is any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.money import rounded
from zt_planner.engine.compare.leave_out import PlanWithout, answered_yes, plans_without, supported_points
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.same_team import with_changes, with_same_team
from zt_planner.engine.stages import protection_on
from zt_planner.language import Labelled, Listed, Money, ShortDay, Text, Words, sentences
from zt_planner.topics.block import Group, Role, Sentence, TableBlock
from zt_planner.topics.compare.left_out import with_change, without_part
from zt_planner.topics.compare.suggested import suggested_variants
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.labels import bounded_money, protection_text
from zt_planner.topics.sentence import promised_budget
from zt_planner.topics.table import Table
from zt_planner.topics.view import View, no_draws


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, and what it is called."""

    name: Words
    view: View


def alternatives_of(view: View) -> Iterator[Alternative]:
    """Yield the alternatives of a plan, as far as there are any."""
    plan = view.plan
    cheapest = min(plans_without(plan), key=lambda without: _rank(without, plan), default=None)
    if cheapest is not None:
        yield from _alternative(without_part(cheapest.id, plan), cheapest.plan, view)
    offer = next(suggested_variants(plan, (plan.scenario,)), None)
    if offer is not None:
        yield from _alternative(offer.name, with_same_team(plan, with_changes(plan.scenario, offer.chosen)), view)


def _rank(without: PlanWithout, plan: Plan) -> tuple[bool, Decimal]:
    if not isinstance(without.plan, Plan):
        return True, Decimal(0)
    saved = plan.headlines.introduction_budget - without.plan.headlines.introduction_budget
    return bool(without.answers_lost), -saved


def _alternative(name: Words, other: AnyPlan, view: View) -> Iterator[Alternative]:
    if isinstance(other, Plan):
        draws = no_draws if view.simulation is None else None
        yield Alternative(
            name, replace(view, plan=other, draws=draws, references=None, causes=None, quotes=None, comparison=None)
        )


def two_alternatives_group(view: View) -> Group | None:
    """Return the plan and its alternatives: money, day, and what is lost; None where there are none."""
    others = tuple(alternatives_of(view))
    if not others:
        return None
    rows = [
        _row(Text("This plan"), view, view, ""),
        *(_row(other.name, other.view, view, gained_and_lost(view.plan, other.view.plan)) for other in others),
    ]
    columns = (Text("Alternative"), Text("Budget"), Text("Done by"), Text("Then a month"), Text("What is lost"))
    note = Text("All have the same team and the same order of tasks, and are as sure as this plan.")
    heading = Text("Alternatives")
    return Group(
        "two_alternatives",
        heading,
        (TableBlock(heading, Table(columns, tuple(rows), numbers=(1, 2, 3))), Sentence(note, Role.NOTE)),
    )


def _row(name: Words, of: View, view: View, lost: Words) -> tuple[Words, ...]:
    plan, budget, before = of.plan, of.promise.rounded_budget, view.promise.rounded_budget
    more = rounded(budget - before, 0) if budget is not None and before is not None and plan.is_complete else Decimal(0)
    days = (of.promise.finish - view.promise.finish).days
    return (
        name,
        with_change(promised_budget(of), Money(more, is_signed=True) if more else ""),
        with_change(ShortDay(of.promise.finish), finish_effect_text(days) if days else ""),
        bounded_money(of.figures.run_rate_monthly, is_whole=plan.is_complete),
        lost,
    )


def gained_and_lost(plan: Plan, other: Plan) -> Words:
    """Say what a plan reaches in the end and another does not, and the other way round."""
    lost, gained = _reached_beyond(plan, other), _reached_beyond(other, plan)
    return sentences(
        lost or Text("Nothing that NIS2 or the insurer asks for."),
        Labelled(Text("Gained"), gained) if gained else "",
    )


def _reached_beyond(plan: Plan, other: Plan) -> Words:
    """Name protections, points of NIS2 and insurer's questions that one plan has and another lacks."""
    model = plan.case.base_model
    titles = {point.point: point.title for point in model.points}
    questions = {question.id: question.question for question in model.rules.questions}
    kept, supported, yes = (_protection(other), supported_points(other), answered_yes(other))
    protection = [each for each in _protection(plan) if each not in kept]
    points = [Listed((point, Text(titles[point])), " ") for point in supported_points(plan) if point not in supported]
    answers = [Text(questions[answer]) for answer in answered_yes(plan) if answer not in yes]
    return sentences(
        Text("{protection} for everyone.", protection=protection_text(protection)) if protection else "",
        Text("NIS2 points: {points}.", points=Listed(points, ", ")) if points else "",
        Text("The insurer’s yes to: {questions}", questions=Listed(answers, " ")) if answers else "",
    )


def _protection(plan: Plan) -> tuple[Capability, ...]:
    return protection_on(plan, plan.headlines.finish_date)
