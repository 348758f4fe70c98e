"""Work beside the pages: one job a kind and owner, two at once, results under their inputs only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from gc import collect
from threading import Event, current_thread
from weakref import ref

import pytest
from prometheus_client import REGISTRY

from tests.launched import Queue, gives, request, stage
from zt_planner.defaults import CALCULATIONS_AT_ONCE
from zt_planner.errors import CalculationStopped, NotAllowed
from zt_planner.workspace.runners import job_runner as module
from zt_planner.workspace.runners.job_runner import Jobs, JobStage, Requester, Ticket

ANNA, EMIL = "anna", "emil"
PATIENCE = 20
"""Seconds that a thread may take on the slowest machine; nothing waits for them."""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what is launched where it is launched."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))


def test_a_job_waits_runs_and_is_done(launched: Queue) -> None:
    jobs = Jobs()
    assert jobs.find(request(ANNA, 1)) is None
    jobs.submit(request(ANNA, 1, gives("answer")))
    assert stage(jobs, ANNA) is JobStage.RUNNING
    launched.run()
    found = jobs.find(request(ANNA, 1))
    assert found is not None
    assert (found.stage, found.result, found.is_active) == (JobStage.DONE, "answer", False)


@pytest.mark.usefixtures("at_once")
def test_a_result_is_found_under_its_own_inputs_only() -> None:
    jobs = Jobs()
    jobs.submit(request(ANNA, 1, gives("one")))
    assert jobs.find(request(ANNA, 2)) is None
    assert jobs.find(replace(request(ANNA), kind="another kind")) is None
    assert stage(jobs, ANNA) is JobStage.DONE


@pytest.mark.usefixtures("at_once")
def test_going_back_to_earlier_inputs_computes_nothing() -> None:
    jobs, computed = Jobs(), []

    def work(ticket: Ticket) -> int:
        ticket.report("begun")
        computed.append(1)
        return len(computed)

    for inputs in (1, 2, 1):
        jobs.submit(request(ANNA, inputs, work))
    assert len(computed) == 2
    found = jobs.find(request(ANNA, 1))
    assert found is not None
    assert found.result == 1


@pytest.mark.usefixtures("at_once")
def test_what_was_computed_for_one_is_there_for_everybody_with_the_same_inputs() -> None:
    jobs = Jobs()
    jobs.submit(request(ANNA, 1, gives("answer")))
    assert stage(jobs, EMIL) is JobStage.DONE


@pytest.mark.usefixtures("at_once")
def test_what_is_not_remembered_is_there_for_its_asker_alone_until_they_ask_again() -> None:
    jobs = Jobs()
    jobs.submit(replace(request(ANNA, 1, gives("answer")), is_remembered=False))
    assert stage(jobs, ANNA) is JobStage.DONE
    assert stage(jobs, EMIL) is None
    jobs.submit(request(ANNA, 2, gives("answer")))
    assert stage(jobs, ANNA, 1) is None


def test_asking_again_with_other_inputs_ends_the_older_job(launched: Queue) -> None:
    jobs, reached = Jobs(), []

    def work(ticket: Ticket) -> None:
        ticket.report("half")
        reached.append("end")

    jobs.submit(request(ANNA, 1, work))
    jobs.submit(request(ANNA, 2, work))
    assert stage(jobs, ANNA, 1) is None
    launched.run()
    assert not reached
    launched.run()
    assert reached == ["end"]
    assert stage(jobs, ANNA, 2) is JobStage.DONE


def test_asking_again_with_the_same_inputs_goes_on(launched: Queue) -> None:
    jobs = Jobs()
    for _ in range(3):
        jobs.submit(request(ANNA, 1, gives("answer")))
    assert len(launched) == 1


def test_no_more_than_two_run_at_once_and_the_others_follow_in_line(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(4):
        jobs.submit(request(f"owner {number}", number))
    assert len(launched) == CALCULATIONS_AT_ONCE
    assert [stage(jobs, f"owner {number}", number) for number in range(4)] == [
        *2 * [JobStage.RUNNING],
        *2 * [JobStage.WAITING],
    ]
    launched.run()
    assert stage(jobs, "owner 2", 2) is JobStage.RUNNING
    assert stage(jobs, "owner 3", 3) is JobStage.WAITING


def test_a_job_that_was_cancelled_in_line_never_runs(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(3):
        jobs.submit(request(f"owner {number}", number))
    jobs.cancel(request("owner 2"))
    assert stage(jobs, "owner 2", 2) is JobStage.CANCELLED
    launched.run()
    launched.run()
    assert not launched


def test_a_running_job_that_was_cancelled_keeps_its_place_until_it_ends_and_gives_nothing(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(3):
        jobs.submit(request(f"owner {number}", number))
    jobs.cancel(request("owner 0"))
    jobs.cancel(request("owner 0"))
    assert stage(jobs, "owner 2", 2) is JobStage.WAITING
    launched.run()
    assert stage(jobs, "owner 0", 0) is JobStage.CANCELLED
    assert stage(jobs, "owner 2", 2) is JobStage.RUNNING


def test_work_is_forgotten_when_it_has_ended_or_never_runs(launched: Queue) -> None:
    class Held:
        """Work that holds much."""

        def __call__(self, _ticket: Ticket) -> None:
            return

    jobs, held = Jobs(at_once=1), [Held(), Held()]
    left = [ref(each) for each in held]
    for number, work in enumerate(held):
        jobs.submit(request(f"page {number}", 1, work))
    jobs.cancel(request("page 1"))
    launched.run()
    del held, work
    collect()
    assert [each() for each in left] == [None, None]


def test_what_was_cancelled_can_be_asked_for_again(launched: Queue) -> None:
    jobs = Jobs()
    jobs.submit(request(ANNA, 1, gives("answer")))
    jobs.cancel(request(ANNA))
    jobs.submit(request(ANNA, 1, gives("answer")))
    launched.run()
    launched.run()
    assert stage(jobs, ANNA) is JobStage.DONE


def test_nothing_to_cancel_is_no_fault() -> None:
    jobs = Jobs()
    jobs.cancel(request(ANNA))
    assert stage(jobs, ANNA) is None


def test_progress_is_seen_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, seen = Jobs(), []
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))

    def work(ticket: Ticket) -> None:
        for share in (1, 2):
            ticket.report(share)
            found = jobs.find(request(ANNA, 1))
            assert found is not None
            seen.append((found.stage, found.progress))

    jobs.submit(request(ANNA, 1, work))
    assert seen == [(JobStage.RUNNING, 1), (JobStage.RUNNING, 2)]


@pytest.mark.usefixtures("at_once")
def test_a_job_that_is_refused_keeps_the_reason() -> None:
    def work(_ticket: Ticket) -> None:
        raise NotAllowed

    jobs = Jobs()
    jobs.submit(request(ANNA, 1, work))
    found = jobs.find(request(ANNA, 1))
    assert found is not None
    assert (found.stage, type(found.error)) == (JobStage.FAILED, NotAllowed)


def test_what_failed_is_tried_again_for_a_person_and_not_for_a_page(launched: Queue) -> None:
    tried = []

    def work(_ticket: Ticket) -> None:
        tried.append(1)
        raise NotAllowed

    jobs = Jobs()
    for is_person, times in ((True, 3), (False, 1)):
        tried.clear()
        for _ in range(3):
            jobs.submit(request(Requester("a page", is_person=is_person), times, work))
            if launched:
                launched.run()
        assert len(tried) == times


def test_a_fault_of_the_program_is_its_threads_to_report_and_stops_nobody_else(launched: Queue) -> None:
    def work(_ticket: Ticket) -> None:
        raise LookupError

    jobs = Jobs()
    jobs.submit(request(ANNA, 1, work))
    for number in range(2):
        jobs.submit(request(f"owner {number}", number))
    with pytest.raises(LookupError):
        launched.run()
    found = jobs.find(request(ANNA, 1))
    assert found is not None
    assert (found.stage, found.error) == (JobStage.FAILED, None)
    assert len(launched) == 2


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("error", "is_counted"), [(LookupError, True), (CalculationStopped, True), (NotAllowed, False)]
)
def test_a_monitor_counts_what_a_bug_or_a_killed_process_ends_and_no_refusal(
    error: type[Exception], *, is_counted: bool
) -> None:
    def work(_ticket: Ticket) -> None:
        raise error

    def count() -> float:
        return REGISTRY.get_sample_value("zt_planner_calculations_failed_total") or 0

    before = count()
    with suppress(LookupError):
        Jobs().submit(request(ANNA, 1, work))
    assert count() - before == is_counted


def test_a_solver_is_ended_at_once_and_one_that_comes_late_too() -> None:
    ticket, ended = Ticket(), []
    ticket.when_cancelled(lambda: ended.append("early"))
    ticket.cancel()
    ticket.when_cancelled(lambda: ended.append("late"))
    assert ended == ["early", "late"]


@pytest.mark.usefixtures("at_once")
def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OWNERS_REMEMBERED", 2)
    monkeypatch.setattr(module, "RESULTS_REMEMBERED", 2)
    jobs = Jobs()
    for number in range(3):
        jobs.submit(request(f"owner {number}", number))
    assert stage(jobs, EMIL, 0) is None
    assert stage(jobs, EMIL, 1) is JobStage.DONE


def test_a_server_that_stops_ends_what_runs_and_what_waits(launched: Queue) -> None:
    jobs, ended = Jobs(), []

    def work(ticket: Ticket) -> None:
        ticket.when_cancelled(lambda: ended.append("solver"))
        ticket.report("never said")

    for number in range(3):
        jobs.submit(request(f"owner {number}", number, work))
    jobs.cancel_all()
    assert [stage(jobs, f"owner {number}", number) for number in range(3)] == 3 * [JobStage.CANCELLED]
    launched.run()
    launched.run()
    assert ended == ["solver", "solver"]
    assert not launched


def test_work_runs_in_a_thread_that_does_not_keep_the_process() -> None:
    jobs, may_end, has_ended, seen = Jobs(), Event(), Event(), []

    def work(ticket: Ticket) -> str:
        seen.append(current_thread().daemon)
        assert may_end.wait(PATIENCE)
        ticket.when_cancelled(has_ended.set)
        ticket.report("going")
        return "never"

    jobs.submit(request(ANNA, 1, work))
    assert stage(jobs, ANNA) is JobStage.RUNNING
    jobs.cancel(request(ANNA))
    may_end.set()
    assert has_ended.wait(PATIENCE)
    assert seen == [True]
    assert stage(jobs, ANNA) is JobStage.CANCELLED
