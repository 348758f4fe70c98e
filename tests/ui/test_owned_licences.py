"""The licences that a company has today, in the panel: added, changed and removed; wrong input is said at its field."""

from __future__ import annotations

from tests.ui.colleagues import UNDO, changes
from tests.ui.screen import Screen
from zt_planner.domain.scenario.scenario import MOST_OWNED, OwnedLicence

ROW, FOLD = "company.owned_licences.{}.{}", "fold:licences_today"
E3, P2 = "m365-e3", "entra-p2"


def add(screen: Screen, licence: str) -> Screen:
    (place,) = (box for box in screen.app.selectbox if (box.key or "").startswith("owned_licence:"))
    place.set_value(licence)
    return screen.press("add_licence")


def owned(screen: Screen) -> list[tuple[str, int | None, str | None]]:
    """Return the rows of the scenario."""
    return [
        (row.licence, row.seats, None if row.until is None else row.until.isoformat())
        for row in screen.scenario.company.owned_licences
    ]


def test_licences_are_added_in_order_and_their_seats_and_days_typed(screen: Screen) -> None:
    screen.unfold(FOLD)
    add(add(screen, E3), P2)
    assert owned(screen) == [(E3, None, None), (P2, None, None)]
    screen.move(ROW.format(0, "seats"), "90").move(ROW.format(0, "until"), "30/06/2027")
    assert owned(screen) == [(E3, 90, "2027-06-30"), (P2, None, None)]
    assert screen.plan.mix is not None
    assert any(held.kept or held.replaced for held in screen.plan.mix.holdings)
    screen.move(ROW.format(0, "seats"), "").move(ROW.format(0, "until"), "")
    assert owned(screen)[0] == (E3, None, None)
    screen.press(ROW.format(0, "remove"))
    assert owned(screen) == [(P2, None, None)]
    screen.press(UNDO)
    assert [row[0] for row in owned(screen)] == [E3, P2]
    assert not screen.errors


def test_what_is_wrong_is_said_below_its_field_and_kept_there(screen: Screen) -> None:
    add(screen.unfold(FOLD), E3)
    for name, typed, said in (
        ("seats", "none", "'none'"),
        ("seats", "0", "0 is not between 1 and 5,000"),
        ("seats", "9.5", "'9.5' is not a whole number"),
        ("until", "soon", "'soon' is not a date"),
        ("until", "30/06/1999", "'30/06/1999' is out of range"),
    ):
        key = ROW.format(0, name)
        screen.move(key, typed)
        (error,) = screen.errors
        assert said in error
        assert screen.shows(key) == typed
        assert owned(screen) == [(E3, None, None)]
        screen.move(key, "")
        assert not screen.errors
    screen.press("add_licence")
    (error,) = screen.errors
    assert error.startswith("Another licence: no licence is chosen")


def test_seats_that_nobody_takes_and_a_day_before_the_start_are_said_at_their_row(screen: Screen) -> None:
    add(screen.unfold(FOLD), E3)
    before = list(screen.captions)
    screen.move(ROW.format(0, "seats"), "500")
    new = [caption for caption in screen.captions if caption not in before]
    assert any("Microsoft 365 E3" in caption and "380" in caption for caption in new)
    before = list(screen.captions)
    screen.move(ROW.format(0, "until"), "01/02/2020")
    assert any("before the plan starts" in caption for caption in screen.captions if caption not in before)
    assert not screen.errors


def test_twelve_are_the_most_and_one_may_stand_twice(screen: Screen) -> None:
    screen.run()
    changes(screen.state, company__owned_licences=[{"licence": E3, "seats": 2}] * MOST_OWNED)
    screen.unfold(FOLD)
    assert len(screen.scenario.company.owned_licences) == MOST_OWNED
    assert not screen.has("add_licence")
    screen.press(ROW.format(MOST_OWNED - 1, "remove"))
    assert len(screen.scenario.company.owned_licences) == MOST_OWNED - 1
    assert screen.has("add_licence")


def test_a_row_that_others_have_removed_is_not_written_again(screen: Screen) -> None:
    add(screen.unfold(FOLD), E3)
    changes(screen.state, company__owned_licences=[{"licence": P2, "seats": 6}])
    screen.move(ROW.format(0, "seats"), "90")
    assert screen.scenario.company.owned_licences == (OwnedLicence(licence=P2, seats=6),)
