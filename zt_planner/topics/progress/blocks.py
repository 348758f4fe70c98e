"""Where a plan under way stands: the figures of its status report, and its tables (M26).

Laws: every figure is the plan's own or that of the plan that it is measured against; of many slipped tasks the worst
are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import ZERO
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import Plan
from zt_planner.language import Labelled, Listed, Money, Number, Plural, ShortDay, Text, Words, sentences
from zt_planner.topics.block import Block, Cards, FigureCard, Group, Role, Sentence, TableBlock, notes
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.findings.blocks import LOOK_AT, remarks
from zt_planner.topics.labels import label
from zt_planner.topics.progress.forecasts import history_sentence, history_table, saved_forecasts
from zt_planner.topics.progress.money import due_by_now, due_text, money_lines
from zt_planner.topics.progress.status import (
    counted_line,
    in_order,
    learned_line,
    more_text,
    own_budget_words,
    slip_line,
    tasks_table,
)
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.sentence import promised_budget
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import APPROVED, PLANNED, days_later, days_text, later_text, task_name, was_approved
from zt_planner.topics.view import View

MOST_SLIPPED, MOST_FORECASTS, MOST_FINDINGS, MOST_AHEAD = 5, 4, 3, 12


def status_cards(view: View) -> Cards:
    """Return what is promised, what it comes to as it stands, and how many tasks are done."""
    return Cards(tuple(_cards(view)))


def _cards(view: View) -> Iterator[FigureCard]:
    plan, figures, reference, promise = view.plan, view.figures, view.reference, view.promise
    share = "" if promise.confidence.share is None else chance_text(promise.confidence.share)
    if promise.why_planned_budget is None:
        yield FigureCard(Text("Budget ({share} confidence)", share=share), promised_budget(view), "")
    if promise.finish_at_confidence is not None:
        yield FigureCard(Text("Finish ({share} confidence)", share=share), ShortDay(promise.finish_at_confidence), "")
    more = "" if reference is None else more_text(plan, reference)
    yield FigureCard(Text("Budget as it stands"), own_budget_words(plan), more)
    if reference is not None:
        then = reference.headlines.finish_date
        planned = Labelled(_planned_name(reference, plan), ShortDay(then))
        moved = Listed((later_text((figures.finish_date - then).days), planned), ". ")
        yield FigureCard(Text("Done as it stands"), ShortDay(figures.finish_date), moved)
    if plan.contingency is not None:
        of = Text("of {amount}", amount=Money(plan.contingency.total))
        yield FigureCard(Text("Contingency left"), Money(plan.contingency.left), of)
    count = {state: sum(task.state is state for task in plan.tasks) for state in TaskState}
    done = Text("{done} of {of} done", done=Number(count[TaskState.DONE]), of=Number(len(plan.tasks)))
    yield FigureCard(Text("Tasks"), done, Plural("{n} running", "{n} running", count[TaskState.RUNNING]))


def _planned_name(reference: Plan, plan: Plan) -> Words:
    """Return what the plan's own figures are measured against: not what was promised when it was approved."""
    return Text(APPROVED if was_approved(reference, plan) else PLANNED)


def status_sentences(view: View) -> Iterator[Sentence]:
    """Yield how many tasks are how far, what a slip is made of, what was learnt, and what closed months cost."""
    return notes((counted_line(view.plan), *_course(view), *_spending(view)), Role.TEXT)


def status_lines(view: View) -> Iterator[Sentence]:
    """Yield the same without the tasks, for a sheet that counts them in figures: the money in one paragraph."""
    return notes((*_course(view), sentences(*_spending(view))), Role.TEXT)


def _spending(view: View) -> Iterator[Words]:
    """Yield what was due by now beside what was spent, and what is booked."""
    if view.reference is not None:
        yield due_text(view.plan, view.reference)
    yield from money_lines(view.plan)


def _course(view: View) -> tuple[Words, Words]:
    return slip_line(view), learned_line(view.plan)


