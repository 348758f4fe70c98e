"""The job runner: runs calculations that take seconds in the background, on request.

Knows nothing of what is computed. An owner (one page in a browser) has at most one job of a kind. Laws: a result
belongs to the inputs it was computed from, what its owner may see among them, and is found under no others, nor by
those who may not see it; a new request cancels the owner's earlier job of that kind; no more than two run at once, and
no more than a few wait, of one address fewer; what a busy address asks for holds nobody else up by more than a job;
what a page asks for by itself waits in a line of its own until nobody's question waits; what it can do without takes
no place while it rests, runs one at a time, and pauses longer the more of it waits; what is remembered is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Any

from cachetools import LRUCache

from zt_planner.errors import NotAllowed, PlannerError, QueueFull, TooManyAsked
from zt_planner.workspace.limits import counted_as
from zt_planner.workspace.ticket import JobCancelled, Ticket, Work, do_here

RUN_AT_ONCE = 2
"""A short question waits for no search of ten seconds; more at once only share the core that pages leave."""
MOST_WAITING = 50
MOST_WAITING_OF_AN_ADDRESS = 20
"""An office in which ten groups plan at once is let in; no address fills the line."""
MOST_WAITING_OF_A_SESSION = 10
"""From one address: a room full of people who look at one plan."""
MOST_PACED = 5
"""Of what pages can do without: a page that shows one as being worked out is drawn again and again."""
PAUSE = 8
"""After one of these, the next waits this many times its length for each other one that waits."""
OWNERS_REMEMBERED = 500
RESULTS_REMEMBERED = 32


class JobStage(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a job: a page in a browser, from an address, for a session; a page without a session is its own.

    Without an address nobody is counted: the command line and tests have none.
    """

    owner: str
    address: str = ""
    session: str = ""
    is_person: bool = True
    """False for what a page asks for by itself: it keeps nobody from asking."""

    @property
    def party(self) -> str:
        """For whom it is asked: the session, or the page."""
        return self.session or self.owner


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stood when somebody looked.

    `progress` is what its work said last. A job that failed has an error that can be mended, or none where it
    ended by a fault of the program.
    """

    inputs: Hashable
    stage: JobStage = JobStage.WAITING
    progress: Any = None
    result: Any = None
    error: PlannerError | None = None

    @property
    def is_going(self) -> bool:
        """Tell whether something is still to come of it."""
        return self.stage in {JobStage.WAITING, JobStage.RUNNING}


@dataclass(frozen=True, slots=True)
class Request:
    """Something to compute: of which kind, what its result follows from, by which work, and for whom.

    `inputs` hold what the asker may see, where the result depends on it. Before the work it rests for so many seconds:
    what is asked again within them with other inputs is not computed. What is paced, a page can do without.
    """

    kind: str
    inputs: Hashable
    work: Work
    asker: Asker
    may_ask: bool = True
    may_see: bool = True
    rest: float = 0
    is_paced: bool = False
    is_remembered: bool = True  # for others, too

    @property
    def place(self) -> tuple[str, str]:
        """Under what the asker's job of this kind is kept."""
        return self.asker.owner, self.kind

    @property
    def result_key(self) -> tuple[str, Hashable]:
        """Under what the result is kept, for everybody."""
        return self.kind, self.inputs


@dataclass(slots=True, eq=False)
class _Entry:
    """A job that is kept: what was asked for, and how it stands."""

    request: Request
    job: Job
    is_resting: bool = False
    ticket: Ticket = field(default_factory=Ticket)

    @property
    def seen(self) -> Job:
        """The job with what its work said last."""
        return replace(self.job, progress=self.ticket.progress)


def in_thread(run: Callable[[], None]) -> None:
    """Run something beside everything else; a thread that ends with the process, whatever it is doing."""
    Thread(target=run, name="job", daemon=True).start()


def after_delay(seconds: float, then: Callable[[], None]) -> Callable[[], None]:
    """Do something after a while, in a thread that ends with the process; return what ends the waiting."""
    timer = Timer(seconds, then)
    timer.daemon = True
    timer.start()
    return timer.cancel


