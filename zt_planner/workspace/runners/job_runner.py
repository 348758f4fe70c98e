"""The job runner: runs calculations that take seconds in the background, on request.

Knows nothing of what is computed. An owner (one page in a browser) has at most one job of a kind. Laws: a result
belongs to the inputs it was computed from, what its owner may see among them, and is returned for no others, nor to
those who may not see it; work is forgotten when it has ended; a new request cancels the owner's earlier job of that
kind; the number of running jobs, of queued jobs, and of those of one address, is limited; a busy address delays the
jobs of others by one job at most; jobs that a person asked for run before those that pages ask for by themselves; an
optional job takes no place while it is debounced, runs alone among its kind, and pauses longer the more of them others
have queued, for two minutes at most; the cache of results is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Any, TypeAlias

from cachetools import LRUCache

from zt_planner.defaults import CALCULATIONS_AT_ONCE, CALCULATIONS_WAITING
from zt_planner.errors import CalculationStopped, NotAllowed, PlannerError, QueueFull, TooManyAsked
from zt_planner.metrics import CALCULATIONS_FAILED
from zt_planner.workspace.limits import counted_as

MOST_WAITING_OF_AN_ADDRESS = 20
"""An office in which ten groups plan at once is let in; no address fills the queue."""
MOST_WAITING_OF_A_SESSION = 10
"""From one address: a room full of people who look at one plan."""
MOST_OPTIONAL_WAITING = 5
PAUSE = 8
"""After an optional job, the next one waits this many times its length for each one that others have in the queue."""
LONGEST_PAUSE = 120.0
"""Seconds, as after three with five in the queue: on a busy machine an optional job takes minutes."""
OWNERS_REMEMBERED = 500
RESULTS_REMEMBERED = 32


class JobCancelled(Exception):
    """Ends a job from within when nobody waits for it any more."""


class Ticket:
    """Progress and cancellation of one job."""

    def __init__(self) -> None:
        self.progress: object = None
        self.is_cancelled = False
        self.attempts = 0
        """How often a worker has begun the job: more than once if one was killed."""
        self._callbacks: list[Callable[[], None]] = []
        self._lock = Lock()

    def report(self, progress: object) -> None:
        """Set the progress; raise JobCancelled if the job was cancelled."""
        if self.is_cancelled:
            raise JobCancelled
        self.tell(progress)

    def tell(self, progress: object) -> None:
        """Set the progress, from where nothing may be raised."""
        self.progress = progress

    def when_cancelled(self, callback: Callable[[], None]) -> None:
        """Call back when the job is cancelled, from another thread: a solver's own way to end."""
        with self._lock:
            self._callbacks.append(callback)
            is_late = self.is_cancelled
        if is_late:
            callback()

    def cancel(self) -> None:
        """End the work at the next place where it can be ended."""
        with self._lock:
            self.is_cancelled = True
            callbacks = tuple(self._callbacks)
        for callback in callbacks:
            callback()


Work: TypeAlias = Callable[[Ticket], Any]
"""A function of a module, or a `partial` of one with all that it needs: it is pickled to be done in another process."""


def do_here(work: Work, ticket: Ticket) -> Any:  # noqa: ANN401 - whatever the work gives
    """Do work in this process."""
    return work(ticket)


def _dropped_work(_: Ticket) -> None:
    """Take the place of work that has ended, which may hold whole files."""


class JobStage(StrEnum):
    """The state of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Requester:
    """A page in a browser that requests a job, from an address, for a session.

    Without an address nobody is counted: the command line and tests have none.
    """

    owner: str
    address: str = ""
    session: str = ""
    is_person: bool = True
    """False for what a page requests by itself; it takes no place from the requests of people."""

    @property
    def session_or_page(self) -> str:
        """What its queued jobs are counted for."""
        return self.session or self.owner


@dataclass(frozen=True, slots=True)
class Job:
    """The state of a job at one moment.

    A failed job has an error that can be mended, or none if a bug of the program ended it.
    """

    inputs: Hashable
    stage: JobStage = JobStage.WAITING
    progress: Any = None
    result: Any = None
    error: PlannerError | None = None
    asked_at: float = 0.0
    """By the monotonic clock."""

    @property
    def is_active(self) -> bool:
        return self.stage in {JobStage.WAITING, JobStage.RUNNING}


@dataclass(frozen=True, slots=True)
class Request:
    """Something to compute: of which kind, from which inputs, by which work, and for whom.

    `inputs` hold what the requester may see, where the result depends on it. A request is debounced: another one with
    other inputs within so many seconds replaces it. A page can do without the result of an optional job.
    """

    kind: str
    inputs: Hashable
    work: Work
    requester: Requester
    may_ask: bool = True
    may_see: bool = True
    debounce_seconds: float = 0
    is_optional: bool = False
    is_remembered: bool = True  # for others, too
    earlier_inputs: Hashable = None
    """The same as the page asked it before it had a session; None where it cannot have."""
    earlier_owner: str = ""
    """The owner of what the page requested before it had a session."""

    @property
    def slot(self) -> tuple[str, str]:
        """The key of the requester's only job of this kind."""
        return self.requester.owner, self.kind

    @property
    def result_key(self) -> tuple[str, Hashable]:
        """The key of the result in the cache that all share."""
        return self.kind, self.inputs


