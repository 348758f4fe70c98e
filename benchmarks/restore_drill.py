"""The restore drill, timed: a backup, an empty store, a restore, a server on it, and a session that opens.

The last line says how long it takes from the decision to restore until a page
shows the plan. The run stops unless that page shows the last edit, and a backup
of the restored store has the same hash. `--into` restores into an empty
PostgreSQL database instead of a file.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.live_client import LivePage
from benchmarks.live_servers import FIRST_PEOPLE, TODAY, session
from benchmarks.served import ROOT, served
from zt_planner.domain.session import EventKind, FieldChange, Outcome, Participant, Role
from zt_planner.store.changes import NewRevision
from zt_planner.workspace.keys import HOME_COOKIE, hash_of, new_key, new_participant, new_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.workspace import Workspace
    from zt_planner.workspace.keys import Key

PEOPLE = "company.employees"


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    begin = perf_counter()
    yield
    print(f"{what}: {perf_counter() - begin:.1f} s")


def fill(workspace: Workspace, key: Key, sessions: int, edits: int) -> None:
    """Begin more sessions like the first one, with so many edits each, past the page: only what is kept counts."""
    state = workspace.open(key)
    assert state.seat is not None
    at = state.seat.participant.joined_at
    for _ in range(sessions):
        owner = Participant(new_participant(), new_session(), Role.OWNER, "", "#1a56b0", at)
        for number in range(edits):
            changed = workspace.with_values(state, {PEOPLE: FIRST_PEOPLE + number})
            changes = (FieldChange(PEOPLE, FIRST_PEOPLE + number - 1, FIRST_PEOPLE + number),)
            entry = NewRevision(changed.content, EventKind.CHANGE, changes, Outcome(), Outcome())
            if number:
                workspace.store.history.append(owner.id, entry, based_on=number, now=at)
            else:
                workspace.store.sessions.create(owner, hash_of(new_key()), entry)


def run(command: str, file: Path, environment: dict[str, str]) -> None:
    """Run `zt-planner backup` or `restore`."""
    arguments = [sys.executable, "-m", "zt_planner", command, str(file)]
    subprocess.run(arguments, cwd=ROOT, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)


async def opens(address: str, key: Key) -> None:
    """Open the first session's page, and wait until it shows the last edit."""
    page = LivePage(address, f"{HOME_COOKIE}={key}")
    await page.open(hears=False)
    await page.shows(FIRST_PEOPLE)
    await page.close()


def drill(given: argparse.Namespace, folder: Path) -> None:
    """Fill a store, take its backup, and restore it elsewhere."""
    old = {"ZT_PLANNER_STORE": str(folder / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
    new = old | ({"ZT_PLANNER_DATABASE_URL": given.into} if given.into else {"ZT_PLANNER_STORE": str(folder / "new")})
    backup, again = folder / "backup.gz", folder / "again.gz"
    with session(folder) as (key, _, workspace):
        fill(workspace, key, given.sessions, given.edits)
        workspace.store.close()
    size = (folder / "sessions.sqlite").stat().st_size
    print(f"{given.sessions} sessions of {given.edits} revisions: {size / 1e6:.0f} MB")
    with timed("backup"):
        run("backup", backup, old)
    print(f"its file: {backup.stat().st_size / 1e6:.1f} MB")
    begin = perf_counter()
    with timed("restore"):
        run("restore", backup, new)
    with served(ROOT / "app.py", new) as address:
        asyncio.run(opens(address, key))
        print(f"from the decision to restore until a page shows its plan: {perf_counter() - begin:.1f} s")
    run("backup", again, new)
    if sha256(again.read_bytes()).digest() != sha256(backup.read_bytes()).digest():
        raise SystemExit("The restored store has another hash than the backup")


def main() -> None:
    """Read the options, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--into", help="the address of an empty PostgreSQL database")
    with TemporaryDirectory() as name:
        drill(parser.parse_args(), Path(name))


if __name__ == "__main__":
    main()
