"""What the browser is allowed to do on a page, and what a real server writes into its log."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.party import expect_badge
from tests.browser.site import HOST, THEMES, Server, Visit
from zt_planner.resources import data_dir, root
from zt_planner.workspace.keys import HOME_COOKIE, new_key

Open: TypeAlias = Callable[..., Visit]


def use_everything(seen: Visit) -> None:
    """Open a dialog, download a file, upload one."""
    seen.page.get_by_role("button", name="Why this number?").first.click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    seen.calm().page.keyboard.press("Escape")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    seen.calm().page.get_by_role("button", name="Files", exact=True).click()
    with seen.page.expect_download():
        seen.page.get_by_role("button", name="Tasks", exact=True).click()
    seen.page.keyboard.press("Escape")
    seen.calm().page.get_by_role("button", name="Files", exact=True).click()
    file = next((data_dir() / "scenarios").glob("*.json"))
    seen.page.locator("input[type=file]").set_input_files(file)
    expect(seen.page.get_by_role("button", name=f"Remove {file.name}")).to_be_visible()
    seen.page.get_by_role("button", name="Load", exact=True).click()
    expect(seen.headline).not_to_contain_text("150 people")


@pytest.mark.extended  # every journey asserts that it met no trouble, and this is one
def test_nothing_that_a_page_offers_breaks_the_policy(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 150)  # from now on there is a stream
    expect_badge(seen, "Live")
    for theme in THEMES:
        seen.in_theme(theme)
        use_everything(seen.calm())
    assert not seen.violations
    assert not seen.troubles


@pytest.mark.extended
def test_no_page_breaks_the_policy(visit: Open) -> None:
    seen = visit()
    for path in seen.each_page("en"):
        for theme in THEMES:
            seen.in_theme(theme).calm()
            closed = seen.page.get_by_test_id("stMain").locator("details:not([open]) > summary")
            closed.evaluate_all("folds => folds.forEach(fold => fold.click())")
            for figure in seen.calm().page.get_by_role("figure").all():
                figure.scroll_into_view_if_needed()
            assert not seen.violations, (path, theme)
            assert not seen.troubles, (path, theme)


@pytest.mark.extended
def test_a_text_does_not_become_a_script(visit: Open) -> None:
    seen = visit().open()
    for way in ("eval('1')", "new Function('return 1')()"):
        tried = (
            f"() => new Promise(done => setTimeout(() => {{ try {{ done({way}) }} catch (at) {{ done(at.name) }} }}))"
        )
        assert seen.page.evaluate(tried) == "EvalError"
    assert [text.split()[0] for text in seen.violations] == ["script-src"] * 2


@pytest.mark.extended
def test_a_script_that_is_written_into_a_page_does_not_run_and_nothing_is_sent_to_another_host(visit: Open) -> None:
    seen = visit().open()
    seen.page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.isTaken = true';"
        " document.body.append(script); }"
    )
    assert seen.page.evaluate("() => window.isTaken ?? false") is False
    assert len(seen.violations) == len(seen.troubles) == 1
    assert seen.violations[0].startswith("script-src-elem inline")
    sent = "() => fetch('http://planner.invalid/').then(() => 'sent', () => 'kept')"
    assert seen.page.evaluate(sent) == "kept"
    assert seen.violations[1].startswith("connect-src http://planner.invalid/")
    assert len(seen.troubles) > 1


# Keys


@pytest.mark.extended
def test_an_answer_that_comes_late_takes_no_edited_plan_away(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 150)
    seen.says("Zero Trust for 150 people")
    # What a second first tab of this browser was answered, before it had a key, arrives only now.
    with urllib.request.urlopen(f"{seen.server.address}/", timeout=20) as answer:  # noqa: S310 - our own server
        late = [line.split(";")[0].partition("=") for line in answer.headers.get_all("set-cookie")]
    assert late
    seen.context.add_cookies([{"name": name, "value": key, "url": seen.server.address} for name, _, key in late])
    seen.open().says("Zero Trust for 150 people")
    assert [cookie.get("name") for cookie in seen.context.cookies() if "zt_planner" in str(cookie.get("name"))] == [
        HOME_COOKIE
    ]


# Uploads


class Wire:
    """A page without a browser: it speaks Streamlit's protocol, and uploads as its page does."""

    def __init__(self, server: Server) -> None:
        """Open the page; its WebSocket is not open yet."""
        self.server, self.cookies = server, SimpleCookie()
        for path in ("/", "/_stcore/health"):
            with urllib.request.urlopen(self.request(path), timeout=20) as answer:  # noqa: S310 - our own server
                for line in answer.headers.get_all("set-cookie"):
                    self.cookies.load(line)

    @contextmanager
    def opened(self) -> Iterator[str]:
        """Have the WebSocket open, and give what Streamlit calls the page."""
        address = self.server.address.replace("http", "ws") + "/_stcore/stream"
        origin, cookie = Origin(self.server.address), {"Cookie": self.cookie}
        with connect(address, origin=origin, additional_headers=cookie, max_size=None) as socket:
            message, told = BackMsg(), ForwardMsg()
            message.rerun_script.query_string = ""
            socket.send(message.SerializeToString())
            while told.WhichOneof("type") != "new_session":
                told.ParseFromString(bytes(socket.recv(timeout=20, decode=False)))
            assert str(root()) not in str(told)
            yield told.new_session.initialize.session_id

    @property
    def cookie(self) -> str:
        """What the browser sends."""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items() if morsel.value)

    def request(self, path: str, **more: Any) -> urllib.request.Request:  # noqa: ANN401 - as urllib's
        headers = {"Cookie": self.cookie, "Origin": self.server.address, **more.pop("headers", {})}
        return urllib.request.Request(f"{self.server.address}{path}", headers=headers, **more)  # noqa: S310 - ours

    def put(self, file: str, page: str, **other: str) -> int:
        """Upload a small file, with other headers perhaps; return the answer's status."""
        body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.json"\r\n\r\n{}\r\n--x--\r\n'
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "X-Xsrftoken": self.cookies["_streamlit_xsrf"].value,
            **other,
        }
        asked = self.request(f"/_stcore/upload_file/{page}/{file}", data=body, method="PUT", headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - our own server
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code


@pytest.mark.extended
def test_a_page_uploads_again_and_again_and_nobody_uploads_without_one(serve: Callable[[], Server]) -> None:
    server = serve()
    server.start()
    wire = Wire(server)
    with wire.opened() as page:
        assert [wire.put(f"file{number}", page) for number in range(20)] == [204] * 20
        assert wire.put("file", "another") == 403
        assert wire.put("file", page, **{"X-Xsrftoken": "another"}) == 403
        assert wire.put("file", page, Origin="http://localhost:3000") == 403
    while wire.put("file", page) != 403:  # until the server has heard that the page is closed
        pass
    server.stop()
    assert "Traceback" not in (server.folder / "log.txt").read_text("utf-8")


# Logs


def opened(address: str, **headers: str) -> None:
    """Ask for an address, whatever the answer."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    try:
        urllib.request.urlopen(request, timeout=20).close()  # noqa: S310 - our own server
    except urllib.error.HTTPError as answer:
        answer.close()


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def use_secrets(server: Server) -> tuple[str, str]:
    """Open a link, a page, the stream and the WebSocket, as a browser does; return the secrets."""
    token, key = new_key(), new_key()
    cookie = f"{HOME_COOKIE}={key}"
    opened(f"{server.address}/join/{token}", Cookie=cookie)
    opened(f"{server.address}/live", Cookie=cookie)
    opened(f"{server.address}/", Cookie=cookie)
    opened(f"{server.address}/_stcore/stream", Cookie=cookie, **HANDSHAKE)
    return token, key


@pytest.mark.extended
@pytest.mark.parametrize("level", ["info", "debug"])
def test_zt_planner_serve_writes_neither_tokens_nor_keys(serve: Callable[[], Server], level: str) -> None:
    server = serve()
    server.settings["STREAMLIT_LOGGER_LEVEL"] = level
    server.start()
    secrets = use_secrets(server)
    server.stop()
    log = (server.folder / "log.txt").read_text("utf-8")
    assert "You can now view" in log
    assert not [secret for secret in secrets if secret in log]
    assert "Traceback" not in log


@pytest.mark.extended
def test_uvicorn_with_an_access_log_writes_neither_tokens_nor_keys(tmp_path: Path, today: date) -> None:
    server = Server(tmp_path, today)
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host", HOST, "--port", str(server.port)]
    with (tmp_path / "log.txt").open("wb") as log:
        server.process = subprocess.Popen(
            [*command, "--log-level", "trace"], cwd=root(), env=server.settings, stdout=log, stderr=log
        )
    server.wait()
    secrets = use_secrets(server)
    server.stop()
    written = (tmp_path / "log.txt").read_text("utf-8")
    assert "GET /join/[hidden]" in written
    assert not [secret for secret in secrets if secret in written]
