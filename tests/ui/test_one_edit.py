"""What an edit costs on the way from the page to the store: it is resolved once, and its seat is read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.engine import case, planner


def counted(patch: pytest.MonkeyPatch, holder: object, name: str, calls: list[str]) -> None:
    """Note each call of a function from now on."""
    function: Callable[..., object] = getattr(holder, name)

    def noted(*args: object, **named: object) -> object:
        calls.append(name)
        return function(*args, **named)

    patch.setattr(holder, name, noted)


def test_an_edit_makes_one_case_and_one_plan_and_reads_its_seat_once(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.run().move("company.employees:slider", 130)  # the first edit begins the session
    calls: list[str] = []
    counted(monkeypatch, case, "works_of", calls)  # once for each case
    counted(monkeypatch, planner, "costs_of", calls)  # once for each plan
    counted(monkeypatch, bootstrap.workspace().store.seats, "by_key", calls)
    screen.set("company.employees:slider", 187)
    screen.app.run()  # `Screen.run` would make a plan of its own to compare with
    assert screen.scenario.company.employees == 187  # a number of people that no other test has planned
    assert sorted(calls) == ["by_key", "costs_of", "works_of"]


def test_an_edit_of_what_somebody_else_has_just_changed_is_done_again_on_top_of_that(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.run().move("company.employees:slider", 130)
    workspace = bootstrap.workspace()
    history, state = workspace.store.history, screen.state
    append = history.append

    def late(*args: object, **named: object) -> object:
        monkeypatch.setattr(history, "append", append)
        workspace.change(state, {"company.admins": 7})
        return append(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(history, "append", late)
    screen.move("company.employees:slider", 160)
    assert (screen.scenario.company.employees, screen.scenario.company.admins) == (160, 7)
