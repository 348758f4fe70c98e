"""Workers: real processes that take calculations from PostgreSQL, are cancelled, stopped and killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic

import psutil
import pytest

from tests.launched import Followed
from tests.postgres import Postgres
from tests.sample_work import PATIENCE, added, endless, killed, process, refused
from tests.workers import Asked, Workers, until
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import CalculationStopped, NotAllowed
from zt_planner.store import calculations
from zt_planner.workspace.jobs.comparing import _comparison
from zt_planner.workspace.jobs.options import _options
from zt_planner.workspace.runners.job_runner import JobCancelled, Ticket
from zt_planner.workspace.runners.queue_worker import ELSEWHERE, BrokenSealError, Seal, place_of

COMPANY = "Muster & Geheim GmbH"
SECONDS_TO_CANCEL = 1.0
SECONDS_TO_BEGIN_AGAIN = 12.0


@pytest.fixture(scope="module")
def workers(postgres: Postgres) -> Iterator[Workers]:
    """Return two workers."""
    found = Workers(postgres.new_database())
    for _ in range(2):
        found.start("--at-once", "2")
    yield found
    found.end()


@pytest.fixture
def alone(postgres: Postgres) -> Iterator[Workers]:
    """Return a database for which no worker was started yet."""
    found = Workers(postgres.new_database())
    yield found
    found.end()


@pytest.fixture
def case(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Case:
    scenario = Scenario().changed("company.name", COMPANY)
    return case_of(scenario, price_book, phase_model, today=today)


def worker_of(child: object) -> int:
    """Return the process of the worker that has started a child."""
    assert isinstance(child, int)
    return int(psutil.Process(child).ppid())


def is_empty(workers: Workers) -> bool:
    """Tell whether nothing of any calculation is left."""
    return not any(workers.rows(query) for query in ("TABLE calculations", "TABLE procrastinate_jobs"))


def test_what_workers_do_is_there_to_be_done() -> None:
    for name in ELSEWHERE:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(module), function))


def test_a_seal_holds_for_one_key_and_one_place() -> None:
    seal, other = Seal("k" * 32), Seal("l" * 32)
    assert seal.opened("here", seal.closed("here", b"work")) == b"work"
    for opener, place in ((seal, "there"), (other, "here")):
        with pytest.raises(BrokenSealError):
            opener.opened(place, seal.closed("here", b"work"))
    assert seal.queue != other.queue


def test_without_a_worker_this_process_does_the_work(alone: Workers) -> None:
    assert alone.asking.run(process, Ticket()) == alone.own.run(process, Ticket())


@pytest.mark.extended
def test_a_worker_does_the_work_with_its_progress_and_raises_its_errors(workers: Workers) -> None:
    assert worker_of(workers.asking.run(process, Ticket())) in {worker.pid for worker in workers.started}
    ticket = Followed()
    assert workers.asking.run(partial(added, 1, 2), ticket) == 3
    assert set(ticket.said) <= {1, 2}
    with pytest.raises(NotAllowed, match="Ask the owner"):
        workers.asking.run(refused, Ticket())
    with pytest.raises(CalculationStopped):
        workers.asking.run(killed, Ticket())
    assert workers.asking.run(partial(added, 1, 2), Ticket()) == 3
    until(partial(is_empty, workers))


@pytest.mark.extended
def test_workers_find_what_this_process_finds_and_no_job_and_no_log_names_the_company(
    workers: Workers, case: Case
) -> None:
    workers.change("CREATE TABLE seen AS SELECT args, status::text FROM procrastinate_jobs")
    workers.change(
        "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN INSERT INTO seen SELECT NEW.args, NEW.status::text; RETURN NEW; END'"
    )
    workers.change(
        "CREATE TRIGGER see AFTER INSERT OR UPDATE ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION see()"
    )
    plan = build_plan(case)
    assert isinstance(plan, Plan)
    more = case.changed(case.scenario.changed("company.employees", 180))
    for work in (partial(_comparison, {"A": case, "B": more}), partial(_options, plan)):
        assert workers.asking.run(work, Ticket()) == workers.own.run(work, Ticket())
    until(partial(is_empty, workers))
    seen = workers.rows("SELECT args, status FROM seen")
    assert {status for _, status in seen} == {"todo", "doing"}
    assert all(isinstance(args, dict) and set(args) == {"calculation"} for args, _ in seen)
    assert len(workers.log) > 100
    for word in ("Muster", "Geheim", "company"):
        assert word not in workers.log
        assert word not in str(seen)


@pytest.mark.extended
def test_who_cancels_waits_for_nothing_and_the_worker_stops_within_a_second(workers: Workers) -> None:
    asked = Asked(workers.asking, endless).begun()
    began = monotonic()
    asked.ticket.cancel()
    assert isinstance(asked.ended(), JobCancelled)
    until(partial(is_empty, workers))
    assert monotonic() - began < SECONDS_TO_CANCEL


@pytest.mark.extended
def test_what_a_killed_worker_was_at_is_begun_again_by_another_once(workers: Workers) -> None:
    asked = Asked(workers.asking, endless).begun()
    (first,) = asked.ticket.said
    asked.ticket.heard.clear()
    os.kill(worker_of(first), signal.SIGKILL)
    began = monotonic()
    asked.begun()
    assert monotonic() - began < SECONDS_TO_BEGIN_AGAIN
    again = asked.ticket.said[-1]
    assert asked.ticket.said == [first, again]
    assert workers.rows("SELECT attempt FROM calculations") == [(2,)]
    asked.ticket.cancel()
    assert isinstance(asked.ended(), JobCancelled)
    assert worker_of(again) in {worker.pid for worker in workers.started if worker.poll() is None}
    workers.start()


@pytest.mark.extended
def test_a_worker_that_is_stopped_ends_what_it_does_and_says_that_it_is_gone(alone: Workers) -> None:
    worker = alone.start()
    asked = Asked(alone.asking, endless).begun()
    worker.send_signal(signal.SIGTERM)
    until(lambda: not alone.calculations.has_worker())
    asked.ticket.cancel()
    assert worker.wait(PATIENCE) == 0
    assert is_empty(alone)
    assert alone.asking.run(process, Ticket()) == alone.own.run(process, Ticket())


@pytest.mark.extended
def test_a_worker_that_hangs_is_not_waited_for_and_is_not_heard_when_it_goes_on(
    alone: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calculations, "SILENT", calculations.WORKER_GONE)
    worker = alone.start()
    asked = Asked(alone.asking, endless).begun()
    (first,) = asked.ticket.said
    asked.ticket.heard.clear()
    worker.send_signal(signal.SIGSTOP)
    asked.begun()
    assert asked.ticket.said == [first, alone.own.run(process, Ticket())]
    worker.send_signal(signal.SIGCONT)
    until(partial(is_empty, alone))
    asked.ticket.cancel()
    assert isinstance(asked.ended(), JobCancelled)


@pytest.mark.extended
def test_a_worker_with_another_key_is_not_asked_and_a_forged_calculation_is_not_done(
    alone: Workers, tmp_path: Path
) -> None:
    alone.start(WORKER_KEY="another key, of more than 32 signs")
    assert alone.asking.run(process, Ticket()) == alone.own.run(process, Ticket())
    alone.start()
    forged = Seal("what somebody guesses, of 32 signs").closed(place_of("work", "forged"), b"cposix\nsystem\n.")
    alone.calculations.ask("forged", forged, 1)
    until(lambda: alone.rows("SELECT kind FROM calculations") == [("stopped",)])
    assert "was asked for by somebody without the key" in alone.log
    alone.calculations.remove("forged")
    asked = Asked(alone.asking, endless).begun()
    alone.change("UPDATE calculations SET kind = 'result', answer = 'cposix'")
    asked.ticket.heard.clear()
    assert asked.begun().ticket.said[-1] == alone.own.run(process, Ticket())
    asked.ticket.cancel()
    assert isinstance(asked.ended(), JobCancelled)
    assert not list(tmp_path.iterdir())


@pytest.mark.extended
def test_a_worker_goes_on_when_the_database_is_back(workers: Workers, postgres: Postgres) -> None:
    def is_done_elsewhere() -> bool:
        return worker_of(workers.asking.run(process, Ticket())) != os.getpid()

    assert is_done_elsewhere()
    postgres.kill()
    try:
        assert not is_done_elsewhere()
    finally:
        postgres.start()
    until(is_done_elsewhere)
    assert "Traceback" not in workers.log
