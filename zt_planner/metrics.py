"""What a monitor is told of this process (Prometheus): declared here, counted where it happens, shown at `/metrics`.

Law: nothing here names a session, a person or an address.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10)

EDITS = Counter("zt_planner_edits", "Changes of plans that this process has saved.")
STORE_ERRORS = Counter(
    "zt_planner_store_errors", "Uses of the store by this process that failed, without those of probes."
)
RUN_SECONDS = Histogram("zt_planner_run_seconds", "Seconds that a whole run of a page took.", buckets=SECONDS)
PLAN_SECONDS = Histogram("zt_planner_plan_seconds", "Seconds that it took to compute a plan.", buckets=SECONDS)

STORE_UP = Gauge("zt_planner_store_up", "1 if the store answers and has this version's tables, otherwise 0.")
SESSIONS = Gauge("zt_planner_sessions", "Sessions in the store; the same at every process.")
PARTICIPANTS = Gauge("zt_planner_participants", "People who have a seat in a session; the same at every process.")
OPEN_PAGES = Gauge("zt_planner_open_pages", "Pages that are open at this process, by role.", ("role",))
CALCULATIONS = Gauge(
    "zt_planner_calculations", "Background calculations of this process, by whether they wait or run.", ("stage",)
)
CALCULATIONS_FAILED = Counter(
    "zt_planner_calculations_failed", "Background calculations of this process that a bug or a kill has ended."
)
QUEUE = Gauge(
    "zt_planner_queue",
    "Calculations in the workers' queue: waiting, running, or stalled without a worker; the same at every process.",
    ("stage",),
)
WORKER_PLACES = Gauge(
    "zt_planner_worker_places", "Calculations that all workers together do at once; the same at every process."
)
