"""How sure a plan is: who is told, about which plan, and when nothing is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette

from tests.unit.server.asgi import ask
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.server import outlook
from zt_planner.workspace.keys import ME, cookie_of

if TYPE_CHECKING:
    from tests.unit.server.house import House
    from zt_planner.workspace.keys import Key

APP = Starlette(routes=list(outlook.ROUTES))


@pytest.fixture(autouse=True)
def _in_the_house(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the house's workspace."""
    monkeypatch.setattr(bootstrap, "workspace", lambda: house.workspace)


def told(key: Key, participant: str | None = None) -> dict[str, Any]:
    """Return what somebody is told about their plan."""
    named = "" if participant is None else f"&{ME}={participant}"
    answer = ask(APP, f"/outlook?language=en{named}", cookies={cookie_of(participant): key})
    assert answer.status == 200
    assert answer.header("cache-control") == "no-store"
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_the_bands_of_the_plan_are_told_with_its_version_and_title(house: House) -> None:
    said = told(house.key)
    assert [band["sure"].split(" ")[0] for band in said["bands"]] == ["80%"] * 3
    assert "See the Uncertainty page." in said["sentence"]
    assert said["version"] == house.workspace.plan(house.state(house.key)).scenario.version
    assert said["title"].startswith("Zero Trust for 150 people: ")


def test_a_stranger_is_told_nothing() -> None:
    assert json.loads(ask(APP, "/outlook").body) == {}


def test_a_viewer_who_may_not_see_day_rates_is_told_of_the_plan_without_them(house: House) -> None:
    viewer, seat = house.joined(Role.VIEWER)
    seen = told(viewer, seat.participant.id)
    assert seen == told(house.key)
    house.workspace.people.set_rules(house.owner, Rules(hides_rates=True))
    hidden = told(viewer, seat.participant.id)
    assert hidden["bands"][0] == seen["bands"][0]
    assert hidden["bands"][1] != seen["bands"][1]
    house.workspace.change(house.owner, {"labour.external_day_rate": "1900"})
    after = told(viewer, seat.participant.id)
    assert after == hidden


def test_a_plan_without_work_has_no_bands(house: House) -> None:
    left_out = {f"tasks.edits.{it}.in_scope": False for it in house.workspace.phase_model.by_id}
    house.workspace.change(house.owner, left_out)
    assert told(house.key) == {}


def test_nothing_is_said_while_the_store_is_away(house: House) -> None:
    house.store.is_away = True
    assert told(house.key) == {}
