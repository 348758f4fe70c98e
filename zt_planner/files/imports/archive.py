"""Untrusted zip files: parts are read only up to their size limit.

Laws: no part is unpacked beyond its limit, whatever its header says; nothing is
written to a disk; a file that is refused says why.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

LARGEST_SUM_BYTES = 20_000_000
MOST_PARTS = 200
ENCRYPTED = 0x1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What the standard library raises for archives that are broken, or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How large an archive, each of its parts and all of them together may be, and what to do about a larger one."""

    file_bytes: int = LARGEST_FILE_BYTES
    sum_bytes: int = LARGEST_SUM_BYTES
    remedy: str = msgid("Choose a file that ZT Planner has written")


OF_OUR_FILES = ArchiveLimits()


def archive_parts(
    content: bytes, file: str, wanted: Container[str] | None = None, limits: ArchiveLimits = OF_OUR_FILES
) -> dict[str, bytes]:
    """Return the parts of an archive by name, only those that are wanted; raise FileProblem if it is refused."""
    place = Place(shortened(file))
    if len(content) > limits.file_bytes:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        raise FileProblem(place, problem, limits.remedy, bytes=len(content), most=limits.file_bytes)
    with _opened(content, place, limits) as archive:
        return _unpacked(archive, place, wanted, limits)


def names_in(content: bytes, file: str) -> frozenset[str]:
    """Return the names of an archive's parts, nothing unpacked; raise FileProblem if it is refused."""
    with _opened(content, Place(shortened(file)), OF_OUR_FILES) as archive:
        return frozenset(archive.namelist())


@contextmanager
def _opened(content: bytes, place: Place, limits: ArchiveLimits) -> Iterator[zipfile.ZipFile]:
    """Open an archive; raise FileProblem where it is damaged, whatever is read of it, or has too many parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            count = len(archive.infolist())
            if count > MOST_PARTS:
                problem = msgid("it has {count} parts, more than the limit of {most}")
                raise FileProblem(place, problem, limits.remedy, count=count, most=MOST_PARTS)
            yield archive
    except DAMAGED:
        problem, remedy = msgid("it is damaged: it cannot be unpacked"), msgid("Save it and choose it again")
        raise FileProblem(place, problem, remedy) from None


def _unpacked(
    archive: zipfile.ZipFile, place: Place, wanted: Container[str] | None, limits: ArchiveLimits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.sum_bytes
    for entry in archive.infolist():
        if entry.filename in parts:
            raise FileProblem(place, msgid("'{value}' appears twice"), limits.remedy, value=shortened(entry.filename))
        if entry.is_dir() or (wanted is not None and entry.filename not in wanted):
            continue
        if entry.flag_bits & ENCRYPTED:
            raise FileProblem(place, msgid("it is encrypted"), msgid("Save it without a password"))
        most = min(limits.file_bytes, left)
        with archive.open(entry) as part:
            content = part.read(most + 1)
        if len(content) > most:
            problem = msgid("'{value}' in this file is larger than the limit of {most} bytes")
            raise FileProblem(place, problem, limits.remedy, value=shortened(entry.filename), most=limits.file_bytes)
        left -= len(content)
        parts[entry.filename] = content
    return parts
