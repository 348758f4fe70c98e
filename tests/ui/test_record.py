"""The record's page and its saved states, as several people use them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st

from tests.approval import Says
from tests.ui.colleagues import MONTHS, PEOPLE, UNDO, become, can, changes, colleague, rows, texts
from tests.ui.screen import Screen
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import StoreError
from zt_planner.language import LanguageCode
from zt_planner.media.markdown import literal
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.ui.components.together import history
from zt_planner.ui.pages import record

RATE = "labour.external_day_rate"


# The page


def test_before_the_first_change_there_is_no_record(screen: Screen, says: Says) -> None:
    screen.go("record")
    says(screen.answer)
    assert not screen.tables


@pytest.mark.extended
def test_the_record_shows_every_decision_with_its_effect(screen: Screen, says: Says) -> None:
    screen.run().move(PEOPLE, 180).move(MONTHS, 7).press(UNDO).go("record", "fold:decisions")
    found = rows(screen)
    says([row[1] for row in found])
    shown = plain(screen.language.money(screen.plan.headlines.introduction_budget))
    assert found[-1][4] == shown
    (chart,) = screen.app.get("plotly_chart")
    assert shown in plain(chart.proto.alt)
    assert chart.proto.alt.endswith("in its table.")


@pytest.mark.extended
def test_the_minutes_as_a_file_begin_with_what_the_first_screen_promises(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[MinutesWords] = []
    monkeypatch.setattr(record, "show_minutes_files", found.append)
    screen.run().move(PEOPLE, 180)
    promised, planned = screen.headline, screen.answer
    screen.go("record")
    lines = record.minutes_file(found[-1], bootstrap.workspace(), screen.state).decode().splitlines()
    assert [line for line in lines if line][1:3] == [literal(promised), literal(planned)]
    assert "80% sure" in promised


@pytest.mark.extended
def test_the_record_says_order_free_what_happened_since_the_baseline(screen: Screen, says: Says) -> None:
    before = screen.run().plan.headlines
    now = screen.move(PEOPLE, 180).move(MONTHS, 7).plan.headlines
    assert before is not None
    assert now is not None
    table = screen.go("record", "fold:order_free").table("Since the baseline, independent of the order")
    says(list(table["Inputs"]))
    more = now.introduction_budget - before.introduction_budget
    assert table["Budget to get there"].iloc[-1] == screen.language.signed_money(more, 2)
    captions = [plain(str(element.value)) for element in screen.app.caption]
    assert any("To get there, the plan costs EUR " in text for text in captions)
    screen.go("plan").unfold("menu:variants").press("baseline").go("record", "fold:order_free")
    assert any(element.value == "No input differs." for element in screen.app.caption)


@pytest.mark.extended
def test_decisions_are_shown_by_person(screen: Screen, says: Says) -> None:
    screen.run().move(PEOPLE, 180)
    other = changes(colleague(screen), timeline__target_months=7)
    screen.go("record", "fold:decisions")
    assert [row[5] for row in rows(screen)] == ["Guest", "Anna"]
    assert other.me is not None
    screen.move("decisions_of:en", other.me.id)
    says([row[:2] for row in rows(screen)])


@pytest.mark.extended
def test_somebody_who_was_removed_stays_in_the_record(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    other = changes(colleague(screen), timeline__target_months=7)
    assert other.me is not None
    bootstrap.workspace().people.remove(screen.state, other.me.id)
    screen.go("record", "fold:decisions")
    assert [row[5] for row in rows(screen)] == ["Guest", "Anna"]


@pytest.mark.extended
def test_many_decisions_are_shown_a_page_at_a_time(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROWS_ON_A_PAGE", 2)
    screen.run().move(PEOPLE, 180).move(MONTHS, 7).move(PEOPLE, 170).go("record", "fold:decisions")
    assert [row[0] for row in rows(screen)] == ["1", "2"]


@pytest.mark.extended
def test_a_page_of_decisions_stays_where_others_begin_another_page(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "ROWS_ON_A_PAGE", 2)
    screen.run().move(PEOPLE, 180).move(MONTHS, 7).move(PEOPLE, 170).go("record", "fold:decisions")
    screen.app.session_state["minutes_page"] = 2
    assert [row[0] for row in rows(screen.run())] == ["3"]
    other = changes(colleague(screen), timeline__target_months=8)
    changes(other, company__sites=3)
    assert [row[0] for row in rows(screen.run())] == ["3", "4"]
    (pages,) = screen.app.get("pagination")
    assert pages.proto.num_pages == 3


@pytest.mark.extended
def test_a_viewer_without_rates_reads_no_labour(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    workspace = bootstrap.workspace()
    workspace.change(screen.state, {RATE: "1777.00"})
    whole = workspace.plans.outcome(workspace.open(screen.state.key).scenario)
    assert whole.without_labour is not None
    become(screen, Role.VIEWER, Rules(hides_rates=True))
    screen.app.session_state["fold:decisions"] = True
    screen.app.run()
    pages = screen.app._registered_pages  # noqa: SLF001 - as in `Screen.go`
    (screen.app._page_hash,) = (key for key, known in pages.items() if known.get("url_pathname") == "record")  # noqa: SLF001
    screen.app.run()
    assert not screen.app.exception
    assert [row[1] for row in rows(screen)] == ["People 120 → 180"]
    assert rows(screen)[0][4] == plain(screen.language.money(whole.without_labour))
    (chart,) = screen.app.get("plotly_chart")
    assert chart.proto.alt.endswith("in its table. Without labour and contingency.")
    assert "1,777" not in str(screen.app.main)
    assert not screen.has("restore:Lunch")


@pytest.mark.extended
def test_a_store_that_is_away_is_said_so(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.run().move(PEOPLE, 180).go("record", "fold:decisions")

    def away(*_: object) -> None:
        raise StoreError("the store", "gone")

    monkeypatch.setattr(bootstrap.workspace().store.seats, "people", away)
    screen.run()
    assert any("The plan store is not available" in warning for warning in screen.warnings)
    assert not screen.tables


@pytest.mark.extended
def test_buttons_stay_off_while_the_events_cannot_be_read(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.run().move(PEOPLE, 180)

    def away(*_: object) -> None:
        raise StoreError("the store", "gone")

    monkeypatch.setattr(bootstrap.workspace(), "events", away)
    screen.run()
    assert not can(screen, UNDO)


@pytest.mark.extended
def test_the_page_speaks_german() -> None:
    screen = Screen(LanguageCode.GERMAN)
    screen.app.context = {"locale": "de-DE"}
    screen.run().move(PEOPLE, 180).go("record", "fold:decisions")
    assert [element.value for element in screen.app.header] == [
        "Gespeicherte Stände",
        "Offene Punkte",
    ]
    assert rows(screen)[0][1] == "Personen 120 → 180"


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Tokyo", 9), ("no/such place", 0), ("../../etc/passwd", 0), ("", 0)])
def test_times_are_in_the_readers_zone(zone: str, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Context:
        timezone = zone

    monkeypatch.setattr(st, "context", Context)
    assert datetime(2026, 11, 6, tzinfo=UTC).astimezone(history.reader_zone()).utcoffset() == timedelta(hours=hours)


# Saved states


def save(screen: Screen, name: str) -> Screen:
    """Name for the current plan."""
    (field,) = [field for field in screen.app.text_input if field.label == "Name for the current plan"]
    field.set_value(name)
    return screen.press("FormSubmitter:snapshot")


@pytest.mark.extended
def test_a_state_is_named_and_put_back_and_that_can_be_undone(screen: Screen, says: Says) -> None:
    screen.run().move(PEOPLE, 180).go("record", "fold:decisions")
    save(screen, "Lunch <b>|**")
    assert any(text.startswith("**Lunch <b>|****") for text in texts(screen))
    screen.move(PEOPLE, 90).press("restore:Lunch")
    assert screen.scenario.company.employees == 90
    assert any("Lunch <b>|**" in text and "for everyone" in text for text in texts(screen))
    screen.widget("restore").click()
    screen.run()
    assert screen.scenario.company.employees == 180
    says(rows(screen)[-1][1])
    screen.press(UNDO)
    assert screen.scenario.company.employees == 90


@pytest.mark.extended
def test_a_state_is_forgotten(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record", "fold:decisions"), "Lunch")
    assert screen.has("restore:Lunch")
    screen.press("forget:Lunch")
    assert not screen.has("restore:Lunch")
    assert len(rows(screen)) == 1


@pytest.mark.extended
def test_two_names_of_one_state_stand_side_by_side_and_each_button_is_its_own_names(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record", "fold:decisions"), "Morning")
    save(screen, "Lunch")
    screen.press("forget:Morning")
    assert screen.has("forget:Lunch")
    assert not screen.has("forget:Morning")


@pytest.mark.extended
def test_a_name_that_is_none_is_refused(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record", "fold:decisions"), "   ")
    assert any("The name is empty" in error for error in screen.errors)


@pytest.mark.extended
def test_a_viewer_sees_saved_states_and_changes_none(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record", "fold:decisions"), "Lunch")
    become(screen, Role.VIEWER)
    screen.run()
    assert any(text.startswith("**Lunch**") for text in texts(screen))
    assert not screen.has("restore:Lunch")
    assert not screen.has("forget:Lunch")
