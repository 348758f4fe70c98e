"""What `live.py` measures: the dashboard on a file or, in one or several processes, on PostgreSQL, and its sessions."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import psutil

from benchmarks.served import ROOT, served_by
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.store.database import database_url
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import Key, Token, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Postgres

TODAY, STORE = "2026-11-06", "sessions.sqlite"
FIRST_PEOPLE = 130


def workspace_on(store: SessionStore) -> Workspace:
    """Return a workspace beside the server's, on the same store."""
    day = bootstrap.day_from(TODAY, "TODAY")
    return Workspace(store, bootstrap.price_book(), bootstrap.phase_model(), lambda: day)


def begun(workspace: Workspace) -> Key:
    """Return the key of a session that has begun; it has a name, so that it shares no plan with others."""
    key = new_key()
    workspace.change(workspace.open(key), {"company.employees": FIRST_PEOPLE, "company.name": key[:8]})
    return key


@contextmanager
def session(folder: Path) -> Iterator[tuple[Key, dict[Role, Token], Workspace]]:
    """Give a key, the tokens of a session that has begun, and the workspace that sees its store."""
    workspace = workspace_on(SessionStore.in_file(folder / STORE))
    key = begun(workspace)
    state = workspace.open(key)
    yield key, {role: workspace.people.renew_link(state, role) for role in Role}, workspace


@contextmanager
def dashboard(folder: Path, script: Path = ROOT / "app.py") -> Iterator[tuple[str, psutil.Process]]:
    """Serve the dashboard, or something else, on the store of a folder."""
    settings = {"ZT_PLANNER_STORE": str(folder / STORE), "ZT_PLANNER_TODAY": TODAY}
    with served_by(script, settings) as (address, process):
        yield address, psutil.Process(process)


def new_postgres() -> Postgres:
    """Return a server that ends with this process."""
    from tests.postgres import Postgres  # noqa: PLC0415 - not every part needs PostgreSQL

    return Postgres()


@contextmanager
def deployed(
    number: int, postgres: Postgres, *, has_worker: bool = False
) -> Iterator[tuple[list[str], list[psutil.Process], Workspace]]:
    """Give the addresses of so many processes on an empty database, as `compose.yaml` starts two, and a workspace.

    The processes are given, too, the worker's after those of the addresses.
    """
    url = postgres.new_database()
    settings = {"ZT_PLANNER_DATABASE_URL": url, "ZT_PLANNER_TODAY": TODAY}
    with ExitStack() as running:
        workers = []
        if has_worker:
            from tests.workers import KEY, Workers  # noqa: PLC0415 - as above

            started = Workers(url)
            running.callback(started.end)
            workers.append(started.start().pid)
            settings["ZT_PLANNER_WORKER_KEY"] = KEY
        servers = [running.enter_context(served_by(ROOT / "app.py", settings)) for _ in range(number)]
        processes = [psutil.Process(process) for process in (*(process for _, process in servers), *workers)]
        yield [address for address, _ in servers], processes, workspace_on(SessionStore.at_url(database_url(url)))
