"""What anybody may read: no machine's paths, no registry's address, no unfinished notes, no shortcuts."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from zt_planner.resources import root

BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".pdf", ".ztplan"}

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a registry's host": r"(?i)\b(pypi|python[h]osted|npmjs|golang|debian|crates)[.](org|io|com)\b",
    "a machine's path": r"(?<![\w.~-])/(home|root|Users|work|tmp|opt|mnt|var/folders)/\w",
    "a Windows path": r"\b[A-Z]:\\(Users|Windows|Temp)\b",
    "an unfinished note": r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b",
    "HTML past Streamlit": r"unsafe[_]allow_html",
    "a leftover of a merge": r"(?m)^(<{7}|>{7}) ",
}


@lru_cache
def published_files() -> tuple[Path, ...]:
    """Return what git knows or would add, without binary files."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git as the user has it
        cwd=root(),
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (root() / name for name in listing.stdout.split("\0") if name)
    return tuple(path for path in paths if path.suffix not in BINARY and path.is_file())


BROAD = re.compile(r"\bexcept\s*:|Exception")
"""What is in a file that catches every exception."""


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler catches every exception."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in caught
    )


def places_of(pattern: str, path: Path) -> list[str]:
    """Return `file:line: match` for every match."""
    text = path.read_text("utf-8")
    name = path.relative_to(root()).as_posix()
    return [f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}" for hit in re.finditer(pattern, text)]


def test_the_files_are_found() -> None:
    assert root() / "pyproject.toml" in published_files()
    assert root() / "zt_planner" / "errors.py" in published_files()


@pytest.mark.extended
@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_file_holds(pattern: str) -> None:
    assert not [index for path in published_files() for index in places_of(pattern, path)]


@pytest.mark.extended
def test_nobody_catches_every_exception() -> None:
    broad = [
        f"{path.name}:{node.lineno}"
        for path in published_files()
        if path.suffix == ".py" and BROAD.search(text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    ]
    assert not broad


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("a registry's host", "see https://PyPI" + ".org/simple"),
        ("a machine's path", "lies in '/ho" + "me/someone'"),
        ("an unfinished note", "# TO" + "DO later"),
        ("HTML past Streamlit", "unsafe" + "_allow_html=True"),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, example: str) -> None:
    assert re.search(FORBIDDEN[what], example)
