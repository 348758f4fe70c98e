"""Programs that some tests need and the package index does not have."""

from __future__ import annotations

import os
import shutil

import pytest

from zt_planner.resources import root

UNPACKED = root() / ".programs" / "usr" / "bin"
"""Where tools/ensure-programs puts a program that its package would start as a service."""


def program(name: str) -> str:
    """Return where a program lies; fail with what to do where it is missing."""
    found = shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}{UNPACKED}")
    if found is None:
        pytest.fail(f"{name} is missing: run tools/ensure-programs, then this again")
    return found
