"""What containers, proxies and monitors are answered."""

from __future__ import annotations

import json
from math import isnan
from threading import Event
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from tests.launched import Queue, request
from tests.unit.server.asgi import Answer, ask, finished
from tests.unit.server.house import House
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.server import probes
from zt_planner.server.live.hub import Hub
from zt_planner.store.calculations import QueueCounts
from zt_planner.store.database import Database
from zt_planner.store.tables import VERSION, schema
from zt_planner.workspace.keys import hash_of
from zt_planner.workspace.runners.job_runner import Jobs

APP = Starlette(routes=list(probes.ROUTES))
TOKEN = {"authorization": "Bearer 0123456789abcdef"}


def told(answer: Answer) -> tuple[int, str]:
    """Return the status of an answer, and the reason that it names."""
    said = json.loads(answer.body)
    return answer.status, said.get("reason", said["status"])


def shown() -> dict[str, float]:
    """Return the metrics that have no label, and the labelled ones by label; the rest of a histogram is its count."""
    answer = ask(APP, "/metrics", headers=TOKEN)
    assert answer.status == 200
    return {
        sample.name + "".join(f"[{value}]" for name, value in sample.labels.items() if name in {"role", "stage"}): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.body)
        for sample in family.samples
        if sample.name.startswith("zt_planner_")
    }


@pytest.fixture
def _with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_METRICS_TOKEN", "0123456789abcdef")


def test_health_needs_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "workspace", lambda: pytest.fail("the store was asked"))
    assert told(ask(APP, "/health")) == (200, "ok")


@pytest.mark.usefixtures("hub")
def test_a_process_with_its_store_is_ready() -> None:
    assert told(ask(APP, "/ready")) == (200, "ready")


@pytest.mark.usefixtures("hub")
def test_a_store_that_is_away_makes_it_unready_until_it_is_back(house: House) -> None:
    file = house.store.database.file
    assert file is not None
    away = file.rename(file.with_name("elsewhere"))
    assert told(ask(APP, "/ready")) == (503, probes.FAILS)
    away.rename(file)
    assert told(ask(APP, "/ready")) == (200, "ready")


@pytest.mark.usefixtures("hub")
def test_tables_that_another_version_has_changed_meanwhile_make_it_unready(house: House) -> None:
    with house.store.database.writing() as connection:
        connection.execute(schema.insert().values(version=VERSION + 1))
    assert told(ask(APP, "/ready")) == (503, probes.OTHER)


@pytest.mark.usefixtures("hub")
def test_a_process_that_begins_at_tables_of_a_later_version_is_unready(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.store.database.writing() as connection:
        connection.execute(schema.insert().values(version=VERSION + 1))
    assert house.store.database.file is not None
    monkeypatch.setattr(house.store, "database", Database.in_file(house.store.database.file))
    assert told(ask(APP, "/ready")) == (503, probes.OTHER)


@pytest.mark.usefixtures("hub")
def test_a_database_that_is_silent_makes_it_unready(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Event()
    monkeypatch.setattr(house.store.database, "is_of_this_version", answers.wait)
    monkeypatch.setattr(probes, "SECONDS_TO_ANSWER", 0)
    assert finished(probes.reason_against()) == probes.SILENT
    answers.set()


def test_a_process_that_stops_is_unready(hub: Hub) -> None:
    hub.is_closing = True
    assert told(ask(APP, "/ready")) == (503, probes.STOPPING)


@pytest.mark.usefixtures("hub")
def test_metrics_are_there_for_whoever_has_the_token_only(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = ask(APP, "/metrics")
    assert unknown.status == 404
    assert ask(APP, "/metrics", headers=TOKEN) == unknown
    monkeypatch.setenv("ZT_PLANNER_METRICS_TOKEN", "0123456789abcdef")
    wrong: tuple[dict[str, str], ...] = (
        {},
        {"authorization": "Bearer 0123456789abcdeF"},
        {"authorization": "0123456789abcdef"},
    )
    assert {ask(APP, "/metrics", headers=sent) for sent in wrong} == {unknown}
    assert ask(APP, "/metrics", headers=TOKEN).status == 200


@pytest.mark.usefixtures("hub", "_with_token")
def test_metrics_say_how_it_stands(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    launched = Queue()
    monkeypatch.setattr(Jobs, "launch", staticmethod(launched.append))
    before = shown()
    house.joined(Role.VIEWER)
    house.change(house.state(house.key), 163)  # as nowhere else: a plan that is cached is not computed
    for owner in "abc":
        house.workspace.jobs.submit(request(owner))
    now = shown()
    assert (now["zt_planner_sessions"], now["zt_planner_participants"]) == (1, 2)
    assert now["zt_planner_edits_total"] == before["zt_planner_edits_total"] + 1
    assert (now["zt_planner_calculations[waiting]"], now["zt_planner_calculations[running]"]) == (1, 2)
    assert now["zt_planner_plan_seconds_count"] > before["zt_planner_plan_seconds_count"]
    assert now["zt_planner_store_up"] == 1


@pytest.mark.usefixtures("hub", "house", "_with_token")
def test_metrics_say_what_workers_have_to_do_where_there_is_a_key_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("queue[waiting]", "queue[running]", "queue[stalled]", "worker_places")

    def queue() -> list[float]:
        now = shown()
        return [now[f"zt_planner_{name}"] for name in names]

    assert all(map(isnan, queue()))
    calculations = SimpleNamespace(counts=lambda: QueueCounts(5, 3, 1), places=lambda: 4)
    monkeypatch.setattr(bootstrap, "queue_of", lambda _: (calculations, None))
    assert queue() == [5, 3, 1, 4]


@pytest.mark.usefixtures("_with_token")
def test_metrics_count_open_pages_by_role(house: House, hub: Hub) -> None:
    async def seen() -> dict[str, float]:
        async with hub.page(house.seat(house.key), hash_of(house.key)):
            await probes.measure()
            return shown()

    now = finished(seen())
    assert [now[f"zt_planner_open_pages[{role}]"] for role in Role] == [1, 0, 0]


@pytest.mark.usefixtures("hub", "_with_token")
def test_metrics_say_that_the_store_is_away(house: House) -> None:
    before, file = shown(), house.store.database.file
    assert file is not None
    file.unlink()
    now = shown()
    assert now["zt_planner_store_up"] == 0
    assert str(now["zt_planner_sessions"]) == str(now["zt_planner_participants"]) == "nan"
    assert told(ask(APP, "/ready")) == (503, probes.FAILS)
    assert shown()["zt_planner_store_errors_total"] == before["zt_planner_store_errors_total"]
    house.state(house.key)
    assert shown()["zt_planner_store_errors_total"] > before["zt_planner_store_errors_total"]
