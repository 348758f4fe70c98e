"""Undo, redo, and whose value stands, as several people use them."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.ui.colleagues import MONTHS, PEOPLE, REDO, UNDO, become, can, changes, colleague, texts
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.ui.components.together import history
from zt_planner.workspace.sharing.record import CROSSED

# Undo and redo


def test_there_is_nothing_to_undo_before_the_first_change(screen: Screen) -> None:
    screen.run()
    assert not can(screen, UNDO)
    assert not can(screen, REDO)


@pytest.mark.extended
def test_undo_and_redo_name_what_they_do(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    assert plain(said(screen.widget(UNDO).help)) == "Undo: People 120 → 180"
    assert not can(screen, REDO)
    screen.press(UNDO)
    assert screen.scenario.company.employees == screen.shows(PEOPLE) == 120
    assert not can(screen, UNDO)
    assert plain(said(screen.widget(REDO).help)) == "Redo: People 120 → 180"
    screen.press(REDO)
    assert screen.scenario.company.employees == 180


@pytest.mark.extended
def test_undo_is_about_ones_own_changes(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    changes(colleague(screen), timeline__target_months=7)
    screen.run().press(UNDO)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (120, 7)
    assert not can(screen, UNDO)


@pytest.mark.extended
def test_undo_passes_over_what_others_have_changed_since(screen: Screen) -> None:
    screen.run().move(MONTHS, 8).move(PEOPLE, 180)
    changes(colleague(screen), company__employees=150)
    screen.run()
    assert "Finish in months 12" in said(screen.widget(UNDO).help)
    screen.press(UNDO)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (150, 12)


@pytest.mark.extended
def test_a_button_that_is_off_says_why(screen: Screen, says: Says) -> None:
    screen.run()
    assert said(screen.widget(UNDO).help).startswith("Nothing to undo.")
    says(said(screen.widget(REDO).help))
    screen.move(PEOPLE, 180)
    other = colleague(screen)
    changes(other, company__employees=150)
    assert said(screen.run().widget(UNDO).help).startswith("Others have changed this since")
    screen.move(MONTHS, 8).press(UNDO)
    changes(other, timeline__target_months=7)
    assert said(screen.run().widget(REDO).help).startswith("Others have changed this since")


@pytest.mark.extended
def test_nobody_else_is_blamed_where_there_is_nothing_to_take_back(screen: Screen) -> None:
    screen.go("share").press("begin")
    assert not any(caption.startswith("Undo:") for caption in screen.captions)
    assert said(screen.widget(UNDO).help).startswith("Nothing to undo.")
    changes(colleague(screen), company__employees=150)
    assert not any(caption.startswith("Undo:") for caption in screen.run().captions)


@pytest.mark.extended
def test_what_stands_in_the_way_of_undo_can_be_read_without_a_mouse(screen: Screen) -> None:
    way = "Undo: Others have changed this since. Enter the value you want."
    screen.run().move(PEOPLE, 180)
    assert way not in screen.captions
    changes(colleague(screen), company__employees=150)
    assert way in screen.run().captions
    assert not any(caption.startswith("Redo:") for caption in screen.captions)
    assert way not in screen.move(MONTHS, 8).captions


@pytest.mark.extended
def test_a_refusal_is_shown(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    changes(colleague(screen), company__employees=150)
    screen.press(UNDO)
    assert any(error.startswith("You have no change left to undo") for error in screen.errors)
    assert screen.scenario.company.employees == 150


@pytest.mark.extended
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


@pytest.mark.extended
def test_the_other_sees_whose_value_stands(crossed: Screen, says: Says) -> None:
    says(overwritten(crossed))


def test_ones_own_value_can_be_restored(crossed: Screen) -> None:
    crossed.press("mine:")
    assert crossed.scenario.company.employees == 140
    assert not overwritten(crossed)


@pytest.mark.extended
def test_a_notice_that_was_dismissed_does_not_come_back_but_the_next_one_does(crossed: Screen, says: Says) -> None:
    crossed.press("leave:")
    assert crossed.scenario.company.employees == 150
    assert not overwritten(crossed.go("budget"))
    crossed.move(PEOPLE, 160)
    changes(colleague(crossed, "Bernd"), company__employees=170)
    says(overwritten(crossed.run()))


def test_a_notice_goes_with_a_change_of_ones_own(crossed: Screen) -> None:
    crossed.move(PEOPLE, 155)
    assert not overwritten(crossed)


def test_old_news_is_no_news(crossed: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "NOTICED_FOR", -CROSSED)
    assert not overwritten(crossed.run())


@pytest.mark.extended
def test_notes_are_not_quoted_in_a_notice(screen: Screen, says: Says) -> None:
    screen.run().move(PEOPLE, 140)
    workspace, other = bootstrap.workspace(), colleague(screen)
    workspace.set_notes(screen.state, "mine")
    workspace.set_notes(workspace.open(other.key), "theirs")
    assert screen.run().state.notes == "mine\ntheirs"
    assert not overwritten(screen)
    workspace.change(workspace.open(other.key), {"notes": "theirs"})
    says(overwritten(screen.run()))


@pytest.mark.extended
def test_what_levelled_dates_were_computed_from_is_no_news(screen: Screen) -> None:
    screen.run().move(PEOPLE, 140)
    other = colleague(screen)
    bootstrap.workspace().change(screen.state, {"levelling.basis": "7253233e9caa"})
    changes(other, levelling__basis="0123456789ab")
    assert not overwritten(screen.run())
