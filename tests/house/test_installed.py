"""What people install the wheel with gives a program that serves."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from datetime import date
from pathlib import Path

import pytest

from tests.browser.site import HOST, Server
from zt_planner.resources import root

pytestmark = pytest.mark.extended

UV = str(Path(sys.executable).with_name("uv"))
LOCK = str(root() / "requirements.txt")
INSTALLERS = {
    "uv": ((UV, "tool", "install", "--python", sys.executable, "--constraints", LOCK),),
    "pipx": ((UV, "tool", "run", "pipx", "install", "--backend", "uv", "--python", sys.executable),),
    "locked": (
        (UV, "venv", "--quiet", "--python", sys.executable, "locked"),
        (UV, "pip", "install", "--python", "locked", "--require-hashes", "--requirement", LOCK),
        (UV, "pip", "install", "--python", "locked", "--no-deps"),
    ),
}
"""The last command of each is given the wheel."""


@pytest.mark.parametrize("installer", INSTALLERS)
def test_the_installed_program_serves_pages(installer: str, wheel: Path, tmp_path: Path, today: date) -> None:
    programs, tools = tmp_path / "programs", tmp_path / "tools"
    places = {"UV_TOOL_BIN_DIR": programs, "UV_TOOL_DIR": tools, "PIPX_BIN_DIR": programs, "PIPX_HOME": tools}
    away = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    away["PATH"] = f"{Path(UV).parent}{os.pathsep}{away['PATH']}"  # where pipx looks for it
    settings = away | {name: str(place) for name, place in places.items()}
    *before, last = INSTALLERS[installer]
    for command in (*before, (*last, str(wheel))):
        done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    if installer == "locked":
        programs = tmp_path / "locked" / ("Scripts" if sys.platform == "win32" else "bin")
    server = Server(tmp_path, today)
    serve = [str(programs / "zt-planner"), "serve", "--no-browser", "--port", str(server.port), "--address", HOST]
    environment = {name: value for name, value in server.settings.items() if name != "PYTHONPATH"}
    with (tmp_path / "log.txt").open("wb") as log:
        server.process = subprocess.Popen(serve, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        server.wait()
        for path, holds in (("/ready", '"status":"ready"'), ("/", "<title>")):
            with urllib.request.urlopen(server.address + path, timeout=10) as answer:  # noqa: S310 - our own server
                assert holds in answer.read().decode("utf-8", "replace")
    finally:
        server.stop()
