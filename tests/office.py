"""Independent readers: LibreOffice computes a workbook anew and prints a document, poppler reads what is printed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

NAMES = ("soffice", "libreoffice")
MISSING = "LibreOffice is missing: `tools/ensure-programs office` installs it"


def poppler(program: str, *arguments: str) -> str:
    """Return what a program of poppler-utils says; Debian's package of that name brings them."""
    return subprocess.run(
        [program, *arguments], check=True, capture_output=True, encoding="utf-8", errors="replace"
    ).stdout


def plain(text: str) -> str:
    """Return a text without its spaces: on paper a line ends anywhere, and poppler drops narrow ones."""
    return "".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def opened(content: bytes, *, has_values: bool = False) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """Return a workbook as openpyxl reads it: with its formulas, or with the values that are kept beside them."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=has_values)


def computed(content: bytes, folder: Path, change: Callable[[Any], None] = lambda _: None) -> Any:  # noqa: ANN401
    """Return a workbook with the values that LibreOffice computes; every value that it came with is taken away first.

    `change` is what a person does to it before it is computed.
    """
    workbook = opened(content)
    change(workbook)
    (folder / "in").mkdir()
    workbook.save(folder / "in" / "plan.xlsx")
    return openpyxl.load_workbook(_converted(folder / "in" / "plan.xlsx", "xlsx", folder), data_only=True)


def printed(document: bytes, folder: Path) -> Path:
    """Return a Word document as LibreOffice prints it: a PDF."""
    file = folder / "plan.docx"
    file.write_bytes(document)
    return _converted(file, "pdf", folder)


def _converted(file: Path, ending: str, folder: Path) -> Path:
    office = next(filter(None, map(shutil.which, NAMES)), None)
    assert office, MISSING
    profile = (folder / "profile").as_uri()
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(folder / "out"), str(file)], check=True, capture_output=True, timeout=120)
    return folder / "out" / f"{file.stem}.{ending}"
