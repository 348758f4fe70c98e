"""Calculations that workers on other machines take from the database: their work, progress and answers.

procrastinate hands them out: its job has the id of a calculation and nothing else, and is made and removed in one
transaction with it. Only a database with PostgreSQL has the tables. Work, progress and answers are bytes that nobody
here reads. Laws: only the worker that took a calculation last tells progress and answers; nothing of a calculation is
left once its requester has removed it, or has not been heard of for a while; all times are the database's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from zt_planner.store.database import Database
from zt_planner.store.tables import calculations, workers

TASK = "calculate"
"""What procrastinate calls a job."""
WORKER_GONE = timedelta(seconds=6)
"""Since a worker's last sign of life: its jobs are taken again. It gives one every two seconds."""
SILENT = timedelta(seconds=30)
"""Since the last sign of life of whoever calculates, or wants the answer: the other does not wait any longer."""

_ASK = text("""
    SELECT (procrastinate_defer_jobs_v1(ARRAY[ROW(
        :queue, :task, :priority, NULL, NULL, jsonb_build_object('calculation', CAST(:id AS text)), NULL
    )::procrastinate_job_to_defer_v1]))[1]""")
_CANCEL = text("SELECT procrastinate_cancel_job_v1(:job, abort => true, delete_job => true)")
_RETAKE = text("""
    SELECT procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL),
        pg_notify('procrastinate_queue_v1#' || :queue, '{"type": "job_inserted", "job_id": ' || stalled.id || '}')
    FROM (
        SELECT job.id FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND job.queue_name = :queue
        AND (worker.id IS NULL OR worker.last_heartbeat < now() - CAST(:gone AS interval))
        FOR UPDATE OF job SKIP LOCKED
    ) AS stalled""")
_COUNT = text("""
    SELECT count(*) FILTER (WHERE job.status = 'todo'),
        count(*) FILTER (WHERE job.status = 'doing' AND worker.last_heartbeat >= now() - CAST(:gone AS interval)),
        count(*) FILTER (WHERE job.status = 'doing')
    FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.queue_name = :queue""")
_FORGET_ENDED = text("""
    DELETE FROM procrastinate_jobs WHERE queue_name = :queue
    AND status IN ('succeeded', 'failed', 'cancelled', 'aborted')""")


