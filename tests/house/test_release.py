"""A release holds what a commit holds: wheel, source, bill of materials, licences, checksums; made again, the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
from email.message import Message
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from tests.house.test_requirements import releases_of
from tools import make_release
from tools.make_release import LOCK, STANDARD_TEXTS, SUMS, licence_of, licences, locked, main, sums, texts_of
from zt_planner import __version__
from zt_planner.resources import root

COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )GPL|Affero|Commercial|Proprietary", re.IGNORECASE)
APACHE = (STANDARD_TEXTS / "Apache-2.0.txt").read_text("utf-8").strip()
NAME = f"zt-planner-{__version__}"
FILES = {
    f"{NAME}.cdx.json",
    f"{NAME}-third-party-licences.txt",
    f"zt_planner-{__version__}-py3-none-any.whl",
    f"zt_planner-{__version__}.tar.gz",
}


def package_with(folder: Path, licence: str, texts: dict[str, str]) -> PathDistribution:
    """Return a package that is installed with these files."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    beside = folder / "somebody.dist-info"
    beside.mkdir(exist_ok=True)
    (beside / "METADATA").write_text(f"Name: somebody\nLicense-Expression: {licence}\n", "utf-8")
    (beside / "RECORD").write_text("".join(f"{name},,\n" for name in texts), "utf-8")
    return PathDistribution(beside)


@pytest.mark.extended
def test_every_package_that_the_product_brings_has_its_licence_and_none_binds_the_product() -> None:
    parts = re.split(r"(?m)^([a-z][\w-]*) (?:==)?\d\S*: (.+)$", "".join(licences()))
    named, texts = dict(zip(parts[1::3], parts[2::3], strict=True)), dict(zip(parts[1::3], parts[3::3], strict=True))
    assert set(named) == {release.name for release in releases_of(LOCK)} == set(locked())
    assert not {name: licence for name, licence in named.items() if COPYLEFT.search(licence)}
    elsewhere = {name for name, licence in named.items() if licence.startswith("only where ")}
    assert {name for name, text in texts.items() if not text.strip("-\n")} == elsewhere
    assert "SIL OPEN FONT LICENSE" in texts["font-source-sans-pro"]  # in a folder of its own
    assert "END OF TERMS AND CONDITIONS" in texts["streamlit"]  # it brings none
    assert APACHE in texts["ortools"]  # which brings the standard text


def test_licence_texts_are_read_wherever_a_package_has_them(tmp_path: Path) -> None:
    found = {
        "Licence.md": "any case",
        "somebody.dist-info/licenses/AUTHORS": "all of this folder",
        "somebody/fonts/NOTICE-of-fonts.txt": "deep inside",
        "somebody/vendor/COPYING": "of others",
    }
    others = {
        "somebody/again/COPYING": "of others",
        "somebody/blank/LICENSE": "\n",
        "somebody/license.py": "code",
        "somebody/licenses/names.txt": "data",
        "somebody/noticed.txt": "another word",
    }
    assert sorted(texts_of(package_with(tmp_path, "MIT", found | others))) == sorted(found.values())


def test_a_package_without_a_licence_text_gets_the_standard_one_or_stops_a_release(tmp_path: Path) -> None:
    (text,) = texts_of(package_with(tmp_path, "Apache-2.0", {"somebody/license.py": "code"}))
    assert text == f"It brings no text. The standard text of its licence:\n\n{APACHE}"
    with pytest.raises(SystemExit, match="somebody brings no text of its licence, MIT"):
        texts_of(package_with(tmp_path, "MIT", {}))


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


def test_make_audit_is_strict_and_asks_for_every_lock() -> None:
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
