"""What the plan itself comes to, beside what is promised: its budget, its finish, and the chance of keeping them (M34).

Laws: a chance is told only beside the figure that it is about; where the plan's own figures are promised although a
percentile was asked for, it is said why.
"""

from __future__ import annotations

from zt_planner.domain.progress import TaskState
from zt_planner.engine.promise import Promise, WhyOwnFigures
from zt_planner.language import Text, Words, sentences
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
    """Say what is planned where something else is promised, and the chances that are known."""
    promise = view.promise
    if promise.finish_chance is None or not any(task.state is not TaskState.DONE for task in view.plan.tasks):
        return ""
    return sentences(_own_figures(view), _chances(promise, promise.finish_chance))


def _own_figures(view: View) -> Words:
    """Say what the plan itself comes to; nothing where that is what is promised, and is measured against nothing."""
    is_under_way = view.plan.scenario.status.is_under_way
    if view.promise.confidence.share is None and view.reference is None and not is_under_way:
        return ""
    finish = view.figures.finish_date
    own: Words = with_aside(finish, moved_from(view))
    if view.promise.both_chance is not None:
        more = "" if view.reference is None else more_text(view.plan, view.reference)
        own = Text("{budget} and {finish}", budget=with_aside(own_budget_words(view.plan), more), finish=own)
    return Text("As it stands {planned}.", planned=own) if is_under_way else Text("As planned {planned}.", planned=own)


def _chances(promise: Promise, of_date: float) -> Words:
    if promise.budget_chance is None or promise.both_chance is None:
        return Text("The chance of keeping the date is {of_date}.", of_date=chance_text(of_date))
    return Text(
        "The chance of keeping the budget is {of_budget}, the date {of_date}, both {both}.",
        of_budget=chance_text(promise.budget_chance),
        of_date=chance_text(of_date),
        both=chance_text(promise.both_chance),
    )
