"""What the page Roadmap answers: how long the work takes, and how much time is left to the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import msgid
from zt_planner.language import Number, Plural, Text, Words, sentences
from zt_planner.topics.sentence import promised_values

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.topics.view import View


def roadmap_answer(view: View) -> Words:
    """Say how long the work takes, when everyone has MFA, and how much time what is promised leaves to the deadline."""
    plan, figures, promise = view.plan, view.figures, view.promise
    deadline, promised = plan.deadline, promised_values(view)
    values: dict[str, Words] = {
        "promised": promised["finish"],
        "share": promised["share"],
        "taken": Plural("{n} month", "{n} months", Number(figures.duration_months, 1)),
        "start": figures.start_date,
        "finish": figures.finish_date,
        "margin": "" if deadline is None else margin_words(promise.finish, deadline),
    }
    is_under_way = plan.scenario.status.is_under_way
    if deadline is None:
        planned = msgid("As planned, the work takes {taken}, from {start} to {finish}.")
        forecast = msgid("As it stands, the work takes {taken}, from {start} to {finish}.")
    elif promise.finish_at_confidence is None:
        planned = msgid("As planned, the work takes {taken}, from {start} to {finish}: {margin}.")
        forecast = msgid("As it stands, the work takes {taken}, from {start} to {finish}: {margin}.")
    else:
        planned = msgid(
            "As planned, the work takes {taken}, from {start} to {finish}; {share} sure by {promised}: {margin}."
        )
        forecast = msgid(
            "As it stands, the work takes {taken}, from {start} to {finish}; {share} sure by {promised}: {margin}."
        )
    text = Text(forecast if is_under_way else planned, **values)
    mfa = Text("MFA for everyone is not part of it.")
    if plan.has_mfa_already:
        mfa = Text("Everyone has MFA already.")
    elif figures.mfa_date is not None:
        mfa = Text("Everyone has MFA by {day}.", day=figures.mfa_date)
    return sentences(text, mfa)


def margin_words(finish: date, deadline: date) -> Words:
    """Return how many days before its deadline a plan is done, or how many too late: it must be done before."""
    days = (deadline - finish).days
    if days > 0:
        return Plural("{n} day before the deadline", "{n} days before the deadline", days)
    return Plural("{n} day too late", "{n} days too late", 1 - days)
