"""Workers of the queue for tests: real processes, what they are asked, and a database that they share."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import Self

from tests import sample_work
from tests.launched import Followed
from tests.sample_work import PATIENCE
from zt_planner.resources import root
from zt_planner.store.calculations import Calculations
from zt_planner.store.database import database_url
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace.runners.job_runner import JobCancelled, Work
from zt_planner.workspace.runners.queue_worker import ELSEWHERE, QueueWorker, Seal
from zt_planner.workspace.runners.worker import Worker

KEY = "a key that nobody else has, of 40 signs!"
SAMPLES = {f"{sample_work.__name__}.{name}": 1 for name in ("process", "added", "endless", "killed", "refused")}


def until(is_so: Callable[[], bool]) -> None:
    """Return once something is so."""
    for _ in range(PATIENCE * 20):  # a process elsewhere gives no other sign
        if is_so():
            return
        sleep(0.05)
    raise AssertionError("it was waited for in vain")


class Asked:
    """Work that was asked for in a thread: its progress, and what came of it."""

    def __init__(self, worker: QueueWorker, work: Work) -> None:
        self.ticket, self.outcome = Followed(), list[object]()
        self._thread = Thread(target=self._run, args=(worker, work), daemon=True)
        self._thread.start()

    def _run(self, worker: QueueWorker, work: Work) -> None:
        try:
            self.outcome.append(worker.run(work, self.ticket))
        except JobCancelled as error:
            self.outcome.append(error)

    def begun(self) -> Self:
        """Return once it has told something."""
        assert self.ticket.heard.wait(PATIENCE)
        return self

    def ended(self) -> object:
        self._thread.join(PATIENCE)
        (outcome,) = self.outcome
        return outcome


class Workers:
    """A database, those who ask there, and the workers that are started for it."""

    def __init__(self, address: str, elsewhere: Mapping[str, int] = SAMPLES) -> None:
        self.address = address
        self.store = SessionStore.at_url(database_url(address))
        self.calculations, seal = self._queue()
        self.own = Worker()
        self.asking = QueueWorker(self.calculations, seal, self.own, {**ELSEWHERE, **elsewhere})
        self.started: list[subprocess.Popen[str]] = []
        self._logs = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the rest

    def _queue(self, key: str = KEY) -> tuple[Calculations, Seal]:
        seal = Seal(key)
        return Calculations(self.store.database, seal.queue), seal

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """Start a worker; return once it has said that it is there."""
        given = {"DATABASE_URL": self.address, "WORKER_KEY": KEY, "LOG_FORM": "json", **settings}
        calculations, _ = self._queue(given["WORKER_KEY"])
        worker = subprocess.Popen(
            [sys.executable, "-m", "zt_planner", "worker", *arguments],
            cwd=root(),
            env={**os.environ, **{f"ZT_PLANNER_{name}": value for name, value in given.items()}},
            stdout=self._logs,
            stderr=self._logs,
            text=True,
        )
        self.started.append(worker)
        until(calculations.has_worker)
        return worker

    @property
    def log(self) -> str:
        """What all workers have written so far."""
        self._logs.seek(0)
        return self._logs.read()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Return what the database answers."""
        with self.store.database.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def change(self, statement: str) -> None:
        """Change the database past the program."""
        with self.store.database.writing() as connection:
            connection.exec_driver_sql(statement)

    def end(self) -> None:
        """Kill the workers that still run, and close everything."""
        for worker in self.started:
            with suppress(ProcessLookupError):
                worker.kill()
            worker.wait(PATIENCE)
        self.own.end_if_idle()
        self._logs.close()
        self.store.close()
