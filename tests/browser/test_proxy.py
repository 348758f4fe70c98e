"""The proxy that we ship, before two processes on one database: TLS, one process for a browser, and what it closes."""

from __future__ import annotations

import os
import re
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from copy import copy
from email.message import Message
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import SECONDS_TO_START, free_port, has_ended
from tests.programs import program
from zt_planner.domain.session import Role
from zt_planner.resources import root
from zt_planner.server.join import AWAY
from zt_planner.settings import variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from tests.browser.site import Server, Visit
    from tests.postgres import Postgres
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

pytestmark = [pytest.mark.browser, pytest.mark.extended]

TOKEN = "a-token-for-metrics-of-a-test"  # noqa: S105 - no secret
LINK = "a-token-of-a-link-of-a-test"
SECONDS_OF_A_CHECK = 3
"""In which the proxy asks each process once."""
ANY_CERTIFICATE = ssl._create_unverified_context()  # noqa: S323, SLF001 - the proxy's own, made a moment ago


@pytest.fixture
def two(serve: Callable[[], Server], postgres: Postgres) -> Iterator[tuple[Server, Server]]:
    """Return two processes on one database, as the proxy's container starts them."""
    url = postgres.new_database()
    servers = (serve(), serve())
    for server in servers:
        server.settings |= {
            variable("database_url"): url,
            variable("metrics_token"): TOKEN,
            variable("allowed_hosts"): "localhost",
        }
        server.start()
    yield servers
    for server in servers:
        server.stop()


def asked(address: str, **headers: str) -> tuple[int, Message, str]:
    """Return the status of an answer, its headers, and its body."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=20, context=ANY_CERTIFICATE) as answer:  # noqa: S310 - as above
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, Message(), ""


@pytest.fixture
def front(two: tuple[Server, Server], tmp_path: Path) -> Iterator[Server]:
    """Return the proxy as a server, which leads to the two."""
    ports = {number: str(free_port()) for number in ("8080", "8081", "8443")}
    text = (root() / "deploy" / "Caddyfile").read_text("utf-8")
    file = tmp_path / "Caddyfile"
    text = re.sub("808[01]|8443", lambda found: ports[found[0]], text)
    file.write_text(text.replace("\tlog {\n", "\tlog {\n\t\tlevel DEBUG\n"), "utf-8")  # to see all that it could write
    settings = os.environ | {
        "PLANNER_HOST": "localhost",
        "PLANNER_PROCESSES": " ".join(server.address.removeprefix("http://") for server in two),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [program("caddy"), "run", "--config", file, "--adapter", "caddyfile"], env=settings, stdout=log, stderr=log
        )
    found = copy(two[0])
    found.address = f"https://localhost:{ports['8443']}"
    deadline = time.monotonic() + SECONDS_TO_START
    while asked(f"{found.address}/health")[0] != 200:
        assert not has_ended(process), (tmp_path / "log").read_text("utf-8")
        assert time.monotonic() < deadline, (tmp_path / "log").read_text("utf-8")
    yield found
    process.terminate()
    process.wait(timeout=10)


def has_page_of(server: Server, role: Role) -> bool:
    """Tell whether the page of someone with this role is open at a process."""
    status, _, body = asked(f"{server.address}/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    return f'zt_planner_open_pages{{role="{role}"}} 1.0' in body


def have_moved_to(server: Server, **pages: Visit) -> None:
    """Wait until pages are live at a process; what is typed before does not count."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not all(has_page_of(server, Role(role)) for role in pages):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    for page in pages.values():
        expect_badge(page, "Live")
        page.calm()


def test_two_people_plan_through_the_proxy_and_lose_a_process(
    front: Server,
    two: tuple[Server, Server],
    visit: Callable[..., Visit],
    price_book: PriceBook,
    phase_model: PhaseModel,
    today: date,
) -> None:
    owner = visit(front, ignore_https_errors=True)
    party = Party(owner, price_book, phase_model, today)
    guest = party.joins(visit(front, is_new=True, ignore_https_errors=True), Role.EDITOR)
    guest.set("People, as a number", 160)
    owner.says("Zero Trust for 160 people")
    assert all(cookie["secure"] for cookie in owner.context.cookies() if str(cookie["name"]).startswith("zt_planner"))
    assert not owner.troubles + guest.troubles
    (of_proxy,) = (cookie for cookie in owner.context.cookies() if cookie["name"] == "planner_process")
    assert tuple(map(dict(of_proxy).get, ("httpOnly", "secure", "sameSite", "path"))) == (True, True, "Lax", "/")
    status, headers, _ = asked(f"{front.address}/health")
    assert (status, headers["Strict-Transport-Security"], headers["Alt-Svc"]) == (200, "max-age=31536000", None)
    assert [asked(f"{front.address}{path}")[0] for path in ("/ready", "/metrics")] == [404, 404]
    kept, lost = sorted(two, key=lambda server: has_page_of(server, Role.OWNER))
    lost.stop(signal.SIGKILL)
    have_moved_to(kept, owner=owner, editor=guest)
    guest.set("People, as a number", 170)
    owner.says("Zero Trust for 170 people")
    owner.receives("People, as a number", 170)
    owner.set("People, as a number", 180)
    guest.says("Zero Trust for 180 people")
    expect(owner.number("People, as a number")).to_have_value("180")
    party.close()


def test_while_the_database_is_away_pages_say_so_themselves(front: Server, postgres: Postgres) -> None:
    postgres.stop()
    try:
        time.sleep(SECONDS_OF_A_CHECK)  # the proxy has asked both processes since
        status, headers, body = asked(f"{front.address}/join/{LINK}")
    finally:
        postgres.start()
    assert (status, headers["Strict-Transport-Security"]) == (503, "max-age=31536000")
    assert AWAY in body


def test_when_no_process_answers_a_page_comes_back_by_itself_and_the_log_holds_no_link(
    front: Server, two: tuple[Server, Server], tmp_path: Path
) -> None:
    for server in two:
        server.stop(signal.SIGKILL)
    status, headers, body = asked(f"{front.address}/join/{LINK}")
    assert (status in {502, 503}, headers["Strict-Transport-Security"]) == (True, "max-age=31536000")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Set-Cookie"] is None or "HttpOnly" in headers["Set-Cookie"]
    assert '<meta http-equiv="refresh" content="5">' in body
    assert "antwortet nicht" in body
    log = (tmp_path / "log").read_text("utf-8")
    assert "http.log.error" in log
    assert LINK not in log
    two[0].start()
    assert asked(f"{front.address}/health")[0] == 200