class Taken(NamedTuple):
    """A calculation as a worker has taken it."""

    id: str
    attempt: int
    work: bytes


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far a calculation is, and how often it was begun.

    `told` counts its progress; `is_silent`: whoever calculates was not heard of lately.
    """

    attempt: int
    told: int
    progress: bytes | None
    kind: str | None
    answer: bytes | None
    is_silent: bool


class QueueCounts(NamedTuple):
    """How many calculations wait, run, and are stalled, as their worker is gone."""

    waiting: float
    running: float
    stalled: float


@dataclass(frozen=True, slots=True)
class Calculations:
    """The calculations of one queue, which those share who understand and trust each other."""

    database: Database
    queue: str

    def ask(self, calculation: str, work: bytes, priority: int) -> None:
        """Have work done by any worker; the highest priority comes first."""
        with self.database.writing() as connection:
            given = {"queue": self.queue, "task": TASK, "priority": priority, "id": calculation}
            job = connection.execute(_ASK, given).scalar_one()
            connection.execute(insert(calculations).values(id=calculation, job=job, work=work))

    def look(self, calculation: str, told: int) -> Outlook | None:
        """Return how far a calculation is, with progress beyond what was told; None where it was removed."""
        is_taken, has_worker = calculations.c.attempt > 0, exists().where(*self._alive())
        query = select(
            calculations.c.attempt,
            calculations.c.told,
            case((calculations.c.told > told, calculations.c.progress)),
            calculations.c.kind,
            calculations.c.answer,
            or_(and_(is_taken, calculations.c.alive_at < func.now() - SILENT), and_(~is_taken, ~has_worker)),
        )
        with self.database.reading() as connection:
            row = connection.execute(query.where(calculations.c.id == calculation)).first()
        return None if row is None else Outlook(*row)

    def want(self, calculation: str) -> None:
        """Say that the requester still waits."""
        with self.database.writing() as connection:
            connection.execute(
                update(calculations).where(calculations.c.id == calculation).values(wanted_at=func.now())
            )

    def remove(self, calculation: str) -> None:
        """Remove a calculation; a worker that is at it is told."""
        with self.database.writing() as connection:
            _remove(connection, calculations.c.id == calculation)

    def has_worker(self) -> bool:
        """Tell whether a worker has given a sign of life lately."""
        return self.places() > 0

    def places(self) -> int:
        """Return how many calculations all workers together do at the same time."""
        query = select(func.coalesce(func.sum(workers.c.at_once), 0)).where(*self._alive())
        with self.database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def counts(self) -> QueueCounts:
        """Return how many calculations there are."""
        with self.database.reading() as connection:
            waiting, alive, taken = connection.execute(_COUNT, {"queue": self.queue, "gone": WORKER_GONE}).one()
        return QueueCounts(waiting, alive, taken - alive)

    def _alive(self) -> tuple[ColumnElement[bool], ...]:
        return workers.c.queue == self.queue, workers.c.alive_at > func.now() - WORKER_GONE

    def take(self, calculation: str) -> Taken | None:
        """Begin a calculation; None where nobody waits for it."""
        with self.database.writing() as connection:
            row = connection.execute(
                update(calculations)
                .where(calculations.c.id == calculation, calculations.c.kind.is_(None))
                .values(attempt=calculations.c.attempt + 1, alive_at=func.now())
                .returning(calculations.c.attempt, calculations.c.work)
            ).first()
        return None if row is None else Taken(calculation, row.attempt, row.work)

    def tell(self, taken: Taken, progress: bytes) -> None:
        """Keep the progress of a calculation."""
        self._set(taken, progress=progress, told=calculations.c.told + 1, alive_at=func.now())

    def answer(self, taken: Taken, kind: str, answer: bytes) -> None:
        """Keep the answer of a calculation."""
        self._set(taken, kind=kind, answer=answer)

    def _set(self, taken: Taken, **values: object) -> None:
        its = (calculations.c.id == taken.id, calculations.c.attempt == taken.attempt)
        with self.database.writing() as connection:
            connection.execute(update(calculations).where(*its).values(values))

    def announce(self, worker: str, at_once: int, at_work: Collection[Taken]) -> set[str]:
        """Say that a worker is there, and at which calculations; return those that are still wanted of it."""
        row = upsert(workers).values(id=worker, queue=self.queue, at_once=at_once, alive_at=func.now())
        its = tuple_(calculations.c.id, calculations.c.attempt).in_([(taken.id, taken.attempt) for taken in at_work])
        alive = update(calculations).where(its).values(alive_at=func.now()).returning(calculations.c.id)
        with self.database.writing() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"alive_at": func.now()}))
            return set(connection.execute(alive).scalars())

    def leave(self, worker: str) -> None:
        """Say that a worker takes nothing any more."""
        with self.database.writing() as connection:
            connection.execute(delete(workers).where(workers.c.id == worker))

    def tidy(self) -> None:
        """Have the jobs of workers that are gone taken again; remove what nobody waits for."""
        with self.database.writing() as connection:
            _remove(connection, calculations.c.wanted_at < func.now() - SILENT)
            connection.execute(delete(workers).where(workers.c.alive_at < func.now() - SILENT))
            connection.execute(_RETAKE, {"queue": self.queue, "gone": WORKER_GONE})
            connection.execute(_FORGET_ENDED, {"queue": self.queue})


def _remove(connection: Connection, those: ColumnElement[bool]) -> None:
    """Remove calculations, and their jobs: those that wait at once, those that run when their worker has stopped."""
    removed = connection.execute(delete(calculations).where(those).returning(calculations.c.job)).scalars().all()
    for job in removed:
        connection.execute(_CANCEL, {"job": job})
