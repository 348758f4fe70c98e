"""The line in which jobs wait: how long it may be, of one address and session, and who has the next turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from tests.launched import Queue, gives, request, stage
from zt_planner.defaults import CALCULATIONS_AT_ONCE, CALCULATIONS_WAITING
from zt_planner.errors import QueueFull, TooManyAsked
from zt_planner.workspace.runners import job_runner
from zt_planner.workspace.runners.job_runner import (
    LONGEST_PAUSE,
    MOST_OPTIONAL_WAITING,
    MOST_WAITING_OF_A_SESSION,
    MOST_WAITING_OF_AN_ADDRESS,
    PAUSE,
    Jobs,
    JobStage,
    Requester,
)

ANNA = "anna"
PATIENCE = 20
"""Seconds that a thread may take on the slowest machine; nothing waits for them."""


def test_too_many_that_wait_are_refused_in_words(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(CALCULATIONS_AT_ONCE + CALCULATIONS_WAITING):
        jobs.submit(request(f"owner {number}", number))
    with pytest.raises(QueueFull, match="Try again in a minute"):
        jobs.submit(request(ANNA, 1_000, gives(0)))
    launched.run()
    jobs.submit(request(ANNA, 1_000, gives(0)))
    assert stage(jobs, ANNA, 1_000) is JobStage.WAITING


def ask_from(jobs: Jobs, address: str, session: str, number: int) -> None:
    """Ask from an address for a session, each time from another page and for something else."""
    jobs.submit(request(Requester(f"page {number}", address, session), number))


@pytest.fixture
def busy(launched: Queue) -> Jobs:
    """Return jobs of which as many run as can."""
    jobs = Jobs()
    for number in range(CALCULATIONS_AT_ONCE):
        jobs.submit(request(f"runs {number}", -number))
    assert len(launched) == CALCULATIONS_AT_ONCE
    return jobs


def test_an_office_of_ten_groups_is_let_in_and_fills_no_line(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_from(busy, "192.0.2.1", f"group {number % 10}", number)
    for session in ("group 1", "another", ""):
        with pytest.raises(TooManyAsked, match="then try again"):
            ask_from(busy, "192.0.2.1", session, 100)
    ask_from(busy, "192.0.2.2", "another", 100)
    assert MOST_WAITING_OF_AN_ADDRESS < CALCULATIONS_WAITING


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


def ask_by_itself(
    jobs: Jobs, number: int, address: str = "", *, debounce_seconds: float = 0, is_optional: bool = False
) -> None:
    """Submit as a page does when nobody has pressed anything."""
    asked = request(Requester(f"page {number}", address, is_person=False), number)
    jobs.submit(replace(asked, debounce_seconds=debounce_seconds, is_optional=is_optional))


def test_what_pages_ask_for_by_themselves_keeps_nobody_from_asking(busy: Jobs) -> None:
    for number in range(CALCULATIONS_WAITING):
        ask_by_itself(busy, number)
    with pytest.raises(QueueFull):
        ask_by_itself(busy, CALCULATIONS_WAITING)
    ask_from(busy, "192.0.2.1", "one", 100)


def test_what_pages_of_an_address_ask_for_by_themselves_is_bounded_and_counted_apart(busy: Jobs) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_by_itself(busy, number, "192.0.2.1")
    with pytest.raises(TooManyAsked):
        ask_by_itself(busy, 100, "192.0.2.1")
    ask_from(busy, "192.0.2.1", "one", 100)


def test_of_what_pages_can_do_without_few_wait_and_they_keep_nothing_else_out(busy: Jobs) -> None:
    for number in range(MOST_OPTIONAL_WAITING):
        ask_by_itself(busy, number, is_optional=True)
    with pytest.raises(QueueFull):
        ask_by_itself(busy, MOST_OPTIONAL_WAITING, is_optional=True)
    ask_by_itself(busy, 100)
    assert stage(busy, "page 100", 100) is JobStage.WAITING


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, Callable[[], None]]]:
    """Return what rests: for how many seconds, and what then happens."""
    found: list[tuple[float, Callable[[], None]]] = []

    def later(seconds: float, then: Callable[[], None]) -> Callable[[], None]:
        found.append((seconds, then))
        return lambda: None

    monkeypatch.setattr(Jobs, "call_later", staticmethod(later))
    return found


def test_what_pages_can_do_without_runs_one_at_a_time_with_the_longer_pauses_the_more_of_it_waits(
    launched: Queue, resting: list[tuple[float, Callable[[], None]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 1_000, 7))
    monkeypatch.setattr(job_runner, "monotonic", lambda: next(ticks))
    jobs = Jobs()
    for number in range(3):
        ask_by_itself(jobs, number, is_optional=True)
    pauses = []
    for number in range(3):
        stages = [stage(jobs, f"page {each}", each) for each in range(3)]
        assert stages == [JobStage.DONE] * number + [JobStage.RUNNING] + [JobStage.WAITING] * (2 - number)
        launched.run()
        seconds, then = resting.pop()
        pauses.append(seconds)
        assert not launched, "the next one began without a pause"
        jobs.submit(request(ANNA, 1_000 + number, gives("answer")))
        ask_by_itself(jobs, 100 + number)
        assert stage(jobs, ANNA, 1_000 + number) is JobStage.RUNNING
        assert stage(jobs, f"page {100 + number}", 100 + number) is JobStage.RUNNING
        launched.run()
        launched.run()
        then()
    assert pauses == [PAUSE * waiting * 7 for waiting in (2, 1, 0)]


def test_who_asks_again_for_what_a_page_can_do_without_waits_for_no_pause(
    launched: Queue, resting: list[tuple[float, Callable[[], None]]]
) -> None:
    jobs = Jobs()
    ask_by_itself(jobs, 1, is_optional=True)
    jobs.submit(replace(request(Requester("page 1", is_person=False), "another plan"), is_optional=True))
    launched.run()
    seconds, then = resting.pop()
    then()
    assert seconds == 0
    assert stage(jobs, "page 1", "another plan") is JobStage.RUNNING


def test_what_a_busy_machine_works_at_for_minutes_holds_up_others_for_two_at_most(
    launched: Queue, resting: list[tuple[float, Callable[[], None]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = iter(range(0, 1_000, 130))
    monkeypatch.setattr(job_runner, "monotonic", lambda: next(minutes))
    jobs = Jobs()
    for number in range(2):
        ask_by_itself(jobs, number, is_optional=True)
    launched.run()
    assert [seconds for seconds, _ in resting] == [LONGEST_PAUSE]


def test_what_somebody_has_asked_goes_before_what_pages_ask_for_by_themselves(busy: Jobs, launched: Queue) -> None:
    ask_by_itself(busy, 1)
    ask_from(busy, "192.0.2.1", "one", 2)
    launched.run()
    assert (stage(busy, "page 1", 1), stage(busy, "page 2", 2)) == (JobStage.WAITING, JobStage.RUNNING)


def test_an_address_that_asks_for_much_holds_nobody_else_up(launched: Queue) -> None:
    jobs = Jobs()
    for number in range(CALCULATIONS_AT_ONCE + MOST_WAITING_OF_A_SESSION):
        ask_from(jobs, "203.0.113.7", "theirs", number)
    ask_from(jobs, "203.0.113.8", "mine", 1_000)
    launched.run()
    mine = jobs.find(request(Requester("page 1000", "203.0.113.8", "mine"), 1_000))
    assert mine is not None
    assert mine.stage is JobStage.RUNNING


def test_what_rests_takes_no_place_among_those_that_run(
    launched: Queue, resting: list[tuple[float, Callable[[], None]]]
) -> None:
    jobs = Jobs()
    for number in range(CALCULATIONS_AT_ONCE):
        ask_by_itself(jobs, number, debounce_seconds=60)
    assert not launched
    jobs.submit(request(ANNA, 1_000, gives("answer")))
    assert stage(jobs, ANNA, 1_000) is JobStage.RUNNING
    resting[0][1]()
    assert [stage(jobs, f"page {number}", number) for number in range(2)] == [JobStage.RUNNING, JobStage.WAITING]


def test_what_is_given_up_while_it_rests_never_runs(launched: Queue) -> None:
    jobs = Jobs()
    ask_by_itself(jobs, 1, debounce_seconds=60)
    jobs.cancel(request("page 1"))
    assert stage(jobs, "page 1", 1) is JobStage.CANCELLED
    assert not launched


def test_a_rest_ends_by_itself_or_is_ended() -> None:
    has_rested, jobs = Event(), Jobs()
    jobs.call_later(0, has_rested.set)
    assert has_rested.wait(PATIENCE)
    end = jobs.call_later(60, has_rested.clear)
    end()
    assert has_rested.is_set()


def test_what_has_begun_or_was_cancelled_waits_no_more(busy: Jobs, launched: Queue) -> None:
    for number in range(MOST_WAITING_OF_AN_ADDRESS):
        ask_from(busy, "192.0.2.1", f"session {number}", number)
    launched.run()
    ask_from(busy, "192.0.2.1", "another", 100)
    busy.cancel(request("page 100"))
    ask_from(busy, "192.0.2.1", "another", 101)
    with pytest.raises(TooManyAsked):
        ask_from(busy, "192.0.2.1", "a third", 102)
