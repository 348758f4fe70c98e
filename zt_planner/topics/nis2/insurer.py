"""What a cyber insurer asks, when the plan lets the company answer yes, and what would turn the rest (M30).

Laws: the sentence counts what the table shows; an answer names the task whose end turns it, and its question its
source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.domain.scenario.fields import OWN_TASKS
from zt_planner.engine.nis2.insurance import AnswerState, InsurerAnswer, insurer_answers
from zt_planner.errors import msgid
from zt_planner.language import Listed, Number, Plural, Share, Text, Trimmed, Words, sentences, series
from zt_planner.topics.published import source_badges, source_word
from zt_planner.topics.table import Column, chosen, table_of
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from zt_planner.domain.data.rules import ProposedTask
    from zt_planner.engine.case import Case
    from zt_planner.language import Language
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import View

ANSWERS = {
    AnswerState.YES: msgid("yes"),
    AnswerState.PARTLY: msgid("in part"),
    AnswerState.OUTSIDE: msgid("in part"),
    AnswerState.CHOICE: msgid("no"),
    AnswerState.OPEN: msgid("no"),
}

ON_PAGE = ("question", "answer", "yes_from", "partly_from", "by_task", "open")
CAUTIONS = (
    Text(
        "17 German insurers ask 1 to 21 questions, without a common standard; from EUR 10 million of turnover on they "
        "ask many more (CyberDirekt market study 2024, pfefferminzia.de)."
    ),
    Text("About a third of applications are refused (it-business.de, 2025)."),
    Text("Wrong answers can void the cover (court decisions as reported by it-business.de, 2025)."),
)
"""What is to be known before a form is filled in, with its source."""


def insurer_sentence(view: View) -> Words:
    """Say how many questions are answered yes by when, and what the others need; empty where none is known."""
    answers = insurer_answers(view.plan)
    count = Number(len(answers))
    if not answers:
        return ""
    days = [answer.since for answer in answers if answer.since is not None]
    parts = [Text("None of {count} questions is answered yes", count=count)]
    if days:
        parts = [
            Plural(
                "{n} of {count} questions is answered yes by {day}",
                "{n} of {count} questions are answered yes by {day}",
                len(days),
                count=count,
                day=max(days),
            )
        ]
    states = [answer.state for answer in answers]
    partly, outside, choice, left = (
        states.count(state) for state in (AnswerState.PARTLY, AnswerState.OUTSIDE, AnswerState.CHOICE, AnswerState.OPEN)
    )
    if partly:
        parts.append(
            Plural(
                "{n} is answered in part, whatever the plan does",
                "{n} are answered in part, whatever the plan does",
                partly,
            )
        )
    if outside:
        parts.append(
            Plural(
                "{n} is answered in part until something outside the five steps is done",
                "{n} are answered in part until something outside the five steps is done",
                outside,
            )
        )
    if choice:
        parts.append(Plural("{n} needs another choice of monitoring", "{n} need another choice of monitoring", choice))
    if left:
        parts.append(
            Plural("{n} needs a task that is not in the plan", "{n} need tasks that are not in the plan", left)
        )
    return Listed((series(parts), "."), "")


def insurer_columns(view: View) -> tuple[Column[InsurerAnswer], ...]:
    """Return the columns of the questions: what is asked, the answer, since when, by which task, what stays open."""
    names = task_names(view.case.model)

    def still_open(answer: InsurerAnswer) -> Words:
        question = answer.question
        missing = Text("Not in the plan: {tasks}.", tasks=Listed([names[task] for task in answer.missing]))
        is_closed = answer.state is AnswerState.YES and bool(question.own_task or question.monitoring)
        note = "" if question.open is None or is_closed else Text(question.open)
        return sentences(missing if answer.missing else "", note)

    def source(answer: InsurerAnswer) -> Words:
        return series((Text(answer.question.source), source_word(answer.question.confidence)))

    return (
        Column(Text("Question"), value=lambda answer: Text(answer.question.question), name="question", width=60),
        Column(Text("Answer at the end"), value=lambda answer: Text(ANSWERS[answer.state]), name="answer", width=16),
        Column(Text("Yes from (work finished)"), units.DAY, lambda answer: answer.since, name="yes_from"),
        Column(Text("In part from"), units.DAY, lambda answer: answer.partly_from, name="partly_from"),
        Column(
            Text("Through"),
            value=lambda answer: "" if answer.by_task is None else names[answer.by_task],
            name="by_task",
            width=40,
        ),
        Column(Text("What stays open"), value=still_open, name="open", width=50),
        Column(Text("Source"), value=source, name="source", width=40),
    )


def insurer_table(view: View) -> Table:
    """Return the questions with their answers."""
    plan = view.plan
    columns, answers = chosen(insurer_columns(view), ON_PAGE), insurer_answers(plan)
    return table_of(columns, answers, lambda answer: source_badges(answer.question, plan))


def insurer_sources(view: View) -> Table:
    """Return who reports that insurers ask each question."""
    return table_of(chosen(insurer_columns(view), ("question", "source")), insurer_answers(view.plan))


def insurer_cautions(view: View) -> tuple[Words, ...]:
    """Return what is to be known before the form is filled in; nothing where no question is known."""
    return CAUTIONS if view.case.base_model.rules.questions else ()


def insurer_source(view: View) -> Words:
    """Say whom the questions are about and when they were read; empty where there are none."""
    questions = view.case.base_model.rules.questions
    if not questions:
        return ""
    about = (Text("{population}, read on {day}", population=Text(row.population), day=row.read_on) for row in questions)
    return Text(
        "Who asks: {populations}. Ask your own insurer for its form.",
        populations=series(dict.fromkeys(about)),
    )


def proposals_open(view: View, wanted: Collection[str | None] = ()) -> tuple[ProposedTask, ...]:
    """Return the proposed tasks that the plan does not have: those wanted, by default what the questions wait for."""
    own, rules = view.plan.scenario.tasks.own, view.case.base_model.rules
    asked = wanted or {question.own_task for question in rules.questions}
    return tuple(task for task in rules.proposals if task.id in asked and task.id not in own)


def proposed_field(task: ProposedTask, name: str, case: Case) -> dict[str, Any]:
    """Return the field that puts a proposed task into the plan; it waits for those tasks only that there are."""
    kept = ("step", "effort_days", "external_share", "min_length_days", "low", "high")
    values = {name: getattr(task, name) for name in kept}
    after = tuple(before for before in task.after if before in case.model.by_id)
    return {OWN_TASKS + task.id: {**values, "name": name, "after": after}}


def added_task(case: Case, language: Language | None = None) -> Callable[[ProposedTask], Any]:
    """Return how a proposed task becomes an own one of a case, called as in a language."""

    def added(task: ProposedTask) -> Any:  # noqa: ANN401 - an own task's fields
        name = task.name if language is None else language.say(task.name)
        return proposed_field(task, name, case)[OWN_TASKS + task.id]

    return added


def proposal_label(task: ProposedTask) -> Words:
    """Say what is added, and how many days that are assumed."""
    return Plural(
        "Add as own task ({n} day): {task}",
        "Add as own task ({n} days): {task}",
        Trimmed(task.effort_days),
        task=Text(task.name),
    )


def proposal_text(task: ProposedTask) -> Words:
    """Say how much work a proposed task is, and that this is assumed."""
    days = Trimmed(task.effort_days)
    return Plural(
        "{n} person-day assumed, {share} of it the consultant's: {note}.",
        "{n} person-days assumed, {share} of them the consultant's: {note}.",
        days,
        share=Share(task.external_share),
        note=Text(task.note),
    )
