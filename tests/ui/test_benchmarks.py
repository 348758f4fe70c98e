"""What others pay, on the page Prices, and money from the state, on Budget: folded with their sources."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.ui.meeting import texts
from tests.ui.screen import Screen

CAVEAT = "Why it may not fit"


@pytest.mark.extended
def test_the_shares_and_what_governments_estimate_stand_beside_the_plan(screen: Screen) -> None:
    screen.go("prices", "fold:others")
    assert any("is licences and hardware" in text for text in texts(screen))
    shares = screen.table("Licences, work and operation compared with published shares")
    estimates = screen.table("What governments estimate")
    assert list(shares["Published"]) == ["40% to 60%", "20% to 30%", "15% to 30%"]
    assert all(shares[CAVEAT])
    assert all(estimates[CAVEAT][1:])


@pytest.mark.extended
def test_who_does_what_is_a_table_and_nights_are_a_sentence(screen: Screen) -> None:
    screen.go("budget", "fold:operation_tables")
    assert any("At night and at weekends nobody watches" in text for text in texts(screen))
    assert len(screen.table("Who does what, and what it takes")) == 8
    screen.move("choices.monitoring", "MDR")
    assert any("The MDR watches day and night" in text for text in texts(screen))


@pytest.mark.extended
def test_a_scheme_that_could_fit_is_a_chance_and_one_that_cannot_is_said(screen: Screen, says: Says) -> None:
    screen.go("budget", "fold:schemes")
    assert any("drawn by lot. This is a chance" in text for text in texts(screen))
    assert list(screen.table("Schemes, sizes and conditions")["Scheme"]) == ["MID-Digitale Sicherheit"]
    screen.move("company.employees:slider", 250)
    assert any("none of the known schemes fits" in text for text in texts(screen))
    says(list(screen.table("Schemes, sizes and conditions")["Fits"]))


def test_what_a_tax_adviser_is_asked_stands_under_the_tables_of_the_controller(screen: Screen) -> None:
    screen.go("budget").with_table("tax")
    assert any("work of a consultant" in text and "keys" in text for text in screen.captions)
