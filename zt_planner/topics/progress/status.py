"""The status of a plan in words: by when it is done now, what has moved, and how far each task is (M26).

Law: what is said is of the plan as of its status date; beside it stands the plan that was approved, where none was
the same plan of which nothing has begun.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.finding import Code
from zt_planner.domain.money import rounded
from zt_planner.domain.progress import TaskState
from zt_planner.engine.approved import reference_case
from zt_planner.engine.simulation.ranges import finished_as_recorded, learned_factor
from zt_planner.engine.simulation.result import SURE
from zt_planner.engine.slip import slip_between
from zt_planner.topics.labels import bounded_money, is_unknown
from zt_planner.topics.progress.money import money_lines
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.task_words import STATES, later_text, task_name
from zt_planner.topics.view import AnyView, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.engine.slip import Slip
    from zt_planner.language import Language


class StatusReport(NamedTuple):
    """The sentence, what else is to be said, and the tasks as a table, its header first."""

    sentence: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def status_report(view: View) -> StatusReport | None:
    """Return the status of a plan that has a status date."""
    plan, case, language = view.plan, view.case, view.language
    if plan.scenario.status.at is None:
        return None
    lines = (
        counted_line(plan, language),
        slip_line(plan, slip_between(reference_case(case), case), language),
        learned_line(plan, language),
        *money_lines(plan, language),
    )
    return StatusReport(plan_sentence(view), tuple(filter(None, lines)), tuple(_rows(plan, language)))


def plan_sentence(view: AnyView, *, names_mfa: bool = False) -> str:
    """Return the plan in one sentence: with a status date where it stands beside its reference, otherwise as planned.

    How sure the day is, is said where there are draws, and only while something is left to do.
    """
    language, at = view.language, view.plan.scenario.status.at
    if at is None or not isinstance(view, View):
        return language.write(headline_sentence(view.plan, names_mfa=names_mfa))
    plan, reference, figures, moved = view.plan, view.reference, view.figures, None
    if reference is not None:
        days = (figures.finish_date - reference.headlines.finish_date).days
        moved = moved_text(days, language, is_approved=_is_approved(plan))
    finish = with_aside(language.day(figures.finish_date), moved)
    more = None if reference is None else more_text(plan, reference, language)
    money = with_aside(told_budget(plan, language), more)
    values = {"day": language.day(at), "finish": finish, "money": money}
    if all(task.state is TaskState.DONE for task in plan.tasks):
        return language.say("On {day}: all done since {finish}, {money}.", **values)
    simulation = view.simulation
    if simulation is None:
        return language.say("On {day}: done by {finish}, {money}.", **values)
    sure, limit = simulation.finish_at(SURE), simulation.limit
    if sure > limit:
        only = language.day(limit)
        return language.say("On {day}: done by {finish}, {money}, 80% sure only after {sure}.", **values, sure=only)
    return language.say("On {day}: done by {finish}, {money}, 80% sure by {sure}.", **values, sure=language.day(sure))


def _is_approved(plan: Plan) -> bool:
    """Tell whether a plan is measured against the one that was approved, which still has a schedule."""
    found = (each for each in plan.findings if each.code is Code.STATUS_APPROVED_DIFFERS)
    return plan.scenario.status.approved is not None and all(each.facts["finish_now"] is not None for each in found)


def with_aside(text: str, aside: str | None) -> str:
    """Return a text with what is said about it in brackets."""
    return f"{text} ({aside})" if aside else text


def told_budget(plan: Plan, language: Language) -> str:
    """Return what the introduction costs, and whether labour is left out of it."""
    budget, is_whole = plan.headlines.introduction_budget, plan.is_complete
    if is_unknown(budget, is_whole=is_whole):
        return language.say("cost not known")
    amount = language.write(bounded_money(budget, is_whole=is_whole))
    return amount if plan.shows_labour else language.say("{amount} without labour", amount=amount)


def more_text(plan: Plan, reference: Plan, language: Language) -> str | None:
    """Return how much more or less than its reference a plan costs to get there; None where a price is missing."""
    if not (plan.is_complete and reference.is_complete):
        return None
    more = rounded(plan.headlines.introduction_budget - reference.headlines.introduction_budget, 0)
    if not more:
        return _as_before(language, is_approved=_is_approved(plan))
    amount = language.money(abs(more))
    return language.say("{amount} more", amount=amount) if more > 0 else language.say("{amount} less", amount=amount)


def moved_text(days: int, language: Language, *, is_approved: bool = False) -> str:
    """Return how much later or earlier than planned or approved something is, in weeks where it is whole weeks."""
    if not days:
        return _as_before(language, is_approved=is_approved)
    moved = language.write(later_text(days))
    if is_approved:
        return language.say("{moved} than approved", moved=moved)
    return language.say("{moved} than planned", moved=moved)


def _as_before(language: Language, *, is_approved: bool) -> str:
    return language.say("as approved") if is_approved else language.say("as planned")


def slip_line(plan: Plan, slip: Slip | None, language: Language) -> str:
    """Return what a slip is made of: time that passed, and what takes longer; nothing where nothing has moved."""
    if slip is None or not any(slip):
        return ""
    days = {"passed": _signed_days(slip.time_passed, language), "longer": _signed_days(slip.takes_longer, language)}
    if _is_approved(plan):
        return language.say("Time passed: {passed}. Changes, and longer or shorter tasks: {longer}.", **days)
    return language.say("Time passed: {passed}. Longer or shorter tasks: {longer}.", **days)


def counted_line(plan: Plan, language: Language) -> str:
    """Return how many tasks are how far."""
    count = {state: sum(task.state is state for task in plan.tasks) for state in TaskState}
    return language.say(
        "Tasks: {done} done, {running} running, {ahead} not begun.",
        done=language.number(count[TaskState.DONE]),
        running=language.number(count[TaskState.RUNNING]),
        ahead=language.number(count[TaskState.NOT_BEGUN]),
    )


def learned_line(plan: AnyPlan, language: Language) -> str:
    """Return how long finished tasks took, and what ranges have learnt of it; nothing where none is finished."""
    done, actual, planned = finished_as_recorded(plan.scenario, plan.tasks)
    if not done:
        return ""
    took = language.plural(
        "The finished task took {actual} working days; {planned} were planned.",
        "The {n} finished tasks took {actual} working days; {planned} were planned.",
        done,
        actual=language.number(actual),
        planned=language.number(planned),
    )
    factor = language.number(Decimal(str(learned_factor(plan.scenario, plan.tasks))), 2)
    said = language.say("The ranges of what remains are multiplied by {factor}.", factor=factor)
    return f"{took} {said}" if plan.scenario.status.learns else took


def _signed_days(days: int, language: Language) -> str:
    sign = "+" if days > 0 else "\N{MINUS SIGN}" if days < 0 else ""
    return sign + language.plural("{n} day", "{n} days", abs(days))


def _rows(plan: Plan, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the header and each task in the order in which they start."""
    say = language.say
    yield say("Task"), say("State"), say("Start"), say("Finish"), say("Working days left")
    for task in sorted(plan.tasks, key=lambda task: (task.start, task.finish)):
        start, finish = language.short_day(task.start), language.short_day(task.finish)
        left = "" if task.state is TaskState.DONE else language.number(task.remaining_days)
        yield language.write(task_name(task.task)), say(STATES[task.state]), start, finish, left
