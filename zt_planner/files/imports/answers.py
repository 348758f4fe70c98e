"""Import of answers about a company, from the table of questions that somebody has filled in.

Laws: a row without an answer changes nothing; an answer is known by its id or by its words, in any language; every
other one is left out with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from zt_planner.domain.data.interview import CompanyQuestion, Interview
from zt_planner.engine.interview import GivenAnswer, edit_of, questions_for
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import Place, msgid
from zt_planner.files.imports.rows import LANGUAGES, ImportResult, Returned, whole_in
from zt_planner.gaps import shortened
from zt_planner.topics.interview.form import ANSWER, QUESTION_ID, offered_words
from zt_planner.topics.nis2.insurer import added_task


def answer_edits(rows: Sequence[Returned], plan: AnyPlan, interview: Interview, result: ImportResult) -> None:
    """Read the answers of rows, as edits of a plan."""
    questions = {question.id: question for question in questions_for(interview, plan.case.base_model)}
    given: dict[str, GivenAnswer] = {}
    places: dict[str, Place] = {}
    for row in rows:
        question, text = questions.get(row.text(QUESTION_ID)), row.text(ANSWER)
        if question is None:
            problem, remedy = msgid("there is no question '{value}'"), msgid("Keep the IDs as they are in the file")
            result.leave(row.at(QUESTION_ID), problem, remedy, value=shortened(row.text(QUESTION_ID)))
        elif question.id in given:
            problem, remedy = msgid("'{value}' appears twice"), msgid("Keep one row")
            result.leave(row.at(QUESTION_ID), problem, remedy, value=question.id)
        elif text:
            answer = answer_in(question, text)
            if answer is None:
                _leave(question, text, row, result)
            else:
                given[question.id] = answer
                places |= dict.fromkeys(question.paths, row.at(ANSWER))
    answered = tuple(question for question in questions.values() if question.id in given)
    edits = edit_of(answered, given, plan.scenario, plan.case.base_model, added_task(plan.case))
    for path, value in edits.items():
        result.edit(path, value, places[path])


def answer_in(question: CompanyQuestion, text: str) -> GivenAnswer:
    """Return the answer that a cell says; None where it says none that is offered."""
    if question.field:
        return whole_in(text)
    return next((answer.id for answer in question.answers if text.casefold() in _words(answer.id, answer.text)), None)


def _words(answer_id: str, text: str) -> set[str]:
    """Return how an answer is written: as its id, or in the words of a language."""
    return {answer_id.casefold(), *(language.say(text).casefold() for language in LANGUAGES)}


def _leave(question: CompanyQuestion, text: str, row: Returned, result: ImportResult) -> None:
    problem, remedy = msgid("'{value}' is no answer to this question"), msgid("Write one of these: {known}")
    result.leave(row.at(ANSWER), problem, remedy, value=shortened(text), known=offered_words(question))
