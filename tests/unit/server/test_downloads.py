"""What `/files/…` gives, to whom, and until when."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.unit.server.asgi import Answer, ask, finished
from tests.unit.server.house import House
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.log_lines import without_secrets
from zt_planner.server import background
from zt_planner.server.downloads import ROUTES
from zt_planner.server.http.base_path import BasePath
from zt_planner.server.http.headers import ResponseHeaders
from zt_planner.settings import variable
from zt_planner.ui.addresses import FILES
from zt_planner.workspace.downloads import Downloads, file_for
from zt_planner.workspace.keys import Key, new_key

APP = BasePath(ResponseHeaders(Starlette(routes=list(ROUTES))))
SECONDS = 60
"""What anything may take on the slowest machine; nothing waits for it."""
NAME = "größe “é” 计划.csv"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """Return the folder of the server's downloads."""
    monkeypatch.setenv(variable("downloads"), str(tmp_path / "downloads"))
    return bootstrap.downloads()


def offered(kept: Downloads, house: House, key: Key) -> str:
    """Offer a file to whoever has a key, and return its path."""
    return f"{FILES}{kept.offer(b'a;b', file_for(house.state(key), NAME, 'text/csv'))}"


def saved(path: str, **headers: str) -> Answer:
    """Ask for a file as a page does."""
    return ask(APP, path, headers=headers)


def test_a_file_is_saved_under_its_name_and_neither_shown_nor_kept_by_the_browser(
    house: House, kept: Downloads
) -> None:
    answer = saved(offered(kept, house, house.key))
    assert (answer.status, answer.body) == (200, "a;b")
    assert answer.header("content-disposition") == (
        "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%E2%80%9C%C3%A9%E2%80%9D%20%E8%AE%A1%E5%88%92.csv"
    )
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "no-store"
    assert answer.header("referrer-policy") == "no-referrer"
    assert "default-src 'none'" in (answer.header("content-security-policy") or "")
    assert not answer.cookies


def test_it_can_be_fetched_again_and_from_another_process(house: House, kept: Downloads) -> None:
    path = offered(Downloads(kept.folder, kept.most_bytes), house, house.key)
    assert [saved(path).body for _ in range(2)] == ["a;b", "a;b"]
    assert saved(path, **{"sec-fetch-site": "same-origin"}).status == 200
    assert saved(path, origin="https://evil.example").status == 403


def test_below_a_base_path_it_is_there_too(house: House, kept: Downloads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("base_path"), "/planner")
    assert saved(f"/planner{offered(kept, house, house.key)}").body == "a;b"


def test_a_plan_that_nobody_has_saved_has_files_too(house: House, kept: Downloads) -> None:
    assert saved(offered(kept, house, new_key())).body == "a;b"


def test_what_is_not_there_is_said_in_the_readers_language(house: House, kept: Downloads) -> None:
    path = offered(kept, house, house.key)
    for gone in (f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}", f"{FILES}sessions.sqlite"):
        answer = saved(gone, **{"accept-language": "de-AT"})
        assert answer.status == 404
        assert answer.body.startswith("Diese Datei liegt nicht mehr auf dem Server.")
        assert not answer.cookies


def test_whose_seat_has_ended_gets_nothing_that_was_offered_before(house: House, kept: Downloads) -> None:
    key, _ = house.joined(Role.VIEWER)
    path = offered(kept, house, key)
    assert saved(path).status == 200
    house.link(Role.VIEWER)
    assert saved(path).status == 404


def test_a_file_with_rates_is_gone_once_rates_are_hidden(house: House, kept: Downloads) -> None:
    key, _ = house.joined(Role.VIEWER)
    path, owners = offered(kept, house, key), offered(kept, house, house.key)
    house.workspace.people.set_rules(house.owner, hides_rates=True)
    assert saved(path).status == 404
    assert saved(owners).status == 200
    assert saved(offered(kept, house, key)).status == 200


def test_while_the_store_is_away_people_can_save_what_they_have(house: House, kept: Downloads) -> None:
    path = offered(kept, house, house.key)
    house.store.database.is_broken = True
    assert saved(path).body == "a;b"


def test_the_id_of_a_file_is_in_no_log(house: House, kept: Downloads) -> None:
    path = offered(kept, house, house.key)
    assert without_secrets(f'"GET /planner{path} HTTP/1.1" 200') == '"GET /planner/files/[hidden] HTTP/1.1" 200'


def test_a_server_that_nobody_asks_deletes_what_is_old(house: House, kept: Downloads) -> None:
    file = kept.folder / offered(kept, house, house.key).removeprefix(FILES)
    os.utime(file, (0, 0))

    async def test() -> None:
        tidying = asyncio.create_task(background.tidy_up(house.store))
        async with asyncio.timeout(SECONDS):
            while file.exists():  # noqa: ASYNC110 - a file tells nobody that it is gone
                await asyncio.sleep(0)
        tidying.cancel()

    finished(test())
