"""Jobs that are launched when a test says so, and how one stands."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from zt_planner.workspace.runners.job_runner import Jobs, JobStage, Request, Requester, Ticket

KIND = "question"


class Queue(list["Callable[[], None]"]):
    """What was launched, to be run when the test says so."""

    def run(self) -> None:
        """Run what was launched first."""
        self.pop(0)()


class Followed(Ticket):
    """A ticket that keeps all progress, and tells when there is some."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[object] = []
        self.heard = Event()

    def tell(self, progress: object) -> None:
        self.said.append(progress)
        self.heard.set()


def gives(result: object) -> Callable[[Ticket], object]:
    """Return work that gives a result."""
    return lambda _ticket: result


def request(requester: Requester | str, inputs: object = 1, work: Callable[[Ticket], object] | None = None) -> Request:
    """Return a request of a page, for something that gives nothing unless it is said what."""
    return Request(KIND, inputs, work or gives(None), Requester(requester) if isinstance(requester, str) else requester)


def stage(jobs: Jobs, owner: str, inputs: object = 1) -> JobStage | None:
    """Return where an owner's job stands."""
    found = jobs.find(request(owner, inputs))
    return None if found is None else found.stage


def finish(line: list[Callable[[], None]]) -> None:
    """Run everything that waits, in its order."""
    while line:
        line.pop(0)()
