"""Events, people and outcomes for tests of the record: only what a test says is special."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests import builders
from tests.words import ENGLISH
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import (
    Event,
    EventKind,
    FieldChange,
    Outcome,
    Participant,
    ParticipantId,
    Role,
    SessionId,
)
from zt_planner.engine.planner import build_plan
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.view import any_view

ANNA, BERND = ParticipantId("anna"), ParticipantId("bernd")
BEGIN = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)
FINISH = date(2027, 8, 30)
PEOPLE_CHANGED = (FieldChange("company.employees", 120, 180),)


def outcome(budget: int | str | None, days: int = 0) -> Outcome:
    """Return a budget, half of it without labour, and a finish so many days late; None for no schedule."""
    if budget is None:
        return Outcome()
    amount = Decimal(budget)
    return Outcome(amount, amount / 2, FINISH + timedelta(days=days))


def event(
    number: int,
    before: Outcome,
    after: Outcome,
    changes: Sequence[FieldChange] = PEOPLE_CHANGED,
    **fields: Any,  # noqa: ANN401 - any field of an event
) -> Event:
    """Return an event of Anna's, a minute after the last one."""
    plain: dict[str, Any] = {
        "participant": ANNA,
        "at": BEGIN + timedelta(minutes=number),
        "kind": EventKind.CHANGE,
        "based_on": number - 1,
    }
    return Event(number=number, before=before, after=after, changes=tuple(changes), **{**plain, **fields})


def person(participant: ParticipantId, name: str = "", **fields: Any) -> Participant:  # noqa: ANN401 - as above
    """Return somebody who takes part."""
    plain: dict[str, Any] = {"role": Role.EDITOR, "colour": "#1a56b0", "joined_at": BEGIN}
    return Participant(participant, SessionId("a session"), name=name, **{**plain, **fields})


def minutes_words(
    book: PriceBook, model: PhaseModel, *people: Participant, scenario: Scenario | None = None
) -> MinutesWords:
    """Return what English minutes of a plan are written with, in UTC."""
    case = builders.case(scenario or Scenario(), book, model)
    return MinutesWords(any_view(build_plan(case), ENGLISH), UTC, people)
