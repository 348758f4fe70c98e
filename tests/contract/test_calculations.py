"""The queue of calculations in PostgreSQL: what stands in it, who may answer, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from tests.contract.places import begun, opened
from tests.postgres import Postgres
from tests.workers import Workers
from zt_planner.store.backup import read_backup, write_backup
from zt_planner.store.calculations import Taken
from zt_planner.store.tables import VERSION

SCHEMA = (4, "c70ec4b400a60ad9")
"""The version of our tables, and the digest of procrastinate's that it includes: raise VERSION when these change."""
GONE = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '7 seconds'"
WORK, ANSWER = b"a plan, pickled", b"another plan, pickled"


@pytest.fixture
def workers(postgres: Postgres) -> Iterator[Workers]:
    found = Workers(postgres.new_database())
    yield found
    found.end()


def asked(workers: Workers, name: str = "a") -> Taken:
    """Return a calculation that was asked for and taken."""
    workers.calculations.ask(name, WORK, 1)
    taken = workers.calculations.take(name)
    assert taken is not None
    return taken


def jobs(workers: Workers) -> list[tuple[object, ...]]:
    return workers.rows("SELECT args, status::text, abort_requested FROM procrastinate_jobs ORDER BY id")


def begin(workers: Workers) -> None:
    """Have procrastinate give all jobs to a worker."""
    workers.change(
        "WITH it AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM it)"
    )


def test_the_tables_of_procrastinate_are_those_of_this_version() -> None:
    assert (VERSION, sha256(SchemaManager.get_schema().encode()).hexdigest()[:16]) == SCHEMA


def test_a_job_holds_the_id_of_its_calculation_and_nothing_else(workers: Workers) -> None:
    workers.calculations.ask("a", WORK, 1)
    assert jobs(workers) == [({"calculation": "a"}, "todo", False)]
    workers.calculations.remove("a")
    assert jobs(workers) == workers.rows("SELECT * FROM calculations") == []


def test_only_the_worker_that_took_a_calculation_last_is_heard(workers: Workers) -> None:
    first, second = asked(workers), workers.calculations.take("a")
    assert second is not None
    assert (first.attempt, second.attempt, second.work) == (1, 2, WORK)
    workers.calculations.tell(first, b"late")
    workers.calculations.answer(first, "result", b"late")
    found = workers.calculations.look("a", 0)
    assert found is not None
    assert (found.told, found.progress, found.kind, found.answer) == (0, None, None, None)
    workers.calculations.tell(second, b"half")
    workers.calculations.answer(second, "result", ANSWER)
    found, known = workers.calculations.look("a", 0), workers.calculations.look("a", 1)
    assert found is not None
    assert known is not None
    assert (found.told, found.progress, found.kind, found.answer) == (1, b"half", "result", ANSWER)
    assert known.progress is None
    assert workers.calculations.take("a") is None
    assert workers.calculations.announce("worker", 2, [first]) == set()
    assert workers.calculations.announce("worker", 2, [second]) == {"a"}


def test_what_nobody_waits_for_any_more_is_removed_with_its_job(workers: Workers) -> None:
    asked(workers, "kept")
    asked(workers, "left")
    workers.change("UPDATE calculations SET wanted_at = now() - interval '31 seconds' WHERE id = 'left'")
    workers.calculations.want("kept")
    workers.calculations.tidy()
    assert workers.rows("SELECT id FROM calculations") == [("kept",)]
    assert jobs(workers) == [({"calculation": "kept"}, "todo", False)]


def test_what_a_worker_that_is_gone_has_left_is_taken_again(workers: Workers) -> None:
    asked(workers)
    begin(workers)
    workers.calculations.tidy()
    assert jobs(workers) == [({"calculation": "a"}, "doing", False)]
    workers.change(GONE)
    workers.calculations.tidy()
    assert jobs(workers) == [({"calculation": "a"}, "todo", False)]


def test_it_is_counted_what_waits_what_runs_and_what_a_worker_that_is_gone_has_left(workers: Workers) -> None:
    assert workers.calculations.counts() == (0, 0, 0)
    asked(workers)
    begin(workers)
    asked(workers, "b")
    assert workers.calculations.counts() == (1, 1, 0)
    workers.change(GONE)
    assert workers.calculations.counts() == (1, 0, 1)


def test_whoever_waits_is_told_when_nobody_calculates(workers: Workers) -> None:
    def is_silent() -> bool:
        found = workers.calculations.look("a", 0)
        assert found is not None
        return found.is_silent

    workers.calculations.ask("a", WORK, 1)
    assert is_silent()
    workers.calculations.announce("worker", 2, [])
    assert workers.calculations.places() == 2
    assert not is_silent()
    workers.calculations.take("a")
    workers.calculations.leave("worker")
    assert not is_silent()
    workers.change("UPDATE calculations SET alive_at = now() - interval '31 seconds'")
    assert is_silent()


def test_a_backup_leaves_calculations_out_and_restoring_leaves_them_alone(workers: Workers) -> None:
    begun(workers.store)
    asked(workers)
    file = BytesIO()
    write_backup(workers.store.database, file)
    read_backup(workers.store.database, BytesIO(file.getvalue()), "it.gz", replaces=True)
    assert workers.rows("SELECT id FROM calculations") == [("a",)]
    workers.calculations.remove("a")
    again = BytesIO()
    write_backup(workers.store.database, again)
    assert again.getvalue() == file.getvalue()


def test_the_right_to_create_tables_is_enough(postgres: Postgres) -> None:
    with psycopg.connect(postgres.server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE ROLE of_few_rights LOGIN PASSWORD 'x'")
        connection.execute("CREATE SCHEMA of_few_rights")
        connection.execute("GRANT USAGE, CREATE ON SCHEMA of_few_rights TO of_few_rights")
    address = f"{postgres.server.get_uri()}&options=-csearch_path%3Dof_few_rights%20-crole%3Dof_few_rights"
    store = opened(address)
    with store.database.writing() as connection_of_few:
        assert connection_of_few.exec_driver_sql("SELECT current_user").scalar() == "of_few_rights"
        assert connection_of_few.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar() == 0
    store.close()
