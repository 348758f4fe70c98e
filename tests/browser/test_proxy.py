"""The proxy that we ship, before two processes on one database: TLS, one process for a browser, and what it closes."""

from __future__ import annotations

import re
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import SECONDS_TO_START, Server, Visit, free_port
from tests.house.test_monitoring import Listening, Quiet
from tests.postgres import Postgres
from tests.programs import program
from zt_planner.defaults import INVALID_LINKS_A_MINUTE, SECONDS
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role
from zt_planner.resources import root
from zt_planner.server.http.compressed import compressed
from zt_planner.server.join import AWAY
from zt_planner.settings import variable
from zt_planner.ui.seams import scripts

pytestmark = pytest.mark.extended

TOKEN = "a-token-for-metrics-of-a-test"  # noqa: S105 - no secret
LINK = "a-token-of-a-link-of-a-test"
SECONDS_OF_A_CHECK = 3
"""In which the proxy asks each process once."""
MOST_BODY_BYTES = 12_000_000
"""Of the proxy; the program takes less, and says so before the proxy has counted."""
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


def asked(address: str, content: bytes | None = None, **headers: str) -> tuple[int, Message, str]:
    """Return the status of an answer, its headers, and its body."""
    request = urllib.request.Request(address, content, headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=20, context=ANY_CERTIFICATE) as answer:  # noqa: S310 - as above
            return answer.status, answer.headers, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, Message(), ""


class Shipped(Server):
    """Caddy with the file that we ship, at ports of its own."""

    def __init__(self, folder: Path, today: date, *processes: str) -> None:
        """Choose ports, and where it leads to; nothing runs yet."""
        super().__init__(folder, today)
        ports = {number: str(free_port()) for number in ("8080", "8081", "8443")}
        self.address, self.plain = f"https://localhost:{ports['8443']}", f"localhost:{ports['8080']}"
        self.file, self.log = folder / "Caddyfile", folder / "log.txt"
        text = (root() / "deploy" / "Caddyfile").read_text("utf-8")
        text = re.sub("808[01]|8443", lambda found: ports[found[0]], text)
        text = text.replace("\tlog {\n", "\tlog {\n\t\tlevel DEBUG\n")  # to see all that it could write
        self.file.write_text(text, "utf-8")
        self.settings |= {
            "PLANNER_HOST": "localhost",
            "PLANNER_PROCESSES": " ".join(processes),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }

    def start(self) -> None:
        """Start it and return once a process answers through it."""
        command = [program("caddy"), "run", "--config", str(self.file), "--adapter", "caddyfile"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.settings, stdout=log, stderr=log)
        self.wait()

    def answers(self) -> bool:
        """Tell whether a process answers through it."""
        return asked(self.address + self.health)[0] == 200


@pytest.fixture
def front(two: tuple[Server, Server], tmp_path: Path, today: date) -> Iterator[Shipped]:
    """Return the proxy as a server, which leads to the two."""
    found = Shipped(tmp_path, today, *(server.address.removeprefix("http://") for server in two))
    found.settings[variable("database_url")] = two[0].settings[variable("database_url")]
    found.start()
    yield found
    found.stop()


