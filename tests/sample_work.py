"""Work for a process of its own, and a server that has such a process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from time import time

from zt_planner.engine.case import Case
from zt_planner.errors import NotAllowed
from zt_planner.workspace.runners.job_runner import Ticket
from zt_planner.workspace.runners.worker import NICENESS, Worker

PATIENCE = 120
"""Seconds that a process may take on the slowest machine; nothing waits for them."""


def process(_ticket: Ticket) -> int:
    """Say in which process the work is done."""
    return os.getpid()


def begun_at(_ticket: Ticket) -> float:
    """Say when the work is begun, by the clock of the machine."""
    return time()


def priority(_ticket: Ticket) -> int:
    """Say how far the process steps back."""
    return os.getpriority(os.PRIO_PROCESS, 0)


def is_killed_first(_ticket: Ticket) -> bool:
    """Tell whether the system would kill this process before its server; only Linux asks."""
    asked = Path("/proc/self/oom_score_adj")
    return not asked.exists() or int(asked.read_text("ascii")) > 0


def added(first: int, second: int, ticket: Ticket) -> int:
    """Add, and report how far that is."""
    ticket.report(first)
    ticket.report(second)
    print("what a library may print")  # noqa: T201 - as it says
    return first + second


def with_one_more(cases: Mapping[str, Case], _ticket: Ticket) -> list[Case]:
    """Return cases, and one more of the first scenario."""
    (first, *others) = cases.values()
    return [first, *others, first.changed(first.scenario.changed("company.employees", 77))]


def endless(ticket: Ticket) -> None:
    """Say in which process this is, and end when nobody waits any more, as a solver does."""
    has_ended = Event()
    ticket.when_cancelled(has_ended.set)
    ticket.report(os.getpid())
    assert has_ended.wait(PATIENCE)
    ticket.report("never said")


def killed(_ticket: Ticket) -> None:
    """End as by the system when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def refused(_ticket: Ticket) -> None:
    """Raise what a person can mend."""
    raise NotAllowed


def faulty(_ticket: Ticket) -> float:
    """Fail by a fault of the program."""
    return 1 / 0


def not_to_be_sent(_ticket: Ticket) -> Callable[[], None]:
    """Give what cannot be pickled."""
    return lambda: None


def check_priority() -> None:
    """Fail where the process of a worker cannot be started, or does not step back."""
    assert Worker().run(priority, Ticket()) == os.getpriority(os.PRIO_PROCESS, 0) + NICENESS


class Printed(Ticket):
    """A ticket whose progress is printed."""

    def tell(self, progress: object) -> None:
        """Print."""
        print(progress, flush=True)  # noqa: T201 - to whoever has started this


def serve() -> None:
    """Wait for endless work; say in which process that is."""
    Worker().run(endless, Printed())
