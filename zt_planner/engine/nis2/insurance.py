"""What a cyber insurer asks, and from which day on a plan lets the company answer yes (M30).

Laws: a question is answered by finished tasks only; a task that was chosen away keeps it open; a task outside the
five steps counts once it is in the plan; where something stays open whatever the plan does, the answer is no yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zt_planner.domain.data.columns import alternatives_of
from zt_planner.domain.data.rules import InsurerQuestion, Match
from zt_planner.engine.case import Case
from zt_planner.engine.nis2.coverage import earliest_finished, finished_days, has_nothing_to_do
from zt_planner.engine.plan import Plan


class AnswerState(StrEnum):
    """How a question can be answered when the plan is done, and what is missing for a yes."""

    YES = "yes"
    PARTLY = "partly"
    OUTSIDE = "outside"
    CHOICE = "choice"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class InsurerAnswer:
    """The answer to a question: since when it is yes, by which task; `partly_from` is what the five steps do for it."""

    question: InsurerQuestion
    state: AnswerState
    since: date | None = None
    by_task: str | None = None
    partly_from: date | None = None
    missing: tuple[str, ...] = ()


def insurer_answers(plan: Plan) -> tuple[InsurerAnswer, ...]:
    """Return the answer to every question, in the order of the file."""
    case = plan.case
    finishes = finished_days(case, plan.tasks)
    working = {key: day for key, day in finishes.items() if not _is_idle(key, case)}
    return tuple(_answer(question, finishes, working, case) for question in case.base_model.rules.questions)


def _is_idle(task_id: str, case: Case) -> bool:
    """Tell whether there is nothing to be done for a task, and nothing was."""
    return has_nothing_to_do(case, task_id) and all(task.id != task_id for task in case.done)


def _answer(
    question: InsurerQuestion, finishes: Mapping[str, date], working: Mapping[str, date], case: Case
) -> InsurerAnswer:
    earliest = (earliest_finished(alternatives, working) for alternatives in question.tasks)
    finished = [one[1] for one in earliest if one is not None]
    needs_all = question.match is Match.ALL
    asked = map(alternatives_of, question.tasks)
    left_out = [key for alternatives in asked if finishes.keys().isdisjoint(alternatives) for key in alternatives]
    missing = tuple(key for key in left_out if key in case.model.by_id) if needs_all or not finished else ()
    if question.monitoring and case.scenario.choices.monitoring not in question.monitoring:
        return InsurerAnswer(question, AnswerState.CHOICE)
    if not finished or (needs_all and left_out):
        return InsurerAnswer(question, AnswerState.OPEN, missing=missing)
    pick = max if needs_all else min
    decides = pick(finished, key=finishes.__getitem__)
    own = question.own_task
    if own is None and question.open is not None and not question.monitoring:
        return InsurerAnswer(question, AnswerState.PARTLY, None, decides, finishes[decides])
    if own is None:
        return InsurerAnswer(question, AnswerState.YES, finishes[decides], decides)
    if own not in finishes:
        return InsurerAnswer(question, AnswerState.OUTSIDE, partly_from=finishes[decides])
    last = max((decides, own), key=finishes.__getitem__)
    return InsurerAnswer(question, AnswerState.YES, finishes[last], last, finishes[decides])
