"""Why at all, what, and who runs it: what the paper for the board says beside what it asks for.

Laws: nobody is told that a law applies; nothing is said where nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import AddedTask
from zt_planner.engine.insurance import insurer_answers
from zt_planner.engine.regulation import CONCERNED, applicability
from zt_planner.language import sentences
from zt_planner.media.board.decision import Point
from zt_planner.media.board.figures import TableWithWords
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.concerned import overdue_sentence
from zt_planner.topics.nis2.insurer import (
    insurer_cautions,
    insurer_columns,
    insurer_sentence,
    insurer_source,
)
from zt_planner.topics.nis2.regulation import applies_sentence, law_in
from zt_planner.topics.operation.operation import after_finish
from zt_planner.topics.risk.standstill import standstill_sentence
from zt_planner.topics.table import chosen, table_of
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator


ON_PAPER = ("question", "answer", "yes_from", "by_task", "open")


def reasons_of(view: View) -> tuple[Point, ...]:
    """Return why and what; nothing for a plan that has stopped."""
    return (*_standstill(view), *_law(view), *_insurer(view), _work(view))


def _standstill(view: View) -> Iterator[Point]:
    """Yield how many days at a standstill cost as much as the plan; nothing where nobody has said what a day costs."""
    sentence, say = standstill_sentence(view), view.language.say
    if sentence:
        yield Point(say("Why"), say("Days at a standstill:"), sentence)


def _law(view: View) -> Iterator[Point]:
    """Yield that NIS2 probably applies; nothing where it probably does not, or the sector is not named."""
    found = law_in(view)
    if found is None:
        return
    rules = view.case.base_model.rules
    if applicability(view.plan.scenario.company, found.country, rules) in CONCERNED:
        why = sentences(applies_sentence(found), overdue_sentence(view, found.shown.register_where))
        yield Point(view.language.say("Why"), view.language.say("NIS2:"), why)


def _insurer(view: View) -> Iterator[Point]:
    """Yield how many of the insurer's questions the plan turns to yes."""
    sentence, say = insurer_sentence(view), view.language.say
    if sentence:
        yield Point(say("Why"), say("The insurer's questions:"), sentence)


def _work(view: View) -> Point:
    """Return what is done: how many tasks, for how many people, in which steps."""
    language, plan = view.language, view.plan
    steps = dict.fromkeys(task.task.step for task in sorted(plan.tasks, key=lambda task: task.task.step))
    what = language.say(
        "{tasks} for {people}:",
        tasks=language.plural("{n} task", "{n} tasks", len(plan.tasks)),
        people=language.plural("{n} person", "{n} people", plan.scenario.company.employees),
    )
    named = language.listed([language.write(label(step)) for step in steps])
    outside = sum(isinstance(task.task, AddedTask) and task.task.is_outside for task in plan.tasks)
    marked = language.plural("{n} task is outside the five steps", "{n} tasks are outside the five steps", outside)
    return Point(language.say("What"), what, language.series((named, marked)) if outside else named)


def after_in(view: View) -> TableWithWords | None:
    """Return who does what after the finish, as chosen and with one other choice; None for a plan that has stopped."""
    found = after_finish(view)
    return None if found is None else TableWithWords(found.heading, found.words[0], found.neighbours)


def insurer_in(view: View) -> TableWithWords | None:
    """Return what the insurer asks, for the annex; None where no question is known, and for a plan that has stopped."""
    plan, language = view.plan, view.language
    answers = insurer_answers(plan)
    if not answers:
        return None
    table = table_of(chosen(insurer_columns(view), ON_PAPER), answers)
    words = sentences(*insurer_cautions(view), insurer_source(view))
    return TableWithWords(language.say("What the insurer asks"), words, table)
