"""What the plan itself comes to, beside what is promised: its budget, its finish, and the chance of keeping them (M34).

Laws: a chance is told only beside the figure that it is about; where the plan's own figures are promised although a
percentile was asked for, it is said why.
"""

from __future__ import annotations

from zt_planner.domain.progress import TaskState
from zt_planner.engine.promise import AsPlanned
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.progress.status import more_text, moved_from, told_budget, with_aside
from zt_planner.topics.risk.confidence import chance_text, no_date_sentence
from zt_planner.topics.sentence import missing_prices
from zt_planner.topics.view import View

PLANNED_BUDGET_ALONE = Text("Day rates are hidden, so how sure the budget is cannot be shown.")


def planned_sentence(view: View) -> Words:
    """Say what is planned, how likely that is kept, and why a figure that is promised is the plan's own."""
    return sentences(_planned(view), reason(view))


def reason(view: View) -> Words:
    """Say why the plan's own figures are promised although more was asked for; nothing where they are not."""
    promise, simulation = view.promise, view.simulation
    share, late = promise.sureness.share, promise.why_planned_finish is AsPlanned.NO_DATE
    return sentences(
        PLANNED_BUDGET_ALONE if promise.why_planned_budget is AsPlanned.HIDDEN_RATES else "",
        missing_prices(view.plan),
        no_date_sentence(simulation, share) if late and simulation is not None and share is not None else "",
    )


def _planned(view: View) -> Words:
    """Say what is planned where something else is promised, and the chances that are known."""
    promise, is_under_way = view.promise, view.plan.scenario.status.at is not None
    if promise.finish_chance is None or not any(task.state is not TaskState.DONE for task in view.plan.tasks):
        return ""
    if promise.budget_chance is None or promise.both_chance is None:
        return _planned_date(view, promise.finish_chance)
    values: dict[str, Words] = {
        "budget": told_beside(view),
        "finish": _finish(view),
        "of_budget": chance_text(promise.budget_chance),
        "of_date": chance_text(promise.finish_chance),
        "both": chance_text(promise.both_chance),
    }
    if is_under_way:
        return Text(
            "As it stands {budget} and {finish}; the chance of keeping the budget is {of_budget}, the date {of_date}, "
            "both {both}.",
            **values,
        )
    if promise.sureness.share is None:
        return Text("The chance of keeping the budget is {of_budget}, the date {of_date}, both {both}.", **values)
    return Text(
        "As planned {budget} and {finish}; the chance of keeping the budget is {of_budget}, the date {of_date}, "
        "both {both}.",
        **values,
    )


def _planned_date(view: View, chance: float) -> Words:
    """Say the same of the date alone."""
    values: dict[str, Words] = {"finish": _finish(view), "of_date": chance_text(chance)}
    if view.plan.scenario.status.at is not None:
        return Text("As it stands {finish}; the chance of keeping the date is {of_date}.", **values)
    if view.promise.sureness.share is None:
        return Text("The chance of keeping the date is {of_date}.", **values)
    return Text("As planned {finish}; the chance of keeping the date is {of_date}.", **values)


def told_beside(view: View) -> Words:
    """Return what the plan itself costs, with how much more or less than its reference that is."""
    more = "" if view.reference is None else more_text(view.plan, view.reference)
    return with_aside(told_budget(view.plan), more)


def _finish(view: View) -> Words:
    moved = "" if view.reference is None else moved_from(view.plan, view.reference)
    return with_aside(view.figures.finish_date, moved)
