"""`zt-planner serve`: what it starts, and what it refuses before it starts anything."""

from __future__ import annotations

import errno
import os
import runpy
import socket
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.browser.site import free_port
from tests.command_line import invoked
from tests.signed_in import SECRET, with_provider
from zt_planner.cli import serving

run = partial(invoked, "serve")


def refused(code: int = 2) -> str:
    """Return what is printed where nothing is started, with an exit code and no traceback."""
    result = run()
    assert result.exit_code == code, result.output
    return result.stderr


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Return what `serve` starts, which is not started here."""
    found: list[list[str]] = []
    script = tmp_path / "app.py"
    script.write_text("", "utf-8")
    monkeypatch.setattr(serving, "app_script", lambda: script)
    monkeypatch.setattr(sys, "argv", ["zt-planner"])
    monkeypatch.setenv("ZT_PLANNER_PORT", str(free_port()))
    monkeypatch.setenv("ZT_PLANNER_STORE", str(tmp_path / "new" / "sessions.sqlite"))
    monkeypatch.setattr(runpy, "run_module", lambda name, **_: found.append([name, *sys.argv]))
    return found


def test_serve_starts_streamlit_on_the_shipped_application(started: list[list[str]], tmp_path: Path) -> None:
    port = str(free_port())
    assert run("--port", port, "--no-browser").exit_code == 0
    where = ("--server.port", port, "--server.address", "127.0.0.1")
    assert started == [["streamlit", "streamlit", "run", str(tmp_path / "app.py"), *where, "--server.headless", "true"]]


def test_serve_listens_where_the_settings_say(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "")  # so that it is restored
    port = str(free_port())
    monkeypatch.setenv("ZT_PLANNER_PORT", port)
    monkeypatch.setenv("ZT_PLANNER_ADDRESS", "localhost")
    monkeypatch.setenv("ZT_PLANNER_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/16")
    monkeypatch.setenv("ZT_PLANNER_LOG_FORM", "json")
    assert run().exit_code == 0
    where = ["--server.port", port, "--server.address", "localhost"]
    assert started[0][4:] == [*where, "--logger.hideWelcomeMessage", "true"]
    assert os.environ["FORWARDED_ALLOW_IPS"] == "10.0.0.1,10.1.0.0/16"


def test_what_one_process_signs_while_somebody_signs_in_every_other_one_reads(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "")  # so that it is restored
    with_provider(monkeypatch)
    assert run().exit_code == 0
    assert os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] == SECRET
    assert SECRET not in str(started)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("ZT_PLANNER_TODAY", "yesterday", "'yesterday' is not a day from"),
        ("ZT_PLANNER_PORT", "http", "'http' is not a whole number from 1 to 65535. Write a number in this range."),
        (
            "ZT_PLANNER_ADDRESS",
            "999.1.1.1",
            "the dashboard cannot listen at '999.1.1.1' (Name or service not known). Write 127.",
        ),
        ("ZT_PLANNER_STORE", "/", "plans cannot be kept in '/' (Is a directory). Name a file that this account may"),
        ("ZT_PLANNER_STORE", "/etc/hostname/plans", "plans cannot be kept in '/etc/hostname/plans' (File exists)."),
        ("ZT_PLANNER_DOWNLOADS", "/etc/hostname", "files to download cannot be kept in '/etc/hostname' (File exists)."),
        ("ZT_PLANNER_DATABASE_URL", "postgresql://db/planner?hots=x", "this is not the address of a PostgreSQL"),
        ("ZT_PLANNER_PROT", "80", "there is no such setting. Did you mean ZT_PLANNER_PORT?"),
    ],
)
def test_serve_refuses_a_wrong_setting_before_it_starts(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(name, value)
    assert refused().startswith(f"{name}: {problem}")
    assert not started


def test_serve_refuses_a_wrong_option_by_its_name(started: list[list[str]]) -> None:
    result = run("--address", "ä..b")
    assert (result.exit_code, started) == (2, [])
    assert result.stderr.startswith(
        "--address: the dashboard cannot listen at 'ä..b' (encoding of hostname failed). Write"
    )


def test_serve_names_the_port_that_is_taken_and_may_be_started_again(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("ZT_PLANNER_PORT", str(port))
        said = refused(1)
    assert said.startswith(
        f"ZT_PLANNER_PORT: the dashboard cannot listen at '{port}' (Address already in use). Write another"
    )
    assert not started
    assert run().exit_code == 0
    assert started


def test_serve_starts_though_the_database_server_is_away(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", f"postgresql://planner@127.0.0.1:{free_port()}/planner")
    assert run().exit_code == 0
    assert started


def test_serve_starts_though_the_disk_is_full(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pathlib.Path.mkdir", full)
    assert run().exit_code == 0
    assert started


def test_serve_says_where_the_dashboard_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "app_script", lambda: tmp_path / "app.py")
    assert "the dashboard is missing" in refused()
