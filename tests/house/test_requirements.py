"""The lock files hold for every machine: each release hashed, no address, no folder, no pre-release by chance."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from zt_planner.resources import root

LOCKS = sorted(root().glob("requirements*.txt"))
PRE_RELEASES = {"trueppm-scheduler"}

each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)


def entries_of(lock: Path) -> list[str]:
    """Return one logical line a requirement, its hashes included."""
    text = lock.read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache
def releases_of(lock: Path) -> set[Requirement]:
    return {Requirement(entry.split("--hash", 1)[0].strip()) for entry in entries_of(lock)}


def declared(*extras: str) -> set[str]:
    """Return the names that pyproject.toml asks for."""
    project = tomllib.loads((root() / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {canonicalize_name(Requirement(line).name) for line in wanted}


def test_the_locks_exist() -> None:
    extras = ("-bench", "-release", "-test", "")
    assert [lock.name for lock in LOCKS] == [f"requirements{extra}.txt" for extra in extras]


@each_lock
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    assert entries_of(lock)
    pinned = re.compile(r"[\w.-]+(\[[\w, -]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}")
    assert not [entry for entry in entries_of(lock) if not pinned.match(entry)]


@each_lock
def test_a_lock_names_no_address_and_no_folder(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host|@ |(?:^|\s)/", text)


@each_lock
def test_a_lock_holds_no_pre_release_by_chance(lock: Path) -> None:
    found = {
        release.name
        for release in releases_of(lock)
        for pin in release.specifier
        if re.search(r"(a|b|rc)\d", pin.version)
    }
    assert found <= PRE_RELEASES


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("requirements.txt", ("portfolio",)),
        ("requirements-test.txt", ("portfolio", "test")),
        ("requirements-bench.txt", ("portfolio", "test", "bench")),
        ("requirements-release.txt", ("portfolio", "release")),
    ],
)
def test_a_lock_covers_what_the_project_declares(name: str, extras: tuple[str, ...]) -> None:
    locked = {canonicalize_name(release.name) for release in releases_of(root() / name)}
    assert declared(*extras) <= locked


@each_lock
def test_every_lock_has_the_releases_of_the_product(lock: Path) -> None:
    product, all_of_it = (
        {(release.name, str(release.specifier), str(release.marker)) for release in releases_of(path)}
        for path in (root() / "requirements.txt", lock)
    )
    assert product <= all_of_it


@each_lock
def test_extras_are_pinned_with_their_package(lock: Path) -> None:
    """An extra that another package asks for and the lock does not name has pip take the newest release, unhashed."""
    named = {str(canonicalize_name(release.name)): release.extras for release in releases_of(lock)}
    asked = {"psycopg": {"binary", "pool"}, "coverage": {"toml"}}
    assert [named[name] for name in asked if name in named] == [asked[name] for name in asked if name in named]


@pytest.mark.parametrize(("target", "upgrades"), [("lock", 0), ("upgrade", len(LOCKS))])
def test_only_an_upgrade_moves_what_is_locked(target: str, upgrades: int) -> None:
    """With its output there, uv keeps each locked release that fits, unless it is told to upgrade."""
    command = [shutil.which("make") or "make", "--dry-run", target]
    shown = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=True)
    compiled = [line for line in shown.stdout.splitlines() if "uv pip compile" in line]
    assert len(compiled) == len(LOCKS)
    assert sum("--upgrade" in line for line in compiled) == upgrades
