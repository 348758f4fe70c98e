"""What came of work beside the pages is found by those who may see it, whatever function of the workspace is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.unit.conftest import Room
from zt_planner.domain.differences import differences
from zt_planner.domain.session import Role
from zt_planner.engine.goals.question import Goals
from zt_planner.errors import NotAllowed
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.jobs import levelling, questions
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.runners.job_runner import Jobs, JobStage, Request

GOALS = Goals(finish_by=date(2027, 6, 30))
ANSWER = "what follows from day rates"

REQUESTS: dict[str, Callable[[Workspace, State], Request]] = {
    "a question": lambda workspace, state: questions.question_job(workspace, state, GOALS),
    "levelling": levelling.levelling_job,
    "the gain": levelling.gain_job,
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work at once, and give for all plans with day rates what nobody else must see."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    monkeypatch.setattr(questions, "ask", lambda *_, **__: ANSWER)
    monkeypatch.setattr(levelling, "_levelled", lambda *_, **__: ANSWER)
    monkeypatch.setattr(levelling, "DEBOUNCE_SECONDS", 0)


def without_rates(room: Room) -> State:
    """Return the page of a viewer from whom day rates are hidden."""
    viewer = room.joined(Role.VIEWER)
    room.workspace.people.set_rules(room.owner, hides_rates=True)
    return room.now(viewer)


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS)
def test_who_sees_no_day_rates_neither_asks_nor_finds_an_owner_s_answer(
    room: Room, request_of: Callable[[Workspace, State], Request]
) -> None:
    viewer, jobs = without_rates(room), room.workspace.jobs
    jobs.submit(request_of(room.workspace, room.owner))
    found = jobs.find(request_of(room.workspace, room.owner))
    assert found is not None
    assert (found.stage, found.result) == (JobStage.DONE, ANSWER)
    assert viewer.scenario == room.owner.scenario
    assert jobs.find(request_of(room.workspace, viewer)) is None
    with pytest.raises(NotAllowed):
        jobs.submit(request_of(room.workspace, viewer))
    assert jobs.find(request_of(room.workspace, viewer)) is None


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS)
def test_who_has_become_a_viewer_without_day_rates_no_longer_finds_their_own_answer(
    room: Room, request_of: Callable[[Workspace, State], Request]
) -> None:
    editor, jobs = room.joined(), room.workspace.jobs
    assert editor.me is not None
    jobs.submit(request_of(room.workspace, editor))
    assert jobs.find(request_of(room.workspace, editor)) is not None
    room.workspace.people.set_rules(room.owner, hides_rates=True)
    room.workspace.people.set_role(room.owner, editor.me.id, Role.VIEWER)
    assert jobs.find(request_of(room.workspace, room.now(editor))) is None


@pytest.mark.parametrize("name", ["a question", "levelling"])
def test_an_answer_is_found_by_the_session_that_asked_and_by_no_other_with_the_same_plan(room: Room, name: str) -> None:
    request_of, jobs, colleague = REQUESTS[name], room.workspace.jobs, room.joined()
    other = room.workspace.open(new_key())
    while other.scenario != room.owner.scenario or other.session is None:
        fields = {change.path: change.after for change in differences(other.scenario, room.owner.scenario)}
        other = room.workspace.change(other, fields or {"company.employees": 151})
    jobs.submit(request_of(room.workspace, room.owner))
    assert jobs.find(request_of(room.workspace, colleague)) is not None
    assert jobs.find(request_of(room.workspace, other)) is None
