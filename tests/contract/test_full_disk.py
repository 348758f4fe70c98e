"""A real file system that is full: what is saved can still be read, and writing goes on once there is room again."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from zt_planner.resources import root

UNSHARED = ("unshare", "--mount")
SMALL = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" -c "$3" "$1/sessions.sqlite" "$1/filler"'
"""A file system of four megabytes that only this program sees, and that is gone with it."""
USED = """
import sys
from contextlib import suppress
from pathlib import Path

from tests.contract.places import SESSION, append, begun, number_of, opened
from zt_planner.errors import StoreError

place, filler = sys.argv[1:]


def full():
    with suppress(OSError), open(filler, "ab", buffering=0) as file:
        while True:
            file.write(bytes(512))


store = opened(place)
begun(store)
full()
for _ in range(3):
    try:
        append(store, "x" * 100_000)
    except StoreError as refused:
        print(refused.values["reason"], number_of(store))
store.close()
full()
anew = opened(place)
print("read anew", anew.history.latest(SESSION).content)
Path(filler).unlink()
print("room again", append(anew, "y" * 100_000).number, number_of(anew))
"""


def may_mount() -> bool:
    """Tell whether whoever runs this may mount a file system that nobody else sees."""
    if shutil.which(UNSHARED[0]) is None:
        return False
    probe = [*UNSHARED, "mount", "-t", "tmpfs", "tmpfs", "/tmp"]  # noqa: S108 - in there only
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.extended
@pytest.mark.skipif(not may_mount(), reason="needs root to mount a file system")
def test_a_full_disk_refuses_what_is_written_and_lets_readers_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    command = [*UNSHARED, "sh", "-c", SMALL, "full", str(tmp_path_factory.mktemp("full")), sys.executable, USED]
    done = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        *["database or disk is full 1"] * 3,
        "read anew {}",
        "room again 2 2",
    ]