@dataclass(slots=True, eq=False)
class _Entry:
    """A job with its request."""

    request: Request
    job: Job
    is_debounced: bool = False
    ticket: Ticket = field(default_factory=Ticket)

    @property
    def current(self) -> Job:
        """The job with its latest progress."""
        return replace(self.job, progress=self.ticket.progress)


def in_thread(run: Callable[[], None]) -> None:
    """Run a function in a thread that ends with the process, whatever it is doing."""
    Thread(target=run, name="job", daemon=True).start()


def call_later(seconds: float, then: Callable[[], None]) -> Callable[[], None]:
    """Call a function after a while, in a thread that ends with the process; return what cancels the call."""
    timer = Timer(seconds, then)
    timer.daemon = True
    timer.start()
    return timer.cancel


class Jobs:
    """The jobs of this process; several threads may use it at once."""

    launch = staticmethod(in_thread)
    """How a job is run; a test runs it in its own thread."""
    call_later = staticmethod(call_later)
    """A test replaces it to decide when the time is over."""

    def __init__(
        self,
        at_once: int = CALCULATIONS_AT_ONCE,
        most_waiting: int = CALCULATIONS_WAITING,
        do: Callable[[Work, Ticket], Any] = do_here,
    ) -> None:
        """Begin without jobs; `do` does the work."""
        self._at_once, self._most_waiting, self._do = at_once, most_waiting, do
        self._lock = Lock()
        self._latest: LRUCache[tuple[str, str], _Entry] = LRUCache(OWNERS_REMEMBERED)
        self._results: LRUCache[tuple[str, Hashable], Job] = LRUCache(RESULTS_REMEMBERED)
        self._queue: list[_Entry] = []
        self._running: set[_Entry] = set()
        self._optional: _Entry | None = None
        """The optional job that runs, or after which the others pause."""

    def submit(self, request: Request) -> None:
        """Have something computed, unless it is known or active; raise NotAllowed, QueueFull or TooManyAsked.

        What failed is retried for a person only: a page would retry for ever.
        """
        if not request.may_ask:
            raise NotAllowed
        replaced = None
        try:
            with self._lock:
                known = self._find(request)
                kept = {JobStage.DONE} if request.requester.is_person else {JobStage.DONE, JobStage.FAILED}
                if known is not None and (known.is_active or known.stage in kept):
                    return
                latest = self._latest.get(request.slot)
                if latest is not None and latest.job.is_active:
                    replaced = latest
                    self._drop(replaced)
                self._check_queue(request)
                entry = _Entry(
                    request, Job(request.inputs, asked_at=monotonic()), is_debounced=request.debounce_seconds > 0
                )
                self._queue.append(entry)
                self._latest[request.slot] = entry
        finally:
            if replaced is not None:
                replaced.ticket.cancel()
        if entry.is_debounced:
            entry.ticket.when_cancelled(self.call_later(request.debounce_seconds, partial(self._end_delay, entry)))
        self._start_ready()

    def _end_delay(self, entry: _Entry) -> None:
        """End the debounce of a job, or the pause after it."""
        with self._lock:
            entry.is_debounced = False
            self._optional = None if self._optional is entry else self._optional
        self._start_ready()

    def _check_queue(self, request: Request) -> None:
        """Raise QueueFull if the queue of this server is full, TooManyAsked if an address or a session fills it."""
        requester = request.requester
        queued = [entry.request for entry in self._queue if entry.request.is_optional == request.is_optional]
        waiting = [other.requester for other in queued if other.requester.is_person == requester.is_person]
        if len(waiting) >= (MOST_OPTIONAL_WAITING if request.is_optional else self._most_waiting):
            raise QueueFull
        if not requester.address:
            return
        counted = counted_as(requester.address)
        near = [other.session_or_page for other in waiting if counted_as(other.address) == counted]
        if (
            len(near) >= MOST_WAITING_OF_AN_ADDRESS
            or near.count(requester.session_or_page) >= MOST_WAITING_OF_A_SESSION
        ):
            raise TooManyAsked

    def find(self, request: Request) -> Job | None:
        """Return the requester's job for these inputs, or another's result; None when neither may be seen."""
        with self._lock:
            return self._find(request) if request.may_see else None

    def _find(self, request: Request) -> Job | None:
        entry = self._latest.get(request.slot)
        inputs = [each for each in (request.inputs, request.earlier_inputs) if each is not None]
        own = entry.current if entry is not None and entry.job.inputs in inputs else None
        if own is not None and own.is_active:
            return own
        known = (self._results.get((request.kind, each)) for each in inputs)
        return next((job for job in known if job is not None), own)

    def cancel(self, request: Request) -> None:
        """Cancel the requester's active job of this kind, if there is one."""
        with self._lock:
            entry = self._latest.get(request.slot)
            if entry is None or not entry.job.is_active:
                return
            self._drop(entry)
        entry.ticket.cancel()

    def forget(self, request: Request) -> None:
        """Drop the cached result of a requester's last job, for everybody: the next request computes it again."""
        self.cancel(request)
        with self._lock:
            entry = self._latest.pop(request.slot, None)
            if entry is not None:
                self._results.pop(entry.request.result_key, None)

    def counts(self) -> dict[str, int]:
        """Return how many jobs wait and how many run."""
        with self._lock:
            return {JobStage.WAITING: len(self._queue), JobStage.RUNNING: len(self._running)}

    def cancel_all(self) -> None:
        """Cancel everything: the server stops."""
        with self._lock:
            active = (*self._queue, *self._running)
            for entry in active:
                self._drop(entry)
        for entry in active:
            entry.ticket.cancel()

    def _drop(self, entry: _Entry) -> None:
        """Mark a job as cancelled; a running one keeps its place until its work has ended."""
        entry.job = replace(entry.job, stage=JobStage.CANCELLED)
        if entry in self._queue:
            self._queue.remove(entry)
            entry.request = replace(entry.request, work=_dropped_work)

    def _start_ready(self) -> None:
        """Start queued jobs while there is room."""
        while True:
            with self._lock:
                ready = [
                    entry
                    for entry in self._queue
                    if not (entry.is_debounced or (self._optional and entry.request.is_optional))
                ]
                if not ready or len(self._running) >= self._at_once:
                    return
                entry = min(ready, key=self._priority)
                self._queue.remove(entry)
                self._running.add(entry)
                self._optional = entry if entry.request.is_optional else self._optional
                entry.job = replace(entry.job, stage=JobStage.RUNNING)
            self.launch(partial(self._run, entry))

    def _pause(self, ended: Request, seconds: float) -> float:
        """Return for how many seconds no optional job starts after one that took so many."""
        with self._lock:
            queued = [it.request for it in self._queue if it.request.is_optional]
        own = ended.requester.owner
        others = [it for it in queued if own not in {it.requester.owner, it.earlier_owner}]
        return min(PAUSE * len(others) * seconds, LONGEST_PAUSE)

    def _priority(self, entry: _Entry) -> tuple[bool, int]:
        """Return the sort key of a queued job: people come first, then the address with the fewest running jobs."""
        requester = entry.request.requester
        counted = counted_as(requester.address)
        near = sum(counted_as(it.request.requester.address) == counted for it in self._running)
        return not requester.is_person, near

    def _run(self, entry: _Entry) -> None:
        """Do a job's work; a bug is raised in its thread, and leaves the job failed."""
        ended, begun = replace(entry.job, stage=JobStage.FAILED), monotonic()
        try:
            ended = replace(ended, stage=JobStage.DONE, result=self._do(entry.request.work, entry.ticket))
        except JobCancelled:
            ended = replace(ended, stage=JobStage.CANCELLED)
        except PlannerError as error:
            ended = replace(ended, error=error)
        finally:
            if ended.stage is JobStage.FAILED and (ended.error is None or isinstance(ended.error, CalculationStopped)):
                CALCULATIONS_FAILED.inc()
            self._finish(entry, ended)
            entry.request = replace(entry.request, work=_dropped_work)
            if entry.request.is_optional:
                self.call_later(self._pause(entry.request, monotonic() - begun), partial(self._end_delay, entry))
            self._start_ready()

    def _finish(self, entry: _Entry, ended: Job) -> None:
        """Keep the outcome of a job, unless it was cancelled meanwhile."""
        with self._lock:
            self._running.discard(entry)
            if entry.job.stage is JobStage.CANCELLED:
                return
            entry.job = ended
            if ended.stage is JobStage.DONE and entry.request.is_remembered:
                self._results[entry.request.result_key] = ended
