"""The status report of the paper for the board: one sheet that says where a plan under way stands (M26).

Laws: there is none without a status date; every figure is the plan's own or that
of the plan that it is measured against; of many slipped tasks the worst are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import ZERO
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.engine.approved import reference_case
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.simulation.result import SURE
from zt_planner.engine.slip import slip_between
from zt_planner.language import sentences
from zt_planner.media.board.basis import board_findings
from zt_planner.media.board.figures import BoardFigure, TableWithWords
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.labels import label
from zt_planner.topics.picture.whole import Picture, readable, roadmap_of
from zt_planner.topics.progress.forecasts import history_sentence, history_table, saved_forecasts
from zt_planner.topics.progress.money import money_lines
from zt_planner.topics.progress.status import learned_line, more_text, plan_sentence, slip_line, told_budget
from zt_planner.topics.risk.confidence import day_text
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import before_name, days_later, days_text, later_text, task_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.media.board.basis import BoardFinding
    from zt_planner.topics.view import View

MOST_SLIPPED, MOST_FORECASTS, MOST_FINDINGS = 5, 4, 3


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """All that stands on the sheet; None or nothing where there is nothing to say."""

    kind: str
    day: str
    title: str
    facts: tuple[BoardFigure, ...]
    lines: tuple[str, ...]
    picture: Picture
    tables: tuple[TableWithWords, ...]
    findings_heading: str
    findings: tuple[BoardFinding, ...]


def status_sheet_of(view: View) -> StatusSheet | None:
    """Return the status report; None without a status date."""
    plan, language, reference = view.plan, view.language, view.reference
    at = plan.scenario.status.at
    if at is None:
        return None
    day = language.day(at)
    found = [each for each in plan.findings if each.code.startswith("status.")]
    return StatusSheet(
        kind=language.say("Status report"),
        day=day,
        title=language.write(plan_sentence(view)),
        facts=tuple(_facts(view)),
        lines=status_lines(view),
        picture=readable(language.written(roadmap_of(plan, before=reference))),
        tables=status_tables(view),
        findings_heading=language.say("What to look at"),
        findings=board_findings(found[:MOST_FINDINGS], view),
    )


def status_lines(view: View) -> tuple[str, ...]:
    """Return what a slip is made of, what has been learnt from what is done, and what closed months cost."""
    plan, case, language = view.plan, view.case, view.language
    slip = slip_between(reference_case(case), case)
    lines = (slip_line(plan, slip), learned_line(plan), sentences(*money_lines(plan)))
    return tuple(language.write(line) for line in lines if line)


def status_tables(view: View) -> tuple[TableWithWords, ...]:
    """Return what slipped most, the money, and the forecasts that were saved."""
    found = (_slipped(view), _money(view), _forecasts(view))
    return tuple(table for table in found if table is not None)


def _facts(view: View) -> Iterator[BoardFigure]:
    """Yield when it is done, how sure that is, what it costs, and how many tasks are done."""
    plan, language, say = view.plan, view.language, view.language.say
    figures, reference = plan.headlines, view.reference
    if reference is not None:
        then = reference.headlines.finish_date
        late = language.write(later_text((figures.finish_date - then).days))
        planned = language.labelled(say(before_name(reference, plan)), language.short_day(then))
        context = ". ".join(filter(None, (late, planned)))
        yield BoardFigure(say("Done by"), language.short_day(figures.finish_date), context)
    if view.simulation is not None:
        sure = language.write(day_text(view.simulation.finish_at(SURE), view.simulation.limit))
        yield BoardFigure(say("80% sure by"), sure, "")
    more = "" if reference is None else more_text(plan, reference)
    yield BoardFigure(say("Budget"), language.write(told_budget(plan)), language.write(more))
    if plan.contingency is not None:
        use = plan.contingency
        of = say("of {amount}", amount=language.money(use.total))
        yield BoardFigure(say("Contingency left"), language.money(use.left), of)
    count = {state: sum(task.state is state for task in plan.tasks) for state in TaskState}
    done = say("{done} of {of} done", done=count[TaskState.DONE], of=len(plan.tasks))
    running = language.plural("{n} running", "{n} running", count[TaskState.RUNNING])
    yield BoardFigure(say("Tasks"), done, running)


def _slipped(view: View) -> TableWithWords | None:
    """Return the tasks that are finished later than planned, the latest first."""
    plan, language, say, reference = view.plan, view.language, view.language.say, view.reference
    planned = {} if reference is None else {task.task.id: [task] for task in reference.tasks}
    moved = [(days_later([task], planned.get(task.task.id, ())), task) for task in plan.tasks]
    late = sorted((each for each in moved if each[0] > 0), key=lambda each: (-each[0], each[1].start))
    rows = tuple(
        (
            language.write(task_name(task.task)),
            language.short_day(task.finish),
            language.write(days_text(days)),
        )
        for days, task in late[:MOST_SLIPPED]
    )
    if not rows:
        return None
    left = len(late) - len(rows)
    words = language.plural("{n} more task is later.", "{n} more tasks are later.", left) if left else ""
    columns = (say("Task"), say("Finish now"), say("Later"))
    return TableWithWords(say("What slipped most"), words, Table(columns, rows, numbers=(1, 2)))


def _money(view: View) -> TableWithWords | None:
    """Return the budget of the introduction as planned and as expected now, and what was booked so far."""
    plan, language, say, reference = view.plan, view.language, view.language.say, view.reference
    if reference is None:
        return None
    now, then = (figure_lines(FigureName.INTRODUCTION_BUDGET, each) for each in (plan, reference))
    booked: dict[CostCategory, Decimal] = {}
    for key, amount in plan.scenario.status.bookings.items():
        category = Booked.of(key).category
        booked[category] = booked.get(category, ZERO) + amount
    rows = []
    kinds = [({category}, language.write(label(category))) for category in CASH_CATEGORIES]
    for categories, name in (*kinds, (set(CASH_CATEGORIES), say("Total"))):
        before, after = ([line for line in lines if line.category in categories] for lines in (then, now))
        spent = [amount for category, amount in booked.items() if category in categories]
        if before or after or spent:
            told = language.money(sum(spent, ZERO)) if spent else ""
            rows.append((name, language.write(sum_text(before)), told, language.write(sum_text(after))))
    columns = (say("Category"), say(before_name(reference, plan)), say("Booked"), say("Expected now"))
    return TableWithWords(say("Budget to get there"), "", Table(columns, tuple(rows), numbers=(1, 2, 3)))


def _forecasts(view: View) -> TableWithWords | None:
    """Return the last forecasts that were saved, and whether the finish is running away."""
    history, language = saved_forecasts(view.plan.scenario.status), view.language
    if not history:
        return None
    table = history_table(history)
    shown = replace(table, rows=table.rows[-MOST_FORECASTS:])
    return TableWithWords(language.say("Forecasts"), language.write(history_sentence(history)), shown)
