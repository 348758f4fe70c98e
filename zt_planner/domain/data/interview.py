"""Questions about a company that anybody who runs it can answer, and what an answer sets in a scenario.

An answer is kept nowhere but in the fields that it sets. Laws: no field is set by two questions; of the answers that
are offered, one is what a plan assumes where nobody knows: it sets nothing but defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from zt_planner.domain.data.columns import Row, Word
from zt_planner.domain.data.phase_model import Step

PROPOSED = "proposed"
"""The value of an own task that is the row of its id in proposed_tasks.csv."""
PerHundred = Annotated[Decimal, Field(ge=0, le=1_000)]
"""How many there are for each hundred people."""


class QuestionRow(Row):
    """One row of questions.csv; a question for a number names the field that it sets.

    `low` and `high` are how many a company may have, at least and at most.
    """

    id: Word
    step: Step
    question: str
    help: str
    field: str | None = None
    low: PerHundred | None = None
    high: PerHundred | None = None


class AnswerRow(Row):
    """One row of answers.csv: an answer that is offered, and what it sets, as `--set` writes it, joined by `;`."""

    question: Word
    answer: Word
    text: str
    sets: str | None = None


@dataclass(frozen=True, slots=True)
class OfferedAnswer:
    """An answer, and by their paths the values that it sets, as a scenario holds them."""

    id: str
    text: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CompanyQuestion:
    """A question with the answers that are offered; without any it asks for the number that its `field` holds."""

    id: str
    step: Step
    text: str
    help: str
    answers: tuple[OfferedAnswer, ...] = ()
    field: str = ""
    low: PerHundred = Decimal(0)
    high: PerHundred = Decimal(0)

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields that its answers set."""
        named = (path for answer in self.answers for path in answer.values)
        return (self.field,) if self.field else tuple(dict.fromkeys(named))

    def answer(self, answer_id: object) -> OfferedAnswer | None:
        """Return the answer with an id; None where there is none."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


Interview = tuple[CompanyQuestion, ...]
"""The questions in their order."""
