"""What the browser is allowed to do on a page, and what a real server writes into its log."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import expect_badge
from tests.browser.site import HOST, THEMES, Server, Visit
from zt_planner.resources import data_dir, root
from zt_planner.workspace.keys import HOME_COOKIE, new_key

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]


def use_everything(seen: Visit) -> None:
    """Open a dialog, download a file, upload one."""
    seen.page.get_by_role("button", name="Why this number?").first.click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    seen.settled().page.keyboard.press("Escape")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    seen.settled().page.get_by_role("button", name="Download", exact=True).click()
    with seen.page.expect_download():
        seen.page.get_by_role("button", name="tasks.csv").click()
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("button", name="Plan file").click()
    file = next((data_dir() / "scenarios").glob("*.json"))
    seen.page.locator("input[type=file]").set_input_files(file)
    expect(seen.page.get_by_role("button", name=f"Remove {file.name}")).to_be_visible()
    seen.page.get_by_role("button", name="Load", exact=True).click()
    expect(seen.headline).not_to_contain_text("150 people")


def test_nothing_that_a_page_offers_breaks_the_policy(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 150)  # from now on there is a stream
    expect_badge(seen, "Live")
    for theme in THEMES:
        seen.in_theme(theme)
        use_everything(seen.settled())
    assert not seen.violations
    assert not seen.troubles


def test_a_script_that_is_written_into_a_page_does_not_run(visit: Open) -> None:
    seen = visit().open()
    seen.page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.isTaken = true';"
        " document.body.append(script); }"
    )
    assert seen.page.evaluate("() => window.isTaken ?? false") is False
    assert len(seen.violations) == 1
    assert seen.violations[0].startswith("script-src-elem inline")


def test_nothing_is_sent_to_another_host(visit: Open) -> None:
    seen = visit().open()
    sent = "() => fetch('http://planner.invalid/').then(() => 'sent', () => 'kept')"
    assert seen.page.evaluate(sent) == "kept"
    assert seen.violations[0].startswith("connect-src http://planner.invalid/")


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
