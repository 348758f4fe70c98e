"""What the page Roadmap answers: how long the work takes, and how much time is left to the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.language import Number, Plural, Text, Words, sentences

if TYPE_CHECKING:
    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan


def roadmap_answer(plan: Plan) -> Words:
    """Say how long the work takes, when everyone has MFA, and how much time is left to the deadline."""
    figures = plan.headlines
    months = Number(figures.duration_months, 1)
    values: dict[str, Words] = {
        "taken": Plural("{n} month", "{n} months", months),
        "start": figures.start_date,
        "finish": figures.finish_date,
    }
    is_under_way = plan.scenario.status.is_under_way
    if plan.deadline is not None:
        values["margin"] = margin_words(plan, figures)
        if is_under_way:
            text = Text("As it stands, the work takes {taken}, from {start} to {finish}: {margin}.", **values)
        else:
            text = Text("As planned, the work takes {taken}, from {start} to {finish}: {margin}.", **values)
    elif is_under_way:
        text = Text("As it stands, the work takes {taken}, from {start} to {finish}.", **values)
    else:
        text = Text("As planned, the work takes {taken}, from {start} to {finish}.", **values)
    mfa = Text("MFA for everyone is not part of it.")
    if plan.has_mfa_already:
        mfa = Text("Everyone has MFA already.")
    elif figures.mfa_date is not None:
        mfa = Text("Everyone has MFA by {day}.", day=figures.mfa_date)
    return sentences(text, mfa)


def margin_words(plan: Plan, figures: Headlines) -> Words:
    """Return how many days before its deadline a plan is done, or how many too late: it must be done before."""
    days = ((plan.deadline or figures.finish_date) - figures.finish_date).days
    if days > 0:
        return Plural("{n} day before the deadline", "{n} days before the deadline", days)
    return Plural("{n} day too late", "{n} days too late", 1 - days)
