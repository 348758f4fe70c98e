"""Undo, redo, whose value stands, the record's page and its saved states, as several people use them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import StoreError
from zt_planner.language import LanguageCode
from zt_planner.ui import history
from zt_planner.ui.pages import record
from zt_planner.workspace.record import CROSSED

if TYPE_CHECKING:
    from zt_planner.workspace import State

PEOPLE, MONTHS = "company.employees:slider", "timeline.target_months:slider"
UNDO, REDO = "step:undo", "step:redo"
RATE = "labour.external_day_rate"


def colleague(screen: Screen, name: str = "Anna") -> State:
    """Return the state of somebody who has joined the screen's session as an editor."""
    workspace = bootstrap.workspace()
    joined = workspace.people.join(workspace.people.renew_link(screen.state, Role.EDITOR), name)
    assert joined is not None
    return workspace.open(joined[0])


def changes(state: State, **values: object) -> State:
    """Change fields as somebody else; `company__employees` is `company.employees`."""
    workspace = bootstrap.workspace()
    return workspace.change(
        workspace.open(state.key), {path.replace("__", "."): value for path, value in values.items()}
    )


def become(screen: Screen, role: Role, rules: Rules | None = None) -> None:
    """Give the screen's participant another role."""
    assert screen.state.me is not None
    store = bootstrap.workspace().store
    assert store.set_role(screen.state.me.id, role, by=screen.state.me.id)
    store.set_rules(screen.state.me.session, rules or Rules())


def can(screen: Screen, key: str) -> bool:
    """Tell whether a button is there and on."""
    return not screen.widget(key).disabled


