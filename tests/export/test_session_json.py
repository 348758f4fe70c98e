"""A session's file says to nobody when, or by whom, something was changed that is hidden from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Unpack

import pytest
from pydantic import JsonValue

from tests import builders
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.approved import unpacked
from zt_planner.domain.scenario.fields import APPROVED, FORECASTS, KEPT_BOOK
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import (
    Event,
    EventKind,
    FieldChange,
    Outcome,
    Participant,
    ParticipantId,
    Role,
    Rules,
    RulesSet,
    Seat,
    SessionId,
    Snapshot,
)
from zt_planner.engine.under_way.approved import approved
from zt_planner.files.session_json import KeptSession, session_bytes

BEGIN = datetime(2027, 1, 4, 9, tzinfo=UTC)
ANNA, EMIL = ParticipantId("anna"), ParticipantId("emil")
SESSION = SessionId("a-session")
SITES, RATE = FieldChange("company.sites", 2, 3), FieldChange("labour.external_day_rate", None, 999)
NOTES = FieldChange("notes", "", "nobody else's business")


def person(who: ParticipantId, role: Role) -> Participant:
    return Participant(who, SESSION, role, who.title(), "#1a56b0", BEGIN)


def event(number: int, *changes: FieldChange, by: ParticipantId = ANNA, kind: EventKind = EventKind.CHANGE) -> Event:
    """Return an event, a minute after the one before."""
    outcome = Outcome(Decimal(1000 + number), Decimal(100), None)
    return Event(number, by, BEGIN + timedelta(minutes=number), kind, changes, outcome, outcome, number - 1)


def file_for(
    role: Role, *events: Event, variants: Mapping[str, tuple[str, Scenario]] | None = None, **rules: Unpack[RulesSet]
) -> dict[str, Any]:
    """Return what a file says to somebody, the third revision named."""
    people = (person(ANNA, Role.OWNER), person(EMIL, role))
    snapshots = (Snapshot("agreed", 3, ANNA, BEGIN),)
    kept = KeptSession(Scenario(), variants or {}, "", people, events, snapshots)
    said: dict[str, Any] = json.loads(session_bytes(kept, Seat(people[1], Rules(**rules), len(events))))
    return said


def minutes_of(said: dict[str, Any]) -> list[int]:
    """Return when the events were that a file tells of, in minutes."""
    return [(datetime.fromisoformat(event["at"]) - BEGIN) // timedelta(minutes=1) for event in said["events"]]


EVENTS = (
    event(1, kind=EventKind.LOAD),
    event(2, SITES),
    event(3, RATE),
    event(4, SITES, RATE),
    event(5, NOTES),
    event(6, RATE, kind=EventKind.UNDO),
    event(7, kind=EventKind.BASELINE),
)


def test_an_owner_s_file_tells_everything() -> None:
    said = file_for(Role.OWNER, *EVENTS, hides_rates=True)
    assert minutes_of(said) == [1, 2, 3, 4, 5, 6, 7]
    assert [found["revision"] for found in said["events"]] == [1, 2, 3, 4, 5, 6, 7]
    assert said["snapshots"][0]["revision"] == 3


def test_what_is_hidden_leaves_no_event_no_gap_and_no_figure() -> None:
    said = file_for(Role.VIEWER, *EVENTS, hides_rates=True)
    assert minutes_of(said) == [1, 2, 4, 7]
    assert [found["revision"] for found in said["events"]] == [1, 2, 3, 4]
    assert said["events"][2]["changes"] == [{"field": "company.sites", "before": 2, "after": 3}]
    assert said["snapshots"][0]["revision"] == 2
    assert all(set(found["after"]) == {"introduction_without_labour", "finish_date"} for found in said["events"])


def test_notes_that_were_changed_leave_no_trace_where_notes_are_hidden() -> None:
    said = file_for(Role.VIEWER, *EVENTS, hides_notes=True)
    assert minutes_of(said) == [1, 2, 3, 4, 6, 7]
    assert "notes" not in said


@pytest.mark.parametrize("hidden", [RATE, NOTES, FieldChange("finance.contingency", 0.1, 0.2)], ids=lambda it: it.path)
def test_a_session_with_a_hidden_change_has_the_same_file_as_one_without(hidden: FieldChange) -> None:
    later = event(3, SITES, by=EMIL)
    with_it = file_for(Role.VIEWER, event(1), event(2, hidden), later, hides_rates=True)
    assert with_it == file_for(Role.VIEWER, event(1), later, hides_rates=True)


def test_a_price_book_that_came_with_the_plan_tells_no_day_rate(price_book: PriceBook) -> None:
    dearer = [
        row.model_copy(update={"amount": Decimal(7777)}) if row.id == "external-day" else row
        for row in price_book.prices
    ]
    assert tuple(dearer) != price_book.prices
    before, after = (
        KeptBook.of(PriceBook(tuple(rows), price_book.rates, price_book.vat)).model_dump(mode="json")
        for rows in (price_book.prices, dearer)
    )
    loaded = event(2, FieldChange(KEPT_BOOK, None, after), kind=EventKind.LOAD)
    said = file_for(Role.VIEWER, event(1), loaded, event(3, FieldChange(KEPT_BOOK, before, after)), hides_rates=True)
    assert minutes_of(said) == [1, 2]
    assert "7777" not in json.dumps(said)
    assert "7777" in json.dumps(file_for(Role.OWNER, event(1), loaded))


def test_an_approved_plan_and_a_forecast_tell_no_amount(price_book: PriceBook, phase_model: PhaseModel) -> None:
    case = builders.case(Scenario(), price_book, phase_model)
    kept = approved(case, "Board", date(2026, 11, 6))
    assert kept is not None
    forecast: dict[str, JsonValue] = {"finish": "2027-10-19", "sure_by": None, "budget": "9.00", "sure_budget": "10.00"}
    made = event(
        1,
        FieldChange(APPROVED, None, kept.model_dump(mode="json")),
        FieldChange(f"{FORECASTS}2027-04-15", None, forecast),
    )
    seen = [change["after"] for change in file_for(Role.VIEWER, made, hides_rates=True)["events"][0]["changes"]]
    assert (seen[0]["by"], seen[0]["budget"]) == ("Board", None)
    assert "external-day" not in str(unpacked(seen[0]["plan"]))
    assert seen[1] == forecast | {"budget": None, "sure_budget": None}
    told = [change["after"] for change in file_for(Role.OWNER, made)["events"][0]["changes"]]
    assert told == [kept.model_dump(mode="json"), forecast]


def test_variants_stand_in_the_file_without_what_is_hidden() -> None:
    dear = Scenario().changed("labour.external_day_rate", Decimal(7777))
    made = event(2, FieldChange("variants.B", None, "Dear"), replace(RATE, path="variants.B.labour.external_day_rate"))
    for role, is_seen in ((Role.OWNER, True), (Role.VIEWER, False)):
        said = file_for(role, event(1), made, variants={"B": ("Dear", dear)}, hides_rates=True)
        assert said["variants"]["B"]["name"] == "Dear"
        assert ("7777" in json.dumps(said)) is is_seen
        assert len(said["events"][1]["changes"]) == 1 + is_seen
