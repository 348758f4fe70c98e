"""The status of a plan in words: what it promises now, what has moved, and how far each task is (M26).

Law: what is said is of the plan as of its status date; beside it stands the plan that was approved, where none was
the same plan of which nothing has begun.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.finding import Code
from zt_planner.domain.money import rounded
from zt_planner.domain.progress import TaskState
from zt_planner.engine.simulation.ranges import finished_as_recorded, learned_factor
from zt_planner.engine.under_way.slip import postponed
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, sentences
from zt_planner.topics.effects import signed
from zt_planner.topics.labels import bounded_money, is_unknown, with_aside
from zt_planner.topics.sentence import amount_without_labour, headline_sentence, promised_words
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import later_text, task_name
from zt_planner.topics.view import AnyView, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.engine.under_way.slip import Slip


def plan_sentence(view: AnyView) -> Words:
    """Return the plan in one sentence: what is promised; with a status date as of that day, or that all is done."""
    at = view.plan.scenario.status.at
    if at is None or not isinstance(view, View):
        return headline_sentence(view)
    plan, reference = view.plan, view.reference
    if any(task.state is not TaskState.DONE for task in plan.tasks):
        return Text("On {day}: {promise}.", day=at, promise=promised_words(view))
    moved = moved_from(view)
    more = "" if reference is None else more_text(plan, reference, is_brief=True)
    finish, money = with_aside(view.figures.finish_date, moved), with_aside(own_budget_words(plan), more)
    return Text("On {day}: all done since {finish}, {money}.", day=at, finish=finish, money=money)


def moved_from(view: View) -> Words:
    """Return how much later or earlier than its reference a plan is done, of one under way with the reason."""
    plan, slip, reference = view.plan, view.slip, view.reference
    if reference is None:
        return ""
    is_approved = _is_approved(plan)
    moved = moved_text((view.figures.finish_date - reference.headlines.finish_date).days, is_approved=is_approved)
    return moved if slip is None or not any(slip) else _with_reason(moved, slip, is_approved=is_approved)


def _with_reason(moved: Words, slip: Slip, *, is_approved: bool) -> Words:
    """Say what a slip is made of: time that passed, and what takes longer; since an approval what was changed, too."""
    if not slip.takes_longer:
        return Text("{moved}, because time has passed", moved=moved)
    if not slip.time_passed:
        if is_approved:
            return Text("{moved}, because of changes and task durations", moved=moved)
        if slip.takes_longer > 0:
            return Text("{moved}, because tasks take longer", moved=moved)
        return Text("{moved}, because tasks take less time", moved=moved)
    parts = {"moved": moved, "passed": _signed_days(slip.time_passed), "longer": _signed_days(slip.takes_longer)}
    if is_approved:
        return Text("{moved}: {passed} from time passed, {longer} from changes and task durations", **parts)
    return Text("{moved}: {passed} from time passed, {longer} from task durations", **parts)


def _is_approved(plan: Plan) -> bool:
    """Tell whether a plan is measured against the one that was approved, which still has a schedule."""
    found = (each for each in plan.findings if each.code is Code.STATUS_APPROVED_DIFFERS)
    return plan.scenario.status.approved is not None and all(each.facts["finish_now"] is not None for each in found)


def own_budget_words(plan: Plan) -> Words:
    """Return what the introduction costs, and whether labour is left out of it."""
    budget, is_whole = plan.headlines.introduction_budget, plan.is_complete
    if is_unknown(budget, is_whole=is_whole):
        return Text("cost not known")
    return amount_without_labour(bounded_money(budget, is_whole=is_whole), plan)


def more_text(plan: Plan, reference: Plan, *, is_brief: bool = False) -> Words:
    """Return how much more or less than its reference a plan costs to get there; nothing where a price is missing.

    What falls due after the first year only because the plan is later is not less. Brief, it stands beside the same
    of the finish, which says what both are measured against.
    """
    if not (plan.is_complete and reference.is_complete):
        return ""
    now, then = plan.headlines, reference.headlines
    later = postponed(now, then)
    more, later = rounded(now.introduction_budget - then.introduction_budget + later, 0), rounded(later, 0)
    if later:
        due_later = Text("{amount} of what was planned falls due later", amount=Money(later))
        return Listed((_more_or_less(plan, more, is_brief=is_brief), due_later), ";") if more else due_later
    if more:
        return _more_or_less(plan, more, is_brief=is_brief)
    is_approved = _is_approved(plan)
    return Text("unchanged") if is_approved and is_brief else _as_before(is_approved=is_approved)


def _more_or_less(plan: Plan, more: Decimal, *, is_brief: bool) -> Words:
    amount = Money(abs(more))
    moved = Text("{amount} more", amount=amount) if more > 0 else Text("{amount} less", amount=amount)
    return moved if is_brief or not _is_approved(plan) else Text("{moved} than planned when approved", moved=moved)


def moved_text(days: int, *, is_approved: bool = False) -> Words:
    """Return how much later or earlier something is than planned, or planned when approved; whole weeks in weeks."""
    if not days:
        return _as_before(is_approved=is_approved)
    moved = later_text(days)
    if is_approved:
        return Text("{moved} than planned when approved", moved=moved)
    return Text("{moved} than planned", moved=moved)


def _as_before(*, is_approved: bool) -> Words:
    return Text("as planned when approved") if is_approved else Text("as planned")


def slip_line(view: View) -> Words:
    """Return the same as a sentence; nothing where nothing has moved."""
    if view.slip is None or not any(view.slip) or view.reference is None:
        return ""
    return Text("The finish is {moved}.", moved=moved_from(view))


def counted_line(plan: Plan) -> Words:
    """Return how many tasks are how far."""
    count = {state: sum(task.state is state for task in plan.tasks) for state in TaskState}
    return Text(
        "Tasks: {done} done, {running} running, {ahead} not begun.",
        done=count[TaskState.DONE],
        running=count[TaskState.RUNNING],
        ahead=count[TaskState.NOT_BEGUN],
    )


def learned_line(plan: AnyPlan) -> Words:
    """Return how long finished tasks took, and what ranges have learnt of it; nothing where none is finished."""
    done, actual, planned = finished_as_recorded(plan.scenario, plan.tasks)
    if not done:
        return ""
    took = Plural(
        "The finished task took {actual} working days; {planned} were planned.",
        "The {n} finished tasks took {actual} working days; {planned} were planned.",
        done,
        actual=actual,
        planned=planned,
    )
    if not plan.scenario.status.learns:
        return took
    factor = Number(Decimal(str(learned_factor(plan.scenario, plan.tasks))), 2)
    return sentences(took, Text("The ranges of what remains are multiplied by {factor}.", factor=factor))


def _signed_days(days: int) -> Words:
    return signed(days, Plural("{n} day", "{n} days", abs(days)))


def in_order(tasks: Iterable[ScheduledTask]) -> list[ScheduledTask]:
    """Return tasks in the order in which they start."""
    return sorted(tasks, key=lambda task: (task.start, task.finish))


def tasks_table(tasks: Iterable[ScheduledTask]) -> Table:
    """Return tasks in the order in which they start, and how far each is."""
    columns: tuple[Column[ScheduledTask], ...] = (
        Column(Text("Task"), value=lambda task: task_name(task.task)),
        Column(Text("State"), units.CHOICE, lambda task: task.state),
        Column(Text("Start"), units.DAY, lambda task: task.known_start),
        Column(Text("Finish"), units.DAY, lambda task: task.finish),
        Column(
            Text("Working days left"),
            units.COUNT,
            lambda task: None if task.state is TaskState.DONE else task.left_days,
        ),
    )
    return table_of(columns, in_order(tasks))
