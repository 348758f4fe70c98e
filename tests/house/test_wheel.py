"""A wheel carries all that the product needs, and finds it where it was installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from zt_planner.resources import app_script, data_dir, locale_dir, root

SHIPPED = {path.relative_to(root()).as_posix() for folder in (data_dir(), locale_dir()) for path in folder.rglob("*.*")}
LIST = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "zt_planner"]
BESIDE = {
    name
    for name in subprocess.run(LIST, cwd=root(), check=True, capture_output=True, text=True).stdout.split("\0")
    if name and not name.endswith(".py")
}
"""What lies beside the modules: templates, styles, scripts, pictures, the mark that the package has types."""
PRINT_ROOT = "from zt_planner.resources import root; print(root())"


@pytest.fixture(scope="module")
def unpacked_wheel(wheel: Path) -> Path:
    """Unpack the wheel, as an installer does."""
    folder = wheel.parent
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_a_checkout_holds_what_is_shipped() -> None:
    assert app_script().is_file()
    assert (root() / ".streamlit" / "config.toml").is_file()
    assert {"data/prices.csv", "data/tasks.csv", "locale/de/LC_MESSAGES/zt_planner.po"} <= SHIPPED
    suffixes = {Path(name).suffix for name in BESIDE}
    assert suffixes == {".css", ".html", ".jinja", ".js", ".png", ".sql", ".typ", ".typed"}


@pytest.mark.parametrize("name", sorted(SHIPPED | {"app.py", ".streamlit/config.toml"}))
def test_the_wheel_holds_each_file_as_it_is(unpacked_wheel: Path, name: str) -> None:
    assert (unpacked_wheel / "zt_planner" / "_shipped" / name).read_bytes() == (root() / name).read_bytes()


def test_the_wheel_holds_every_module(unpacked_wheel: Path) -> None:
    modules = {path.relative_to(root()).as_posix() for path in (root() / "zt_planner").rglob("*.py")}
    installed = {path.relative_to(unpacked_wheel).as_posix() for path in unpacked_wheel.rglob("*.py")}
    assert installed == modules | {"zt_planner/_shipped/app.py"}


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_the_wheel_holds_each_file_beside_the_modules(unpacked_wheel: Path, name: str) -> None:
    assert (unpacked_wheel / name).read_bytes() == (root() / name).read_bytes()


def test_an_installed_package_finds_its_own_files(unpacked_wheel: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PRINT_ROOT], cwd=unpacked_wheel, check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == str((unpacked_wheel / "zt_planner" / "_shipped").resolve())
