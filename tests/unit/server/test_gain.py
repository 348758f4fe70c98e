"""What levelling would bring: who is told, about which plan, and when nothing is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from tests.unit.server.asgi import ask
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.errors import NotAllowed, TooMuchWaits
from zt_planner.server import gain
from zt_planner.workspace import levelling
from zt_planner.workspace.jobs import Jobs
from zt_planner.workspace.keys import ME, cookie_of
from zt_planner.workspace.levelling import GAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.server.house import House
    from zt_planner.workspace import State, Workspace
    from zt_planner.workspace.jobs import Job
    from zt_planner.workspace.keys import Key

APP = Starlette(routes=list(gain.ROUTES))
KEPT = {"kickoff", "inventory", "works_council", "licence_order", "admin_mfa", "directory"}


@pytest.fixture(autouse=True)
def _at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where it is asked for, in the house's workspace."""
    monkeypatch.setattr(bootstrap, "workspace", lambda: house.workspace)
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    monkeypatch.setattr(levelling, "REST", 0)


def few_tasks(house: House) -> State:
    """Return the owner's plan with six tasks and given teams: three days can be saved."""
    left_out = {f"tasks.edits.{it}.in_scope": False for it in house.workspace.phase_model.by_id if it not in KEPT}
    return house.workspace.change(house.owner, {"timeline.mode": "capacity", **left_out})


def line(key: Key, version: str, participant: str | None = None) -> str:
    """Return what somebody is told about a version of a plan."""
    named = "" if participant is None else f"&{ME}={participant}"
    answer = ask(APP, f"/gain?language=en&version={version}{named}", cookies={cookie_of(participant): key})
    assert answer.status == 200
    assert answer.header("cache-control") == "no-store"
    return str(json.loads(answer.body)["text"]).replace("\N{NO-BREAK SPACE}", " ")


def test_who_may_change_a_plan_is_told_what_levelling_would_bring(house: House) -> None:
    told = line(house.key, few_tasks(house).scenario.version)
    assert told.startswith("Levelling would finish on ")
    assert "3 working days earlier" in told


def test_another_version_of_the_plan_is_not_told_about(house: House) -> None:
    few_tasks(house)
    assert line(house.key, "another") == ""


def test_a_stranger_is_told_nothing() -> None:
    answer = ask(APP, "/gain?version=x")
    assert (answer.status, json.loads(answer.body)) == (200, {"text": ""})


def test_a_viewer_is_told_nothing(house: House) -> None:
    version = few_tasks(house).scenario.version
    viewer, seat = house.joined(Role.VIEWER)
    assert house.state(viewer).scenario.version == version
    assert line(viewer, version, seat.participant.id) == ""
    with pytest.raises(NotAllowed):
        levelling.ask_levelling(house.workspace, house.state(viewer), "me")
    assert line(house.key, version)


def test_an_answer_is_given_up_when_the_server_stops(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    version = few_tasks(house).scenario.version
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda _: None))
    monkeypatch.setattr(gain, "is_closing", lambda: True)
    assert line(house.key, version) == ""


def test_a_levelled_plan_has_nothing_to_gain(house: House) -> None:
    state = house.workspace.change(few_tasks(house), {"levelling.starts": [["kickoff", "2027-01-04"]]})
    assert line(house.key, state.scenario.version) == ""


def test_limits_in_conflict_leave_nothing_to_say(house: House) -> None:
    state = house.workspace.change(few_tasks(house), {"finance.monthly_cap": 1})
    assert line(house.key, state.scenario.version) == ""


def test_nothing_is_said_while_too_much_waits_or_the_store_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = few_tasks(house).scenario.version

    def refuse(*_: object) -> None:
        raise TooMuchWaits

    monkeypatch.setattr(gain, "ask_levelling", refuse)
    assert line(house.key, version) == ""
    house.store.is_away = True
    assert line(house.key, version) == ""


def test_an_answer_waits_until_the_work_is_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    version, looks = few_tasks(house).scenario.version, []
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(Jobs, "launch", staticmethod(waiting.append))
    monkeypatch.setattr(gain, "SECONDS_BETWEEN_LOOKS", 0)

    def looked(workspace: Workspace, state: State, owner: str, kind: str) -> Job | None:
        looks.append(kind)
        if len(looks) == 3:
            waiting.pop()()
        return levelling.levelling_job(workspace, state, owner, kind)

    monkeypatch.setattr(gain, "levelling_job", looked)
    assert line(house.key, version).startswith("Levelling would finish on ")
    assert looks == [GAIN] * 3


def test_a_plan_that_moves_on_while_it_rests_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    state = few_tasks(house)
    monkeypatch.setattr(levelling, "REST", 60)

    def moved_on(run: Callable[[], None]) -> None:
        house.workspace.jobs.cancel("me", GAIN)
        run()

    monkeypatch.setattr(Jobs, "launch", staticmethod(moved_on))
    levelling.ask_levelling(house.workspace, state, "me", GAIN)
    job = levelling.levelling_job(house.workspace, state, "me", GAIN)
    assert job is not None
    assert job.result is None


def test_what_is_only_shown_beside_amounts_has_the_same_proposal(house: House) -> None:
    levelling.ask_levelling(house.workspace, few_tasks(house), "me")
    shown = house.workspace.change(house.state(house.key), {"display.currency": "CHF"})
    job = levelling.levelling_job(house.workspace, shown, "me")
    assert job is not None
    assert job.result is not None
