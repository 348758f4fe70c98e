"""What a board is asked to decide: how much, how sure, by when, and who runs it.

Laws: an amount is the headline's, in whole euros; the reserve is the one that
the Risk page names, and none is asked for where it would tell what is
hidden; a plan under way is not asked to start; an incomplete plan asks for no
more than "at least", and says that offers are needed first; what must be solved
is said first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Operator
from zt_planner.engine.simulation.result import SURE
from zt_planner.language import Words
from zt_planner.topics.decisions.stages import may_be_staged, stage_sentence
from zt_planner.topics.headline.words import team_words
from zt_planner.topics.labels import bounded_money, is_unknown
from zt_planner.topics.operation.operation import NIGHTS
from zt_planner.topics.risk.confidence import chance_text, late_text, told_reserve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.topics.view import View


@dataclass(frozen=True, slots=True)
class Point:
    """What answers a question of the board: what, what it is for, and who says so."""

    question: str
    what: str
    why: Words
    source: str = ""


@dataclass(frozen=True, slots=True)
class BoardDecision:
    """What is asked for, and what stands against it."""

    heading: str
    lead: str
    points: tuple[Point, ...]
    cautions: tuple[str, ...]


def decision_of(view: View) -> BoardDecision:
    """Return what is asked for."""
    plan, say = view.plan, view.language.say
    return BoardDecision(
        say("Decision requested"),
        _lead(plan, view.language),
        tuple(points_of(view, plan.headlines)),
        tuple(cautions_of(plan, plan.headlines, view.language)),
    )


def no_decision(language: Language) -> BoardDecision:
    """Return that a plan that stopped asks for nothing but to mend it."""
    lead = language.say(
        "There is nothing to decide yet: this plan has no schedule and no budget. See below what to do."
    )
    return BoardDecision(language.say("Decision requested"), lead, (), ())


def _lead(plan: Plan, language: Language) -> str:
    """Say what follows: what is asked for, in place of what was approved if there is such a plan."""
    approved = plan.scenario.status.approved
    if approved is None:
        return language.say("The board is asked to approve:")
    return language.say(
        "The board is asked to approve, instead of “{name}” of {day}:",
        name=approved.name,
        day=language.day(approved.on),
    )


def points_of(view: View, figures: Headlines) -> Iterator[Point]:
    """Yield what is asked for, in the order in which it is decided."""
    plan, language, say = view.plan, view.language, view.language.say
    if not is_unknown(figures.introduction_budget, is_whole=plan.is_complete):
        yield introduction_point(plan, figures, language)
    if not is_unknown(figures.run_rate_monthly, is_whole=plan.is_complete):
        if plan.scenario.choices.operation is Operator.PARTNER:
            why = say("a month from then on, for licences, monitoring, subscriptions and the partner")
        else:
            why = say("a month from then on, for licences, monitoring and subscriptions")
        yield Point(
            say("How much money"),
            language.write(bounded_money(figures.run_rate_monthly, is_whole=plan.is_complete)),
            why,
        )
    if view.simulation is not None:
        yield from reserve_points(plan, view.simulation, language)
        yield finish_point(figures, view.simulation, language)
    if plan.scenario.status.at is None:
        first_task = say("with the first task of the roadmap")
        yield Point(say("By when"), say("Start on {day}", day=language.day(figures.start_date)), first_task)
    yield from own_points(plan, figures, language)
    if may_be_staged(plan):
        yield Point(say("Or in stages"), "", language.write(stage_sentence(plan)))


def own_points(plan: Plan, figures: Headlines, language: Language) -> Iterator[Point]:
    """Yield what the own people do until the finish and from then on, and who watches."""
    say = language.say
    yield Point(
        say("Who runs it"),
        language.plural(
            "{n} day of our own people", "{n} days of our own people", language.number(figures.internal_days)
        ),
        say(
            "({team}), until {finish}",
            team=language.write(team_words(figures)),
            finish=language.day(figures.finish_date),
        ),
    )
    days = rounded(figures.operation_days_monthly, 1)
    if days:
        what = language.plural(
            "{n} day a month of our own people", "{n} days a month of our own people", language.number(days, 1)
        )
        yield Point(say("Who runs it"), what, say("from then on, for operation"))
    yield Point(say("Who runs it"), say("Watching:"), say(NIGHTS[plan.scenario.choices.monitoring]))


def introduction_point(plan: Plan, figures: Headlines, language: Language) -> Point:
    """Return the budget of the introduction: until when, and how much of it is paid once, the parts adding up."""
    again = rounded(figures.introduction_budget, 0) - rounded(figures.one_off_total, 0)
    values = {
        "finish": language.day(figures.finish_date),
        "once": language.money(figures.one_off_total),
        "again": language.money(again),
    }
    if plan.shows_labour:
        why = language.say(
            "for the introduction: {once} one-off until {finish}, and {again} for what recurs in the first year",
            **values,
        )
    else:
        why = language.say(
            "for the introduction, without labour and contingency: {once} one-off until {finish}, and {again} for what "
            "recurs in the first year",
            **values,
        )
    return Point(
        language.say("How much money"),
        language.write(bounded_money(figures.introduction_budget, is_whole=plan.is_complete)),
        why,
    )


def reserve_points(plan: Plan, simulation: SimulationResult, language: Language) -> Iterator[Point]:
    """Yield what the one budget with 80 % takes beyond the plan's, or that it takes nothing."""
    say, reserve = language.say, told_reserve(plan, simulation)
    sure, question = language.write(chance_text(SURE)), say("How sure")
    if reserve is not None and rounded(reserve.to_add, 0) > 0:
        why = say(
            "as a reserve on top: {needed} in total gives {sure} confidence; the budget already includes {planned} of "
            "contingency",
            needed=language.money(reserve.sure),
            sure=sure,
            planned=language.money(reserve.contingency),
        )
        yield Point(question, language.money(reserve.to_add), why)
    elif reserve is not None:
        why = say(
            "the budget is enough with {sure} confidence: its contingency of {planned} covers it",
            sure=sure,
            planned=language.money(reserve.contingency),
        )
        yield Point(question, say("No further reserve"), why)


def finish_point(figures: Headlines, simulation: SimulationResult, language: Language) -> Point:
    """Return the one date with 80 %, or that there is none."""
    say, question = language.say, language.say("By when")
    sure, finish = language.write(chance_text(SURE)), simulation.finish_at(SURE)
    plan_day = language.day(figures.finish_date)
    if finish > simulation.limit:
        late, limit = language.write(late_text(simulation)), language.day(simulation.limit)
        why = say(
            "{late} of the draws are not done by {day}; the plan says {finish}", late=late, day=limit, finish=plan_day
        )
        return Point(question, say("No finish that is {sure} sure", sure=sure), why)
    why = say("with {sure} confidence; the plan says {finish}", sure=sure, finish=plan_day)
    return Point(question, say("Finish by {day}", day=language.day(finish)), why)


def cautions_of(plan: Plan, figures: Headlines, language: Language) -> Iterator[str]:
    """Yield what stands against deciding now."""
    if plan.is_blocked:
        yield language.say("Something must be solved before this can be decided: see the last section.")
    if is_unknown(figures.introduction_budget, is_whole=plan.is_complete):
        yield language.say("The cost is unknown, because prices are missing. Get quotes for them before you decide.")
    elif not plan.is_complete:
        yield language.say(
            "Prices are missing, so the amounts are lower bounds. Get quotes for these prices before you decide."
        )
