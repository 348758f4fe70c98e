"""The page of scans in a test: what is dropped, what is ticked, and all that stays of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.files.formats import Format, one_file
from zt_planner.media.csv.dialects import Dialect


def dropped(screen: Screen, *files: tuple[str, bytes]) -> Screen:
    """Drop files onto the page."""
    screen.go("scan")
    for name, content in files:
        screen.app.file_uploader(key="scans").upload(name, content)
    return screen.run()


def apply(screen: Screen) -> Screen:
    """Press the button that takes over what is ticked."""
    return screen.press("scan:apply")


def kept(screen: Screen, store_file: Path, log: str) -> list[str]:
    """Return all that stays: the store, the log, the record, the session as a file, and the plan in every format."""
    workspace, language = bootstrap.workspace(), screen.language
    texts = [file.read_bytes().decode("latin-1") for file in store_file.parent.iterdir()]
    texts += [workspace.file_of(screen.state).decode(), str(workspace.events(screen.state)), log]
    view = workspace.plans.view(screen.scenario, language, shows_labour=True)
    for form in Format:
        content = one_file(form, view, Dialect.RFC4180)
        texts.append(content.decode("latin-1"))
        if content.startswith(b"PK"):  # an archive or a workbook
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                texts += [archive.read(name).decode("latin-1") for name in archive.namelist()]
    screen.go("record", "fold:decisions")
    return [*texts, *(str(table.values) for table in screen.tables)]
