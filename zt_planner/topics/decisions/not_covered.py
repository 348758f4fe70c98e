"""What a plan does not cover, so that nobody believes more than is signed.

Law: what is done by a task that was added is no longer left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zt_planner.domain.data.rules import NotCovered
from zt_planner.engine.nis2.insurance import AnswerState, insurer_answers
from zt_planner.engine.plan import Plan
from zt_planner.language import Capitalised, Labelled, Number, Text, Words, series
from zt_planner.topics.block import Group, TableBlock
from zt_planner.topics.table import Table
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import View


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What is left, as the row or the insurer's question words it; of how many, None where nothing is counted."""

    row: NotCovered
    text: str
    count: int | None = None


def uncovered_by(plan: Plan) -> Iterator[Uncovered]:
    """Yield what no task of a plan does, in the order of the file."""
    still_open = {
        answer.question.id: answer.question.open
        for answer in insurer_answers(plan)
        if answer.state is not AnswerState.YES
    }
    for row in plan.case.base_model.rules.not_covered:
        text, has = row.text if row.question is None else still_open.get(row.question), _number(row, plan)
        if text is not None and (row.has is None or has):
            yield Uncovered(row, text, None if has is None or isinstance(has, bool) else has)


def _number(row: NotCovered, plan: Plan) -> int | None:
    if row.has is None:
        return None
    counted = getattr(plan.case.size.counts, row.has, None)
    number: int = getattr(plan.scenario.company, row.has) if counted is None else counted
    return number


def left_out_by_hand(plan: Plan) -> tuple[str, ...]:
    """Return the ids of the tasks that somebody took out of the plan."""
    edits = plan.scenario.tasks.edits
    return tuple(
        task.id for task in plan.case.base_model.tasks if task.id in edits and edits[task.id].in_scope is False
    )


def not_covered_group(view: View) -> Group | None:
    """Return what no task does, a line each, and which tasks were left out; None where nothing is left."""
    plan, names = view.plan, task_names(view.case.base_model)
    rows: list[tuple[Words, ...]] = [(_subject(each), Capitalised(Text(each.text))) for each in uncovered_by(plan)]
    left_out = [names[task] for task in left_out_by_hand(plan)]
    if left_out:
        rows.append((Text("Left out by you"), series(left_out)))
    if not rows:
        return None
    heading = Text("What the plan does not cover")
    table = Table((Text("What"), Text("What no task of the plan does")), tuple(rows))
    return Group("not_covered", heading, (TableBlock(heading, table),))


def _subject(each: Uncovered) -> Words:
    subject = Text(each.row.subject)
    return subject if each.count is None else Labelled(subject, Number(each.count))
