"""LibreOffice as the independent reader of workbooks: it opens one, computes it anew, and saves it."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("soffice", "libreoffice")
MISSING = "LibreOffice is missing: `tools/ensure-programs office` installs it"


def opened(content: bytes, *, has_values: bool = False) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """Return a workbook as openpyxl reads it: with its formulas, or with the values that are kept beside them."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=has_values)


def computed(content: bytes, folder: Path, change: Callable[[Any], None] = lambda _: None) -> Any:  # noqa: ANN401
    """Return a workbook with the values that LibreOffice computes; every value that it came with is taken away first.

    `change` is what a person does to it before it is computed.
    """
    office = next(filter(None, map(shutil.which, NAMES)), None)
    assert office, MISSING
    workbook = opened(content)
    change(workbook)
    (folder / "in").mkdir()
    workbook.save(folder / "in" / "plan.xlsx")
    profile = (folder / "profile").as_uri()
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / "in" / "plan.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return openpyxl.load_workbook(folder / "out" / "plan.xlsx", data_only=True)
