"""One command at a time writes the folder of a portfolio: a lock that the system takes back when its process ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zt_planner.errors import msgid
from zt_planner.files.portfolio.reading import unusable_folder
from zt_planner.files.portfolio.writing import written_to

LOCK = "portfolio.lock"
"""The file that is locked: it stays, as whoever removed it would let others lock another one."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have a folder alone; raise ScenarioError where it is none or another command writes into it."""
    with written_to(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            remedy = msgid("Name another folder for the results")
            raise unusable_folder(folder, msgid("it is not a folder"), remedy) from None
        file = (folder / LOCK).open("ab")
    with file:
        if not _is_ours(file):
            problem = msgid("another command writes into it")
            remedy = msgid("Wait until it has ended, or name another folder")
            raise unusable_folder(folder, problem, remedy)
        yield


def _is_ours(file: BinaryIO) -> bool:
    """Lock a file until it is closed, and tell whether that can be had; file systems without locks let everybody in."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - the other systems have none

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
