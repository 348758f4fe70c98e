"""Every command of the README and of docs/command-line.md does, as it stands there, what stands below it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.handouts import handout
from tests.portions import names
from tests.words import ENGLISH, plain
from zt_planner import bootstrap
from zt_planner.resources import data_dir, root
from zt_planner.settings import variable
from zt_planner.store.session_store import SessionStore
from zt_planner.topics.sentence import headline_sentence
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import new_key

PAGES = ("README.md", "docs/command-line.md")
STORE_THERE = "/srv/zt-planner/sessions.sqlite"
"""Where the documentation's server keeps its sessions."""
REFUSED = {"zt-planner restore sessions.gz", "zt-planner plan --set company.employees=0 --set timeline.region=XX"}
"""What the documentation shows as refused, which exits with 2."""
PROGRAM = re.compile(r"(\$ )?(\S*zt-planner|\S+ -m zt_planner) ")


class Command(NamedTuple):
    """A command of a page, what stands before it in its block, and the output that is shown, if any."""

    before: str
    line: str
    output: str


def blocks(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each indented block of a page with the heading above it."""
    heading, block = "", list[str]()
    for line in [*(root() / page).read_text("utf-8").splitlines(), "end"]:
        if line.startswith("    ") or (block and not line):
            block.append(line[4:])
        elif block:
            yield heading, block
            block = []
        if line.startswith("#"):
            heading = line.lstrip("# ")


def commands_of(block: list[str]) -> Iterator[Command]:
    """Yield the commands of a block: each line of one without prompts, else what follows a `$`."""
    has_prompts = any(line.startswith("$ ") for line in block)
    parts = re.split(r"^\$ ", "\n".join(block), flags=re.MULTILINE)[1:] if has_prompts else block
    before = ""
    for part in filter(None, parts):
        line, _, output = part.partition("\n")
        if PROGRAM.match(line):
            yield Command(before, line, output.strip("\n"))
            before = ""
        else:
            before = f"{line} && "


SECTIONS: dict[str, list[Command]] = {}
for name in PAGES:
    for title, block in blocks(name):
        if any(map(PROGRAM.match, block)):
            SECTIONS.setdefault(f"{name}: {title}", []).extend(commands_of(block))
SERVE = "docs/command-line.md: serve"
BRIEF = ("docs/command-line.md: plan", "docs/command-line.md: explain", "docs/command-line.md: Errors and exit codes")
"""What does not wait for `make test-all`: each command is a process of its own, which takes most of a second."""


def as_shown(output: str) -> re.Pattern[str]:
    """Return a pattern for an output in which `...` stands for lines, or for the rest of one."""
    pattern = re.escape(output).replace(re.escape("...") + "\\\n", "(?:.*\n)*?")
    pattern = re.sub(rf"(?m)^((?:\\ )*){re.escape(re.escape('...'))}$", r"(?:.*\n)*?.*", pattern)
    return re.compile(pattern.replace(re.escape("..."), ".*") + r"\s*")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a checkout as `make test` leaves it, with a scenario, and a store that holds a session."""
    checkout = tmp_path / "checkout"
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, more in {"python": "", "zt-planner": " -m zt_planner"}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{more} "$@"\n', "utf-8")
        (programs / name).chmod(0o755)
    (checkout / "data").symlink_to(data_dir())
    (checkout / "scenario.json").write_text("{}", "utf-8")
    return checkout


@pytest.fixture
def settings(folder: Path, today: date) -> dict[str, str]:
    """Return the environment of a reader's shell."""
    programs = folder / ".venv" / "bin"
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(root()),
        variable("store"): str(folder.parent / "sessions.sqlite"),
        variable("today"): today.isoformat(),
        variable("gain"): "off",
    }


@pytest.mark.extended
@pytest.mark.parametrize("section", names((name for name in SECTIONS if name != SERVE), *BRIEF))
def test_a_command_does_what_the_page_shows(section: str, folder: Path, settings: dict[str, str], today: date) -> None:
    store = SessionStore.in_file(folder.parent / "sessions.sqlite")
    workspace = Workspace(store, bootstrap.price_book(), bootstrap.phase_model(), lambda: today)
    workspace.change(workspace.change(workspace.open(new_key()), {"company.employees": 150}), {"company.sites": 3})
    store.close()
    assert SECTIONS[section]
    for before, line, output in SECTIONS[section]:
        done = subprocess.run(
            ["/bin/sh", "-c", before + line],  # as a reader types it
            cwd=folder,
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        said = "\n".join(map(str.rstrip, done.stdout.replace(settings[variable("store")], STORE_THERE).splitlines()))
        assert done.returncode == (2 if line in REFUSED else 0), (line, said)
        assert said.strip() or "--out" in line, line
        assert not output or as_shown(output).fullmatch(said), f"{line}\n{said}\n--- instead of ---\n{output}"


@pytest.mark.extended
@pytest.mark.parametrize("day", ["2026-12-01", "2027-02-01"])
def test_what_the_readme_asks_is_answered_on_later_days_too(day: str, folder: Path, settings: dict[str, str]) -> None:
    lines = [command.line for command in SECTIONS["README.md: Command line"]]
    (planned,) = (line for line in lines if " --out " in line)
    (asked,) = (line for line in lines if " ask " in line)
    done = subprocess.run(
        ["/bin/sh", "-c", f"{planned} && {asked}"],
        cwd=folder,
        env={**settings, variable("today"): day},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


def test_the_readme_says_of_which_day_its_sentence_is(today: date) -> None:
    language = ENGLISH
    said = plain(language.write(headline_sentence(replace(handout(), draws=None)))).removesuffix(".")
    assert plain(f'"{said}" (as of {language.day(today)}') in (root() / "README.md").read_text("utf-8")


@pytest.mark.extended
def test_serve_does_what_the_page_shows(folder: Path, settings: dict[str, str]) -> None:
    ((_, line, _),) = SECTIONS[SERVE]
    port = re.search(r"--port (\d+)", line)
    assert port is not None
    with subprocess.Popen(
        ["/bin/sh", "-c", f"exec {line}"], cwd=folder, env=settings, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        while b"You can now view" not in (said := server.stdout.readline()):
            assert said or server.poll() is None
        with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}/health", timeout=20) as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGINT)  # as Ctrl+C does
        server.wait(timeout=20)


def test_there_are_commands_in_every_section() -> None:
    shown = {command.line.split("zt-planner ")[-1].split()[0] for found in SECTIONS.values() for command in found}
    assert {"plan", "explain", "level", "ask", "simulate", "check", "serve", "backup", "restore"} <= shown