def rows(screen: Screen) -> list[list[str]]:
    """Return the cells of the table of decisions, with plain spaces."""
    (table,) = screen.app.table
    return [[said(str(cell)).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table.value.to_numpy()]


def texts(screen: Screen) -> list[str]:
    """Return what the page says in paragraphs."""
    return [said(element.value).replace("\N{NO-BREAK SPACE}", " ") for element in screen.app.markdown]


# Undo and redo


def test_there_is_nothing_to_undo_before_the_first_change(screen: Screen) -> None:
    screen.run()
    assert not can(screen, UNDO)
    assert not can(screen, REDO)


def test_undo_and_redo_name_what_they_do(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    assert said(screen.widget(UNDO).help).replace("\N{NO-BREAK SPACE}", " ") == "Undo: People 120 → 180"
    assert not can(screen, REDO)
    screen.press(UNDO)
    assert screen.scenario.company.employees == screen.shows(PEOPLE) == 120
    assert not can(screen, UNDO)
    assert said(screen.widget(REDO).help).replace("\N{NO-BREAK SPACE}", " ") == "Redo: People 120 → 180"
    screen.press(REDO)
    assert screen.scenario.company.employees == 180


def test_undo_is_about_ones_own_changes(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    changes(colleague(screen), timeline__target_months=7)
    screen.run().press(UNDO)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (120, 7)
    assert not can(screen, UNDO)


def test_undo_passes_over_what_others_have_changed_since(screen: Screen) -> None:
    screen.run().move(MONTHS, 8).move(PEOPLE, 180)
    changes(colleague(screen), company__employees=150)
    screen.run()
    assert "Finish in months 9" in said(screen.widget(UNDO).help)
    screen.press(UNDO)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (150, 9)


def test_a_button_that_is_off_says_why(screen: Screen) -> None:
    screen.run()
    assert said(screen.widget(UNDO).help).startswith("You have changed nothing that could be taken back.")
    assert said(screen.widget(REDO).help) == "You have taken nothing back that could come again."
    screen.move(PEOPLE, 180)
    other = colleague(screen)
    changes(other, company__employees=150)
    assert said(screen.run().widget(UNDO).help).startswith("Others have set since what you changed")
    screen.move(MONTHS, 8).press(UNDO)
    changes(other, timeline__target_months=7)
    assert said(screen.run().widget(REDO).help).startswith("Others have set since what you took back")


def test_a_refusal_is_shown(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    changes(colleague(screen), company__employees=150)
    screen.press(UNDO)
    assert any(error.startswith("There is nothing of yours to take back") for error in screen.errors)
    assert screen.scenario.company.employees == 150


@pytest.mark.parametrize(("role", "rules"), [(Role.VIEWER, Rules()), (Role.OWNER, Rules(is_locked=True))])
def test_who_may_not_change_sees_no_buttons(screen: Screen, role: Role, rules: Rules) -> None:
    screen.run().move(PEOPLE, 180)
    changes(colleague(screen), company__employees=150)
    assert screen.run().has(UNDO)
    assert any(button.key.startswith("mine:") for button in screen.app.button if button.key)
    become(screen, role, rules)
    screen.run()
    assert not screen.has(UNDO)
    assert not any(button.key.startswith("mine:") for button in screen.app.button if button.key)


# Whose value stands


def overwritten(screen: Screen) -> list[str]:
    """Return the notices of overwritten values."""
    return [text for text in texts(screen) if "yours was" in text or "rewrote the notes" in text]


@pytest.fixture
def crossed(screen: Screen) -> Screen:
    """Return a page whose number of people somebody else has set right after."""
    screen.run().move(PEOPLE, 140)
    changes(colleague(screen), company__employees=150)
    return screen.run()


def test_the_other_sees_whose_value_stands(crossed: Screen) -> None:
    assert overwritten(crossed) == ["Anna set People to 150; yours was 140."]


def test_ones_own_value_can_be_restored(crossed: Screen) -> None:
    crossed.press("mine:")
    assert crossed.scenario.company.employees == 140
    assert not overwritten(crossed)


def test_a_notice_that_was_dismissed_does_not_come_back_but_the_next_one_does(crossed: Screen) -> None:
    crossed.press("leave:")
    assert crossed.scenario.company.employees == 150
    assert not overwritten(crossed.go("budget"))
    crossed.move(PEOPLE, 160)
    changes(colleague(crossed, "Bernd"), company__employees=170)
    assert overwritten(crossed.run()) == ["Bernd set People to 170; yours was 160."]


def test_a_notice_goes_with_a_change_of_ones_own(crossed: Screen) -> None:
    crossed.move(PEOPLE, 155)
    assert not overwritten(crossed)


def test_old_news_is_no_news(crossed: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "NOTICED_FOR", -CROSSED)
    assert not overwritten(crossed.run())


def test_notes_are_not_quoted_in_a_notice(screen: Screen) -> None:
    screen.run().move(PEOPLE, 140)
    workspace, other = bootstrap.workspace(), colleague(screen)
    workspace.set_notes(screen.state, "mine")
    workspace.set_notes(workspace.open(other.key), "theirs")
    assert screen.run().state.notes == "mine\ntheirs"
    assert not overwritten(screen)
    workspace.change(workspace.open(other.key), {"notes": "theirs"})
    assert overwritten(screen.run()) == ["Anna rewrote the notes at the same time as you."]


# The page


def test_before_the_first_change_there_is_no_record(screen: Screen) -> None:
    screen.run().go("record")
    assert said(screen.app.info[0].value).startswith("Nothing has been changed yet.")
    assert not screen.app.table


def test_the_record_shows_every_decision_with_its_effect(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180).move(MONTHS, 7).press(UNDO).go("record")
    found = rows(screen)
    assert [row[1] for row in found] == [
        "People 120 → 180",
        "Finish in months 9 → 7",
        "Took back: Finish in months 7 → 9",
    ]
    assert screen.plan.headlines is not None
    shown = screen.language.money(screen.plan.headlines.first_year_budget).replace("\N{NO-BREAK SPACE}", " ")
    assert found[-1][4] == shown
    (chart,) = screen.app.get("plotly_chart")
    assert shown in chart.proto.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert chart.proto.alt.endswith("table below.")


def test_decisions_are_shown_by_person(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    other = changes(colleague(screen), timeline__target_months=7)
    screen.run().go("record")
    assert [row[5] for row in rows(screen)] == ["Guest", "Anna"]
    assert other.me is not None
    screen.move("decisions_of", other.me.id)
    assert [row[:2] for row in rows(screen)] == [["2", "Finish in months 9 → 7"]]


def test_somebody_who_was_removed_stays_in_the_record(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    other = changes(colleague(screen), timeline__target_months=7)
    assert other.me is not None
    bootstrap.workspace().people.remove(screen.state, other.me.id)
    screen.run().go("record")
    assert [row[5] for row in rows(screen)] == ["Guest", "Anna"]


def test_many_decisions_are_shown_a_page_at_a_time(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROWS_ON_A_PAGE", 2)
    screen.run().move(PEOPLE, 180).move(MONTHS, 7).move(PEOPLE, 170).go("record")
    assert [row[0] for row in rows(screen)] == ["1", "2"]


def test_a_viewer_without_rates_reads_no_labour(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    workspace = bootstrap.workspace()
    workspace.change(screen.state, {RATE: "1777.00"})
    whole = workspace.plans.outcome(workspace.open(screen.state.key).scenario)
    assert whole.without_labour is not None
    become(screen, Role.VIEWER, Rules(hides_rates=True))
    screen.app.run()
    pages = screen.app._registered_pages  # noqa: SLF001 - as in `Screen.go`
    (screen.app._page_hash,) = (key for key, known in pages.items() if known.get("url_pathname") == "record")  # noqa: SLF001
    screen.app.run()
    assert not screen.app.exception
    assert [row[1] for row in rows(screen)] == ["People 120 → 180"]
    assert rows(screen)[0][4] == screen.language.money(whole.without_labour).replace("\N{NO-BREAK SPACE}", " ")
    assert "1,777" not in str(screen.app.main)
    assert not screen.has("restore:0")


def test_a_store_that_is_away_is_said_so(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.run().move(PEOPLE, 180).go("record")

    def away(*_: object) -> None:
        raise StoreError("the store", "gone")

    monkeypatch.setattr(bootstrap.workspace().store, "people", away)
    screen.run()
    assert any("the store cannot be used" in warning for warning in screen.warnings)
    assert not screen.app.table


def test_buttons_stay_off_while_the_events_cannot_be_read(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.run().move(PEOPLE, 180)

    def away(*_: object) -> None:
        raise StoreError("the store", "gone")

    monkeypatch.setattr(bootstrap.workspace(), "events", away)
    screen.run()
    assert not can(screen, UNDO)


def test_the_page_speaks_german() -> None:
    screen = Screen(LanguageCode.GERMAN)
    screen.app.context = {"locale": "de-DE"}
    screen.run().move(PEOPLE, 180).go("record")
    assert [element.value for element in screen.app.header] == [
        "Von der ersten Zahl zur letzten",
        "Entscheidungen",
        "Gespeicherte Stände",
        "Offene Punkte",
    ]
    assert rows(screen)[0][1] == "Personen 120 → 180"


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Tokyo", 9), ("no/such place", 0), ("../../etc/passwd", 0), ("", 0)])
def test_times_are_in_the_readers_zone(zone: str, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Context:
        timezone = zone

    monkeypatch.setattr(st, "context", Context)
    assert datetime(2026, 11, 24, tzinfo=UTC).astimezone(history.reader_zone()).utcoffset() == timedelta(hours=hours)


# Saved states


def save(screen: Screen, name: str) -> Screen:
    """Name the plan as it stands."""
    (field,) = [field for field in screen.app.text_input if field.label == "Name the plan as it stands"]
    field.set_value(name)
    return screen.press("FormSubmitter:snapshot")


def test_a_state_is_named_and_put_back_and_that_can_be_undone(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180).go("record")
    save(screen, "Lunch <b>|**")
    assert any(text.startswith("**Lunch <b>|****") for text in texts(screen))
    screen.move(PEOPLE, 90).press("restore:0")
    assert screen.scenario.company.employees == 90
    assert any("Lunch <b>|**" in text and "for everyone" in text for text in texts(screen))
    screen.widget("restore").click()
    screen.run()
    assert screen.scenario.company.employees == 180
    assert rows(screen)[-1][1] == "Went back to a saved state: People 90 → 180"
    screen.press(UNDO)
    assert screen.scenario.company.employees == 90


def test_a_state_is_forgotten(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record"), "Lunch")
    assert screen.has("restore:0")
    screen.press("forget:0")
    assert not screen.has("restore:0")
    assert len(rows(screen)) == 1


def test_a_name_that_is_none_is_refused(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record"), "   ")
    assert any("cannot be a name" in error for error in screen.errors)


def test_a_viewer_sees_saved_states_and_changes_none(screen: Screen) -> None:
    save(screen.run().move(PEOPLE, 180).go("record"), "Lunch")
    become(screen, Role.VIEWER)
    screen.run()
    assert any(text.startswith("**Lunch**") for text in texts(screen))
    assert not screen.has("restore:0")
    assert not screen.has("forget:0")
