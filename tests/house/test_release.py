"""A release holds what a commit holds: wheel, source, bill of materials, licences, checksums; made again, the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
from email.message import Message
from importlib.metadata import PathDistribution
from typing import TYPE_CHECKING

import pytest

from tests.house.test_requirements import releases_of
from tools import make_release
from tools.make_release import LOCK, SUMS, licence_of, licences, locked, main, sums
from zt_planner import __version__
from zt_planner.resources import root

if TYPE_CHECKING:
    from pathlib import Path

COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )GPL|Affero|Commercial|Proprietary", re.IGNORECASE)
NAME = f"zt-planner-{__version__}"
FILES = {
    f"{NAME}.cdx.json",
    f"{NAME}-third-party-licences.txt",
    f"zt_planner-{__version__}-py3-none-any.whl",
    f"zt_planner-{__version__}.tar.gz",
}


@pytest.mark.extended
def test_every_package_that_the_product_brings_has_its_licence_and_none_binds_the_product() -> None:
    text = "".join(licences())
    named = dict(re.findall(r"(?m)^([a-z][\w-]*) (?:==)?\d\S*: (.+)$", text))
    assert set(named) == {release.name for release in releases_of(LOCK)} == set(locked())
    assert not {name: licence for name, licence in named.items() if COPYLEFT.search(licence)}
    assert text.count("Permission is hereby granted") > 10  # the texts themselves


def test_a_package_that_names_no_licence_stops_a_release(tmp_path: Path) -> None:
    package = PathDistribution(tmp_path)
    told = Message()
    told["Name"] = "nobody"
    (tmp_path / "METADATA").write_text(str(told), "utf-8")
    with pytest.raises(SystemExit, match="nobody names no licence"):
        licence_of(package)


def test_what_is_not_committed_is_not_released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_release, "git", lambda *_: "?? left.txt")
    with pytest.raises(SystemExit, match="Commit your changes first"):
        main()


def test_checksums_are_written_as_they_are_checked(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", SUMS):
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / SUMS).write_text(sums(tmp_path), "utf-8")
    checked = subprocess.run(["sha256sum", "--check", SUMS], cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S607 - as a user has it
    assert checked.stdout == "a.txt: OK\nb.txt: OK\n"


def test_an_audit_that_could_ask_nobody_fails() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "audit"],  # noqa: S607 - as a user has it
        cwd=root(),
        check=True,
        capture_output=True,
        text=True,
    )
    (command,) = (line for line in planned.stdout.splitlines() if "pip-audit" in line)
    assert "--strict" in command
    assert set(re.findall(r"--requirement (\S+)", command)) == {path.name for path in root().glob("requirements*.txt")}


def made(folder: Path, *settings: str) -> dict[str, bytes]:
    """Make a release in a clean clone; return its files."""
    subprocess.run(["git", "clone", "--quiet", str(root()), str(folder)], check=True)  # noqa: S607 - as a user has it
    away = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = ["make", "release", *settings]
    done = subprocess.run(command, cwd=folder, env=away, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.mark.extended  # it installs what the product brings, and builds twice
def test_make_release_in_a_clean_clone_makes_the_same_files_twice(tmp_path: Path) -> None:
    first = made(tmp_path / "first")
    assert set(first) == FILES | {SUMS}
    assert first == made(tmp_path / "second", f"VENV={tmp_path / 'first' / '.venv'}")
    bill = json.loads(first[f"{NAME}.cdx.json"])
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "zt-planner")
    parts = {(part["name"], part["version"]) for part in bill["components"]}
    pins = {(release.name, pin.version) for release in releases_of(LOCK) for pin in release.specifier}
    assert parts == pins