def next_tasks_group(view: View) -> Group | None:
    """Return the tasks that run and those that are next, of many the first; None where all is done."""
    ahead = [task for task in view.plan.tasks if task.state is not TaskState.DONE]
    if not ahead:
        return None
    heading, left = Text("What is left to do"), len(ahead) - MOST_AHEAD
    more = Plural("{n} more task follows.", "{n} more tasks follow.", left) if left > 0 else ""
    table = tasks_table(in_order(ahead)[:MOST_AHEAD])
    return Group("ahead", heading, (TableBlock(heading, table), *notes((more,))))


def status_group(view: View) -> Group | None:
    """Return how far the tasks are, what slipped, the money, and the forecasts so far; None without a status date."""
    at = view.plan.scenario.status.at
    if at is None:
        return None
    blocks: tuple[Block, ...] = (*status_sentences(view), *status_groups(view))
    return Group("status", Text("Status on {day}", day=at), blocks)


def status_groups(view: View) -> Iterator[Group]:
    """Yield what slipped most, the money, and the forecasts that were saved, each with what there is of it."""
    if view.reference is not None:
        yield from _slipped(view.plan, view.reference)
        yield _money(view.plan, view.reference)
    yield from _forecasts(view.plan)


def status_findings(view: View) -> Iterator[Group]:
    """Yield the first findings about the status."""
    findings = [finding for finding in view.plan.findings if finding.code.startswith("status.")]
    if findings:
        yield Group("status_findings", LOOK_AT, tuple(remarks(findings[:MOST_FINDINGS], view)))


def _slipped(plan: Plan, reference: Plan) -> Iterator[Group]:
    """Yield the tasks that are finished later than planned, the latest first."""
    planned = {task.task.id: [task] for task in reference.tasks}
    moved = [(days_later([task], planned.get(task.task.id, ())), task) for task in plan.tasks]
    late = sorted((pair for pair in moved if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].start))
    if not late:
        return
    rows = tuple((task_name(task.task), ShortDay(task.finish), days_text(days)) for days, task in late[:MOST_SLIPPED])
    left, heading = len(late) - len(rows), Text("What slipped most")
    more = Plural("{n} more task is later.", "{n} more tasks are later.", left) if left else ""
    table = Table((Text("Task"), Text("Finish now"), Text("Later")), rows, numbers=(1, 2))
    yield Group("slipped", heading, (TableBlock(heading, table), *notes((more,))))


def _money(plan: Plan, reference: Plan) -> Group:
    """Return the budget of the introduction: planned, due by now, booked, and expected."""
    now, then = (figure_lines(FigureName.INTRODUCTION_BUDGET, one) for one in (plan, reference))
    booked: dict[CostCategory, Decimal] = {}
    for key, amount in plan.scenario.status.bookings.items():
        category = Booked.of(key).category
        booked[category] = booked.get(category, ZERO) + amount
    rows: list[tuple[Words, ...]] = []
    kinds = [({category}, label(category)) for category in CASH_CATEGORIES]
    for categories, name in (*kinds, (set(CASH_CATEGORIES), Text("Total"))):
        before, after = ([line for line in lines if line.category in categories] for lines in (then, now))
        spent = [amount for category, amount in booked.items() if category in categories]
        if before or after or spent:
            due = sum_text(due_by_now(before, plan))
            rows.append((name, sum_text(before), due, Money(sum(spent, ZERO)) if spent else "", sum_text(after)))
    columns = (
        Text("Category"),
        _planned_name(reference, plan),
        Text("Due by now"),
        Text("Booked"),
        Text("Expected now"),
    )
    heading = Text("Budget to get there")
    return Group("spent", heading, (TableBlock(heading, Table(columns, tuple(rows), numbers=(1, 2, 3, 4))),))


def _forecasts(plan: Plan) -> Iterator[Group]:
    """Yield the last forecasts that were saved, and whether the finish is running away."""
    history = saved_forecasts(plan.scenario.status)
    if not history:
        return
    table, heading = history_table(history), Text("Forecasts")
    shown = replace(table, rows=table.rows[-MOST_FORECASTS:])
    note = Sentence(history_sentence(history), Role.NOTE)
    yield Group("forecasts", heading, (TableBlock(heading, shown), note))