@pytest.fixture
def people(
    front: Shipped, visit: Callable[..., Visit], price_book: PriceBook, phase_model: PhaseModel, today: date
) -> Iterator[tuple[Visit, Visit]]:
    """Return the pages of an owner and of an editor, through the proxy."""
    party = Party(visit(front, ignore_https_errors=True), price_book, phase_model, today)
    yield party.owner, party.joins(visit(front, is_new=True, ignore_https_errors=True), Role.EDITOR)
    party.close()


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
    people: tuple[Visit, Visit], front: Shipped, two: tuple[Server, Server]
) -> None:
    owner, guest = people
    guest.set("People, as a number", 160)
    owner.says("Zero Trust for 160 people")
    assert all(cookie["secure"] for cookie in owner.context.cookies() if str(cookie["name"]).startswith("zt_planner"))
    assert not owner.troubles + guest.troubles
    (of_proxy,) = (cookie for cookie in owner.context.cookies() if cookie["name"] == "planner_process")
    assert tuple(map(dict(of_proxy).get, ("httpOnly", "secure", "sameSite", "path"))) == (True, True, "Lax", "/")
    status, headers, _ = asked(f"{front.address}/health")
    assert (status, headers["Strict-Transport-Security"], headers["Alt-Svc"]) == (200, "max-age=31536000", None)
    assert [asked(f"{front.address}{path}")[0] for path in ("/ready", "/metrics")] == [404, 404]
    path, file = next(iter(scripts().items()))
    _, headers, _ = asked(front.address + path, None, **{"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert (headers["Content-Encoding"], headers["Content-Length"]) == ("gzip", str(len(compressed(file))))
    kept, lost = sorted(two, key=lambda server: has_page_of(server, Role.OWNER))
    lost.stop(signal.SIGKILL)
    have_moved_to(kept, owner=owner, editor=guest)
    guest.set("People, as a number", 170)
    owner.says("Zero Trust for 170 people")
    owner.receives("People, as a number", 170)
    owner.set("People, as a number", 180)
    guest.says("Zero Trust for 180 people")
    expect(owner.number("People, as a number")).to_have_value("180")


def test_an_address_has_its_tries_once_and_not_at_each_process(two: tuple[Server, Server]) -> None:
    began = time.monotonic()
    tries = [f"{server.address}/join/short" for server in two] * INVALID_LINKS_A_MINUTE
    answers = Counter(asked(address, Host="localhost")[0] for address in tries)
    came_back = (time.monotonic() - began) * INVALID_LINKS_A_MINUTE / SECONDS
    assert answers.keys() == {404, 429}
    assert INVALID_LINKS_A_MINUTE <= answers[404] <= INVALID_LINKS_A_MINUTE + came_back + 1


def test_the_proxy_itself_starts_again_and_nobody_loads_a_page(people: tuple[Visit, Visit], front: Shipped) -> None:
    owner, guest = people
    for seen in people:
        seen.page.evaluate("() => { window.isTheSame = true; }")
    front.stop(signal.SIGKILL)
    for seen in people:
        expect_badge(seen, "Reconnecting…")
    front.start()
    for seen in people:
        expect_badge(seen, "Live")
    guest.set("People, as a number", 160)
    owner.says("Zero Trust for 160 people")
    owner.receives("People, as a number", 160)
    owner.set("People, as a number", 170)
    guest.says("Zero Trust for 170 people")
    for seen in people:
        assert seen.page.evaluate("() => window.isTheSame")
        assert not seen.troubles


def test_while_the_database_is_away_pages_say_so_themselves(front: Shipped, postgres: Postgres) -> None:
    postgres.stop()
    try:
        time.sleep(SECONDS_OF_A_CHECK)  # the proxy has asked both processes since
        status, headers, body = asked(f"{front.address}/join/{LINK}")
    finally:
        postgres.start()
    assert (status, headers["Strict-Transport-Security"]) == (503, "max-age=31536000")
    assert AWAY in body


def test_when_no_process_answers_a_page_comes_back_by_itself_and_the_log_holds_no_link(
    front: Shipped, two: tuple[Server, Server]
) -> None:
    for server in two:
        server.stop(signal.SIGKILL)
    status, headers, body = asked(f"{front.address}/join/{LINK}")
    assert (status in {502, 503}, headers["Strict-Transport-Security"]) == (True, "max-age=31536000")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Set-Cookie"] is None or "HttpOnly" in headers["Set-Cookie"]
    assert '<meta http-equiv="refresh" content="5">' in body
    assert "antwortet nicht" in body
    log = front.log.read_text("utf-8")
    assert "http.log.error" in log
    assert LINK not in log
    two[0].start()
    assert asked(f"{front.address}/health")[0] == 200


# What the proxy answers by itself


@pytest.fixture
def alone(tmp_path: Path, today: date) -> Iterator[Shipped]:
    """Return the proxy before something that takes bodies of every length: the program's own limit would come first."""

    class Greedy(Quiet):
        def do_GET(self) -> None:  # noqa: N802 - the name that is called
            self.answer("as it is " * 1000)

        def do_POST(self) -> None:  # noqa: N802 - as above
            self.answer(str(len(self.rfile.read(int(self.headers["Content-Length"])))))

    behind = Listening(Greedy)
    found = Shipped(tmp_path, today, behind.address)
    found.start()
    yield found
    found.stop()
    behind.close()


def test_a_request_without_tls_is_led_to_the_same_address_with_it(alone: Shipped) -> None:
    with closing(HTTPConnection(alone.plain, timeout=20)) as connection:
        connection.request("GET", f"/join/{LINK}?language=de")
        answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://localhost/join/{LINK}?language=de")


def test_the_proxy_itself_ends_a_body_that_is_too_long(alone: Shipped) -> None:
    status, _, came = asked(alone.address, bytes(MOST_BODY_BYTES))
    assert (status, came) == (200, str(MOST_BODY_BYTES))
    status, headers, _ = asked(alone.address, bytes(MOST_BODY_BYTES + 1))
    assert status in {413, 502}  # an older Caddy's answer is 502
    assert headers["Cache-Control"] == "no-store"
    assert "request body too large" in alone.log.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "accepted", "sent"),
    [
        ("/static/js/a.js", "gzip, deflate, br, zstd", "zstd"),
        ("/static/js/a.js", "gzip", "gzip"),
        ("/planner/static/js/a.js", "gzip", "gzip"),
        ("/static/js/a.js", "br", None),
        ("/live", "gzip", None),
        ("/", "gzip", None),
    ],
)
def test_the_proxy_compresses_scripts_where_a_process_has_not_and_nothing_else(
    alone: Shipped, path: str, accepted: str, sent: str | None
) -> None:
    status, headers, _ = asked(alone.address + path, None, **{"Accept-Encoding": accepted})
    assert (status, headers["Content-Encoding"]) == (200, sent)
