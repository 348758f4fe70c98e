"""Streamlit servers for benchmarks: started on a free port of this machine, ended by their own handle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_up(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=1) as answer:  # noqa: S310 - our own server on this machine
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _wait_until_up(server: subprocess.Popen[bytes], url: str) -> None:
    """Return when the server answers; raise where it has ended or takes too long."""
    end = monotonic() + START_SECONDS
    while not _is_up(url):
        if server.poll() is not None or monotonic() > end:
            raise RuntimeError(f"{url} does not answer (exit code {server.poll()})")
        try:
            server.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def served(script: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a script with this interpreter and the project's settings, and give its address."""
    with served_by(script, environment) as (url, _):
        yield url


@contextmanager
def served_by(
    script: Path, environment: Mapping[str, str], port: int | None = None, end: signal.Signals = signal.SIGTERM
) -> Iterator[tuple[str, int]]:
    """Serve a script, and give its address and the server's process id; `end` is how it is stopped."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", LOOPBACK, "--server.headless", "true"]
    kept = {"PYTHONDONTWRITEBYTECODE": ""}  # otherwise each server would compile all modules again
    environment = {**os.environ, **kept, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            url = f"http://{LOOPBACK}:{port}"
            _wait_until_up(server, url)
            yield url, server.pid
        finally:
            server.send_signal(end)
            try:
                server.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
