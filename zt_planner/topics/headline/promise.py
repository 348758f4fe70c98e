"""What the plan itself comes to, beside what is promised: its budget, its finish, and the chance of keeping them (M34).

Laws: a chance is told only beside the figure that it is about; where the plan's own figures are promised although a
percentile was asked for, it is said why.
"""

from __future__ import annotations

from zt_planner.domain.progress import TaskState
from zt_planner.engine.promise import Promise, WhyOwnFigures
from zt_planner.language import Listed, Text, Words, sentences
from zt_planner.topics.labels import with_aside
from zt_planner.topics.progress.status import more_text, moved_from, own_budget_words, plan_sentence
from zt_planner.topics.risk.confidence import chance_text, no_date_sentence
from zt_planner.topics.sentence import missing_prices
from zt_planner.topics.view import AnyView, View

PLANNED_BUDGET_ALONE = Text("Day rates are hidden, so how sure the budget is cannot be shown.")


def promise_and_plan(view: AnyView) -> tuple[Words, ...]:
    """Return what a plan promises, and what it comes to as planned where it has a schedule."""
    return (plan_sentence(view), *((planned_sentence(view),) if isinstance(view, View) else ()))


def planned_sentence(view: View) -> Words:
    """Say what is planned, how likely that is kept, and why a figure that is promised is the plan's own."""
    return sentences(_planned(view), reason(view))


def reason(view: View) -> Words:
    """Say why the plan's own figures are promised although more was asked for; nothing where they are not."""
    promise, simulation = view.promise, view.simulation
    share, late = promise.confidence.share, promise.why_planned_finish is WhyOwnFigures.NO_DATE
    return sentences(
        PLANNED_BUDGET_ALONE if promise.why_planned_budget is WhyOwnFigures.HIDDEN_RATES else "",
        missing_prices(view.plan),
        no_date_sentence(simulation, share) if late and simulation is not None and share is not None else "",
    )


def _planned(view: View) -> Words:
    """Say how sure what is promised is as a whole, and what is planned where that is something else, with chances."""
    promise = view.promise
    if promise.finish_chance is None or not any(task.state is not TaskState.DONE for task in view.plan.tasks):
        return ""
    is_promised = promise.confidence.share is None and not view.plan.scenario.status.is_under_way
    if is_promised and view.reference is None:
        return _chances(promise, promise.finish_chance)
    said = _together(promise)
    return sentences(said, _own_figures(view, promise.finish_chance, is_brief=bool(said)))


def _together(promise: Promise) -> Words:
    """Say how sure both figures together are, each being as sure as was asked; nothing where one is the plan's own."""
    if promise.confidence.share is None or promise.sure_both_chance is None:
        return ""
    return Text("Both together are {both} sure.", both=chance_text(promise.sure_both_chance))


def _own_figures(view: View, of_date: float, *, is_brief: bool) -> Words:
    """Say what the plan itself comes to, and how sure each of it is, a chance alone where it is clear what it is."""
    promise = view.promise
    planned: Words = with_aside(view.figures.finish_date, _remark(moved_from(view), of_date, is_brief=is_brief))
    if promise.budget_chance is not None and promise.both_chance is not None:
        more = "" if view.reference is None else more_text(view.plan, view.reference, is_brief=True)
        budget = with_aside(own_budget_words(view.plan), _remark(more, promise.budget_chance, is_brief=is_brief))
        both = chance_text(promise.both_chance)
        planned = Text("{budget} and {finish}, both {both}", budget=budget, finish=planned, both=both)
    if view.plan.scenario.status.is_under_way:
        return Text("As it stands {planned}.", planned=planned)
    return Text("As planned {planned}.", planned=planned)


def _remark(moved: Words, chance: float, *, is_brief: bool) -> Words:
    share = chance_text(chance)
    return share if is_brief and not moved else Listed(filter(None, (moved, Text("{share} sure", share=share))), ";")


def _chances(promise: Promise, of_date: float) -> Words:
    if promise.budget_chance is None or promise.both_chance is None:
        return Text("The chance of keeping the date is {of_date}.", of_date=chance_text(of_date))
    return Text(
        "The chance of keeping the budget is {of_budget}, the date {of_date}, both {both}.",
        of_budget=chance_text(promise.budget_chance),
        of_date=chance_text(of_date),
        both=chance_text(promise.both_chance),
    )