class Jobs:
    """The jobs of this process; several threads may ask at once."""

    launch = staticmethod(in_thread)
    """How a job is run; a test runs it where it is asked for."""
    later = staticmethod(after_delay)
    """How a job rests; a test says when it has rested."""

    def __init__(
        self,
        at_once: int = RUN_AT_ONCE,
        most_waiting: int = MOST_WAITING,
        do: Callable[[Work, Ticket], Any] = do_here,
    ) -> None:
        """Begin without jobs; `do` does the work."""
        self._at_once, self._most_waiting, self._do = at_once, most_waiting, do
        self._lock = Lock()
        self._latest: LRUCache[tuple[str, str], _Entry] = LRUCache(OWNERS_REMEMBERED)
        self._results: LRUCache[tuple[str, Hashable], Job] = LRUCache(RESULTS_REMEMBERED)
        self._line: list[_Entry] = []
        self._running: set[_Entry] = set()
        self._paced: _Entry | None = None

    def ask(self, request: Request) -> None:
        """Have something computed, unless it is known or under way; raise NotAllowed, QueueFull or TooManyAsked.

        What failed is tried again for a person only: a page would ask again and again.
        """
        if not request.may_ask:
            raise NotAllowed
        replaced = None
        try:
            with self._lock:
                known = self._look(request)
                kept = {JobStage.DONE} if request.asker.is_person else {JobStage.DONE, JobStage.FAILED}
                if known is not None and (known.is_going or known.stage in kept):
                    return
                latest = self._latest.get(request.place)
                if latest is not None and latest.job.is_going:
                    replaced = latest
                    self._give_up(replaced)
                self._check_line(request)
                entry = _Entry(request, Job(request.inputs), is_resting=request.rest > 0)
                self._line.append(entry)
                self._latest[request.place] = entry
        finally:
            if replaced is not None:
                replaced.ticket.cancel()
        if entry.is_resting:
            entry.ticket.when_cancelled(self.later(request.rest, partial(self._rested, entry)))
        self._go_on()

    def _rested(self, entry: _Entry) -> None:
        """End a job's rest before it runs, or the pause after it."""
        with self._lock:
            entry.is_resting = False
            self._paced = None if self._paced is entry else self._paced
        self._go_on()

    def _check_line(self, request: Request) -> None:
        """Raise where as many wait as may: at this server, or of those that were asked for from one address."""
        asker, line = request.asker, [it.request for it in self._line if it.request.is_paced == request.is_paced]
        waiting = [other.asker for other in line if other.asker.is_person == asker.is_person]
        if len(waiting) >= (MOST_PACED if request.is_paced else self._most_waiting):
            raise QueueFull
        if not asker.address:
            return
        near = [other.party for other in waiting if counted_as(other.address) == counted_as(asker.address)]
        if len(near) >= MOST_WAITING_OF_AN_ADDRESS or near.count(asker.party) >= MOST_WAITING_OF_A_SESSION:
            raise TooManyAsked

    def look(self, request: Request) -> Job | None:
        """Return the asker's job for these inputs, or another's result; None when neither may be seen."""
        with self._lock:
            return self._look(request) if request.may_see else None

    def _look(self, request: Request) -> Job | None:
        """Look while the lock is held."""
        entry = self._latest.get(request.place)
        own = entry.seen if entry is not None and entry.job.inputs == request.inputs else None
        return own if own is not None and own.is_going else self._results.get(request.result_key) or own

    def cancel(self, request: Request) -> None:
        """End what an asker has asked for of this kind; nothing where nothing is going on."""
        with self._lock:
            entry = self._latest.get(request.place)
            if entry is None or not entry.job.is_going:
                return
            self._give_up(entry)
        entry.ticket.cancel()

    def forget(self, request: Request) -> None:
        """Drop the cached result of an asker's last job, for everybody: the next request computes it again."""
        self.cancel(request)
        with self._lock:
            entry = self._latest.pop(request.place, None)
            if entry is not None:
                self._results.pop(entry.request.result_key, None)

    def counts(self) -> dict[str, int]:
        """Return how many jobs wait and how many run."""
        with self._lock:
            return {JobStage.WAITING: len(self._line), JobStage.RUNNING: len(self._running)}

    def cancel_all(self) -> None:
        """End everything: the server stops."""
        with self._lock:
            going = (*self._line, *self._running)
            for entry in going:
                self._give_up(entry)
        for entry in going:
            entry.ticket.cancel()

    def _give_up(self, entry: _Entry) -> None:
        """Cancel a job that nobody waits for; a running one keeps its place until it has ended."""
        entry.job = replace(entry.job, stage=JobStage.CANCELLED)
        if entry in self._line:
            self._line.remove(entry)

    def _go_on(self) -> None:
        """Begin what waits, as far as there is room."""
        while True:
            with self._lock:
                ready = [it for it in self._line if not (it.is_resting or (self._paced and it.request.is_paced))]
                if not ready or len(self._running) >= self._at_once:
                    return
                entry = min(ready, key=self._turn)
                self._line.remove(entry)
                self._running.add(entry)
                self._paced = entry if entry.request.is_paced else self._paced
                entry.job = replace(entry.job, stage=JobStage.RUNNING)
            self.launch(partial(self._run, entry))

    def _pause(self, ended: Request, seconds: float) -> float:
        """Return for how many seconds nothing that is paced begins after a job that took so many."""
        with self._lock:
            others = [it for it in self._line if it.request.is_paced and it.request.place != ended.place]
        return PAUSE * len(others) * seconds

    def _turn(self, entry: _Entry) -> tuple[bool, int]:
        """Return what decides whose turn it is: people come first, then the address of which least is running."""
        asker = entry.request.asker
        near = sum(counted_as(it.request.asker.address) == counted_as(asker.address) for it in self._running)
        return not asker.is_person, near

    def _run(self, entry: _Entry) -> None:
        """Do a job's work; a fault of the program is its thread's to report, and leaves the job failed."""
        ended, begun = replace(entry.job, stage=JobStage.FAILED), monotonic()
        try:
            ended = replace(ended, stage=JobStage.DONE, result=self._do(entry.request.work, entry.ticket))
        except JobCancelled:
            ended = replace(ended, stage=JobStage.CANCELLED)
        except PlannerError as error:
            ended = replace(ended, error=error)
        finally:
            self._end(entry, ended)
            if entry.request.is_paced:
                self.later(self._pause(entry.request, monotonic() - begun), partial(self._rested, entry))
            self._go_on()

    def _end(self, entry: _Entry, ended: Job) -> None:
        """Keep what came of a job, unless it was given up meanwhile."""
        with self._lock:
            self._running.discard(entry)
            if entry.job.stage is JobStage.CANCELLED:
                return
            entry.job = ended
            if ended.stage is JobStage.DONE and entry.request.is_remembered:
                self._results[entry.request.result_key] = ended
