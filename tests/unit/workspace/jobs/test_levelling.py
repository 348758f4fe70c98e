"""Levelling beside the pages: what a plan is found to gain, when nothing is found, and what is given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest

from tests.launched import Queue, request
from tests.problems import working_days
from tests.unit.server.house import House
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.levelling import proposal
from zt_planner.engine.levelling.proposal import LevellingResult
from zt_planner.workspace import State
from zt_planner.workspace.jobs import comparing, levelling, questions
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Jobs, Ticket
from zt_planner.workspace.runners.worker import Worker

KEPT = {"kickoff", "inventory", "works_council", "licence_order", "admin_mfa", "directory"}


@pytest.fixture
def house(tmp_path: Path, known_plans: Plans) -> House:
    """Return a session in a file."""
    return House(tmp_path / "sessions.sqlite", known_plans)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where it is asked for."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    monkeypatch.setattr(levelling, "DEBOUNCE_SECONDS", 0)


def few_tasks(house: House) -> State:
    """Return the owner's plan with six tasks and given teams: five days can be saved."""
    left_out = {f"tasks.edits.{it}.in_scope": False for it in house.workspace.phase_model.by_id if it not in KEPT}
    return house.workspace.change(house.owner, {"timeline.mode": "capacity", **left_out})


def gained(house: House, state: State) -> object:
    """Return what levelling finds for a state."""
    request = levelling.gain_job(house.workspace, state)
    house.workspace.jobs.submit(request)
    job = house.workspace.jobs.find(request)
    assert job is not None
    return job.result


def test_what_levelling_would_bring_is_found(house: House) -> None:
    found = gained(house, few_tasks(house))
    assert isinstance(found, LevellingResult)
    assert found.proposal is not None
    assert working_days(found.proposal.quick) - found.proposal.length == 5


def test_what_levelling_would_bring_does_not_follow_from_the_clock(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levelling, "perf_counter", iter(()).__next__)  # whoever asks fails
    found = gained(house, few_tasks(house))
    assert isinstance(found, LevellingResult)
    assert found.proposal is not None
    assert found.proposal.length == working_days(found.proposal.quick) - 5


@pytest.mark.extended
def test_limits_in_conflict_leave_nothing_to_say_and_are_not_looked_at_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = house.workspace.change(few_tasks(house), {"finance.monthly_cap": 1})
    assert gained(house, state) is None
    monkeypatch.setattr(proposal, "level", None)
    assert gained(house, state) is None


def test_a_plan_that_moves_on_while_it_rests_is_never_levelled(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levelling, "DEBOUNCE_SECONDS", 60)
    state = few_tasks(house)
    assert gained(house, state) is None
    later = house.workspace.change(state, {"company.employees": 90})
    assert gained(house, later) is None
    assert house.workspace.jobs.find(levelling.gain_job(house.workspace, state)) is None
    house.workspace.jobs.cancel_all()


@pytest.mark.extended
def test_a_process_of_its_own_finds_what_this_one_finds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "call_later", staticmethod(lambda *_: lambda: None))
    state, worker = few_tasks(house), Worker()
    changed = state.scenario.changed("company.employees", 90)
    plans = house.workspace.plans
    cases = {letter: plans.plan(it).case for letter, it in (("A", state.scenario), ("B", changed))}
    asked = (
        levelling.gain_job(house.workspace, state),
        questions.question_job(house.workspace, state, Goals(finish_by=date(2027, 6, 30))),
        comparing.comparison_job(house.workspace, state, cases),
    )
    for each in asked:
        assert worker.run(each.work, Ticket()) == each.work(Ticket())
    worker.end_if_idle()


def test_what_is_only_shown_beside_amounts_has_the_same_proposal(house: House) -> None:
    house.workspace.jobs.submit(levelling.levelling_job(house.workspace, few_tasks(house)))
    shown = house.workspace.change(house.state(house.key), {"display.currency": "CHF"})
    job = house.workspace.jobs.find(levelling.levelling_job(house.workspace, shown))
    assert job is not None
    assert job.result is not None


def test_the_first_change_of_a_page_waits_for_no_pause_after_what_it_asked_before(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched, pauses = Queue(), list[float]()

    def later(seconds: float, _then: Callable[[], None]) -> Callable[[], None]:
        pauses.append(seconds)
        return lambda: None

    monkeypatch.setattr(Jobs, "launch", staticmethod(launched.append))
    monkeypatch.setattr(Jobs, "call_later", staticmethod(later))
    monkeypatch.setattr(levelling, "_gained", lambda *_: None)
    example = replace(house.workspace.open(new_key()), origin="a page")
    house.workspace.jobs.submit(levelling.gain_job(house.workspace, example))
    changed = house.workspace.change(example, {"company.employees": 180})
    assert changed.session is not None
    house.workspace.jobs.submit(levelling.gain_job(house.workspace, changed))
    launched.run()
    assert pauses == [0]


def test_pages_that_ask_for_the_same_at_the_same_moment_have_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[Callable[[], None]] = []
    monkeypatch.setattr(Jobs, "launch", staticmethod(launched.append))
    jobs, gate = Jobs(), Barrier(8)

    def asks() -> None:
        gate.wait(20)
        jobs.submit(request("a session"))

    threads = [Thread(target=asks) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(launched) == 1
