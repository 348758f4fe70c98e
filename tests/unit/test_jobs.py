"""Work beside the pages: one job a kind and owner, two at once, results under their inputs only."""

from __future__ import annotations

from threading import Event, current_thread
from typing import TYPE_CHECKING

import pytest

from zt_planner.errors import NotAllowed, TooManyAsked, TooMuchWaits
from zt_planner.workspace import jobs as module
from zt_planner.workspace.jobs import (
    MOST_WAITING,
    MOST_WAITING_OF_A_SESSION,
    MOST_WAITING_OF_AN_ADDRESS,
    RUN_AT_ONCE,
    Asker,
    Jobs,
    Stage,
    Ticket,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ANNA, EMIL, KIND = "anna", "emil", "question"
PATIENCE = 20
"""Seconds that a thread may take on the slowest machine; nothing waits for them."""


class Queue(list["Callable[[], None]"]):
    """What was launched, to be run when the test says so."""

    def run(self) -> None:
        """Run what was launched first."""
        self.pop(0)()


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Keep what is launched."""
    queue = Queue()
    monkeypatch.setattr(Jobs, "launch", staticmethod(queue.append))
    return queue


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what is launched where it is launched."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))


def gives(result: object) -> Callable[[Ticket], object]:
    """Return work that gives a result."""
    return lambda _ticket: result


def stage(jobs: Jobs, owner: str, inputs: object = 1) -> Stage | None:
    """Return where an owner's job stands."""
    found = jobs.look(owner, KIND, inputs)
    return None if found is None else found.stage


def test_a_job_waits_runs_and_is_done(launched: Queue) -> None:
    jobs = Jobs()
    assert jobs.look(ANNA, KIND, 1) is None
    jobs.ask(Asker(ANNA), KIND, 1, gives("answer"))
    assert stage(jobs, ANNA) is Stage.RUNNING
    launched.run()
    found = jobs.look(ANNA, KIND, 1)
    assert found is not None
    assert (found.stage, found.result, found.is_going) == (Stage.DONE, "answer", False)


@pytest.mark.usefixtures("at_once")
def test_a_result_is_found_under_its_own_inputs_only() -> None:
    jobs = Jobs()
    jobs.ask(Asker(ANNA), KIND, 1, gives("one"))
    assert jobs.look(ANNA, KIND, 2) is None
    assert jobs.look(ANNA, "another kind", 1) is None
    assert stage(jobs, ANNA) is Stage.DONE


@pytest.mark.usefixtures("at_once")
def test_going_back_to_earlier_inputs_computes_nothing() -> None:
    jobs, computed = Jobs(), []

    def work(ticket: Ticket) -> int:
        ticket.report("begun")
        computed.append(1)
        return len(computed)

    for inputs in (1, 2, 1):
        jobs.ask(Asker(ANNA), KIND, inputs, work)
    assert len(computed) == 2
    found = jobs.look(ANNA, KIND, 1)
    assert found is not None
    assert found.result == 1


@pytest.mark.usefixtures("at_once")
def test_what_was_computed_for_one_is_there_for_everybody_with_the_same_inputs() -> None:
    jobs = Jobs()
    jobs.ask(Asker(ANNA), KIND, 1, gives("answer"))
    assert stage(jobs, EMIL) is Stage.DONE


def test_asking_again_with_other_inputs_ends_the_older_job(launched: Queue) -> None:
    jobs, reached = Jobs(), []

    def work(ticket: Ticket) -> None:
        ticket.report("half")
        reached.append("end")

    jobs.ask(Asker(ANNA), KIND, 1, work)
    jobs.ask(Asker(ANNA), KIND, 2, work)
    assert stage(jobs, ANNA, 1) is None
    launched.run()
    assert not reached
    launched.run()
    assert reached == ["end"]
    assert stage(jobs, ANNA, 2) is Stage.DONE


def test_asking_again_with_the_same_inputs_goes_on(launched: Queue) -> None:
    jobs = Jobs()
    for _ in range(3):
        jobs.ask(Asker(ANNA), KIND, 1, gives("answer"))
    assert len(launched) == 1


def test_no_more_than_two_run_at_once_and_the_others_follow_in_line(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(4):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    assert len(launched) == RUN_AT_ONCE
    assert [stage(jobs, f"owner {number}", number) for number in range(4)] == [
        *2 * [Stage.RUNNING],
        *2 * [Stage.WAITING],
    ]
    launched.run()
    assert stage(jobs, "owner 2", 2) is Stage.RUNNING
    assert stage(jobs, "owner 3", 3) is Stage.WAITING


def test_a_job_that_was_cancelled_in_line_never_runs(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(3):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    jobs.cancel("owner 2", KIND)
    assert stage(jobs, "owner 2", 2) is Stage.CANCELLED
    launched.run()
    launched.run()
    assert not launched


def test_a_running_job_that_was_cancelled_keeps_its_place_until_it_ends_and_gives_nothing(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(3):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    jobs.cancel("owner 0", KIND)
    jobs.cancel("owner 0", KIND)
    assert stage(jobs, "owner 2", 2) is Stage.WAITING
    launched.run()
    assert stage(jobs, "owner 0", 0) is Stage.CANCELLED
    assert stage(jobs, "owner 2", 2) is Stage.RUNNING


def test_what_was_cancelled_can_be_asked_for_again(launched: Queue) -> None:
    jobs = Jobs()
    jobs.ask(Asker(ANNA), KIND, 1, gives("answer"))
    jobs.cancel(ANNA, KIND)
    jobs.ask(Asker(ANNA), KIND, 1, gives("answer"))
    launched.run()
    launched.run()
    assert stage(jobs, ANNA) is Stage.DONE


def test_nothing_to_cancel_is_no_fault() -> None:
    jobs = Jobs()
    jobs.cancel(ANNA, KIND)
    assert stage(jobs, ANNA) is None


def test_progress_is_seen_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, seen = Jobs(), []
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))

    def work(ticket: Ticket) -> None:
        for share in (1, 2):
            ticket.report(share)
            found = jobs.look(ANNA, KIND, 1)
            assert found is not None
            seen.append((found.stage, found.progress))

    jobs.ask(Asker(ANNA), KIND, 1, work)
    assert seen == [(Stage.RUNNING, 1), (Stage.RUNNING, 2)]


@pytest.mark.usefixtures("at_once")
def test_a_job_that_is_refused_keeps_the_reason() -> None:
    def work(_ticket: Ticket) -> None:
        raise NotAllowed

    jobs = Jobs()
    jobs.ask(Asker(ANNA), KIND, 1, work)
    found = jobs.look(ANNA, KIND, 1)
    assert found is not None
    assert (found.stage, type(found.error)) == (Stage.FAILED, NotAllowed)


def test_a_fault_of_the_program_is_its_threads_to_report_and_stops_nobody_else(launched: Queue) -> None:
    def work(_ticket: Ticket) -> None:
        raise LookupError

    jobs = Jobs()
    jobs.ask(Asker(ANNA), KIND, 1, work)
    for number in range(2):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    with pytest.raises(LookupError):
        launched.run()
    found = jobs.look(ANNA, KIND, 1)
    assert found is not None
    assert (found.stage, found.error) == (Stage.FAILED, None)
    assert len(launched) == 2


def test_a_solver_is_ended_at_once_and_one_that_comes_late_too() -> None:
    ticket, ended = Ticket(), []
    ticket.when_cancelled(lambda: ended.append("early"))
    ticket.cancel()
    ticket.when_cancelled(lambda: ended.append("late"))
    assert ended == ["early", "late"]


def test_too_many_that_wait_are_refused_in_words(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(RUN_AT_ONCE + MOST_WAITING):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    with pytest.raises(TooMuchWaits, match="Try again in a minute"):
        jobs.ask(Asker(ANNA), KIND, 1_000, gives(0))
    launched.run()
    jobs.ask(Asker(ANNA), KIND, 1_000, gives(0))
    assert stage(jobs, ANNA, 1_000) is Stage.WAITING


def ask_from(jobs: Jobs, address: str, session: str, number: int) -> None:
    """Ask from an address for a session, each time from another page and for something else."""
    jobs.ask(Asker(f"page {number}", address, session), KIND, number, gives(number))


@pytest.fixture
def busy(launched: Queue) -> Jobs:
    """Return jobs of which as many run as can."""
    jobs = Jobs()
    for number in range(RUN_AT_ONCE):
        jobs.ask(Asker(f"runs {number}"), KIND, -number, gives(number))
    assert len(launched) == RUN_AT_ONCE
    return jobs


def test_an_office_of_ten_groups_is_let_in_and_fills_no_line(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_from(busy, "192.0.2.1", f"group {number % 10}", number)
    for session in ("group 1", "another", ""):
        with pytest.raises(TooManyAsked, match="then try again"):
            ask_from(busy, "192.0.2.1", session, 100)
    ask_from(busy, "192.0.2.2", "another", 100)
    assert MOST_WAITING_OF_AN_ADDRESS < MOST_WAITING


def test_pages_without_a_session_are_each_their_own(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_from(busy, "192.0.2.1", "", number)
    with pytest.raises(TooManyAsked):
        ask_from(busy, "192.0.2.1", "", 100)
    assert stage(busy, "page 100", 100) is None


def test_no_address_fills_the_line_by_many_pages_of_a_session(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_A_SESSION):
        ask_from(busy, f"2001:db8::{number:x}", "one", number)
    with pytest.raises(TooManyAsked):
        ask_from(busy, "2001:db8::ffff", "one", 100)
    ask_from(busy, "2001:db8:0:1::1", "one", 100)


def ask_by_itself(jobs: Jobs, number: int, address: str = "", *, rest: float = 0) -> None:
    """Ask as a page does when nobody has pressed anything."""
    jobs.ask(Asker(f"page {number}", address, is_person=False), KIND, number, gives(number), rest=rest)


def test_what_pages_ask_for_by_themselves_keeps_nobody_from_asking(busy: Jobs) -> None:
    for number in range(MOST_WAITING):
        ask_by_itself(busy, number)
    with pytest.raises(TooMuchWaits):
        ask_by_itself(busy, MOST_WAITING)
    ask_from(busy, "192.0.2.1", "one", 100)


def test_what_pages_of_an_address_ask_for_by_themselves_is_bounded_and_counted_apart(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_by_itself(busy, number, "192.0.2.1")
    with pytest.raises(TooManyAsked):
        ask_by_itself(busy, 100, "192.0.2.1")
    ask_from(busy, "192.0.2.1", "one", 100)


def test_what_somebody_has_asked_goes_before_what_pages_ask_for_by_themselves(busy: Jobs, launched: Queue) -> None:
    ask_by_itself(busy, 1)
    ask_from(busy, "192.0.2.1", "one", 2)
    launched.run()
    assert (stage(busy, "page 1", 1), stage(busy, "page 2", 2)) == (Stage.WAITING, Stage.RUNNING)


def test_what_rests_takes_no_place_among_those_that_run(launched: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    resting: list[Callable[[], None]] = []

    def later(_seconds: float, then: Callable[[], None]) -> Callable[[], None]:
        resting.append(then)
        return lambda: None

    monkeypatch.setattr(Jobs, "later", staticmethod(later))
    jobs = Jobs()
    for number in range(RUN_AT_ONCE):
        ask_by_itself(jobs, number, rest=60)
    assert not launched
    jobs.ask(Asker(ANNA), KIND, 1_000, gives("answer"))
    assert stage(jobs, ANNA, 1_000) is Stage.RUNNING
    resting[0]()
    assert [stage(jobs, f"page {number}", number) for number in range(2)] == [Stage.RUNNING, Stage.WAITING]


def test_what_is_given_up_while_it_rests_never_runs(launched: Queue) -> None:
    jobs = Jobs()
    ask_by_itself(jobs, 1, rest=60)
    jobs.cancel("page 1", KIND)
    assert stage(jobs, "page 1", 1) is Stage.CANCELLED
    assert not launched


def test_a_rest_ends_by_itself_or_is_ended() -> None:
    has_rested, jobs = Event(), Jobs()
    jobs.later(0, has_rested.set)
    assert has_rested.wait(PATIENCE)
    end = jobs.later(60, has_rested.clear)
    end()
    assert has_rested.is_set()


def test_what_has_begun_or_was_cancelled_waits_no_more(busy: Jobs, launched: Queue) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_from(busy, "192.0.2.1", f"session {number}", number)
    launched.run()
    ask_from(busy, "192.0.2.1", "another", 100)
    busy.cancel("page 100", KIND)
    ask_from(busy, "192.0.2.1", "another", 101)
    with pytest.raises(TooManyAsked):
        ask_from(busy, "192.0.2.1", "a third", 102)


@pytest.mark.usefixtures("at_once")
def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OWNERS_REMEMBERED", 2)
    monkeypatch.setattr(module, "RESULTS_REMEMBERED", 2)
    jobs = Jobs()
    for number in range(3):
        jobs.ask(Asker(f"owner {number}"), KIND, number, gives(number))
    assert stage(jobs, EMIL, 0) is None
    assert stage(jobs, EMIL, 1) is Stage.DONE


def test_a_server_that_stops_ends_what_runs_and_what_waits(launched: Queue) -> None:
    jobs, ended = Jobs(), []

    def work(ticket: Ticket) -> None:
        ticket.when_cancelled(lambda: ended.append("solver"))
        ticket.report("never said")

    for number in range(3):
        jobs.ask(Asker(f"owner {number}"), KIND, number, work)
    jobs.cancel_all()
    assert [stage(jobs, f"owner {number}", number) for number in range(3)] == 3 * [Stage.CANCELLED]
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

    jobs.ask(Asker(ANNA), KIND, 1, work)
    assert stage(jobs, ANNA) is Stage.RUNNING
    jobs.cancel(ANNA, KIND)
    may_end.set()
    assert has_ended.wait(PATIENCE)
    assert seen == [True]
    assert stage(jobs, ANNA) is Stage.CANCELLED
