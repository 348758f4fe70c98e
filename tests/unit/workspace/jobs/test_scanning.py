"""Reading scans as a job: each file by itself, for the page that has uploaded them, and no file stays."""

from __future__ import annotations

import pickle

import pytest

from tests.scan_files import assessment, assessment_test, json_file, known_rules
from tests.unit.conftest import Room
from zt_planner.domain.scan import ScanFiles
from zt_planner.domain.session import Role
from zt_planner.errors import NotAllowed
from zt_planner.workspace import Workspace
from zt_planner.workspace.jobs.scanning import scan_job
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.runners.job_runner import Jobs, Ticket
from zt_planner.workspace.runners.worker import Worker

WHOLE = json_file(assessment(assessment_test(21796, "Passed")))
FILES = (("a.json", WHOLE), ("cut.json", WHOLE[:-9]), ("b.json", WHOLE))


class Watched(Ticket):
    """A ticket that keeps what was reported."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[object] = []

    def tell(self, progress: object) -> None:
        """Keep it."""
        super().tell(progress)
        self.reports.append(progress)


def test_each_file_is_read_and_reported(workspace: Workspace) -> None:
    request, ticket = scan_job(workspace.example(new_key()), FILES, ["1", "2", "3"], known_rules()), Watched()
    read: ScanFiles = request.work(ticket)
    assert [scan.file for scan in read.scans] == ["a.json", "b.json"]
    assert [str(problem).split(":")[0] for problem in read.refused] == ["cut.json"]
    assert ticket.reports == [0, 1, 2]
    assert request.inputs == ("1", "2", "3")


def test_only_who_may_change_the_plan_reads_scans(room: Room) -> None:
    request = scan_job(room.joined(Role.VIEWER), FILES, ["1"], known_rules())
    with pytest.raises(NotAllowed):
        Jobs().submit(request)


def test_a_job_forgets_the_files(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    jobs, request = Jobs(), scan_job(workspace.example(new_key()), FILES, ["1", "2", "3"], known_rules())
    jobs.submit(request)
    found = jobs.find(request)
    assert found is not None
    assert len(found.result.scans) == 2
    content = pickle.dumps([entry.request for entry in jobs._latest.values()])  # noqa: SLF001 - what stays in memory
    assert WHOLE[:50] not in content
    assert WHOLE[:50] in pickle.dumps(request)


def test_files_are_read_in_another_process_which_gives_back_what_was_read_and_refused(workspace: Workspace) -> None:
    request, worker = scan_job(workspace.example(new_key()), FILES, ["1", "2", "3"], known_rules()), Worker()
    read = worker.run(request.work, Ticket())
    assert read.scans == request.work(Ticket()).scans
    assert [str(problem).split(":")[0] for problem in read.refused] == ["cut.json"]
    worker.end_if_idle()
