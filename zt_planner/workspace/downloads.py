"""Files that are offered for download: on disk, where every process finds them.

Laws: the id of a file, which nobody can guess, gives access to it for ten minutes, as long as the seat that it was made
for exists and sees as much as then; if a seat or all together have too much, the oldest files go first; nothing else in
the folder is touched.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkstemp
from time import time
from typing import BinaryIO

from zt_planner.domain.session import Seat
from zt_planner.errors import FileNotMade, FileTooLarge
from zt_planner.log_limit import LogLimit
from zt_planner.store.changes import KeyHash
from zt_planner.workspace.keys import SECRET_BYTES, hash_of
from zt_planner.workspace.state import State

SECONDS_KEPT = 600
MEGABYTE = 1_000_000
MEGABYTES_OF_A_SEAT = 50
OWNER_LENGTH = 16
ID = re.compile(rf"[0-9a-f]{{{OWNER_LENGTH}}}-[\w-]{{32}}", re.ASCII)
PART = ".part"
"""Ends the name of a file that is being written."""

_lines = LogLimit(logging.getLogger(__name__))


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file for its owner: a seat, or a plan that nobody has saved; with what the owner could see when it was made."""

    name: str
    media_type: str
    key: KeyHash
    has_seat: bool
    shows_labour: bool
    shows_notes: bool

    def is_for(self, seat: Seat | None) -> bool:
        """Tell whether its owner may still have it, given their present seat."""
        if not self.has_seat:
            return True
        return seat is not None and self.shows_labour <= seat.sees_labour and self.shows_notes <= seat.sees_notes


def file_for(state: State, name: str, media_type: str) -> OfferedFile:
    """Return the description of a file that is made from a state."""
    shows_notes = state.seat is None or state.seat.sees_notes
    return OfferedFile(name, media_type, hash_of(state.key), state.seat is not None, state.sees_labour, shows_notes)


@dataclass(frozen=True)
class Downloads:
    """The folder of these files; several processes may share it."""

    folder: Path
    most_bytes: int
    clock: Callable[[], float] = time

    def offer(self, content: bytes, file: OfferedFile) -> str:
        """Keep a file and return its id; raise FileTooLarge, or FileNotMade if the disk does not take it."""
        note = json.dumps(asdict(file)).encode() + b"\n"
        if len(note) + len(content) > MEGABYTES_OF_A_SEAT * MEGABYTE:
            raise FileTooLarge(most=MEGABYTES_OF_A_SEAT)
        name = f"{file.key[:OWNER_LENGTH]}-{token_urlsafe(SECRET_BYTES)}"
        try:
            self.folder.mkdir(0o700, parents=True, exist_ok=True)
            self._write(name, note, content)
        except OSError as error:
            _lines.write(f"A file could not be kept in {self.folder}: {error.strerror}")
            raise FileNotMade from None
        self.tidy()
        return name

    def _write(self, name: str, *parts: bytes) -> None:
        """Write a file that only this account may read, whole or not at all."""
        handle, beginning = mkstemp(PART, name, self.folder)
        try:
            with os.fdopen(handle, "wb") as written:
                written.writelines(parts)
            Path(beginning).replace(self.folder / name)
        except OSError:
            Path(beginning).unlink()
            raise

    def open(self, name: str) -> tuple[OfferedFile, BinaryIO] | None:
        """Return a file and its open content, which stays readable; None where there is no such file."""
        if not ID.fullmatch(name):
            return None
        try:
            content = (self.folder / name).open("rb")
        except FileNotFoundError:
            return None
        if self._is_old(os.fstat(content.fileno())):
            content.close()
            return None
        return OfferedFile(**json.loads(content.readline())), content

    def tidy(self) -> None:
        """Delete files older than ten minutes, and the oldest where a seat or all together exceed their limit."""
        taken: Counter[str] = Counter()
        for name, status in sorted(self._files(), key=lambda file: -file[1].st_mtime_ns):
            owner = name[:OWNER_LENGTH]
            taken.update({owner: status.st_size, "": status.st_size})
            is_much = taken[owner] > MEGABYTES_OF_A_SEAT * MEGABYTE or taken[""] > self.most_bytes
            if is_much or self._is_old(status):
                with suppress(OSError):  # another process has deleted it, or on Windows somebody reads it
                    (self.folder / name).unlink()

    def _files(self) -> list[tuple[str, os.stat_result]]:
        """Return the names and status of all files, those that are being written included."""
        files = []
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder):
                if ID.match(entry.name):
                    with suppress(FileNotFoundError):
                        files.append((entry.name, entry.stat()))
        return files

    def _is_old(self, status: os.stat_result) -> bool:
        """Tell whether a file has expired; one from the future was written by a wrong clock, and has, too."""
        return abs(self.clock() - status.st_mtime) > SECONDS_KEPT
