"""A plan that stopped, on the command line: every command says that it has no schedule, and names no figure of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command_line import invoked
from tests.handouts import NEVER_ENDS
from zt_planner import cli

OF_NO_PLAN = {"serve", "backup", "restore", "verify", "learn", "worker", "portfolio"}
"""Commands that are about no plan, about those that are finished, or about many."""
ARGUMENTS = {
    "plan": ("{stopped}",),
    "export": ("{stopped}", "--out", "{folder}"),
    "import": ("{stopped}",),
    "scan": ("{scan}", "--scenario", "{stopped}", "--out", "{folder}"),
    "compare": ("{stopped}", "{other}"),
    "leave-out": ("{stopped}",),
    "questions": ("{stopped}",),
    "explain": ("finish_date", "{stopped}"),
    "check": ("{stopped}",),
    "level": ("{stopped}",),
    "ask": ("{stopped}", "--first-year", "100000"),
    "simulate": ("{stopped}",),
    "standstill": ("{stopped}",),
    "status": ("{stopped}", "--at", "2027-04-15"),
    "law": ("{stopped}",),
    "insurer": ("{stopped}",),
}
"""Every command that reads a plan, with what it needs."""
COMMANDS = sorted(command.name or getattr(command.callback, "__name__", "") for command in cli.app.registered_commands)
NEEDS_A_SCHEDULE = {"explain", "insurer", "leave-out", "level", "questions", "simulate", "status"}
BLOCKED = {"check", "ask"}


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Return a plan that stops, another one, and a folder."""
    stopped, other = tmp_path / "stopped.json", tmp_path / "other.json"
    stopped.write_text(json.dumps(NEVER_ENDS), "utf-8")
    other.write_text("{}", "utf-8")
    scan = tmp_path / "scan.csv"
    scan.write_text("Control ID,Result\nMS.AAD.1.1v1,Pass\n", "utf-8")
    return {"stopped": stopped, "other": other, "scan": scan, "folder": tmp_path / "files"}


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in OF_NO_PLAN])
def test_every_command_says_that_there_is_no_schedule(command: str, places: dict[str, Path]) -> None:
    arguments = [argument.format(**places) for argument in ARGUMENTS[command]]
    result = invoked(command, *arguments, "--today", "2026-11-06")
    assert result.exit_code == int(command in NEEDS_A_SCHEDULE | BLOCKED)
    if command in NEEDS_A_SCHEDULE:
        assert result.stdout == ""
    if command == "export":
        assert list(places["folder"].iterdir())  # tests/export/test_no_schedule.py reads them
    else:
        assert re.search("no schedule|work does not end", result.output)
