"""What several tests of the house begin with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zt_planner.resources import root


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=root(), check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found
