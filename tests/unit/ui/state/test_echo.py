"""What the browser is told of a text field while somebody begins to type into it."""

from __future__ import annotations

from zt_planner.ui.seams import written
from zt_planner.ui.state.echo import NOTHING, WidgetEcho


def test_what_the_browser_has_sent_back_is_not_told_again_though_it_says_of_no_run_that_it_is_drawn() -> None:
    echo = WidgetEcho()
    assert echo.must_send("15", NOTHING, 1)
    assert echo.must_send("15", written("15"), 2)
    assert not echo.must_send("15", "15", 3)


def test_a_text_that_was_sent_back_before_another_was_told_is_told_again() -> None:
    echo = WidgetEcho()
    assert echo.must_send("15", NOTHING, 1)
    assert not echo.must_send("15", "15", 2)
    assert echo.must_send("16", "15", 3)
    assert echo.must_send("15", "15", 4)


def test_of_a_number_nobody_knows_who_has_set_it_so_it_is_told_until_it_is_drawn() -> None:
    echo = WidgetEcho()
    assert echo.must_send(15, NOTHING, 1)
    assert echo.must_send(15, 15, 2)
    echo.confirm_drawn(2)
    assert not echo.must_send(15, 15, 3)
