"""A page of another origin, even of another port of this machine, neither reads nor changes anything here."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.party import Party
from tests.browser.site import HOST, Server
from tests.routes import example, paths
from zt_planner.domain.session import Role
from zt_planner.ui.seams import CORE

OTHERS = ("null", f"http://{HOST}:1", "http://localhost:3000", "https://evil.example")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ADDRESSES = sorted(map(example, paths()))
each_address = pytest.mark.parametrize("path", ADDRESSES)


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, Message]:
    """Ask for a path; return status and headers of the answer."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(server.address + path, headers=sent, method=method)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code, refused.headers


def is_kept(status: int, headers: Message) -> bool:
    """Tell whether an answer is a refusal that nobody may read or frame."""
    told = {name.lower(): value for name, value in headers.items()}
    return (
        status in {403, 404}
        and not [name for name in told if name.startswith(("access-control-", "set-cookie"))]
        and told["cross-origin-resource-policy"] == "same-origin"
        and told["x-frame-options"] == "SAMEORIGIN"
        and "frame-ancestors" in told["content-security-policy"]
    )


# By HTTP


@each_address
def test_no_route_answers_a_page_of_another_origin(server: Server, path: str) -> None:
    for method in METHODS:
        for origin in OTHERS:
            assert is_kept(*asked(server, path, method, origin=origin)), (method, origin)


@each_address
def test_no_route_gives_its_answer_into_a_page_of_another_origin(server: Server, path: str) -> None:
    for site in ("same-site", "cross-site"):
        for kind in ("iframe", "image", "script", "style", "empty"):
            assert is_kept(*asked(server, path, sec_fetch_site=site, sec_fetch_dest=kind)), (site, kind)


@each_address
def test_no_route_lets_another_origin_read_what_it_answers_a_page_of_ours(server: Server, path: str) -> None:
    _, headers = asked(server, path, origin=server.address)
    assert headers.get("access-control-allow-origin") is None
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_pages_of_ours_are_answered(server: Server) -> None:
    for path in ("/", "/health", f"{CORE}health", f"{CORE}host-config"):
        assert asked(server, path, origin=server.address)[0] == 200
        assert asked(server, path, sec_fetch_site="cross-site", sec_fetch_dest="document")[0] == 200


@pytest.mark.parametrize("origin", OTHERS)
def test_a_page_of_another_origin_opens_no_websocket(server: Server, origin: str) -> None:
    address = f"{server.address.replace('http', 'ws')}{CORE}stream"
    with connect(address, origin=Origin(server.address)):
        pass
    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=Origin(origin)):
        pass


# In a browser

TRIED = """
async ([address, paths]) => {
  const ended = (thing, good) => new Promise((done, failed) => { thing[good] = done; thing.onerror = failed; });
  const placed = (tag, source) => {
    const thing = Object.assign(document.createElement(tag), { src: source });
    document.body.append(thing);
    return ended(thing, "onload");
  };
  const sent = (path, method, mode) =>
    fetch(address + path, { method, mode, credentials: "include", body: method === "GET" ? undefined : "x" });
  const attempts = paths.flatMap((path) => [
    ["read", path, () => sent(path, "GET", "cors")],
    ["read unseen", path, () => sent(path, "GET", "no-cors")],
    ["picture", path, () => placed("img", address + path)],
    ["script", path, () => placed("script", address + path)],
    ["stream", path, () => {
      const stream = new EventSource(address + path, { withCredentials: true });
      return ended(stream, "onopen").finally(() => stream.close());
    }],
    ["socket", path, () => ended(new WebSocket(address.replace("http", "ws") + path), "onopen")],
    ["send unseen", path, () => sent(path, "POST", "no-cors")],
    ...["POST", "PUT", "PATCH", "DELETE"].map((method) => [method, path, () => sent(path, method, "cors")]),
  ]);
  const done = [];
  for (const [name, path, work] of attempts) {
    await work().then(() => done.push(`${name} ${path}`), () => undefined);
  }
  return done;
}
"""
"""Tries to read and to change by every means that a page has; returns what has succeeded."""
FORM = """
(address) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: address });
  document.body.append(form);
  form.submit();
}
"""


class Blank(BaseHTTPRequestHandler):
    """Answers with an empty page."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>other</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def other_server() -> Iterator[int]:
    """Serve an empty page on another port."""
    with ThreadingHTTPServer((HOST, 0), Blank) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        yield served.server_port
        served.shutdown()


@pytest.fixture(params=[HOST, "localhost"])
def hostile(party: Party, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a tab of the owner's browser at a page of another port, and of another site."""
    with other_server() as port:
        page = party.owner.tab()
        page.goto(f"http://{request.param}:{port}/")
        yield page


extended = pytest.mark.extended


@extended
def test_a_foreign_page_in_the_owners_browser_neither_reads_nor_changes_anything(party: Party, hostile: Page) -> None:
    before = (party.state.number, party.store.seats.people(party.session))
    link = party.link(Role.EDITOR).removeprefix(party.server.address)
    seat = party.owner.page.url.removeprefix(party.server.address)
    tried = sorted({*ADDRESSES, link, seat, "/roadmap"})
    assert hostile.evaluate(TRIED, [party.server.address, tried]) == []
    assert (party.state.number, party.store.seats.people(party.session)) == before
    readable = party.owner.page.evaluate(TRIED, [party.server.address, ["/health", f"{CORE}stream"]])
    assert {"read /health", f"socket {CORE}stream"} <= set(readable)  # what is tried does work where it may


@extended
def test_a_foreign_form_takes_no_seat(party: Party, hostile: Page) -> None:
    link, people = party.link(Role.EDITOR), party.store.seats.people(party.session)
    with hostile.expect_response(link) as answered:
        hostile.evaluate(FORM, link)
    assert answered.value.status == 403
    assert party.store.seats.people(party.session) == people


@extended
def test_a_foreign_page_frames_nothing(party: Party, hostile: Page) -> None:
    source = f"{party.server.address}/"
    with hostile.expect_response(source) as answered:
        hostile.evaluate(
            "(source) => { document.body.append(Object.assign(document.createElement('iframe'), { src: source })) }",
            source,
        )
    assert answered.value.status == 403


@extended
def test_a_foreign_page_leads_to_ours_and_holds_nothing_of_it(party: Party, hostile: Page) -> None:
    with hostile.expect_popup() as opened:
        hostile.evaluate("(source) => { window.held = window.open(source) }", f"{party.server.address}/")
    ours = opened.value
    expect(ours.get_by_role("heading", level=1)).to_contain_text("150 people")
    assert ours.evaluate("() => window.opener") is None
    assert hostile.evaluate("() => window.held.closed") is True
    ours.close()
