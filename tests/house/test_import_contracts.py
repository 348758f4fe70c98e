"""Imports go down only; the contracts stand in pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from zt_planner.resources import root

RUN = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.mark.extended
def test_every_import_contract_is_kept() -> None:
    result = subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache"], cwd=root(), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", result.stdout)
