"""The process that does the work of jobs: a real one, which is told, cancelled, killed and left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from threading import Thread

import pytest

from tests.builders import book, case, model, price, scenario, task
from tests.launched import Followed, Queue, request
from tests.sample_work import (
    PATIENCE,
    added,
    endless,
    faulty,
    is_killed_first,
    killed,
    not_to_be_sent,
    priority,
    process,
    refused,
    with_one_more,
)
from zt_planner.errors import CalculationStopped, NotAllowed
from zt_planner.resources import root
from zt_planner.workspace.runners.job_runner import JobCancelled, Jobs, JobStage, Ticket
from zt_planner.workspace.runners.worker import NICENESS, Worker


class Running:
    """Endless work in a thread, once it has begun: in which process, and what it raised."""

    def __init__(self, worker: Worker) -> None:
        self.ticket = Followed()
        self.raised: list[type[Exception]] = []
        self.thread = Thread(target=self._run, args=(worker,), daemon=True)
        self.thread.start()
        assert self.ticket.heard.wait(PATIENCE)
        (self.process,) = self.ticket.said

    def _run(self, worker: Worker) -> None:
        try:
            worker.run(endless, self.ticket)
        except (JobCancelled, CalculationStopped) as error:
            self.raised.append(type(error))

    def kill(self) -> None:
        """Kill the process, as the system does when memory runs out."""
        assert isinstance(self.process, int)
        os.kill(self.process, signal.SIGKILL)
        self.thread.join(PATIENCE)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Return a worker, whose process ends with the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "call_later", staticmethod(lambda *_: lambda: None))
        found = Worker()
        yield found
        found.end_if_idle()


def test_work_is_done_in_one_process_with_its_progress_and_below_the_priority_of_pages(worker: Worker) -> None:
    ticket = Followed()
    assert worker.run(partial(added, 1, 2), ticket) == 3
    assert ticket.said == [1, 2]
    assert worker.run(process, Ticket()) == worker.run(process, Ticket()) != os.getpid()
    assert worker.run(priority, Ticket()) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    assert worker.run(is_killed_first, Ticket())


def test_cases_come_back_with_the_prices_and_tasks_that_they_were_sent_with(worker: Worker) -> None:
    given = {letter: case(scenario(), book(price("a", 10)), model(task("b"))) for letter in "AB"}
    *same, more = worker.run(partial(with_one_more, given), Ticket())
    assert same == [*given.values()]
    assert more == given["A"].changed(more.scenario)
    for sent, back in zip((*given.values(), given["A"]), (*same, more), strict=True):
        assert back.base_book is sent.base_book
        assert back.base_model is sent.base_model


def test_work_is_cancelled_through_the_pipe_before_and_after_it_has_begun(worker: Worker) -> None:
    running = Running(worker)
    running.ticket.cancel()
    running.thread.join(PATIENCE)
    assert running.raised == [JobCancelled]
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(JobCancelled):
        worker.run(endless, ticket)


def test_a_killed_process_is_told_to_all_who_wait_and_the_next_work_starts_another(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    running, other = Running(worker), Running(worker)
    assert running.process == other.process
    running.kill()
    other.thread.join(PATIENCE)
    assert running.raised == other.raised == [CalculationStopped]
    (line,) = caplog.messages
    assert "exit code -9" in line
    assert worker.run(process, Ticket()) != running.process


@pytest.mark.extended
def test_a_killed_job_fails_with_what_to_do_and_can_be_started_again(worker: Worker, launched: Queue) -> None:
    jobs, asked = Jobs(do=worker.run), request("anna", work=killed)
    jobs.submit(asked)
    launched.run()
    job = jobs.find(asked)
    assert job is not None
    assert job.stage is JobStage.FAILED
    assert isinstance(job.error, CalculationStopped)
    again = replace(asked, work=process)
    jobs.submit(again)
    launched.run()
    job = jobs.find(again)
    assert job is not None
    assert job.stage is JobStage.DONE


def test_errors_that_a_person_can_mend_come_through(worker: Worker) -> None:
    with pytest.raises(NotAllowed, match="Ask the owner of the session"):
        worker.run(refused, Ticket())


@pytest.mark.parametrize("work", [faulty, not_to_be_sent], ids=["the work", "its result"])
def test_a_fault_is_its_threads_to_report_with_the_childs_traceback_and_the_child_goes_on(
    worker: Worker, launched: Queue, work: Callable[[Ticket], object], capfd: pytest.CaptureFixture[str]
) -> None:
    jobs, before = Jobs(do=worker.run), worker.run(process, Ticket())
    jobs.submit(request("anna", work=work))
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*sample_work\.py.*faulty.*ZeroDivisionError|pickle"):
        launched.run()
    job = jobs.find(request("anna"))
    assert job is not None
    assert (job.stage, job.error) == (JobStage.FAILED, None)
    assert worker.run(process, Ticket()) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.extended
def test_a_process_without_work_is_ended_after_a_while_and_one_with_work_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Callable[[], None]] = []
    stayed: list[str] = []

    def later(_seconds: float, then: Callable[[], None]) -> Callable[[], None]:
        asked.append(then)
        return lambda: stayed.append("stayed")

    monkeypatch.setattr(Worker, "call_later", staticmethod(later))
    worker = Worker()
    running = Running(worker)
    worker.end_if_idle()
    first = worker.run(process, Ticket())
    assert first == running.process
    assert not asked
    running.ticket.cancel()
    running.thread.join(PATIENCE)
    (end,) = asked
    assert worker.run(process, Ticket()) == first
    assert stayed == ["stayed"]
    end()
    second = worker.run(process, Ticket())
    assert second != first
    worker.end_if_idle()
    worker.end_if_idle()


@pytest.mark.extended
def test_the_process_ends_with_its_server_however_that_ends() -> None:
    command, pipe = [sys.executable, "-c", "from tests.sample_work import serve; serve()"], subprocess.PIPE
    with subprocess.Popen(command, cwd=root(), stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stdout is not None
        child = int(server.stdout.readline())
        os.kill(child, 0)
        server.kill()
        _, said = server.communicate(timeout=PATIENCE)  # the child has the same standard error: it has ended, too
        assert not said


@pytest.mark.extended
def test_only_what_work_needs_is_loaded(worker: Worker) -> None:
    assert worker.run(partial(modules, {"streamlit", "sqlalchemy", "zt_planner.store.database"}), Ticket()) == set()


def modules(wanted: set[str], _ticket: Ticket) -> set[str]:
    """Return which of these modules a process has loaded."""
    return wanted & set(sys.modules)
