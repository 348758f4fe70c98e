"""The questions about a company as a table to fill in: somebody sends it before the meeting, and reads what comes back.

A program finds the ids of the questions in it; all else is words, for those who answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from zt_planner.domain.data.interview import CompanyQuestion
from zt_planner.engine.interview import GivenAnswer
from zt_planner.language import Listed, Text, Words
from zt_planner.topics.interview.blocks import answer_words
from zt_planner.topics.table import Column

QUESTION_ID, ANSWER = "question_id", "answer"
BETWEEN = " / "
"""The answers that are offered."""


def form_columns(known: Mapping[str, GivenAnswer]) -> tuple[Column[CompanyQuestion], ...]:
    """Return the columns; what is known of a question stands in the last one, and nothing where nobody knows."""

    def answer(question: CompanyQuestion) -> Words:
        given = known.get(question.id)
        return "" if given is None else answer_words(question, given)

    return (
        Column(Text("Question ID"), value=lambda question: question.id, name=QUESTION_ID),
        Column(Text("Question"), value=lambda question: Text(question.text), name="question"),
        Column(Text("Answers to choose from"), value=offered_words, name="answers"),
        Column(Text("Your answer"), value=answer, name=ANSWER),
        Column(Text("Note"), value=lambda question: Text(question.help), name="note"),
    )


def offered_words(question: CompanyQuestion) -> Words:
    """Return the words of the answers; of a question for a number that."""
    return Listed((Text(answer.text) for answer in question.answers), BETWEEN) if question.answers else Text("a number")
